//! Questions about operands that are answered by a list of those that fail: `--check`, `--prove-idempotent`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rewrite::Trace;
use textcore::{Answer, Error, Fold, Missed, Output, Record, Span};

use crate::normalizer::{Bench, Normalizer};

/// What is asked of every record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Would it stay as it is?
    IsNormalized,
    /// Would it, once normalized, stay as it is then?
    IsIdempotent,
}

/// The first record of an operand of which the answer is no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    operand: String,
    record: u64,
    byte: u64,
    /// What the byte is counted in, if not in the operand.
    of: &'static str,
    what: String,
}

/// Asks, and changes nothing.
#[derive(Clone)]
pub struct Check {
    /// What is asked about.
    pub normalizer: Arc<Normalizer>,
    /// What is asked.
    pub question: Question,
}

/// What a worker found, and its space for the next record.
#[derive(Debug, Default)]
pub struct State {
    found: BTreeMap<u64, Finding>,
    bench: Bench,
    trace: Trace,
    once: Vec<u8>,
}

impl Check {
    /// What speaks against a record, and how many bytes into its text.
    fn objection(&self, state: &mut State, record: &Record<'_>) -> Option<(String, u64)> {
        if self.question == Question::IsNormalized {
            return self.first_change(state, record);
        }
        let mut once = std::mem::take(&mut state.once);
        once.clear();
        once.extend_from_slice(self.normalizer.text(record, &mut state.bench));
        // A filter looks at the result: what it drops is not written, and nothing is asked of it.
        let is_written = self.normalizer.filters.reject(&once).is_none();
        let again = Record { text: &once, is_repaired: false, end: b"", ..*record };
        let objection = if is_written { self.first_change(state, &again) } else { None };
        state.once = once;
        objection
    }

    fn first_change(&self, state: &mut State, record: &Record<'_>) -> Option<(String, u64)> {
        let State { bench, trace, .. } = state;
        let text = self.normalizer.trace(record, bench, trace);
        let dropped = self.normalizer.filters.reject(text);
        let is_same = text == record.text;
        let mut first: Option<(usize, usize)> = None;
        self.normalizer.for_each_cause(record, trace, bench, |cause| {
            // Edits may cancel out; what happens before them and after them does not.
            let counts = !is_same || cause.rule >= self.normalizer.rewriters.rule_count();
            if counts && first.is_none_or(|(at, _)| cause.at < at) {
                first = Some((cause.at, cause.rule));
            }
        });
        if let Some((at, number)) = first {
            let rule = self.normalizer.rule(number)?;
            return Some((format!("{}: {}", rule.name, rule.about), at as u64));
        }
        dropped.map(|reason| (format!("would be left out: {reason}"), 0))
    }
}

impl Fold for Check {
    type State = State;

    fn start(&self) -> Self::State {
        State::default()
    }

    fn fold_span(&self, state: &mut Self::State, span: Span<'_>) -> Result<bool, Error> {
        if span.starts && span.written.is_recoded() && self.question == Question::IsNormalized {
            let what = "a BOM, or not in UTF-8".to_owned();
            let finding = Finding { operand: span.operand.name(), record: 1, byte: 0, of: "", what };
            note(&mut state.found, span.operand.index, finding);
        }
        Ok(self.normalizer.is_identity_on(span.bytes, span.judgement))
    }

    fn fold(&self, state: &mut Self::State, record: Record<'_>) -> Result<(), Error> {
        let index = record.operand.index;
        if state.found.get(&index).is_some_and(|found| found.record <= record.number) {
            return Ok(());
        }
        if let Some((what, at)) = self.objection(state, &record) {
            let operand = record.operand.name();
            let (byte, of) = if record.is_part { (at, " of its text") } else { (record.offset + at, "") };
            note(&mut state.found, index, Finding { operand, record: record.number, byte, of, what });
        }
        Ok(())
    }

    fn finish(&self, states: Vec<Self::State>, _: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        let mut all = BTreeMap::new();
        for (index, finding) in states.into_iter().flat_map(|state| state.found) {
            note(&mut all, index, finding);
        }
        for finding in all.values() {
            let Finding { operand, record, byte, of, what } = finding;
            out.put(format!("{operand}: record {record} (byte {byte}{of}): {what}\n").as_bytes())?;
        }
        Ok(if all.is_empty() { Answer::Yes } else { Answer::No })
    }
}

/// Keeps the earlier of two findings in the same operand.
fn note(found: &mut BTreeMap<u64, Finding>, index: u64, finding: Finding) {
    let entry = found.entry(index).or_insert_with(|| finding.clone());
    if (finding.record, finding.byte) < (entry.record, entry.byte) {
        *entry = finding;
    }
}
