//! Numbers for byte strings of one text, and how often each came.

use xxhash_rust::xxh3::xxh3_64;

use super::sieve::mixed;
use super::table::Table;

/// Byte strings that were seen, each with a number from 0 in the order of their first places.
///
/// Strings are told apart by their bytes; the hash only leads there. Memory: 32 bytes for each different string and at
/// most 32 more for the index.
#[derive(Debug, Default)]
pub struct Lexicon {
    table: Table,
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

const SHORT: usize = 16;

impl Lexicon {
    /// Forgets everything, and makes room for so many different strings; more will do.
    pub fn clear(&mut self, room: usize) {
        self.entries.clear();
        self.table.open(room);
    }

    /// Counts the string at `start..end` of the text: its number, and whether it is new.
    ///
    /// All strings between two calls of `clear` are of the same text, which is shorter than 4 GiB.
    #[inline]
    pub fn add(&mut self, text: &[u8], start: usize, end: usize) -> (u32, bool) {
        let Lexicon { table, entries } = self;
        table.make_room(|number| entries[number as usize].hash());
        let sought = Entry {
            head: head_of(text, start, end),
            start: start as u32,
            length: (end - start) as u32,
            count: 1,
        };
        let hash = sought.hash();
        match table.seek(hash, |number| entries[number as usize].is(&sought, &text[start..end], text)) {
            Ok(number) => {
                let count = &mut entries[number as usize].count;
                *count = count.saturating_add(1);
                (number, false)
            }
            Err(slot) => {
                let number = entries.len() as u32;
                table.put(slot, hash, number);
                entries.push(sought);
                (number, true)
            }
        }
    }

    /// Whether a string was seen in the text.
    pub fn contains(&self, text: &[u8], string: &[u8]) -> bool {
        let head = head_of(string, 0, string.len());
        let sought = Entry { head, start: 0, length: string.len() as u32, count: 0 };
        let is_it = |number: u32| self.entries[number as usize].is(&sought, string, text);
        !self.entries.is_empty() && self.table.seek(sought.hash(), is_it).is_ok()
    }

    /// How often the string of a number came.
    #[inline]
    pub fn count(&self, number: u32) -> u32 {
        self.entries[number as usize].count
    }
}

impl Entry {
    /// Whether it is that of the string that is sought.
    #[inline]
    fn is(&self, sought: &Entry, string: &[u8], text: &[u8]) -> bool {
        self.head == sought.head
            && self.length == sought.length
            && (string.len() <= SHORT || text[self.start as usize..].starts_with(string))
    }

    #[inline]
    fn hash(&self) -> u64 {
        mixed(self.head[0] ^ u64::from(self.length) << 56, self.head[1])
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
