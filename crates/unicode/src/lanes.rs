//! Bit planes: one bit of each of 64 bytes, gathered into a word.

/// So many bytes.
pub(crate) const WIDTH: usize = 64;

/// Bit `number` of each byte, from the lowest, which is 0; the first byte's is the lowest of the plane.
///
/// ```
/// let mut bytes = [0; 64];
/// bytes[2] = 0x80;
/// assert_eq!(unicode::lanes::plane(&bytes, 7), 0b100);
/// ```
#[inline(always)]
pub fn plane(bytes: &[u8; 64], number: usize) -> u64 {
    gather(bytes, number)
}

/// Every bit of each byte: plane `n` holds bit `n`.
#[inline(always)]
pub(crate) fn planes(bytes: &[u8; 64]) -> [u64; 8] {
    std::array::from_fn(|number| gather(bytes, number))
}

/// The bytes that a test without branches takes, the first byte the lowest bit.
///
/// ```
/// let mut bytes = [b'.'; 64];
/// bytes[1] = b' ';
/// assert_eq!(unicode::lanes::matches(&bytes, |byte| byte == b' '), 0b10);
/// ```
#[inline(always)]
pub fn matches(bytes: &[u8; 64], is: impl Fn(u8) -> bool) -> u64 {
    let mut marks = [0; 64];
    for (mark, &byte) in marks.iter_mut().zip(bytes) {
        *mark = if is(byte) { 0x80 } else { 0 };
    }
    gather(&marks, 7)
}

/// The bytes that a test without branches takes together with the bytes after them; the window goes beyond the 64.
#[inline(always)]
pub(crate) fn pairs<const WINDOW: usize>(window: &[u8; WINDOW], is: impl Fn(u8, u8) -> bool) -> u64 {
    const { assert!(WINDOW > 64) };
    let mut marks = [0; 64];
    for (mark, (&byte, &next)) in marks.iter_mut().zip(window.iter().zip(&window[1..])) {
        *mark = if is(byte, next) { 0x80 } else { 0 };
    }
    gather(&marks, 7)
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[allow(unsafe_code)]
fn gather(bytes: &[u8; 64], number: usize) -> u64 {
    // SAFETY: SSE2 is part of every x86_64. Finding words is a third faster than by `portable`, its twin in
    // the tests.
    unsafe { vectors(bytes, number) }
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "sse2")]
fn vectors(bytes: &[u8; 64], number: usize) -> u64 {
    use std::arch::x86_64::{_mm_cvtsi64_si128, _mm_movemask_epi8, _mm_set_epi64x, _mm_sll_epi64};
    // Shifting words of 64 bits moves each byte's bit to its top; what crosses from the byte below lands
    // under it.
    let shift = _mm_cvtsi64_si128(7 - number as i64);
    let mut plane = 0;
    for (place, quarter) in bytes.as_chunks::<16>().0.iter().enumerate() {
        let value = u128::from_le_bytes(*quarter);
        let vector = _mm_set_epi64x((value >> 64) as i64, value as i64);
        let mask = _mm_movemask_epi8(_mm_sll_epi64(vector, shift));
        plane |= u64::from(mask as u16) << (16 * place);
    }
    plane
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn gather(bytes: &[u8; 64], number: usize) -> u64 {
    portable(bytes, number)
}

/// The same without vectors: a multiplication moves eight bits, one in each byte, into the top byte.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline(always)]
fn portable(bytes: &[u8; 64], number: usize) -> u64 {
    bytes.as_chunks::<8>().0.iter().rev().fold(0, |plane, eighth| {
        let bits = u64::from_le_bytes(*eighth) >> number & 0x0101_0101_0101_0101;
        plane << 8 | bits.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plane_holds_its_bit() {
        let mut state = 1u64;
        for _ in 0..1000 {
            let bytes: [u8; 64] = std::array::from_fn(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 56) as u8
            });
            for (number, plane) in planes(&bytes).into_iter().enumerate() {
                let want = (0..64).fold(0, |all, place| all | u64::from(bytes[place] >> number & 1) << place);
                assert_eq!(plane, want);
                assert_eq!(portable(&bytes, number), want);
            }
        }
    }
}
