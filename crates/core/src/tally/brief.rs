//! Keys of a few bytes, as numbers.

use super::hash::{SHORT, short_number};

/// A key of at most 16 bytes as two numbers: first byte lowest, the missing bytes nought, but that the last of all is the length
/// where no byte of the key stands there.
///
/// ```
/// use textcore::tally::Brief;
///
/// let brief = Brief::new(b"salt").expect("it is short");
/// assert_eq!(&brief.bytes()[..brief.length()], b"salt");
/// assert_eq!(Brief::of_head(b"salt and bread.\n", 4).map(Brief::numbers), Some(brief.numbers()));
/// assert!(Brief::new(b"the longest word of all").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brief {
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
    pub(super) const NONE: Brief = Brief { first: 1, last: 0 };

    /// `None` for a key that is longer, or whose last byte would be taken for a length: 16 bytes of which the last is less than
    /// 16.
    #[inline(always)]
    #[must_use]
    pub fn new(key: &[u8]) -> Option<Brief> {
        let length = key.len();
        if length <= SHORT {
            return Some(Brief { first: short_number(key), last: (length as u64) << LAST_BITS });
        }
        let (head, tail) = (key.first_chunk::<8>()?, key.last_chunk::<8>()?);
        let rest = u64::from_le_bytes(*tail).checked_shr(8 * BRIEF.checked_sub(length)? as u32)?;
        Brief::of_all(u64::from_le_bytes(*head), rest, length)
    }

    /// The same for a key of which 16 bytes are at hand, it and whatever follows it: without a branch on its length.
    #[inline(always)]
    #[must_use]
    pub fn of_head(head: &[u8; BRIEF], length: usize) -> Option<Brief> {
        let all = u128::from_le_bytes(*head);
        let (first, last) = (all as u64, (all >> 64) as u64);
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

    /// Whether the keys are the same, without a branch.
    #[inline(always)]
    pub(super) fn is(self, other: Brief) -> bool {
        (self.first ^ other.first) | (self.last ^ other.last) == 0
    }

    /// The numbers, which no other key has.
    #[inline(always)]
    #[must_use]
    pub fn numbers(self) -> [u64; 2] {
        [self.first, self.last]
    }

    /// The length of the key.
    #[inline(always)]
    #[must_use]
    pub fn length(self) -> usize {
        BRIEF.min((self.last >> LAST_BITS) as usize)
    }

    /// The key, and noughts or a length after it.
    #[inline(always)]
    #[must_use]
    pub fn bytes(self) -> [u8; BRIEF] {
        let mut bytes = [0; BRIEF];
        bytes[..8].copy_from_slice(&self.first.to_le_bytes());
        bytes[8..].copy_from_slice(&self.last.to_le_bytes());
        bytes
    }

    /// So many bits that depend on all bytes of the key, more cheaply than a hash (Knuth's multiplicative hash).
    #[inline(always)]
    pub(super) fn bits(self, count: u32) -> usize {
        let tail = self.last.wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(32);
        ((self.first ^ tail).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - count)) as usize
    }
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

#[cfg(test)]
mod tests {
    use super::super::hash::{Hashed, hash_of_brief};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_brief_key_is_its_bytes(
            key in proptest::collection::vec(prop_oneof![any::<u8>(), Just(0u8), 0u8..17], 0..=BRIEF + 1),
            after: [u8; BRIEF],
        ) {
            let text = [&key[..], &after].concat();
            let brief = Brief::of_head(text.first_chunk().unwrap(), key.len());
            prop_assert_eq!(brief, Brief::new(&key));
            let is_brief = key.len() < BRIEF || key.len() == BRIEF && key[BRIEF - 1] >= BRIEF as u8;
            prop_assert_eq!(brief.is_some(), is_brief);
            if let Some(brief) = brief {
                prop_assert_eq!(&brief.bytes()[..brief.length()], &key[..]);
                prop_assert_eq!(hash_of_brief(brief), Hashed::new(&key).hash);
                prop_assert!(!brief.is(Brief::NONE) && brief.is(brief));
            }
        }
    }
}
