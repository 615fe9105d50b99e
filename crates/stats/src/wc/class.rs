//! What a character is to wc: part of a word, white space or neither, and how wide.

use super::sequence::is_continuation;
use super::table::CLASSES;

/// A value for every code point, in blocks of 64: the last byte of a UTF-8 sequence is the index in a block.
pub(super) struct Trie<T: 'static> {
    /// Block of each 64 code points of the Basic Multilingual Plane.
    pub(super) low: &'static [u16; 1024],
    /// Group of 64 blocks for each 4,096 code points above it.
    pub(super) high: &'static [u8; 256],
    pub(super) middles: &'static [[u16; 64]],
    pub(super) blocks: &'static [[T; 64]],
}

impl<T: Copy> Trie<T> {
    #[inline(always)]
    fn of(&self, code: u32) -> T {
        let code = code as usize;
        if code < 0x1_0000 {
            return self.in_block(self.low[code >> 6], code);
        }
        let middle = self.high[(code - 0x1_0000) >> 12 & 0xFF];
        self.in_block(self.middles[usize::from(middle)][code >> 6 & 0x3F], code)
    }

    #[inline(always)]
    fn in_block(&self, block: u16, code: usize) -> T {
        self.blocks[usize::from(block)][code & 0x3F]
    }
}

/// What glibc's C.UTF-8 locale says of a character, as far as wc asks.
///
/// A character that is no part of a word and no white space (a control, an unassigned code point) leaves wc where it was:
/// inside a word or outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class(u8);

impl Class {
    const WIDTH: u8 = 3;
    const WORD: u8 = 4;
    const SPACE: u8 = 8;

    /// The class of a code point; beyond U+10FFFF, where wc still reads characters, they are nothing.
    #[inline(always)]
    pub(super) fn of(code: u32) -> Class {
        Class(if code < 0x11_0000 { CLASSES.of(code) } else { 0 })
    }

    /// The class of the character that begins at a place of well-formed text, and its length in bytes.
    #[inline(always)]
    pub(super) fn at(text: &[u8], at: usize) -> (Class, usize) {
        let byte = |offset: usize| text.get(at + offset).map_or(0, |&byte| u32::from(byte & 0x3F));
        let first = u32::from(text[at]);
        match first {
            0..0x80 => (Class::of(first), 1),
            0x80..0xE0 => (Class::of((first & 0x1F) << 6 | byte(1)), 2),
            0xE0..0xF0 => (Class::of((first & 0xF) << 12 | byte(1) << 6 | byte(2)), 3),
            _ => (Class::of((first & 7) << 18 | byte(1) << 12 | byte(2) << 6 | byte(3)), 4),
        }
    }

    /// Whether it makes a word, or goes on with one.
    #[inline(always)]
    pub(super) fn is_word(self) -> bool {
        self.0 & Class::WORD != 0
    }

    /// Whether it ends a word; the no-break spaces and U+2060 WORD JOINER do.
    #[inline(always)]
    pub(super) fn is_space(self) -> bool {
        self.0 & Class::SPACE != 0
    }

    /// Columns, 0 to 2.
    #[inline(always)]
    pub(super) fn width(self) -> u64 {
        u64::from(self.0 & Class::WIDTH)
    }
}

/// Whether a byte opens a character of Latin, Cyrillic or Arabic that is part of a word: one look instead of
/// [`Class::at`]. What it says no to may still be one.
#[inline(always)]
pub(super) fn opens_letter(byte: u8) -> bool {
    // C3 to CC; D0 to D3 and D8 to DB.
    (byte.wrapping_sub(0xC3) < 10) | (byte & 0xF4 == 0xD0)
}

/// Whether two bytes are, or begin, a letter of Latin, Cyrillic or Arabic that takes one column. What it says no to may still
/// be one.
#[inline(always)]
pub(super) fn opens_narrow_letter(first: u8, second: u8) -> bool {
    (first.wrapping_sub(0xC3) < 9)
        | (first.wrapping_sub(0xD0) < 2)
        | ((first == 0xD8) & (second >= 0xA0))
        | ((first == 0xD9) & !(0x8B..=0xB0).contains(&second))
        | (first == 0xDA)
        | ((first == 0xDB) & !(0x96..=0xAE).contains(&second))
}

