//! A hash of keys, the same on every machine; for short keys one that can be undone, so that it is the key.

use super::brief::Brief;

/// The longest key whose hash, with its length, says all there is to know of it.
pub(super) const SHORT: usize = 8;

/// The odd factors of the finalizer of `SplitMix64` (Steele, Lea and Flood, 2014; variant 13 of Stafford).
const ODD: [u64; 2] = [0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB];
/// Their inverses modulo 2^64.
const INVERSE: [u64; 2] = [inverse(ODD[0]), inverse(ODD[1])];

/// The bytes of a key of at most [`SHORT`] bytes as a number, first byte lowest, the missing ones nought.
#[inline(always)]
pub(super) fn short_number(key: &[u8]) -> u64 {
    let length = key.len();
    // Two reads that may overlap: where they do, they agree.
    if let (Some(head), Some(tail)) = (key.first_chunk::<4>(), key.last_chunk::<4>()) {
        let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
        return u64::from(head) | u64::from(tail) << (8 * (length - 4));
    }
    let byte = |at: usize| u64::from(key[at]) << (8 * at);
    if length == 0 { 0 } else { byte(0) | byte(length / 2) | byte(length - 1) }
}

/// Mixes a number so that every bit of it moves the high bits; no two numbers mix alike.
#[inline(always)]
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 32)).wrapping_mul(ODD[0]);
    (number ^ (number >> 32)).wrapping_mul(ODD[1])
}

/// The hash of a brief key.
#[inline(always)]
pub(super) fn hash_of_brief(key: Brief) -> u64 {
    let [first, last] = key.numbers();
    if key.length() <= SHORT { mix(first) } else { mix(first ^ mix(last)) }
}

/// Undoes [`mix`].
pub(super) fn unmix(mixed: u64) -> u64 {
    let number = mixed.wrapping_mul(INVERSE[1]);
    let number = (number ^ (number >> 32)).wrapping_mul(INVERSE[0]);
    number ^ (number >> 32)
}

/// A key as the table looks for it.
#[derive(Clone, Copy)]
pub(super) struct Hashed<'a> {
    pub hash: u64,
    pub length: usize,
    /// The bytes of a key of more than [`SHORT`] bytes; those of a shorter one are in the hash.
    pub bytes: &'a [u8],
}

impl<'a> Hashed<'a> {
    /// The hash of a key: with the length it is the whole key if that is short.
    #[inline]
    pub fn new(key: &'a [u8]) -> Hashed<'a> {
        if key.len() <= SHORT {
            return Hashed::short(short_number(key), key.len());
        }
        let hash = Brief::new(key).map_or_else(|| xxhash_rust::xxh3::xxh3_64(key), hash_of_brief);
        Hashed { hash, length: key.len(), bytes: key }
    }

    /// The hash of a short key, from its number.
    #[inline(always)]
    pub fn short(number: u64, length: usize) -> Hashed<'a> {
        Hashed { hash: mix(number), length, bytes: &[] }
    }

    /// The key, for which a short one needs room to stand in.
    pub fn key<'b>(&'b self, room: &'b mut [u8; SHORT]) -> &'b [u8] {
        if self.length > SHORT {
            return self.bytes;
        }
        *room = unmix(self.hash).to_le_bytes();
        &room[..self.length]
    }
}

/// Newton's method: each round doubles the number of low bits that are right, from three.
const fn inverse(odd: u64) -> u64 {
    let mut inverse = odd;
    let mut round = 0;
    while round < 5 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
        round += 1;
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn mix_is_undone(number: u64) {
            prop_assert_eq!(unmix(mix(number)), number);
        }

        #[test]
        fn a_short_number_is_its_bytes(key in proptest::collection::vec(any::<u8>(), 0..=SHORT)) {
            let number = short_number(&key).to_le_bytes();
            prop_assert_eq!(&number[..key.len()], &key[..]);
            prop_assert!(number[key.len()..].iter().all(|&byte| byte == 0));
        }
    }

    #[test]
    fn near_numbers_mix_far_apart() {
        // 2^16 numbers that differ in one pair of bytes only, into 2^16 slots: as many slots are hit as by chance.
        for shift in [0, 16, 32, 48] {
            let mut slots: Vec<u64> = (0..1u64 << 16).map(|number| mix(number << shift) >> 48).collect();
            slots.sort_unstable();
            slots.dedup();
            assert!(slots.len() > 36_000, "{} slots of those shifted by {shift}", slots.len());
        }
    }
}
