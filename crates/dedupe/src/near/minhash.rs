//! MinHash: a signature in which two sets agree at as many places as they are alike.

/// How many functions are computed side by side: four vectors of eight values, with two constants each, fill the
/// registers.
const LANES: usize = 32;

/// Where the sequence of constants begins; signatures that are to be compared must agree on it.
const SEED: u64 = 0x6E65_6172_2D64_7570;

/// The functions x ↦ a·x + b modulo 2³², a odd: permutations of the 32-bit numbers, each given by two constants of a
/// fixed sequence. Sets are of 64-bit hashes, of which the upper half is x.
///
/// The smallest value that a function takes on a set is the same for two sets with a probability that is their Jaccard
/// similarity (Broder 1997). The first n functions are always the same ones.
#[derive(Debug, Clone)]
pub struct MinHash {
    blocks: Vec<Block>,
    functions: usize,
}

#[derive(Debug, Clone)]
struct Block {
    multipliers: [u32; LANES],
    addends: [u32; LANES],
}

impl MinHash {
    /// This many functions.
    pub fn new(functions: usize) -> Self {
        let mut state = SEED;
        let mut draw = || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            super::mix(state)
        };
        let mut block = || {
            let constants: [u64; LANES] = std::array::from_fn(|_| draw());
            Block {
                multipliers: constants.map(|constant| constant as u32 | 1),
                addends: constants.map(|constant| (constant >> 32) as u32),
            }
        };
        MinHash { blocks: (0..functions.div_ceil(LANES)).map(|_| block()).collect(), functions }
    }

    /// Puts the signature of a set into `signature`, one value for each function. A set without elements has all ones.
    ///
    /// An element that stands there twice changes nothing.
    pub fn signature_into(&self, set: &[u64], signature: &mut Vec<u32>) {
        signature.clear();
        for block in &self.blocks {
            signature.extend_from_slice(&smallest(block, set));
        }
        signature.truncate(self.functions);
    }
}

/// The smallest value of each function of a block.
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "the vectors of AVX2 make signatures in a third of the time")]
fn smallest(block: &Block, set: &[u64]) -> [u32; LANES] {
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe { smallest_by_vectors(block, set) };
    }
    smallest_of(block, set)
}

#[cfg(not(target_arch = "x86_64"))]
fn smallest(block: &Block, set: &[u64]) -> [u32; LANES] {
    smallest_of(block, set)
}

/// The same code as its twin, for the compiler to put on wider vectors.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn smallest_by_vectors(block: &Block, set: &[u64]) -> [u32; LANES] {
    smallest_of(block, set)
}

#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "iterators are calls here, which keep the loop from vectors")]
fn smallest_of(block: &Block, set: &[u64]) -> [u32; LANES] {
    let mut smallest = [u32::MAX; LANES];
    for element in set {
        let element = (element >> 32) as u32;
        for lane in 0..LANES {
            let value = element.wrapping_mul(block.multipliers[lane]).wrapping_add(block.addends[lane]);
            smallest[lane] = smallest[lane].min(value);
        }
    }
    smallest
}

#[cfg(test)]
mod tests {
    use super::super::mix;
    use super::*;
    use proptest::prelude::*;

    /// Two sets that share `shared` elements and have `apart` more each.
    fn sets(seed: u64, shared: u64, apart: u64) -> [Vec<u64>; 2] {
        let element = |number| mix(seed << 32 | number);
        [0, apart].map(|from| (0..shared).chain(shared + from..shared + from + apart).map(element).collect())
    }

    fn signatures(functions: &MinHash, sets: &[Vec<u64>; 2]) -> [Vec<u32>; 2] {
        sets.each_ref().map(|set| {
            let mut signature = Vec::new();
            functions.signature_into(set, &mut signature);
            signature
        })
    }

    #[test]
    fn the_estimate_is_unbiased_and_as_narrow_as_it_should_be() {
        const PAIRS: u64 = 300;
        let functions = MinHash::new(128);
        for (shared, apart) in [(80, 10), (50, 25), (10, 45)] {
            let similarity = shared as f64 / (shared + 2 * apart) as f64;
            let estimates: Vec<f64> = (0..PAIRS)
                .map(|seed| {
                    let [one, other] = signatures(&functions, &sets(seed, shared, apart));
                    one.iter().zip(&other).filter(|(one, other)| one == other).count() as f64 / 128.0
                })
                .collect();
            let mean = estimates.iter().sum::<f64>() / PAIRS as f64;
            let variance = similarity * (1.0 - similarity) / 128.0;
            assert!(
                (mean - similarity).abs() < 4.0 * (variance / PAIRS as f64).sqrt(),
                "{mean} {similarity}"
            );
            let found = estimates.iter().map(|one| (one - similarity).powi(2)).sum::<f64>() / PAIRS as f64;
            // Functions that are not independent would make it wider; four sigma of a variance of 300 are a third.
            assert!((0.66..1.34).contains(&(found / variance)), "{found} {variance}");
        }
    }

    #[test]
    fn bands_meet_as_often_as_their_curve_says() {
        const PAIRS: u64 = 800;
        for threshold in [0.5, 0.8] {
            let bands = super::super::bands::Bands::choose(threshold, 128);
            let functions = MinHash::new(bands.values());
            for (shared, apart) in [(80, 10), (60, 20), (40, 30), (20, 40)] {
                let wanted = bands.recall(shared as f64 / (shared + 2 * apart) as f64);
                let met = (0..PAIRS).filter(|seed| {
                    let keys = signatures(&functions, &sets(seed + 1000, shared, apart)).map(|signature| {
                        let mut keys = Vec::new();
                        bands.keys_into(&signature, &mut keys);
                        keys
                    });
                    keys[0].iter().zip(&keys[1]).any(|(one, other)| one == other)
                });
                let share = met.count() as f64 / PAIRS as f64;
                let sigma = (wanted * (1.0 - wanted) / PAIRS as f64).sqrt();
                assert!((share - wanted).abs() <= 4.0 * sigma + 0.001, "{share} {wanted} at {threshold}");
            }
        }
    }

    proptest! {
        #[test]
        fn vectors_say_what_one_at_a_time_says(set: Vec<u64>, count in 1usize..100) {
            let functions = MinHash::new(count);
            let mut signature = Vec::new();
            functions.signature_into(&set, &mut signature);
            let plain = |place: usize| {
                let (block, lane) = (&functions.blocks[place / LANES], place % LANES);
                set.iter().map(|element| {
                    let value = (element >> 32) * u64::from(block.multipliers[lane]) + u64::from(block.addends[lane]);
                    value as u32
                }).min().unwrap_or(u32::MAX)
            };
            prop_assert_eq!(signature, (0..count).map(plain).collect::<Vec<_>>());
        }
    }
}
