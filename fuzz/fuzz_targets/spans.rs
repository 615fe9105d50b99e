//! Dates, numbers, times and initials: spans ascend, are disjoint, hold well-formed text and end at characters.

#![no_main]

use language::Language;
use language::dates::Dates;
use language::spans;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (mut found, mut dates) = (Vec::new(), Vec::new());
    for language in Language::all() {
        spans::find(language, bytes, &mut found);
        check(bytes, found.iter().map(|span| span.range.clone()));
    }
    Dates::all().find(bytes, &mut dates);
    check(bytes, dates.iter().map(|found| found.range.clone()));
    for found in &dates {
        let date = found.date;
        assert!(date.month.is_none_or(|month| (1..=12).contains(&month)), "{date:?}");
        if let (Some(month), Some(day)) = (date.month, date.day) {
            let days = date.calendar.days(date.year, month).expect("a month");
            assert!((1..=days).contains(&day), "{date:?}");
        }
    }
});

fn check(text: &[u8], ranges: impl Iterator<Item = std::ops::Range<usize>>) {
    let mut from = 0;
    for range in ranges {
        assert!(from <= range.start && range.start < range.end && range.end <= text.len(), "{range:?}");
        assert!(std::str::from_utf8(&text[range.clone()]).is_ok(), "{range:?}");
        from = range.end;
    }
}
