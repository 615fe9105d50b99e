//! From a text to its tokens, by one of the ways there are.

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;
use regex_automata::meta::Regex;
use subword::Model;
use textcore::Record;
use unicode::Unit;
use unicode::space::trim;

use crate::dictionary::Dictionary;
use crate::protect::{Protector, Spans};
use crate::scheme::{self, Scheme};
use crate::token::Token;
use crate::tongue::Tongue;

/// ZERO WIDTH NON-JOINER in UTF-8.
const ZWNJ: &[u8] = "\u{200C}".as_bytes();

/// What a token is.
#[derive(Debug, Clone)]
pub enum Segmenter {
    /// A unit by the rules of Unicode alone.
    Unit(Unit),
    /// A word, but more stays whole, or less.
    Words(Words),
    /// What a pattern matches; empty matches are nothing.
    Pattern(Box<Regex>),
    /// A piece of a word, by a model.
    Model(Pieces),
    /// A word of a scheme of machine translation.
    Scheme(Arc<Scheme>),
}

/// Pieces by a model.
#[derive(Debug, Clone)]
pub struct Pieces {
    /// The model.
    pub model: Arc<Model>,
    /// A piece is written as its number in the vocabulary.
    pub as_ids: bool,
    /// The model puts tokens of its own around a text.
    pub has_special: bool,
}

/// Words that know more than the rules of Unicode.
#[derive(Debug, Clone)]
pub struct Words {
    /// The language of the text.
    pub tongue: Tongue,
    /// What stays whole.
    pub protector: Option<Protector>,
    /// Words of scripts without spaces.
    pub dictionary: Dictionary,
    /// Words end at ZWNJ, which is no token's.
    pub splits_zwnj: bool,
}

/// Room for the work on one text after the other.
#[derive(Debug, Default)]
pub struct Scratch {
    spans: Spans,
    model: subword::Scratch,
    scheme: scheme::Scratch,
    form: Vec<u8>,
}

impl Segmenter {
    /// Gives every token of a record to a function, in order.
    pub fn for_each(&self, scratch: &mut Scratch, record: &Record<'_>, receive: &mut dyn FnMut(Token<'_>)) {
        let text = record.text;
        match self {
            Segmenter::Unit(Unit::Byte) => text.iter().enumerate().for_each(|(at, &byte)| {
                receive(Token { form: &hexadecimal(byte), ..Token::at(text, at..at + 1) });
            }),
            Segmenter::Unit(unit) => unit.for_each(text, |part| receive(Token::part(text, part))),
            Segmenter::Words(words) => words.for_each(scratch, record, receive),
            Segmenter::Pattern(pattern) => pattern
                .find_iter(text)
                .filter(|found| !found.is_empty())
                .for_each(|found| receive(Token::at(text, found.range()))),
            Segmenter::Model(pieces) => pieces.for_each(&mut scratch.model, text, receive),
            Segmenter::Scheme(scheme) => {
                let form = &mut scratch.form;
                scheme.for_each(&mut scratch.scheme, text, |token| {
                    form.clear();
                    token.write(form);
                    receive(Token { form, ..Token::at(text, token.range) });
                });
            }
        }
    }

    /// Whether tokens are what stands in the text, and not what a scheme or a model writes.
    pub fn is_of_text(&self) -> bool {
        !matches!(self, Segmenter::Scheme(_) | Segmenter::Model(_))
    }

    /// Whether it was asked to keep spaces inside tokens.
    pub fn has_spaces_within(&self) -> bool {
        let Segmenter::Words(Words { protector: Some(protector), .. }) = self else { return false };
        protector.has_worded_dates || protector.terms.as_ref().is_some_and(|terms| terms.has_spaces())
    }

    /// How many tokens [`Segmenter::for_each`] would give, without looking at each where that can be.
    pub fn count(&self, scratch: &mut Scratch, record: &Record<'_>) -> u64 {
        match self {
            Segmenter::Unit(unit) => unit.count(record.text),
            Segmenter::Model(pieces) => pieces.model.count(&mut scratch.model, record.text),
            Segmenter::Words(Words { protector: None, splits_zwnj: false, dictionary, .. }) => {
                dictionary.count_tokens(record.text)
            }
            Segmenter::Scheme(scheme) => {
                let mut count = 0;
                scheme.for_each(&mut scratch.scheme, record.text, |_| count += 1);
                count
            }
            _ => {
                let mut count = 0;
                self.for_each(scratch, record, &mut |_| count += 1);
                count
            }
        }
    }
}

impl Words {
    fn for_each(&self, scratch: &mut Scratch, record: &Record<'_>, receive: &mut dyn FnMut(Token<'_>)) {
        let text = record.text;
        let mut from = 0;
        if let Some(protector) = &self.protector {
            protector.for_each(self.tongue.of(record), text, &mut scratch.spans, |span| {
                self.between(text, from..span.range.start, receive);
                from = span.range.end;
                receive(Token { class: Some(span.class), ..Token::at(text, span.range) });
            });
        }
        self.between(text, from..text.len(), receive);
    }

    /// The words of a stretch where nothing stays whole.
    fn between(&self, text: &[u8], stretch: Range<usize>, receive: &mut dyn FnMut(Token<'_>)) {
        let stretch = &text[stretch];
        let splits = self.splits_zwnj && memmem::find(stretch, ZWNJ).is_some();
        self.dictionary.for_each_token(stretch, |word| {
            if splits {
                return for_each_part(word, |part| receive(Token::part(text, part)));
            }
            receive(Token::part(text, word));
        });
    }
}

impl Pieces {
    fn for_each(&self, scratch: &mut subword::Scratch, text: &[u8], receive: &mut dyn FnMut(Token<'_>)) {
        let mut digits = itoa::Buffer::new();
        let is_byte_level = self.model.is_byte_level();
        self.model.encode(scratch, text, |piece| {
            let written = self.model.vocabulary_form(piece.id).unwrap_or_default();
            let form = if self.as_ids { digits.format(piece.id).as_bytes() } else { written };
            let is_of_bytes = is_byte_level || written.starts_with(BYTE_PIECE) || piece.range.is_empty();
            let place = if is_of_bytes { piece.range } else { whole_characters(text, piece.range) };
            receive(Token { form, id: Some(piece.id), ..Token::at(text, place) });
        });
    }
}

/// How the name of a piece begins that stands for one byte of a character that the vocabulary lacks: `<0xE1>`.
const BYTE_PIECE: &[u8] = b"<0x";

/// A place with all of the characters that it begins and ends in: where a normalizer takes marks away, a piece stands for a
/// part of a character and reads as a letter.
fn whole_characters(text: &[u8], place: Range<usize>) -> Range<usize> {
    let is_inside = |at: usize| text.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
    let start = (place.start.saturating_sub(3)..=place.start).rev().find(|&at| !is_inside(at));
    let end = (place.end..=place.end + 3).find(|&at| !is_inside(at));
    start.unwrap_or(place.start)..end.unwrap_or(place.end)
}

/// A byte as two digits.
fn hexadecimal(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

/// The parts of a word between ZWNJ.
fn for_each_part<'w>(word: &'w [u8], mut receive: impl FnMut(&'w [u8])) {
    let mut rest = word;
    while !rest.is_empty() {
        let end = memmem::find(rest, ZWNJ).unwrap_or(rest.len());
        // To a space, too, a ZWNJ is joined by the rules of words.
        if !trim(&rest[..end]).is_empty() {
            receive(&rest[..end]);
        }
        rest = rest.get(end + ZWNJ.len()..).unwrap_or_default();
    }
}
