//! How often each word came in a document, or since the counts were last taken away: a table that is filled again and again.

use xxhash_rust::xxh3::xxh3_64;

/// Words and their counts, each known by a hash of 64 bits besides.
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
    hash: u64,
    /// Where the word ends, and the next one begins.
    end: usize,
    count: u64,
}

const EMPTY: u64 = u64::MAX;
const SLOTS_MIN: usize = 1 << 10;
const LOW: u64 = u32::MAX as u64;

/// The factors of the finalizer of `SplitMix64` (Steele, Lea and Flood, 2014; variant 13 of Stafford).
const ODD: [u64; 2] = [0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB];

/// A hash of a word, the same on every machine.
#[inline(always)]
pub fn hash(word: &[u8]) -> u64 {
    let length = word.len();
    let (first, last) = match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
        (Some(first), Some(last)) if length <= 16 => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        (Some(_), _) => return xxh3_64(word),
        _ => (short(word), 0),
    };
    mix(first ^ mix(last ^ (length as u64).wrapping_mul(ODD[1])))
}

/// The bytes of a word of less than eight as a number.
#[inline(always)]
fn short(word: &[u8]) -> u64 {
    match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
        }
        _ => word.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    }
}

#[inline(always)]
fn mix(number: u64) -> u64 {
    let number = (number ^ number >> 32).wrapping_mul(ODD[0]);
    let number = (number ^ number >> 29).wrapping_mul(ODD[1]);
    number ^ number >> 32
}

impl Counts {
    /// Counts a word once more, whose hash this is.
    #[inline]
    pub fn add(&mut self, word: &[u8], hash: u64) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut position = hash as usize & mask;
        while let Some(&slot) = self.slots.get(position)
            && slot != EMPTY
        {
            if slot >> 32 == hash >> 32 {
                let number = (slot & LOW) as usize;
                if self.entries[number].hash == hash && self.word(number) == word {
                    self.entries[number].count += 1;
                    return;
                }
            }
            position = (position + 1) & mask;
        }
        self.insert(word, hash);
    }

    #[inline(never)]
    fn insert(&mut self, word: &[u8], hash: u64) {
        if self.entries.len() >= self.slots.len() / 2 {
            self.grow();
        }
        let position = vacant(&self.slots, hash);
        self.slots[position] = hash & !LOW | self.entries.len() as u64;
        self.bytes.extend_from_slice(word);
        self.entries.push(Entry { hash, end: self.bytes.len(), count: 1 });
    }

    #[cold]
    fn grow(&mut self) {
        self.slots = vec![EMPTY; (self.slots.len() * 2).max(SLOTS_MIN)];
        for (number, entry) in self.entries.iter().enumerate() {
            let position = vacant(&self.slots, entry.hash);
            self.slots[position] = entry.hash & !LOW | number as u64;
        }
    }

    #[inline]
    fn word(&self, number: usize) -> &[u8] {
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
                counts.add(&word, hash(&word));
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
        for word in [&b"a"[..], b"", b"a", b"b"] {
            counts.add(word, 7);
        }
        let mut seen = Vec::new();
        let drained = counts.drain(|word, count| {
            seen.push((word.to_vec(), count));
            if word.is_empty() { Err("enough") } else { Ok(()) }
        });
        assert_eq!((drained, seen), (Err("enough"), vec![(b"a".to_vec(), 2), (Vec::new(), 1)]));
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
        assert_eq!(words.iter().map(|word| hash(word)).collect::<HashSet<_>>().len(), words.len());
    }
}
