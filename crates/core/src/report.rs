//! What a run did: counters that merge, troubles as they come, one JSON report for all tools.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::encode::{Encoder, Unencodable};
use crate::error::Trouble;

/// The schema of `--report`; a change that breaks readers changes the number.
pub const REPORT_SCHEMA: &str = "sluice.report/1";

/// How many troubles the report lists one by one; all are counted and said on standard error.
const TROUBLES_LISTED_MAX: usize = 1000;

/// So many records of one operand are named on standard error; of the others their number is said.
const RECORDS_NAMED_MAX: u64 = 100;

/// How long a run must last before progress is shown, and how often it is shown then.
const PROGRESS_AFTER: Duration = Duration::from_secs(1);
const PROGRESS_EVERY: Duration = Duration::from_millis(200);

/// The first place where bytes were ill-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPlace {
    /// The operand's name.
    pub operand: String,
    /// The record's number.
    pub record: u64,
    /// The byte's offset in the operand.
    pub byte: u64,
}

/// The first character that the output's encoding lacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnencodablePlace {
    /// The operand's name.
    pub operand: String,
    /// The record's number; `None` for what passed by unread.
    pub record: Option<u64>,
    /// The offset in the operand of the record's first byte.
    pub byte: u64,
    /// The character.
    pub character: char,
}

/// Integers that say what happened to records; parts add up in any order, first places in input order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operands that were read to their end or to their trouble.
    pub operands: u64,
    /// Records that were read.
    pub records_read: u64,
    /// Records that were written.
    pub records_written: u64,
    /// Records that were written otherwise than they were read.
    pub records_changed: u64,
    /// Bytes of operands (decompressed) that were read.
    pub bytes_read: u64,
    /// Bytes that were written, before compression.
    pub bytes_written: u64,
    /// Maximal ill-formed parts.
    pub invalid_sequences: u64,
    /// Texts that hold ill-formed parts.
    pub invalid_records: u64,
    /// The first of them.
    pub first_invalid: Option<InvalidPlace>,
    /// Characters that the output's encoding lacked.
    pub unencodable_characters: u64,
    /// Records that held them.
    pub unencodable_records: u64,
    /// The first of them.
    pub first_unencodable: Option<UnencodablePlace>,
    /// Records left out, by reason.
    pub dropped: BTreeMap<&'static str, u64>,
    /// Records left out and named as errors, by reason.
    pub failed: BTreeMap<&'static str, u64>,
    /// Records that passed by unread, by reason.
    pub passed: BTreeMap<&'static str, u64>,
}

impl Counts {
    /// A record was left out.
    pub fn drop(&mut self, reason: &'static str) {
        *self.dropped.entry(reason).or_default() += 1;
    }

    /// A record was left out and named.
    pub fn fail(&mut self, reason: &'static str) {
        *self.failed.entry(reason).or_default() += 1;
    }

    /// A record passed by unread.
    pub fn pass(&mut self, reason: &'static str) {
        *self.passed.entry(reason).or_default() += 1;
    }

    /// How many records a policy left out or let pass unread, by the reason.
    pub fn left_out(&self) -> BTreeMap<&'static str, u64> {
        let mut reasons = BTreeMap::new();
        for (&reason, count) in self.dropped.iter().chain(&self.failed).chain(&self.passed) {
            *reasons.entry(reason).or_default() += count;
        }
        reasons
    }

    /// Remembers the first ill-formed place.
    pub fn note_invalid(&mut self, place: impl FnOnce() -> InvalidPlace) {
        if self.first_invalid.is_none() {
            self.first_invalid = Some(place());
        }
    }

    /// A record held characters that the output's encoding lacks.
    pub fn note_unencodable(&mut self, characters: u64, place: impl FnOnce() -> UnencodablePlace) {
        self.unencodable_characters += characters;
        self.unencodable_records += 1;
        if self.first_unencodable.is_none() {
            self.first_unencodable = Some(place());
        }
    }

    /// Adds the counts of what comes later in the input.
    pub fn add(&mut self, later: Counts) {
        self.operands += later.operands;
        self.records_read += later.records_read;
        self.records_written += later.records_written;
        self.records_changed += later.records_changed;
        self.bytes_read += later.bytes_read;
        self.bytes_written += later.bytes_written;
        self.invalid_sequences += later.invalid_sequences;
        self.invalid_records += later.invalid_records;
        if self.first_invalid.is_none() {
            self.first_invalid = later.first_invalid;
        }
        self.unencodable_characters += later.unencodable_characters;
        self.unencodable_records += later.unencodable_records;
        if self.first_unencodable.is_none() {
            self.first_unencodable = later.first_unencodable;
        }
        for (mine, theirs) in [
            (&mut self.dropped, later.dropped),
            (&mut self.failed, later.failed),
            (&mut self.passed, later.passed),
        ] {
            for (reason, count) in theirs {
                *mine.entry(reason).or_default() += count;
            }
        }
    }
}

