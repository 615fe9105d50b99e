//! Parts of a text that are looked at one after the other, so that what is found in one is all that is held.

use memchr::memchr_iter;
use unicode::category::is_word_character;
use unicode::utf8;

use super::Protected;

/// How much is looked at, in bytes, unless one span is longer.
pub(super) const LENGTH_MAX: usize = 32 << 10;

/// How long a span may become, give or take a character.
pub(super) const SPAN_MAX: usize = 128 << 10;

/// What stands behind a cut and was looked at, too: what a date or a term may reach over.
const MARGIN: usize = 2 << 10;

/// How long the part is that begins a line, in bytes.
pub(super) fn length(line: &[u8], length_max: usize) -> usize {
    if line.len() <= length_max { line.len() } else { character_start(line, length_max) }
}

/// How much of a part is done with, now that its spans are known; `rest` is the line from its beginning on. Zero if one span
/// begins the part and goes on to its end, and may become longer.
///
/// All of it, if it ends the line. Else it is cut before a white space between two letters; before any white
/// space; or between any two characters: the last such place that lies in no span and not too near to the end.
pub(super) fn cut(rest: &[u8], length: usize, found: &[Protected]) -> usize {
    if length == rest.len() {
        return length;
    }
    let last = character_start(rest, length.saturating_sub(MARGIN).max(1));
    let is_free = |place: usize| {
        let next = found.partition_point(|span| span.range.end <= place);
        found.get(next).is_none_or(|span| span.range.start >= place)
    };
    let floor = last.saturating_sub(MARGIN);
    let free_spaces =
        || memchr_iter(b' ', &rest[floor..last]).rev().map(|offset| floor + offset).filter(|&at| is_free(at));
    if let Some(place) = free_spaces().find(|&at| at > 0 && is_between_letters(rest, at)) {
        return place;
    }
    if let Some(place) = free_spaces().find(|&at| at > 0) {
        return place;
    }
    if is_free(last) {
        return last;
    }
    match found.iter().rfind(|span| span.range.start < last).map(|span| span.range.start) {
        Some(place) if place >= length / 2 => place,
        // A part that ended here would be so short that looking at what follows again cost more than its length.
        Some(_) if length + 4 <= SPAN_MAX => 0,
        Some(_) => length,
        None => last,
    }
}

fn is_between_letters(rest: &[u8], space: usize) -> bool {
    let is_letter = |character: char| is_word_character(character) && !character.is_numeric();
    let before = utf8::decode(&rest[utf8::previous(rest, 0, space)..]).0;
    is_letter(before) && is_letter(utf8::decode(&rest[space + 1..]).0)
}

/// The last place not beyond one where a character begins.
fn character_start(text: &[u8], at: usize) -> usize {
    let lowest = at.saturating_sub(3);
    (lowest..=at).rev().find(|&place| place == 0 || text[place] & 0xC0 != 0x80).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::Class;

    #[test]
    fn a_part_ends_with_a_character() {
        assert_eq!((length("éé".as_bytes(), 3), length("éé".as_bytes(), 4)), (2, 4));
        assert_eq!(length(b"\x80\x80\x80\x80\x80\x80", 5), 5);
    }

    #[test]
    fn a_long_line_is_cut_where_no_span_is() {
        let cut_of = |text: &str, span: Option<std::ops::Range<usize>>| {
            let length = text.len() - 1;
            let found: Vec<_> =
                span.map(|range| Protected { range, class: Class::Url }).into_iter().collect();
            cut(text.as_bytes(), length, &found)
        };
        let word = format!("{}{}", "ab 12 ".repeat(100), "x".repeat(MARGIN));
        // "12 ab" has no letters on both sides, but a space.
        assert_eq!(cut_of(&word, None), 99 * 6 + 2);
        let prose = format!("{} 1 2 3 4 {}", "ab cd".repeat(100), "x".repeat(MARGIN));
        assert_eq!(cut_of(&prose, None), 99 * 5 + 2);
        assert_eq!(cut_of(&prose, Some(490..500)), 97 * 5 + 2);
        // All of it in one span, or the end of it.
        let long = "x".repeat(3 * MARGIN);
        assert_eq!(cut_of(&long, None), long.len() - 1 - MARGIN);
        assert_eq!(cut_of(&long, Some(0..long.len() - 1)), 0);
        // A part so short is looked at again, with more behind it.
        assert_eq!(cut_of(&long, Some(7..long.len() - 1)), 0);
        assert_eq!(cut_of(&long, Some(2 * MARGIN - 8..long.len() - 1)), 2 * MARGIN - 8);
        let longest = "x".repeat(SPAN_MAX + 1);
        assert_eq!(cut_of(&longest, Some(0..SPAN_MAX)), SPAN_MAX);
    }
}
