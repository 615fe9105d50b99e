//! Numbers with all that is written without a space: sign, currency, separators, exponent, per cent, unit; and what else begins
//! with a digit, in one pass: dates and times.

use std::ops::Range;
use std::sync::LazyLock;

use language::dates::Dates;
use language::spans;
use unicode::category::is_word_character;
use unicode::sieve::{self, Sieve};
use unicode::space::is_white_space;
use unicode::{Category, DigitSet, utf8};

use super::{date, unit};
use crate::class::Class;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Numbers.
    pub(super) numbers: bool,
    /// Dates in numbers alone, and with the signs of East Asia.
    pub(super) dates: bool,
    /// Times of day.
    pub(super) times: bool,
    /// Numbers with their sign, currency, exponent, per cent and unit; else with their separators alone.
    pub(super) has_sign_and_unit: bool,
}

impl Wanted {
    /// The date in numbers or the time of day that begins at a place.
    fn date_or_time(self, text: &[u8], start: usize) -> Option<(Range<usize>, Class)> {
        let with_suffix = |end| spans::end_with_suffix(text, end);
        if self.dates
            && let Some(found) = Dates::in_digits().numeric_at(text, start)
        {
            return Some((start..date::with_time(text, with_suffix(found.range.end)), Class::Date));
        }
        if !self.times {
            return None;
        }
        let end = spans::time_end(text, start)?;
        Some((start..date::with_half(text, with_suffix(end)), Class::Time))
    }
}

/// Gives each number to a function that is more than a run of digits, and each date and time. Not looked at is what
/// lies in the spans that were found, which ascend.
///
/// What touches a letter, a mark, `_`, ZWNJ or ZWJ is part of a word and no number, unless those are a unit.
pub(super) fn find(
    wanted: Wanted,
    text: &[u8],
    found: &[spans::Span],
    receive: &mut impl FnMut(Range<usize>, Class),
) {
    let mut found = found.iter().map(|span| &span.range).peekable();
    let (mut floor, mut from) = (0, 0);
    loop {
        let start = sieve::find(&DIGITS, text, from);
        while let Some(range) = found.next_if(|range| range.start <= start) {
            floor = floor.max(range.end);
        }
        if start >= text.len() {
            return;
        }
        if start < floor {
            from = floor;
            continue;
        }
        let Some(end) = spans::number_end(text, start) else {
            from = start + 1;
            continue;
        };
        let limit = found.peek().map_or(text.len(), |range| range.start);
        if let Some((range, class)) = wanted.date_or_time(text, start).filter(|(range, _)| range.end <= limit)
        {
            (from, floor) = (range.end, range.end);
            receive(range, class);
            continue;
        }
        let number = Number { text, floor, start, end };
        from = end;
        let whole = if end > limit { None } else { number.whole(wanted) };
        if let Some((range, class)) = whole.filter(|(range, _)| range.end <= limit) {
            (from, floor) = (range.end, range.end);
            receive(range, class);
        }
    }
}

/// Digits with separators, and where they stand.
#[derive(Clone, Copy)]
struct Number<'t> {
    text: &'t [u8],
    /// Before it everything is part of something else.
    floor: usize,
    start: usize,
    end: usize,
}

