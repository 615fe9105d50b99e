//! Initials and abbreviations: single letters joined by dots.
//!
//! The Arabic letter alef, which is too thin to stand for a word, is written with its name: «الف.ب.»

use crate::around::{after, before, is_letter, is_word};
use crate::spans::SpanKind;

/// The name of the letter alef.
const ALEF: &[u8] = "الف".as_bytes();

/// Looks at a dot: where to look on, and the initials of which it is the first dot, if it is that.
pub(super) fn around(text: &[u8], dot: usize) -> (usize, Option<(usize, SpanKind)>) {
    let Some(start) = single_letter_before(text, dot) else { return (dot + 1, None) };
    let (mut letters, mut end) = (1, dot + 1);
    while let Some(letter_end) = letter(text, end) {
        if text.get(letter_end) == Some(&b'.') && text.get(letter_end + 1) != Some(&b'.') {
            (letters, end) = (letters + 1, letter_end + 1);
            continue;
        }
        if !after(text, letter_end).is_some_and(|(next, _)| is_word(next)) {
            (letters, end) = (letters + 1, letter_end);
        }
        break;
    }
    // What goes on behind a dot in small ASCII letters or digits is a name of a host or of a thing in a program.
    let goes_on = text[end - 1] == b'.'
        && text
            .get(end)
            .is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_');
    (end, if letters >= 2 && !goes_on { Some((start, SpanKind::Initials)) } else { None })
}

/// Where the letter begins that stands alone before a dot.
fn single_letter_before(text: &[u8], dot: usize) -> Option<usize> {
    let (_, length) = before(text, dot).filter(|&(character, _)| is_letter(character))?;
    let start = if text[..dot].ends_with(ALEF) { dot - ALEF.len() } else { dot - length };
    let stands_alone =
        !before(text, start).is_some_and(|(character, _)| is_word(character) || character == '.');
    if stands_alone { Some(start) } else { None }
}

/// Where the letter ends that begins at a place.
fn letter(text: &[u8], at: usize) -> Option<usize> {
    let alef_end = at + ALEF.len();
    if text[at..].starts_with(ALEF) && !after(text, alef_end).is_some_and(|(next, _)| is_word(next)) {
        return Some(alef_end);
    }
    after(text, at).filter(|&(character, _)| is_letter(character)).map(|(_, length)| at + length)
}
