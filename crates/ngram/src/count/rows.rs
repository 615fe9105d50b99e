//! The end of counts that were spilled: runs are merged, and what comes of them is written.

use std::io;

use textcore::{Answer, Error, Output, jobs};

use super::finish::{Finish, Known};
use super::gather::Gather;
use super::measure::Margins;
use super::outgrown;
use super::walk::Gram;
use crate::row::{Merged, Options, Source, reduce};

/// About how many rows a worker gets at a time.
const BATCH_ROWS: usize = 1 << 15;

impl Finish<'_> {
    /// Merges runs and writes the answer. The merge runs beside the workers, which make lines of what it gives.
    pub(super) fn write_rows(
        &self,
        mut known: Known,
        sources: Vec<Source>,
        out: &mut dyn Output,
    ) -> Result<Answer, Error> {
        self.note_temporary(sources.iter().map(|source| source.run.size_bytes()).sum());
        let options = Options {
            memory_bytes: self.memory_bytes / 2,
            threads: 1,
            temporary_directory: self.temporary_directory,
        };
        let runs = reduce(sources, &options).map_err(Error::Temporary)?;
        self.note_temporary(runs.rewritten_bytes());
        let mut summary = self.summary();
        let needs = self.answering.needs();
        if needs.totals || needs.margins {
            if needs.margins {
                Margins::check(&self.tuples, known.vocabulary.len(), 1, self.memory_bytes)?;
            }
            let mut margins = needs.margins.then(|| Margins::new(&self.tuples, known.vocabulary.len()));
            let merged = runs.all().map_err(Error::Temporary)?;
            let add = |gram: Gram<'_>| {
                let total = &mut summary.totals[gram.tokens.len()];
                *total = total.saturating_add(gram.count);
                if let Some(margins) = &mut margins {
                    margins.count(gram.tokens, gram.count);
                }
                Ok::<(), io::Error>(())
            };
            outgrown::grams(&self.tuples, merged, add).map_err(Error::Temporary)?;
            known.margins = margins;
        }
        let mut harvest = self.answering.begin(self.parameters, &summary)?;
        let reaper = harvest.reaper();
        let order = self.tuples.order();
        let batches =
            Batches { merged: runs.all().map_err(Error::Temporary)?, order, next: Batch::default() };
        let work = |batch: io::Result<Batch>| {
            let batch = batch.map_err(Error::Temporary)?;
            let (mut sheaf, mut speaker) = (reaper.sheaf(), known.speaker());
            let mut gather = Gather::new(self.tuples);
            let mut each = |gram: Gram<'_>| speaker.say(gram, |entry| sheaf.push(entry));
            for (row, &count) in batch.rows.chunks(self.tuples.columns()).zip(&batch.counts) {
                gather.push(row, count, &mut each)?;
            }
            gather.flush(each)?;
            Ok(sheaf)
        };
        jobs::in_order(self.threads, batches, work, |sheaf| harvest.bind(sheaf, out))?;
        harvest.finish(out)
    }
}

/// Rows and their counts, of whole n-grams.
#[derive(Default)]
struct Batch {
    rows: Vec<u32>,
    counts: Vec<u64>,
}

/// Merged rows in batches.
struct Batches {
    merged: Merged,
    order: usize,
    next: Batch,
}

impl Iterator for Batches {
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<io::Result<Batch>> {
        let mut batch = std::mem::take(&mut self.next);
        loop {
            match self.merged.next() {
                Err(error) => return Some(Err(error)),
                Ok(None) => return (!batch.counts.is_empty()).then_some(Ok(batch)),
                Ok(Some(row)) => {
                    let is_full = batch.counts.len() >= BATCH_ROWS && row.shared < self.order;
                    let to = if is_full { &mut self.next } else { &mut batch };
                    to.rows.extend_from_slice(row.numbers);
                    to.counts.push(row.count);
                    if is_full {
                        return Some(Ok(batch));
                    }
                }
            }
        }
    }
}
