//! Calendars: which days there are, and how they are numbered.

use std::fmt;

/// A calendar with twelve months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// The solar calendar of Iran, years 1 to 3177. Six months of 31 days, five of 30, and Esfand of 29, or of 30 in a
    /// leap year. Leap years follow cycles of 33 years with breaks, as K. M. Borkowski computed them from the
    /// equinoxes at Tehran ("The Persian calendar for 3000 years", Earth, Moon, and Planets 74, 1996, 223–230).
    Jalali,
    /// The Gregorian calendar, years 1 to 9999; before 1582 as if it had been in use.
    Gregorian,
}

/// The years in which Borkowski's cycles begin anew; the last one is the first year that is not known.
const BREAKS: [i32; 20] = [
    -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456,
    3178,
];

/// The number of the first day of any Jalali year, less 365 for each year since 0 and 1 for each leap year since −61; known from
/// 1 Farvardin 1403, which is 2024-03-20.
const JALALI_ORIGIN: i64 = -492_648;

impl Calendar {
    /// Both calendars.
    pub const ALL: [Calendar; 2] = [Calendar::Jalali, Calendar::Gregorian];

    /// The name in small letters, as reports and data files write it: `jalali`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Calendar::Jalali => "jalali",
            Calendar::Gregorian => "gregorian",
        }
    }

    /// The calendar of a name.
    #[must_use]
    pub fn for_name(name: &str) -> Option<Calendar> {
        Calendar::ALL.into_iter().find(|calendar| calendar.name() == name)
    }

    /// The last year whose length is known; the first one is 1.
    #[must_use]
    pub fn last_year(self) -> i32 {
        match self {
            Calendar::Jalali => BREAKS[BREAKS.len() - 1] - 1,
            Calendar::Gregorian => 9999,
        }
    }

    /// Whether the year has 366 days; false outside the years of the calendar.
    ///
    /// ```
    /// use language::dates::Calendar;
    /// assert!(Calendar::Jalali.is_leap(1399) && Calendar::Jalali.is_leap(1403) && !Calendar::Jalali.is_leap(1404));
    /// assert!(Calendar::Gregorian.is_leap(2000) && !Calendar::Gregorian.is_leap(1900));
    /// ```
    #[must_use]
    pub fn is_leap(self, year: i32) -> bool {
        (1..=self.last_year()).contains(&year)
            && match self {
                Calendar::Jalali => Cycle::of(year).is_leap(),
                Calendar::Gregorian => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0),
            }
    }

    /// The days of a month, or `None` if there is no such month. Without a year: of a leap year.
    #[must_use]
    pub fn days(self, year: Option<i32>, month: u8) -> Option<u8> {
        if year.is_some_and(|year| !(1..=self.last_year()).contains(&year)) {
            return None;
        }
        let is_leap = year.is_none_or(|year| self.is_leap(year));
        match (self, month) {
            (Calendar::Jalali, 1..=6) => Some(31),
            (Calendar::Jalali, 7..=11) => Some(30),
            (Calendar::Jalali, 12) => Some(29 + u8::from(is_leap)),
            (Calendar::Gregorian, 2) => Some(28 + u8::from(is_leap)),
            (Calendar::Gregorian, 4 | 6 | 9 | 11) => Some(30),
            (Calendar::Gregorian, 1..=12) => Some(31),
            _ => None,
        }
    }

    /// The number of a day, from 1970-01-01 Gregorian, which is 0; `None` if there is no such day.
    ///
    /// ```
    /// use language::dates::Calendar;
    /// let last = Calendar::Jalali.day_number(1403, 12, 30).expect("1403 is a leap year");
    /// assert_eq!(Calendar::Gregorian.date_of(last), Some((2025, 3, 20)));
    /// ```
    #[must_use]
    pub fn day_number(self, year: i32, month: u8, day: u8) -> Option<i64> {
        if !(1..=self.days(Some(year), month)?).contains(&day) {
            return None;
        }
        let before: i64 = (1..month).filter_map(|month| self.days(Some(year), month)).map(i64::from).sum();
        Some(self.new_year(year) + before + i64::from(day) - 1)
    }

    /// Year, month and day of a number, the inverse of [`Calendar::day_number`]; `None` outside the calendar's years.
    #[must_use]
    pub fn date_of(self, day_number: i64) -> Option<(i32, u8, u8)> {
        // A year is short of 365.25 days by less than 0.01: the guess is off by a hundredth of the years at most.
        let guess = day_number.checked_sub(self.new_year(1))?.checked_mul(4)? / 1461 + 1;
        let mut year = i32::try_from(guess).ok()?.clamp(1, self.last_year());
        while year > 1 && self.new_year(year) > day_number {
            year -= 1;
        }
        while year < self.last_year() && self.new_year(year + 1) <= day_number {
            year += 1;
        }
        let mut rest = day_number - self.new_year(year);
        for month in 1..=12 {
            let days = self.days(Some(year), month)?;
            if (0..i64::from(days)).contains(&rest) {
                return Some((year, month, rest as u8 + 1));
            }
            rest -= i64::from(days);
        }
        None
    }

    /// The number of the first day of a year of the calendar.
    fn new_year(self, year: i32) -> i64 {
        match self {
            Calendar::Jalali => JALALI_ORIGIN + 365 * i64::from(year) + i64::from(leap_years_before(year)),
            Calendar::Gregorian => {
                let past = i64::from(year) - 1;
                365 * past + past / 4 - past / 100 + past / 400 - 719_162
            }
        }
    }
}

