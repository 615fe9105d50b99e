//! Counts by key in memory: an index of hashes over a list of entries over the bytes of keys.

use super::arena::{Arena, Place};
use super::brief::BRIEF;
use super::hash::{Hashed, SHORT};
use super::sort;
use std::hint::black_box;

/// The limit leaves no room for one key more.
#[derive(Debug)]
pub(super) struct NoRoom;

/// A key and its count.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// The hash of the key; in a sorted table the bytes of a key of at most [`SHORT`] bytes, else scratch.
    pub word: [u8; 8],
    pub place: Place,
    pub count: u64,
}

/// The counts, in no order until they are sorted.
///
/// A slot of the index holds the high half of a hash over the number of an entry, or is [`EMPTY`]. The high bits of the
/// hash are also where the search for the slot begins, so a larger index is made from the smaller one alone, in one
/// sweep that is nearly sequential on both sides.
pub(super) struct Table {
    limit_bytes: usize,
    slots: Vec<u64>,
    entries: Vec<Entry>,
    arena: Arena,
    is_sorted: bool,
}

/// No entry has this number, for there are fewer.
const EMPTY: u64 = u64::MAX;
const SLOT: usize = size_of::<u64>();
const ENTRY: usize = size_of::<Entry>();
/// How many keys are read ahead.
const AHEAD: usize = 32;
const SLOTS_MIN: usize = 16;
const ENTRIES_MIN: usize = 8;

impl Table {
    /// An empty table, which takes no memory yet.
    pub fn new(limit_bytes: usize) -> Table {
        let arena = Arena::new(limit_bytes);
        Table { limit_bytes, slots: Vec::new(), entries: Vec::new(), arena, is_sorted: false }
    }

    /// Adds to the count of a key, or changes nothing where there is no room. A sorted table has none.
    #[inline(always)]
    pub fn add(&mut self, key: Hashed<'_>, count: u64) -> Result<(), NoRoom> {
        if key.length <= SHORT {
            // Same hash and same length is the same key: the hash of a short key can be undone.
            let place = Place::in_entry(key.length);
            self.add_where(key, count, |_, entry| entry.place == place)
        } else {
            self.add_where(key, count, |arena, entry| {
                entry.place.length_in_entry().is_none() && is_same(arena.get(entry.place), key.bytes)
            })
        }
    }

    /// Reads where the search for a hash begins, so that it is near when it is wanted. Reads that do not wait for
    /// one another overlap, which those of searches one after the other hardly do.
    #[inline(always)]
    pub fn touch_slot(&self, hash: u64) -> u64 {
        self.slots.get(home(hash, self.slots.len())).copied().unwrap_or(0)
    }

    /// Reads the entry to which the search for a hash is likely to lead.
    #[inline(always)]
    pub fn touch_entry(&self, hash: u64) -> u64 {
        let slot = self.touch_slot(hash);
        let entry = if slot >> 32 == hash >> 32 { self.entries.get(slot as u32 as usize) } else { None };
        entry.map_or(0, |entry| entry.count)
    }

    /// Reads the key to which the search for a hash is likely to lead, where its entry does not hold it.
    #[inline(always)]
    pub fn touch_key(&self, hash: u64) -> u8 {
        let slot = self.touch_slot(hash);
        let entry = if slot >> 32 == hash >> 32 { self.entries.get(slot as u32 as usize) } else { None };
        entry.map_or(0, |entry| self.arena.touch(entry.place, 0))
    }

    /// Puts the entries in byte order of their keys. Nothing can be added before the table is cleared.
    pub fn sort(&mut self) {
        if !self.is_sorted {
            self.slots.fill(EMPTY);
            sort::sort(&mut self.entries, &self.arena);
            self.is_sorted = true;
        }
    }

    /// The entries, in order if they are sorted.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The key of an entry of this table, which must be sorted.
    #[inline]
    pub fn key<'a>(&'a self, entry: &'a Entry) -> &'a [u8] {
        match entry.place.length_in_entry() {
            Some(length) => &entry.word[..length],
            None => self.arena.get(entry.place),
        }
    }

