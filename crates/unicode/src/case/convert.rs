//! Converts a text: copies what no rule touches, and maps the other characters one by one.

use std::ops::Range;

use super::plan::Plan;
use super::{Case, CaseLocale, Casing, context, greek};
use crate::sieve;
use crate::tables::case::{CASE, MAPPINGS, TEXT, TEXTS};
use crate::utf8;

/// One text, on its way through.
pub(super) struct Converter<'t> {
    text: &'t [u8],
    casing: Casing,
    plan: Plan,
    /// Where the last Greek letter that parts ended; see [`greek::Letter::parts`].
    parted: Option<usize>,
}

/// What became of one character, or of a letter with its marks.
struct Converted {
    /// Where it ends in the text.
    end: usize,
    is_changed: bool,
}

impl<'t> Converter<'t> {
    pub(super) fn new(casing: Casing, text: &'t [u8]) -> Self {
        Converter { text, casing, plan: Plan::of(casing), parted: None }
    }

    pub(super) fn convert_into(mut self, out: &mut Vec<u8>) {
        let mut at = 0;
        while at < self.text.len() {
            let next = self.plan.next_special(self.text, at);
            self.copy(at..next, out);
            at = self.convert_specials(next, out);
        }
    }

    /// The first span that changes at or after `from`, whose new bytes are left in `converted`. The next call
    /// goes on at its end.
    pub(super) fn next_change(&mut self, from: usize, converted: &mut Vec<u8>) -> Option<Range<usize>> {
        converted.clear();
        let mut from = from;
        loop {
            let start = sieve::find(self.plan.all, self.text, from);
            let (mut at, mut innocent) = (start, None);
            while at < self.text.len() && sieve::is_suspect(self.plan.all, self.text, at) {
                let (before, parted) = (converted.len(), self.parted);
                let Converted { end, is_changed } = self.convert(at, converted);
                if !is_changed {
                    converted.truncate(before);
                    // It is converted again if the next call begins here.
                    if at > start {
                        self.parted = parted;
                    }
                    innocent = Some(end);
                    break;
                }
                at = end;
            }
            if at > start {
                return Some(start..at);
            }
            from = innocent?;
        }
    }

    /// Convert from `from` on as long as most characters are special; the end of what was converted.
    #[inline]
    fn convert_specials(&mut self, from: usize, out: &mut Vec<u8>) -> usize {
        let mut at = from;
        while at < self.text.len() {
            if sieve::is_suspect(self.plan.special, self.text, at) {
                at = self.convert(at, out).end;
            } else if self.text[at].is_ascii() && self.text.get(at + 1).is_some_and(|next| !next.is_ascii()) {
                // A space between two words of a script with case.
                out.push(self.ascii(self.text[at]));
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// Append what holds no special character.
    #[inline]
    fn copy(&self, range: Range<usize>, out: &mut Vec<u8>) {
        let bytes = self.text[range].iter();
        match self.casing.case {
            Case::Lower | Case::Fold => out.extend(bytes.map(u8::to_ascii_lowercase)),
            Case::Upper => out.extend(bytes.map(u8::to_ascii_uppercase)),
        }
    }

    /// Append the character at `at`, and those that go with it, converted.
    #[inline]
    fn convert(&mut self, at: usize, out: &mut Vec<u8>) -> Converted {
        let first = self.text[at];
        if first.is_ascii() && self.plan.special[usize::from(first)] == 0 {
            let new = self.ascii(first);
            out.push(new);
            return Converted { end: at + 1, is_changed: new != first };
        }
        let (character, length) = utf8::decode(&self.text[at..]);
        let end = at + length;
        if self.is_greek_upper() && greek::is_letter(character) {
            return self.convert_greek(at, out);
        }
        if let Some(text) = self.exception(character, at, end) {
            out.extend_from_slice(text.as_bytes());
            return Converted { end, is_changed: true };
        }
        let difference = MAPPINGS[usize::from(CASE.of(character))][self.casing.case as usize];
        match difference {
            0 => out.extend_from_slice(&self.text[at..end]),
            TEXT => out.extend_from_slice(text_of(character, self.casing.case).as_bytes()),
            _ => push(u32::from(character).wrapping_add_signed(difference), out),
        }
        Converted { end, is_changed: difference != 0 }
    }

    fn convert_greek(&mut self, at: usize, out: &mut Vec<u8>) -> Converted {
        let before = out.len();
        let letter = greek::upper(self.text, at, self.parted == Some(at), out);
        self.parted = letter.parts.then_some(letter.end);
        Converted { end: letter.end, is_changed: out[before..] != self.text[at..letter.end] }
    }

    /// The mappings of SpecialCasing.txt and CaseFolding.txt that ask for a context or a locale.
    #[inline]
    fn exception(&self, character: char, at: usize, end: usize) -> Option<&'static str> {
        match (self.casing.case, self.casing.locale) {
            (Case::Lower, _) if character == 'Σ' => {
                context::is_final_sigma(self.text, at, end).then_some("ς")
            }
            (Case::Lower, CaseLocale::Turkic) => self.lower_turkic(character, at, end),
            (Case::Lower, CaseLocale::Lithuanian) => self.lower_lithuanian(character, end),
            (Case::Upper, CaseLocale::Turkic) => (character == 'i').then_some("İ"),
            (Case::Upper, CaseLocale::Lithuanian) => {
                (character == '\u{307}' && context::is_after_soft_dotted(self.text, at)).then_some("")
            }
            (Case::Fold, CaseLocale::Turkic) => match character {
                'I' => Some("ı"),
                'İ' => Some("i"),
                _ => None,
            },
            _ => None,
        }
    }

    fn lower_turkic(&self, character: char, at: usize, end: usize) -> Option<&'static str> {
        match character {
            'İ' => Some("i"),
            'I' if context::is_before_dot(self.text, end) => Some("i"),
            'I' => Some("ı"),
            '\u{307}' if context::is_after_i(self.text, at) => Some(""), // COMBINING DOT ABOVE
            _ => None,
        }
    }

    /// A dot stays to be seen below an accent.
    fn lower_lithuanian(&self, character: char, end: usize) -> Option<&'static str> {
        match character {
            'Ì' => Some("i\u{307}\u{300}"),
            'Í' => Some("i\u{307}\u{301}"),
            'Ĩ' => Some("i\u{307}\u{303}"),
            'I' if context::is_more_above(self.text, end) => Some("i\u{307}"),
            'J' if context::is_more_above(self.text, end) => Some("j\u{307}"),
            'Į' if context::is_more_above(self.text, end) => Some("į\u{307}"),
            _ => None,
        }
    }

    #[inline(always)]
    fn ascii(&self, byte: u8) -> u8 {
        match self.casing.case {
            Case::Lower | Case::Fold => byte.to_ascii_lowercase(),
            Case::Upper => byte.to_ascii_uppercase(),
        }
    }

    fn is_greek_upper(&self) -> bool {
        self.casing.case == Case::Upper && self.casing.locale == CaseLocale::Greek
    }
}

#[inline]
fn push(code: u32, out: &mut Vec<u8>) {
    if (0x80..0x800).contains(&code) {
        out.extend_from_slice(&[0xC0 | (code >> 6) as u8, 0x80 | (code & 0x3F) as u8]);
        return;
    }
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// A mapping to more than one character.
fn text_of(character: char, case: Case) -> &'static str {
    let row = TEXTS.binary_search_by_key(&u32::from(character), |&(code, _)| code);
    row.map_or("\u{FFFD}", |row| TEXTS[row].1[case as usize])
}
