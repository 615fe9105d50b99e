//! Spans that belong together though they are no words: numbers with separators, dates, times and initials.

mod initials;
mod number;

use std::ops::Range;
use std::sync::LazyLock;

use unicode::Category;
use unicode::sieve::{self, Sieve};

use crate::around;
use crate::dates::Dates;
use crate::language::Language;
use crate::numeral;

/// What a span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpanKind {
    /// Runs of digits of any script with one separator between each two. `.`, `,`, U+066B ARABIC DECIMAL SEPARATOR
    /// and U+066C ARABIC THOUSANDS SEPARATOR join any digits; `،`, apostrophes, no-break and thin spaces only a
    /// group of three. A run of digits alone is no span; signs, percent signs and ranges are no part of one.
    Number,
    /// What [`Dates`] finds: `۱۴۰۳/۰۶/۲۳`, `جمعه ۲ آذر ۱۴۰۳`.
    Date,
    /// Hours and minutes, and perhaps seconds, with colons: `۱۸:۰۱`, `8:30:05`.
    Time,
    /// Two single letters or more with dots between, and the dot behind: `س.ن`, `ه.ق.`, `J.R.R.`
    Initials,
}

/// A stretch of text that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// In bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SpanKind,
}

/// Puts the spans of a text in a language into `spans`, in place of what is there: ascending, disjoint and not empty.
///
/// Linear in the length of the text, whatever its bytes; nothing ill-formed lies in a span.
///
/// ```
/// use language::Language;
/// use language::spans::{self, SpanKind};
///
/// let mut spans = Vec::new();
/// let persian = Language::for_code("fa").expect("it has a folder");
/// let text = "ساعت ۱۸:۰۱ س.ن ۱۲٬۵۰۰ تومان";
/// spans::find(persian, text.as_bytes(), &mut spans);
/// let found: Vec<_> = spans.iter().map(|span| (&text[span.range.clone()], span.kind)).collect();
/// assert_eq!(found, [("۱۸:۰۱", SpanKind::Time), ("س.ن", SpanKind::Initials), ("۱۲٬۵۰۰", SpanKind::Number)]);
/// ```
pub fn find(language: &'static Language, text: &[u8], spans: &mut Vec<Span>) {
    find_by(Dates::of(language).unwrap_or(Dates::neutral()), text, spans);
}

/// As [`find`], for dates that are written in a known way in a text of which the language may not be known.
///
/// ```
/// use language::dates::Dates;
/// use language::spans::{self, SpanKind};
///
/// let mut spans = Vec::new();
/// spans::find_by(Dates::in_digits(), "۱۴۰۳/۰۶/۲۳".as_bytes(), &mut spans);
/// assert_eq!((spans.len(), spans[0].kind), (1, SpanKind::Date));
/// ```
pub fn find_by(dates: &Dates, text: &[u8], spans: &mut Vec<Span>) {
    spans.clear();
    let mut found = Vec::new();
    dates.find(text, &mut found);
    let mut dates =
        found.into_iter().map(|found| Span { range: found.range, kind: SpanKind::Date }).peekable();
    let mut from = 0;
    loop {
        let at = sieve::find(&SIEVE, text, from);
        // What touches a date gives way to it.
        while let Some(date) = dates.next_if(|date| date.range.start <= at) {
            from = from.max(date.range.end);
            spans.push(date);
        }
        if at >= text.len() {
            return;
        }
        if at < from {
            continue;
        }
        let (end, kind) = if text[at] == b'.' { initials::around(text, at) } else { number::at(text, at) };
        let limit = dates.peek().map_or(text.len(), |date| date.range.start);
        let free = spans.last().map_or(0, |last| last.range.end)..=limit;
        if let Some((start, kind)) = kind.filter(|&(start, _)| free.contains(&start) && free.contains(&end)) {
            spans.push(Span { range: start..end, kind });
        }
        from = end;
    }
}

/// Where the number ends that begins at a place, its separators inside: what [`SpanKind::Number`] says, or a run of
/// digits alone. `None` if no digit begins there.
///
/// ```
/// assert_eq!(language::spans::number_end(b"12,500.", 0), Some(6));
/// assert_eq!(language::spans::number_end(b"7 of", 0), Some(1));
/// ```
#[must_use]
pub fn number_end(text: &[u8], start: usize) -> Option<usize> {
    numeral::Numeral::at(text, start).map(|first| number::last_group(text, first).end)
}

/// Where the time of day ends that begins at a place, if one does: what [`SpanKind::Time`] says.
///
/// ```
/// assert_eq!(language::spans::time_end("۱۸:۰۱".as_bytes(), 0), Some(9));
/// assert_eq!(language::spans::time_end(b"25:00", 0), None);
/// ```
#[must_use]
pub fn time_end(text: &[u8], start: usize) -> Option<usize> {
    number::time(text, start, numeral::Numeral::at(text, start)?)
}

/// The initials of which the full stop at a place is the first one, if it is that: what [`SpanKind::Initials`] says.
///
/// # Panics
///
/// If the place lies beyond the text.
///
/// ```
/// assert_eq!(language::spans::initials_around(b"by J.R.R. T", 4), Some(3..9));
/// assert_eq!(language::spans::initials_around(b"by J.R.R. T", 6), None);
/// ```
#[must_use]
pub fn initials_around(text: &[u8], dot: usize) -> Option<Range<usize>> {
    let (end, found) = initials::around(text, dot);
    found.map(|(start, _)| start..end)
}

/// Whether a stretch of a text is part of a word that goes on beyond one of its ends, as `1.5` is in `v1.5` and in
/// `۱.۵ساله`: a letter, a mark, a digit, `_`, ZWNJ or ZWJ touches it.
///
/// # Panics
///
/// If the range does not lie within the text.
#[must_use]
pub fn is_inside_word(text: &[u8], range: &Range<usize>) -> bool {
    let touches =
        |neighbour: Option<(char, usize)>| neighbour.is_some_and(|(character, _)| around::is_word(character));
    touches(around::before(text, range.start)) || touches(around::after(text, range.end))
}

/// Where what hangs on a stretch ends, as the suffix of `۲۳‌ام` does: if a mark, ZWNJ or ZWJ follows it, behind that word's letters.
///
/// # Panics
///
/// If the place lies beyond the text.
///
/// ```
/// let text = "۱۸:۰۱\u{200C}ام. ۱۸:۰۱به";
/// assert_eq!(language::spans::end_with_suffix(text.as_bytes(), 9), 9 + 3 + 4);
/// assert_eq!(language::spans::end_with_suffix(text.as_bytes(), text.len() - 4), text.len() - 4);
/// ```
#[must_use]
pub fn end_with_suffix(text: &[u8], end: usize) -> usize {
    let hangs =
        |character: char| matches!(character, '\u{200C}' | '\u{200D}') || Category::of(character).is_mark(); // ZWNJ, ZWJ
    let mut place = end;
    while let Some((character, length)) = around::after(text, place) {
        let goes_on = if place == end { hangs(character) } else { around::is_word(character) };
        if !goes_on {
            break;
        }
        place += length;
    }
    place
}

/// Digits and the dot.
static SIEVE: LazyLock<Box<Sieve>> = LazyLock::new(|| {
    let mut sieve = Box::new(numeral::sieve());
    sieve::add(&mut sieve, '.');
    sieve
});
