//! What stays whole though word boundaries run through it: sources of spans, merged by their places.
//!
//! The sources, in the order of their rank:
//!
//! 1. the user's own patterns, then the user's own words ([`Patterns`], [`Terms`]);
//! 2. addresses, tags, paths ([`rewrite::protect`]);
//! 3. dates, times, initials ([`language::spans`]), and what hangs on them;
//! 4. numbers with sign, separators and unit; abbreviations; keycaps.
//!
//! Where spans overlap, the one that begins first stays, of those the longest, of those the one of the first rank.
//! A span is well-formed UTF-8 and lies within one line.

pub(crate) mod abbreviation;
mod date;
mod glance;
mod keycap;
mod kind;
pub(crate) mod list;
mod number;
mod pattern;
mod term;
mod unit;
mod window;

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use glance::Glance;
use language::Language;
use language::dates::Dates;
use language::spans::{self, SpanKind};
use memchr::{memchr, memchr_iter};
use rewrite::protect::{self, Kind as Address};
use unicode::space::is_white_space;

use crate::class::Class;

pub use abbreviation::OwnAbbreviations;
pub use kind::{Kind, KindSet};
pub use pattern::Patterns;
pub use term::Terms;

/// Finds spans that are one token each.
#[derive(Debug, Clone)]
pub struct Protector {
    /// What is looked for.
    pub kinds: KindSet,
    /// Dates in words are one token too, spaces and all, where the language is known.
    pub has_worded_dates: bool,
    /// The user's abbreviations, besides those of the language.
    pub abbreviations: Option<Arc<OwnAbbreviations>>,
    /// The user's words.
    pub terms: Option<Arc<Terms>>,
    /// The user's patterns.
    pub patterns: Option<Arc<Patterns>>,
    /// Only where the language is known; numbers then have their separators alone.
    pub is_of_language: bool,
}

/// A stretch of text that is one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protected {
    /// In bytes.
    pub range: Range<usize>,
    /// What it is.
    pub class: Class,
}

/// Room for the work on one text after the other.
#[derive(Debug, Default)]
pub struct Spans {
    addresses: Vec<protect::Span>,
    of_language: Vec<spans::Span>,
    found: Vec<Protected>,
    terms: term::Scratch,
    patterns: pattern::Scratch,
}

impl Protector {
    /// Keeps some kinds of spans whole, whether the language is known or not.
    pub fn new(kinds: KindSet) -> Self {
        Protector {
            kinds,
            has_worded_dates: false,
            abbreviations: None,
            terms: None,
            patterns: None,
            is_of_language: false,
        }
    }

    /// Keeps whole what a language holds together; nothing where the language is not known. These are addresses, tags and
    /// paths, numbers without sign and unit, dates, times and initials.
    pub fn of_language(has_worded_dates: bool) -> Self {
        Protector {
            has_worded_dates,
            is_of_language: true,
            ..Protector::new(KindSet::ALL.without(Kind::Emoji))
        }
    }

    /// What the user asked for, and nothing else; `None` if that is nothing.
    fn own(&self) -> Option<Self> {
        let has_own = self.abbreviations.is_some() || self.terms.is_some() || self.patterns.is_some();
        let abbreviations = self.abbreviations.iter().map(|_| Kind::Abbreviation);
        has_own.then(|| Protector { kinds: abbreviations.collect(), is_of_language: false, ..self.clone() })
    }

    /// Gives the spans of a text to a function: ascending, disjoint and not empty.
    ///
    /// Time is linear in the length of the text, but for patterns of the user, and memory bounded, whatever the text: a
    /// line of more than 32 KiB is looked at in parts, where no span that was found is divided. A span of
    /// more than 128 KiB is several.
    ///
    /// ```
    /// use tokenize::{Class, KindSet, Protector, Spans};
    ///
    /// let text = "مهدی، ۱۸:۰۱ به a@b.ir";
    /// let mut found = Vec::new();
    /// let protector = Protector::new(KindSet::ALL);
    /// protector.for_each(None, text.as_bytes(), &mut Spans::default(), |span| found.push((&text[span.range], span.class)));
    /// assert_eq!(found, [("۱۸:۰۱", Class::Time), ("a@b.ir", Class::Email)]);
    /// ```
    pub fn for_each(
        &self,
        language: Option<&'static Language>,
        text: &[u8],
        scratch: &mut Spans,
        mut receive: impl FnMut(Protected),
    ) {
        if self.is_of_language && language.is_none() {
            // What the user asked for is no matter of language.
            return self.own().map_or((), |own| own.for_each(None, text, scratch, receive));
        }
        let mut start = 0;
        while start < text.len() {
            let line_end = memchr(b'\n', &text[start..]).map_or(text.len(), |length| start + length);
            self.find_in_line(language, &text[start..line_end], scratch, |Protected { range, class }| {
                receive(Protected { range: start + range.start..start + range.end, class });
            });
            start = line_end + 1;
        }
    }

    fn find_in_line(
        &self,
        language: Option<&'static Language>,
        line: &[u8],
        scratch: &mut Spans,
        mut receive: impl FnMut(Protected),
    ) {
        let (mut start, mut length_max) = (0, window::LENGTH_MAX);
        while start < line.len() {
            let rest = &line[start..];
            let length = window::length(rest, length_max);
            let part = &rest[..length];
            self.find(language, part, Glance::at(part), scratch);
            let cut = window::cut(rest, length, &scratch.found);
            if cut == 0 {
                // One span fills the window.
                length_max *= 2;
                continue;
            }
            for Protected { range, class } in scratch.found.drain(..).filter(|span| span.range.end <= cut) {
                receive(Protected { range: start + range.start..start + range.end, class });
            }
            (start, length_max) = (start + cut, window::LENGTH_MAX);
        }
    }

