//! The characters of n-grams of words that came before.

use unicode::utf8;
use xxhash_rust::xxh3::xxh3_64;

use super::sieve::{Sieve, mixed};
use super::table::Table;
use super::words::Words;

/// The orders that are asked about.
pub const ORDERS: [usize; 6] = [5, 6, 7, 8, 9, 10];

/// So many bytes of an n-gram are looked at before the rest is.
const WINDOW: usize = 12;

/// Space to find n-grams again in.
///
/// Memory: at most 36 bytes for each word that begins an n-gram whose first bytes come again.
#[derive(Debug, Default)]
pub struct Duplicates {
    /// The places where an n-gram may begin that comes elsewhere, too.
    candidates: Vec<u32>,
}

impl Duplicates {
    /// For each of [`ORDERS`], the code points of the n-grams that came before, those that overlap counted once.
    ///
    /// From left to right: where an n-gram reads as one that was passed, its characters count and the search goes on behind
    /// it; else it is remembered, and the search goes on at the next word. Two n-grams read alike if their words make the
    /// same text with nothing between: «ab c» is «a bc».
    pub fn characters(&mut self, words: &Words, sieve: &mut Sieve, table: &mut Table) -> [u64; ORDERS.len()] {
        self.find_candidates(words, sieve);
        ORDERS.map(|order| self.of_order(words, order, table))
    }

    /// N-grams that read alike begin with the same bytes: where these come once, no n-gram needs to be looked for, unless it
    /// is shorter than they are.
    fn find_candidates(&mut self, words: &Words, sieve: &mut Sieve) {
        self.candidates.clear();
        let Some(last) = words.len().checked_sub(ORDERS[0]) else { return };
        sieve.open(last + 1);
        for place in 0..=last {
            if let Some(hash) = window(&words.joined, words.start(place)) {
                sieve.see(hash);
            }
        }
        for place in 0..=last {
            let start = words.start(place);
            let is_short = words.start(place + ORDERS[0]) - start < WINDOW;
            if is_short || window(&words.joined, start).is_none_or(|hash| sieve.came_again(hash)) {
                self.candidates.push(place as u32);
            }
        }
    }

    fn of_order(&self, words: &Words, order: usize, table: &mut Table) -> u64 {
        table.open(self.candidates.len());
        let (mut characters, mut next) = (0, 0);
        for place in self.candidates.iter().map(|&place| place as usize) {
            if place + order > words.len() {
                break;
            }
            if place >= next && came_before(words, order, place, table) {
                characters += utf8::count_chars(words.text(place, order));
                next = place + order;
            }
        }
        characters
    }
}

/// Whether the n-gram at a place reads as one in the table; if not, it is there from now on.
#[inline]
fn came_before(words: &Words, order: usize, place: usize, table: &mut Table) -> bool {
    table.make_room(|other| xxh3_64(words.text(other as usize, order)));
    let text = words.text(place, order);
    let hash = xxh3_64(text);
    match table.seek(hash, |other| words.text(other as usize, order) == text) {
        Ok(_) => true,
        Err(slot) => {
            table.put(slot, hash, place as u32);
            false
        }
    }
}

/// The hash of the first bytes of what begins at a place; none where there are fewer.
#[inline]
fn window(text: &[u8], start: usize) -> Option<u64> {
    let window = text[start..].first_chunk::<WINDOW>()?;
    let (first, rest) = window.split_first_chunk::<8>()?;
    let rest = rest.first_chunk::<4>()?;
    Some(mixed(u64::from_le_bytes(*first), u64::from(u32::from_le_bytes(*rest))))
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
        words.read(text.as_bytes(), Unit::Space, Punctuation::Unicode);
        Duplicates::default().characters(&words, &mut Sieve::default(), &mut Table::default())
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
