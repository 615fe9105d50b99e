//! Offsets: a place in a text, counted as the reader of the output counts.

use std::ops::Range;

use unicode::utf8;

/// In what offsets are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OffsetUnit {
    /// Bytes of UTF-8; ill-formed bytes that were replaced count as they stood.
    #[default]
    Byte,
    /// Code points; an ill-formed part is one.
    Char,
    /// Units of UTF-16, as in JavaScript and Java.
    Utf16,
}

/// Turns places in one text into offsets. Each call takes time for the way from the call before, so places in
/// order cost one walk over the text.
#[derive(Debug, Clone)]
pub struct Offsets<'t> {
    unit: OffsetUnit,
    text: &'t [u8],
    /// The text before ill-formed parts were replaced.
    original: Option<&'t [u8]>,
    at: usize,
    offset: usize,
}

impl<'t> Offsets<'t> {
    /// Offsets in a text. With `original`, bytes are counted there: it is the text but for ill-formed parts, each of which
    /// the text has as U+FFFD.
    pub fn new(unit: OffsetUnit, text: &'t [u8], original: Option<&'t [u8]>) -> Self {
        // Of the other units, a replacement has as many as what it replaces.
        let original = original.filter(|_| unit == OffsetUnit::Byte);
        Offsets { unit, text, original, at: 0, offset: 0 }
    }

    /// The offset of a place where something begins. Within a character, which pieces of a model may share, it is that of
    /// the character, except in bytes.
    pub fn of_start(&mut self, place: usize) -> usize {
        self.of(self.whole_character(place).start)
    }

    /// The offset of a place where something ends: within a character, that of the character's end, except in bytes.
    pub fn of_end(&mut self, place: usize) -> usize {
        self.of(self.whole_character(place).end)
    }

    /// The character around a place, or nothing but the place.
    fn whole_character(&self, place: usize) -> Range<usize> {
        if self.unit == OffsetUnit::Byte || self.text.get(place).is_none_or(|byte| byte & 0xC0 != 0x80) {
            return place..place;
        }
        let around = (1..place.min(3) + 1).map(|back| place - back).find_map(|start| {
            let end = start + utf8::decode(&self.text[start..]).1;
            (end > place).then_some(start..end)
        });
        around.unwrap_or(place..place)
    }

    /// The offset of a place in the text, which is a boundary of characters.
    fn of(&mut self, place: usize) -> usize {
        match (self.unit, self.original) {
            (OffsetUnit::Byte, None) => return place,
            (OffsetUnit::Byte, Some(original)) => self.walk_original(original, place),
            _ if place < self.at => self.offset -= self.units(&self.text[place..self.at]),
            _ => self.offset += self.units(&self.text[self.at..place]),
        }
        self.at = place;
        self.offset
    }

    fn units(&self, stretch: &[u8]) -> usize {
        if stretch.is_ascii() {
            return stretch.len();
        }
        let characters = utf8::count_chars(stretch) as usize;
        match self.unit {
            OffsetUnit::Utf16 => characters + characters_of_four(stretch),
            OffsetUnit::Byte | OffsetUnit::Char => characters,
        }
    }

    fn walk_original(&mut self, original: &[u8], place: usize) {
        if place < self.at {
            (self.at, self.offset) = (0, 0);
        }
        while self.at < place {
            let (character, length) = utf8::decode(&original[self.offset..]);
            self.at += character.len_utf8();
            self.offset += length;
        }
    }
}

/// The number of characters beyond U+FFFF.
fn characters_of_four(text: &[u8]) -> usize {
    if text.iter().all(|&byte| byte < 0xF0) {
        return 0;
    }
    let (mut at, mut count) = (0, 0);
    while at < text.len() {
        let (character, length) = utf8::decode(&text[at..]);
        count += usize::from(character > '\u{FFFF}');
        at += length;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_counts_its_own() {
        let text = "aé😀ب";
        let places = [0, 1, 3, 7, 9];
        let offsets = |unit| {
            let mut offsets = Offsets::new(unit, text.as_bytes(), None);
            places.map(|place| offsets.of(place))
        };
        assert_eq!(offsets(OffsetUnit::Byte), places);
        assert_eq!(offsets(OffsetUnit::Char), [0, 1, 2, 3, 4]);
        assert_eq!(offsets(OffsetUnit::Utf16), [0, 1, 2, 4, 5]);
    }

    #[test]
    fn a_character_has_no_inside() {
        let text = "aé😀ب".as_bytes();
        let mut offsets = Offsets::new(OffsetUnit::Char, text, None);
        let starts = (0..=text.len()).map(|place| offsets.of_start(place));
        assert_eq!(starts.collect::<Vec<_>>(), [0, 1, 1, 2, 2, 2, 2, 3, 3, 4]);
        let ends = (0..=text.len()).map(|place| offsets.of_end(place));
        assert_eq!(ends.collect::<Vec<_>>(), [0, 1, 2, 2, 3, 3, 3, 3, 4, 4]);
        let mut offsets = Offsets::new(OffsetUnit::Char, b"\xE2\x80\x80\x80a", None);
        assert_eq!([1, 3, 4, 5].map(|place| offsets.of_start(place)), [0, 1, 2, 3]);
        let mut offsets = Offsets::new(OffsetUnit::Byte, text, None);
        assert_eq!([2, 4].map(|place| offsets.of_start(place)), [2, 4]);
    }

    #[test]
    fn the_way_back_is_walked_too() {
        let text = "aé😀ب".as_bytes();
        let mut offsets = Offsets::new(OffsetUnit::Utf16, text, None);
        assert_eq!([9, 3, 7, 1].map(|place| offsets.of(place)), [5, 2, 4, 1]);
    }

    #[test]
    fn ill_formed_bytes_count_as_they_stood() {
        let original = b"a\xFFb\xE2\x80c\xF0\x9F\x98";
        let text = "a\u{FFFD}b\u{FFFD}c\u{FFFD}".as_bytes();
        let mut offsets = Offsets::new(OffsetUnit::Byte, text, Some(original));
        assert_eq!([0, 1, 4, 5, 8, 9, 12].map(|place| offsets.of(place)), [0, 1, 2, 3, 5, 6, 9]);
        assert_eq!(offsets.of(4), 2);
    }
}
