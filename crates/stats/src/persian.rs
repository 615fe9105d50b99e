//! The part of the report that says what upstream did to Persian text.

use language::{Diagnosis, ZwnjFate};
use serde_json::{Map, Value, json};

use crate::document::{PERSIAN, ZWNJ_BYTES, ZWNJ_STRETCH_BYTES};
use crate::table::grouped;
use crate::totals::Totals;

/// Digits of two kinds are mixed if the rarer kind is at least this share of all, in per cent.
const MIXED_PERCENT: u64 = 5;

/// As an object; `None` if no document is Persian.
pub fn json(totals: &Totals) -> Option<Value> {
    let mut diagnosis = diagnosis_of(totals)?;
    let mut fields = Map::new();
    fields.insert("zwnj_verdict".to_owned(), json!(diagnosis.fate().name()));
    fields.insert("zwnj_sample_bytes".to_owned(), json!(ZWNJ_BYTES));
    fields.insert("zwnj_stretch_bytes".to_owned(), json!(ZWNJ_STRETCH_BYTES));
    fields.extend(diagnosis.named().map(|(name, sum)| (name.to_owned(), json!(*sum))));
    Some(Value::Object(fields))
}

/// As names and values; none if no document is Persian.
pub fn values(totals: &Totals) -> Vec<(&'static str, String)> {
    let Some(mut diagnosis) = diagnosis_of(totals) else { return Vec::new() };
    let verdict = ("zwnj_verdict", diagnosis.fate().name().to_owned());
    [verdict].into_iter().chain(diagnosis.named().map(|(name, sum)| (name, sum.to_string()))).collect()
}

/// As lines for people; empty if no document is Persian.
pub fn table(totals: &Totals) -> String {
    let Some(diagnosis) = diagnosis_of(totals) else { return String::new() };
    let thousandth = |sum: u64| 1000.0 * sum as f64 / diagnosis.words.max(1) as f64;
    let yeh = [
        ("U+06CC", diagnosis.yeh_persian),
        ("U+064A", diagnosis.yeh_arabic),
        ("U+0649", diagnosis.alef_maksura),
    ];
    let kaf = [("U+06A9", diagnosis.kaf_persian), ("U+0643", diagnosis.kaf_arabic)];
    let rows = [
        ("ZWNJ", verdict(&diagnosis)),
        (
            "",
            format!(
                "{:.1} per thousand words, {:.1} expected ({} of each {} KiB looked at)",
                thousandth(diagnosis.zwnj),
                thousandth(diagnosis.zwnj_expected),
                ZWNJ_BYTES / 1024,
                ZWNJ_STRETCH_BYTES / 1024
            ),
        ),
        ("yeh", shares(&yeh)),
        ("kaf", shares(&kaf)),
        ("digits", digits(&diagnosis)),
        (
            "forms",
            format!(
                "{} presentation forms, {} tatweel",
                grouped(diagnosis.presentation_forms),
                grouped(diagnosis.tatweel)
            ),
        ),
    ];
    let lines = rows.into_iter().map(|(name, row)| format!("  {name:<12}{row}").trim_end().to_owned() + "\n");
    ["\nPersian\n".to_owned()].into_iter().chain(lines).collect()
}

fn diagnosis_of(totals: &Totals) -> Option<Diagnosis> {
    totals.languages.contains_key(PERSIAN).then_some(totals.persian)
}

/// One sentence.
fn verdict(diagnosis: &Diagnosis) -> String {
    let fate = match diagnosis.fate() {
        ZwnjFate::Unknown => "too few to tell",
        ZwnjFate::Kept => "as it should be",
        ZwnjFate::PartlyLost => "partly lost upstream",
        ZwnjFate::Stripped => "stripped upstream",
    };
    format!(
        "{} U+200C in {} Persian words; about {} expected: {fate}",
        grouped(diagnosis.zwnj),
        grouped(diagnosis.words),
        grouped(diagnosis.zwnj_expected)
    )
}

/// How often each of some letters stands for one sound. Named by their numbers, so that text from right to left does not push
/// the figures about.
fn shares(letters: &[(&str, u64)]) -> String {
    let all: u64 = letters.iter().map(|(_, count)| count).sum();
    if all == 0 {
        return "none".to_owned();
    }
    let share = |(name, count): &(&str, u64)| format!("{name} {:.1} %", 100.0 * *count as f64 / all as f64);
    letters.iter().map(share).collect::<Vec<_>>().join(", ")
}

fn digits(diagnosis: &Diagnosis) -> String {
    let mut counts = [diagnosis.digits_ascii, diagnosis.digits_arabic, diagnosis.digits_persian];
    let [ascii, arabic, persian] = counts.map(grouped);
    counts.sort_unstable();
    let all: u64 = counts.iter().sum();
    let is_mixed = counts[1] > 0 && counts[1] * 100 >= all * MIXED_PERCENT;
    let end = if is_mixed { ": mixed" } else { "" };
    format!("{persian} Persian, {arabic} Arabic-Indic, {ascii} ASCII{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(persian: Diagnosis) -> Totals {
        Totals { persian, languages: [("fa".to_owned(), 1)].into(), ..Totals::default() }
    }

    #[test]
    fn the_verdict_is_a_sentence_and_lines_fit() {
        let found = Diagnosis {
            words: 1234,
            zwnj_expected: 80,
            yeh_persian: 999,
            yeh_arabic: 1,
            digits_ascii: 95,
            digits_persian: 5,
            ..Diagnosis::default()
        };
        let table = table(&totals(found));
        assert!(
            table.contains("0 U+200C in 1,234 Persian words; about 80 expected: stripped upstream"),
            "{table}"
        );
        assert!(table.contains("U+06CC 99.9 %, U+064A 0.1 %, U+0649 0.0 %"), "{table}");
        assert!(table.contains("kaf         none"), "{table}");
        assert!(table.contains("5 Persian, 0 Arabic-Indic, 95 ASCII: mixed"), "{table}");
        assert!(table.lines().all(|line| line.len() <= 100), "{table}");
    }

    #[test]
    fn other_text_has_no_such_part() {
        let other = Totals::default();
        assert_eq!((table(&other).as_str(), values(&other).len(), json(&other)), ("", 0, None));
    }
}
