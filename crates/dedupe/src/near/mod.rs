//! Near-duplicates: documents that are alike, by the Jaccard similarity of their shingles.

pub mod bands;
mod distinct;
mod index;
pub mod minhash;
pub mod shingle;
mod store;
mod verify;
mod words;

/// Every bit of the result depends on every bit of the number (Steele, Lea and Flood 2014: the finalizer of SplitMix64).
#[inline]
fn mix(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ number >> 31
}
