//! The characters on both sides of a place, and which of them belong to a word.

use unicode::{Category, utf8};

/// A letter, a mark, a digit, `_`, ZWNJ or ZWJ: what makes a word of what it touches.
pub(crate) fn is_word(character: char) -> bool {
    match character {
        '\0'..'\u{80}' => character.is_ascii_alphanumeric() || character == '_',
        '\u{200C}' | '\u{200D}' => true, // ZWNJ, ZWJ
        _ => {
            let category = Category::of(character);
            category.is_letter() || category.is_mark() || category == Category::DecimalNumber
        }
    }
}

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