    /// Finds the spans of a part of a line that may hold any, as a glance at it says.
    fn find(&self, language: Option<&'static Language>, text: &[u8], glance: Glance, scratch: &mut Spans) {
        let Spans { addresses, of_language, found, terms, patterns } = scratch;
        found.clear();
        let mut add = |range: Range<usize>, class| found.push(Protected { range, class });
        if let Some(own) = &self.patterns {
            own.find(text, patterns, |range| add(range, Class::Term));
        }
        if let Some(own) = &self.terms {
            own.find(text, terms, |range| add(range, Class::Term));
        }
        if glance.has_joint() && self.kinds.has_any(&Kind::ADDRESSES) {
            protect::find(text, addresses);
            for span in addresses.iter() {
                if let Some(class) = self.class_of_address(span.kind) {
                    add(span.range.clone(), class);
                }
            }
        }
        if glance.has_joint() || glance.has_digit() {
            self.find_of_language(language, text, of_language, &mut add);
        }
        if glance.has_dot()
            && self.kinds.has(Kind::Abbreviation)
            && (!self.is_of_language || self.abbreviations.is_some())
        {
            abbreviation::find(language, self.abbreviations.as_deref(), text, |range| {
                add(range, Class::Word);
            });
        }
        if glance.has_digit() && self.kinds.has(Kind::Emoji) {
            keycap::find(text, |range| add(range, Class::Emoji));
        }
        keep_leftmost_longest(found);
    }

    /// The class of an address that is looked for. A code is a word or is not, by the rules of words.
    fn class_of_address(&self, kind: Address) -> Option<Class> {
        let (kind, class) = match kind {
            Address::Url => (Kind::Url, Class::Url),
            Address::Email => (Kind::Email, Class::Email),
            Address::Mention => (Kind::Mention, Class::Mention),
            Address::Hashtag => (Kind::Hashtag, Class::Hashtag),
            Address::Path => (Kind::Path, Class::Path),
            Address::Code => return None,
        };
        if self.kinds.has(kind) { Some(class) } else { None }
    }

    /// Dates, times, initials and numbers.
    fn find_of_language(
        &self,
        language: Option<&'static Language>,
        text: &[u8],
        found: &mut Vec<spans::Span>,
        add: &mut impl FnMut(Range<usize>, Class),
    ) {
        let has_words = self.is_of_language || self.has_worded_dates;
        let dates =
            language.filter(|_| has_words).map(|language| Dates::of(language).unwrap_or(Dates::neutral()));
        found.clear();
        match dates {
            Some(dates) => self.find_beside_words(dates, text, found, add),
            None if self.kinds.has(Kind::Abbreviation) => {
                let initials = memchr_iter(b'.', text).filter_map(|dot| spans::initials_around(text, dot));
                for range in initials.filter(|range| !spans::is_inside_word(text, range)) {
                    add(range.start..spans::end_with_suffix(text, range.end), Class::Word);
                }
            }
            None => {}
        }
        let wanted = number::Wanted {
            numbers: self.kinds.has(Kind::Number),
            dates: self.kinds.has(Kind::Date) && !self.is_of_language,
            times: self.kinds.has(Kind::Time) && dates.is_none(),
            has_sign_and_unit: !self.is_of_language,
        };
        if wanted.numbers || wanted.dates || wanted.times {
            number::find(wanted, text, found, add);
        }
    }

    /// Dates, times and initials as a language has them.
    fn find_beside_words(
        &self,
        dates: &Dates,
        text: &[u8],
        found: &mut Vec<spans::Span>,
        add: &mut impl FnMut(Range<usize>, Class),
    ) {
        spans::find_by(dates, text, found);
        found.retain(|span| self.takes(text, span));
        for span in found.iter() {
            let end = spans::end_with_suffix(text, span.range.end);
            let (end, class) = match span.kind {
                SpanKind::Initials => (end, Class::Word),
                SpanKind::Number => (end, Class::Number),
                SpanKind::Date if self.is_of_language => (end, Class::Date),
                SpanKind::Date => (date::with_time(text, end), Class::Date),
                SpanKind::Time if self.is_of_language => (end, Class::Time),
                SpanKind::Time => (date::with_half(text, end), Class::Time),
            };
            add(span.range.start..end, class);
        }
    }

    /// Whether a span of the language is wanted. Numbers are found otherwise.
    fn takes(&self, text: &[u8], span: &spans::Span) -> bool {
        match span.kind {
            SpanKind::Date => {
                self.kinds.has(Kind::Date) && (self.has_worded_dates || !has_space(&text[span.range.clone()]))
            }
            SpanKind::Time => self.kinds.has(Kind::Time),
            SpanKind::Number => false,
            // Part of a longer word, which word boundaries do not run through.
            SpanKind::Initials => {
                self.kinds.has(Kind::Abbreviation) && !spans::is_inside_word(text, &span.range)
            }
        }
    }
}

/// Whether a span, which is well-formed, holds white space.
fn has_space(span: &[u8]) -> bool {
    std::str::from_utf8(span).is_ok_and(|span| span.contains(is_white_space))
}

/// Leaves out what overlaps with a span that comes before it.
fn keep_leftmost_longest(found: &mut Vec<Protected>) {
    let key = |span: &Protected| (span.range.start, Reverse(span.range.end));
    if !found.is_sorted_by_key(key) {
        // A stable sort: of equal spans the first source's.
        found.sort_by_key(key);
    }
    let mut end = 0;
    found.retain(|span| {
        let is_free = span.range.start >= end;
        end = if is_free { span.range.end } else { end };
        is_free
    });
}

#[cfg(test)]
mod tests;