/// How many bytes of white space of several bytes begin with three bytes of well-formed text; 0 if it is none.
#[inline(always)]
pub(super) fn wide_space(first: u8, second: u8, third: u8) -> usize {
    match (first, second, third) {
        (0xC2, 0xA0, _) => 2,
        (0xE1, 0x9A, 0x80)
        | (0xE2, 0x80, 0x80..=0x8A | 0xAF)
        | (0xE2, 0x81, 0x9F | 0xA0)
        | (0xE3, 0x80, 0x80) => 3,
        _ => 0,
    }
}

/// Whether two bytes may begin white space of several bytes; few others do.
#[inline(always)]
pub(super) fn may_be_wide_space(first: u8, second: u8) -> bool {
    ((first == 0xC2) & (second == 0xA0))
        | ((first == 0xE1) & (second == 0x9A))
        | ((first == 0xE2) & (second & 0xFE == 0x80))
        | ((first == 0xE3) & (second == 0x80))
}

/// How many continuation bytes a text begins with.
pub(super) fn continuation_length(text: &[u8]) -> usize {
    text.iter().take_while(|&&byte| is_continuation(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes() -> impl Iterator<Item = (char, Class)> {
        ('\0'..=char::MAX).map(|character| (character, Class::of(u32::from(character))))
    }

    #[test]
    fn well_formed_text_is_looked_up_by_its_bytes() {
        for (character, class) in classes() {
            let text = format!("é{character}");
            assert_eq!(Class::at(text.as_bytes(), 2), (class, character.len_utf8()));
        }
        assert_eq!(Class::of(0x7FFF_FFFF), Class(0));
    }

    #[test]
    fn short_cuts_say_what_the_table_says() {
        let mut spaces = Vec::new();
        for (character, class) in classes().skip(0x80) {
            let mut bytes = [0; 4];
            let length = character.encode_utf8(&mut bytes).len();
            assert!(class.is_word() || !opens_letter(bytes[0]), "{character:?}");
            assert!(class.width() == 1 || !opens_narrow_letter(bytes[0], bytes[1]), "{character:?}");
            let wide = wide_space(bytes[0], bytes[1], bytes[2]);
            assert_eq!(wide, if class.is_space() { length } else { 0 }, "{character:?}");
            if class.is_space() {
                assert!(may_be_wide_space(bytes[0], bytes[1]));
                spaces.push(u32::from(character));
            }
        }
        let wanted = [0xA0, 0x1680].into_iter().chain(0x2000..0x200B).chain([0x202F, 0x205F, 0x2060, 0x3000]);
        assert_eq!(spaces, wanted.collect::<Vec<_>>());
    }

    #[test]
    fn classes_are_known_ones() {
        let told = |code| (Class::of(code).is_word(), Class::of(code).is_space(), Class::of(code).width());
        assert_eq!(told(0), (false, false, 0));
        assert_eq!(told(0x0B), (false, true, 0), "vertical tab");
        assert_eq!(told(0x20), (false, true, 1));
        assert_eq!(told(0x7E), (true, false, 1));
        assert_eq!(told(0x7F), (false, false, 0));
        assert_eq!(told(0x85), (false, false, 0), "NEL is not printable");
        assert_eq!(told(0xAD), (true, false, 1), "SOFT HYPHEN");
        assert_eq!(told(0x0301), (true, false, 0), "a mark alone is a word");
        assert_eq!(told(0x0600), (true, false, 1), "ARABIC NUMBER SIGN");
        assert_eq!(told(0x1160), (true, false, 0), "a vowel of Hangul");
        assert_eq!(told(0x2028), (false, false, 0), "LINE SEPARATOR is not printable");
        assert_eq!(told(0x3000), (false, true, 2), "IDEOGRAPHIC SPACE");
        assert_eq!(told(0x4DC0), (true, false, 2), "a hexagram");
        assert_eq!(told(0x0378), (false, false, 0), "unassigned");
        assert_eq!(told(0xE000), (true, false, 1), "private use");
        assert_eq!(told(0x1F600), (true, false, 2), "a face");
    }
}
