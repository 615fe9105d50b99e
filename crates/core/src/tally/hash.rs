//! A hash of keys, the same on every machine; for short keys one that can be undone, so that it is the key.

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

/// A key of at most 16 bytes as two numbers, first byte lowest, the missing bytes nought; but the last of all is the length,
/// where no byte of the key stands there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brief {
    first: u64,
    last: u64,
}

/// The longest key that may be brief.
pub(super) const BRIEF: usize = 16;

/// Where the last byte stands in the second number.
const LAST_BITS: u32 = 56;

/// The bits of the bytes of a key, by its length.
const MASKS: [[u64; 2]; BRIEF] = masks();

impl Brief {
    /// No key at all: one without a byte has no bits.
    pub const NONE: Brief = Brief { first: 1, last: 0 };

    /// `None` for a key that is longer, or whose last byte would be taken for a length.
    #[inline(always)]
    pub fn new(key: &[u8]) -> Option<Brief> {
        let length = key.len();
        if length <= SHORT {
            return Some(Brief { first: short_number(key), last: (length as u64) << LAST_BITS });
        }
        let (head, tail) = (key.first_chunk::<8>()?, key.last_chunk::<8>()?);
        let rest = u64::from_le_bytes(*tail).checked_shr(8 * BRIEF.checked_sub(length)? as u32)?;
        Brief::of_all(u64::from_le_bytes(*head), rest, length)
    }

    /// The same for a key of which so many bytes are known to stand in memory, whatever follows it: without a branch on its
    /// length.
    #[inline(always)]
    pub fn of_head(head: &[u8; BRIEF], length: usize) -> Option<Brief> {
        let [first, last] = numbers(head);
        match MASKS.get(length) {
            Some(mask) => {
                let last = last & mask[1] | (length as u64) << LAST_BITS;
                Some(Brief { first: first & mask[0], last })
            }
            None if length == BRIEF => Brief::of_all(first, last, length),
            None => None,
        }
    }

    #[inline(always)]
    fn of_all(first: u64, last: u64, length: usize) -> Option<Brief> {
        if length < BRIEF {
            return Some(Brief { first, last: last | (length as u64) << LAST_BITS });
        }
        (last >> LAST_BITS >= BRIEF as u64).then_some(Brief { first, last })
    }

    #[inline(always)]
    pub fn is(self, other: Brief) -> bool {
        (self.first ^ other.first) | (self.last ^ other.last) == 0
    }

    /// The length of the key.
    #[inline(always)]
    pub fn length(self) -> usize {
        BRIEF.min((self.last >> LAST_BITS) as usize)
    }

    /// The key, and noughts or a length after it.
    #[inline(always)]
    pub fn bytes(self) -> [u8; BRIEF] {
        let mut bytes = [0; BRIEF];
        bytes[..8].copy_from_slice(&self.first.to_le_bytes());
        bytes[8..].copy_from_slice(&self.last.to_le_bytes());
        bytes
    }

    /// The hash of the key: that of [`Hashed`].
    #[inline(always)]
    pub fn hash(self) -> u64 {
        if self.length() <= SHORT { mix(self.first) } else { mix(self.first ^ mix(self.last)) }
    }

    /// So many bits that depend on all bytes of the key, more cheaply than a hash (Knuth's multiplicative hash).
    #[inline(always)]
    pub fn bits(self, count: u32) -> usize {
        let tail = self.last.wrapping_mul(ODD[0]).rotate_left(32);
        ((self.first ^ tail).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - count)) as usize
    }
}

#[inline(always)]
fn numbers(bytes: &[u8; BRIEF]) -> [u64; 2] {
    let all = u128::from_le_bytes(*bytes);
    [all as u64, (all >> 64) as u64]
}

const fn masks() -> [[u64; 2]; BRIEF] {
    let mut masks = [[0; 2]; BRIEF];
    let mut length = 1;
    while length < BRIEF {
        masks[length] = masks[length - 1];
        masks[length][(length - 1) / 8] |= 0xFF << (8 * ((length - 1) % 8));
        length += 1;
    }
    masks
}

/// Mixes a number so that every bit of it moves the high bits; no two numbers mix alike.
#[inline(always)]
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 32)).wrapping_mul(ODD[0]);
    (number ^ (number >> 32)).wrapping_mul(ODD[1])
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
        let hash = Brief::new(key).map_or_else(|| xxhash_rust::xxh3::xxh3_64(key), Brief::hash);
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

    proptest! {
        #[test]
        fn a_brief_key_is_its_bytes(
            key in proptest::collection::vec(prop_oneof![any::<u8>(), Just(0u8), 0u8..17], 0..=BRIEF + 1),
            after: [u8; BRIEF],
        ) {
            let text = [&key[..], &after].concat();
            let brief = Brief::of_head(text.first_chunk().unwrap(), key.len());
            prop_assert_eq!(brief.map(Brief::bytes), Brief::new(&key).map(Brief::bytes));
            let is_brief = key.len() < BRIEF || key.len() == BRIEF && key[BRIEF - 1] >= BRIEF as u8;
            prop_assert_eq!(brief.is_some(), is_brief);
            if let Some(brief) = brief {
                prop_assert_eq!(&brief.bytes()[..brief.length()], &key[..]);
                prop_assert_eq!(brief.hash(), Hashed::new(&key).hash);
                prop_assert!(!brief.is(Brief::NONE));
            }
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