/// Where progress goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Progress {
    /// To standard error where that is a terminal.
    #[default]
    Auto,
    /// To standard error in any case.
    Always,
}

/// Keeps the account of a run and speaks on standard error.
pub struct Ledger {
    tool: &'static str,
    quiet: bool,
    /// What happened so far.
    pub counts: Counts,
    /// What the tool adds to the report.
    pub extra: Map<String, Value>,
    troubles: Vec<Trouble>,
    troubles_count: u64,
    /// The operand whose records were named last, and how many of them.
    named: (String, u64),
    /// What the policy for ill-formed bytes did, for the warning: "replaced by U+FFFD".
    invalid_outcome: &'static str,
    encoder: Option<Encoder>,
    progress: Option<ProgressLine>,
}

struct ProgressLine {
    started: Instant,
    shown: Option<Instant>,
}

impl Ledger {
    /// Opens the account of a tool's run.
    pub fn new(tool: &'static str, quiet: bool, progress: Progress, invalid_outcome: &'static str) -> Self {
        let show = progress == Progress::Always || (!quiet && io::stderr().is_terminal());
        let progress = show.then(|| ProgressLine { started: Instant::now(), shown: None });
        Ledger {
            tool,
            quiet,
            counts: Counts::default(),
            extra: Map::new(),
            troubles: Vec::new(),
            troubles_count: 0,
            named: Default::default(),
            invalid_outcome,
            encoder: None,
            progress,
        }
    }

    /// Records are written in another encoding than UTF-8: the report and the warnings speak of it.
    pub fn encodes(&mut self, encoder: Encoder) {
        self.encoder = Some(encoder);
    }

    /// Names trouble on standard error, that of records up to a hundred for each operand; the run will end with
    /// exit status 2.
    pub fn trouble(&mut self, trouble: Trouble) {
        self.clear_progress();
        if trouble.operand != self.named.0 {
            self.close_named();
            self.named.0.clone_from(&trouble.operand);
        }
        self.named.1 += u64::from(trouble.record.is_some());
        if trouble.record.is_none() || self.named.1 <= RECORDS_NAMED_MAX {
            say(&format!("{}: {trouble}", self.tool));
        }
        self.troubles_count += 1;
        if self.troubles.len() < TROUBLES_LISTED_MAX {
            self.troubles.push(trouble);
        }
    }

    /// Says how many records of the operand under way were not named.
    fn close_named(&mut self) {
        let (operand, count) = std::mem::take(&mut self.named);
        if count > RECORDS_NAMED_MAX {
            let more = count - RECORDS_NAMED_MAX;
            let records = if more == 1 { "record" } else { "records" };
            say(&format!("{}: {operand}: {more} more {records} with errors", self.tool));
        }
    }

    /// Says something that is no error.
    pub fn warn(&mut self, what: &str) {
        if !self.quiet {
            self.clear_progress();
            say(&format!("{}: {what}", self.tool));
        }
    }

    /// Says what only those want to know who watch the run: where progress is shown.
    pub fn tell(&mut self, what: &str) {
        if self.progress.is_some() {
            self.clear_progress();
            say(&format!("{}: {what}", self.tool));
        }
    }

    /// Whether anything went wrong.
    pub fn has_trouble(&self) -> bool {
        self.troubles_count > 0
    }

    /// Shows how far the run is, at most five times a second.
    pub fn show_progress(&mut self) {
        let Some(line) = &mut self.progress else { return };
        let elapsed = line.started.elapsed();
        if elapsed < PROGRESS_AFTER || line.shown.is_some_and(|shown| shown.elapsed() < PROGRESS_EVERY) {
            return;
        }
        line.shown = Some(Instant::now());
        let megabytes = self.counts.bytes_read as f64 / 1e6;
        let text = format!(
            "\r{}: {megabytes:.0} MB, {} records, {} files, {:.0} MB/s\x1b[K",
            self.tool,
            self.counts.records_read,
            self.counts.operands,
            megabytes / elapsed.as_secs_f64()
        );
        let _ = io::stderr().write_all(text.as_bytes());
    }

    fn clear_progress(&mut self) {
        if let Some(line) = &mut self.progress
            && line.shown.take().is_some()
        {
            let _ = io::stderr().write_all(b"\r\x1b[K");
        }
    }

