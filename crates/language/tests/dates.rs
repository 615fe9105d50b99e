//! Dates in running text, as people of each language write them.

use language::Language;
use language::dates::{Calendar, Date, Dates, Found};

fn found(dates: &Dates, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    dates.find(text.as_bytes(), &mut found);
    found
}

/// `J1403-9-2`; what is not known is `-`.
fn said(date: Date) -> String {
    let part = |part: Option<i32>| part.map_or("-".to_owned(), |part| part.to_string());
    let calendar = if date.calendar == Calendar::Jalali { "J" } else { "G" };
    let (month, day) = (date.month.map(i32::from), date.day.map(i32::from));
    format!("{calendar}{}-{}-{}", part(date.year), part(month), part(day))
}

/// The text with its dates in `⟦` and `⟧`, and what they say.
fn marked(dates: &Dates, text: &str) -> String {
    let (mut out, mut from, mut all) = (String::new(), 0, Vec::new());
    for Found { range, date } in found(dates, text) {
        out += &format!("{}⟦{}⟧", &text[from..range.start], &text[range.clone()]);
        from = range.end;
        all.push(said(date));
    }
    out += &text[from..];
    if all.is_empty() { out } else { format!("{out} | {}", all.join(" ")) }
}

fn assert_cases(code: &str, cases: &str, count_min: usize) {
    let dates = Language::for_code(code).and_then(Dates::of).expect("it has a file");
    let (mut count, mut wrong) = (0, Vec::new());
    for case in cases.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let case = case.replace("{ZWNJ}", "\u{200C}").replace("{NBSP}", "\u{A0}");
        let text = case.split(" | ").next().unwrap_or("").replace(['⟦', '⟧'], "");
        if marked(dates, &text) != case {
            wrong.push((marked(dates, &text), case));
        }
        count += 1;
    }
    for (ours, case) in &wrong {
        println!("found  {ours}\nwanted {case}");
    }
    assert!(wrong.is_empty(), "{code}");
    assert!(count >= count_min, "{code}: {count}");
}

#[test]
fn persian() {
    assert_cases("fa", include_str!("data/dates-fa.txt"), 30);
}

#[test]
fn english() {
    assert_cases("en", include_str!("data/dates-en.txt"), 5);
}

#[test]
fn arabic() {
    assert_cases("ar", include_str!("data/dates-ar.txt"), 3);
}

#[test]
fn others() {
    for case in include_str!("data/dates-others.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
    {
        let (code, case) = case.split_once(' ').expect("a code");
        assert_cases(code, case, 1);
    }
}

#[test]
fn a_language_that_is_not_known_has_the_dates_of_all() {
    let text = "۲ آذر ۱۴۰۳، 14 January 2025, 14 كانون الثاني 2025, 03/04/2025, 1403/6/23";
    let all: Vec<String> = found(Dates::all(), text).into_iter().map(|found| said(found.date)).collect();
    assert_eq!(all, ["J1403-9-2", "G2025-1-14", "G2025-1-14", "G2025----", "J1403-6-23"]);
    let all: Vec<String> = found(Dates::neutral(), text).into_iter().map(|found| said(found.date)).collect();
    assert_eq!(all, ["G2025----"]);
}
