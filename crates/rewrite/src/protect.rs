//! Protected spans: addresses, paths, tags and codes, whose characters are no typography.
//!
//! A span lies within one *token*, a run of characters without White_Space; what is protected depends on its token
//! alone. These are protected; a *word character* is a letter, a mark, a digit, `_`, ZWNJ or ZWJ of any script, and in
//! each case closing punctuation behind the span is no part of it:
//!
//! | kind | what | examples |
//! |---|---|---|
//! | [`Kind::Url`] | `SCHEME://` or one of a few schemes without slashes and what follows; `www.` and what follows; an ASCII host name with a path. It ends before `"<>\^{\|}`, a backquote, a bracket that it did not open, and punctuation beyond ASCII but short dashes and apostrophes inside | `https://a.org/b?c=(d)`, `mailto:a@b.org`, `www.a.ir`, `a.org/b` |
//! | [`Kind::Email`] | a name, `@`, a name | `a.b+c@d.org`, `git@a.org:b/c.git` |
//! | [`Kind::Path`] | what begins with `/`, `./`, `../`, `~/`, `\\` or a drive and a slash; words with a backslash between them; a name with an extension of ASCII letters and digits in one case, and the folders before it | `/etc/hosts`, `C:\x`, `a\b`, `گزارش-۲.pdf`, `src/lib.rs:12` |
//! | [`Kind::Mention`] | `@`, not after a word character, and a name | `@user`, `@scope/name` |
//! | [`Kind::Hashtag`] | `#`, not after a word character, and word characters with a letter or `_` among them | `#انتخابات_۱۴۰۰` |
//! | [`Kind::Code`] | ASCII digits and Latin letters, singly joined by any of `-.:/_` or, between digits, `,`, where a digit meets a letter, directly or across `-`, `.` or `_`, or where `_` joins | `A4`, `B-52`, `ISO-8859-1`, `x86_64`, `5:30pm`, `snake_case` |
//!
//! Numbers, dates and versions without letters are not protected; nor is `and/or`.

mod code;
mod name;
mod path;
mod url;

use std::ops::Range;

use unicode::category::is_word_character as is_word;

use crate::scan;

/// What a protected span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A locator, with or without its scheme.
    Url,
    /// A mail address, or a user at a host.
    Email,
    /// A file name, with or without folders.
    Path,
    /// A user's name after `@`.
    Mention,
    /// A tag after `#`.
    Hashtag,
    /// A product, a version, an identifier: letters and digits mixed, or joined by `_`.
    Code,
}

/// A stretch of text that typography must not touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// In bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// Puts the protected spans of a text into `spans`: ascending, disjoint and not empty.
///
/// ```
/// use rewrite::protect::{self, Kind};
/// let mut spans = Vec::new();
/// protect::find("see a.org/b (or COVID-19).".as_bytes(), &mut spans);
/// let found: Vec<_> = spans.iter().map(|span| (span.range.clone(), span.kind)).collect();
/// assert_eq!(found, [(4..11, Kind::Url), (16..24, Kind::Code)]);
/// ```
pub fn find(text: &[u8], spans: &mut Vec<Span>) {
    spans.clear();
    let mut from = 0;
    while let Some(at) = candidate(text, from) {
        let token = token_around(text, from, at);
        from = token.end.max(at + 1);
        spans_of_token(text, token, spans);
    }
}

/// Tells of places in a text, asked in ascending order, whether they are protected. It looks only at the tokens that
/// it is asked about, and at each of them once.
#[derive(Debug)]
pub struct Guard<'t> {
    text: &'t [u8],
    /// The token that was asked about last, and its spans.
    token: Range<usize>,
    spans: Vec<Span>,
    /// The first span that does not end before the last place asked about.
    next: usize,
}

impl<'t> Guard<'t> {
    /// Guards a text.
    pub fn new(text: &'t [u8]) -> Self {
        Guard { text, token: 0..0, spans: Vec::new(), next: 0 }
    }

