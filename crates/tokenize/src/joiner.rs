//! Joiner marks: tokens set apart by spaces from which the text can be had back, byte for byte.
//!
//! A text is taken for *pieces*: its tokens, and what stands between tokens where that is not nothing and not one
//! space. Pieces are set apart by a space. Where the text has no space between two, one of them carries the mark at that
//! side: the later one at its beginning; but a word or number after something else leaves it to that one, at its end.
//! So `Hello, (world)!` becomes `Hello ￭, (￭ world ￭) ￭!`: words stay as they are.
//!
//! Inside pieces, white space, U+FF05 FULLWIDTH PERCENT SIGN and the first character of the mark are written as U+FF05 and
//! the four hexadecimal digits of their code point: a mark and a space are never text. Marks and escapes are those of
//! OpenNMT's tokenizer (`joiner_annotate`), whose detokenizer reads them.

use unicode::space::is_white_space;
use unicode::utf8;

use crate::class::Class;
use crate::token::Token;

/// U+FFED HALFWIDTH BLACK SQUARE.
pub const DEFAULT_MARK: &str = "\u{FFED}";

/// U+FF05 FULLWIDTH PERCENT SIGN.
const ESCAPE: &[u8] = "\u{FF05}".as_bytes();

/// The digits of an escape.
const DIGITS: usize = 4;

/// Writes marks, and reads them.
#[derive(Debug, Clone)]
pub struct Joiner {
    mark: Box<[u8]>,
    /// The mark's first character, which no piece holds.
    first: char,
    /// What may have to be escaped, by first bytes.
    suspects: Box<[bool; 256]>,
}

impl Joiner {
    /// A joiner with a mark of one's own.
    ///
    /// # Errors
    /// A mark that is empty, holds white space or U+FF05, or begins with a hexadecimal digit or beyond U+FFFC.
    pub fn new(mark: &str) -> Result<Self, String> {
        let Some(first) = mark.chars().next() else { return Err("an empty mark joins nothing".to_owned()) };
        if mark.contains(is_white_space) || mark.contains('\u{FF05}') {
            return Err("a mark without white space and U+FF05 is wanted".to_owned());
        }
        if first > '\u{FFFC}' || first.is_ascii_hexdigit() {
            return Err(
                "a mark is wanted that begins with a character up to U+FFFC that is no hexadecimal digit"
                    .to_owned(),
            );
        }
        let mut suspects = Box::new([false; 256]);
        for character in
            ('\0'..='\u{FFFF}').filter(|&character| is_white_space(character)).chain([first, '\u{FF05}'])
        {
            suspects[usize::from(character.encode_utf8(&mut [0; 3]).as_bytes()[0])] = true;
        }
        Ok(Joiner { mark: mark.as_bytes().into(), first, suspects })
    }

    /// Starts on a text, whose pieces are appended to `out`.
    pub fn writer<'w>(&'w self, text: &'w [u8], out: &'w mut Vec<u8>) -> Writer<'w> {
        Writer { joiner: self, text, end: 0, last: Last::Nothing, out }
    }

    /// Appends the text that pieces were made of. Of a line that no `Writer` made: marks join, what is no escape stays.
    pub fn read(&self, line: &[u8], out: &mut Vec<u8>) {
        let mut joins = true;
        for piece in line.split(|&byte| byte == b' ') {
            let inner = piece.strip_prefix(&*self.mark);
            if !joins && inner.is_none() {
                out.push(b' ');
            }
            let inner = inner.unwrap_or(piece);
            let stem = inner.strip_suffix(&*self.mark);
            // A mark alone joins on both sides.
            joins = stem.is_some() || piece == &*self.mark;
            unescape(stem.unwrap_or(inner), out);
        }
    }

    fn escape(&self, text: &[u8], out: &mut Vec<u8>) {
        let mut plain = 0;
        let mut at = 0;
        while let Some(found) = text[at..].iter().position(|&byte| self.suspects[usize::from(byte)]) {
            at += found;
            let (character, length) = utf8::decode(&text[at..]);
            if character == self.first || character == '\u{FF05}' || is_white_space(character) {
                out.extend_from_slice(&text[plain..at]);
                out.extend_from_slice(ESCAPE);
                push_digits(u32::from(character), out);
                plain = at + length;
            }
            at += length;
        }
        out.extend_from_slice(&text[plain..]);
    }
}

/// What was written last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    /// A word or number, to which no mark is given.
    Word,
    /// Punctuation and the like.
    Other,
    /// What stood between tokens, with the mark at its end.
    Between,
}

/// Writes the pieces of one text.
pub struct Writer<'w> {
    joiner: &'w Joiner,
    text: &'w [u8],
    /// How far the text is written.
    end: usize,
    last: Last,
    out: &'w mut Vec<u8>,
}