    /// Says once what happened to ill-formed bytes, and to characters that could not be encoded.
    pub fn close(&mut self) {
        self.clear_progress();
        self.close_named();
        if let Some(place) = self.counts.first_invalid.clone() {
            let what = match (self.counts.invalid_sequences, self.counts.invalid_records) {
                (1, _) => "1 ill-formed byte sequence".to_owned(),
                (sequences, 1) => format!("first of {sequences} ill-formed byte sequences in 1 record"),
                (sequences, records) => {
                    format!("first of {sequences} ill-formed byte sequences in {records} records")
                }
            };
            self.warn(&format!(
                "{}: record {} (byte {}): {what}, {}",
                place.operand, place.record, place.byte, self.invalid_outcome
            ));
        }
        if let (Some(encoder), Some(place)) = (self.encoder, self.counts.first_unencodable.clone()) {
            self.warn_of_unencodable(encoder, &place);
        }
    }

    fn warn_of_unencodable(&mut self, encoder: Encoder, place: &UnencodablePlace) {
        let outcome = match encoder.policy() {
            // Each has been named.
            Unencodable::Fail => return,
            Unencodable::Replace => "replaced",
            Unencodable::Html => "written as HTML character references",
            Unencodable::Escape => "written as escapes",
            Unencodable::Drop => "left out",
            Unencodable::Skip => "left out with their records",
        };
        let characters = self.counts.unencodable_characters;
        let trouble = Trouble {
            operand: place.operand.clone(),
            record: place.record,
            byte: Some(place.byte),
            what: format!(
                "U+{:04X} is the first of {characters} {} in {} records that {} lacks, {outcome}",
                u32::from(place.character),
                if characters == 1 { "character" } else { "characters" },
                self.counts.unencodable_records,
                encoder.target().name()
            ),
        };
        self.warn(&trouble.to_string());
    }

    /// The report. No times, thread counts or temporary names.
    pub fn to_json(&self, unicode_version: &str) -> Value {
        let reasons = |counts: &BTreeMap<&'static str, u64>| {
            Value::Object(counts.iter().map(|(reason, count)| ((*reason).to_owned(), json!(count))).collect())
        };
        let errors: Vec<Value> = self
            .troubles
            .iter()
            .map(|trouble| {
                json!({
                    "operand": trouble.operand, "record": trouble.record, "byte": trouble.byte,
                    "message": trouble.what,
                })
            })
            .collect();
        let counts = &self.counts;
        let first = counts.first_invalid.as_ref();
        let mut report = json!({
            "schema": REPORT_SCHEMA,
            "tool": self.tool,
            "version": env!("CARGO_PKG_VERSION"),
            "unicode": unicode_version,
            "operands": counts.operands,
            "records": {
                "read": counts.records_read,
                "written": counts.records_written,
                "changed": counts.records_changed,
                "dropped": reasons(&counts.dropped),
                "failed": reasons(&counts.failed),
                "passed": reasons(&counts.passed),
            },
            "bytes": { "read": counts.bytes_read, "written": counts.bytes_written },
            "invalid": {
                "sequences": counts.invalid_sequences,
                "records": counts.invalid_records,
                "first": first.map(|place| json!({
                    "operand": place.operand, "record": place.record, "byte": place.byte,
                })),
            },
            "errors_count": self.troubles_count,
            "errors": errors,
        });
        if let Value::Object(fields) = &mut report {
            if self.encoder.is_some() {
                fields.insert("unencodable".to_owned(), unencodable(counts));
            }
            fields.extend(self.extra.clone());
        }
        report
    }
}

fn unencodable(counts: &Counts) -> Value {
    let first = counts.first_unencodable.as_ref();
    json!({
        "characters": counts.unencodable_characters,
        "records": counts.unencodable_records,
        "first": first.map(|place| json!({
            "operand": place.operand, "record": place.record, "byte": place.byte,
            "character": format!("U+{:04X}", u32::from(place.character)),
        })),
    })
}

/// Writes one line to standard error; a standard error that is closed cannot be told of it.
pub fn say(line: &str) {
    let _ = io::stderr().write_all(format!("{line}\n").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_and_the_first_place_stays_first() {
        let mut first = Counts { records_read: 2, ..Counts::default() };
        first.drop("duplicate");
        first.note_invalid(|| InvalidPlace { operand: "a".into(), record: 1, byte: 0 });
        let mut later = first.clone();
        later.first_invalid = Some(InvalidPlace { operand: "b".into(), record: 1, byte: 0 });
        first.add(later);
        assert_eq!(first.records_read, 4);
        assert_eq!(first.dropped["duplicate"], 2);
        assert_eq!(first.first_invalid.map(|place| place.operand), Some("a".into()));
    }

    #[test]
    fn the_report_is_stable() {
        let mut ledger = Ledger::new("tool", true, Progress::Auto, "kept");
        ledger.counts.fail("malformed");
        let report = ledger.to_json("18.0.0");
        assert_eq!(report["schema"], REPORT_SCHEMA);
        assert_eq!(report["records"]["failed"]["malformed"], 1);
        assert_eq!(report["errors"], json!([]));
    }
}
