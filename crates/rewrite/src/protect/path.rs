//! Paths and file names.

use std::ops::Range;

use memchr::{memchr_iter, memchr2_iter};

use super::{Kind, Span, back_over, code, is_word, over, word_at, word_before};

const EXTENSION_BYTES_MAX: usize = 8;

/// The spans in a piece that holds no address and no tag.
pub(super) fn find(text: &[u8], piece: Range<usize>, spans: &mut Vec<Span>) {
    let end = back_over(text, piece.start, piece.end, |character| !is_word(character) && character != '/');
    if let Some(start) = rooted(text, &(piece.start..end)) {
        code::find(text, piece.start..start, spans);
        spans.push(Span { range: start..end, kind: Kind::Path });
        return;
    }
    let mut from = piece.start;
    for dot in memchr_iter(b'.', &text[piece.start..end]).map(|offset| piece.start + offset) {
        if let Some(stop) = extension_end(text, dot, end)
            && let Some(start) = stem_start(text, from, dot)
        {
            code::find(text, from..start, spans);
            spans.push(Span { range: start..stop, kind: Kind::Path });
            from = stop;
        }
    }
    code::find(text, from..end, spans);
}

/// Where a path begins that goes on to the end of the piece: at a root, which stands at the beginning of the piece or
/// after `:` or `=`, or at the beginning of words with a backslash between them.
fn rooted(text: &[u8], piece: &Range<usize>) -> Option<usize> {
    let first = over(text, piece.start, piece.end, |character| "-:=&+%$,".contains(character));
    let later = memchr2_iter(b':', b'=', &text[first..piece.end]).map(|offset| first + offset + 1);
    let root = std::iter::once(first).chain(later).find(|&at| is_root(&text[at..piece.end]));
    let parts = |at: usize| word_before(text, piece.start, at) && word_at(text, at + 1, piece.end);
    root.or_else(|| {
        let mut backslashes = memchr_iter(b'\\', &text[piece.clone()]).map(|offset| piece.start + offset);
        backslashes.any(parts).then_some(first)
    })
}

fn is_root(rest: &[u8]) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphabetic() || byte == b'.' || byte == b'_';
    match *rest {
        [b'/', next, ..] => is_name(next),
        [b'~', b'/', _, ..] | [b'.', b'/', _, ..] | [b'.', b'.', b'/', _, ..] => true,
        [b'\\', b'\\', next, ..] => next.is_ascii_alphanumeric(),
        [drive, b':', b'/' | b'\\', _, ..] => drive.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Where the extension after a dot ends, line numbers after it included, if what follows the dot is one.
fn extension_end(text: &[u8], dot: usize, end: usize) -> Option<usize> {
    let stop = over(text, dot + 1, end, |character| character.is_ascii_alphanumeric());
    let extension = &text[dot + 1..stop];
    let is_one_case =
        !extension.iter().any(u8::is_ascii_lowercase) || !extension.iter().any(u8::is_ascii_uppercase);
    let is_extension = match extension {
        [] => false,
        [only] => matches!(only, b'c' | b'h'),
        [first, ..] => first.is_ascii_alphabetic() && is_one_case && extension.len() <= EXTENSION_BYTES_MAX,
    };
    // "a.tar.gz" has one extension to end it, "a.b-c" has none.
    let goes_on = matches!(text[stop..end].first(), Some(b'.' | b'-')) && word_at(text, stop + 1, end);
    if !is_extension || word_at(text, stop, end) || goes_on {
        return None;
    }
    Some((0..2).fold(stop, |stop, _| {
        let digits = over(text, stop + 1, end, |character| character.is_ascii_digit());
        if text[stop..end].first() == Some(&b':') && digits > stop + 1 { digits } else { stop }
    }))
}

/// Where the name before a dot begins, its folders included, if there is one.
fn stem_start(text: &[u8], from: usize, dot: usize) -> Option<usize> {
    let start = back_over(text, from, dot, |character| is_word(character) || "-.+~%/\\".contains(character));
    let start = over(text, start, dot, |character| "-+%".contains(character));
    let has_word = over(text, start, dot, |character| !is_word(character)) < dot;
    has_word.then_some(start)
}
