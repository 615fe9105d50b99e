//! What a run says, read back: rows, the rules of a report, the text that records were decoded to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pipelines::{Outcome, tool};
use serde_json::Value;

/// A run in a folder that ends well; warnings are silenced.
#[track_caller]
pub fn done(folder: &Path, args: &[&str]) -> Outcome {
    let run = tool("normalize").args(["-q"]).args(args).within(folder).run();
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "normalize {args:?}");
    run
}

/// What a run makes of a text on standard input.
#[track_caller]
pub fn made(args: &[&str], text: impl Into<Vec<u8>>) -> String {
    let run = tool("normalize").args(args).input(text).run();
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "normalize {args:?}");
    run.text()
}

/// A run that is refused: exit status 2, nothing on standard output; what is said.
#[track_caller]
pub fn refused(folder: &Path, args: &[&str]) -> String {
    let run = tool("normalize").args(args).within(folder).input("a\n").run();
    assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "normalize {args:?}: {}", run.err);
    assert!(!run.err.contains("panicked"), "normalize {args:?}: {}", run.err);
    run.err
}

/// A row of `--explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    pub operand: String,
    pub record: usize,
    pub byte: usize,
    pub rule: String,
    pub before: String,
    pub after: String,
}

/// The rows of `--explain`.
#[track_caller]
pub fn explained(text: &str) -> Vec<Explained> {
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [operand, record, byte, rule, before, after] = fields[..] else { panic!("six fields: {line}") };
        Explained {
            operand: operand.to_owned(),
            record: record.parse().expect("a number"),
            byte: byte.parse().expect("a number"),
            rule: rule.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        }
    };
    text.lines().map(row).collect()
}

/// A row of `--offsets`: starts and ends in the output's text and in the input's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub operand: String,
    pub record: usize,
    pub output: (usize, usize),
    pub source: (usize, usize),
}

/// The rows of `--offsets`.
#[track_caller]
pub fn stretches(rows: &[u8]) -> Vec<Stretch> {
    let row = |line: &str| {
        let mut fields = line.split('\t');
        let operand = fields.next().expect("an operand").to_owned();
        let numbers: Vec<usize> = fields.map(|field| field.parse().expect("a number")).collect();
        let [record, output_start, output_end, start, end] = numbers[..] else {
            panic!("six fields: {line}")
        };
        Stretch { operand, record, output: (output_start, output_end), source: (start, end) }
    };
    std::str::from_utf8(rows).expect("text").lines().map(row).collect()
}

/// For each rule of a report: how many records it changed, and how often.
pub fn reported(report: &[u8]) -> BTreeMap<String, (u64, u64)> {
    let report: Value = serde_json::from_slice(report).expect("JSON");
    let rules = report["rules"].as_array().expect("a list of rules");
    let sum = |rule: &Value| {
        let number = |name: &str| rule[name].as_u64().expect("a number");
        (rule["rule"].as_str().expect("a name").to_owned(), (number("records"), number("changes")))
    };
    rules.iter().map(sum).collect()
}

/// The same sums, counted from rows.
pub fn counted(rows: &[Explained]) -> BTreeMap<String, (u64, u64)> {
    let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for row in rows {
        let (records, changes) = sums.entry(row.rule.clone()).or_default();
        *records += u64::from(seen.insert((&row.rule, &row.operand, row.record)));
        *changes += 1;
    }
    sums
}
