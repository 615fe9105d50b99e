//! Finds the spans of a text that the quick check (UAX #15, section 9) cannot vouch for.

use std::ops::Range;

use super::Form;
use super::rewrite::Rewriter;
use crate::beginning;
use crate::sieve::{self, Sieve};
use crate::tables::form::{CLASSES, FORM, NFC_SIEVE, NFD_SIEVE, NFKC_SIEVE, NFKD_SIEVE};
use crate::utf8;

/// What the tables say of one character under one rule.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    /// Canonical combining class.
    pub(super) combining: u8,
    /// No rule reaches across the place before the character.
    pub(super) cut: bool,
    /// Quick_Check is Yes.
    pub(super) sure: bool,
}

/// A form, or what else spans are looked for by.
pub(super) trait Rule: Copy {
    /// Characters that are no cut, not sure, or not of combining class 0.
    fn sieve(self) -> &'static Sieve;

    /// Whether such first two bytes begin no character of the sieve, by a test without branches: where many do.
    #[inline(always)]
    fn is_innocent(self, _byte: u8, _next: u8) -> bool {
        false
    }

    /// The facts of the character at `at`, whose entry in `CLASSES` is given.
    fn facts(self, class: u16, text: &[u8], at: usize) -> Facts;
}

impl Rule for Form {
    fn sieve(self) -> &'static Sieve {
        match self {
            Form::Nfc => &NFC_SIEVE,
            Form::Nfd => &NFD_SIEVE,
            Form::Nfkc => &NFKC_SIEVE,
            Form::Nfkd => &NFKD_SIEVE,
        }
    }

    #[inline(always)]
    fn is_innocent(self, byte: u8, next: u8) -> bool {
        (self == Form::Nfc) & beginning::is_plain(byte, next)
    }

    #[inline(always)]
    fn facts(self, class: u16, _text: &[u8], _at: usize) -> Facts {
        let number = self as u32;
        let cut = class >> (8 + number) & 1 == 0;
        let sure = class >> (12 + number) & 1 == 0;
        Facts { combining: class as u8, cut, sure }
    }
}

/// The characters that a span can begin with, or whose predecessor it can begin with: a text without any of them has no span.
pub(super) fn guilty_characters<R: Rule>(rule: R) -> Vec<char> {
    let mut guilty = Vec::new();
    for character in sieve::ranges(rule.sieve()).flatten().filter_map(char::from_u32) {
        let class = CLASSES[usize::from(FORM.of(character))];
        // Most suspects are innocent whatever the rule.
        if class == 0 {
            continue;
        }
        let mut buffer = [0; 4];
        let text = character.encode_utf8(&mut buffer).as_bytes();
        let Facts { cut, sure, .. } = rule.facts(class, text, 0);
        if !cut || !sure {
            guilty.push(character);
        }
    }
    guilty
}

/// Iterator over the spans that may change, in order. Each can be normalized by itself: nothing composes
/// with, or moves across, what lies outside.
pub(super) struct Spans<'t, R> {
    text: &'t [u8],
    sieve: &'static Sieve,
    rule: R,
    at: usize,
}

impl<'t, R: Rule> Spans<'t, R> {
    pub(super) fn new(rule: R, text: &'t [u8]) -> Self {
        Spans { text, sieve: rule.sieve(), rule, at: 0 }
    }

    /// Where the first span that a rewriter changes begins.
    pub(super) fn first_change(mut self, rewriter: &mut Rewriter) -> Option<usize> {
        let (text, mut rewritten) = (self.text, Vec::new());
        self.find(|span| rewriter.changes(&text[span.clone()], &mut rewritten)).map(|span| span.start)
    }

    /// Call `change` with each span that a rewriter changes and its new bytes.
    pub(super) fn for_each_change(
        self,
        rewriter: &mut Rewriter,
        mut change: impl FnMut(Range<usize>, &[u8]),
    ) {
        let (text, mut rewritten) = (self.text, Vec::new());
        for span in self {
            if rewriter.changes(&text[span.clone()], &mut rewritten) {
                change(span, &rewritten);
            }
        }
    }

    /// Append the text with its spans rewritten.
    pub(super) fn normalize_into(self, rewriter: &mut Rewriter, out: &mut Vec<u8>) {
        let (text, mut copied) = (self.text, 0);
        for Range { start, end } in self {
            out.extend_from_slice(&text[copied..start]);
            rewriter.rewrite(&text[start..end], out);
            copied = end;
        }
        out.extend_from_slice(&text[copied..]);
    }

    #[inline(always)]
    fn facts(&self, at: usize) -> (Facts, usize) {
        let (class, length) = FORM.at(self.text, at);
        (self.rule.facts(CLASSES[usize::from(class)], self.text, at), length)
    }

    /// The first character from `from` on that is no cut or not sure.
    #[inline]
    fn guilty(&self, from: usize) -> Option<(usize, Facts, usize)> {
        let mut at = from;
        loop {
            at =
                sieve::find_beyond(self.sieve, self.text, at, |byte, next| self.rule.is_innocent(byte, next));
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

impl<R: Rule> Iterator for Spans<'_, R> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comparisons_tell_is_true() {
        for character in '\u{80}'..=char::MAX {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes);
            let is_suspect = sieve::is_suspect(&NFC_SIEVE, &bytes, 0);
            assert!(!is_suspect || !Form::Nfc.is_innocent(bytes[0], bytes[1]), "{character:?}");
        }
    }
}
