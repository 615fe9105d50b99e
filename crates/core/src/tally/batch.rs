//! Adds that wait for one another: what repeats soon is added up first, and what the rest needs is fetched at once.

use super::brief::{BRIEF, Brief};
use super::hash::{Hashed, SHORT, hash_of_brief};
use super::recent::{Recent, WAYS};
use super::table::Table;
use std::hint::black_box;

const ADDS: usize = 64;
const BYTES: usize = 1 << 12;

/// Counts of keys, on their way to a large table.
///
/// Most words of a text are among a few that come again and again: those seen of late are counted here. The others wait
/// until there are 64, for in a large table nearly each search begins with a read from far memory, which takes longer
/// than all that follows; one by one these reads would be waited for in turn.
pub(super) struct Batch {
    recent: Recent,
    adds: Vec<Add>,
    /// The bytes of the keys that are not short.
    bytes: Vec<u8>,
}

struct Add {
    hash: u64,
    count: u64,
    start: u32,
    length: u32,
}

impl Batch {
    /// Bytes of memory that a batch takes.
    pub const MEMORY_BYTES: usize = Recent::MEMORY_BYTES + ADDS * size_of::<Add>() + BYTES;

    /// A batch that takes nothing, and no memory.
    pub fn none() -> Batch {
        Batch { recent: Recent::none(), adds: Vec::new(), bytes: Vec::new() }
    }

    /// An empty batch.
    pub fn new() -> Batch {
        Batch { recent: Recent::new(), adds: Vec::with_capacity(ADDS), bytes: Vec::with_capacity(BYTES) }
    }

    /// Adds to the count of a brief key, if that is a recent one.
    #[inline(always)]
    pub fn count_recent(&mut self, key: Brief, count: u64) -> bool {
        self.recent.count(key, count)
    }

    /// Takes a brief key that is not a recent one, in place of one that then waits; `false` if there is no room.
    pub fn push_brief(&mut self, key: Brief, count: u64) -> bool {
        if self.is_full() {
            return false;
        }
        if let Some((old, count)) = self.recent.replace(key, count) {
            self.push_old(old, count);
        }
        true
    }

    /// Whether there is no room for one brief key more to wait.
    fn is_full(&self) -> bool {
        self.adds.len() == self.adds.capacity() || self.bytes.len() + BRIEF > self.bytes.capacity()
    }

    fn push_old(&mut self, key: Brief, count: u64) {
        let (start, length) = (self.bytes.len() as u32, key.length());
        if length > SHORT {
            // With what stands after the key: so many bytes always are copied fast.
            self.bytes.extend_from_slice(&key.bytes());
        }
        self.adds.push(Add { hash: hash_of_brief(key), count, start, length: length as u32 });
    }

    /// Takes a key that is not brief; `false` if there is no room.
    #[inline]
    pub fn push_long(&mut self, key: Hashed<'_>, count: u64) -> bool {
        let start = self.bytes.len();
        if self.adds.len() == self.adds.capacity() || key.length > self.bytes.capacity() - start {
            return false;
        }
        self.bytes.extend_from_slice(key.bytes);
        self.adds.push(Add { hash: key.hash, count, start: start as u32, length: key.length as u32 });
        true
    }

    /// How many keys wait to be added; [`Batch::get`] tells which.
    pub fn len(&self) -> usize {
        self.adds.len()
    }

    /// A key that waits, and its count.
    #[inline(always)]
    pub fn get(&self, number: usize) -> (Hashed<'_>, u64) {
        let add = &self.adds[number];
        let (start, length) = (add.start as usize, add.length as usize);
        let bytes = if length > SHORT { &self.bytes[start..start + length] } else { &[] };
        (Hashed { hash: add.hash, length, bytes }, add.count)
    }

    /// Forgets the first so many of those that wait.
    pub fn forget(&mut self, first: usize) {
        self.adds.drain(..first);
        if self.adds.is_empty() {
            self.bytes.clear();
        }
    }

    /// Lets recent keys wait too, as many as there is room for: those of all sets from one on. Tells from which set on there are
    /// more.
    pub fn recall(&mut self, from: usize) -> Option<usize> {
        for set in from..self.recent.sets() {
            if self.adds.capacity() - self.adds.len() < WAYS
                || self.bytes.len() + WAYS * BRIEF > self.bytes.capacity()
            {
                return Some(set);
            }
            for (key, count) in self.recent.take(set) {
                self.push_old(key, count);
            }
        }
        None
    }

    /// Reads what the searches for all keys that wait will read first, then what they will read next.
    pub fn touch(&self, table: &Table) {
        black_box(self.adds.iter().fold(0, |sum, add| sum ^ table.touch_slot(add.hash)));
        black_box(self.adds.iter().fold(0, |sum, add| sum ^ table.touch_entry(add.hash)));
        if !self.bytes.is_empty() {
            black_box(self.adds.iter().fold(0, |sum, add| sum ^ table.touch_key(add.hash)));
        }
    }

    /// Bytes of memory that the batch has.
    pub fn memory_bytes(&self) -> usize {
        let adds_bytes = self.adds.capacity() * size_of::<Add>();
        self.recent.memory_bytes() + adds_bytes + self.bytes.capacity()
    }
}
