//! Escape sequences of terminals: ECMA-48, section 5, and ECMA-35, section 13.

/// The length in bytes of the escape sequence that a text begins with: ESC, or CSI as one character.
///
/// A sequence that does not end is only as long as what introduces it. Control strings, such as titles and links of
/// terminals, end on the line where they began.
pub fn length(text: &[u8]) -> usize {
    match text {
        [0x1B, b'[', rest @ ..] | [0xC2, 0x9B, rest @ ..] => 2 + control_sequence(rest).unwrap_or(0),
        [0x1B, b']', rest @ ..] => 2 + control_string(rest, true).unwrap_or(0),
        [0x1B, b'P' | b'X' | b'^' | b'_', rest @ ..] => 2 + control_string(rest, false).unwrap_or(0),
        [0x1B, rest @ ..] => 1 + short_sequence(rest).unwrap_or(0),
        _ => 0,
    }
}

/// Parameters, intermediate bytes, a final byte.
fn control_sequence(text: &[u8]) -> Option<usize> {
    let parameters = count(text, |byte| (0x30..0x40).contains(&byte));
    let end = parameters + count(&text[parameters..], |byte| (0x20..0x30).contains(&byte));
    text.get(end).is_some_and(|byte| (0x40..0x7F).contains(byte)).then_some(end + 1)
}

/// Intermediate bytes, a final byte: `ESC ( B`, `ESC 7`.
fn short_sequence(text: &[u8]) -> Option<usize> {
    let end = count(text, |byte| (0x20..0x30).contains(&byte));
    text.get(end).is_some_and(|byte| (0x30..0x7F).contains(byte)).then_some(end + 1)
}

/// Up to STRING TERMINATOR, or to BEL where terminals take it for one. Another escape, CAN, SUB or the line's end break
/// the string off.
fn control_string(text: &[u8], ends_with_bell: bool) -> Option<usize> {
    let is_end = |&byte: &u8| matches!(byte, 0x7 | b'\n' | b'\r' | 0x18 | 0x1A | 0x1B | 0xC2);
    let mut at = 0;
    loop {
        at += text[at..].iter().position(is_end)?;
        match &text[at..] {
            [0x7, ..] if ends_with_bell => return Some(at + 1),
            [0x1B, b'\\', ..] | [0xC2, 0x9C, ..] => return Some(at + 2),
            [0x7 | 0xC2, ..] => at += 1,
            _ => return None,
        }
    }
}

fn count(text: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    text.iter().take_while(|&&byte| belongs(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        let cases: [(&[u8], usize, &str); 27] = [
            (b"\x1B[0mx", 4, "a colour"),
            (b"\x1B[38;2;1;2;3mx", 13, "with parameters"),
            (b"\x1B[mx", 3, "without"),
            (b"\x1B[?25hx", 6, "private parameters"),
            (b"\x1B[1 qx", 5, "an intermediate byte"),
            (b"\xC2\x9B31mx", 5, "CSI as one character"),
            (b"\x1B[31", 2, "no final byte"),
            (b"\x1B[31\nm", 2, "nor here"),
            (b"\x1B[3\xC3\xA9", 2, "nor here"),
            (b"\xC2\x9B", 2, "nor here"),
            (b"\x1B]0;title\x07x", 10, "a title ends with BEL"),
            (b"\x1B]0;title\x1B\\x", 11, "or ST"),
            (b"\x1B]0;t\xC3\xA9\xC2\xA0\xC2\x9Cx", 11, "or ST as one character"),
            (b"\x1B]0;title", 2, "a title without end"),
            (b"\x1B]0;title\nx\x07", 2, "ends on its line"),
            (b"\x1B]0;title\x1B[0mx\x07", 2, "or at the next escape"),
            (b"\x1B]0;title\x18x\x07", 2, "or is cancelled"),
            (b"\x1BPq\x07\x1B\\x", 6, "BEL is part of other strings"),
            (b"\x1B_x\x07", 2, "which only ST ends"),
            (b"\x1B(Bx", 3, "a character set"),
            (b"\x1B7x", 2, "two bytes"),
            (b"\x1Bcx", 2, "two bytes"),
            (b"\x1B\x1B[0m", 1, "ESC alone"),
            (b"\x1B(\n", 1, "ESC alone"),
            (b"\x1B\xC3\xA9", 1, "ESC alone"),
            (b"\x1B", 1, "ESC alone"),
            (b"x\x1B[0m", 0, "no escape"),
        ];
        for (text, expected, reason) in cases {
            assert_eq!(length(text), expected, "{}: {reason}", text.escape_ascii());
        }
    }
}
