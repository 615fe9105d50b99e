//! Characters that were escaped, and hyphens that were split, as they stood before.

use memchr::{memchr, memmem};

/// What stands for a character, `&bar; &bra; &ket;` in old texts.
const ENTITIES: [(&[u8], u8); 11] = [
    (b"&amp;", b'&'),
    (b"&apos;", b'\''),
    (b"&quot;", b'"'),
    (b"&#124;", b'|'),
    (b"&lt;", b'<'),
    (b"&gt;", b'>'),
    (b"&#91;", b'['),
    (b"&#93;", b']'),
    (b"&bar;", b'|'),
    (b"&bra;", b'['),
    (b"&ket;", b']'),
];

/// The line between two spaces, ` @-@ ` being a hyphen, with every entity replaced once. `room` holds it.
///
/// A space that went with one `@-@` serves no other one: of two in a row the second stays.
pub(super) fn unescape<'a>(line: &[u8], room: &'a mut Vec<u8>) -> &'a [u8] {
    room.clear();
    room.push(b' ');
    let mut rest = line;
    while let Some(at) = memmem::find(rest, b"@-@") {
        let behind = &rest[at + 3..];
        push(&rest[..at], room);
        if room.ends_with(b" ") && matches!(behind, [] | [b' ', ..]) {
            room.pop();
            room.push(b'-');
            rest = behind.get(1..).unwrap_or_default();
        } else {
            room.extend_from_slice(b"@");
            rest = &rest[at + 1..];
        }
    }
    push(rest, room);
    room
}

/// Append a text with every entity replaced.
fn push(mut text: &[u8], out: &mut Vec<u8>) {
    while let Some(at) = memchr(b'&', text) {
        out.extend_from_slice(&text[..at]);
        text = &text[at..];
        let found = ENTITIES.iter().find(|(entity, _)| text.starts_with(entity));
        let (length, byte) = found.map_or((1, b'&'), |(entity, byte)| (entity.len(), *byte));
        out.push(byte);
        text = &text[length..];
    }
    out.extend_from_slice(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_replaced_once() {
        let unescaped =
            |line: &str| String::from_utf8(unescape(line.as_bytes(), &mut Vec::new()).to_vec()).unwrap();
        assert_eq!(unescaped("&amp;lt; &bar;&ket; &x; &"), " &lt; |] &x; &");
        assert_eq!(unescaped("a @-@ b @-@ @-@ c @-@"), " a-b-@-@ c-");
        assert_eq!(unescaped("@-@ a@-@ b @-@c @-@-@ d"), "-a@-@ b @-@c @-@-@ d");
    }
}
