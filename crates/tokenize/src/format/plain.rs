//! Tokens and nothing else: on one line, or one a line.

use memchr::memchr2;

use super::Writer;
use crate::token::Token;

/// Tokens with a space between.
pub struct Spaced<'w> {
    out: &'w mut Vec<u8>,
    is_first: bool,
}

impl<'w> Spaced<'w> {
    /// Appends to `out`.
    pub fn new(out: &'w mut Vec<u8>) -> Self {
        Spaced { out, is_first: true }
    }
}

impl Writer for Spaced<'_> {
    fn token(&mut self, token: &Token<'_>) {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(b' ');
        }
        write_on_one_line(token.form, self.out);
    }

    fn finish(self) {}
}

/// A token a line.
pub struct Lines<'w> {
    out: &'w mut Vec<u8>,
    line_end: u8,
}

impl<'w> Lines<'w> {
    /// Appends to `out`.
    pub fn new(line_end: u8, out: &'w mut Vec<u8>) -> Self {
        Lines { out, line_end }
    }
}

impl Writer for Lines<'_> {
    fn token(&mut self, token: &Token<'_>) {
        write_on_one_line(token.form, self.out);
        self.out.push(self.line_end);
    }

    fn finish(self) {}
}

/// A token a line, and an empty line after each sentence and each record.
pub struct Vertical<'w> {
    lines: Lines<'w>,
    is_empty: bool,
}

impl<'w> Vertical<'w> {
    /// Appends to `out`.
    pub fn new(line_end: u8, out: &'w mut Vec<u8>) -> Self {
        Vertical { lines: Lines::new(line_end, out), is_empty: true }
    }
}

impl Writer for Vertical<'_> {
    fn token(&mut self, token: &Token<'_>) {
        self.is_empty = false;
        self.lines.token(token);
    }

    fn has_sentences(&self) -> bool {
        true
    }

    fn sentence_end(&mut self, _next: usize) {
        if !std::mem::replace(&mut self.is_empty, true) {
            self.lines.out.push(self.lines.line_end);
        }
    }

    fn finish(mut self) {
        self.sentence_end(0);
    }
}

/// Each line end inside a token becomes one space: a token never breaks the output's lines.
pub fn write_on_one_line(token: &[u8], out: &mut Vec<u8>) {
    let mut rest = token;
    while let Some(at) = memchr2(b'\n', b'\r', rest) {
        out.extend_from_slice(&rest[..at]);
        out.push(b' ');
        let is_pair = rest[at..].starts_with(b"\r\n");
        rest = &rest[at + 1 + usize::from(is_pair)..];
    }
    out.extend_from_slice(rest);
}
