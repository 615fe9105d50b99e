//! White space: the White_Space property (PropList.txt).

use crate::tables::word::WORD;
use crate::utf8;

pub(crate) const WHITE_SPACE: u8 = 0x80;

/// Whether the character has the White_Space property.
///
/// ```
/// assert!(unicode::space::is_white_space('\u{A0}')); // NO-BREAK SPACE
/// assert!(!unicode::space::is_white_space('\u{200B}')); // ZERO WIDTH SPACE
/// ```
pub fn is_white_space(character: char) -> bool {
    WORD.of(character) & WHITE_SPACE != 0
}

/// The text without the White_Space characters at its end.
pub fn trim_end(text: &[u8]) -> &[u8] {
    let mut end = text.len();
    while end > 0 {
        let start = utf8::previous(text, 0, end);
        if WORD.at(text, start).0 & WHITE_SPACE == 0 {
            break;
        }
        end = start;
    }
    &text[..end]
}

/// The text without the White_Space characters at its beginning.
pub fn trim_start(text: &[u8]) -> &[u8] {
    let mut start = 0;
    while start < text.len() {
        let (value, length) = WORD.at(text, start);
        if value & WHITE_SPACE == 0 {
            break;
        }
        start += length;
    }
    &text[start..]
}

/// The text without the White_Space characters at either end.
///
/// ```
/// assert_eq!(unicode::space::trim("\u{3000}\t سلام\r\n".as_bytes()), "سلام".as_bytes());
/// ```
pub fn trim(text: &[u8]) -> &[u8] {
    trim_end(trim_start(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_property_is_that_of_the_standard_library() {
        // White_Space is immutable in practice: the 25 characters have been the same since Unicode 6.3.
        let spaces = ('\0'..=char::MAX).filter(|&character| is_white_space(character)).count();
        assert_eq!(spaces, 25);
        assert!(('\0'..=char::MAX).all(|character| is_white_space(character) == character.is_whitespace()));
    }

    #[test]
    fn ill_formed_bytes_are_not_white_space() {
        assert_eq!(trim(b" \x85 "), b"\x85");
        assert_eq!(trim(b" \xE2\x80 \xC2"), b"\xE2\x80 \xC2");
        assert_eq!(trim(b" \t "), b"");
    }
}