impl Number<'_> {
    fn whole(self, wanted: Wanted) -> Option<(Range<usize>, Class)> {
        if self.before(self.start).is_some_and(|(character, _)| is_word_character(character)) {
            return None;
        }
        if wanted.dates
            && let Some(end) = date::with_signs(self.text, self.end)
        {
            return Some((self.start..end, Class::Date));
        }
        if !wanted.numbers {
            return None;
        }
        let range = if wanted.has_sign_and_unit {
            let end = self.tail(self.fraction(|_| true).unwrap_or(self.end))?;
            self.head()..end
        } else {
            // In Persian and its neighbours a slash is also the decimal separator.
            let end = self.fraction(|digits| digits[0] >= 0x80 && is_arabic(digits)).unwrap_or(self.end);
            self.start..end
        };
        let goes_on = self.after(range.end).is_some_and(|(character, _)| is_word_character(character));
        let is_bare = range.start == self.start && range.end == first_run_end(self.text, self.start);
        if goes_on || is_bare { None } else { Some((range, Class::Number)) }
    }

    /// Where it ends if a slash and a number follow, and neither has one on its other side: `1/2`, `۳/۱۴`.
    fn fraction(self, takes: impl Fn(&[u8]) -> bool) -> Option<usize> {
        let slash = |place: Option<(char, usize)>| {
            place.filter(|(character, _)| matches!(character, '/' | '\u{2044}'))
        };
        let (_, length) = slash(self.after(self.end))?;
        let end = spans::number_end(self.text, self.end + length)?;
        let is_row = slash(self.before(self.start)).is_some() || slash(self.after(end)).is_some();
        if is_row || !takes(&self.text[self.start..end]) { None } else { Some(end) }
    }

    /// Where it begins with its sign, its currency sign and, before a number that has no other, its decimal point.
    fn head(self) -> usize {
        let mut start = self.start;
        if let Some((b'.', point)) = start.checked_sub(1).map(|at| (self.text[at], at))
            && point >= self.floor
            && self.opens(point, |character| is_sign(character) || is_currency(character))
        {
            start = point;
        }
        let Some((character, first)) = self.before(start) else { return start };
        match character {
            _ if is_currency(character) => {
                let sign = self.sign_before(first);
                sign.unwrap_or(first)
            }
            '%' | '٪' if self.opens(first, |_| false) => first,
            _ => {
                let Some(sign) = self.sign_before(start) else { return start };
                match self.before(sign) {
                    Some((character, currency)) if is_currency(character) => currency,
                    _ => sign,
                }
            }
        }
    }

    /// Where the sign begins that ends at a place and is no hyphen.
    fn sign_before(self, at: usize) -> Option<usize> {
        let (_, start) = self.before(at).filter(|&(character, _)| is_sign(character))?;
        if self.opens(start, is_currency) { Some(start) } else { None }
    }

    /// Whether something may begin at a place: behind nothing, white space, an opening bracket or quotation mark, a
    /// mathematical symbol, or what a test takes.
    fn opens(self, at: usize, takes: impl Fn(char) -> bool) -> bool {
        let Some((character, _)) = self.before(at) else { return at > self.floor || at == 0 };
        let category = Category::of(character);
        is_white_space(character)
            || matches!(category, Category::OpenPunctuation | Category::InitialPunctuation)
            || category == Category::MathSymbol && !is_sign(character)
            || takes(character)
    }

    /// Where it ends with what is joined behind it; `None` if that makes a word of it.
    fn tail(self, end: usize) -> Option<usize> {
        let end = self.exponent(end).unwrap_or(end);
        let Some((character, length)) = self.after(end) else { return Some(end) };
        match character {
            '%' | '٪' | '‰' | '‱' | '؉' | '؊' => Some(end + length),
            '\u{BC}'..='\u{BE}' | '\u{2150}'..='\u{215E}' => Some(end + length), // Vulgar fractions.
            _ if is_currency(character) => Some(end + length),
            '°' => Some(unit::end(self.text, end).unwrap_or(end)),
            _ if is_word_character(character) => unit::end(self.text, end),
            _ => Some(end),
        }
    }

    fn exponent(self, end: usize) -> Option<usize> {
        let (_, length) = self.after(end).filter(|(character, _)| matches!(character, 'e' | 'E'))?;
        let digits = end + length;
        let sign =
            self.after(digits).filter(|&(character, _)| is_sign(character)).map_or(0, |(_, length)| length);
        Some(first_run_end(self.text, digits + sign)).filter(|&end| end > digits + sign)
    }

    fn before(self, at: usize) -> Option<(char, usize)> {
        if at <= self.floor {
            return None;
        }
        let start = utf8::previous(self.text, self.floor, at);
        Some((utf8::decode(&self.text[start..at]).0, start))
    }

    fn after(self, at: usize) -> Option<(char, usize)> {
        if at < self.text.len() { Some(utf8::decode(&self.text[at..])) } else { None }
    }
}

