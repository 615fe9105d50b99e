//! Finds the next character of a set, without decoding those that cannot be in it.

use unicode::utf8;

use crate::charset::CharSet;

const STEP: usize = 16;

/// A search for the characters of a set; U+FFFD, which stands for ill-formed bytes too, is never found.
///
/// For each byte that can open a character of the set there is a row of second bytes, by their low six bits, that may
/// follow it. Other bytes have empty rows, so all positions of a window can be asked at once.
#[derive(Debug, Clone)]
pub struct Seeker {
    rows: Box<[u64; 256]>,
    set: CharSet,
    has_ascii: bool,
}

/// A character of the set, found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Where it begins, in bytes.
    pub at: usize,
    /// Which one it is.
    pub character: char,
    /// Its length in bytes.
    pub length: usize,
}

impl Found {
    /// Where it ends.
    pub fn end(self) -> usize {
        self.at + self.length
    }
}

impl Seeker {
    /// Prepares the search for a set.
    pub fn new(set: CharSet) -> Self {
        let mut rows = Box::new([0; 256]);
        for character in
            set.ranges().iter().flat_map(|&(first, last)| first..=last).filter_map(char::from_u32)
        {
            let mut buffer = [0; 4];
            match character.encode_utf8(&mut buffer).as_bytes() {
                [only] => rows[usize::from(*only)] = !0,
                [first, second, ..] => rows[usize::from(*first)] |= 1 << (second & 63),
                [] => {}
            }
        }
        let has_ascii = set.ranges().first().is_some_and(|&(first, _)| first < 0x80);
        Seeker { rows, set, has_ascii }
    }

    /// The set.
    pub fn set(&self) -> &CharSet {
        &self.set
    }

    /// The first character of the set that begins at or after `from`.
    #[inline]
    pub fn next(&self, text: &[u8], from: usize) -> Option<Found> {
        let mut at = from;
        loop {
            at = self.suspect(text, at)?;
            let (character, length) = utf8::decode(&text[at..]);
            if self.set.contains(character) && character != char::REPLACEMENT_CHARACTER {
                return Some(Found { at, character, length });
            }
            at += 1;
        }
    }

    fn suspect(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        while let Some(window) = text.get(at..at + STEP + 1) {
            if self.has_ascii || !window[..STEP].is_ascii() {
                let found = self.suspects(window);
                if found != 0 {
                    return Some(at + found.trailing_zeros() as usize);
                }
            }
            at += STEP;
        }
        (at..text.len()).find(|&at| {
            let second = text.get(at + 1).copied().unwrap_or(0);
            self.rows[usize::from(text[at])] >> (second & 63) & 1 != 0
        })
    }

    #[inline(always)]
    fn suspects(&self, window: &[u8]) -> u32 {
        (0..STEP).fold(0, |found, place| {
            let row = self.rows[usize::from(window[place])];
            found | ((row >> (window[place + 1] & 63)) as u32 & 1) << place
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_looked_at() {
        let seeker = Seeker::new(CharSet::from_chars(['-', '–', '٣', '\u{1D7CE}']));
        for before in 0..40 {
            for found in ['-', '–', '٣', '\u{1D7CE}'] {
                let text = ["—é".repeat(before).as_str(), found.to_string().as_str(), "٤ bc"].concat();
                let want = Found { at: before * 5, character: found, length: found.len_utf8() };
                assert_eq!(seeker.next(text.as_bytes(), 0), Some(want));
                assert_eq!(seeker.next(text.as_bytes(), want.end()), None);
            }
        }
    }

    #[test]
    fn ill_formed_bytes_are_no_character() {
        let seeker = Seeker::new(CharSet::from_chars(['–', '\u{FFFD}']));
        assert_eq!(seeker.next(b"\xE2\x80 \xFF\xE2\x80", 0), None);
        assert_eq!(seeker.next("\u{FFFD}".as_bytes(), 0), None);
    }
}
