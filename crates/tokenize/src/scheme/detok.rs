//! Moses' detokenizer: what detokenizer.perl does, word by word.

mod character;
mod finnish;
mod quote;
mod unescape;

use std::borrow::Cow;

use memchr::memchr;
use unicode::Properties;

use character::{first, is_cjk, last};
use quote::{Quotes, Side};
use unescape::unescape;

/// Append the text of a line of tokens, by the rules of the language of a code; what is in `room` is lost.
pub(super) fn detokenize(code: &str, room: &mut Vec<u8>, line: &[u8], out: &mut Vec<u8>) {
    let is_tag =
        line.len() > 2 && line.starts_with(b"<") && line.ends_with(b">") && memchr(b'\n', line).is_none();
    if is_tag || unicode::space::trim(line).is_empty() {
        return out.extend_from_slice(line);
    }
    let text = unescape(line, room);
    let mut words = Words::new(text);
    let start = out.len();
    let mut joiner = Joiner {
        code,
        out,
        start,
        has_space_before: true,
        quotes: Quotes::default(),
        earlier: [b"", b""],
        is_first: true,
    };
    while let Some(word) = words.next() {
        joiner.join(word, &mut words);
    }
    if out.len() > start && out.ends_with(b" ") {
        out.pop();
    }
}

/// What stands between single spaces; after two of them there is an empty word.
#[derive(Clone, Copy)]
struct Words<'a> {
    rest: Option<&'a [u8]>,
}

impl<'a> Words<'a> {
    /// As Perl's `split`, without the empty words at the end.
    fn new(text: &'a [u8]) -> Words<'a> {
        let length = text.iter().rposition(|&byte| byte != b' ').map_or(0, |last| last + 1);
        Words { rest: (length > 0).then(|| &text[..length]) }
    }

    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest?;
        let end = memchr(b' ', rest).unwrap_or(rest.len());
        self.rest = rest.get(end + 1..);
        Some(&rest[..end])
    }

    fn peek(mut self) -> Option<&'a [u8]> {
        self.next()
    }
}

/// What a word does with the spaces beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shift {
    /// It touches the word before it.
    Left,
    /// It touches the word behind it.
    Right,
    /// Spaces on both sides.
    None,
}

struct Joiner<'a, 'o> {
    code: &'a str,
    out: &'o mut Vec<u8>,
    /// Where the line begins in `out`.
    start: usize,
    /// A space goes before the next word, if that wants one.
    has_space_before: bool,
    quotes: Quotes,
    /// The word before the last one, and the last one.
    earlier: [&'a [u8]; 2],
    is_first: bool,
}

impl<'a> Joiner<'a, '_> {
    /// Append a word, and take the dash of a Czech compound from the words behind it.
    fn join(&mut self, word: &'a [u8], behind: &mut Words<'a>) {
        let is_french = self.code == "fr" && matches!(word, b"?" | b"!" | b":" | b";" | b"\\" | b"%");
        let (shift, form) = self.judge(word, *behind);
        if is_french || shift != Shift::Left && self.has_space_before {
            self.write_space();
        }
        self.out.extend_from_slice(&form);
        self.has_space_before = shift != Shift::Right;
        self.earlier = [self.earlier[1], word];
        self.is_first = false;
        if self.code == "cs" && shift == Shift::Right && opens_czech_compound(word, *behind) {
            let dash = behind.next().unwrap_or_default();
            self.out.extend_from_slice(dash);
            self.earlier = [word, dash];
        }
    }

    /// A space, if the line does not begin here and has none already.
    fn write_space(&mut self) {
        if self.out.len() > self.start && !self.out.ends_with(b" ") {
            self.out.push(b' ');
        }
    }

    /// What a word does, and how it reads.
    fn judge(&mut self, word: &'a [u8], behind: Words<'a>) -> (Shift, Cow<'a, [u8]>) {
        let [_, before] = self.earlier;
        let shift = if first(word).is_some_and(is_cjk) {
            let follows = self.code != "ko" && last(before).is_some_and(is_cjk);
            if follows { Shift::Left } else { Shift::None }
        } else if all(word, opens) {
            Shift::Right
        } else if all(word, |character| ",.?!:;\\%}])".contains(character)) {
            Shift::Left
        } else if let Some(shift) = self.of_language(word, behind) {
            shift
        } else if all(word, |character| "'\"„“`".contains(character)) {
            self.quote(word)
        } else if self.code == "fi" && before.ends_with(b":") && finnish::is_ending(word) {
            return (Shift::Left, finnish::lowercase(word));
        } else {
            Shift::None
        };
        (shift, Cow::Borrowed(word))
    }

    /// What contractions and compounds do.
    fn of_language(&self, word: &[u8], behind: Words<'a>) -> Option<Shift> {
        let [before_last, before] = self.earlier;
        match self.code {
            "en" => {
                let is_contraction = word.strip_prefix(b"'").is_some_and(opens_with_letter);
                (is_contraction && last(before).is_some_and(|it| Properties::of(it).is_alphanumeric()))
                    .then_some(Shift::Left)
            }
            "fr" | "it" => {
                let is_contraction = word.strip_suffix(b"'").is_some_and(ends_with_letter);
                (is_contraction && behind.peek().is_some_and(opens_with_letter)).then_some(Shift::Right)
            }
            "cs" if is_number(word) && matches!(before, b"." | b",") && is_number(before_last) => {
                Some(Shift::Left)
            }
            "cs" => opens_czech_compound(word, behind).then_some(Shift::Right),
            _ => None,
        }
    }

    fn quote(&mut self, word: &'a [u8]) -> Shift {
        let [_, before] = self.earlier;
        let ends_possessive = self.code == "en" && word == b"'" && !self.is_first && before.ends_with(b"s");
        match self.quotes.side(word, self.code == "cs", ends_possessive) {
            Side::Opening => Shift::Right,
            Side::Closing => Shift::Left,
        }
    }
}

fn all(word: &[u8], holds: impl Fn(char) -> bool) -> bool {
    let mut rest = word;
    while let Some(character) = first(rest) {
        if !holds(character) {
            return false;
        }
        rest = &rest[unicode::utf8::decode(rest).1..];
    }
    !word.is_empty()
}

fn opens(character: char) -> bool {
    "([{¿¡".contains(character) || Properties::of(character).is_currency()
}

fn opens_with_letter(word: &[u8]) -> bool {
    first(word).is_some_and(|character| Properties::of(character).is_alphabetic())
}

fn ends_with_letter(word: &[u8]) -> bool {
    last(word).is_some_and(|character| Properties::of(character).is_alphabetic())
}

fn is_number(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(u8::is_ascii_digit)
}

/// "je - li" and "e - mail", with another word behind.
fn opens_czech_compound(word: &[u8], mut behind: Words<'_>) -> bool {
    let is_dash = |word: &[u8]| word == b"-" || word == "–".as_bytes();
    let is_second = |word: &[u8]| {
        word.eq_ignore_ascii_case(b"li")
            || word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"mail"))
    };
    ends_with_letter(word)
        && behind.next().is_some_and(is_dash)
        && behind.next().is_some_and(is_second)
        && behind.next().is_some()
}
