//! A token: how it is written, and which stretch of the text it stands for.

use std::ops::Range;

use crate::class::Class;

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// What stands in the text.
    pub text: &'t [u8],
    /// How it is written: the same, unless a scheme, a model or a flag says otherwise.
    pub form: &'t [u8],
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends. Tokens come in order; only pieces of one character may share bytes.
    pub end: usize,
    /// What it is, if that is known already.
    pub class: Option<Class>,
    /// Its number in the vocabulary of a model.
    pub id: Option<u32>,
}

impl<'t> Token<'t> {
    /// What stands at a place in the text.
    pub fn at(text: &'t [u8], place: Range<usize>) -> Self {
        let part = &text[place.clone()];
        Token { text: part, form: part, start: place.start, end: place.end, class: None, id: None }
    }

    /// A part of a text, which must be a slice of it.
    pub fn part(text: &'t [u8], part: &'t [u8]) -> Self {
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        Token { text: part, form: part, start, end: start + part.len(), class: None, id: None }
    }

    /// What it is, by what stands in the text.
    pub fn class(&self) -> Class {
        self.class.unwrap_or_else(|| Class::of(self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_knows_its_place() {
        let text = b"one two";
        let token = Token::part(text, &text[4..]);
        assert_eq!((token.form, token.start, token.end), (&b"two"[..], 4, 7));
        assert_eq!(token, Token::at(text, 4..7));
    }
}
