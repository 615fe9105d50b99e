//! Dates in numbers alone.

use std::ops::RangeInclusive;

use crate::around::{after, before, is_letter};
use crate::dates::{Calendar, Date, Dates, Found};
use crate::numeral::{Numeral, digit_at, digit_before};

impl Dates {
    /// The date of three numbers that begins at a numeral.
    pub(super) fn numeric(&self, text: &[u8], start: usize, first: Numeral) -> Option<Found> {
        let (separator, length) = after(text, first.end).filter(|&(character, _)| is_separator(character))?;
        let second = Numeral::at(text, first.end + length)?;
        after(text, second.end).filter(|&(character, _)| character == separator)?;
        let third = Numeral::at(text, second.end + length)?;
        if goes_on_before(text, start, separator) || goes_on_after(text, third.end, separator) {
            return None;
        }
        let date =
            self.year_first([first, second, third]).or_else(|| self.year_last([first, second, third]))?;
        Some(Found { range: start..third.end, date })
    }

    fn year_first(&self, [first, second, third]: [Numeral; 3]) -> Option<Date> {
        let (calendar, year) = self.year_of(first)?;
        Date::possible(calendar, Some(year), small(second)?, Some(small(third)?))
    }

    fn year_last(&self, [first, second, third]: [Numeral; 3]) -> Option<Date> {
        let (calendar, year) = self.year_of(third)?;
        let (first, second) = (small(first)?, small(second)?);
        let day_month = Date::possible(calendar, Some(year), second, Some(first));
        let month_day = Date::possible(calendar, Some(year), first, Some(second));
        match (day_month, month_day) {
            (Some(one), Some(other)) if one != other && !self.is_day_first => {
                Some(Date { calendar, year: Some(year), month: None, day: None })
            }
            (one, other) => one.or(other),
        }
    }

    /// The calendar and the year that a numeral means among numbers.
    fn year_of(&self, numeral: Numeral) -> Option<(Calendar, i32)> {
        match numeral.digits {
            4 => {
                let year = i32::try_from(numeral.value).ok()?;
                self.years
                    .iter()
                    .find(|(_, years)| years.contains(&year))
                    .map(|&(calendar, _)| (calendar, year))
            }
            2 => self
                .short_years
                .iter()
                .find_map(|(calendar, years)| Some((*calendar, in_century(years, numeral)?))),
            _ => None,
        }
    }
}

/// The year of two digits that lies in a range, if one does.
pub(super) fn in_century(years: &RangeInclusive<i32>, numeral: Numeral) -> Option<i32> {
    let year = years.start() / 100 * 100 + i32::try_from(numeral.value).ok()?;
    if numeral.digits == 2 && years.contains(&year) { Some(year) } else { None }
}

/// The value of a numeral of one or two digits.
fn small(numeral: Numeral) -> Option<u8> {
    if numeral.digits <= 2 { u8::try_from(numeral.value).ok() } else { None }
}

/// U+2010 HYPHEN, U+2011 NON-BREAKING HYPHEN, U+060D ARABIC DATE SEPARATOR and the three of ASCII.
fn is_separator(character: char) -> bool {
    matches!(character, '/' | '-' | '.' | '\u{2010}' | '\u{2011}' | '\u{60D}')
}

/// Whether the first number is the end of something longer: of a longer row of numbers, or of a version.
fn goes_on_before(text: &[u8], start: usize, separator: char) -> bool {
    before(text, start).is_some_and(|(character, length)| {
        let is_joined = character == separator || matches!(character, '.' | ',' | ':');
        is_joined && digit_before(text, start - length) || separator == '.' && is_letter(character)
    })
}

/// Whether the last number goes on in something longer.
fn goes_on_after(text: &[u8], end: usize, separator: char) -> bool {
    after(text, end).is_some_and(|(character, length)| {
        let joins = character == separator || matches!(character, '.' | ',');
        joins && digit_at(text, end + length).is_some()
    })
}
