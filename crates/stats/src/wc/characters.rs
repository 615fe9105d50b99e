//! How many characters well-formed text holds.

use super::sequence::is_continuation;

/// Bytes of a block: sums up to it fit a byte, which lets the loop run on vectors of bytes, and none is left over.
const BLOCK: usize = 192;

/// Counts code points.
pub(super) fn count(text: &str) -> u64 {
    let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
    blocks.iter().map(|block| u64::from(leads(block))).sum::<u64>() + u64::from(leads(rest))
}

/// The bytes that characters begin with, of at most a block.
#[inline(always)]
fn leads(bytes: &[u8]) -> u8 {
    bytes.iter().map(|&byte| u8::from(!is_continuation(byte))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_in_any_number_of_blocks() {
        for length in [0, 1, 63, 64, 65, 191, 192, 193, 1000] {
            let text = "aé日😀".repeat(length);
            assert_eq!(count(&text), 4 * length as u64);
            assert_eq!(count(&"x".repeat(length)), length as u64);
        }
    }
}