    pub fn limit_bytes(&self) -> usize {
        self.limit_bytes
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Forgets all entries. Memory that was well used is kept for the next ones.
    pub fn clear(&mut self) {
        if self.used_bytes() < self.limit_bytes / 2 {
            return self.release();
        }
        self.slots.fill(EMPTY);
        self.entries.clear();
        self.arena.clear();
        self.is_sorted = false;
    }

    /// Forgets all entries and gives all memory back.
    pub fn release(&mut self) {
        *self = Table::new(self.limit_bytes);
    }

    /// Gives back the memory that a sorted table has no use for.
    pub fn release_index(&mut self) {
        self.slots = Vec::new();
    }

    /// To be told of each entry's number when the keys are read in order: at every so many entries it reads the
    /// beginnings of the next keys, as [`Table::touch_slot`] does for a search.
    #[inline]
    pub fn touch_keys_at(&self, number: usize) {
        if number.is_multiple_of(AHEAD) {
            let ahead = self.entries.iter().skip(number).take(AHEAD);
            black_box(ahead.fold(0, |sum, entry| sum ^ self.arena.touch(entry.place, 0)));
        }
    }

    /// Bytes of memory that the table has.
    pub fn memory_bytes(&self) -> usize {
        self.slots.capacity() * SLOT + self.entries.capacity() * ENTRY + self.arena.memory_bytes()
    }

    /// Bytes of memory that hold entries and keys.
    pub fn used_bytes(&self) -> usize {
        self.slots.len() * SLOT + self.entries.len() * ENTRY + self.arena.used_bytes()
    }

    #[inline(always)]
    fn add_where(
        &mut self,
        key: Hashed<'_>,
        count: u64,
        is_key: impl Fn(&Arena, &Entry) -> bool,
    ) -> Result<(), NoRoom> {
        let mut position = home(key.hash, self.slots.len());
        while let Some(&slot) = self.slots.get(position)
            && slot != EMPTY
        {
            if slot >> 32 == key.hash >> 32 {
                let entry = &mut self.entries[slot as u32 as usize];
                if entry.word == key.hash.to_le_bytes() && is_key(&self.arena, entry) {
                    entry.count = entry.count.saturating_add(count);
                    return Ok(());
                }
            }
            position = (position + 1) & (self.slots.len() - 1);
        }
        self.insert(key, count, position)
    }

    /// Adds an entry of a key that is not there, whose search ended at `position`.
    fn insert(&mut self, key: Hashed<'_>, count: u64, mut position: usize) -> Result<(), NoRoom> {
        // Half of the slots stay empty, for short searches. A sorted table has an index of which nothing is in use,
        // and must not grow it.
        if self.entries.len() >= self.slots.len() / 2 && !self.is_sorted {
            self.grow_index()?;
            position = vacant(&self.slots, key.hash);
        }
        self.reserve(key.length)?;
        self.slots[position] = key.hash >> 32 << 32 | self.entries.len() as u64;
        self.push(key, count);
        Ok(())
    }

    #[inline]
    fn push(&mut self, key: Hashed<'_>, count: u64) {
        let place =
            if key.length <= SHORT { Place::in_entry(key.length) } else { self.arena.push(key.bytes) };
        self.entries.push(Entry { word: key.hash.to_le_bytes(), place, count });
    }

    /// Makes room for an entry and its key, but not in the index.
    #[inline]
    fn reserve(&mut self, key_length: usize) -> Result<(), NoRoom> {
        if self.is_sorted {
            return Err(NoRoom);
        }
        if self.entries.len() == self.entries.capacity() {
            self.grow_entries()?;
        }
        let growth_bytes = if key_length <= SHORT { 0 } else { self.arena.growth_bytes(key_length) };
        if growth_bytes > 0 && growth_bytes > self.spare_bytes() { Err(NoRoom) } else { Ok(()) }
    }

    /// Doubles the list of entries, or takes what is left if that is still worth the while.
    #[cold]
    fn grow_entries(&mut self) -> Result<(), NoRoom> {
        let length = self.entries.len();
        // While the list is moved the old one is there too, and counts.
        let capacity = (self.spare_bytes() / ENTRY).min((length * 2).max(ENTRIES_MIN));
        if capacity < length + length / 4 + 1 || length >= u32::MAX as usize / 2 {
            return Err(NoRoom);
        }
        self.entries.reserve_exact(capacity - length);
        Ok(())
    }

    #[cold]
    fn grow_index(&mut self) -> Result<(), NoRoom> {
        let length = (self.slots.len() * 2).max(SLOTS_MIN);
        if length * SLOT > self.spare_bytes() {
            return Err(NoRoom);
        }
        let mut slots = vec![EMPTY; length];
        for &slot in self.slots.iter().filter(|&&slot| slot != EMPTY) {
            let position = vacant(&slots, slot);
            slots[position] = slot;
        }
        self.slots = slots;
        Ok(())
    }

    fn spare_bytes(&self) -> usize {
        self.limit_bytes.saturating_sub(self.memory_bytes())
    }
}

/// Whether two keys of more than [`SHORT`] bytes are the same.
#[inline(always)]
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let ends = |key: &[u8]| Some((*key.first_chunk::<SHORT>()?, *key.last_chunk::<SHORT>()?));
    // Nearly all keys are brief, and are compared at both ends faster than by a call.
    one.len() == other.len() && ends(one) == ends(other) && (one.len() <= BRIEF || one == other)
}

/// Where the search for a hash begins in an index of so many slots, a power of two of at most 2^32, or none.
#[inline(always)]
fn home(hash: u64, slots: usize) -> usize {
    // The high half times the number of slots, over 2^32: the high bits, without a shift by 64 where there are none.
    (((hash >> 32) * slots as u64) >> 32) as usize
}

/// The empty slot where the search for a hash ends.
fn vacant(slots: &[u64], hash: u64) -> usize {
    let mut position = home(hash, slots.len());
    while slots[position] != EMPTY {
        position = (position + 1) & (slots.len() - 1);
    }
    position
}
