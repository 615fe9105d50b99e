//! The key of a text: a stable hash of 64 or 128 bits.

use super::table::TableKey;
use crate::seen::Number;

/// The key of a text: XXH3-128, a stable specification.
///
/// Among n different texts the expected number of false matches is n(n-1)/2¹²⁹: 1.5·10⁻¹⁷ for 10¹¹.
pub fn key(text: &[u8]) -> u128 {
    xxhash_rust::xxh3::xxh3_128(text)
}

/// A key that can be made of a text.
pub trait HashKey: TableKey + Number {
    /// The hash of a text.
    fn of(text: &[u8]) -> Self;
}

impl HashKey for u128 {
    #[inline]
    fn of(text: &[u8]) -> Self {
        key(text)
    }
}

/// XXH3-64: among n different texts the expected number of false matches is n(n-1)/2⁶⁵, 0.03 for 10⁹.
impl HashKey for u64 {
    #[inline]
    fn of(text: &[u8]) -> Self {
        xxhash_rust::xxh3::xxh3_64(text)
    }
}

/// How many records are lost on the average because their keys are equal by chance: n(n-1)/2^(bits+1), for n different
/// records and keys of so many bits.
pub fn expected_loss(unique: u64, bits: u32) -> f64 {
    let n = unique as f64;
    n * (n - 1.0).max(0.0) / 2f64.powi(bits as i32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_the_published_hashes() {
        // Of no bytes, as the reference implementation (xxhsum -H2 and -H3) prints them.
        assert_eq!(key(b""), 0x99aa06d3014798d86001c324468d497f);
        assert_eq!(<u64 as HashKey>::of(b""), 0x2d06800538d394c2);
    }

    #[test]
    fn the_loss_to_expect_is_that_of_birthdays() {
        assert_eq!([expected_loss(0, 64), expected_loss(1, 64)], [0.0, 0.0]);
        // 2³² values and 2¹⁶ draws: half a collision, less half of 2⁻¹⁶.
        assert!((expected_loss(1 << 16, 32) - 0.5).abs() < 1e-5);
        let billion = expected_loss(1_000_000_000, 64);
        assert!((billion - 0.0271).abs() < 1e-4, "{billion}");
    }
}
