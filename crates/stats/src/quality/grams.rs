//! The n-gram of words that comes most often, and the characters that it takes up.

use super::sieve::{Sieve, mixed};
use super::table::Table;
use super::words::Words;

/// The orders that are asked about.
pub const ORDERS: [usize; 3] = [2, 3, 4];

/// Space to count n-grams in.
///
/// Memory: at most 8 bytes for each place whose 2-gram comes elsewhere, too, and 48 for each such 2-gram.
#[derive(Debug, Default)]
pub struct Grams {
    /// Places of n-grams that come elsewhere, too, in their order, and the numbers of these.
    places: Vec<(u32, u32)>,
    grams: Vec<Gram>,
}

/// What is known of an n-gram.
#[derive(Debug, Clone, Copy)]
struct Gram {
    /// The numbers of the two shorter ones that it is made of.
    pair: u64,
    /// How often it comes.
    count: u32,
    /// Where it comes first.
    first: u32,
}

impl Grams {
    /// For each of [`ORDERS`], the code points of the commonest n-gram, its words with a space between, times how often it
    /// comes. Of several that are commonest the first counts; where all differ, that is the first of all. Nothing is 0.
    pub fn top_characters(
        &mut self,
        words: &Words,
        sieve: &mut Sieve,
        table: &mut Table,
    ) -> [u64; ORDERS.len()] {
        ORDERS.map(|order| {
            if words.len() < order {
                return 0;
            }
            let (count, first) =
                if order == 2 { self.pair(&words.numbers, sieve, table) } else { self.lengthen(table) };
            let characters: u64 = (first..first + order).map(|place| words.characters(place)).sum();
            (characters + order as u64 - 1).saturating_mul(count)
        })
    }

    /// How often the commonest pair of numbers side by side comes, and where first.
    fn pair(&mut self, numbers: &[u32], sieve: &mut Sieve, table: &mut Table) -> (u64, usize) {
        let hashes = || numbers.windows(2).map(|sides| hash(pair(sides[0], sides[1])));
        sieve.open(numbers.len());
        hashes().for_each(|hash| sieve.see(hash));
        self.places.clear();
        let again = (0..).zip(hashes()).filter(|(_, hash)| sieve.came_again(*hash));
        self.places.extend(again.map(|(place, _)| (place, 0)));
        self.open(table);
        for index in 0..self.places.len() {
            let place = self.places[index].0;
            let sides = pair(numbers[place as usize], numbers[place as usize + 1]);
            self.places[index].1 = self.count(sides, place, table);
        }
        self.commonest()
    }

    /// From n-grams to those of one word more.
    ///
    /// An n-gram is known by the two that it is made of, all its words but the last and all but the first; where one of
    /// these comes once, so does the n-gram, and need not be looked up.
    fn lengthen(&mut self, table: &mut Table) -> (u64, usize) {
        self.open(table);
        let mut kept = 0;
        for index in 1..self.places.len() {
            let [(place, left), (next, right)] = [self.places[index - 1], self.places[index]];
            if place + 1 == next {
                self.places[kept] = (place, self.count(pair(left, right), place, table));
                kept += 1;
            }
        }
        self.places.truncate(kept);
        self.commonest()
    }

    /// Leaves the places of n-grams that come more than once; says how often the commonest comes, and where first.
    fn commonest(&mut self) -> (u64, usize) {
        self.places.retain(|&(_, number)| self.grams[number as usize].count > 1);
        // Numbers are in the order of first places; the first of equals is wanted.
        match self.grams.iter().rev().max_by_key(|gram| gram.count) {
            Some(gram) if gram.count > 1 => (u64::from(gram.count), gram.first as usize),
            _ => (1, 0),
        }
    }

    /// The number of the n-gram of a pair, which is counted.
    #[inline]
    fn count(&mut self, pair: u64, place: u32, table: &mut Table) -> u32 {
        let grams = &mut self.grams;
        table.make_room(|number| hash(grams[number as usize].pair));
        let hash = hash(pair);
        match table.seek(hash, |number| grams[number as usize].pair == pair) {
            Ok(number) => {
                grams[number as usize].count += 1;
                number
            }
            Err(slot) => {
                let number = grams.len() as u32;
                table.put(slot, hash, number);
                grams.push(Gram { pair, count: 1, first: place });
                number
            }
        }
    }

    fn open(&mut self, table: &mut Table) {
        table.open(self.places.len());
        self.grams.clear();
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
        Grams::default().top_characters(&words, &mut Sieve::default(), &mut Table::default())
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