impl Writer<'_> {
    /// Takes the next token. Empty ones are nothing.
    pub fn token(&mut self, token: &Token<'_>) {
        if token.start >= token.end || token.end <= self.end {
            return;
        }
        let start = token.start.max(self.end);
        let is_spaced = self.between(start);
        let own = match token.class() {
            Class::Word | Class::Number => Last::Word,
            _ => Last::Other,
        };
        if self.last != Last::Nothing {
            match (is_spaced, self.last, own) {
                (true, ..) | (_, Last::Between, _) => self.out.push(b' '),
                (false, Last::Other, Last::Word) => {
                    self.out.extend_from_slice(&self.joiner.mark);
                    self.out.push(b' ');
                }
                (false, ..) => {
                    self.out.push(b' ');
                    self.out.extend_from_slice(&self.joiner.mark);
                }
            }
        }
        self.joiner.escape(&self.text[start..token.end], self.out);
        (self.last, self.end) = (own, token.end);
    }

    /// Writes what is left after the last token.
    pub fn finish(mut self) {
        // One space at the end is no space between.
        let end = self.text.len();
        if self.end < end {
            self.piece_between(end, false);
        }
    }

    /// Writes what stands between the last token and the next; whether it is one space between pieces.
    fn between(&mut self, start: usize) -> bool {
        match &self.text[self.end..start] {
            b"" => false,
            b" " if self.last != Last::Nothing => true,
            _ => {
                self.piece_between(start, true);
                false
            }
        }
    }

    fn piece_between(&mut self, end: usize, joins_next: bool) {
        if self.last != Last::Nothing {
            self.out.push(b' ');
            self.out.extend_from_slice(&self.joiner.mark);
        }
        self.joiner.escape(&self.text[self.end..end], self.out);
        if joins_next {
            self.out.extend_from_slice(&self.joiner.mark);
        }
        (self.last, self.end) = (Last::Between, end);
    }
}

/// Appends the four hexadecimal digits of a code point.
fn push_digits(code_point: u32, out: &mut Vec<u8>) {
    const NUMERALS: &[u8; 16] = b"0123456789abcdef";
    out.extend([12, 8, 4, 0].map(|shift| NUMERALS[(code_point >> shift) as usize & 15]));
}

/// Appends a piece with its escapes undone. An escape of a code point that is none stays.
fn unescape(piece: &[u8], out: &mut Vec<u8>) {
    let mut rest = piece;
    while let Some(at) = memchr::memmem::find(rest, ESCAPE) {
        let (before, after) = (&rest[..at], &rest[at + ESCAPE.len()..]);
        out.extend_from_slice(before);
        rest = match escaped(after) {
            Some(character) => {
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                &after[DIGITS..]
            }
            None => {
                out.extend_from_slice(ESCAPE);
                after
            }
        };
    }
    out.extend_from_slice(rest);
}

/// The character whose code point the first digits are.
fn escaped(after: &[u8]) -> Option<char> {
    let digits = after.get(..DIGITS)?;
    let value = digits.iter().try_fold(0, |value, &digit| Some(value << 4 | char::from(digit).to_digit(16)?));
    value.and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode::Unit;

    fn joined(joiner: &Joiner, unit: Unit, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = joiner.writer(text, &mut out);
        unit.for_each(text, |part| writer.token(&Token::part(text, part)));
        writer.finish();
        out
    }

    fn joiner() -> Joiner {
        Joiner::new(DEFAULT_MARK).expect("a mark")
    }

    fn back(joiner: &Joiner, line: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        joiner.read(line, &mut out);
        out
    }

    #[test]
    fn words_stay_as_they_are() {
        let cases = [
            ("Hello, (world)!", "Hello ￭, (￭ world ￭) ￭!"),
            ("a", "a"),
            ("", ""),
            (" ", "％0020"),
            (" a  b ", "％0020￭ a ￭％0020％0020￭ b ￭％0020"),
            ("…a", "…￭ a"),
            ("3.14%￭％", "3.14 ￭% ￭％ffed ￭％ff05"),
            ("می\u{200C}رود؛ و\u{A0}…", "می\u{200C}رود ￭؛ و ￭％00a0￭ …"), // ZWNJ, NO-BREAK SPACE
            ("\t\r\na", "％0009％000d％000a￭ a"),
        ];
        for (text, want) in cases {
            let line = joined(&joiner(), Unit::Word, text.as_bytes());
            assert_eq!(String::from_utf8_lossy(&line), want, "{text:?}");
            assert_eq!(back(&joiner(), &line), text.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn marks_of_ones_own() {
        for mark in ["@@", "@", "￭￭", "_j_"] {
            let joiner = Joiner::new(mark).expect("a mark");
            for text in ["@@@ a@@b @", "￭a￭￭", "__j_j_", "a-b"] {
                let line = joined(&joiner, Unit::Word, text.as_bytes());
                assert_eq!(back(&joiner, &line), text.as_bytes(), "{mark} {text:?}");
            }
        }
        for mark in ["", " ", "a b", "％", "😀", "F"] {
            assert!(Joiner::new(mark).is_err(), "{mark:?}");
        }
    }

    #[test]
    fn any_line_is_read() {
        let cases = [
            ("￭", ""),
            ("a ￭ b", "ab"),
            ("％00", "％00"),
            ("％D800 ％", "％D800 ％"),
            ("a  b", "a  b"),
            ("％00e9", "é"),
        ];
        for (line, want) in cases {
            assert_eq!(back(&joiner(), line.as_bytes()), want.as_bytes(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn the_text_comes_back(text in "([a-z ,.￭％@\u{200C}\u{A0}\t\r\n😀ب]|\\PC){0,40}", unit in 0..7_usize, mark in "[￭@](@|x)?") {
            let joiner = Joiner::new(&mark).expect("a mark");
            let line = joined(&joiner, Unit::ALL[unit], text.as_bytes());
            prop_assert_eq!(back(&joiner, &line), text.as_bytes());
            prop_assert!(!line.contains(&b'\n') && !line.contains(&b'\t'));
        }

        #[test]
        fn any_bytes_come_back(text in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b' '), Just(0xEF), Just(0xBC), Just(0x85)], 0..40)) {
            let line = joined(&joiner(), Unit::Word, &text);
            prop_assert_eq!(back(&joiner(), &line), text);
        }
    }
}