    /// The kind of the span that the character at `at` lies in, if it lies in one. `at` is where a character begins,
    /// and not before any that was asked about.
    pub fn kind_at(&mut self, at: usize) -> Option<Kind> {
        if at >= self.token.end {
            self.token = token_around(self.text, self.token.end, at);
            self.spans.clear();
            self.next = 0;
            if candidate(&self.text[..self.token.end], self.token.start).is_some() {
                spans_of_token(self.text, self.token.clone(), &mut self.spans);
            }
        }
        while self.spans.get(self.next).is_some_and(|span| span.range.end <= at) {
            self.next += 1;
        }
        self.spans.get(self.next).filter(|span| span.range.start <= at).map(|span| span.kind)
    }

    /// Whether the character at `at` is protected; see [`Guard::kind_at`].
    pub fn protects(&mut self, at: usize) -> bool {
        self.kind_at(at).is_some()
    }
}

fn spans_of_token(text: &[u8], token: Range<usize>, spans: &mut Vec<Span>) {
    let mut from = token.start;
    while let Some(found) = url::next(text, from, token.end) {
        name::find(text, from..found.start, spans);
        from = found.end;
        spans.push(Span { range: found, kind: Kind::Url });
    }
    name::find(text, from..token.end, spans);
}

/// Where the next byte stands without which no span could be around it.
fn candidate(text: &[u8], from: usize) -> Option<usize> {
    let is_digit = |byte: u8| byte.wrapping_sub(b'0') < 10;
    let is_letter = |byte: u8| (byte | 0x20).wrapping_sub(b'a') < 26;
    let joins = |byte: u8| {
        (byte == b'.') | (byte == b'/') | (byte == b':') // The rest is rarer.
            | (byte == b'@') | (byte == b'\\') | (byte == b'_') | (byte == b'#')
    };
    let meets = |byte: u8| is_letter(byte) | (byte == b'-');
    let narrow = move |first: u8, second: u8| {
        joins(first) & (second > b' ') | is_digit(first) & meets(second) | meets(first) & is_digit(second)
    };
    let wide = move |first: u8, second: u8, _| {
        is_digit(first) & (second >= 0x80) | (first >= 0x80) & is_digit(second)
    };
    scan::find(text, from, narrow, wide)
}

/// The token that the character at `at` lies in, if none began before `floor`; empty if it is White_Space.
pub(crate) fn token_around(text: &[u8], floor: usize, at: usize) -> Range<usize> {
    let space_at = |place: usize| space_length(&text[place..]).map(|length| place + length);
    let start = (floor..=at).rev().find_map(space_at).unwrap_or(floor);
    let end = (at..text.len()).find(|&place| space_at(place).is_some()).unwrap_or(text.len());
    start.min(end)..end
}

/// The length of the White_Space character that begins a text, if one does.
fn space_length(text: &[u8]) -> Option<usize> {
    match *text {
        [b'\t'..=b'\r' | b' ', ..] => Some(1),
        [0xC2, 0x85 | 0xA0, ..] => Some(2), // NEL, NO-BREAK SPACE
        [0xE1, 0x9A, 0x80, ..] | [0xE2, 0x81, 0x9F, ..] | [0xE3, 0x80, 0x80, ..] => Some(3),
        [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..] => Some(3),
        _ => None,
    }
}

/// The character before `at` and where it begins, if one does at or after `floor`.
fn before(text: &[u8], floor: usize, at: usize) -> Option<(char, usize)> {
    if at <= floor {
        return None;
    }
    let start = unicode::utf8::previous(text, floor, at);
    Some((unicode::utf8::decode(&text[start..]).0, start))
}

/// Where the characters before `at` begin that a test takes, one after the other.
fn back_over(text: &[u8], floor: usize, at: usize, takes: impl Fn(char) -> bool) -> usize {
    let mut start = at;
    while let Some((character, place)) = before(text, floor, start)
        && takes(character)
    {
        start = place;
    }
    start
}

/// Where the characters from `at` on end that a test takes, one after the other.
fn over(text: &[u8], at: usize, end: usize, takes: impl Fn(char) -> bool) -> usize {
    let mut stop = at;
    while stop < end {
        let (character, length) = unicode::utf8::decode(&text[stop..]);
        if !takes(character) {
            break;
        }
        stop += length;
    }
    stop
}

