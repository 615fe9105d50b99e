//! How often each word came in a document, or since the counts were last taken away: a table that is filled again and again.

use std::ops::Range;

use textcore::tally::Brief;
use xxhash_rust::xxh3::xxh3_64;

/// Words and their counts.
#[derive(Debug, Default)]
pub struct Counts {
    /// The high half of a hash over the number of an entry, or [`EMPTY`]; where to search, the low bits of the hash say.
    slots: Vec<u64>,
    entries: Vec<Entry>,
    /// The words, one after the other.
    bytes: Vec<u8>,
}

#[derive(Debug)]
struct Entry {
    numbers: Numbers,
    /// Where the word ends, and the next one begins.
    end: usize,
    count: u64,
}

/// Those of a brief key, or a hash, which is odd, and nought: no brief key has such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Numbers {
    first: u64,
    last: u64,
}

/// A word to be counted.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    bytes: &'t [u8],
    numbers: Numbers,
    /// A hash, the same on every machine.
    pub hash: u64,
}

const EMPTY: u64 = u64::MAX;
const SLOTS_MIN: usize = 1 << 10;
const LOW: u64 = u32::MAX as u64;

/// The factors of the finalizer of `SplitMix64` (Steele, Lea and Flood, 2014; variant 13 of Stafford).
const ODD: [u64; 2] = [0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB];

