//! A census of code points: how often each one stands in a text. Scripts, categories, and every question about single characters
//! are answered by it.

use std::collections::BTreeMap;

use crate::utf8;

/// Code points in blocks of this many.
const BLOCK: usize = 256;
const BLOCKS: usize = 0x11_0000 / BLOCK;
/// Bytes that are counted together if all of them are ASCII.
const RUN: usize = 32;
/// ASCII is counted in so many banks, of which the sum is meant: neighbours are counted in turn in one and the other, so
/// that no addition waits for the one before it.
const BANKS: usize = 4;
/// Two bytes write the code points below this.
const TWO: usize = 0x800;

/// How often each code point was seen; what was seen lies together, in memory that follows what the text uses.
///
/// ```
/// use unicode::census::{Census, Counter};
///
/// let mut counter = Counter::new();
/// counter.count("سلام ali\u{FFFD}".as_bytes());
/// counter.count(b"\xFF\xE2\x80");
/// let census: Census = counter.take();
/// assert_eq!((census.of('ل'), census.of('a'), census.of('\u{FFFD}')), (1, 1, 1));
/// assert_eq!(census.ill_formed(), 2);
/// assert_eq!(census.total(), 11);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    points: BTreeMap<char, u64>,
    ill_formed: u64,
}

impl Census {
    /// How often a character was seen.
    pub fn of(&self, character: char) -> u64 {
        self.points.get(&character).copied().unwrap_or(0)
    }

    /// How many ill-formed subparts were seen: each is what a decoder would make one U+FFFD of (Unicode 3.9).
    pub fn ill_formed(&self) -> u64 {
        self.ill_formed
    }

    /// How many characters were seen, ill-formed subparts included.
    pub fn total(&self) -> u64 {
        self.points.values().sum::<u64>() + self.ill_formed
    }

    /// The characters that were seen and how often, in the order of their code points.
    pub fn iter(&self) -> impl Iterator<Item = (char, u64)> + '_ {
        self.points.iter().map(|(&character, &count)| (character, count))
    }

    /// The sum over the characters of which something is true.
    pub fn count_where(&self, mut is_meant: impl FnMut(char) -> bool) -> u64 {
        self.iter().filter(|&(character, _)| is_meant(character)).map(|(_, count)| count).sum()
    }

    /// Adds to the count of a character.
    pub fn add(&mut self, character: char, count: u64) {
        let sum = self.points.entry(character).or_default();
        *sum = sum.saturating_add(count);
    }

    /// Adds to the count of ill-formed subparts.
    pub fn add_ill_formed(&mut self, count: u64) {
        self.ill_formed = self.ill_formed.saturating_add(count);
    }

    /// Takes in the census of another text.
    pub fn merge(&mut self, other: &Census) {
        other.iter().for_each(|(character, count)| self.add(character, count));
        self.add_ill_formed(other.ill_formed);
    }
}

/// Counts text fast, until its census is taken.
#[derive(Debug, Clone)]
pub struct Counter {
    ascii: Box<[[u64; BANKS]; 128]>,
    /// The code points that two bytes write; those of ASCII are counted above.
    two: Box<[u64; TWO]>,
    /// For each block of code points nought, or one more than the place of its counts.
    places: Box<[u16]>,
    blocks: Vec<(u16, [u64; BLOCK])>,
    ill_formed: u64,
}

impl Default for Counter {
    fn default() -> Counter {
        Counter::new()
    }
}

impl Counter {
    /// Nothing counted yet.
    pub fn new() -> Counter {
        Counter {
            ascii: Box::new([[0; BANKS]; 128]),
            two: Box::new([0; TWO]),
            places: vec![0; BLOCKS].into_boxed_slice(),
            blocks: Vec::new(),
            ill_formed: 0,
        }
    }

    /// Counts every code point of a text; ill-formed subparts are counted apart.
    pub fn count(&mut self, text: &[u8]) {
        let mut at = 0;
        while let Some(run) = text[at..].first_chunk::<RUN>() {
            if run.is_ascii() {
                for four in run.chunks_exact(BANKS) {
                    for (bank, &byte) in four.iter().enumerate() {
                        self.ascii[usize::from(byte & 0x7F)][bank] += 1;
                    }
                }
                at += RUN;
            } else {
                let stop = at + RUN;
                while at < stop {
                    at += self.count_one(&text[at..]);
                }
            }
        }
        while at < text.len() {
            at += self.count_one(&text[at..]);
        }
    }

