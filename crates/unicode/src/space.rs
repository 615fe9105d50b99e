//! White space: the White_Space property (PropList.txt).

use crate::lanes;
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

/// Whether a byte is ASCII white space: space, `\t`, `\n`, `\v`, `\f` or `\r`.
///
/// ```
/// assert!(unicode::space::is_ascii_space(b'\x0B')); // VERTICAL TAB
/// assert!(!unicode::space::is_ascii_space(b'\x1C')); // FILE SEPARATOR
/// ```
#[inline(always)]
pub fn is_ascii_space(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// Gives the place of every byte that is ASCII white space to a function, in order.
///
/// ```
/// let mut places = Vec::new();
/// unicode::space::for_each_ascii_space(b"to be\r\n", |place| places.push(place));
/// assert_eq!(places, [2, 5, 6]);
/// ```
#[inline]
pub fn for_each_ascii_space(text: &[u8], mut receive: impl FnMut(usize)) {
    let (blocks, rest) = text.as_chunks::<64>();
    for (number, block) in blocks.iter().enumerate() {
        let mut spaces = lanes::matches(block, is_ascii_space);
        while spaces != 0 {
            receive(64 * number + spaces.trailing_zeros() as usize);
            spaces &= spaces - 1;
        }
    }
    let start = 64 * blocks.len();
    let spaces = rest.iter().enumerate().filter(|(_, byte)| is_ascii_space(**byte));
    spaces.for_each(|(place, _)| receive(start + place));
}

/// Gives every run of bytes between ASCII white space to a function, in order.
#[inline]
pub(crate) fn for_each_run<'t>(text: &'t [u8], mut receive: impl FnMut(&'t [u8])) {
    let mut start = 0;
    for_each_ascii_space(text, |place| {
        if start < place {
            receive(&text[start..place]);
        }
        start = place + 1;
    });
    if start < text.len() {
        receive(&text[start..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_space_is_found_in_and_after_blocks() {
        for length in [0, 1, 63, 64, 65, 200] {
            let text: Vec<u8> = (0..length).map(|at| (at * 37 % 41) as u8).collect();
            let mut places = Vec::new();
            for_each_ascii_space(&text, |place| places.push(place));
            let wanted = text.iter().enumerate().filter(|(_, byte)| b" \t\n\x0B\x0C\r".contains(byte));
            assert_eq!(places, wanted.map(|(place, _)| place).collect::<Vec<_>>(), "{length} bytes");
        }
    }

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
