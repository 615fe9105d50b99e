//! Dates with the name of a month.

use crate::around::{after, before, is_letter, is_word};
use crate::dates::name::{Name, back_over_gap, letter_after, letter_before, over_gap};
use crate::dates::numeric::in_century;
use crate::dates::{Calendar, Date, Dates, Found, Month};
use crate::numeral::{Numeral, digit_at, digit_before};

/// A month's name in a text, and the word for month behind it.
#[derive(Clone, Copy)]
struct Named<'d> {
    month: &'d Month,
    start: usize,
    end: usize,
    has_word: bool,
}

/// A year in a text.
#[derive(Clone, Copy)]
struct Year {
    year: i32,
    end: usize,
    /// It has four digits, or the word for year.
    is_plain: bool,
}

impl Dates {
    /// `جمعه ۲ آذر ۱۴۰۳`: the date of whose day a numeral tells, before the month.
    pub(super) fn day_month(
        &self,
        text: &[u8],
        floor: usize,
        start: usize,
        numeral: Numeral,
    ) -> Option<Found> {
        let day = day(numeral).filter(|_| self.has_day_month && stands_alone(text, start))?;
        let named = self.month_after(
            text,
            self.over_joiner(text, over_gap(text, self.over_ordinal(text, numeral.end))),
        )?;
        let year = self.year_after(text, named.end, named.month);
        if named.month.is_common && !named.month.name.has_case_of(text, named.start) {
            return None;
        }
        let is_bare = named.month.is_prefix && !named.has_word && year.is_none();
        if is_bare && letter_follows(text, over_gap(text, named.end)) {
            return None;
        }
        let date = possible(named.month, year, Some(day))?;
        let end = year.map_or(named.end, |year| year.end);
        Some(Found { range: self.weekday_before(text, floor, start)..end, date })
    }

    /// `Friday, January 14, 2025`: the date of whose day a numeral tells, behind the month.
    pub(super) fn month_day(
        &self,
        text: &[u8],
        floor: usize,
        start: usize,
        numeral: Numeral,
    ) -> Option<Found> {
        let day = day(numeral).filter(|_| self.has_month_day)?;
        let month_end = back_over_gap(text, start);
        let (month, month_start) = self.month_before(text, floor, month_end)?;
        let end = self.over_ordinal(text, numeral.end);
        if is_part_of_number(text, end) || month.is_common && !month.name.has_case_of(text, month_start) {
            return None;
        }
        let year = self.year_after(text, end, month).filter(|year| year.is_plain);
        let date = possible(month, year, Some(day))?;
        let end = year.map_or(end, |year| year.end);
        Some(Found { range: self.weekday_before(text, floor, month_start)..end, date })
    }

    /// `آذر ۱۴۰۳`: the date of whose year a numeral tells.
    pub(super) fn month_year(
        &self,
        text: &[u8],
        floor: usize,
        start: usize,
        numeral: Numeral,
    ) -> Option<Found> {
        let may_be_year = match numeral.digits {
            4 => numeral.value >= 1000,
            2 => !(self.short_years.is_empty() && self.year_words.is_empty()),
            digits => digits <= 3 && !self.year_words.is_empty(),
        };
        if !self.has_month_year || !may_be_year {
            return None;
        }
        let mut at = back_over_gap(text, start);
        let year_word = longest_before(&self.year_words, text, floor, at);
        at = back_over_comma(text, year_word.map_or(at, |start| back_over_gap(text, start)));
        if let Some(joiner) = longest_before(&self.joiners, text, floor, at) {
            at = back_over_gap(text, joiner);
        }
        let letter = letter_before(text, at);
        let month_words = self.month_words.iter().filter(|word| word.may_end(letter));
        let month_word = month_words.filter_map(|word| word.start(text, at)).min();
        let before_word = month_word.map(|start| back_over_gap(text, start));
        let (month, month_start) = before_word
            .and_then(|end| self.month_before(text, floor, end))
            .or_else(|| self.month_before(text, floor, at))?;
        let has_word = year_word.is_some() || month_word.is_some();
        let year = self.year(text, numeral, month, year_word.is_some())?;
        let is_enough = !month.is_common || has_word || numeral.digits == 4;
        // A number before the month is a day that was refused.
        let before_month = back_over_gap(text, month_start);
        let has_day = before_month > floor && digit_before(text, before_month);
        if !is_enough || has_day || month.is_common && !month.name.has_case_of(text, month_start) {
            return None;
        }
        let date = possible(month, Some(year), None)?;
        Some(Found { range: month_start..year.end, date })
    }

