//! The characters of n-grams of words that came before.

use unicode::utf8;

use super::fingerprint::Powers;
use super::words::Words;

/// The orders that are asked about.
pub const ORDERS: [usize; 6] = [5, 6, 7, 8, 9, 10];

/// Space to find n-grams again in.
///
/// Memory: at most 32 bytes for each word.
#[derive(Debug, Default)]
pub struct Duplicates {
    /// Half of a fingerprint over a place and one; 0 is a free slot. As many as a power of two, `in_use` of them.
    slots: Vec<u64>,
    in_use: usize,
}

impl Duplicates {
    /// For each of [`ORDERS`], the code points of the n-grams that came before, those that overlap counted once.
    ///
    /// From left to right: where an n-gram reads as one that was passed, its characters count and the search goes on behind
    /// it; else it is remembered, and the search goes on at the next word. Two n-grams read alike if their words make the
    /// same text with nothing between: «ab c» is «a bc».
    pub fn characters(&mut self, words: &Words, powers: &Powers) -> [u64; ORDERS.len()] {
        ORDERS.map(|order| self.of_order(words, order, powers))
    }

    fn of_order(&mut self, words: &Words, order: usize, powers: &Powers) -> u64 {
        let Some(last) = words.len().checked_sub(order) else { return 0 };
        self.open(last + 1);
        let mut characters = 0;
        let mut place = 0;
        while place <= last {
            let (start, end) = (words.start(place), words.start(place + order));
            let before = words.fingerprints[place];
            let fingerprint = words.fingerprints[place + order].after(before, powers.of(end - start)).mixed();
            if self.came_before(words, order, place, fingerprint) {
                characters += utf8::count_chars(&words.joined[start..end]);
                place += order;
            } else {
                place += 1;
            }
        }
        characters
    }

    /// Whether the n-gram at a place reads as one that is remembered; if not, it is from now on.
    #[inline]
    fn came_before(&mut self, words: &Words, order: usize, place: usize, fingerprint: u64) -> bool {
        let text = |place: usize| &words.joined[words.start(place)..words.start(place + order)];
        let mask = self.in_use - 1;
        let mut slot = (fingerprint >> 20) as usize & mask;
        loop {
            let found = self.slots[slot];
            if found == 0 {
                self.slots[slot] = fingerprint << 32 | (place as u64 + 1);
                return false;
            }
            if found >> 32 == fingerprint & 0xFFFF_FFFF && text(found as u32 as usize - 1) == text(place) {
                return true;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Makes room for so many n-grams, and forgets all.
    fn open(&mut self, grams: usize) {
        self.in_use = (2 * grams).next_power_of_two();
        if self.slots.len() < self.in_use {
            self.slots.resize(self.in_use, 0);
        }
        self.slots[..self.in_use].fill(0);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use unicode::Unit;

    use super::*;
    use crate::quality::punctuation::Punctuation;

    fn duplicates(text: &str) -> [u64; 6] {
        let mut words = Words::default();
        words.read(text.as_bytes(), Unit::Space, Punctuation::Unicode, &Powers::default());
        Duplicates::default().characters(&words, &Powers::default())
    }

    #[test]
    fn what_came_before_is_passed_at_once() {
        assert_eq!(duplicates("a b c d e a b c d e"), [5, 0, 0, 0, 0, 0]);
        // From the second «a» on five are found, and five more.
        assert_eq!(duplicates("a a a a a a a a a a a a")[..2], [10, 6]);
        assert_eq!(duplicates("a b c d"), [0; 6]);
        assert_eq!(duplicates(""), [0; 6]);
    }

    #[test]
    fn words_are_joined_with_nothing_between() {
        assert_eq!(duplicates("ab c d e f . a bc d e f"), [6, 0, 0, 0, 0, 0]);
    }

    /// The joined n-grams in a set of strings.
    fn by_set(words: &[&str], order: usize) -> u64 {
        let (mut seen, mut characters, mut place) = (HashSet::new(), 0, 0);
        while place + order <= words.len() {
            let gram = words[place..place + order].concat();
            let length = gram.chars().count();
            if seen.contains(&gram) {
                characters += length as u64;
                place += order;
            } else {
                seen.insert(gram);
                place += 1;
            }
        }
        characters
    }

    proptest! {
        #[test]
        fn sets_agree(text in "(a|aa|ab|b|ب)( (a|aa|ab|b|ب)){0,90}") {
            let words: Vec<&str> = text.split(' ').collect();
            prop_assert_eq!(duplicates(&text), ORDERS.map(|order| by_set(&words, order)));
        }
    }
}
