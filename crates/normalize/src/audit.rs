//! Sums and samples: what each rule did, for the report.

use std::collections::BTreeMap;

use rewrite::Trace;
use serde_json::{Value, json};
use textcore::Record;
use unicode::utf8;

use crate::normalizer::{Bench, Cause, Normalizer};
use crate::row::visible_exactly;

/// How many samples a rule gives.
const SAMPLES_MAX: usize = 3;

/// How long a sample's text may be, in bytes.
const SAMPLE_BYTES_MAX: usize = 120;

/// What the rules did to some records. Parts add up; samples are the first in input order.
#[derive(Debug, Default)]
pub struct Audit {
    /// By number of the rule: those that did something.
    rules: BTreeMap<usize, RuleSum>,
}

#[derive(Debug, Default)]
struct RuleSum {
    records: u64,
    /// The last record counted, by its operand and number: several columns of it may be shown.
    last_record: Option<(u64, u64)>,
    changes: u64,
    characters: u64,
    code_points: BTreeMap<char, u64>,
    samples: Vec<Sample>,
}

#[derive(Debug)]
struct Sample {
    operand: String,
    record: u64,
    byte: usize,
    before: String,
    after: String,
}

impl Audit {
    /// Adds a record, given the trace of its text.
    pub fn add(&mut self, normalizer: &Normalizer, record: &Record<'_>, trace: &Trace, bench: &mut Bench) {
        normalizer.for_each_cause(record, trace, bench, |cause| self.count(record, cause));
    }

    fn count(&mut self, record: &Record<'_>, cause: Cause<'_>) {
        let sum = self.rules.entry(cause.rule).or_default();
        let place = Some((record.operand.index, record.number));
        sum.records += u64::from(sum.last_record != place);
        sum.last_record = place;
        sum.changes += 1;
        let mut at = 0;
        while at < cause.before.len() {
            let (character, length) = utf8::decode(&cause.before[at..]);
            *sum.code_points.entry(character).or_default() += 1;
            sum.characters += 1;
            at += length;
        }
        if sum.samples.len() < SAMPLES_MAX {
            sum.samples.push(Sample {
                operand: record.operand.name(),
                record: record.number,
                byte: cause.at,
                before: shown(cause.before),
                after: shown(cause.after),
            });
        }
    }

    /// Adds what happened to later records.
    pub fn merge(&mut self, later: Audit) {
        for (rule, more) in later.rules {
            let sum = self.rules.entry(rule).or_default();
            sum.records += more.records;
            sum.changes += more.changes;
            sum.characters += more.characters;
            for (character, count) in more.code_points {
                *sum.code_points.entry(character).or_default() += count;
            }
            let room = SAMPLES_MAX - sum.samples.len();
            sum.samples.extend(more.samples.into_iter().take(room));
        }
    }

    /// The report's entry: one object for each rule that did anything, in the order of the rules.
    pub fn to_json(&self, normalizer: &Normalizer) -> Value {
        self.rules
            .iter()
            .filter_map(|(number, sum)| normalizer.rule(*number).map(|rule| (*number, sum, rule)))
            .map(|(number, sum, rule)| {
                let code_points: serde_json::Map<String, Value> = sum
                    .code_points
                    .iter()
                    .map(|(character, count)| (format!("U+{:04X}", u32::from(*character)), json!(count)))
                    .collect();
                let mut row = json!({
                    "rule": rule.name, "about": rule.about, "lossy": rule.is_lossy, "records": sum.records,
                    "changes": sum.changes, "characters": sum.characters, "code_points": code_points,
                    "samples": sum.samples.iter().map(Sample::to_json).collect::<Vec<_>>(),
                });
                if let Some((_, Some(language))) = normalizer.rewriters.rule(number) {
                    row["language"] = json!(language.code());
                }
                row
            })
            .collect()
    }
}

impl Sample {
    fn to_json(&self) -> Value {
        json!({
            "operand": self.operand, "record": self.record, "byte": self.byte,
            "before": self.before, "after": self.after,
        })
    }
}

/// A text made visible, cut at a character if it is long.
fn shown(text: &[u8]) -> String {
    let mut end = text.len().min(SAMPLE_BYTES_MAX);
    while end > 0 && end < text.len() && text[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    let mut out = Vec::new();
    visible_exactly(&text[..end], &mut out);
    let mut shown = String::from_utf8_lossy(&out).into_owned();
    if end < text.len() {
        shown.push('…');
    }
    shown
}
