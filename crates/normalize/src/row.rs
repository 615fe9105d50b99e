//! Rows of tab-separated output, and text with its invisible characters made visible.

use unicode::category::Category;
use unicode::utf8;

/// Appends fields with tabs between and LF at the end; tab, LF, CR and backslash are written `\t`, `\n`, `\r`, `\\`.
pub fn row<F: AsRef<[u8]>>(fields: &[F], out: &mut Vec<u8>) {
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            out.push(b'\t');
        }
        textcore::partial::escape_key_into(field.as_ref(), out);
    }
    out.push(b'\n');
}

/// Appends a text in which what cannot be seen is written `\u{200C}`, tab and line ends `\t`, `\n`, `\r`, and a
/// backslash `\\`.
///
/// That is: controls, format characters, private use and unassigned ones, spaces other than U+0020, and a mark that
/// nothing carries. Ill-formed bytes are written `\xFF`.
pub fn visible(text: &[u8], out: &mut Vec<u8>) {
    write_visible(text, false, out);
}

/// As [`visible`], and marks that combine by canonical rules are written `\u{0301}` as well: `e\u{0301}` is not `é`.
pub fn visible_exactly(text: &[u8], out: &mut Vec<u8>) {
    write_visible(text, true, out);
}

fn write_visible(text: &[u8], is_exact: bool, out: &mut Vec<u8>) {
    let mut at = 0;
    let mut is_carried = false;
    while at < text.len() {
        let (character, length) = utf8::decode(&text[at..]);
        let bytes = &text[at..at + length];
        at += length;
        let category = Category::of(character);
        match character {
            '\t' => out.extend_from_slice(b"\\t"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\r' => out.extend_from_slice(b"\\r"),
            '\\' => out.extend_from_slice(b"\\\\"),
            char::REPLACEMENT_CHARACTER if bytes != utf8::REPLACEMENT => {
                bytes.iter().for_each(|byte| out.extend_from_slice(format!("\\x{byte:02X}").as_bytes()));
            }
            ' ' => out.push(b' '),
            _ if category.is_other()
                || category.is_separator()
                || unicode::ignorable::is_default_ignorable(character)
                || (category.is_mark() && !is_carried)
                || (is_exact && unicode::form::combining_class(character) != 0) =>
            {
                out.extend_from_slice(format!("\\u{{{:04X}}}", u32::from(character)).as_bytes());
            }
            _ => out.extend_from_slice(bytes),
        }
        is_carried = !category.is_other() && !category.is_separator();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_named() {
        let mut out = Vec::new();
        visible("می\u{200C}رود\u{A0}a\\\t\u{301}e\u{301}\u{FFFD}".as_bytes(), &mut out);
        visible(b"\xFF\xE2\x80", &mut out);
        let want = "می\\u{200C}رود\\u{00A0}a\\\\\\t\\u{0301}e\u{301}\u{FFFD}\\xFF\\xE2\\x80";
        assert_eq!(String::from_utf8_lossy(&out), want);
        out.clear();
        visible_exactly("e\u{301}é".as_bytes(), &mut out);
        assert_eq!(String::from_utf8_lossy(&out), "e\\u{0301}é");
    }

    #[test]
    fn rows_are_one_line() {
        let mut out = Vec::new();
        row(&["a\tb", "c\n"], &mut out);
        assert_eq!(out, b"a\\tb\tc\\n\n");
    }
}
