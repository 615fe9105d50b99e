//! How many characters well-formed text holds.

use super::sequence::is_continuation;

/// Counts code points.
pub(super) fn count(text: &str) -> u64 {
    // Sums of 255 fit a byte, which lets the loop run on vectors of bytes.
    text.as_bytes()
        .chunks(255)
        .map(|chunk| u64::from(chunk.iter().map(|&byte| u8::from(!is_continuation(byte))).sum::<u8>()))
        .sum()
}
