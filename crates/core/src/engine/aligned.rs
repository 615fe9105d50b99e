//! The gate for aligned files: record i of each belong together, and pass or go together.

mod outlet;
mod side;

use std::ffi::OsString;
use std::sync::Arc;

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::Engine;
use crate::chunk::{Buffers, Pool};
use crate::error::{Error, Trouble};
use crate::intake::Oversize;
use crate::pipeline::guard;
use crate::recall::Recall;
use crate::report::Ledger;
use crate::source::{Operands, SourcePlan};
use crate::tool::{Answer, Aside, Decision, Decisions, Gate, Recalled, Run, Subject};
use crate::visit::Reading;
use outlet::Outlet;
use side::{RowKind, Rows, Side};

/// Records that pass without a question, one of each side.
const PASS: u8 = 0;
/// Records that the gate is asked about.
const ASKED: u8 = 1;

/// Fewer records are not worth sharing out.
const PARALLEL_RECORDS_MIN: usize = 256;

impl Engine {
    /// Runs a [`Gate`] over operands that are aligned: record i of each belong together. A key is made of one text from
    /// each side, in the order of the operands (of several columns, all of them with their separator between), and the
    /// decision is about all of them. With `-d` and `-i` each side goes to its own file; else they are written side by
    /// side, with a tab between, and end as the first of them.
    ///
    /// A record that a policy leaves out, or that holds a tab where one is to be put between, takes its partners with
    /// it (reason `partner`); one that passes unread lets its partners pass. The places that a gate sees are those of
    /// the first operand, the bytes of a record kept aside those of the first side.
    ///
    /// What waits is a chunk of each side. As any gate's output, that of each side appears at the end where records are
    /// kept aside.
    ///
    /// # Errors
    /// Whatever ends a run: see [`Error`]; an operand that cannot be read to its end, or that has fewer records than
    /// another. No output file appears then.
    pub fn aligned<G: Gate>(&mut self, tool: G, state: G::State) -> Result<(Answer, G::State), Error> {
        if self.reading.oversize == Oversize::Pass {
            return Err(Error::Usage(
                "aligned records cannot pass unread: --oversize is fail or skip here".to_owned(),
            ));
        }
        let sides = self.sides()?;
        let outlet = Outlet::new(self, &sides)?;
        let pool = match self.threads {
            1 => None,
            threads => Some(
                rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .map_err(|error| Error::Internal(format!("cannot start threads: {error}")))?,
            ),
        };
        let recall = Recall::new(self.memory_bytes / 4, &self.temporary_directory);
        let run = Aligned {
            tool,
            state,
            sides,
            outlet,
            reading: &self.reading,
            ledger: &mut self.ledger,
            pool,
            scratches: Pool::default(),
            recall,
            has_later: false,
            is_changed: false,
        };
        run.run()
    }

    fn sides(&self) -> Result<Vec<Side>, Error> {
        let is_joined = !self.sink.route.is_per_operand();
        let mut sides = Vec::new();
        for operand in Operands::new(self.intake.sources.clone()) {
            let operand = Arc::new(operand.map_err(Error::Input)?);
            let mut plan = self.intake.clone();
            let name = operand
                .path
                .as_ref()
                .map_or_else(|| OsString::from("-"), |path| path.clone().into_os_string());
            plan.sources = SourcePlan { operands: vec![name], ..SourcePlan::default() };
            let buffers = Arc::new(Buffers::default());
            let intake = self.intake_of(plan, &buffers);
            sides.push(Side::new(operand, intake, buffers, self.intake.chunk_bytes, is_joined));
        }
        if sides.len() < 2 {
            return Err(Error::Usage("aligned files are at least two".to_owned()));
        }
        Ok(sides)
    }
}

/// A run over aligned files.
struct Aligned<'a, G: Gate> {
    tool: G,
    state: G::State,
    sides: Vec<Side>,
    outlet: Outlet,
    reading: &'a Reading,
    ledger: &'a mut Ledger,
    /// `None` where everything happens in turn.
    pool: Option<ThreadPool>,
    scratches: Pool<G::Scratch>,
    /// Everything since the first records that were kept aside.
    recall: Recall,
    has_later: bool,
    is_changed: bool,
}

