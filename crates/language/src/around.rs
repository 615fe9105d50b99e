//! The characters on both sides of a place, and which of them belong to a word.

pub(crate) use unicode::category::is_word_character as is_word;
use unicode::{Category, utf8};

/// Whether the character is a letter.
pub(crate) fn is_letter(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_alphabetic() } else { Category::of(character).is_letter() }
}

/// The character that begins at a place, and its length in bytes.
#[inline]
pub(crate) fn after(text: &[u8], at: usize) -> Option<(char, usize)> {
    if at < text.len() { Some(utf8::decode(&text[at..])) } else { None }
}

/// The character that ends at a place, and its length in bytes.
#[inline]
pub(crate) fn before(text: &[u8], at: usize) -> Option<(char, usize)> {
    if at == 0 {
        return None;
    }
    let start = utf8::previous(text, 0, at);
    Some((utf8::decode(&text[start..at]).0, at - start))
}
