//! The gate: takes all texts in, and says at the end what goes from each.

use std::ops::Range;

use serde_json::{Value, json};
use textcore::{Aside, Decisions, Error, Gate, Recalled, Run, Subject, Trouble};

use super::boundary::Boundary;
use super::spans::{Origin, Spans};
use super::texts::{BYTES_MAX, Texts};
use crate::place::Places;
use crate::tsv::TsvFile;

/// Memory for each byte of text: the byte, four of the suffix array, a bit for its mark, and spans.
const BYTES_PER_BYTE: usize = 6;

/// Cuts out what came before.
#[derive(Debug)]
pub struct Substring {
    /// How long it must be.
    pub length: usize,
    /// Between what the text is cut.
    pub boundary: Boundary,
    /// How much may be remembered.
    pub memory_bytes: usize,
}

/// All texts, and later what goes from them.
#[derive(Debug, Default)]
pub struct Memory {
    /// The list of what was cut, if one is asked for.
    removed: Option<TsvFile>,
    texts: Texts,
    /// Where the texts came from; only for the list.
    places: Places,
    spans: Spans,
    /// Where the next text begins that is asked about.
    next: usize,
}

impl Memory {
    /// Nothing yet; what is cut will be listed.
    pub fn new(removed: Option<TsvFile>) -> Self {
        Memory { removed, ..Memory::default() }
    }

    /// Closes the list.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<(), Error> {
        self.removed.map_or(Ok(()), TsvFile::finish)
    }

    /// What was found, for the report.
    pub fn report(&self) -> Value {
        json!({ "spans": self.spans.len(), "bytes": self.spans.length_bytes() })
    }

    /// Adds rows to the list: file, record, file and record of the first copy, then start and end in the text and the
    /// start of the first copy.
    fn list(&mut self, record: u64, cuts: &[Range<usize>], origins: &[Option<Origin>]) -> Result<(), Error> {
        let Some(removed) = &mut self.removed else { return Ok(()) };
        for (cut, origin) in cuts.iter().zip(origins) {
            removed.place(self.places.get(record));
            removed.place(origin.and_then(|origin| self.places.get(origin.text)));
            removed.number(cut.start as u64).number(cut.end as u64);
            match origin {
                Some(origin) => removed.number(origin.start as u64),
                None => removed.cell(b""),
            };
            removed.end()?;
        }
        Ok(())
    }
}

impl Substring {
    /// Takes a text in, if there is room.
    fn push(&self, texts: &mut Texts, text: &[u8]) -> Result<(), String> {
        if !texts.push(text) {
            return Err(format!(
                "--substring takes up to {BYTES_MAX} bytes of text (places have 32 bits), and here they are passed: \
                 split the input"
            ));
        }
        let needed = texts.bytes().len().saturating_mul(BYTES_PER_BYTE);
        if needed > self.memory_bytes {
            return Err(format!(
                "--substring needs {BYTES_PER_BYTE} bytes of memory for each byte of text, {needed} up to here, and -S allows \
                 {}: raise -S or split the input",
                self.memory_bytes
            ));
        }
        Ok(())
    }
}

impl Gate for Substring {
    type Key = Box<[u8]>;
    type State = Memory;
    type Scratch = ();

    fn key(&self, _: &mut (), subject: Subject<'_>) -> Box<[u8]> {
        subject.texts.first().copied().unwrap_or_default().into()
    }

    fn decide(
        &self,
        state: &mut Memory,
        keys: &mut Vec<Box<[u8]>>,
        runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        for run in runs {
            if state.removed.is_some() {
                state.places.add(run);
            }
            for (number, text) in (run.number..).zip(&keys[run.keys.clone()]) {
                self.push(&mut state.texts, text).map_err(|what| {
                    let record = Some(number);
                    Error::Input(Trouble { record, ..Trouble::with_operand(run.operand.name(), what) })
                })?;
                decisions.later();
            }
        }
        Ok(())
    }

    fn settle(&self, state: &mut Memory) -> Result<(), Error> {
        state.spans = Spans::find(&state.texts, self.length, self.boundary, state.removed.is_some())?;
        Ok(())
    }

    fn recall(
        &self,
        state: &mut Memory,
        aside: Aside<'_>,
        _: &mut Vec<u8>,
        cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        let text = state.texts.range_from(state.next);
        state.next = text.end + 1;
        let mut origins = Vec::new();
        for span in state.spans.of(&text) {
            cuts.push(span.bytes);
            origins.push(span.origin);
        }
        if cuts.is_empty() {
            return Ok(Recalled::Keep);
        }
        state.list(aside.index, cuts, &origins)?;
        let is_all = matches!(&cuts[..], [only] if *only == (0..text.len()));
        Ok(if is_all { Recalled::Drop } else { Recalled::Cut })
    }

    fn checkpoint(&self, state: &mut Memory) -> Result<(), Error> {
        state.removed.as_mut().map_or(Ok(()), TsvFile::flush)
    }

    fn reason(&self) -> &'static str {
        "nothing left"
    }
}
