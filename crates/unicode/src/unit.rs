//! Units: the one vocabulary in which the tools list and count the parts of a record.

use std::fmt;
use std::str::FromStr;

use crate::space::{self, is_ascii_space};
use crate::{grapheme, sentence, utf8, word};

/// A part of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A word segment (UAX #29) that is not all White_Space: punctuation and symbols are words too.
    Word,
    /// A run of bytes between ASCII space, `\t`, `\n`, `\v`, `\f` and `\r`.
    Space,
    /// A sentence (UAX #29) without the White_Space at its end; one that is White_Space alone is left out.
    Sentence,
    /// A run of lines between blank lines, without its last line terminator. A line of ASCII white space is
    /// blank.
    Paragraph,
    /// A line without its terminator, `\n` or `\r\n`.
    Line,
    /// An extended grapheme cluster (UAX #29).
    Grapheme,
    /// A code point; an ill-formed subpart is one.
    Char,
    /// A byte.
    Byte,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Unit; 8] = [
        Unit::Word,
        Unit::Space,
        Unit::Sentence,
        Unit::Paragraph,
        Unit::Line,
        Unit::Grapheme,
        Unit::Char,
        Unit::Byte,
    ];

    /// The name by which a command line knows the unit.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Word => "word",
            Unit::Space => "space",
            Unit::Sentence => "sentence",
            Unit::Paragraph => "paragraph",
            Unit::Line => "line",
            Unit::Grapheme => "grapheme",
            Unit::Char => "char",
            Unit::Byte => "byte",
        }
    }

    /// Give every unit of a text to a function, in order. Units do not overlap.
    ///
    /// ```
    /// let mut seen = Vec::new();
    /// unicode::Unit::Word.for_each("سلام، دنیا".as_bytes(), |word| seen.push(word.to_vec()));
    /// assert_eq!(seen, ["سلام".as_bytes(), "،".as_bytes(), "دنیا".as_bytes()]);
    /// ```
    pub fn for_each(self, text: &[u8], receive: impl FnMut(&[u8])) {
        match self {
            Unit::Word => word::for_each_token(text, receive),
            Unit::Space => space::for_each_run(text, receive),
            Unit::Sentence => trimmed_sentences(text).for_each(receive),
            Unit::Paragraph => Paragraphs { rest: text }.for_each(receive),
            Unit::Line => lines(text).for_each(receive),
            Unit::Grapheme => grapheme::graphemes(text).for_each(receive),
            Unit::Char => Chars { rest: text }.for_each(receive),
            Unit::Byte => text.chunks(1).for_each(receive),
        }
    }

    /// The number of units of a text: how often [`Unit::for_each`] would call.
    ///
    /// ```
    /// assert_eq!(unicode::Unit::Line.count(b"a\nb"), 2);
    /// ```
    pub fn count(self, text: &[u8]) -> u64 {
        match self {
            Unit::Word => word::count_tokens(text),
            Unit::Space => count_runs(text),
            Unit::Sentence => trimmed_sentences(text).count() as u64,
            Unit::Paragraph => Paragraphs { rest: text }.count() as u64,
            Unit::Line => count_lines(text),
            Unit::Grapheme => grapheme::count(text),
            Unit::Char => utf8::count_chars(text),
            Unit::Byte => text.len() as u64,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(name: &str) -> Result<Unit, UnknownUnit> {
        Unit::ALL.into_iter().find(|unit| unit.name() == name).ok_or_else(|| UnknownUnit(name.to_owned()))
    }
}

/// A name that is no unit's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownUnit(String);

impl fmt::Display for UnknownUnit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Unit::ALL.map(Unit::name).join(", ");
        write!(formatter, "unknown unit '{}'; one of {names}", self.0)
    }
}

impl std::error::Error for UnknownUnit {}

/// The number of bytes that are no space and follow a space or the beginning.
fn count_runs(text: &[u8]) -> u64 {
    let Some(&first) = text.first() else { return 0 };
    let begins = |(&before, &byte): (&u8, &u8)| u8::from(is_ascii_space(before) && !is_ascii_space(byte));
    // Sums of 255 fit a byte, which lets the loop run on vectors of bytes.
    let inner: u64 = text
        .chunks(255)
        .zip(text[1..].chunks(255))
        .map(|(before, here)| u64::from(before.iter().zip(here).map(begins).sum::<u8>()))
        .sum();
    inner + u64::from(!is_ascii_space(first))
}

