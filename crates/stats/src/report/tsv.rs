//! TSV: a line for each number.

use textcore::partial::escape_key_into;

use super::{Cell, Curve, Item, Ranking, Report, Section, Value, number};
use crate::histogram::Histogram;

/// What stands in the column of groups for all text.
pub const ALL: &str = "total";

/// Lines of `key<TAB>value`, and of `group<TAB>key<TAB>value` where text is grouped, all of it last as `total`.
///
/// Keys are `SECTION.ITEM`, of sizes `ITEM` alone. Of a share there are two lines, `KEY` and `KEY_share`; of lengths
/// `KEY.min`, `KEY.mean` and so on; of parts of a whole `KEY.NAME`; of a ranking `KEY.COLUMN.THING` for each thing and
/// column; of a curve `KEY.Y.X` and `KEY.fitted.X`. What stands last in a key may hold dots. Bytes of things are those of the
/// text; tab, line feed, return and backslash are escaped everywhere. A measure that is not defined has no value.
pub fn write(report: &Report) -> Vec<u8> {
    let mut lines = Lines { out: Vec::new(), group: None };
    for (name, sections) in &report.groups {
        lines.group = Some(name);
        lines.sections(sections);
    }
    if !report.groups.is_empty() {
        lines.group = Some(ALL);
    }
    lines.sections(&report.total);
    lines.out
}

struct Lines<'a> {
    out: Vec<u8>,
    group: Option<&'a str>,
}

impl Lines<'_> {
    fn sections(&mut self, sections: &[Section]) {
        for section in sections {
            let prefix = if section.is_top() { String::new() } else { format!("{}.", section.key) };
            for item in &section.items {
                self.item(&format!("{prefix}{}", item.key), item);
            }
        }
    }

    fn line(&mut self, key: &str, last: &[u8], value: &str) {
        if let Some(group) = self.group {
            escape_key_into(group.as_bytes(), &mut self.out);
            self.out.push(b'\t');
        }
        escape_key_into(key.as_bytes(), &mut self.out);
        escape_key_into(last, &mut self.out);
        self.out.push(b'\t');
        escape_key_into(value.as_bytes(), &mut self.out);
        self.out.push(b'\n');
    }

    fn item(&mut self, key: &str, item: &Item) {
        match &item.value {
            Value::Count(count) => self.line(key, b"", &count.to_string()),
            Value::Share { count, of } => {
                self.line(key, b"", &count.to_string());
                self.line(key, b"_share", &number::exact(*count as f64 / *of as f64));
            }
            Value::Real(number) => self.line(key, b"", &number::exact(*number)),
            Value::Text(text) => self.line(key, b"", text),
            Value::Shares(parts) => {
                for (name, count) in parts {
                    self.line(&format!("{key}."), name.as_bytes(), &count.to_string());
                }
            }
            Value::Lengths(histogram) => self.lengths(key, histogram),
            Value::Ranking(ranking) => self.ranking(key, ranking),
            Value::Curve(curve) => self.curve(key, curve),
        }
    }

    fn lengths(&mut self, key: &str, histogram: &Histogram) {
        let text = |(name, length): (_, Option<u64>)| {
            (name, length.map_or_else(String::new, |length| length.to_string()))
        };
        let mean = ("mean", histogram.defined_mean().map_or_else(String::new, number::exact));
        let [min, others @ ..] = histogram.summary().map(text);
        for (name, value) in [min, mean].into_iter().chain(others) {
            self.line(&format!("{key}."), name.as_bytes(), &value);
        }
    }

    fn ranking(&mut self, key: &str, ranking: &Ranking) {
        for (thing, cells) in &ranking.rows {
            for (column, cell) in ranking.columns.iter().zip(cells) {
                let value = match cell {
                    Cell::Count(count) => count.to_string(),
                    Cell::Real(number) => number::exact(*number),
                };
                self.line(&format!("{key}.{column}."), thing, &value);
            }
        }
    }

    fn curve(&mut self, key: &str, curve: &Curve) {
        for (place, (x, y)) in curve.points.iter().enumerate() {
            let x = number::exact(*x);
            self.line(&format!("{key}.{}.", curve.y), x.as_bytes(), &number::exact(*y));
            if let Some(fitted) = curve.fitted.get(place) {
                self.line(&format!("{key}.fitted."), x.as_bytes(), &number::exact(*fitted));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;

    fn lines(report: &Report) -> Vec<Vec<u8>> {
        let out = write(report);
        let mut lines: Vec<Vec<u8>> = out.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
        assert_eq!(lines.pop(), Some(Vec::new()), "the last line has its end");
        lines
    }

    #[test]
    fn every_line_has_one_tab() {
        let lines = lines(&sample::report());
        assert!(lines.iter().all(|line| line.iter().filter(|&&byte| byte == b'\t').count() == 1));
        for expected in [
            "words\t1204381",
            "health.ill_formed\t12",
            "scripts.script.Latin\t1933870",
            "lengths.word_length.max\t212",
            "frequency.top.count.و\t48211",
            "frequency.top.count.a\\tb.\\\\n\t77",
            "vocabulary.hdd\t",
            "vocabulary.growth.types.1000\t523",
            "persian.zwnj_verdict\tpartly-lost",
        ] {
            assert!(lines.iter().any(|line| line == expected.as_bytes()), "{expected}");
        }
        // The bytes of the text, though they are not UTF-8.
        assert!(lines.contains(&b"frequency.top.count.caf\xE9\t41".to_vec()));
    }

    #[test]
    fn groups_come_first_and_all_text_last() {
        let lines = lines(&sample::grouped());
        assert!(lines.iter().all(|line| line.iter().filter(|&&byte| byte == b'\t').count() == 2));
        assert!(lines[0].starts_with(b"corpus/en/news.txt\tfiles\t"));
        assert!(lines.last().is_some_and(|line| line.starts_with(b"total\t")));
        assert!(lines.iter().any(|line| line.starts_with(b"odd\\tname\\n<b>.txt\twords\t")));
    }

    proptest! {
        #[test]
        fn any_report_is_keys_and_values(report in sample::any_report()) {
            let columns = if report.groups.is_empty() { 2 } else { 3 };
            for line in lines(&report) {
                prop_assert_eq!(line.split(|&byte| byte == b'\t').count(), columns);
            }
        }
    }
}
