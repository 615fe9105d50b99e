//! What several targets share: cutting an input into pieces by a seed, and the plain twins of the Unicode algorithms.

#[path = "../../crates/unicode/tests/twin/mod.rs"]
pub mod twin;

/// The twins take time in the square of the length: longer texts are not shown to them.
pub const TWIN_BYTES_MAX: usize = 160;

/// Cuts bytes into pieces of 1 to 16 bytes, the same ones for the same seed; now and then one is empty.
pub fn pieces(bytes: &[u8], seed: u8) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut state = u32::from(seed);
    let mut rest = bytes;
    while !rest.is_empty() {
        // The generator of Numerical Recipes: any cut will do, as long as it can be made again.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let length = (state >> 24) as usize % 17;
        let (piece, later) = rest.split_at(length.min(rest.len()));
        pieces.push(piece);
        rest = later;
    }
    pieces
}
