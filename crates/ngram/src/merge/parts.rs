//! Any number of partial results as one stream of rows, of which only some are open at a time.

use std::sync::Arc;

use textcore::opened::{Opened, OpenedLines};
use textcore::source::{Operand, Operands};
use textcore::tally::{Run, Spool, Tournament, merge_runs};
use textcore::{Engine, Error, Trouble};

use super::part::Part;
use super::rows::Rows;
use crate::parameters::Parameters;

/// About what an open part takes: its line, buffers, a decompressor and its window.
const PART_BYTES: usize = 2 << 20;
/// How many parts, or runs made of them, are open at once: as many as the memory bears, between these two.
const TOGETHER_MIN: usize = 8;
const TOGETHER_MAX: usize = 64;

/// Partial results of the same parameters, merged.
pub struct Parts {
    /// What they were made with.
    pub parameters: Parameters,
    /// How many documents they are of.
    pub documents: u64,
    /// What they hold.
    pub rows: Box<dyn Rows>,
}

impl Parts {
    /// Opens the operands of a run.
    ///
    /// Up to 64 are open at a time; where there are more, they are merged in groups, into runs in a temporary file, and
    /// have then been read to their ends.
    ///
    /// # Errors
    /// [`Error::Input`] for a part of another version, or made with other parameters than the first.
    pub fn open(engine: &mut Engine) -> Result<Self, Error> {
        let operands = Operands::new(engine.intake.sources.clone());
        // An escaped byte takes two; numbers and tabs stand beside the tokens.
        let line_bytes_max = engine.reading.record_bytes_max.saturating_mul(2).saturating_add(1024);
        let together = (engine.memory_bytes / PART_BYTES).clamp(TOGETHER_MIN, TOGETHER_MAX);
        let mut groups = Groups::new(Spool::new(&engine.temporary_directory), together);
        for operand in operands {
            let part = open(engine, operand, line_bytes_max)?;
            groups.push(part)?;
            engine.ledger.counts.operands += 1;
        }
        groups.merge()
    }
}

fn open(engine: &Engine, operand: Result<Operand, Trouble>, line_bytes_max: usize) -> Result<Part, Error> {
    let opened = Opened::open(engine, Arc::new(operand.map_err(Error::Input)?))?;
    Part::open(OpenedLines::new(opened, line_bytes_max))
}

/// Parts that are open, and runs made of those that were.
pub(super) struct Groups {
    first: Option<(String, Parameters)>,
    documents: u64,
    group: Vec<Part>,
    runs: Vec<Run>,
    spool: Spool,
    together: usize,
}

impl Groups {
    pub fn new(spool: Spool, together: usize) -> Self {
        Groups { first: None, documents: 0, group: Vec::new(), runs: Vec::new(), spool, together }
    }

    pub fn push(&mut self, part: Part) -> Result<(), Error> {
        match &self.first {
            None => self.first = Some((part.name(), part.parameters.clone())),
            Some((name, parameters)) => part.expect(parameters, name)?,
        }
        if self.group.len() == self.together {
            self.run()?;
        }
        self.documents = self.documents.saturating_add(part.documents);
        self.group.push(part);
        Ok(())
    }

    /// Makes a run of the parts that are open.
    fn run(&mut self) -> Result<(), Error> {
        let rows = Tournament::new(std::mem::take(&mut self.group))?;
        self.runs.push(write_run(rows, &mut self.spool, |_, _| Ok(()))?);
        Ok(())
    }

    pub fn merge(mut self) -> Result<Parts, Error> {
        let Some((_, parameters)) = self.first.take() else {
            return Err(Error::Usage("there is nothing to merge".to_owned()));
        };
        let rows: Box<dyn Rows> = if self.runs.is_empty() {
            Box::new(Tournament::new(self.group)?)
        } else {
            self.run()?;
            Box::new(merge_runs(self.runs, self.together, self.spool.directory()).map_err(Error::Temporary)?)
        };
        Ok(Parts { parameters, documents: self.documents, rows })
    }
}

/// Writes rows to a run, and shows each to `look` on the way.
pub(super) fn write_run(
    mut rows: impl Rows,
    spool: &mut Spool,
    mut look: impl FnMut(&[u8], u64) -> Result<(), Error>,
) -> Result<Run, Error> {
    let mut writer = spool.write(None).map_err(Error::Temporary)?;
    let mut previous = Vec::new();
    while let Some((key, count)) = rows.next_row()? {
        look(key, count)?;
        writer.push(&previous, key, count).map_err(Error::Temporary)?;
        previous.clear();
        previous.extend_from_slice(key);
    }
    writer.finish().map_err(Error::Temporary)
}