/// Whether the character that begins at `at` is a word character.
fn word_at(text: &[u8], at: usize, end: usize) -> bool {
    at < end && is_word(unicode::utf8::decode(&text[at..]).0)
}

/// Whether the character that ends at `at` is a word character.
fn word_before(text: &[u8], floor: usize, at: usize) -> bool {
    before(text, floor, at).is_some_and(|(character, _)| is_word(character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text whose spans stand in `[` and `]`, each with the letter of its kind: U, E, P, M, H, C.
    fn marked(text: &str) -> String {
        let mut spans = Vec::new();
        find(text.as_bytes(), &mut spans);
        let (mut out, mut from) = (String::new(), 0);
        for Span { range, kind } in spans {
            let kind = format!("{kind:?}");
            out += &format!("{}[{}{}]", &text[from..range.start], &kind[..1], &text[range.clone()]);
            from = range.end;
        }
        out + &text[from..]
    }

    #[test]
    fn spans_are_found_in_running_text() {
        let cases = include_str!("../tests/data/protect.txt");
        let (mut count, mut wrong) = (0, Vec::new());
        for case in cases.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            // A span's brackets are those around a letter of a kind; U+27E6 and U+27E7 stand for them in the file.
            let want = case.replace('⟦', "[").replace('⟧', "]");
            let mut text = case.replace('⟧', "");
            for kind in "UEPMHC".chars() {
                text = text.replace(&format!("⟦{kind}"), "");
            }
            if marked(&text) != want {
                wrong.push((want, marked(&text)));
            }
            count += 1;
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(count > 90);
    }

    fn texts() -> impl Strategy<Value = Vec<u8>> {
        let pieces: Vec<&[u8]> = [
            "https://", "www.", "mailto:", "a.org/", "b", "Z", "é", "ک", "7", "۷", "_", "-", ".", "/", "\\",
            ":", "@", "#", ",", "(", ")", "[", "]", "’", "–", "«", " ", "\u{A0}", "\n", "\u{200C}", "~/",
            "pdf", "c", "%", "&", "=",
        ]
        .into_iter()
        .map(str::as_bytes)
        .chain([&b"\xFF"[..], b"\xE2\x80", b"\xC3"])
        .collect();
        prop::collection::vec(prop::sample::select(pieces), 0..14).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn spans_are_ascending_parts_of_tokens(text in texts()) {
            let mut spans = Vec::new();
            find(&text, &mut spans);
            let mut from = 0;
            for span in &spans {
                prop_assert!(from <= span.range.start && span.range.start < span.range.end, "{:?}", spans);
                let inside = &text[span.range.clone()];
                prop_assert!((0..inside.len()).all(|at| space_length(&inside[at..]).is_none()));
                prop_assert!(std::str::from_utf8(inside).is_ok());
                from = span.range.end;
            }
            let mut guard = Guard::new(&text);
            let mut at = 0;
            while at < text.len() {
                let want = spans.iter().find(|span| span.range.contains(&at)).map(|span| span.kind);
                prop_assert_eq!(guard.kind_at(at), want, "at {}", at);
                at += unicode::utf8::decode(&text[at..]).1;
            }
        }

        #[test]
        fn nothing_is_found_where_there_is_no_candidate(text in texts()) {
            let mut spans = Vec::new();
            spans_of_token(&text, 0..text.len(), &mut spans);
            prop_assert!(spans.is_empty() || candidate(&text, 0).is_some(), "{:?}", spans);
        }
    }

    #[test]
    fn long_tokens_take_linear_time() {
        for piece in [
            "@", "a@", ".@", "#", "#a", "a.", ".ab", "a:", "://", "a://", "/", "a/", "\\", "a\\", "a1",
            "-.ab:", "(",
        ] {
            let mut spans = Vec::new();
            find(piece.repeat(30_000).as_bytes(), &mut spans);
            let text = [piece.repeat(30_000).as_str(), " ", "https://a/"].concat();
            find(text.as_bytes(), &mut spans);
        }
    }
}
