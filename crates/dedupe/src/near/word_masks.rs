//! ASCII by blocks: which of 64 bytes belong to words, and which ask for a closer look.

/// Bytes that are looked at together.
pub const WIDTH: usize = 64;

/// One bit for each byte of a block, the first byte the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Masks {
    /// Small letters and digits of ASCII.
    pub letters: u64,
    /// White space of ASCII.
    pub spaces: u64,
    /// Neither these nor punctuation of ASCII.
    pub odd: u64,
}

impl Masks {
    /// The masks of a block without capital letters.
    #[inline(always)]
    pub fn of(bytes: &[u8; WIDTH]) -> Masks {
        let letters = matches(bytes, is_letter);
        let spaces = matches(bytes, is_space);
        let odd = matches(bytes, |byte| !(is_letter(byte) | is_space(byte) | is_punctuation(byte)));
        Masks { letters, spaces, odd }
    }
}

#[inline(always)]
fn is_letter(byte: u8) -> bool {
    (byte.wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

#[inline(always)]
fn is_space(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// General_Category P, without what is rare in text: that may be odd.
#[inline(always)]
fn is_punctuation(byte: u8) -> bool {
    ((byte.wrapping_sub(b'!') < 15) & (byte != b'$') & (byte != b'+')) // up to the slash
        | (byte | 1 == b';') // and the colon
        | (byte == b'?')
}

/// The bytes that a test without branches takes.
#[inline(always)]
fn matches(bytes: &[u8; WIDTH], is: impl Fn(u8) -> bool) -> u64 {
    let mut marks = [0; WIDTH];
    for (mark, &byte) in marks.iter_mut().zip(bytes) {
        *mark = if is(byte) { 0x80 } else { 0 };
    }
    gather(&marks)
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[expect(
    unsafe_code,
    reason = "words of ASCII are found a third faster than by `portable`, its twin in the tests"
)]
fn gather(marks: &[u8; WIDTH]) -> u64 {
    // SAFETY: SSE2 is part of every x86_64.
    unsafe { vectors(marks) }
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "sse2")]
fn vectors(marks: &[u8; WIDTH]) -> u64 {
    use std::arch::x86_64::{_mm_movemask_epi8, _mm_set_epi64x};
    let mut mask = 0;
    for (place, quarter) in marks.as_chunks::<16>().0.iter().enumerate() {
        let value = u128::from_le_bytes(*quarter);
        let vector = _mm_set_epi64x((value >> 64) as i64, value as i64);
        mask |= u64::from(_mm_movemask_epi8(vector) as u16) << (16 * place);
    }
    mask
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn gather(marks: &[u8; WIDTH]) -> u64 {
    portable(marks)
}

/// The same without vectors: a multiplication moves the bits of eight bytes into the top byte.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn portable(marks: &[u8; WIDTH]) -> u64 {
    marks.as_chunks::<8>().0.iter().rev().fold(0, |mask, eighth| {
        let bits = u64::from_le_bytes(*eighth) >> 7 & 0x0101_0101_0101_0101;
        mask << 8 | bits.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode::{Category, space};

    #[test]
    fn classes_are_those_of_unicode() {
        for byte in 0..=u8::MAX {
            let character = char::from(byte);
            assert_eq!(is_letter(byte), byte.is_ascii_lowercase() || byte.is_ascii_digit());
            assert_eq!(is_space(byte), byte.is_ascii() && space::is_white_space(character));
            assert!(!is_punctuation(byte) || byte.is_ascii() && Category::of(character).is_punctuation());
        }
    }

    proptest! {
        #[test]
        fn vectors_gather_what_their_twin_does(bits: u64) {
            let marks: [u8; WIDTH] = std::array::from_fn(|place| if bits >> place & 1 == 1 { 0x80 } else { 0 });
            prop_assert_eq!((gather(&marks), portable(&marks)), (bits, bits));
        }
    }
}
