//! Hashes of a word and of all its parts: one pass over the letters, then each part in constant time.

/// The longest word that is looked at, in letters; a longer one is no word and is left alone.
pub(crate) const LETTERS_MAX: usize = 40;

const BASE: u64 = 0x9E37_79B9_7F4A_7C55;
const SPREAD: u64 = 0xD6E8_FEB8_6659_FD93;

static POWERS: [u64; LETTERS_MAX + 1] = powers();

/// The hashes of the prefixes of one word.
pub(crate) struct WordHash {
    prefixes: [u64; LETTERS_MAX + 1],
}

impl WordHash {
    /// Of letters by number; only the first [`LETTERS_MAX`] count.
    #[inline]
    pub(crate) fn new(codes: &[u8]) -> WordHash {
        let mut prefixes = [0; LETTERS_MAX + 1];
        let mut hash = 0_u64;
        for (slot, &code) in prefixes[1..].iter_mut().zip(codes) {
            hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(code));
            *slot = hash;
        }
        WordHash { prefixes }
    }

    /// The hash of the letters in `from..to`; the same for the same letters wherever they stand.
    #[inline]
    pub(crate) fn part(&self, from: usize, to: usize) -> u64 {
        self.prefixes[to].wrapping_sub(self.prefixes[from].wrapping_mul(POWERS[to - from]))
    }
}

/// The hash of a whole word: what [`WordHash::part`] gives for it.
#[inline]
pub(crate) fn word_hash(codes: &[u8]) -> u64 {
    codes.iter().fold(0, |hash, &code| extended_hash(hash, code))
}

/// The hash of a word that goes on with one more letter.
#[inline]
pub(crate) fn extended_hash(hash: u64, code: u8) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(code))
}

/// The hash of a word made of two: as if the letters of the second followed those of the first.
#[inline]
pub(crate) fn joined_hash(first: u64, second: u64, second_length: usize) -> u64 {
    first.wrapping_mul(POWERS[second_length.min(LETTERS_MAX)]).wrapping_add(second)
}

/// Spreads a hash over all its bits. (The mixing step of Steele and Vigna's generators, with a multiplier of its own.)
#[inline]
pub(crate) fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(SPREAD);
    let hash = (hash ^ (hash >> 32)).wrapping_mul(SPREAD);
    hash ^ (hash >> 32)
}

/// One hash of two, in which order counts.
#[inline]
pub(crate) fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(29).wrapping_mul(SPREAD) ^ second.wrapping_mul(BASE)
}

/// A number for a feature: the kind of feature and its value, spread over the top bits.
#[inline]
pub(crate) fn feature(kind: u64, value: u64) -> u64 {
    let hash = value ^ kind.wrapping_mul(BASE);
    (hash ^ (hash >> 32)).wrapping_mul(SPREAD)
}

const fn powers() -> [u64; LETTERS_MAX + 1] {
    let mut powers = [1_u64; LETTERS_MAX + 1];
    let mut at = 1;
    while at <= LETTERS_MAX {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
        at += 1;
    }
    powers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hash_like_words_of_their_own() {
        let codes: Vec<u8> = (1..=30).collect();
        let hash = WordHash::new(&codes);
        for from in 0..codes.len() {
            for to in from..=codes.len() {
                assert_eq!(hash.part(from, to), word_hash(&codes[from..to]));
                let joined = joined_hash(word_hash(&codes[..from]), word_hash(&codes[from..to]), to - from);
                assert_eq!(joined, word_hash(&codes[..to]));
            }
        }
    }

    #[test]
    fn order_counts_in_a_pair() {
        assert_ne!(pair(1, 2), pair(2, 1));
        assert_ne!(feature(1, 2), feature(2, 1));
    }
}
