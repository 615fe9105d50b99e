//! Counts tokens, of each record, of each operand, or of all.

use std::collections::BTreeMap;
use std::sync::Arc;

use textcore::partial::escape_key_into;
use textcore::{Answer, Error, Fold, Map, Missed, Output, Record, Span, Verdict};
use unicode::Unit;

use crate::stream::{self, Stream};

/// Whose tokens are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountBy {
    /// All together: a number.
    Total,
    /// A row for each operand, its name and its number; at the end `total` and theirs, if there are several.
    File,
    /// A number for each record.
    Record,
}

/// Counts the tokens of each record, a number a line.
#[derive(Debug, Clone)]
pub struct RecordCounts {
    /// What is counted.
    pub stream: Arc<Stream>,
}

impl Map for RecordCounts {
    type Scratch = stream::Scratch;

    fn map(&self, scratch: &mut Self::Scratch, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        let count = self.stream.count(scratch, &record);
        out.extend_from_slice(format!("{count}\n").as_bytes());
        Verdict::Keep
    }

    fn is_listing(&self) -> bool {
        true
    }
}

/// Counts the tokens of operands.
#[derive(Debug, Clone)]
pub struct FileCounts {
    /// What is counted.
    pub stream: Arc<Stream>,
    /// A row for each, not the sum alone.
    pub has_rows: bool,
    /// Records are lines.
    pub is_by_line: bool,
}

/// What a worker counted, and its space for the next record.
#[derive(Debug, Default)]
pub struct State {
    /// Names and counts by the operand's index.
    counts: BTreeMap<u64, (String, u64)>,
    total: u64,
    scratch: stream::Scratch,
}

impl FileCounts {
    fn add(&self, state: &mut State, index: u64, name: impl FnOnce() -> String, count: u64) {
        state.total += count;
        if self.has_rows {
            state.counts.entry(index).or_insert_with(|| (name(), 0)).1 += count;
        }
    }
}

impl Fold for FileCounts {
    type State = State;

    fn start(&self) -> State {
        State::default()
    }

    fn fold_span(&self, state: &mut State, span: Span<'_>) -> Result<bool, Error> {
        // A line end is a boundary of these units, and no unit itself.
        let runs_over_lines = matches!(self.stream.plain_unit(), Some(Unit::Word | Unit::Space));
        let is_whole = runs_over_lines && self.is_by_line && span.is_plain;
        let count =
            if is_whole { self.stream.plain_unit().map_or(0, |unit| unit.count(span.bytes)) } else { 0 };
        self.add(state, span.operand.index, || span.operand.name(), count);
        Ok(is_whole)
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        let count = self.stream.count(&mut state.scratch, &record);
        self.add(state, record.operand.index, || record.operand.name(), count);
        Ok(())
    }

    fn finish(&self, states: Vec<State>, _: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        let total: u64 = states.iter().map(|state| state.total).sum();
        if !self.has_rows {
            out.put(format!("{total}\n").as_bytes())?;
            return Ok(Answer::Yes);
        }
        let mut counts: BTreeMap<u64, (String, u64)> = BTreeMap::new();
        for (index, (name, count)) in states.into_iter().flat_map(|state| state.counts) {
            counts.entry(index).or_insert((name, 0)).1 += count;
        }
        let mut row = Vec::new();
        for (name, count) in counts.values() {
            row.clear();
            escape_key_into(name.as_bytes(), &mut row);
            row.extend_from_slice(format!("\t{count}\n").as_bytes());
            out.put(&row)?;
        }
        if counts.len() > 1 {
            out.put(format!("total\t{total}\n").as_bytes())?;
        }
        Ok(Answer::Yes)
    }
}
