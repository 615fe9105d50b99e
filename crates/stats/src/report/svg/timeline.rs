//! Months and years in their order, with those between them in which there was nothing.

use std::collections::BTreeMap;

use super::columns::Columns;
use crate::report::{Cell, Ranking};

/// More months than these are drawn as years.
const MONTHS_MAX: i64 = 72;
/// More years than these are drawn without those in which there was nothing.
const YEARS_MAX: i64 = 300;

/// A year, and a month where one is known.
type Date = (i64, Option<i64>);

/// The columns of each calendar, by its name, if things are dates: `1403-02`, `jalali 1403-02`, `1403`, or `unknown` for a
/// part that is not known. Dates without a year are left out.
pub fn timelines(ranking: &Ranking) -> Option<Vec<(String, Columns)>> {
    if !ranking.is_of_time {
        return None;
    }
    let mut calendars: BTreeMap<String, BTreeMap<Date, u64>> = BTreeMap::new();
    for (thing, cells) in &ranking.rows {
        let (calendar, date) = date(std::str::from_utf8(thing).ok()?)?;
        let Some(Cell::Count(count)) = cells.first() else { return None };
        if let Some(date) = date {
            let sum = calendars.entry(calendar.to_owned()).or_default().entry(date).or_default();
            *sum = sum.saturating_add(*count);
        }
    }
    (!calendars.is_empty())
        .then(|| calendars.into_iter().map(|(name, dates)| (name, columns(&dates))).collect())
}

/// A calendar's name, which may be empty, and the date; `None` for what is no date.
fn date(text: &str) -> Option<(&str, Option<Date>)> {
    let (calendar, date) = text.rsplit_once(' ').unwrap_or(("", text));
    if !calendar.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let (year, month) = match date.split_once('-') {
        None => (date, None),
        Some((year, month)) => (year, Some(month)),
    };
    let month = match month {
        None | Some("unknown") => None,
        Some(month) => Some(month.parse().ok().filter(|month| (1..=12).contains(month))?),
    };
    if year == "unknown" {
        return Some((calendar, None));
    }
    let year = if year.len() <= 4 { year.parse::<u16>().ok()? } else { return None };
    Some((calendar, Some((i64::from(year), month))))
}

fn columns(dates: &BTreeMap<Date, u64>) -> Columns {
    let months: Vec<i64> = dates.keys().filter_map(|(year, month)| Some(year * 12 + (*month)? - 1)).collect();
    let is_monthly = months.len() == dates.len()
        && months.last().zip(months.first()).is_some_and(|(last, first)| last - first < MONTHS_MAX);
    let place = |date: &Date| if is_monthly { date.0 * 12 + date.1.unwrap_or(1) - 1 } else { date.0 };
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    for (date, count) in dates {
        let sum = counts.entry(place(date)).or_default();
        *sum = sum.saturating_add(*count);
    }
    if let (Some((&first, _)), Some((&last, _))) = (counts.first_key_value(), counts.last_key_value())
        && last - first < YEARS_MAX
    {
        for place in first..=last {
            counts.entry(place).or_default();
        }
    }
    let name = |place: i64| {
        if is_monthly { format!("{:04}-{:02}", place / 12, place % 12 + 1) } else { format!("{place:04}") }
    };
    Columns {
        columns: counts.into_iter().map(|(place, count)| (name(place), name(place), count)).collect(),
        x: if is_monthly { "month" } else { "year" }.to_owned(),
        y: "dates".to_owned(),
        ..Columns::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(rows: &[(&str, u64)]) -> Ranking {
        let rows = rows.iter().map(|(name, count)| (name.as_bytes().to_vec(), vec![Cell::Count(*count)]));
        Ranking { columns: vec!["count"], thing: "month", is_of_time: true, rows: rows.collect() }
    }

    fn drawn(rows: &[(&str, u64)]) -> Vec<(String, Vec<(String, u64)>)> {
        let timelines = timelines(&ranking(rows)).expect("dates");
        let plain =
            |columns: Columns| columns.columns.into_iter().map(|column| (column.0, column.2)).collect();
        timelines.into_iter().map(|(name, columns)| (name, plain(columns))).collect()
    }

    #[test]
    fn months_between_are_there() {
        let named = |name: &str, count| (name.to_owned(), count);
        assert_eq!(
            drawn(&[
                ("jalali 1402-12", 4),
                ("gregorian 2024-05", 1),
                ("jalali 1403-02", 3),
                ("jalali unknown-01", 9)
            ]),
            [
                ("gregorian".to_owned(), vec![named("2024-05", 1)]),
                ("jalali".to_owned(), vec![named("1402-12", 4), named("1403-01", 0), named("1403-02", 3)]),
            ]
        );
    }

    #[test]
    fn long_times_and_dates_without_months_are_years() {
        let named = |name: &str, count| (name.to_owned(), count);
        assert_eq!(
            drawn(&[("2001-01", 4), ("2003-unknown", 1), ("2003-02", 1)])[0].1,
            [named("2001", 4), named("2002", 0), named("2003", 2)]
        );
        assert_eq!(drawn(&[("0000", 1), ("9999", 1)])[0].1.len(), 2);
    }

    #[test]
    fn words_are_no_dates() {
        for word in ["the", "1403-13", "-5", "12345", "a b 1403", "Jalali 1403", ""] {
            assert!(timelines(&ranking(&[(word, 1)])).is_none(), "{word}");
        }
    }
}
