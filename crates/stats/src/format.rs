//! The report for programs: JSON and TSV.

use serde_json::{Map, Value, json};
use textcore::partial::escape_key_into;

use crate::histogram::Histogram;
use crate::persian;
use crate::summary::Summary;

/// The schema of the JSON report; a change that breaks readers changes the number.
const SCHEMA: &str = "sluice.stats/1";

/// The sums that are asked for, by name.
fn sums(summary: &Summary) -> Vec<(&'static str, u64)> {
    let totals = &summary.totals;
    let counts = summary.parameters.counts;
    let all = [
        (counts.rest, "files", totals.files),
        (counts.rest, "records", totals.records),
        (counts.lines, "lines", totals.lines),
        (counts.words, "words", totals.words),
        (counts.rest, "types", summary.types),
        (counts.rest, "graphemes", totals.graphemes),
        (counts.chars, "chars", totals.chars),
        (counts.bytes, "bytes", totals.bytes),
    ];
    all.into_iter().filter(|(is_asked, ..)| *is_asked).map(|(_, name, sum)| (name, sum)).collect()
}

/// The numbers that describe a distribution of lengths; lengths of nothing are `None`.
fn lengths(histogram: &Histogram) -> [(&'static str, Option<u64>); 5] {
    [
        ("min", histogram.min()),
        ("median", histogram.quantile(50)),
        ("p90", histogram.quantile(90)),
        ("p99", histogram.quantile(99)),
        ("max", histogram.max()),
    ]
}

/// The report as one JSON object, indented, with a line end.
pub fn json(summary: &Summary) -> Vec<u8> {
    let mut report = Map::new();
    report.insert("schema".to_owned(), json!(SCHEMA));
    report.insert("unicode".to_owned(), json!(unicode::VERSION));
    report.insert("unit".to_owned(), json!(summary.parameters.unit));
    if let Some(norm) = &summary.parameters.key_norm {
        report.insert("key_norm".to_owned(), json!(norm));
    }
    report.extend(sums(summary).into_iter().map(|(name, sum)| (name.to_owned(), json!(sum))));
    if summary.parameters.counts.rest {
        let totals = &summary.totals;
        for (name, histogram) in
            [("record_length", &totals.record_lengths), ("word_length", &totals.word_lengths)]
        {
            let mut fields: Map<String, Value> =
                lengths(histogram).into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
            fields.insert("mean".to_owned(), json!(histogram.mean()));
            fields.insert(
                "histogram".to_owned(),
                histogram.iter().map(|(length, count)| json!([length, count])).collect(),
            );
            report.insert(name.to_owned(), Value::Object(fields));
        }
        report.insert("scripts".to_owned(), json!(totals.scripts));
        report.insert("languages".to_owned(), json!(totals.languages));
        if let Some(persian) = persian::json(totals) {
            report.insert("persian".to_owned(), persian);
        }
        let top = summary
            .top
            .iter()
            .map(|(word, count)| json!({ "word": String::from_utf8_lossy(word), "count": count }));
        report.insert("top".to_owned(), top.collect());
    }
    if summary.parameters.dates.is_some() {
        report.insert("dates".to_owned(), summary.totals.dates.json());
    }
    format!("{:#}\n", Value::Object(report)).into_bytes()
}

/// The report as `key<TAB>value` lines.
pub fn tsv(summary: &Summary) -> Vec<u8> {
    let mut out = Vec::new();
    let mut line = |key: &str, value: &str| {
        escape_key_into(key.as_bytes(), &mut out);
        out.extend_from_slice(format!("\t{value}\n").as_bytes());
    };
    for (name, sum) in sums(summary) {
        line(name, &sum.to_string());
    }
    if summary.parameters.counts.rest {
        let totals = &summary.totals;
        for (name, histogram) in
            [("record_length", &totals.record_lengths), ("word_length", &totals.word_lengths)]
        {
            for (quantile, value) in lengths(histogram) {
                line(
                    &format!("{name}.{quantile}"),
                    &value.map_or_else(String::new, |value| value.to_string()),
                );
            }
            line(&format!("{name}.mean"), &format!("{:.6}", histogram.mean()));
        }
        for (prefix, counts) in [("script", &totals.scripts), ("language", &totals.languages)] {
            for (name, count) in counts {
                line(&format!("{prefix}.{name}"), &count.to_string());
            }
        }
        for (name, value) in persian::values(totals) {
            line(&format!("persian.{name}"), &value);
        }
        for (word, count) in &summary.top {
            // The word is escaped already.
            out.extend_from_slice(b"word.");
            out.extend_from_slice(word);
            out.extend_from_slice(format!("\t{count}\n").as_bytes());
        }
    }
    out.extend_from_slice(summary.totals.dates.tsv().as_bytes());
    out
}
