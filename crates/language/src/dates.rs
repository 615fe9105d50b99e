//! Dates in running text: days and months of two calendars, in numbers or in the words of a language.

mod calendar;
mod index;
mod name;
mod numeric;
mod parse;
mod worded;

use std::ops::{Range, RangeInclusive};
use std::sync::{LazyLock, OnceLock};

use unicode::sieve::{self, Sieve};

pub use calendar::Calendar;

use crate::catalogue::FOLDERS;
use crate::language::Language;
use crate::numeral::{self, Numeral};
use crate::parse::parse_code;
use index::Index;
use name::Name;

/// A date, as far as the text says it. What it says is possible: there is such a day, in a leap year if need be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The calendar.
    pub calendar: Calendar,
    /// The year, with its century.
    pub year: Option<i32>,
    /// The month, 1 to 12; `None` in dates such as 03/04/2025 where the language does not settle their order.
    pub month: Option<u8>,
    /// The day, 1 to 31.
    pub day: Option<u8>,
}

impl Date {
    /// The date, if there is such a day.
    fn possible(calendar: Calendar, year: Option<i32>, month: u8, day: Option<u8>) -> Option<Date> {
        let days = calendar.days(year, month)?;
        let is_possible = day.is_none_or(|day| (1..=days).contains(&day));
        if is_possible { Some(Date { calendar, year, month: Some(month), day }) } else { None }
    }
}

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In bytes.
    pub range: Range<usize>,
    /// What it says.
    pub date: Date,
}

/// How dates are written in a language: what its file `dates.txt` says.
///
/// Found are, in digits of any script:
///
/// - three numbers with the same one of `/`, `-`, `.`, U+2010 HYPHEN, U+2011 NON-BREAKING HYPHEN and U+060D ARABIC
///   DATE SEPARATOR between them, the year first, or last: `1403/06/23`, `14-1-2025`. The calendar is the one in whose
///   range the year lies; in Persian 1200 to 1499 are Jalali and 1500 to 2199 Gregorian. Where both of the others may
///   be the month, the language's order decides, if it has one. Two digits are a year where the file says so, as
///   32 to 99 in Persian;
/// - a day and the name of a month, a weekday before them, a year behind them: `جمعه ۲ آذر ۱۴۰۳`, `28 دی ماه`,
///   `14 January 2025`, `Friday, January 14th, 2025`;
/// - the name of a month and a year: `آذر ۱۴۰۳`.
///
/// A number that is part of a larger one is no day, a day that its month does not have makes no date, and a month's
/// name that is also an everyday word asks for more than others. Spaces lie within one line. Ranges are two dates,
/// or the last one alone.
#[derive(Debug, Clone, Default)]
pub struct Dates {
    /// The years of four digits among numbers, by calendar.
    years: Vec<(Calendar, RangeInclusive<i32>)>,
    /// The years that are written with two digits.
    short_years: Vec<(Calendar, RangeInclusive<i32>)>,
    /// 03/04/2025 is in April.
    is_day_first: bool,
    has_day_month: bool,
    has_month_day: bool,
    has_month_year: bool,
    months: Vec<Month>,
    /// Of the months, made when it is first asked for.
    index: OnceLock<Index>,
    weekdays: Vec<Name>,
    /// What may stand behind the name of a month.
    month_words: Vec<Name>,
    /// What may stand before a year.
    year_words: Vec<Name>,
    /// What may follow the digits of a day at once.
    ordinals: Vec<Name>,
    /// What may stand between the parts of a date.
    joiners: Vec<Name>,
}

/// A month's name.
#[derive(Debug, Clone)]
struct Month {
    name: Name,
    calendar: Calendar,
    number: u8,
    /// Also an everyday word.
    is_common: bool,
    /// Also what another word begins with.
    is_prefix: bool,
}

/// The calendars' years for languages without a file: Gregorian ones, since years about 1400 may be those of a lunar calendar.
const NEUTRAL: &str = "years gregorian 1500 2199";

/// The dates of each folder that has a file.
static OF_LANGUAGES: LazyLock<Vec<(&'static str, Dates)>> = LazyLock::new(|| {
    let folders = FOLDERS.iter().filter(|folder| !folder.dates.is_empty());
    let dates =
        folders.filter_map(|folder| Some((parse_code(folder).ok()?, parse::parse(folder.dates).ok()?)));
    dates.collect()
});

