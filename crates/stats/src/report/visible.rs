//! Visible text: words from anywhere, so that nothing in them works on a terminal or a page, and nothing is unseen.

use unicode::{Category, ignorable, width};

const ZWNJ: char = '\u{200C}';
const ZWJ: char = '\u{200D}';

/// A text for people: ill-formed bytes are U+FFFD; controls, separators of lines, characters that turn the direction and
/// other ones that nobody sees are written as escapes. ZWNJ and ZWJ stay, as do spaces, unless there is nothing else.
///
/// ```
/// use stats::report::visible::visible;
/// assert_eq!(visible("می\u{200C}روم\t\u{202E}".as_bytes()), "می\u{200C}روم\\t\\u{202E}");
/// assert_eq!(visible(b"a\xFF\x1B[31m"), "a\u{FFFD}\\u{1B}[31m");
/// assert_eq!(visible(b" "), "\\u{20}");
/// ```
pub fn visible(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let is_blank = width::columns(text.trim().as_bytes()) == 0;
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ if is_blank || is_unseen(character) => out.extend(character.escape_unicode().map(upper)),
            _ => out.push(character),
        }
    }
    out
}

/// `\u{202e}` is `\u{202E}`, as Unicode writes it.
fn upper(character: char) -> char {
    if character == 'u' { character } else { character.to_ascii_uppercase() }
}

/// Marks that choose a form, ZWNJ and ZWJ work on what stands before them and stay.
fn is_unseen(character: char) -> bool {
    let joins = matches!(character, ZWNJ | ZWJ) || ignorable::is_variation_selector(character);
    match Category::of(character) {
        _ if joins => false,
        Category::Control | Category::LineSeparator | Category::ParagraphSeparator => true,
        Category::Format => width::of(character) == 0 || character == '\u{AD}', // SOFT HYPHEN
        _ => ignorable::is_noncharacter(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_seen_stays() {
        for text in ["«سلام»", "a b", "👩\u{200D}👧", "❤\u{FE0F}", "漢\u{3000}字", "\u{600}۱۲"]
        {
            assert_eq!(visible(text.as_bytes()), text);
        }
        assert_eq!(visible("\u{FEFF}x\u{AD}\u{FFFE}\0".as_bytes()), "\\u{FEFF}x\\u{AD}\\u{FFFE}\\u{0}");
        assert_eq!(visible("\u{200C}".as_bytes()), "\\u{200C}");
        assert_eq!(visible("\u{301}".as_bytes()), "\\u{301}");
        assert_eq!(visible(b""), "");
    }

    proptest! {
        #[test]
        fn nothing_works(bytes in prop::collection::vec(any::<u8>(), 0..40), text in any::<String>()) {
            for text in [visible(&bytes), visible(text.as_bytes())] {
                prop_assert!(!text.chars().any(|character| character.is_control()));
                prop_assert!(text.is_empty() || width::columns(text.as_bytes()) > 0);
            }
        }
    }
}