fn first_run_end(text: &[u8], start: usize) -> usize {
    let mut at = start;
    while at < text.len()
        && let (Some(_), length) = DigitSet::at(text, at)
    {
        at += length;
    }
    at
}

fn is_arabic(number: &[u8]) -> bool {
    let is_of = |set: DigitSet| matches!(set.name(), "arab" | "arabext");
    String::from_utf8_lossy(number)
        .chars()
        .all(|character| DigitSet::of(character).is_none_or(|(set, _)| is_of(set)))
}

/// Plus and minus in their forms; U+2212 is MINUS SIGN.
fn is_sign(character: char) -> bool {
    matches!(character, '+' | '-' | '\u{2212}' | '±' | '∓' | '＋' | '－')
}

fn is_currency(character: char) -> bool {
    Category::of(character) == Category::CurrencySymbol
}

/// Every number has a digit.
pub(super) static DIGITS: LazyLock<Box<Sieve>> = LazyLock::new(|| {
    let mut sieve = Box::new([0; 256]);
    let digits = DigitSet::all().flat_map(|set| (0..10).filter_map(move |value| set.digit(value)));
    digits.for_each(|digit| sieve::add(&mut sieve, digit));
    sieve
});

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(wanted: Wanted, text: &str) -> String {
        let (mut out, mut from) = (String::new(), 0);
        find(wanted, text.as_bytes(), &[], &mut |range: Range<usize>, _| {
            out += &format!("{}[{}]", &text[from..range.start], &text[range.clone()]);
            from = range.end;
        });
        out + &text[from..]
    }

    #[test]
    fn a_number_keeps_what_is_joined_to_it() {
        let all = Wanted { numbers: true, dates: true, times: true, has_sign_and_unit: true };
        let cases = [
            "[1,234.5] [12.5%] [۱٫۵٪] [−3] [+5] ([-5]) 5-3 a-3 -a 5 - 3 --3",
            "[$5] [-$5] [$-5] [€1,234.50] [5€] [5 000 000] US[$5] [$.5] [.5] a.5 [-.5]".replace("5 000 000", "5\u{A0}000\u{A0}000").as_str(),
            "[1.5e-3] [6e23] 1e 2ex [5½] [1/2] [۳/۱۴] 1/2/3 24/7/365 and/1",
            "[5km] 5 km [20°C] [5°] [60km/h] [3m²] [16GB] [5µm] [$5m] 3D 2nd v1.5 5x A4 ۱٬۵۰۰نفر 1.5\u{200C}x 5_",
            "[%50] [٪۵۰] 5% 5%".replace("5% 5%", "[5%] [5%]").as_str(),
            "[1.2.3.4] 1990's 5'6 7 12 ۱۲ 5, 6. 5%5",
            "[2024年1月5日] 2024年 [1月5日]",
        ].map(str::to_owned);
        for case in cases {
            let text = case.replace(['[', ']'], "");
            assert_eq!(marked(all, &text), case);
        }
    }

    #[test]
    fn separators_alone_are_kept_where_no_more_is_asked_for() {
        let few = Wanted { numbers: true, dates: false, times: false, has_sign_and_unit: false };
        let case = "-[1,234.5]% $5 [۳/۱۴] 1/2 5km [۱٬۵۰۰]٪ v1.5 ۳/۱۴/۱";
        assert_eq!(marked(few, &case.replace(['[', ']'], "")), case);
    }

    #[test]
    fn what_is_found_already_is_left_alone() {
        let all = Wanted { numbers: true, dates: true, times: true, has_sign_and_unit: true };
        let mut seen = Vec::new();
        let date = spans::Span { range: 2..12, kind: spans::SpanKind::Date };
        find(all, b"$5-2024.01.05%7.5%", &[date], &mut |range: Range<usize>, _| seen.push(range));
        assert_eq!(seen, [0..2, 14..18]);
    }
}
