//! Hashes of short byte strings and of pairs of ids: quick, and the same on every machine.

const FIRST: u64 = 0x9E37_79B9_7F4A_7C15;
const SECOND: u64 = 0xC2B2_AE3D_27D4_EB4F;

/// Both halves of a product: every bit of the result depends on every bit of both factors.
#[inline(always)]
pub(crate) fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    product as u64 ^ (product >> 64) as u64
}

/// The hash of a byte string.
#[inline]
pub(crate) fn of_bytes(bytes: &[u8]) -> u64 {
    let mut state = FIRST ^ bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = u64::from_le_bytes(word.try_into().expect("chunks of 8 have 8 bytes"));
        state = fold(state ^ word, SECOND);
    }
    let rest = words.remainder().iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte));
    fold(state ^ rest, SECOND)
}

/// The hash of a key of 32 bytes.
#[inline(always)]
pub(crate) fn of_key(key: &[u64; 4]) -> u64 {
    fold(key[0] ^ FIRST, key[1] ^ SECOND) ^ fold(key[2] ^ SECOND, key[3] ^ FIRST)
}

/// The hash of a pair of ids.
#[inline(always)]
pub(crate) fn of_pair(pair: u64) -> u64 {
    fold(pair, FIRST)
}
