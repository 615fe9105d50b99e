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

/// A set of keys.
#[derive(Debug, Default)]
pub struct KeySet {
    table: HashTable<u128>,
}

impl KeySet {
    /// Adds a key; false if it was there.
    pub fn insert(&mut self, key: u128) -> bool {
        match self.table.entry(place(&key), |known| *known == key, place) {
            Entry::Occupied(_) => false,
            Entry::Vacant(vacant) => {
                vacant.insert(key);
                true
            }
        }
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

    #[test]
    fn a_set_knows_what_it_has_seen() {
        let mut set = KeySet::default();
        let first: Vec<bool> = [1u128, 2, 1, 1 << 64, 2].map(|key| set.insert(key)).to_vec();
        assert_eq!(first, [true, true, false, true, false]);
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