impl fmt::Display for Calendar {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// The stretch between two of Borkowski's breaks, and a year's place in it.
#[derive(Clone, Copy)]
struct Cycle {
    years: i32,
    place: i32,
}

impl Cycle {
    /// The cycle of a year from −61 to 3177.
    fn of(year: i32) -> Cycle {
        let index = BREAKS.partition_point(|&first| first <= year).clamp(1, BREAKS.len() - 1);
        Cycle { years: BREAKS[index] - BREAKS[index - 1], place: year - BREAKS[index - 1] }
    }

    /// Every fourth year of 33 is a leap year, from the first to the twenty-ninth. The few years of a last, broken run
    /// are counted as if they came at its end.
    fn is_leap(self) -> bool {
        let is_at_end = self.years - self.place < 6;
        let place = if is_at_end { self.place - self.years + (self.years + 4) / 33 * 33 } else { self.place };
        let place = (place + 1).rem_euclid(33) - 1;
        place >= 0 && place % 4 == 0
    }
}

/// The number of leap years from −61 to the year before this one.
fn leap_years_before(year: i32) -> i32 {
    let whole = BREAKS.windows(2).take_while(|pair| pair[1] <= year);
    let in_whole: i32 =
        whole.map(|pair| pair[1] - pair[0]).map(|years| years / 33 * 8 + years % 33 / 4).sum();
    let Cycle { years, place } = Cycle::of(year);
    let late = i32::from(years % 33 == 4 && years - place == 4);
    in_whole + place / 33 * 8 + (place % 33 + 3) / 4 + late
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_agree() {
        // The new years that the calendar centre in Tehran announced, and days of history.
        let pairs = [
            ((1403, 1, 1), (2024, 3, 20)),
            ((1404, 1, 1), (2025, 3, 21)),
            ((1403, 12, 30), (2025, 3, 20)),
            ((1399, 12, 30), (2021, 3, 20)),
            ((1400, 1, 1), (2021, 3, 21)),
            ((1357, 11, 22), (1979, 2, 11)),
            ((1348, 10, 11), (1970, 1, 1)),
            ((1304, 1, 11), (1925, 3, 31)),
            ((1320, 6, 3), (1941, 8, 25)),
            ((1403, 10, 25), (2025, 1, 14)),
        ];
        for (jalali, gregorian) in pairs {
            let number = Calendar::Jalali.day_number(jalali.0, jalali.1, jalali.2);
            assert_eq!(
                number,
                Calendar::Gregorian.day_number(gregorian.0, gregorian.1, gregorian.2),
                "{jalali:?}"
            );
            assert_eq!(number.and_then(|number| Calendar::Jalali.date_of(number)), Some(jalali));
        }
        assert_eq!(Calendar::Gregorian.day_number(1970, 1, 1), Some(0));
    }

    #[test]
    fn leap_years_are_the_official_ones() {
        // Those of the last and the next fifty years, with the steps of five years in 1375 and 1408.
        let leap: Vec<i32> = (1350..=1440).filter(|&year| Calendar::Jalali.is_leap(year)).collect();
        assert_eq!(
            leap,
            [
                1350, 1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408,
                1412, 1416, 1420, 1424, 1428, 1432, 1436
            ]
        );
    }

    #[test]
    fn years_follow_each_other() {
        for calendar in Calendar::ALL {
            for year in 1..calendar.last_year() {
                let days = 365 + i64::from(calendar.is_leap(year));
                assert_eq!(calendar.new_year(year + 1) - calendar.new_year(year), days, "{calendar} {year}");
                let months: i64 =
                    (1..=12).filter_map(|month| calendar.days(Some(year), month)).map(i64::from).sum();
                assert_eq!(months, days);
            }
        }
    }

    #[test]
    fn days_that_are_not_there() {
        let none = [
            (Calendar::Jalali, 1404, 12, 30),
            (Calendar::Jalali, 1403, 7, 31),
            (Calendar::Jalali, 1403, 13, 1),
            (Calendar::Jalali, 1403, 0, 1),
            (Calendar::Jalali, 0, 1, 1),
            (Calendar::Jalali, 3178, 1, 1),
            (Calendar::Gregorian, 2025, 2, 29),
            (Calendar::Gregorian, 2025, 4, 31),
            (Calendar::Gregorian, 2025, 4, 0),
            (Calendar::Gregorian, 10_000, 1, 1),
        ];
        for (calendar, year, month, day) in none {
            assert_eq!(calendar.day_number(year, month, day), None, "{calendar} {year}-{month}-{day}");
        }
        assert_eq!(Calendar::Jalali.days(None, 12), Some(30));
        for number in [i64::MIN, i64::MAX, -10_000_000, 10_000_000] {
            assert!(Calendar::ALL.iter().all(|calendar| calendar.date_of(number).is_none()), "{number}");
        }
    }

    proptest! {
        #[test]
        fn numbers_lead_back_to_days(number in -492_000_i64..666_000) {
            for calendar in Calendar::ALL {
                let (year, month, day) = calendar.date_of(number).expect("within the years");
                prop_assert_eq!(calendar.day_number(year, month, day), Some(number));
            }
        }
    }
}
