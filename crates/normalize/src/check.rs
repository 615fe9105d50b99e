//! `--check`: which operands would change, and where first.

use std::collections::BTreeMap;

use textcore::{Answer, Error, Fold, Output, Record, Span};

use crate::normalizer::Normalizer;

/// The first place of an operand that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    operand: String,
    record: u64,
    byte: u64,
    what: &'static str,
}

/// Looks for what a [`Normalizer`] would change, and changes nothing.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// What is checked against.
    pub normalizer: Normalizer,
}

impl Check {
    /// What would change in a record, and how many bytes into its text.
    fn first_change(&self, record: &Record<'_>) -> Option<(&'static str, u64)> {
        if record.is_repaired {
            return Some(("ill-formed bytes", 0));
        }
        if let Some(form) = self.normalizer.form
            && let Some(at) = form.first_change(record.text)
        {
            return Some(("not in the normalization form", at as u64));
        }
        let lines = Normalizer { form: None, ..self.normalizer };
        if !lines.is_normalized(record.text) || (!record.is_part && !lines.is_normalized(record.end)) {
            return Some(("other line ends", 0));
        }
        None
    }
}

impl Fold for Check {
    type State = BTreeMap<u64, Finding>;

    fn start(&self) -> Self::State {
        BTreeMap::new()
    }

    fn fold_span(&self, state: &mut Self::State, span: Span<'_>) -> Result<bool, Error> {
        if span.starts && span.is_recoded {
            let finding =
                Finding { operand: span.operand.name(), record: 1, byte: 0, what: "a BOM, or not in UTF-8" };
            note(state, span.operand.index, finding);
        }
        Ok(self.normalizer.is_normalized(span.bytes))
    }

    fn fold(&self, state: &mut Self::State, record: Record<'_>) -> Result<(), Error> {
        let index = record.operand.index;
        if state.get(&index).is_some_and(|found| found.record <= record.number) {
            return Ok(());
        }
        if let Some((what, at)) = self.first_change(&record) {
            let operand = record.operand.name();
            note(state, index, Finding { operand, record: record.number, byte: record.offset + at, what });
        }
        Ok(())
    }

    fn finish(&self, states: Vec<Self::State>, out: &mut dyn Output) -> Result<Answer, Error> {
        let mut all = BTreeMap::new();
        for (index, finding) in states.into_iter().flatten() {
            note(&mut all, index, finding);
        }
        for finding in all.values() {
            let Finding { operand, record, byte, what } = finding;
            out.put(format!("{operand}: record {record} (byte {byte}): {what}\n").as_bytes())?;
        }
        Ok(if all.is_empty() { Answer::Yes } else { Answer::No })
    }
}

/// Keeps the earlier of two findings in the same operand.
fn note(state: &mut BTreeMap<u64, Finding>, index: u64, finding: Finding) {
    let entry = state.entry(index).or_insert_with(|| finding.clone());
    if (finding.record, finding.byte) < (entry.record, entry.byte) {
        *entry = finding;
    }
}
