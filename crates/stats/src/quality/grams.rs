//! The n-gram of words that comes most often, and the characters that it takes up.

use super::sieve::{Sieve, mixed};
use super::words::Words;

/// The orders that are asked about.
pub const ORDERS: [usize; 3] = [2, 3, 4];

/// Space to count n-grams in.
///
/// Memory: at most 8 bytes for each word, and 48 for each place whose 2-gram comes elsewhere, too.
#[derive(Debug, Default)]
pub struct Grams {
    /// Which pairs come again.
    sieve: Sieve,
    /// Places of n-grams that come elsewhere, too, in their order, and the numbers of these.
    places: Vec<(u32, u32)>,
    /// Pairs of numbers of shorter n-grams; as many slots as a power of two, `in_use` of them.
    pairs: Vec<u64>,
    /// For each slot the number of the n-gram and one; 0 is a free slot.
    slots: Vec<u32>,
    in_use: usize,
    /// For each n-gram how often it came, and where first.
    counts: Vec<(u32, u32)>,
}

impl Grams {
    /// For each of [`ORDERS`], the code points of the commonest n-gram, its words with a space between, times how often it
    /// comes. Of several that are commonest the first counts; where all differ, that is the first of all. Nothing is 0.
    pub fn top_characters(&mut self, words: &Words) -> [u64; ORDERS.len()] {
        ORDERS.map(|order| {
            if words.len() < order {
                return 0;
            }
            let (count, first) = if order == 2 { self.pair(&words.numbers) } else { self.lengthen() };
            let characters: u64 = (first..first + order).map(|place| words.characters(place)).sum();
            (characters + order as u64 - 1).saturating_mul(count)
        })
    }

    /// How often the commonest pair of numbers side by side comes, and where first.
    fn pair(&mut self, numbers: &[u32]) -> (u64, usize) {
        let hashes = || numbers.windows(2).map(|sides| hash(pair(sides[0], sides[1])));
        self.sieve.open(numbers.len());
        hashes().for_each(|hash| self.sieve.see(hash));
        self.places.clear();
        let again = (0..).zip(hashes()).filter(|(_, hash)| self.sieve.came_again(*hash));
        self.places.extend(again.map(|(place, _)| (place, 0)));
        self.open();
        for index in 0..self.places.len() {
            let place = self.places[index].0;
            let sides = pair(numbers[place as usize], numbers[place as usize + 1]);
            self.places[index].1 = self.count(sides, place);
        }
        self.commonest()
    }

    /// From n-grams to those of one word more.
    ///
    /// An n-gram is known by the two that it is made of, all its words but the last and all but the first; where one of
    /// these comes once, so does the n-gram, and need not be looked up.
    fn lengthen(&mut self) -> (u64, usize) {
        self.open();
        let mut kept = 0;
        for index in 1..self.places.len() {
            let [(place, left), (next, right)] = [self.places[index - 1], self.places[index]];
            if place + 1 == next {
                self.places[kept] = (place, self.count(pair(left, right), place));
                kept += 1;
            }
        }
        self.places.truncate(kept);
        self.commonest()
    }

    /// Leaves the places of n-grams that come more than once; says how often the commonest comes, and where first.
    fn commonest(&mut self) -> (u64, usize) {
        self.places.retain(|&(_, number)| self.counts[number as usize].0 > 1);
        // Numbers are in the order of first places; the first of equals is wanted.
        match self.counts.iter().rev().max_by_key(|(count, _)| *count) {
            Some(&(count, first)) if count > 1 => (u64::from(count), first as usize),
            _ => (1, 0),
        }
    }

    /// The number of the n-gram of a pair, which is counted.
    #[inline]
    fn count(&mut self, pair: u64, place: u32) -> u32 {
        let mask = self.in_use - 1;
        let mut slot = (hash(pair) >> 32) as usize & mask;
        loop {
            match self.slots[slot].checked_sub(1) {
                None => {
                    let number = self.counts.len() as u32;
                    self.slots[slot] = number + 1;
                    self.pairs[slot] = pair;
                    self.counts.push((1, place));
                    return number;
                }
                Some(number) if self.pairs[slot] == pair => {
                    self.counts[number as usize].0 += 1;
                    return number;
                }
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    /// Makes room for a pair at each place, and forgets all.
    fn open(&mut self) {
        self.in_use = (2 * self.places.len()).next_power_of_two();
        if self.slots.len() < self.in_use {
            self.slots.resize(self.in_use, 0);
            self.pairs.resize(self.in_use, 0);
        }
        self.slots[..self.in_use].fill(0);
        self.counts.clear();
    }
}

/// Two numbers side by side.
#[inline]
fn pair(left: u32, right: u32) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}

#[inline]
fn hash(pair: u64) -> u64 {
    mixed(pair, 0)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use unicode::Unit;

    use super::*;
    use crate::quality::punctuation::Punctuation;

    fn top(text: &str) -> [u64; 3] {
        let mut words = Words::default();
        words.read(text.as_bytes(), Unit::Space, Punctuation::Unicode);
        Grams::default().top_characters(&words)
    }

    #[test]
    fn the_first_of_the_commonest_counts() {
        // «aa b» before «b c», «aa b c», and of the others, which all come once, the first.
        assert_eq!(top("aa b c aa b c d"), [8, 12, 9]);
        // «x y» comes twice and so does «y x», «x y x» twice, all longer ones once.
        assert_eq!(top("x y x y x"), [6, 10, 7]);
    }

    #[test]
    fn where_all_differ_the_first_counts_once() {
        assert_eq!(top("one two three four"), [7, 13, 18]);
        assert_eq!(top("one two"), [7, 0, 0]);
        assert_eq!(top(""), [0; 3]);
    }

    /// All n-grams in a table, the longest way round.
    fn by_table(words: &[&str], order: usize) -> u64 {
        let mut counts: HashMap<Vec<&str>, (u64, usize)> = HashMap::new();
        for (place, gram) in words.windows(order).enumerate() {
            counts.entry(gram.to_vec()).or_insert((0, place)).0 += 1;
        }
        let top = counts.iter().max_by_key(|(_, (count, first))| (*count, usize::MAX - first));
        top.map_or(0, |(gram, (count, _))| gram.join(" ").chars().count() as u64 * count)
    }

    proptest! {
        #[test]
        fn tables_agree(text in "([ab]|cc|سلام)( ([ab]|cc|سلام)){0,60}") {
            let words: Vec<&str> = text.split(' ').collect();
            prop_assert_eq!(top(&text), ORDERS.map(|order| by_table(&words, order)));
        }
    }
}