    /// The longest name of a month that begins at a place, and the word for month behind it.
    fn month_after(&self, text: &[u8], start: usize) -> Option<Named<'_>> {
        let numbers = self.index().beginning(letter_after(text, start));
        let ends = numbers.iter().map(|&number| &self.months[number]).filter_map(|month| {
            let end = month.name.end(text, start)?;
            let with_word = longest_after(&self.month_words, text, over_gap(text, end));
            let stop = with_word.unwrap_or(end);
            let has_word = with_word.is_some();
            if has_word || is_end(text, end) {
                Some(Named { month, start, end: stop, has_word })
            } else {
                None
            }
        });
        // Of two languages' names of one length, the first one.
        ends.reduce(|best, named| if named.end > best.end { named } else { best })
    }

    /// The longest name of a month that ends at a place, and where it begins.
    fn month_before(&self, text: &[u8], floor: usize, end: usize) -> Option<(&Month, usize)> {
        let numbers = self.index().ending(letter_before(text, end));
        let months = numbers.iter().map(|&number| &self.months[number]);
        let starts = months.filter_map(|month| Some((month, word_start(&month.name, text, floor, end)?)));
        starts.reduce(|best, found| if found.1 < best.1 { found } else { best })
    }

    /// Where the weekday begins that stands before a place, with a comma or without; else that place.
    fn weekday_before(&self, text: &[u8], floor: usize, start: usize) -> usize {
        longest_before(&self.weekdays, text, floor, back_over_comma(text, back_over_gap(text, start)))
            .unwrap_or(start)
    }

    /// The year behind a month or a day, with a comma or the word for year between them.
    fn year_after(&self, text: &[u8], end: usize, month: &Month) -> Option<Year> {
        let after_comma = over_comma(text, over_gap(text, end));
        let has_comma = after_comma != over_gap(text, end);
        let at = self.over_joiner(text, after_comma);
        let word = longest_after(&self.year_words, text, at);
        let at = word.map_or(at, |end| over_gap(text, end));
        let numeral = Numeral::at(text, at)?;
        let year = self.year(text, numeral, month, word.is_some())?;
        if has_comma && !year.is_plain { None } else { Some(year) }
    }

    /// The year that a numeral means beside a month.
    fn year(&self, text: &[u8], numeral: Numeral, month: &Month, has_word: bool) -> Option<Year> {
        let calendar = month.calendar;
        if is_part_of_number(text, numeral.end) {
            return None;
        }
        let ranges = self.short_years.iter().filter(|(known, _)| *known == calendar);
        let short = ranges.filter_map(|(_, years)| in_century(years, numeral)).next();
        let value = i32::try_from(numeral.value).ok()?;
        let is_plain = numeral.digits == 4 || has_word;
        let year = match short {
            Some(year) if has_word || ends_number(text, numeral.end) => year,
            None if (if has_word { 1 } else { 1000 }..=self.last_year(calendar)).contains(&value)
                && is_plain =>
            {
                value
            }
            _ => return None,
        };
        Some(Year { year, end: numeral.end, is_plain })
    }

    /// The last year that a calendar's dates have in the language, lest a count behind a month be taken for a year.
    fn last_year(&self, calendar: Calendar) -> i32 {
        let lasts = self.years.iter().filter(|(known, _)| *known == calendar).map(|(_, years)| *years.end());
        lasts.max().unwrap_or(calendar.last_year())
    }

    fn over_ordinal(&self, text: &[u8], end: usize) -> usize {
        longest_after(&self.ordinals, text, end).unwrap_or(end)
    }

    fn over_joiner(&self, text: &[u8], at: usize) -> usize {
        longest_after(&self.joiners, text, at).map_or(at, |end| over_gap(text, end))
    }
}

