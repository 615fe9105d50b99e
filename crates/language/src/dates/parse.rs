//! The file `dates.txt` of a data folder, read into patterns.

use std::ops::RangeInclusive;

use crate::dates::name::Name;
use crate::dates::{Calendar, Dates, Month};
use crate::listing::{DataError, lines};

/// Reads the file of one language.
pub(super) fn parse(text: &'static str) -> Result<Dates, DataError> {
    let mut dates = Dates::default();
    let (mut common, mut prefixes) = (Vec::new(), Vec::new());
    for line in lines(text) {
        let (key, rest) = line.split_key();
        match key {
            "years" => dates.years.push(years(rest)?),
            "short-years" => dates.short_years.push(short_years(rest)?),
            "order" if rest == "day month" => dates.is_day_first = true,
            "form" => form(rest, &mut dates)?,
            "month" => months(rest, &mut dates.months)?,
            "weekday" => dates.weekdays.extend(names(rest)),
            "month-word" => dates.month_words.extend(names(rest)),
            "year-word" => dates.year_words.extend(names(rest)),
            "ordinal" => dates.ordinals.extend(names(rest)),
            "joiner" => dates.joiners.extend(names(rest)),
            "common" => common.extend(rest.split_whitespace()),
            "prefix" => prefixes.extend(rest.split_whitespace()),
            _ => return Err(wrong(line.text)),
        }
    }
    for word in common {
        mark(&mut dates.months, word, |month| month.is_common = true)?;
    }
    for word in prefixes {
        mark(&mut dates.months, word, |month| month.is_prefix = true)?;
    }
    Ok(dates)
}

fn wrong(line: &str) -> DataError {
    DataError { file: "dates.txt", problem: format!("'{line}' says nothing of dates") }
}

/// `jalali 1200 1499`.
fn years(text: &str) -> Result<(Calendar, RangeInclusive<i32>), DataError> {
    let mut words = text.split_whitespace();
    let calendar = words.next().and_then(Calendar::for_name);
    let mut year = || words.next().and_then(|word| word.parse::<i32>().ok());
    match (calendar, year(), year()) {
        (Some(calendar), Some(first), Some(last)) if 1000 <= first && first <= last && last <= 9999 => {
            Ok((calendar, first..=last))
        }
        _ => Err(wrong(text)),
    }
}

/// As [`years`], within one century.
fn short_years(text: &str) -> Result<(Calendar, RangeInclusive<i32>), DataError> {
    years(text).and_then(|(calendar, years)| {
        if years.start() / 100 == years.end() / 100 { Ok((calendar, years)) } else { Err(wrong(text)) }
    })
}

fn form(text: &str, dates: &mut Dates) -> Result<(), DataError> {
    match text {
        "day month year" => dates.has_day_month = true,
        "month day year" => dates.has_month_day = true,
        "month year" => dates.has_month_year = true,
        _ => return Err(wrong(text)),
    }
    Ok(())
}

/// `jalali 1 NAME | NAME`.
fn months(text: &str, months: &mut Vec<Month>) -> Result<(), DataError> {
    let mut parts = text.splitn(3, ' ');
    let calendar = parts.next().and_then(Calendar::for_name);
    let number =
        parts.next().and_then(|word| word.parse::<u8>().ok()).filter(|number| (1..=12).contains(number));
    let (Some(calendar), Some(number), Some(rest)) = (calendar, number, parts.next()) else {
        return Err(wrong(text));
    };
    let month = |name| Month { name, calendar, number, is_common: false, is_prefix: false };
    months.extend(names(rest).map(month));
    Ok(())
}

fn names(text: &str) -> impl Iterator<Item = Name> {
    text.split('|').map(str::trim).filter(|name| !name.is_empty()).map(Name::new)
}

/// Says something of the months of one name, of which there must be one.
fn mark(months: &mut [Month], word: &str, say: impl Fn(&mut Month)) -> Result<(), DataError> {
    let name = Name::new(word);
    let mut count = 0;
    for month in months.iter_mut().filter(|month| month.name == name) {
        say(month);
        count += 1;
    }
    if count > 0 { Ok(()) } else { Err(wrong(word)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
        for line in [
            "years",
            "years lunar 1300 1499",
            "years jalali 1499 1200",
            "years jalali 1 2",
            "short-years jalali 1350 1410",
            "form year",
            "month jalali 13 x",
            "month jalali 1",
            "common x",
            "order month day",
            "word x",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_file_is_read() {
        let dates =
            parse("# remark\nyears jalali 1200 1499\nmonth jalali 10 دی | ديم\nweekday جمعه\ncommon دی\n")
                .unwrap();
        assert_eq!(dates.years, [(Calendar::Jalali, 1200..=1499)]);
        assert_eq!((dates.months.len(), dates.weekdays.len()), (2, 1));
        assert!(dates.months[0].is_common && !dates.months[1].is_common);
    }
}
