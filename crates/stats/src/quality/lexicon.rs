//! Numbers for byte strings of one text, and how often each came.

use xxhash_rust::xxh3::xxh3_64;

use super::sieve::mixed;

/// Byte strings that were seen, each with a number from 0 in the order of their first places.
///
/// Strings are told apart by their bytes; the hash only leads there. Memory: 32 bytes for each different string and at
/// most 32 more for the index.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Upper half of a hash over a number and one; 0 is a free slot. As many as a power of two, `in_use` of them.
    slots: Vec<u64>,
    in_use: usize,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    head: Head,
    start: u32,
    length: u32,
    count: u32,
}

/// The first 16 bytes of a string, the missing ones nought; of a longer one its hash.
type Head = [u64; 2];

const SLOTS_MIN: usize = 1 << 5;
/// No more are made before they are needed: a long text may have few words.
const SLOTS_FIRST_MAX: usize = 1 << 13;
const SHORT: usize = 16;

impl Lexicon {
    /// Forgets everything, and makes room for so many different strings; more will do.
    pub fn clear(&mut self, room: usize) {
        self.entries.clear();
        self.open((2 * room).next_power_of_two().clamp(SLOTS_MIN, SLOTS_FIRST_MAX));
    }

    /// Counts the string at `start..end` of the text: its number, and whether it is new.
    ///
    /// All strings between two calls of `clear` are of the same text, which is shorter than 4 GiB.
    #[inline]
    pub fn add(&mut self, text: &[u8], start: usize, end: usize) -> (u32, bool) {
        if 2 * self.entries.len() >= self.in_use {
            self.grow();
        }
        let length = end - start;
        let head = head_of(text, start, end);
        let hash = hash_of(head, length);
        match self.seek(text, &text[start..end], head, hash) {
            Ok(number) => {
                let count = &mut self.entries[number as usize].count;
                *count = count.saturating_add(1);
                (number, false)
            }
            Err(slot) => {
                let number = self.entries.len() as u32;
                self.slots[slot] = hash >> 32 << 32 | u64::from(number + 1);
                self.entries.push(Entry { head, start: start as u32, length: length as u32, count: 1 });
                (number, true)
            }
        }
    }

    /// Whether a string was seen in the text.
    pub fn contains(&self, text: &[u8], string: &[u8]) -> bool {
        let head = head_of(string, 0, string.len());
        let hash = hash_of(head, string.len());
        !self.entries.is_empty() && self.seek(text, string, head, hash).is_ok()
    }

    /// How often the string of a number came.
    #[inline]
    pub fn count(&self, number: u32) -> u32 {
        self.entries[number as usize].count
    }

    /// The number of a string, or the free slot where it would stand.
    #[inline]
    fn seek(&self, text: &[u8], string: &[u8], head: Head, hash: u64) -> Result<u32, usize> {
        let mask = self.in_use - 1;
        let mut slot = hash as usize & mask;
        loop {
            let found = self.slots[slot];
            if found == 0 {
                return Err(slot);
            }
            if found >> 32 == hash >> 32 {
                let number = found as u32 - 1;
                let entry = &self.entries[number as usize];
                let is_alike = entry.head == head && entry.length as usize == string.len();
                if is_alike && (string.len() <= SHORT || text[entry.start as usize..].starts_with(string)) {
                    return Ok(number);
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    #[cold]
    fn grow(&mut self) {
        self.open((self.in_use * 2).max(SLOTS_MIN));
        let mask = self.in_use - 1;
        for (number, entry) in (1..).zip(&self.entries) {
            let hash = hash_of(entry.head, entry.length as usize);
            let mut slot = hash as usize & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = hash >> 32 << 32 | number;
        }
    }

    /// Uses so many slots, all of them free.
    fn open(&mut self, slots: usize) {
        if self.slots.len() < slots {
            self.slots.resize(slots, 0);
        }
        self.in_use = slots;
        self.slots[..slots].fill(0);
    }
}

/// Most words are short, and followed by more text: their bytes are read at once and cut to their length.
#[inline]
fn head_of(text: &[u8], start: usize, end: usize) -> Head {
    let length = end - start;
    if length > SHORT {
        return [xxh3_64(&text[start..end]), 0];
    }
    let number = match text[start..].first_chunk::<SHORT>() {
        Some(bytes) => u128::from_le_bytes(*bytes),
        None => {
            let mut bytes = [0; SHORT];
            bytes[..length].copy_from_slice(&text[start..end]);
            u128::from_le_bytes(bytes)
        }
    };
    let kept = if length == SHORT { number } else { number & ((1 << (8 * length)) - 1) };
    [kept as u64, (kept >> 64) as u64]
}

#[inline]
fn hash_of(head: Head, length: usize) -> u64 {
    mixed(head[0] ^ (length as u64) << 56, head[1])
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_in_a_new_lexicon() {
        assert!(!Lexicon::default().contains(b"", b""));
    }

    proptest! {
        #[test]
        fn strings_are_numbered_and_counted(words in proptest::collection::vec((0..600_u32).prop_map(|number| format!("{number:b}{number:b}")), 0..900)) {
            let mut lexicon = Lexicon::default();
            for _ in 0..2 {
                lexicon.clear(7);
                let mut known: HashMap<&str, (u32, u32)> = HashMap::new();
                let text = words.concat().into_bytes();
                let mut start = 0;
                for word in &words {
                    let end = start + word.len();
                    let next = known.len() as u32;
                    let is_new = !known.contains_key(word.as_str());
                    let (number, count) = known.entry(word).or_insert((next, 0));
                    *count += 1;
                    prop_assert_eq!(lexicon.add(&text, start, end), (*number, is_new));
                    start = end;
                }
                for (word, (number, count)) in known {
                    prop_assert_eq!(lexicon.count(number), count);
                    prop_assert!(lexicon.contains(&text, word.as_bytes()));
                }
                prop_assert!(!lexicon.contains(&text, b"c"));
            }
        }
    }
}
