//! Hashes that came once apart from those that came again, in two bits for each of them and a few more.

/// A filter that lets every hash through that came again, and one in sixteen of the others.
///
/// It spares its users the search for what is nowhere else. Memory: 4 to 8 bytes for each hash.
#[derive(Debug, Default)]
pub struct Sieve {
    /// A bit for each hash that came, and the same for those that came again.
    bits: Vec<[u64; 2]>,
    /// What leaves of a hash the place of its bit.
    shift: u32,
}

const BITS: u32 = u64::BITS;
/// Bits for each hash: one in so many meets another by chance.
const ROOM: usize = 16;

impl Sieve {
    /// Forgets everything, and makes room for so many hashes.
    pub fn open(&mut self, hashes: usize) {
        let bits = (ROOM * hashes).next_power_of_two().max(BITS as usize);
        let words = bits / BITS as usize;
        self.shift = BITS - bits.ilog2();
        self.bits.clear();
        self.bits.resize(words, [0; 2]);
    }

    /// Takes a hash, whose upper bits are well mixed.
    #[inline]
    pub fn see(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        let [once, again] = &mut self.bits[word];
        *again |= *once & bit;
        *once |= bit;
    }

    /// Whether a hash may have come more than once.
    #[inline]
    pub fn came_again(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits[word][1] & bit != 0
    }

    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let place = hash >> self.shift;
        ((place / u64::from(BITS)) as usize, 1 << (place % u64::from(BITS)))
    }
}

/// Two numbers as one hash, all bits of which are well mixed.
#[inline]
pub fn mixed(one: u64, other: u64) -> u64 {
    folded(folded(one, 0xA076_1D64_78BD_642F) ^ other, 0xE703_7ED1_A0B4_28DB)
}

/// The two halves of a product laid upon each other.
#[inline]
fn folded(one: u64, odd: u64) -> u64 {
    let product = u128::from(one ^ odd.rotate_left(32)) * u128::from(odd);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_again_passes_and_most_others_do_not() {
        let mut sieve = Sieve::default();
        for count in [0, 1, 100, 3000_u64] {
            sieve.open(2 * count as usize);
            (0..count).for_each(|number| sieve.see(mixed(number, 7)));
            let others = (0..count).filter(|&number| sieve.came_again(mixed(number, 7))).count();
            assert!(others <= count as usize / 10, "{others} of {count}");
            (0..count).for_each(|number| sieve.see(mixed(number, 7)));
            assert!((0..count).all(|number| sieve.came_again(mixed(number, 7))));
        }
    }
}
