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
    match text.get(at..)? {
        [] => None,
        [first @ 0..0x80, ..] => Some((char::from(*first), 1)),
        rest => Some(utf8::decode(rest)),
    }
}

/// The character that ends at a place, and its length in bytes.
#[inline]
pub(crate) fn before(text: &[u8], at: usize) -> Option<(char, usize)> {
    let last = text[..at].last()?;
    if last.is_ascii() {
        return Some((char::from(*last), 1));
    }
    let start = utf8::previous(text, 0, at);
    Some((utf8::decode(&text[start..at]).0, at - start))
}
