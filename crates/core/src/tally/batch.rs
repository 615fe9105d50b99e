//! Adds that wait for one another: what repeats soon is added up first, and what the rest needs is fetched at once.

use super::hash::{Hashed, SHORT};
use super::table::Table;
use std::hint::black_box;

const RECENT_BITS: u32 = 11;
const ADDS: usize = 64;
const BYTES: usize = 1 << 12;

/// Counts of keys, on their way to a large table.
///
/// Most words of a text are among a few that come again and again: 2048 short keys, those seen last, are counted
/// here. The others wait until there are 64, for in a large table nearly each search begins with a read from far
/// memory, which takes longer than all that follows; one by one these reads would be waited for in turn.
pub(super) struct Batch {
    /// Each short key can be in one place only, which is the high bits of its hash; a count of nought is an empty place.
    recent: Vec<Add>,
    adds: Vec<Add>,
    /// The bytes of the keys that are not short.
    bytes: Vec<u8>,
}

#[derive(Clone)]
struct Add {
    hash: u64,
    count: u64,
    start: u32,
    length: u32,
}

const NO_ADD: Add = Add { hash: 0, count: 0, start: 0, length: 0 };

impl Batch {
    /// Bytes of memory that a batch takes.
    pub const MEMORY_BYTES: usize = ((1 << RECENT_BITS) + ADDS) * size_of::<Add>() + BYTES;

    /// A batch that takes nothing, and no memory.
    pub fn none() -> Batch {
        Batch { recent: Vec::new(), adds: Vec::new(), bytes: Vec::new() }
    }

    /// An empty batch.
    pub fn new() -> Batch {
        Batch {
            recent: vec![NO_ADD; 1 << RECENT_BITS],
            adds: Vec::with_capacity(ADDS),
            bytes: Vec::with_capacity(BYTES),
        }
    }

    /// Takes a key and a count; `false` if there is no room.
    #[inline(always)]
    pub fn push(&mut self, key: Hashed<'_>, count: u64) -> bool {
        if self.adds.len() == self.adds.capacity() {
            return false;
        }
        if key.length > SHORT {
            return self.push_long(key, count);
        }
        let Some(recent) = self.recent.get_mut((key.hash >> (64 - RECENT_BITS)) as usize) else {
            return false;
        };
        if recent.hash == key.hash && recent.length as usize == key.length {
            recent.count = recent.count.saturating_add(count);
        } else {
            let add = Add { hash: key.hash, count, start: 0, length: key.length as u32 };
            self.adds.push(std::mem::replace(recent, add));
        }
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

    /// Lets recent keys wait too, as many as there is room for; `false` if there are none.
    pub fn recall(&mut self) -> bool {
        let room = self.adds.capacity() - self.adds.len();
        let counted = self.recent.iter_mut().filter(|recent| recent.count > 0).take(room);
        self.adds.extend(counted.map(|recent| std::mem::replace(recent, NO_ADD)));
        !self.adds.is_empty()
    }

    /// Reads what the searches for all keys that wait will read first, then what they will read next.
    pub fn touch(&self, table: &Table) {
        black_box(self.adds.iter().fold(0, |sum, add| sum ^ table.touch_slot(add.hash)));
        black_box(self.adds.iter().fold(0, |sum, add| sum ^ table.touch_entry(add.hash)));
    }

    /// Bytes of memory that the batch has.
    pub fn memory_bytes(&self) -> usize {
        (self.recent.capacity() + self.adds.capacity()) * size_of::<Add>() + self.bytes.capacity()
    }

    #[inline(always)]
    fn push_long(&mut self, key: Hashed<'_>, count: u64) -> bool {
        let start = self.bytes.len();
        if key.length > self.bytes.capacity() - start {
            return false;
        }
        self.bytes.extend_from_slice(key.bytes);
        self.adds.push(Add { hash: key.hash, count, start: start as u32, length: key.length as u32 });
        true
    }
}
