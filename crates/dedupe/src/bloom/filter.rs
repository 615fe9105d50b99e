//! A set of keys in a fixed number of bytes that sometimes takes a new key for a known one, and knows how often.

/// A block is a cache line: a key costs one miss, whatever the size of the filter.
const BLOCK_WORDS: usize = 8;

/// Bytes of a block; a filter takes a whole number of them.
pub const BLOCK_BYTES: usize = BLOCK_WORDS * size_of::<u64>();

/// How many bits of a key choose a bit of a word.
const PLACE_BITS: u32 = u64::BITS.trailing_zeros();

/// A blocked Bloom filter over 128-bit keys that are hashes already.
///
/// The high 64 bits of a key choose one block of 512 bits, as a fraction of the filter (Lemire 2019); eight times six
/// of the low 64 bits choose one bit in each of its eight words. Eight bits for each key are best where 8 to 20 bits
/// of filter stand for a key, and a stream without end gets there. With a key for each 8, 12, 16, 24 or 32 bits of the
/// filter, a new key is taken for a known one with a chance of 3·10⁻², 4·10⁻³, 9·10⁻⁴, 9·10⁻⁵ or 1.7·10⁻⁵.
#[derive(Debug)]
pub struct Filter {
    words: Vec<u64>,
    /// The first word that begins a cache line.
    start: usize,
    blocks: u64,
}

/// What a filter says of a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sighting {
    /// The key is new for sure, and now known. Any new key that had come to its block in its stead would have been
    /// taken for a known one with this chance.
    New {
        /// From 0 to less than 1.
        chance: f64,
    },
    /// The key is known, or looks like it.
    Known {
        /// Every bit of the block is set: it knows everything, and nothing any more.
        is_block_full: bool,
    },
}

impl Filter {
    /// A filter of so many bytes, rounded down to blocks, but at least one; `None` if there is no such memory.
    pub fn new(bytes: usize) -> Option<Filter> {
        let blocks = (bytes / BLOCK_BYTES).max(1);
        let length = blocks.checked_mul(BLOCK_WORDS)?.checked_add(BLOCK_WORDS)?;
        // Asked for first, for memory that is set to 0 as it is taken cannot be refused without ending the process.
        Vec::<u64>::new().try_reserve_exact(length).ok()?;
        let words = vec![0; length];
        let start = words.as_ptr().align_offset(BLOCK_BYTES).min(BLOCK_WORDS);
        Some(Filter { words, start, blocks: blocks as u64 })
    }

    /// Adds a key and says whether it was known.
    pub fn insert(&mut self, key: u128) -> Sighting {
        let block = self.block_mut(key);
        let masks = masks(key);
        if block.iter().zip(masks).all(|(word, mask)| word & mask != 0) {
            return Sighting::Known { is_block_full: block.iter().all(|&word| word == u64::MAX) };
        }
        // Each factor is at most 2⁶: eight of them are exact.
        let product: u64 = block.iter().map(|word| u64::from(word.count_ones())).product();
        block.iter_mut().zip(masks).for_each(|(word, mask)| *word |= mask);
        Sighting::New { chance: product as f64 / (1u64 << (PLACE_BITS * BLOCK_WORDS as u32)) as f64 }
    }

    /// One word of the key's block: what is read now needs no waiting later.
    pub fn touch(&self, key: u128) -> u64 {
        self.words[self.first(key)]
    }

    /// Bytes of all blocks.
    pub fn bytes(&self) -> u64 {
        self.blocks * BLOCK_BYTES as u64
    }

    /// The share of bits that are set.
    pub fn fill(&self) -> f64 {
        let ones: u64 = self.words.iter().map(|word| u64::from(word.count_ones())).sum();
        ones as f64 / (self.bytes() * 8) as f64
    }

    fn first(&self, key: u128) -> usize {
        let block = ((u128::from((key >> 64) as u64) * u128::from(self.blocks)) >> 64) as usize;
        self.start + block * BLOCK_WORDS
    }

    fn block_mut(&mut self, key: u128) -> &mut [u64] {
        let first = self.first(key);
        &mut self.words[first..first + BLOCK_WORDS]
    }
}

/// The key's bit in each word of its block.
fn masks(key: u128) -> [u64; BLOCK_WORDS] {
    let low = key as u64;
    std::array::from_fn(|word| 1 << ((low >> (PLACE_BITS * word as u32)) % u64::from(u64::BITS)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::key;
    use std::collections::HashSet;

    #[test]
    fn what_was_added_is_known() {
        let mut filter = Filter::new(1 << 12).expect("4 KiB");
        let keys: Vec<u128> = (0u64..500).map(|number| key(&number.to_le_bytes())).collect();
        keys.iter().for_each(|&key| {
            filter.insert(key);
        });
        assert!(keys.iter().all(|&key| matches!(filter.insert(key), Sighting::Known { .. })));
    }

    #[test]
    fn a_filter_has_the_size_it_was_given() {
        for (bytes, taken) in [(0, 64), (1, 64), (64, 64), (1000, 960), (1 << 20, 1 << 20)] {
            let filter = Filter::new(bytes).expect("small");
            assert_eq!(filter.bytes(), taken);
            assert_eq!(filter.words.as_ptr().wrapping_add(filter.start) as usize % BLOCK_BYTES, 0);
            assert!([0, 1, u128::MAX, u128::MAX << 64].iter().all(|&key| filter.touch(key) == 0));
        }
        assert!(Filter::new(usize::MAX).is_none());
    }

    /// The variance of the difference is the sum of p/(1-p) over all new keys: about the estimate itself.
    #[test]
    fn the_estimate_agrees_with_the_truth() {
        for (seed, keys_count) in [(1u64, 20_000u64), (2, 30_000), (3, 50_000), (4, 80_000)] {
            let mut filter = Filter::new(1 << 15).expect("32 KiB");
            let mut known = HashSet::new();
            let (mut estimate, mut truth) = (0.0, 0.0);
            for number in 0..keys_count {
                // Every third record is an old one.
                let number = if number % 3 == 2 { number / 2 } else { number };
                let key = key(&[seed.to_le_bytes(), number.to_le_bytes()].concat());
                let is_new = known.insert(key);
                match filter.insert(key) {
                    Sighting::New { chance } => {
                        assert!(is_new && chance < 1.0);
                        estimate += chance / (1.0 - chance);
                    }
                    Sighting::Known { .. } => truth += f64::from(u8::from(is_new)),
                }
            }
            let sigma = f64::sqrt(estimate);
            assert!((truth - estimate).abs() < 4.0 * sigma + 1.0, "{truth} {estimate} {sigma}");
            assert!(truth > 1.0, "the test says nothing: {truth}");
        }
    }

    #[test]
    fn documented_chances_are_those_of_the_filter() {
        for (bits, chance_low, chance_high) in [(8, 0.027, 0.032), (16, 7e-4, 11e-4)] {
            let mut filter = Filter::new(1 << 17).expect("128 KiB");
            for number in 0..(1u64 << 20) / bits {
                filter.insert(key(&number.to_le_bytes()));
            }
            let trials = 200_000u64;
            let looks_known = |key: u128| {
                let first = filter.first(key);
                masks(key).iter().zip(&filter.words[first..]).all(|(mask, word)| word & mask != 0)
            };
            let false_ones =
                (0..trials).filter(|number| looks_known(key(&(u64::MAX - number).to_le_bytes()))).count();
            let chance = false_ones as f64 / trials as f64;
            assert!((chance_low..chance_high).contains(&chance), "{bits}: {chance}");
        }
    }
}
