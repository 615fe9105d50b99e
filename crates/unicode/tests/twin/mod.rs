//! Plain twins of the crate's algorithms: the rules of UAX #29 and UAX #15 as they are written, without a
//! thought for speed, over characters and a property table.

pub mod breaks;
pub mod forms;

#[allow(dead_code, clippy::enum_variant_names)]
#[path = "../../src/tables/mod.rs"]
mod tables;

/// The characters of a text with the bytes of each: ill-formed subparts as U+FFFD, by the standard library's
/// reading.
pub fn characters(text: &[u8]) -> Vec<(char, Vec<u8>)> {
    let mut found = Vec::new();
    for chunk in text.utf8_chunks() {
        found.extend(chunk.valid().chars().map(|character| (character, character.to_string().into_bytes())));
        if !chunk.invalid().is_empty() {
            found.push((char::REPLACEMENT_CHARACTER, chunk.invalid().to_vec()));
        }
    }
    found
}
