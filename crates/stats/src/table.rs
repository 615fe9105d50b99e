//! The report for people: one screen.

use std::fmt::Write;

use crate::histogram::Histogram;
use crate::persian;
use crate::summary::Summary;

/// The width of the longest bar, in cells.
const BAR_CELLS: u64 = 32;

/// How many scripts are named.
const SCRIPTS_MAX: usize = 6;

/// The whole table.
pub fn table(summary: &Summary) -> String {
    let mut out = String::new();
    write_sums(&mut out, summary);
    if summary.parameters.counts.rest {
        write_shares(&mut out, summary);
        out.push_str(&persian::table(&summary.totals));
        let totals = &summary.totals;
        write_lengths(&mut out, "record length", &totals.record_lengths, true);
        write_lengths(&mut out, &format!("{} length", summary.parameters.unit), &totals.word_lengths, false);
        write_top(&mut out, summary);
    }
    if summary.parameters.dates.is_some() {
        out += &summary.totals.dates.table();
    }
    out
}

fn write_sums(out: &mut String, summary: &Summary) {
    let totals = &summary.totals;
    let counts = summary.parameters.counts;
    let unit = &summary.parameters.unit;
    let rows = [
        (counts.rest, "files", totals.files, ""),
        (counts.rest, "records", totals.records, ""),
        (counts.lines, "lines", totals.lines, ""),
        (counts.words, "words", totals.words, unit),
        (counts.rest, "types", summary.types, "different words"),
        (counts.rest, "graphemes", totals.graphemes, ""),
        (counts.chars, "characters", totals.chars, ""),
        (counts.bytes, "bytes", totals.bytes, ""),
    ];
    for (_, name, sum, note) in rows.into_iter().filter(|row| row.0) {
        let note = match note {
            "" => String::new(),
            "different words" => format!("  {note}"),
            unit => format!("  by --unit {unit}"),
        };
        let _ = writeln!(out, "{name:<14}{:>15}{note}", grouped(sum));
    }
}

fn write_shares(out: &mut String, summary: &Summary) {
    let mut scripts: Vec<_> = summary.totals.scripts.iter().collect();
    scripts.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let all: u64 = scripts.iter().map(|(_, count)| *count).sum();
    let named = scripts.iter().take(SCRIPTS_MAX).map(|(name, count)| {
        let percent = 100.0 * **count as f64 / all.max(1) as f64;
        format!("{name} {percent:.1} %")
    });
    let named: Vec<_> = named.collect();
    let more = scripts.len().saturating_sub(SCRIPTS_MAX);
    let rest = if more > 0 { format!(", {more} more") } else { String::new() };
    let _ = writeln!(out, "{:<14}{}{rest}", "scripts", named.join(", "));
    let mut languages: Vec<_> = summary.totals.languages.iter().collect();
    languages.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let named: Vec<_> = languages
        .iter()
        .map(|(code, count)| {
            let language = language::Language::for_code(code);
            let name = language.map_or(code.as_str(), |language| language.name());
            format!("{name} {}", grouped(**count))
        })
        .collect();
    let _ = writeln!(out, "{:<14}{} (documents)", "languages", named.join(", "));
}

fn write_lengths(out: &mut String, title: &str, histogram: &Histogram, has_bars: bool) {
    let (Some(min), Some(median), Some(p90), Some(p99), Some(max)) = (
        histogram.min(),
        histogram.quantile(50),
        histogram.quantile(90),
        histogram.quantile(99),
        histogram.max(),
    ) else {
        return;
    };
    let mean = histogram.mean();
    let _ = writeln!(
        out,
        "\n{title}, in characters: min {min}, median {median}, mean {mean:.1}, 90 % {p90}, 99 % {p99}, max {max}"
    );
    if !has_bars {
        return;
    }
    let classes = histogram.doubling_classes();
    let largest = classes.iter().map(|class| class.2).max().unwrap_or(1).max(1);
    for (first, last, count) in classes {
        let range = if first == last { first.to_string() } else { format!("{first}-{last}") };
        let _ = writeln!(out, "{range:>13} {:<32} {}", bar(count, largest), grouped(count));
    }
}

/// A bar in eighths of a cell; anything that is there at all is seen.
fn bar(count: u64, largest: u64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (u128::from(count) * u128::from(BAR_CELLS * 8) / u128::from(largest)) as usize;
    let eighths = eighths.max(usize::from(count > 0));
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// The words stand last on their lines, so that right-to-left text cannot push the numbers about.
fn write_top(out: &mut String, summary: &Summary) {
    if summary.top.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nmost frequent, with their share of all words");
    for (word, count) in &summary.top {
        let percent = 100.0 * *count as f64 / summary.totals.words.max(1) as f64;
        let _ = writeln!(out, "{:>13} {percent:>6.2} %  {}", grouped(*count), String::from_utf8_lossy(word));
    }
}

/// Digits in groups of three.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn bars_fill_their_cells() {
        assert_eq!(bar(0, 5), "");
        assert_eq!(bar(1, 1_000_000), "▏");
        assert_eq!(bar(5, 5), "█".repeat(32));
    }
}
