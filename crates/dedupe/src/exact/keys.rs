//! Which keys have been seen: sets and counts of 128-bit keys.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// The key of a text: XXH3-128, a stable specification.
///
/// Among n texts the expected number of false matches is n²/2¹²⁹: 1.5·10⁻¹⁷ for 10¹¹.
pub fn key(text: &[u8]) -> u128 {
    xxhash_rust::xxh3::xxh3_128(text)
}

/// The keys are hashes already: any 64 of their bits place them in a table.
fn place(key: &u128) -> u64 {
    *key as u64
}

/// How many tables a set is split into: growing one of them moves only so much of the whole.
const SHARDS: usize = 256;

/// How many keys are looked for at once, so that their cache misses overlap.
const BATCH: usize = 16;

/// A set of keys: 256 open-addressing tables, each of which grows by half when four fifths of it are taken.
///
/// Memory: 20 to 30 bytes for each key; while a table grows, 1/256 of that more.
#[derive(Debug)]
pub struct KeySet {
    shards: Vec<Shard>,
    /// The key 0 has no place in a table, where it means that a place is free.
    has_zero: bool,
}

#[derive(Debug, Default, Clone)]
struct Shard {
    places: Vec<u128>,
    taken: usize,
}

impl Default for KeySet {
    fn default() -> Self {
        KeySet { shards: vec![Shard::default(); SHARDS], has_zero: false }
    }
}

impl KeySet {
    /// Adds a key; false if it was there.
    pub fn insert(&mut self, key: u128) -> bool {
        if key == 0 {
            return !std::mem::replace(&mut self.has_zero, true);
        }
        self.shards[shard(key)].insert(key)
    }

    /// Adds keys in order and says of each whether it was new.
    pub fn insert_all(&mut self, keys: &[u128], mut is_new: impl FnMut(bool)) {
        for batch in keys.chunks(BATCH) {
            // Loads that do not wait for each other: when the keys are looked for in turn, they are in the cache.
            let touched = batch.iter().fold(0, |touched, &key| touched ^ self.shards[shard(key)].first(key));
            std::hint::black_box(touched);
            for &key in batch {
                is_new(self.insert(key));
            }
        }
    }
}

/// The eight highest bits choose the table, the 64 lowest the place in it.
fn shard(key: u128) -> usize {
    (key >> 120) as usize
}

impl Shard {
    /// What stands where the key would stand first.
    fn first(&self, key: u128) -> u128 {
        self.places.get(self.home(key)).copied().unwrap_or_default()
    }

    /// The place of a key without neighbours: its low 64 bits as a fraction of the table (Lemire 2019).
    fn home(&self, key: u128) -> usize {
        ((u128::from(key as u64) * self.places.len() as u128) >> 64) as usize
    }

    fn insert(&mut self, key: u128) -> bool {
        if self.taken * 5 >= self.places.len() * 4 {
            self.grow();
        }
        let mut at = self.home(key);
        loop {
            match self.places[at] {
                0 => break,
                known if known == key => return false,
                _ => at = if at + 1 == self.places.len() { 0 } else { at + 1 },
            }
        }
        self.places[at] = key;
        self.taken += 1;
        true
    }

    fn grow(&mut self) {
        let larger = (self.places.len() + self.places.len() / 2).max(16);
        let old = std::mem::replace(&mut self.places, vec![0; larger]);
        self.taken = 0;
        old.into_iter().filter(|&key| key != 0).for_each(|key| {
            self.insert(key);
        });
    }
}

/// How often each key came, in the order of first appearance.
#[derive(Debug, Default)]
pub struct KeyCounts {
    table: HashTable<(u128, u64)>,
    counts: Vec<u64>,
}

impl KeyCounts {
    /// Counts a key once more; true if this was the first time.
    pub fn add(&mut self, key: u128) -> bool {
        match self.table.entry(place(&key), |known| known.0 == key, |known| place(&known.0)) {
            Entry::Occupied(entry) => {
                self.counts[entry.get().1 as usize] += 1;
                false
            }
            Entry::Vacant(vacant) => {
                vacant.insert((key, self.counts.len() as u64));
                self.counts.push(1);
                true
            }
        }
    }

    /// How often the key came that was the `index`-th to appear, from 0.
    pub fn count(&self, index: u64) -> u64 {
        self.counts.get(index as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn a_set_knows_what_it_has_seen() {
        let mut set = KeySet::default();
        let first: Vec<bool> = [1u128, 2, 1, 1 << 64, 2, 0, 0].map(|key| set.insert(key)).to_vec();
        assert_eq!(first, [true, true, false, true, false, true, false]);
    }

    proptest! {
        #[test]
        fn a_set_is_a_set(numbers in prop::collection::vec(0u64..3000, 0..6000), is_hashed: bool) {
            // Small numbers all share one place in one table: the worst that keys can do.
            let keys: Vec<u128> =
                numbers.iter().map(|&number| if is_hashed { key(&number.to_le_bytes()) } else { u128::from(number) }).collect();
            let mut known = HashSet::new();
            let wanted: Vec<bool> = keys.iter().map(|&key| known.insert(key)).collect();
            let mut set = KeySet::default();
            let mut found = Vec::new();
            set.insert_all(&keys, |is_new| found.push(is_new));
            prop_assert_eq!(found, wanted);
        }
    }

    #[test]
    fn counts_stand_in_the_order_of_first_appearance() {
        let mut counts = KeyCounts::default();
        for key in [7u128, 3, 7, 7] {
            counts.add(key);
        }
        assert_eq!([counts.count(0), counts.count(1), counts.count(2)], [3, 1, 0]);
    }

    #[test]
    fn the_key_is_the_published_hash() {
        // XXH3-128 of no bytes, as the reference implementation (xxhsum -H2) prints it.
        assert_eq!(key(b""), 0x99aa06d3014798d86001c324468d497f);
    }
}
