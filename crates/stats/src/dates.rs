//! `--dates`: how many dates the text names, by calendar, year and month.

use std::collections::BTreeMap;
use std::fmt;

use language::Language;
use language::dates::{Calendar, Date, Dates};

use crate::parameters::Parameters;
use crate::report::{Cell, Ranking, Section, Value, Weight};
use crate::sums::sum;
use crate::survey::Survey;

/// Whose dates are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Dating {
    /// A language's code, or [`Dating::ALL`].
    pub name: &'static str,
    /// Its patterns.
    pub dates: &'static Dates,
}

impl Dating {
    /// The name of the patterns of all languages together.
    pub const ALL: &'static str = "all";

    /// The patterns of a name. A language without patterns has numbers with Gregorian years.
    ///
    /// # Errors
    /// What to say of a name that is none.
    pub fn parse(name: &str) -> Result<Dating, String> {
        if name == Dating::ALL {
            return Ok(Dating { name: Dating::ALL, dates: Dates::all() });
        }
        let language = Language::parse(name).ok_or_else(|| {
            let codes: Vec<_> = Language::codes().collect();
            format!("all or a language is wanted: {}", codes.join(", "))
        })?;
        Ok(Dating { name: language.code(), dates: Dates::of(language).unwrap_or(Dates::neutral()) })
    }
}

/// The month that dates are counted by, as far as they say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    calendar: Calendar,
    year: Option<i32>,
    month: Option<u8>,
}

/// `1403-09`; what is not known is `unknown`.
impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", padded(self.year, 4), padded(self.month.map(i32::from), 2))
    }
}

fn padded(part: Option<i32>, width: usize) -> String {
    part.map_or("unknown".to_owned(), |part| format!("{part:0width$}"))
}

/// People are shown so many months; where there are more, years.
const MONTHS_MAX: usize = 24;

/// Dates by month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateCounts(BTreeMap<Month, u64>);

impl DateCounts {
    /// Counts a date.
    pub fn add(&mut self, date: Date) {
        let Date { calendar, year, month, .. } = date;
        self.add_many(Month { calendar, year, month }, 1);
    }

    fn add_many(&mut self, month: Month, count: u64) {
        let sum = self.0.entry(month).or_default();
        *sum = sum.saturating_add(count);
    }

    /// Takes in the counts of another part.
    pub fn merge(&mut self, other: DateCounts) {
        for (month, count) in other.0 {
            self.add_many(month, count);
        }
    }

    /// How each month is called in a partial result, and its count: `jalali 1403 9`, with `-` for what is not known.
    pub fn names(&self) -> impl Iterator<Item = (String, u64)> {
        let part = |part: Option<i32>| part.map_or("-".to_owned(), |part| part.to_string());
        self.0.iter().map(move |(month, &count)| {
            (format!("{} {} {}", month.calendar, part(month.year), part(month.month.map(i32::from))), count)
        })
    }

    /// Adds what [`names`](DateCounts::names) gave; false if it is no such name.
    pub fn add_named(&mut self, name: &str, count: u64) -> bool {
        let mut words = name.split(' ');
        let calendar = words.next().and_then(Calendar::for_name);
        let (year, month) = (number(words.next()), number(words.next()));
        let (Some(calendar), Some(year), Some(month), None) = (calendar, year, month, words.next()) else {
            return false;
        };
        self.add_many(Month { calendar, year, month }, count);
        true
    }
}

/// Dates by calendar, year and month.
pub fn section(survey: &Survey, _: &Parameters) -> Section {
    let mut section = Section::new("dates", "dates");
    let counts = &survey.sums.dates;
    section.add("found", "dates found", Value::Count(sum(counts.0.values().copied())));
    let mut years = DateCounts::default();
    counts.0.iter().for_each(|(month, &count)| years.add_many(Month { month: None, ..*month }, count));
    let are_few = counts.0.len() <= MONTHS_MAX;
    let years = ranking("year", &years.0, |year| format!("{} {}", year.calendar, padded(year.year, 4)));
    let months = ranking("month", &counts.0, |month| format!("{} {month}", month.calendar));
    let weight = |is_shown| if is_shown { Weight::Plain } else { Weight::Hidden };
    section.add("years", "year", Value::Ranking(years)).weight(weight(!are_few));
    section.add("months", "year and month", Value::Ranking(months)).weight(weight(are_few));
    section
}

fn ranking(thing: &'static str, counts: &BTreeMap<Month, u64>, name: impl Fn(&Month) -> String) -> Ranking {
    let rows = counts.iter().map(|(month, &count)| (name(month).into_bytes(), vec![Cell::Count(count)]));
    Ranking { columns: vec!["count"], thing, is_of_time: true, rows: rows.collect() }
}

/// What `-` or a number stands for; `None` if it is neither.
fn number<N: std::str::FromStr>(word: Option<&str>) -> Option<Option<N>> {
    match word? {
        "-" => Some(None),
        digits => digits.parse().ok().map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts() -> DateCounts {
        let mut counts = DateCounts::default();
        let mut found = Vec::new();
        let text = "۲ آذر ۱۴۰۳، ۳ آذر ۱۴۰۳، ۵ آذر، 14 January 2025, 03/04/2025";
        Dating::parse(Dating::ALL).unwrap().dates.find(text.as_bytes(), &mut found);
        found.iter().for_each(|found| counts.add(found.date));
        counts
    }

    #[test]
    fn names_lead_back_to_months() {
        let counts = counts();
        let mut read = DateCounts::default();
        for (name, count) in counts.names() {
            assert!(read.add_named(&name, count), "{name}");
        }
        assert_eq!(read, counts);
        for name in ["", "jalali", "jalali 1403", "jalali 1403 x", "jalali 1403 9 1", "lunar 1 1"] {
            assert!(!read.add_named(name, 1), "{name}");
        }
    }

    #[test]
    fn what_is_not_known_is_said() {
        let shown: Vec<_> = counts().0.keys().map(|month| format!("{} {month}", month.calendar)).collect();
        assert_eq!(
            shown,
            ["jalali unknown-09", "jalali 1403-09", "gregorian 2025-unknown", "gregorian 2025-01"]
        );
    }

    #[test]
    fn a_language_without_patterns_has_numbers() {
        assert!(Dating::parse("xx").is_err_and(|problem| problem.contains("fa")));
        let mut found = Vec::new();
        Dating::parse("th").unwrap().dates.find(b"2025-01-14", &mut found);
        assert_eq!(found.len(), 1);
    }
}
