//! Adds that wait for one another: what repeats soon is added up first, and what the rest needs is fetched at once.

use super::hash::{Hashed, SHORT, middle_key};
use super::table::Table;
use std::hint::black_box;

/// 192 KiB: small enough for the cache of one core.
const RECENT_BITS: u32 = 13;
/// 128 KiB.
const MIDDLE_BITS: u32 = 12;
const ADDS: usize = 64;
const BYTES: usize = 1 << 12;

/// Counts of keys, on their way to a large table.
///
/// Most words of a text are among a few that come again and again: 8192 short keys and 4096 of up to 16 bytes, those seen
/// last, are counted here. The others wait until there are 64, for in a large table nearly each search begins with a read from far
/// memory, which takes longer than all that follows; one by one these reads would be waited for in turn.
pub(super) struct Batch {
    recent: Vec<Recent>,
    middle: Vec<Middle>,
    adds: Vec<Add>,
    /// The bytes of the keys that are not short.
    bytes: Vec<u8>,
}

/// A short key and its count, which is nought where there is no key.
#[derive(Clone)]
struct Recent {
    number: u64,
    length: usize,
    count: u64,
}

/// A key of up to 16 bytes, and its count, which is nought where there is no key.
#[derive(Clone)]
struct Middle {
    numbers: [u64; 2],
    length: usize,
    count: u64,
}

struct Add {
    hash: u64,
    count: u64,
    start: u32,
    length: u32,
}

const NOBODY: Recent = Recent { number: 0, length: 0, count: 0 };
const NO_MIDDLE: Middle = Middle { numbers: [0; 2], length: 0, count: 0 };

impl Batch {
    /// Bytes of memory that a batch takes.
    pub const MEMORY_BYTES: usize = (1 << RECENT_BITS) * size_of::<Recent>()
        + (1 << MIDDLE_BITS) * size_of::<Middle>()
        + ADDS * size_of::<Add>()
        + BYTES;

    /// A batch that takes nothing, and no memory.
    pub fn none() -> Batch {
        Batch { recent: Vec::new(), middle: Vec::new(), adds: Vec::new(), bytes: Vec::new() }
    }

    /// An empty batch.
    pub fn new() -> Batch {
        Batch {
            recent: vec![NOBODY; 1 << RECENT_BITS],
            middle: vec![NO_MIDDLE; 1 << MIDDLE_BITS],
            adds: Vec::with_capacity(ADDS),
            bytes: Vec::with_capacity(BYTES),
        }
    }

    /// Adds to the count of a short key, if that is a recent one.
    #[inline(always)]
    pub fn count_recent(&mut self, number: u64, length: usize, count: u64) -> bool {
        if let Some(recent) = self.recent.get_mut(home(number))
            && (recent.number == number) & (recent.length == length)
        {
            recent.count = recent.count.saturating_add(count);
            return true;
        }
        false
    }

    /// Takes a short key that is not a recent one, in place of one that then waits; `false` if there is no room.
    pub fn push_short(&mut self, number: u64, length: usize, count: u64) -> bool {
        match self.recent.get_mut(home(number)) {
            Some(recent) if self.adds.len() < self.adds.capacity() => {
                let old = std::mem::replace(recent, Recent { number, length, count });
                self.adds.push(old.into_add());
                true
            }
            _ => false,
        }
    }

    /// Adds to the count of a key of up to 16 bytes, if that is a recent one.
    #[inline(always)]
    pub fn count_middle(&mut self, numbers: [u64; 2], length: usize, count: u64) -> bool {
        if let Some(middle) = self.middle.get_mut(middle_home(numbers))
            && (middle.numbers == numbers) & (middle.length == length)
        {
            middle.count = middle.count.saturating_add(count);
            return true;
        }
        false
    }

    /// Takes a key of up to 16 bytes that is not a recent one, in place of one that then waits; `false` if there is no
    /// room.
    pub fn push_middle(&mut self, numbers: [u64; 2], length: usize, count: u64) -> bool {
        let home = middle_home(numbers);
        let Some(old) = self.middle.get(home).cloned() else { return false };
        if old.count > 0 {
            let key = middle_key(old.numbers, old.length);
            if !self.push_long(Hashed::new(&key[..old.length]), old.count) {
                return false;
            }
        }
        self.middle[home] = Middle { numbers, length, count };
        true
    }

    /// Takes a key that is not short; `false` if there is no room.
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

    /// Lets recent keys wait too, as many as there is room for; `false` if there are none.
    pub fn recall(&mut self) -> bool {
        let room = self.adds.capacity() - self.adds.len();
        let counted = self.recent.iter_mut().filter(|recent| recent.count > 0).take(room);
        self.adds.extend(counted.map(|recent| std::mem::replace(recent, NOBODY).into_add()));
        self.recall_middle();
        !self.adds.is_empty()
    }

    fn recall_middle(&mut self) {
        for place in 0..self.middle.len() {
            let Middle { numbers, length, count } = self.middle[place];
            if count > 0 {
                let key = middle_key(numbers, length);
                if !self.push_long(Hashed::new(&key[..length]), count) {
                    return;
                }
                self.middle[place] = NO_MIDDLE;
            }
        }
    }

    /// Reads what the searches for all keys that wait will read first, then what they will read next.
    pub fn touch(&self, table: &Table) {
        black_box(self.adds.iter().fold(0, |sum, add| sum ^ table.touch_slot(add.hash)));
        black_box(self.adds.iter().fold(0, |sum, add| sum ^ table.touch_entry(add.hash)));
    }

    /// Bytes of memory that the batch has.
    pub fn memory_bytes(&self) -> usize {
        let lists = self.recent.capacity() * size_of::<Recent>() + self.adds.capacity() * size_of::<Add>();
        lists + self.middle.capacity() * size_of::<Middle>() + self.bytes.capacity()
    }
}

impl Recent {
    fn into_add(self) -> Add {
        let key = Hashed::short(self.number, self.length);
        Add { hash: key.hash, count: self.count, start: 0, length: self.length as u32 }
    }
}

/// The only place for a key of up to 16 bytes among the recent ones.
#[inline(always)]
fn middle_home([head, tail]: [u64; 2]) -> usize {
    let mixed = head ^ tail.rotate_left(29);
    (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - MIDDLE_BITS)) as usize
}

/// The only place for a short key among the recent ones: the high bits of a product (Knuth's multiplicative hash).
#[inline(always)]
fn home(number: u64) -> usize {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - RECENT_BITS)) as usize
}
