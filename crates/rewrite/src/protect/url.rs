//! Locators: where one begins, and where it ends in running text.

use std::ops::Range;

use memchr::memchr3_iter;
use unicode::{Category, utf8};

use super::{back_over, before, over, word_at};

/// Schemes that are followed by no slashes.
const PLAIN_SCHEMES: [&[u8]; 8] = [b"mailto", b"tel", b"sms", b"urn", b"doi", b"magnet", b"xmpp", b"geo"];

const SCHEME_BYTES_MAX: usize = 32;

/// The first locator in `text[from..end]`, part of one token.
pub(super) fn next(text: &[u8], from: usize, end: usize) -> Option<Range<usize>> {
    memchr3_iter(b':', b'.', b'/', &text[from..end]).find_map(|offset| {
        let at = from + offset;
        let start = match text[at] {
            b':' => scheme(text, from, at, end),
            b'.' => www(text, from, at, end),
            _ => host(text, from, at),
        }?;
        Some(start..stop(text, start, end))
    })
}

/// Where the scheme before a colon begins.
fn scheme(text: &[u8], from: usize, colon: usize, end: usize) -> Option<usize> {
    let floor = from.max(colon.saturating_sub(SCHEME_BYTES_MAX));
    if text[colon..end].starts_with(b"://") {
        let path = over(text, colon + 1, end, |character| character == '/');
        let takes = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = text[floor..colon].iter().rev().take_while(|byte| takes(**byte)).count();
        let start = (colon - length..colon).find(|&at| text[at].is_ascii_alphabetic())?;
        return (word_at(text, path, end) || text[path..end].starts_with(b"[")).then_some(start);
    }
    let name = PLAIN_SCHEMES.into_iter().find(|name| ends_with(&text[floor..colon], name))?;
    let start = colon - name.len();
    let follows = word_at(text, colon + 1, end) || matches!(text.get(colon + 1), Some(b'+' | b'?'));
    (follows && !alphanumeric_before(text, from, start)).then_some(start)
}

fn www(text: &[u8], from: usize, dot: usize, end: usize) -> Option<usize> {
    let start = dot.checked_sub(3).filter(|&start| start >= from)?;
    (ends_with(&text[start..dot], b"www")
        && word_at(text, dot + 1, end)
        && !alphanumeric_before(text, from, start))
    .then_some(start)
}

/// Where a host name before a slash begins, with port and user if it has them: labels of ASCII letters, digits and
/// hyphens between single dots, the last one of two or more letters of one case, so that "end.He/she" has none.
fn host(text: &[u8], from: usize, slash: usize) -> Option<usize> {
    let is_label = |character: char| character.is_ascii_alphanumeric() || character == '-';
    let port = back_over(text, from, slash, |character| character.is_ascii_digit());
    let end = if port < slash && port > from && text[port - 1] == b':' { port - 1 } else { slash };
    let start = back_over(text, from, end, |character| is_label(character) || character == '.');
    let name = &text[start..end];
    let dot = memchr::memrchr(b'.', name)?;
    let top = &name[dot + 1..];
    let is_top =
        top.len() >= 2 && (top.iter().all(u8::is_ascii_lowercase) || top.iter().all(u8::is_ascii_uppercase));
    if !is_top
        || !name.split(|&byte| byte == b'.').all(|label| label.first().is_some_and(u8::is_ascii_alphanumeric))
    {
        return None;
    }
    match before(text, from, start) {
        Some(('@', at)) => {
            let user = |character: char| character.is_ascii_alphanumeric() || "._%+-:".contains(character);
            Some(back_over(text, from, at, user))
        }
        _ => Some(start),
    }
}

/// Where a locator ends that begins at `start`.
fn stop(text: &[u8], start: usize, end: usize) -> usize {
    let (mut at, mut kept) = (start, start);
    let (mut round, mut square) = (0usize, 0usize);
    while at < end {
        let (character, length) = utf8::decode(&text[at..]);
        let open = match character {
            '(' | ')' => &mut round,
            _ => &mut square,
        };
        match character {
            '(' | '[' => *open += 1,
            ')' | ']' if *open == 0 => break,
            ')' | ']' => *open -= 1,
            _ if ends(character) => break,
            _ => {}
        }
        at += length;
        // What may close a sentence belongs to the locator only if more of it follows.
        if !matches!(
            character,
            '(' | '[' | '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '-' | '~' | '&' | '='
        ) && !may_be_inside(character)
        {
            kept = at;
        }
    }
    kept
}

/// Whether no locator goes on with this character.
fn ends(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control() || "\"<>\\^`{|}".contains(character);
    }
    let category = Category::of(character);
    match character {
        '\u{200C}' | '\u{200D}' | '\u{B7}' | '\u{30FB}' => false, // ZWNJ, ZWJ, MIDDLE DOT, KATAKANA MIDDLE DOT
        char::REPLACEMENT_CHARACTER => true,
        _ if may_be_inside(character) => false,
        _ => category.is_punctuation() || category == Category::Format,
    }
}

/// Short dashes and the apostrophe, which titles of encyclopaedias bring into locators.
fn may_be_inside(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2013}' | '\u{2019}') // HYPHEN to EN DASH, RIGHT SINGLE QUOTATION MARK
}

fn ends_with(text: &[u8], name: &[u8]) -> bool {
    text.len() >= name.len() && text[text.len() - name.len()..].eq_ignore_ascii_case(name)
}

/// Whether an ASCII letter or a digit of any script stands before `at`: what is there must not depend on which digits
/// are used.
fn alphanumeric_before(text: &[u8], from: usize, at: usize) -> bool {
    before(text, from, at).is_some_and(|(character, _)| {
        character.is_ascii_alphanumeric() || unicode::digit::value(character).is_some()
    })
}
