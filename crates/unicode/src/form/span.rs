//! Finds the spans of a text that the quick check (UAX #15, section 9) cannot vouch for.

use std::ops::Range;

use super::Form;
use crate::sieve::{self, Sieve};
use crate::tables::form::{CLASSES, FORM};
use crate::utf8;

/// What the tables say of one character under one form.
#[derive(Clone, Copy)]
struct Facts {
    /// Canonical combining class.
    combining: u8,
    /// No rule reaches across the place before the character.
    cut: bool,
    /// Quick_Check is Yes.
    sure: bool,
}

/// Iterator over the spans that may change, in order. Each can be normalized by itself: nothing composes
/// with, or moves across, what lies outside.
pub(super) struct Spans<'t> {
    text: &'t [u8],
    sieve: &'static Sieve,
    number: u32,
    at: usize,
}

impl<'t> Spans<'t> {
    pub(super) fn new(form: Form, text: &'t [u8]) -> Self {
        Spans { text, sieve: form.sieve(), number: form as u32, at: 0 }
    }

    #[inline(always)]
    fn facts(&self, at: usize) -> (Facts, usize) {
        let (class, length) = FORM.at(self.text, at);
        let class = CLASSES[usize::from(class)];
        let cut = class >> (8 + self.number) & 1 == 0;
        let sure = class >> (12 + self.number) & 1 == 0;
        (Facts { combining: class as u8, cut, sure }, length)
    }

    /// The first character from `from` on that is no cut or not sure.
    #[inline]
    fn guilty(&self, from: usize) -> Option<(usize, Facts, usize)> {
        let mut at = from;
        loop {
            at = sieve::find_beyond_ascii(self.sieve, self.text, at);
            // Where marks take three bytes the text is full of innocent suspects, one after the other.
            while at < self.text.len() && sieve::is_suspect(self.sieve, self.text, at) {
                let (facts, length) = self.facts(at);
                if !facts.cut || !facts.sure {
                    return Some((at, facts, length));
                }
                at += length;
            }
            if at == self.text.len() {
                return None;
            }
        }
    }

    /// Where the character before `at` begins if it may compose with what follows; else `at`.
    fn base_start(&self, at: usize) -> usize {
        if at == self.at {
            return at;
        }
        let start = utf8::previous(self.text, self.at, at);
        // Ill-formed bytes compose with nothing, and nor does U+FFFD itself.
        if utf8::decode(&self.text[start..]).0 == char::REPLACEMENT_CHARACTER { at } else { start }
    }

    /// Read on from a suspect to the next cut: where that is, and whether the quick check fails before it.
    #[inline]
    fn read(&self, suspect: usize, facts: Facts, length: usize) -> (usize, bool) {
        let (mut facts, mut end) = (facts, suspect + length);
        let (mut doubtful, mut before) = (false, 0);
        loop {
            doubtful |= !facts.sure || (facts.combining != 0 && facts.combining < before);
            before = facts.combining;
            if end == self.text.len() {
                return (end, doubtful);
            }
            let (next, length) = self.facts(end);
            if next.cut {
                return (end, doubtful);
            }
            facts = next;
            end += length;
        }
    }
}

impl Iterator for Spans<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        let mut from = self.at;
        loop {
            let (suspect, facts, length) = self.guilty(from)?;
            let start = if facts.cut { suspect } else { self.base_start(suspect) };
            let (end, doubtful) = self.read(suspect, facts, length);
            self.at = end;
            from = end;
            if doubtful {
                return Some(start..end);
            }
        }
    }
}
