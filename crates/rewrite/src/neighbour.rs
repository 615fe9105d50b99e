//! What stands before and after a place.

use unicode::utf8;

/// The character that ends at `at` and where it begins; none at the beginning.
pub(crate) fn before(text: &[u8], at: usize) -> Option<(usize, char)> {
    (at > 0).then(|| utf8::previous(text, 0, at)).map(|start| (start, utf8::decode(&text[start..]).0))
}

/// The character that begins at `at` and where it ends; none at the end.
pub(crate) fn after(text: &[u8], at: usize) -> Option<(usize, char)> {
    (at < text.len()).then(|| utf8::decode(&text[at..])).map(|(character, length)| (at + length, character))
}

/// Where the spaces, U+0020, that end at `at` begin.
pub(crate) fn before_spaces(text: &[u8], at: usize) -> usize {
    text[..at].iter().rposition(|&byte| byte != b' ').map_or(0, |place| place + 1)
}

/// Where the spaces, U+0020, that begin at `at` end.
pub(crate) fn after_spaces(text: &[u8], at: usize) -> usize {
    text[at..].iter().position(|&byte| byte != b' ').map_or(text.len(), |place| at + place)
}
