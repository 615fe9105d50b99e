//! The hash of a word.

/// Words of at most so many bytes are hashed as one number.
const SHORT: usize = 16;

/// The halves of the number are combined with these before they are multiplied.
const SALTS: [u64; 2] = [0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB];

/// The hash of a word: of up to 16 bytes both halves of a product, which takes one multiplication; of more XXH3-64.
pub fn word_hash(word: &[u8]) -> u64 {
    if word.len() > SHORT {
        return xxhash_rust::xxh3::xxh3_64(word);
    }
    let mut bytes = [0; SHORT];
    bytes[..word.len()].copy_from_slice(word);
    short_hash(u128::from_le_bytes(bytes), word.len())
}

/// The same of the word at `start`, without a branch on its length; what follows it matters only in that 16 bytes must be there.
#[inline(always)]
pub fn word_hash_at(text: &[u8], start: usize, length: usize) -> u64 {
    match text[start..].first_chunk() {
        Some(bytes) if (1..=SHORT).contains(&length) => {
            let beyond = (8 * (SHORT - length)) as u32;
            short_hash(u128::from_le_bytes(*bytes) << beyond >> beyond, length)
        }
        _ => word_hash(&text[start..start + length]),
    }
}

#[inline(always)]
fn short_hash(bytes: u128, length: usize) -> u64 {
    let (low, high) = (bytes as u64 ^ SALTS[0], (bytes >> 64) as u64 ^ SALTS[1] ^ (length as u64) << 56);
    let product = u128::from(low) * u128::from(high);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    proptest! {
        #[test]
        fn what_follows_a_word_is_no_matter(text in prop::collection::vec(any::<u8>(), 1..60), cut: prop::sample::Index, end: prop::sample::Index) {
            let start = cut.index(text.len());
            let length = end.index(text.len() - start + 1);
            prop_assert_eq!(word_hash_at(&text, start, length), word_hash(&text[start..start + length]));
        }
    }

    #[test]
    fn words_that_differ_little_have_other_hashes() {
        let mut hashes = HashSet::new();
        let mut count = 0;
        for length in 0..40 {
            for place in 0..length {
                for byte in [0, 1, b'a', 0x80, 0xFF] {
                    let mut word = vec![b'b'; length];
                    word[place] = byte;
                    hashes.insert(word_hash(&word));
                    count += 1;
                }
            }
        }
        assert_eq!(hashes.len(), count);
    }
}