fn possible(month: &Month, year: Option<Year>, day: Option<u8>) -> Option<Date> {
    Date::possible(month.calendar, year.map(|year| year.year), month.number, day)
}

fn day(numeral: Numeral) -> Option<u8> {
    let day = u8::try_from(numeral.value).ok()?;
    if numeral.digits <= 2 && (1..=31).contains(&day) { Some(day) } else { None }
}

/// Whether a number begins at a place and not inside a longer one, a word or a time.
fn stands_alone(text: &[u8], start: usize) -> bool {
    !before(text, start).is_some_and(|(character, length)| {
        // U+066B and U+066C are the decimal and the thousands separator of Arabic script.
        let joins = matches!(character, '.' | ',' | ':' | '/' | '\u{66B}' | '\u{66C}');
        is_word(character) || joins && digit_before(text, start - length)
    })
}

/// Whether a number goes on behind a place.
fn is_part_of_number(text: &[u8], end: usize) -> bool {
    after(text, end).is_some_and(|(character, length)| {
        let joins = matches!(character, '.' | ',' | ':' | '\u{66B}' | '\u{66C}');
        joins && digit_at(text, end + length).is_some()
    })
}

/// Whether nothing is joined to a number that would make of it anything but a year.
fn ends_number(text: &[u8], end: usize) -> bool {
    !after(text, end).is_some_and(|(character, _)| is_word(character) || matches!(character, '%' | '٪'))
}

/// Whether a name ends at a place: no word goes on there, though a number may begin.
fn is_end(text: &[u8], end: usize) -> bool {
    !after(text, end).is_some_and(|(character, _)| is_word(character)) || digit_at(text, end).is_some()
}

fn letter_follows(text: &[u8], at: usize) -> bool {
    after(text, at).is_some_and(|(character, _)| is_letter(character))
}

/// Where the longest of some names ends that begins at a place.
fn longest_after(names: &[Name], text: &[u8], at: usize) -> Option<usize> {
    let letter = letter_after(text, at);
    let names = names.iter().filter(|name| name.may_begin(letter));
    names.filter_map(|name| name.end(text, at)).filter(|&end| is_end(text, end)).max()
}

/// Where the longest of some names begins that ends at a place.
fn longest_before(names: &[Name], text: &[u8], floor: usize, end: usize) -> Option<usize> {
    let letter = letter_before(text, end);
    let names = names.iter().filter(|name| name.may_end(letter));
    names.filter_map(|name| word_start(name, text, floor, end)).min()
}

/// Where the name begins that ends at a place, if no sooner than at `floor` and not inside a word.
fn word_start(name: &Name, text: &[u8], floor: usize, end: usize) -> Option<usize> {
    let begins_word = |start| !before(text, start).is_some_and(|(character, _)| is_word(character));
    name.start(text, end).filter(|&start| start >= floor && begins_word(start))
}

fn over_comma(text: &[u8], at: usize) -> usize {
    let comma = after(text, at).filter(|&(character, _)| matches!(character, ',' | '،'));
    comma.map_or(at, |(_, length)| over_gap(text, at + length))
}

fn back_over_comma(text: &[u8], at: usize) -> usize {
    let comma = before(text, at).filter(|&(character, _)| matches!(character, ',' | '،'));
    comma.map_or(at, |(_, length)| back_over_gap(text, at - length))
}