impl<G: Gate> Aligned<'_, G> {
    fn run(mut self) -> Result<(Answer, G::State), Error> {
        self.fill()?;
        self.outlet.begin(&self.sides)?;
        loop {
            let count = self.sides.iter().map(|side| side.rows.len()).min().unwrap_or_default();
            if count == 0 {
                break;
            }
            self.decide(count)?;
            for side in &mut self.sides {
                side.rows.advance(count);
                side.done += count as u64;
            }
            self.ledger.show_progress();
            if !self.sides.iter().all(Side::is_ready) {
                self.outlet.flush()?;
            }
            self.fill()?;
        }
        self.check_ends()?;
        self.tool.settle(&mut self.state)?;
        self.replay()?;
        let answer = self.tool.finish(&mut self.state, self.outlet.answer())?;
        self.tool.checkpoint(&mut self.state)?;
        self.ledger.counts.bytes_written = self.outlet.finish(&self.sides, self.is_changed)?;
        Ok((answer, self.state))
    }

    /// Reads on where a side has no record left.
    fn fill(&mut self) -> Result<(), Error> {
        let (sides, reading) = (&mut self.sides, self.reading);
        match &self.pool {
            Some(pool) if sides.iter().filter(|side| side.rows.is_empty()).count() > 1 => guard(|| {
                pool.install(|| sides.into_par_iter().for_each(|side| side.fill(reading)));
            })?,
            _ => sides.iter_mut().for_each(|side| side.fill(reading)),
        }
        for side in sides {
            self.ledger.counts.add(std::mem::take(&mut side.counts));
            side.troubles.drain(..).for_each(|trouble| self.ledger.trouble(trouble));
            if let Some(failure) = side.failure.take() {
                return Err(Error::Input(failure));
            }
        }
        Ok(())
    }

    /// No side may have records left when another has none.
    fn check_ends(&self) -> Result<(), Error> {
        let longer = self.sides.iter().find(|side| !side.rows.is_empty());
        let shorter = self.sides.iter().find(|side| side.rows.is_empty());
        let (Some(longer), Some(shorter)) = (longer, shorter) else { return Ok(()) };
        Err(Error::Input(Trouble {
            operand: longer.operand.name(),
            record: Some(shorter.done + 1),
            byte: None,
            what: format!("has no partner: {} ends after {} records", shorter.operand.name(), shorter.done),
        }))
    }

    /// What there is of the records with this index.
    fn kind(&self, index: usize) -> RowKind {
        let mut kind = RowKind::Keyed;
        for side in &self.sides {
            match side.rows.kind(index) {
                RowKind::Gap => return RowKind::Gap,
                RowKind::Pass => kind = RowKind::Pass,
                RowKind::Keyed => {}
            }
        }
        kind
    }

    /// Decides about the next records of all sides.
    fn decide(&mut self, count: usize) -> Result<(), Error> {
        let kinds: Vec<RowKind> = (0..count).map(|index| self.kind(index)).collect();
        let keyed: Vec<usize> = (0..count).filter(|&index| kinds[index] == RowKind::Keyed).collect();
        let mut keys = self.keys(&keyed)?;
        let runs = self.runs(&keyed);
        let mut decisions = Decisions::default();
        self.tool.decide(&mut self.state, &mut keys, &runs, &mut decisions)?;
        let mut next = decisions.as_slice().iter().copied();
        for (index, kind) in kinds.into_iter().enumerate() {
            match kind {
                RowKind::Gap => self.leave_partners(index),
                RowKind::Pass => self.write(index, None)?,
                RowKind::Keyed => match next.next().unwrap_or(Decision::Keep) {
                    Decision::Drop => self.drop(),
                    Decision::Later => self.write(index, Some(ASKED))?,
                    Decision::Keep | Decision::Cut => {
                        self.ledger.counts.records_written += self.sides.len() as u64;
                        self.write(index, None)?;
                    }
                },
            }
        }
        Ok(())
    }

    /// The keys of the records with these indexes.
    fn keys(&self, keyed: &[usize]) -> Result<Vec<G::Key>, Error> {
        let Some(first) = self.sides.first() else { return Ok(Vec::new()) };
        let (tool, scratches) = (&self.tool, &self.scratches);
        let rows: Vec<&Rows> = self.sides.iter().map(|side| &side.rows).collect();
        let (operand, done) = (&*first.operand, first.done);
        let work = |indexes: &[usize]| -> Vec<G::Key> {
            let mut scratch = scratches.take().unwrap_or_default();
            let mut texts: Vec<&[u8]> = Vec::with_capacity(rows.len());
            let keys = indexes.iter().map(|&index| {
                texts.clear();
                texts.extend(rows.iter().map(|rows| rows.text(index)));
                let whole = rows.first().map_or(&b""[..], |rows| rows.raw(index));
                let number = done + index as u64 + 1;
                tool.key(&mut scratch, Subject { texts: &texts, whole, operand, number })
            });
            let keys = keys.collect();
            scratches.put(scratch);
            keys
        };
        match &self.pool {
            Some(pool) if keyed.len() >= PARALLEL_RECORDS_MIN => guard(|| {
                let share = keyed.len().div_ceil(pool.current_num_threads());
                pool.install(|| keyed.par_chunks(share).flat_map_iter(work).collect())
            }),
            _ => Ok(work(keyed)),
        }
    }

    /// The places of these records, in the first file.
    fn runs(&self, keyed: &[usize]) -> Vec<Run> {
        let Some(first) = self.sides.first() else { return Vec::new() };
        let mut runs: Vec<Run> = Vec::new();
        for (key, &index) in keyed.iter().enumerate() {
            let number = first.done + index as u64 + 1;
            match runs.last_mut() {
                Some(run) if run.number + (key - run.keys.start) as u64 == number => run.keys.end = key + 1,
                _ => runs.push(Run { keys: key..key + 1, operand: Arc::clone(&first.operand), number }),
            }
        }
        runs
    }

    /// A policy left out the record of at least one side.
    fn leave_partners(&mut self, index: usize) {
        let partners = self.sides.iter().filter(|side| side.rows.kind(index) != RowKind::Gap).count();
        self.is_changed = true;
        if partners > 0 {
            *self.ledger.counts.dropped.entry("partner").or_default() += partners as u64;
        }
    }

    fn drop(&mut self) {
        self.is_changed = true;
        *self.ledger.counts.dropped.entry(self.tool.reason()).or_default() += self.sides.len() as u64;
    }

    /// Writes the records, or keeps them aside: those that are to be asked about, and all that come after such.
    fn write(&mut self, index: usize, asked: Option<u8>) -> Result<(), Error> {
        if asked.is_none() && !self.has_later {
            return self.outlet.write(self.sides.iter().map(|side| side.rows.raw(index)), b"");
        }
        self.has_later = true;
        let tag = asked.unwrap_or(PASS);
        self.sides
            .iter()
            .try_for_each(|side| self.recall.push(tag, side.rows.raw(index)))
            .map_err(Error::Temporary)
    }

    /// Everything that was kept aside.
    fn replay(&mut self) -> Result<(), Error> {
        let mut entries = self.recall.replay().map_err(Error::Temporary)?;
        let mut raws: Vec<Vec<u8>> = vec![Vec::new(); self.sides.len()];
        let (mut label, mut cuts, mut index) = (Vec::new(), Vec::new(), 0);
        loop {
            let mut tag = None;
            for raw in &mut raws {
                tag = entries.advance().map_err(Error::Temporary)?;
                raw.clear();
                raw.extend_from_slice(entries.entry());
            }
            let Some(tag) = tag else { return Ok(()) };
            label.clear();
            if tag == ASKED {
                let record = raws.first().map_or(&b""[..], Vec::as_slice);
                let aside = Aside { index, record };
                index += 1;
                match self.tool.recall(&mut self.state, aside, &mut label, &mut cuts)? {
                    Recalled::Drop => {
                        self.drop();
                        continue;
                    }
                    Recalled::Taken => continue,
                    Recalled::Keep | Recalled::Cut => self.is_changed |= !label.is_empty(),
                }
                self.ledger.counts.records_written += self.sides.len() as u64;
            }
            self.outlet.write(raws.iter().map(Vec::as_slice), &label)?;
        }
    }
}
