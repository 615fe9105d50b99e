//! Names with a sign of their own: mail addresses, mentions, hashtags.

use std::ops::Range;

use memchr::memchr_iter;
use unicode::{Category, utf8};

use super::{Kind, Span, back_over, before, is_word, over, path, word_before};

/// The spans in a part of a token that holds no locator.
pub(super) fn find(text: &[u8], part: Range<usize>, spans: &mut Vec<Span>) {
    let mut at = part.start;
    while at < part.end {
        let (character, length) = utf8::decode(&text[at..]);
        if !is_inside(text, &part, at, character) {
            at += length;
            continue;
        }
        let start = at;
        while at < part.end {
            let (character, length) = utf8::decode(&text[at..]);
            if !is_inside(text, &part, at, character) {
                break;
            }
            at += length;
        }
        addresses(text, start..at, spans);
    }
}

/// Whether a character may stand in a name, a path or a code.
fn is_inside(text: &[u8], part: &Range<usize>, at: usize, character: char) -> bool {
    match character {
        ',' => {
            let is_digit = |place: usize| part.contains(&place) && text[place].is_ascii_digit();
            at > part.start && is_digit(at - 1) && is_digit(at + 1)
        }
        '\0'..'\u{80}' => is_word(character) || "-./\\:@#~+%&=$".contains(character),
        _ => is_word(character),
    }
}

fn addresses(text: &[u8], piece: Range<usize>, spans: &mut Vec<Span>) {
    let mut from = piece.start;
    for at in memchr_iter(b'@', &text[piece.clone()]).map(|offset| piece.start + offset) {
        if at < from {
            continue;
        }
        let end = host_end(text, at + 1, piece.end);
        let start = user_start(text, from, at);
        if end == at + 1 || start == at && word_before(text, from, at) {
            continue;
        }
        tags(text, from..start, spans);
        let kind = if start < at { Kind::Email } else { Kind::Mention };
        spans.push(Span { range: start..end, kind });
        from = end;
    }
    tags(text, from..piece.end, spans);
}

/// Where the name before `@` begins. A name is ASCII, or of any script if its last character is not ASCII.
fn user_start(text: &[u8], from: usize, at: usize) -> usize {
    let is_ascii = before(text, from, at).is_some_and(|(character, _)| character.is_ascii());
    let takes = |character: char| {
        character.is_ascii() == is_ascii && is_word(character) || "._%+-&=~$".contains(character)
    };
    let start = back_over(text, from, at, takes);
    over(text, start, at, |character| !is_word(character))
}

/// Where the name after `@` ends. A name is ASCII, or of any script if its first character is not ASCII.
fn host_end(text: &[u8], at: usize, end: usize) -> usize {
    let is_ascii = at < end && text[at].is_ascii();
    let takes = |character: char| {
        is_word(character) && (character.is_ascii() || !is_ascii) || "-./:~+".contains(character)
    };
    let stop = over(text, at, end, takes);
    back_over(text, at, stop, |character| !is_word(character))
}

fn tags(text: &[u8], piece: Range<usize>, spans: &mut Vec<Span>) {
    let mut from = piece.start;
    for at in memchr_iter(b'#', &text[piece.clone()]).map(|offset| piece.start + offset) {
        let end = over(text, at + 1, piece.end, is_word);
        let names = |character: char| character == '_' || Category::of(character).is_letter();
        if word_before(text, from, at) || over(text, at + 1, end, |character| !names(character)) == end {
            continue;
        }
        path::find(text, from..at, spans);
        spans.push(Span { range: at..end, kind: Kind::Hashtag });
        from = end;
    }
    path::find(text, from..piece.end, spans);
}
