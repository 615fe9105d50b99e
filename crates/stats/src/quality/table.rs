//! From hashes to numbers: the index behind everything that is looked for again in a document.

/// Numbers that are found by a hash; what they stand for is kept elsewhere, and compared there.
///
/// Memory: 16 to 32 bytes for each number.
#[derive(Debug, Default)]
pub struct Table {
    /// Upper half of a hash over a number and one; 0 is a free slot. As many as a power of two, `in_use` of them.
    slots: Vec<u64>,
    in_use: usize,
    count: usize,
}

/// A slot where a number may be put.
#[derive(Debug, Clone, Copy)]
pub struct Slot(usize);

const SLOTS_MIN: usize = 1 << 5;
/// No more are made before they are needed.
const SLOTS_FIRST_MAX: usize = 1 << 13;

impl Table {
    /// Forgets everything, and makes room for so many numbers; more will do.
    pub fn open(&mut self, room: usize) {
        self.use_slots((2 * room).next_power_of_two().clamp(SLOTS_MIN, SLOTS_FIRST_MAX));
    }

    /// Makes room for one number more, if need be; `hash_of` says anew what each was put in with.
    #[inline]
    pub fn make_room(&mut self, hash_of: impl Fn(u32) -> u64) {
        if 2 * self.count >= self.in_use {
            self.grow(hash_of);
        }
    }

    /// The number with a hash that `is_it`, or the slot for a new one.
    #[inline]
    pub fn seek(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Result<u32, Slot> {
        let mask = self.in_use - 1;
        let mut slot = hash as usize & mask;
        loop {
            let found = self.slots[slot];
            if found == 0 {
                return Err(Slot(slot));
            }
            if found >> 32 == hash >> 32 && is_it(found as u32 - 1) {
                return Ok(found as u32 - 1);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Puts a number less than 2^32 − 1 where `seek` said, for which room was made.
    #[inline]
    pub fn put(&mut self, slot: Slot, hash: u64, number: u32) {
        self.slots[slot.0] = hash >> 32 << 32 | u64::from(number + 1);
        self.count += 1;
    }

    #[cold]
    fn grow(&mut self, hash_of: impl Fn(u32) -> u64) {
        let old = std::mem::take(&mut self.slots);
        let filled = old[..self.in_use].iter().filter(|slot| **slot != 0);
        self.use_slots((2 * self.in_use).max(SLOTS_MIN));
        for number in filled.map(|&slot| slot as u32 - 1) {
            let hash = hash_of(number);
            // Numbers differ: none is the one that is put in.
            if let Err(slot) = self.seek(hash, |_| false) {
                self.put(slot, hash, number);
            }
        }
    }

    /// Uses so many slots, all of them free.
    fn use_slots(&mut self, slots: usize) {
        if self.slots.len() < slots {
            self.slots.resize(slots, 0);
        }
        (self.in_use, self.count) = (slots, 0);
        self.slots[..slots].fill(0);
    }
}