impl Dates {
    /// How dates are written in a language; `None` if its folder does not say.
    pub fn of(language: &Language) -> Option<&'static Dates> {
        OF_LANGUAGES.iter().find(|(code, _)| *code == language.code()).map(|(_, dates)| dates)
    }

    /// Dates in numbers with the year first or a day above 12: right in any language. Gregorian years alone.
    pub fn neutral() -> &'static Dates {
        static NEUTRAL_DATES: LazyLock<Dates> = LazyLock::new(|| parse::parse(NEUTRAL).unwrap_or_default());
        &NEUTRAL_DATES
    }

    /// The dates of all languages that have a file, for text of which the language is not known. 03/04/2025 is then in
    /// neither month.
    pub fn all() -> &'static Dates {
        static ALL: LazyLock<Dates> = LazyLock::new(|| {
            OF_LANGUAGES.iter().fold(Dates::default(), |mut all, (_, dates)| {
                all.add(dates.clone());
                all
            })
        });
        &ALL
    }

    /// Dates in numbers alone, with the years of all languages that have a file: for text of which the language is not
    /// known. Years from 1200 to 1499 are taken for Jalali ones.
    pub fn in_digits() -> &'static Dates {
        static IN_DIGITS: LazyLock<Dates> = LazyLock::new(|| {
            let Dates { years, short_years, .. } = Dates::all().clone();
            Dates { years, short_years, ..Dates::default() }
        });
        &IN_DIGITS
    }

    /// Puts the dates of a text into `found`, in place of what is there: ascending, disjoint and not empty.
    ///
    /// Linear in the length of the text, whatever its bytes; nothing ill-formed lies in a date.
    ///
    /// ```
    /// use language::Language;
    /// use language::dates::{Calendar, Dates};
    ///
    /// let persian = Language::for_code("fa").and_then(Dates::of).expect("it has a file");
    /// let mut found = Vec::new();
    /// persian.find("جمعه ۲ آذر ۱۴۰۳ یا 14 ژانویه 2025".as_bytes(), &mut found);
    /// let dates: Vec<_> = found.iter().map(|found| (found.date.calendar, found.date.year, found.date.month)).collect();
    /// assert_eq!(dates, [(Calendar::Jalali, Some(1403), Some(9)), (Calendar::Gregorian, Some(2025), Some(1))]);
    /// ```
    pub fn find(&self, text: &[u8], found: &mut Vec<Found>) {
        found.clear();
        // Before `floor` everything is part of a date.
        let (mut from, mut floor) = (0, 0);
        loop {
            let start = sieve::find(&SIEVE, text, from);
            if start >= text.len() {
                return;
            }
            let Some(numeral) = Numeral::at(text, start) else {
                from = start + 1;
                continue;
            };
            from = numeral.end;
            if let Some(date) = self.around(text, floor, start, numeral) {
                from = date.range.end;
                floor = date.range.end;
                found.push(date);
            }
        }
    }

    /// The date in numbers alone that begins at a place, if one does.
    ///
    /// ```
    /// use language::dates::Dates;
    ///
    /// let found = Dates::in_digits().numeric_at(b"on 2025-01-14.", 3).expect("a date");
    /// assert_eq!((found.range, found.date.day), (3..13, Some(14)));
    /// ```
    pub fn numeric_at(&self, text: &[u8], start: usize) -> Option<Found> {
        self.numeric(text, start, Numeral::at(text, start)?)
    }

    /// The date of which a numeral is the first one.
    fn around(&self, text: &[u8], floor: usize, start: usize, numeral: Numeral) -> Option<Found> {
        self.numeric(text, start, numeral)
            .or_else(|| self.day_month(text, floor, start, numeral))
            .or_else(|| self.month_day(text, floor, start, numeral))
            .or_else(|| self.month_year(text, floor, start, numeral))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.months))
    }

    fn add(&mut self, other: Dates) {
        for (mine, theirs) in [(&mut self.years, other.years), (&mut self.short_years, other.short_years)] {
            let new: Vec<_> = theirs.into_iter().filter(|years| !mine.contains(years)).collect();
            mine.extend(new);
        }
        self.has_day_month |= other.has_day_month;
        self.has_month_day |= other.has_month_day;
        self.has_month_year |= other.has_month_year;
        self.months.extend(other.months);
        self.index = OnceLock::new();
        self.weekdays.extend(other.weekdays);
        self.month_words.extend(other.month_words);
        self.year_words.extend(other.year_words);
        self.ordinals.extend(other.ordinals);
        self.joiners.extend(other.joiners);
    }
}

/// Every date has a digit.
static SIEVE: LazyLock<Box<Sieve>> = LazyLock::new(|| Box::new(numeral::sieve()));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_well_formed() {
        for folder in FOLDERS {
            assert!(parse::parse(folder.dates).is_ok(), "{:?}", parse::parse(folder.dates).err());
        }
        assert!(OF_LANGUAGES.len() >= 3);
        for (code, dates) in OF_LANGUAGES.iter() {
            assert!(!dates.years.is_empty(), "{code}");
            for calendar in Calendar::ALL {
                let months: std::collections::BTreeSet<u8> = dates
                    .months
                    .iter()
                    .filter(|month| month.calendar == calendar)
                    .map(|month| month.number)
                    .collect();
                assert!(months.is_empty() || months.len() == 12, "{code}: {calendar}");
            }
            assert!(dates.weekdays.is_empty() || dates.weekdays.len() >= 7, "{code}");
        }
        assert_eq!(Dates::neutral().years.len(), 1);
    }
}
