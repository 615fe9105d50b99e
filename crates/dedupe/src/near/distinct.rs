//! Sets of hashes that are small and soon forgotten: those of one document.

/// A set of 64-bit hashes, none of which is 0, that knows beforehand how many may come.
#[derive(Debug, Default)]
pub struct Distinct {
    /// A power of two, at least twice as many as may come; 0 is free.
    places: Vec<u64>,
    mask: usize,
}

impl Distinct {
    /// Forgets all, and makes room for this many.
    pub fn clear(&mut self, count_max: usize) {
        let wanted = (2 * count_max).next_power_of_two().max(16);
        self.mask = wanted - 1;
        // What a huge document needed is not kept for small ones.
        if self.places.len() > 64 * wanted {
            self.places = Vec::new();
        }
        self.places.resize(self.places.len().max(wanted), 0);
        self.places[..wanted].fill(0);
    }

    /// Adds a hash; false if it was there.
    #[inline]
    pub fn insert(&mut self, hash: u64) -> bool {
        let mut at = hash as usize & self.mask;
        loop {
            match self.places[at] {
                0 => break,
                known if known == hash => return false,
                _ => at = (at + 1) & self.mask,
            }
        }
        self.places[at] = hash;
        true
    }

    /// Whether it is there.
    #[inline]
    pub fn contains(&self, hash: u64) -> bool {
        let mut at = hash as usize & self.mask;
        loop {
            match self.places[at] {
                0 => return false,
                known if known == hash => return true,
                _ => at = (at + 1) & self.mask,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    proptest! {
        #[test]
        fn a_set_is_a_set(rounds in prop::collection::vec(prop::collection::vec(1u64..200, 0..150), 1..4)) {
            let mut set = Distinct::default();
            for hashes in rounds {
                set.clear(hashes.len());
                let mut known = HashSet::new();
                for &hash in &hashes {
                    prop_assert_eq!(set.insert(hash), known.insert(hash));
                }
                prop_assert!((1..200).all(|hash| set.contains(hash) == known.contains(&hash)));
            }
        }
    }
}
