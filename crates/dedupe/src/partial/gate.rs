//! Counts that are written as a partial result.

use std::ops::Range;
use std::path::Path;

use serde_json::Value;
use textcore::partial::PartialWriter;
use textcore::recall::{Recall, Replay};
use textcore::{Answer, Aside, Decisions, Error, Gate, Output, Recalled, Run, Subject};

use super::{SCHEMA, line};
use crate::across::{KeyText, TextScratch};
use crate::bytes::{Census, Sighting, Verdict};
use crate::exact;

/// Counts records, and writes each once with its key and its count.
#[derive(Debug, Clone)]
pub struct Counting {
    /// What records are compared by.
    pub text: KeyText,
    /// As the first line of the result says them.
    pub parameters: Value,
}

/// What is remembered.
pub struct Counts {
    census: Census,
    /// The keys of the records that were kept aside.
    keys: Recall,
    keys_replay: Option<Replay>,
    lines: Recall,
    later: u64,
}

impl Counts {
    /// Nothing yet; the census takes most of the memory, and the engine a quarter for records kept aside.
    pub fn new(memory_bytes: usize, temporary_directory: &Path) -> Self {
        let recall = || Recall::new(memory_bytes / 16, temporary_directory);
        let census = Census::new(memory_bytes, temporary_directory);
        Counts { census, keys: recall(), keys_replay: None, lines: recall(), later: 0 }
    }
}

/// Sees a key in a census: it is a hash already.
pub fn see(census: &mut Census, key: u128, ordinal: u64, times: u64) -> Result<Sighting, Error> {
    census.see(key as u64, &key.to_be_bytes(), ordinal, times).map_err(Error::Temporary)
}

/// How often the record came that was the `index`-th to be kept aside; `None` if its key had come before.
pub fn times(census: &mut Census, index: u64) -> Result<Option<u64>, Error> {
    match census.times(index) {
        Some(times) => Ok(Some(times)),
        None => census.verdict(index).map_err(Error::Temporary),
    }
}

impl Gate for Counting {
    type Key = u128;
    type State = Counts;
    type Scratch = TextScratch;

    fn key(&self, scratch: &mut TextScratch, subject: Subject<'_>) -> u128 {
        exact::key(self.text.of(scratch, subject.texts))
    }

    fn decide(
        &self,
        state: &mut Counts,
        keys: &mut Vec<u128>,
        _runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        for key in keys.drain(..) {
            if see(&mut state.census, key, state.later, 1)? == Sighting::Known {
                decisions.drop();
                continue;
            }
            state.keys.push(0, &key.to_be_bytes()).map_err(Error::Temporary)?;
            state.later += 1;
            decisions.later();
        }
        Ok(())
    }

    fn settle(&self, state: &mut Counts) -> Result<(), Error> {
        state.census.settle(Verdict::Times).map_err(Error::Temporary)?;
        state.keys_replay = Some(state.keys.replay().map_err(Error::Temporary)?);
        Ok(())
    }

    fn recall(
        &self,
        state: &mut Counts,
        aside: Aside<'_>,
        label: &mut Vec<u8>,
        _cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        let mut key = None;
        if let Some(keys) = &mut state.keys_replay {
            keys.advance().map_err(Error::Temporary)?;
            key = keys.entry().first_chunk().map(|bytes| u128::from_be_bytes(*bytes));
        }
        let key = key.ok_or_else(|| Error::Internal("a record was kept aside without its key".to_owned()))?;
        let Some(times) = times(&mut state.census, aside.index)? else { return Ok(Recalled::Drop) };
        line::write(aside.record, key, times, label);
        state.lines.push(0, label).map_err(Error::Temporary)?;
        label.clear();
        Ok(Recalled::Taken)
    }

    fn finish(&self, state: &mut Counts, out: &mut dyn Output) -> Result<Answer, Error> {
        let mut writer = PartialWriter::new(SCHEMA, &self.parameters, out)?;
        let mut lines = state.lines.replay().map_err(Error::Temporary)?;
        while lines.advance().map_err(Error::Temporary)?.is_some() {
            writer.line(lines.entry())?;
        }
        writer.finish()?;
        Ok(Answer::Yes)
    }

    fn reason(&self) -> &'static str {
        "duplicate"
    }
}