impl<'t> Word<'t> {
    /// A word.
    #[inline]
    pub fn new(bytes: &'t [u8]) -> Word<'t> {
        Word::of(bytes, Brief::new(bytes))
    }

    /// A word at a place of a text, and the bytes that begin there.
    #[inline(always)]
    pub fn at(text: &'t [u8], range: Range<usize>, head: &[u8; 16]) -> Word<'t> {
        let bytes = &text[range];
        Word::of(bytes, Brief::of_head(head, bytes.len()))
    }

    #[inline(always)]
    fn of(bytes: &'t [u8], brief: Option<Brief>) -> Word<'t> {
        let [first, last] = brief.map_or_else(|| [xxh3_64(bytes) | 1, 0], Brief::numbers);
        let numbers = Numbers { first, last };
        Word { bytes, numbers, hash: numbers.hash() }
    }
}

impl Numbers {
    #[inline(always)]
    fn hash(self) -> u64 {
        mix(self.first ^ mix(self.last))
    }

    /// The numbers are all there is to know of the word.
    #[inline(always)]
    fn is_brief(self) -> bool {
        self.last != 0 || self.first == 0
    }
}

#[inline(always)]
fn mix(number: u64) -> u64 {
    let number = (number ^ number >> 32).wrapping_mul(ODD[0]);
    let number = (number ^ number >> 29).wrapping_mul(ODD[1]);
    number ^ number >> 32
}

impl Counts {
    /// Counts a word once more.
    #[inline]
    pub fn add(&mut self, word: Word<'_>) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut position = word.hash as usize & mask;
        while let Some(&slot) = self.slots.get(position)
            && slot != EMPTY
        {
            let number = (slot & LOW) as usize;
            if slot >> 32 == word.hash >> 32
                && self.entries[number].numbers == word.numbers
                && (word.numbers.is_brief() || self.bytes_of(number) == word.bytes)
            {
                self.entries[number].count += 1;
                return;
            }
            position = (position + 1) & mask;
        }
        self.insert(word);
    }

    #[inline(never)]
    fn insert(&mut self, word: Word<'_>) {
        if self.entries.len() >= self.slots.len() / 2 {
            self.grow();
        }
        let position = vacant(&self.slots, word.hash);
        self.slots[position] = word.hash & !LOW | self.entries.len() as u64;
        self.bytes.extend_from_slice(word.bytes);
        self.entries.push(Entry { numbers: word.numbers, end: self.bytes.len(), count: 1 });
    }

    #[cold]
    fn grow(&mut self) {
        self.slots = vec![EMPTY; (self.slots.len() * 2).max(SLOTS_MIN)];
        for (number, entry) in self.entries.iter().enumerate() {
            let hash = entry.numbers.hash();
            let position = vacant(&self.slots, hash);
            self.slots[position] = hash & !LOW | number as u64;
        }
    }

    fn bytes_of(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.entries[before].end);
        &self.bytes[start..self.entries[number].end]
    }

    /// Gives every word and its count away, in the order in which they first came, and forgets them, whatever comes of it.
    ///
    /// # Errors
    /// The first of the receiver's; what comes after it is not shown.
    pub fn drain<E>(&mut self, mut receive: impl FnMut(&[u8], u64) -> Result<(), E>) -> Result<(), E> {
        let mut start = 0;
        let result = self.entries.iter().try_for_each(|entry| {
            let word = &self.bytes[start..entry.end];
            start = entry.end;
            receive(word, entry.count)
        });
        self.clear();
        result
    }

    fn clear(&mut self) {
        // A table that one large document left behind is not to be swept for each small one.
        if self.slots.len() > 8 * self.entries.len().max(SLOTS_MIN) {
            self.slots = Vec::new();
        } else {
            self.slots.fill(EMPTY);
        }
        self.entries.clear();
        self.bytes.clear();
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes of memory that are in use.
    pub fn used_bytes(&self) -> usize {
        size_of_val(&*self.slots) + size_of_val(&*self.entries) + self.bytes.len()
    }
}

/// The empty slot where the search for a hash ends.
fn vacant(slots: &[u64], hash: u64) -> usize {
    let mask = slots.len() - 1;
    let mut position = hash as usize & mask;
    while slots[position] != EMPTY {
        position = (position + 1) & mask;
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, HashSet};

    #[test]
    fn counts_are_those_of_a_map_time_after_time() {
        let mut counts = Counts::default();
        for round in 1..4u64 {
            let mut wanted = BTreeMap::new();
            for number in 0..20_000 * round {
                let word = format!("{}{:x}", "x".repeat(number as usize % 5 * 4), number * number % 3001)
                    .into_bytes();
                counts.add(Word::new(&word));
                *wanted.entry(word).or_insert(0) += 1;
            }
            let mut seen = BTreeMap::new();
            let drained = counts.drain(|word, count| {
                assert!(seen.insert(word.to_vec(), count).is_none(), "shown once");
                Ok::<(), ()>(())
            });
            assert_eq!((drained, seen), (Ok(()), wanted));
            assert!(counts.is_empty());
        }
    }

    #[test]
    fn words_with_the_same_hash_are_told_apart() {
        let mut counts = Counts::default();
        let long = |bytes| Word { bytes, numbers: Numbers { first: 7, last: 0 }, hash: 7 };
        for bytes in [
            &b"one of more than sixteen bytes"[..],
            b"another of more than sixteen",
            b"one of more than sixteen bytes",
        ] {
            counts.add(long(bytes));
        }
        counts.add(Word { hash: 7, ..Word::new(b"") });
        let mut seen = Vec::new();
        let drained = counts.drain(|word, count| {
            seen.push((word.len(), count));
            if count == 1 { Err("enough") } else { Ok(()) }
        });
        assert_eq!((drained, seen), (Err("enough"), vec![(30, 2), (28, 1)]));
        assert!(counts.is_empty());
    }

    #[test]
    fn words_that_look_alike_hash_apart() {
        let words: HashSet<Vec<u8>> = (0..40)
            .flat_map(|length| {
                let zeros = vec![0; length];
                let (mut first, mut last) = (zeros.clone(), zeros.clone());
                first.iter_mut().take(1).for_each(|byte| *byte = 1);
                last.iter_mut().rev().take(1).for_each(|byte| *byte = 1);
                [zeros, first, last]
            })
            .collect();
        assert_eq!(words.iter().map(|word| Word::new(word).hash).collect::<HashSet<_>>().len(), words.len());
    }
}
