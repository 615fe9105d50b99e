//! Direction: from which side a text is written.

use crate::tables::display::DISPLAY;
use crate::utf8;

// Bits, as scripts/gen-unicode writes them.
const LEFT_TO_RIGHT: u8 = 4;
const RIGHT_TO_LEFT: u8 = 8;

/// Whether a text is written from right to left: its first strong character says so (UAX #9, rules P2 and P3, without
/// looking into isolates). A text without one is not.
///
/// ```
/// use unicode::direction::is_right_to_left;
/// assert!(is_right_to_left("«سلام» hello".as_bytes()));
/// assert!(!is_right_to_left("1403, hello سلام".as_bytes()));
/// assert!(!is_right_to_left(b"..."));
/// ```
pub fn is_right_to_left(text: &[u8]) -> bool {
    let strong = LEFT_TO_RIGHT | RIGHT_TO_LEFT;
    let mut rest = text;
    while !rest.is_empty() {
        let (character, length) = utf8::decode(rest);
        let bits = DISPLAY.of(character) & strong;
        if bits != 0 {
            return bits == RIGHT_TO_LEFT;
        }
        rest = &rest[length..];
    }
    false
}

/// Whether a text holds a strong right-to-left character anywhere, so that the order of what is around it may change.
///
/// ```
/// assert!(unicode::direction::has_right_to_left("abc א".as_bytes()));
/// ```
pub fn has_right_to_left(text: &[u8]) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let (character, length) = utf8::decode(rest);
        if DISPLAY.of(character) & RIGHT_TO_LEFT != 0 {
            return true;
        }
        rest = &rest[length..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Script;

    #[test]
    fn letters_of_these_scripts_are_written_from_the_right() {
        for (script, letter) in [("Arab", 'ب'), ("Hebr", 'ש'), ("Thaa", 'ހ'), ("Adlm", '\u{1E922}')] {
            assert_eq!(Script::of(letter).code(), script);
            assert!(is_right_to_left(letter.to_string().as_bytes()), "{script}");
        }
        // Digits of Persian are weak, marks are none.
        assert!(!has_right_to_left("۱۲۳\u{64E}".as_bytes()));
        assert!(!is_right_to_left(b"\xD8 \xFF a"));
    }
}