    /// Counts the character that a text begins with, and says how many bytes it has.
    #[inline(always)]
    fn count_one(&mut self, text: &[u8]) -> usize {
        match *text {
            [first @ 0..=0x7F, ..] => {
                self.ascii[usize::from(first)][0] += 1;
                1
            }
            [first @ 0xC2..=0xDF, second @ 0x80..=0xBF, ..] => {
                self.two[usize::from(first & 0x1F) << 6 | usize::from(second & 0x3F)] += 1;
                2
            }
            _ => self.count_long(text),
        }
    }

    #[inline]
    fn count_long(&mut self, text: &[u8]) -> usize {
        let (character, length) = utf8::decode(text);
        if character == '\u{FFFD}' && !text.starts_with("\u{FFFD}".as_bytes()) {
            self.ill_formed += 1;
        } else {
            self.add(u32::from(character));
        }
        length
    }

    #[inline(always)]
    fn add(&mut self, point: u32) {
        let (block, low) = ((point >> 8) as usize, (point & 0xFF) as usize);
        let place = usize::from(self.places[block]);
        if let Some((_, counts)) = self.blocks.get_mut(place.wrapping_sub(1)) {
            counts[low] += 1;
        } else {
            let mut counts = [0; BLOCK];
            counts[low] = 1;
            self.blocks.push((block as u16, counts));
            self.places[block] = self.blocks.len() as u16;
        }
    }

    /// What was counted since the last time, added to a census.
    pub fn take_into(&mut self, census: &mut Census) {
        for (byte, banks) in self.ascii.iter_mut().enumerate() {
            let count = std::mem::take(banks).iter().sum();
            if count > 0 {
                census.add(char::from(byte as u8), count);
            }
        }
        for (point, count) in self.two.iter_mut().enumerate().filter(|(_, count)| **count > 0) {
            let character = char::from_u32(point as u32).unwrap_or(char::REPLACEMENT_CHARACTER);
            census.add(character, std::mem::take(count));
        }
        for (block, counts) in self.blocks.drain(..) {
            self.places[usize::from(block)] = 0;
            for (low, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                if let Some(character) = char::from_u32(u32::from(block) << 8 | low as u32) {
                    census.add(character, count);
                }
            }
        }
        census.add_ill_formed(std::mem::take(&mut self.ill_formed));
    }

    /// What was counted since the last time.
    pub fn take(&mut self) -> Census {
        let mut census = Census::default();
        self.take_into(&mut census);
        census
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counted(parts: &[&[u8]]) -> Census {
        let mut counter = Counter::new();
        parts.iter().for_each(|part| counter.count(part));
        counter.take()
    }

    /// As the standard library decodes.
    fn plainly(text: &[u8]) -> Census {
        let mut census = Census::default();
        for chunk in text.utf8_chunks() {
            chunk.valid().chars().for_each(|character| census.add(character, 1));
            census.add_ill_formed(u64::from(!chunk.invalid().is_empty()));
        }
        census
    }

    proptest! {
        #[test]
        fn the_census_is_that_of_the_standard_library(
            text in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..200),
                prop::collection::vec(prop::sample::select(vec![b'a', b' ', 0xC3, 0xA9, 0xE2, 0x80, 0x8C, 0xF0, 0x9F, 0x98]), 0..200),
                any::<String>().prop_map(String::into_bytes),
            ]
        ) {
            prop_assert_eq!(counted(&[&text]), plainly(&text));
        }

        #[test]
        fn parts_merge(one in any::<String>(), other in any::<String>()) {
            let mut merged = counted(&[one.as_bytes()]);
            merged.merge(&counted(&[other.as_bytes()]));
            prop_assert_eq!(&merged, &counted(&[one.as_bytes(), other.as_bytes()]));
            prop_assert_eq!(merged.total(), utf8::count_chars(one.as_bytes()) + utf8::count_chars(other.as_bytes()));
        }
    }

    #[test]
    fn a_counter_begins_anew_when_its_census_is_taken() {
        let mut counter = Counter::new();
        counter.count("é".as_bytes());
        assert_eq!(counter.take().of('é'), 1);
        assert_eq!(counter.take(), Census::default());
        counter.count("è".as_bytes());
        let census = counter.take();
        assert_eq!((census.of('é'), census.of('è')), (0, 1));
    }
}