fn trimmed_sentences(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    sentence::sentences(text).map(space::trim_end).filter(|sentence| !sentence.is_empty())
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|&byte| byte == b'\n').map(without_terminator)
}

fn without_terminator(line: &[u8]) -> &[u8] {
    match line {
        [inner @ .., b'\r', b'\n'] | [inner @ .., b'\n'] => inner,
        _ => line,
    }
}

fn count_lines(text: &[u8]) -> u64 {
    let ends: u64 = text
        .chunks(255)
        .map(|chunk| u64::from(chunk.iter().map(|&byte| u8::from(byte == b'\n')).sum::<u8>()))
        .sum();
    ends + u64::from(text.last().is_some_and(|&last| last != b'\n'))
}

struct Paragraphs<'t> {
    rest: &'t [u8],
}

impl<'t> Iterator for Paragraphs<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        let is_blank = |line: &[u8]| line.iter().all(|&byte| is_ascii_space(byte));
        let (mut start, mut end) = (0, 0);
        for line in self.rest.split_inclusive(|&byte| byte == b'\n') {
            match (is_blank(line), start == end) {
                (true, true) => start = end + line.len(),
                (true, false) => break,
                (false, _) => {}
            }
            end += line.len();
        }
        let paragraph = without_terminator(&self.rest[start..end]);
        self.rest = &self.rest[end..];
        (!paragraph.is_empty()).then_some(paragraph)
    }
}

struct Chars<'t> {
    rest: &'t [u8],
}

impl<'t> Iterator for Chars<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        let (character, rest) = self.rest.split_at_checked(utf8::decode(self.rest).1)?;
        self.rest = rest;
        (!character.is_empty()).then_some(character)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(unit: Unit, text: &str) -> Vec<String> {
        let mut seen = Vec::new();
        unit.for_each(text.as_bytes(), |part| seen.push(String::from_utf8_lossy(part).into_owned()));
        assert_eq!(unit.count(text.as_bytes()), seen.len() as u64, "{unit} of {text:?}");
        seen
    }

    #[test]
    fn names_are_read_back() {
        for unit in Unit::ALL {
            assert_eq!(unit.to_string().parse(), Ok(unit));
        }
        let message = "words".parse::<Unit>().expect_err("no unit is called words").to_string();
        assert!(message.starts_with("unknown unit 'words'; one of word, space, "), "{message}");
    }

    #[test]
    fn nothing_has_no_units() {
        for unit in Unit::ALL {
            assert_eq!(units(unit, ""), Vec::<String>::new());
        }
    }

    #[test]
    fn space_knows_ascii_alone() {
        assert_eq!(units(Unit::Space, " a\u{A0}b\tc\x0Bd\x1Ce "), ["a\u{A0}b", "c", "d\x1Ce"]);
    }

    #[test]
    fn lines_lose_their_terminator() {
        assert_eq!(units(Unit::Line, "a\r\n\n b\rc\n"), ["a", "", " b\rc"]);
        assert_eq!(units(Unit::Line, "a\nb"), ["a", "b"]);
    }

    #[test]
    fn paragraphs_are_parted_by_blank_lines() {
        assert_eq!(units(Unit::Paragraph, "\n \t\na\nb\r\n\r\n\r\nc"), ["a\nb", "c"]);
        assert_eq!(units(Unit::Paragraph, "a\n\n"), ["a"]);
        assert_eq!(units(Unit::Paragraph, " \n\n"), Vec::<String>::new());
    }

    #[test]
    fn sentences_are_trimmed_at_the_end() {
        assert_eq!(units(Unit::Sentence, " One.  Two?\u{3000}\n\n"), [" One.", "Two?"]);
    }

    #[test]
    fn characters_and_graphemes_differ() {
        assert_eq!(units(Unit::Char, "e\u{301} "), ["e", "\u{301}", " "]);
        assert_eq!(units(Unit::Grapheme, "e\u{301} "), ["e\u{301}", " "]);
        assert_eq!(Unit::Byte.count("é".as_bytes()), 2);
    }
}
