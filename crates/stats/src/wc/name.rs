//! A file's name as wc writes it behind the counts: as it is, but quoted for the shell if it has several lines.

use super::class::Class;
use super::sequence::decode;

/// Appends a name.
///
/// One that holds LF is put between `'`, a `'` in it becomes `'\''`, and what is not printable is written as in `$'\n'`: as
/// coreutils quote names for a shell.
pub(super) fn quoted_into(name: &[u8], out: &mut Vec<u8>) {
    if !name.contains(&b'\n') {
        out.extend_from_slice(name);
        return;
    }
    out.push(b'\'');
    let mut is_escaping = false;
    let mut rest = name;
    while !rest.is_empty() {
        let (code, length) = decode(rest);
        let (bytes, after) = rest.split_at(length);
        rest = after;
        if bytes == b"'" {
            out.extend_from_slice(b"'\\''");
            is_escaping = false;
            continue;
        }
        let class = code.map(Class::of);
        let is_printable = class.is_some_and(|class| class.is_word() || class.is_space()) && bytes[0] >= b' ';
        if is_printable == is_escaping {
            out.extend_from_slice(if is_escaping { b"''" } else { b"'$'" });
            is_escaping = !is_escaping;
        }
        if is_printable {
            out.extend_from_slice(bytes);
        } else {
            bytes.iter().for_each(|&byte| escape_into(byte, out));
        }
    }
    out.push(b'\'');
}

/// A letter, or three octal digits.
fn escape_into(byte: u8, out: &mut Vec<u8>) {
    match byte {
        0x07..=0x0D => out.extend_from_slice(&[b'\\', b"abtnvfr"[usize::from(byte - 7)]]),
        _ => out.extend_from_slice(format!("\\{byte:03o}").as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_coreutils_write_them() {
        for (name, written) in [
            (&b"a b'\t\xFF"[..], &b"a b'\t\xFF"[..]),
            (b"a\nb", b"'a'$'\\n''b'"),
            (b"\n", b"''$'\\n'"),
            (b"a\n\n'x", b"'a'$'\\n\\n'\\''x'"),
            (b"'\n", b"''\\'''$'\\n'"),
            (b"a\"'\nb", b"'a\"'\\'''$'\\n''b'"),
            (b"\x017\n8", b"''$'\\001''7'$'\\n''8'"),
            (b"a\n\tb\xFF\xC2\xA0z", b"'a'$'\\n\\t''b'$'\\377''\xC2\xA0z'"),
            (b"a\n\x1B\x0B\x0C\r\x08\x07\x7F\xCD\xB8", b"'a'$'\\n\\033\\v\\f\\r\\b\\a\\177\\315\\270'"),
        ] {
            let mut out = Vec::new();
            quoted_into(name, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), String::from_utf8_lossy(written));
        }
    }
}
