//! Sorted numbers in nearly as few bits as they have: Golomb's code of the steps between them.

use super::number::Number;

/// Why a block cannot be what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// How many low bits of each step are written as they are: about the logarithm of the mean step.
///
/// The rest of a step is written in unary. The rests of all steps add up to at most twice their number, for the steps
/// add up to the span: no choice of numbers makes a block long.
pub fn low_bits<N: Number>(span: N, count: usize) -> u32 {
    let mean = span.to_wide() / (count.max(1) as u128);
    mean.checked_ilog2().unwrap_or(0)
}

/// Appends the code of ascending numbers, none of them `previous` (which is nothing for the first block of all).
///
/// A step is what lies between two numbers that follow each other: the difference less one.
pub fn encode<N: Number>(numbers: &[N], previous: Option<N>, low_bits: u32, out: &mut Vec<u8>) {
    let mut bits = BitWriter { out, pending: 0, length: 0 };
    let mut before = previous.map(Number::to_wide);
    for number in numbers {
        let number = number.to_wide();
        let step = before.map_or(number, |before| number - before - 1);
        for _ in 0..step.checked_shr(low_bits).unwrap_or(0) {
            bits.push(0, 1);
        }
        bits.push(1, 1);
        bits.push_wide(step, low_bits);
        before = Some(number);
    }
    bits.finish();
}

/// Reads `count` numbers of such a code, of which no byte may be left over.
///
/// # Errors
/// When the bytes are too few or too many, or a number would be too large.
pub fn decode<N: Number>(
    code: &[u8],
    count: usize,
    previous: Option<N>,
    low_bits: u32,
    numbers: &mut Vec<N>,
) -> Result<(), Malformed> {
    let mut bits = BitReader { code, at: 0 };
    let mut before = previous.map(Number::to_wide);
    for _ in 0..count {
        let unary = u128::from(bits.zeros()?);
        if low_bits > 0 && unary > u128::MAX >> low_bits {
            return Err(Malformed);
        }
        let step = (unary << low_bits) | bits.take_wide(low_bits)?;
        let number = match before {
            None => Some(step),
            Some(before) => before.checked_add(1).and_then(|next| next.checked_add(step)),
        };
        let number = number.ok_or(Malformed)?;
        numbers.push(N::from_wide(number).ok_or(Malformed)?);
        before = Some(number);
    }
    if bits.at.div_ceil(8) == code.len() && bits.rest_is_zero() { Ok(()) } else { Err(Malformed) }
}

/// Bits fill bytes from the lowest on.
struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    pending: u64,
    length: u32,
}

impl BitWriter<'_> {
    /// Appends the lowest `length` bits, at most 32 of them.
    fn push(&mut self, bits: u64, length: u32) {
        self.pending |= bits << self.length;
        self.length += length;
        if self.length >= 32 {
            self.out.extend_from_slice(&(self.pending as u32).to_le_bytes());
            self.pending >>= 32;
            self.length -= 32;
        }
    }

    fn push_wide(&mut self, mut bits: u128, mut length: u32) {
        while length > 0 {
            let now = length.min(32);
            self.push((bits as u64) & ((1 << now) - 1), now);
            bits >>= now;
            length -= now;
        }
    }

    fn finish(self) {
        let bytes = self.length.div_ceil(8) as usize;
        self.out.extend_from_slice(&self.pending.to_le_bytes()[..bytes]);
    }
}

struct BitReader<'a> {
    code: &'a [u8],
    /// In bits.
    at: usize,
}

impl BitReader<'_> {
    /// The next 57 bits or more; what lies behind the end is 0.
    fn window(&self) -> u64 {
        let rest = &self.code[(self.at / 8).min(self.code.len())..];
        let bytes = match rest.first_chunk() {
            Some(bytes) => *bytes,
            None => {
                let mut bytes = [0; 8];
                bytes[..rest.len()].copy_from_slice(rest);
                bytes
            }
        };
        u64::from_le_bytes(bytes) >> (self.at % 8)
    }

    /// How many zeros stand before the next one, which is read too.
    fn zeros(&mut self) -> Result<u64, Malformed> {
        let mut zeros = 0;
        loop {
            let window = self.window();
            if window != 0 {
                let found = window.trailing_zeros();
                self.at += found as usize + 1;
                return Ok(zeros + u64::from(found));
            }
            let skipped = 64 - self.at % 8;
            self.at += skipped;
            zeros += skipped as u64;
            if self.at >= 8 * self.code.len() {
                return Err(Malformed);
            }
        }
    }

    fn take_wide(&mut self, length: u32) -> Result<u128, Malformed> {
        let mut bits = 0;
        let mut done = 0;
        while done < length {
            let now = (length - done).min(32);
            bits |= u128::from(self.window() & ((1 << now) - 1)) << done;
            self.at += now as usize;
            done += now;
        }
        if self.at <= 8 * self.code.len() { Ok(bits) } else { Err(Malformed) }
    }

    fn rest_is_zero(&self) -> bool {
        self.at.is_multiple_of(8) || self.window() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn code<N: Number>(numbers: &[N], previous: Option<N>) -> (u32, Vec<u8>) {
        let span = numbers.last().map_or(0, |last| last.to_wide() - previous.map_or(0, Number::to_wide));
        let bits = low_bits(N::from_wide(span).expect("no more than the last"), numbers.len());
        let mut out = Vec::new();
        encode(numbers, previous, bits, &mut out);
        (bits, out)
    }

    proptest! {
        #[test]
        fn numbers_come_back(
            small in prop::collection::btree_set(0u64..500, 0..200), large in prop::collection::btree_set(any::<u64>(), 0..200),
            previous: Option<u64>,
        ) {
            let numbers: BTreeSet<u64> = small.into_iter().chain(large).collect();
            let numbers: Vec<u64> = numbers.into_iter().filter(|&number| previous.is_none_or(|before| number > before)).collect();
            let (bits, out) = code(&numbers, previous);
            prop_assert!(out.len() * 8 <= numbers.len() * (bits as usize + 3) + 8);
            let mut back = Vec::new();
            prop_assert_eq!(decode(&out, numbers.len(), previous, bits, &mut back), Ok(()));
            prop_assert_eq!(&back, &numbers);
            let wide: Vec<u128> = numbers.iter().map(|&number| (u128::from(number) << 64) | 7).collect();
            let (bits, out) = code(&wide, None);
            let mut back: Vec<u128> = Vec::new();
            prop_assert_eq!(decode(&out, wide.len(), None, bits, &mut back), Ok(()));
            prop_assert_eq!(back, wide);
        }

        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in prop::collection::vec(any::<u8>(), 0..60), count in 0usize..20, previous: Option<u128>, bits in 0u32..128,
        ) {
            let mut numbers = Vec::new();
            if decode(&bytes, count, previous, bits, &mut numbers).is_ok() {
                prop_assert_eq!(numbers.len(), count);
                prop_assert!(numbers.is_sorted_by(|one, other| one < other));
                let mut again = Vec::new();
                encode(&numbers, previous, bits, &mut again);
                prop_assert_eq!(again, bytes);
            }
        }
    }

    #[test]
    fn the_largest_numbers_come_back() {
        for numbers in [vec![u128::MAX], vec![0, u128::MAX], vec![u128::MAX - 1, u128::MAX]] {
            let (bits, out) = code(&numbers, None);
            let mut back: Vec<u128> = Vec::new();
            assert_eq!(decode(&out, numbers.len(), None, bits, &mut back), Ok(()));
            assert_eq!(back, numbers);
        }
    }
}
