//! What stays whole though word boundaries run through it: sources of spans, merged by their places.

use std::cmp::Reverse;
use std::ops::Range;

use language::Language;
use language::spans::{self, SpanKind};
use rewrite::protect::{self, Kind};
use unicode::space::is_white_space;

/// Finds spans that are one token each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// Dates in words are one token too, spaces and all.
    pub has_worded_dates: bool,
}

/// Room for the work on one text after the other.
#[derive(Debug, Default)]
pub struct Places {
    protected: Vec<protect::Span>,
    of_language: Vec<spans::Span>,
    ranges: Vec<Range<usize>>,
}

impl Whole {
    /// The spans of a text in a language: ascending, disjoint and not empty. Where spans of several sources
    /// overlap, the one that begins first stays, of those the longest, of those the one of the first source.
    ///
    /// The sources are addresses, file names, mentions and tags ([`protect`]); and numbers, dates, times
    /// and initials ([`spans`]).
    pub fn find<'p>(
        &self,
        language: &'static Language,
        text: &[u8],
        places: &'p mut Places,
    ) -> &'p [Range<usize>] {
        let Places { protected, of_language, ranges } = places;
        ranges.clear();
        protect::find(text, protected);
        // A code is a word or is not, by the rules of words.
        ranges.extend(protected.iter().filter(|span| span.kind != Kind::Code).map(|span| span.range.clone()));
        spans::find(language, text, of_language);
        let of_language = of_language.iter().filter(|span| self.takes(text, span));
        ranges.extend(of_language.map(|span| span.range.start..spans::end_with_suffix(text, span.range.end)));
        keep_leftmost_longest(ranges);
        ranges
    }

    fn takes(&self, text: &[u8], span: &spans::Span) -> bool {
        match span.kind {
            SpanKind::Date => self.has_worded_dates || !has_space(&text[span.range.clone()]),
            SpanKind::Time => true,
            // Part of a longer word, which word boundaries do not run through.
            SpanKind::Number | SpanKind::Initials => !spans::is_inside_word(text, &span.range),
        }
    }
}

/// Whether a span, which is well-formed, holds white space.
fn has_space(span: &[u8]) -> bool {
    std::str::from_utf8(span).is_ok_and(|span| span.contains(is_white_space))
}

/// Leaves out what overlaps with a span that comes before it.
fn keep_leftmost_longest(ranges: &mut Vec<Range<usize>>) {
    // A stable sort: of equal spans the first source's.
    ranges.sort_by_key(|range| (range.start, Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let is_free = range.start >= end;
        end = if is_free { range.end } else { end };
        is_free
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Persian text with its spans in brackets.
    fn marked(has_worded_dates: bool, text: &str) -> String {
        let language = Language::for_code("fa").expect("it has a folder");
        let (mut out, mut from, mut places) = (String::new(), 0, Places::default());
        let whole = Whole { has_worded_dates };
        for range in whole.find(language, text.as_bytes(), &mut places) {
            out += &format!("{}[{}]", &text[from..range.start], &text[range.clone()]);
            from = range.end;
        }
        out + &text[from..]
    }

    #[test]
    fn spans_of_all_sources_are_merged() {
        let cases = [
            ("نشانی https://a.ir/1403/06/23 و a@b.ir", "نشانی [https://a.ir/1403/06/23] و [a@b.ir]"),
            ("@user #تگ_۱ /etc/x گزارش-1403-06-23.pdf", "[@user] [#تگ_۱] [/etc/x] [گزارش-1403-06-23.pdf]"),
            ("۱۴۰۳/۰۶/۲۳ ۱۸:۰۱ ۱٬۵۰۰ س.ن", "[۱۴۰۳/۰۶/۲۳] [۱۸:۰۱] [۱٬۵۰۰] [س.ن]"),
            // What word boundaries hold together stays so; a date and a time are cut out.
            ("۱۴۰۳/۰۶/۲۳\u{200C}ام ۱۸:۰۱\u{301}", "[۱۴۰۳/۰۶/۲۳\u{200C}ام] [۱۸:۰۱\u{301}]"),
            ("v1.5 ۱٬۵۰۰نفر COVID-19 ۱۸:۰۱به", "v1.5 ۱٬۵۰۰نفر COVID-19 [۱۸:۰۱]به"),
        ];
        for (text, want) in cases {
            assert_eq!(marked(false, text), want);
        }
        assert_eq!(marked(false, "جمعه ۲ آذر ۱۴۰۳"), "جمعه ۲ آذر ۱۴۰۳");
        assert_eq!(marked(true, "جمعه ۲ آذر ۱۴۰۳ ساعت ۸:۰۰"), "[جمعه ۲ آذر ۱۴۰۳] ساعت [۸:۰۰]");
    }

    #[test]
    fn the_leftmost_then_the_longest_stays() {
        let mut ranges = vec![4..9, 0..3, 2..20, 4..6, 0..5, 9..10];
        keep_leftmost_longest(&mut ranges);
        assert_eq!(ranges, [0..5, 9..10]);
    }
}
