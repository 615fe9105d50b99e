//! Finds the next character of a set, without decoding those that cannot be in it.

use unicode::sieve::{self, Sieve};
use unicode::utf8;

use crate::charset::CharSet;

/// A search for the characters of a set; U+FFFD, which stands for ill-formed bytes too, is never found.
#[derive(Debug, Clone)]
pub struct Seeker {
    sieve: Box<Sieve>,
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
        let mut sieve: Box<Sieve> = Box::new([0; 256]);
        for character in
            set.ranges().iter().flat_map(|&(first, last)| first..=last).filter_map(char::from_u32)
        {
            sieve::add(&mut sieve, character);
        }
        let has_ascii = set.ranges().first().is_some_and(|&(first, _)| first < 0x80);
        Seeker { sieve, set, has_ascii }
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
            let find = if self.has_ascii { sieve::find } else { sieve::find_beyond_ascii };
            at = find(&self.sieve, text, at);
            if at >= text.len() {
                return None;
            }
            let (character, length) = utf8::decode(&text[at..]);
            if self.set.contains(character) && character != char::REPLACEMENT_CHARACTER {
                return Some(Found { at, character, length });
            }
            at += 1;
        }
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
