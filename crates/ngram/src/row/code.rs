//! Numbers as bytes, seven bits in each, the lowest first; all bytes but the last have their top bit set.
//!
//! A column's number is written and read without a branch: how long it is cannot be foreseen, and a branch that is
//! foreseen wrongly costs more than all of the rest.

/// The most bytes of a column's number.
pub(super) const NUMBER_BYTES_MAX: usize = 5;
/// The most bytes of a count.
pub(super) const COUNT_BYTES_MAX: usize = 10;
/// How many bytes are written or read at once; those behind the number mean nothing.
pub(super) const WORD: usize = size_of::<u64>();

const TOP_BITS: u64 = 0x80_8080_8080;

/// Writes a number at `at`, where [`WORD`] bytes have room; where it ends.
#[inline(always)]
pub(super) fn write_number(number: u32, bytes: &mut [u8], at: usize) -> usize {
    let bits = u32::BITS - (number | 1).leading_zeros();
    // (bits + 6) / 7, for 1 to 32.
    let length = (bits * 9 + 64) >> 6;
    let wide = u64::from(number);
    let spread = wide & 0x7F
        | (wide & 0x7F << 7) << 1
        | (wide & 0x7F << 14) << 2
        | (wide & 0x7F << 21) << 3
        | (wide & 0x7F << 28) << 4;
    let more = TOP_BITS & ((1 << (8 * (length - 1))) - 1);
    bytes[at..at + WORD].copy_from_slice(&(spread | more).to_le_bytes());
    at + length as usize
}

/// Reads a number at `at`, where [`WORD`] bytes stand, and where it ends; `None` if there is no number.
#[inline(always)]
pub(super) fn read_number(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let word = u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
    let ends = !word & TOP_BITS;
    if ends == 0 {
        return None;
    }
    // All bits up to the first top bit that is not set.
    let word = word & (ends ^ (ends - 1));
    let number = word & 0x7F
        | word >> 1 & 0x7F << 7
        | word >> 2 & 0x7F << 14
        | word >> 3 & 0x7F << 21
        | word >> 4 & 0x0F << 28;
    Some((number as u32, at + ends.trailing_zeros() as usize / 8 + 1))
}

/// Writes a count at `at`; where it ends.
#[inline]
pub(super) fn write_count(mut count: u64, bytes: &mut [u8], mut at: usize) -> usize {
    while count >= 0x80 {
        bytes[at] = count as u8 | 0x80;
        count >>= 7;
        at += 1;
    }
    bytes[at] = count as u8;
    at + 1
}

/// Reads a count at `at`, and where it ends; `None` if there is no count.
#[inline]
pub(super) fn read_count(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut count = 0;
    for (number, &byte) in bytes.get(at..)?.iter().take(COUNT_BYTES_MAX).enumerate() {
        count |= u64::from(byte & 0x7F) << (7 * number);
        if byte < 0x80 {
            return Some((count, at + number + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_read_back(bits in 0u32..=32, number: u32, count: u64, behind: u8) {
            let number = number.checked_shr(bits).unwrap_or(0);
            let count = count >> (2 * bits).min(63);
            let mut bytes = [behind; 32];
            let end = write_number(number, &mut bytes, 3);
            prop_assert!(end - 3 <= NUMBER_BYTES_MAX);
            prop_assert_eq!(read_number(&bytes, 3), Some((number, end)));
            let count_end = write_count(count, &mut bytes, end);
            prop_assert!(count_end - end <= COUNT_BYTES_MAX);
            prop_assert_eq!(read_count(&bytes, end), Some((count, count_end)));
        }

        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..24), at in 0usize..30) {
            for end in [read_number(&bytes, at).map(|read| read.1), read_count(&bytes, at).map(|read| read.1)] {
                prop_assert!(end.is_none_or(|end| end > at && end <= bytes.len().max(at + 1)));
            }
        }
    }

    #[test]
    fn lengths_change_where_bits_run_out() {
        for (number, length) in [(0, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (u32::MAX, 5)] {
            let mut bytes = [0; WORD];
            assert_eq!(write_number(number, &mut bytes, 0), length, "{number}");
            assert_eq!(read_number(&bytes, 0), Some((number, length)));
        }
        assert_eq!(read_number(&[0xFF; 16], 0), None);
        assert_eq!(read_count(&[0xFF; 16], 0), None);
    }
}
