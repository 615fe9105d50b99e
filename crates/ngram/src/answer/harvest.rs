//! Where sheaves are bound into the answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use textcore::tally::Ranked;
use textcore::{Answer, Error, Output};

use super::prune::Prune;
use super::reaper::{Keeping, Reaper, Terms};
use super::sheaf::{Gathered, Rows, Sheaf, split_row};
use super::sort::Sort;
use super::top::{Kept, Top};
use super::{Answering, Form, Room};
use crate::entry::{ORDER_MAX, Summary};
use crate::format::{Format, Lines, SHARD_LINES, Web1t};
use crate::orders::Orders;
use crate::parameters::{Documents, Parameters};
use crate::partial::PartLines;

/// An answer under way. Made by [`Answering::begin`].
pub struct Harvest {
    reaper: Reaper,
    orders: Orders,
    store: Store,
    writing: Writing,
}

/// Where lines wait.
enum Store {
    /// Nowhere.
    Direct,
    /// All of them, for the last.
    Ranked(Box<Ranked>),
    /// The best of each order.
    Tops(Tops),
    /// In files.
    Web1t(Box<Web1t>),
    /// Nowhere, but they are counted.
    Partial(PartLines),
}

struct Tops {
    by_order: Vec<Top>,
    /// How many entries have come.
    sequence: u64,
}

/// What is being written.
struct Writing {
    /// What stands before the first line; nothing once it is written.
    opening: Vec<u8>,
    /// How many n-grams of each order the lines so far stand for.
    sums: [u64; ORDER_MAX + 1],
    line: Vec<u8>,
}

impl Harvest {
    pub(super) fn new(
        plan: &Answering,
        parameters: &Parameters,
        summary: Summary,
        prune: Prune,
    ) -> Result<Self, Error> {
        let format = match plan.form {
            Form::Lines(format, _) => format,
            Form::Web1t(_) => Format::Srilm,
            Form::Partial => Format::Tsv,
        };
        let lines = Lines::new(format, plan.columns.clone(), summary.clone());
        let mut opening = Vec::new();
        let store = match (&plan.form, plan.top) {
            (Form::Partial, _) => {
                Store::Partial(PartLines::begin(parameters, summary.documents, &mut opening))
            }
            (Form::Web1t(folder), _) => {
                let Room { cleanup, .. } = &plan.room;
                Store::Web1t(Box::new(Web1t::new(folder, cleanup, SHARD_LINES, ranked(plan))?))
            }
            (Form::Lines(..), Some(size)) => Store::Tops(Tops { by_order: Top::by_order(size), sequence: 0 }),
            (Form::Lines(..), None) if plan.ranks_all() => Store::Ranked(Box::new(ranked(plan))),
            (Form::Lines(..), None) => Store::Direct,
        };
        if plan.form == Form::Lines(Format::Tsv, true) {
            opening = lines.header();
        }
        let keeping = match &store {
            Store::Direct if lines.has_shares() => Keeping::Rows,
            Store::Direct => Keeping::Lines,
            Store::Ranked(_) => Keeping::Rows,
            Store::Tops(_) => Keeping::Tops(plan.top.unwrap_or(0)),
            Store::Web1t(_) => Keeping::Orders,
            Store::Partial(_) => Keeping::Partial,
        };
        let terms = Terms {
            lines,
            prune,
            sort: plan.sort,
            summary,
            has_documents: parameters.documents != Documents::Uncounted,
            keeping,
            bars: Default::default(),
        };
        let writing = Writing { opening, sums: [0; ORDER_MAX + 1], line: Vec::new() };
        Ok(Harvest { reaper: Reaper { terms: Arc::new(terms) }, orders: parameters.orders, store, writing })
    }

    /// What makes sheaves, on any thread, while others are bound.
    pub fn reaper(&self) -> Reaper {
        self.reaper.clone()
    }

    /// An empty sheaf, for entries of keys that are all greater than those of the sheaf before.
    pub fn sheaf(&self) -> Sheaf {
        self.reaper.sheaf()
    }

    /// Takes a sheaf; sheaves are bound in the order of their keys.
    ///
    /// # Errors
    /// What the output or the temporary storage say.
    pub fn bind(&mut self, sheaf: Sheaf, out: &mut dyn Output) -> Result<(), Error> {
        let Harvest { reaper, store, writing, .. } = self;
        let terms = &reaper.terms;
        writing.open(out)?;
        match (store, sheaf.gathered) {
            (Store::Direct, Gathered::Lines(bytes)) => out.put(&bytes),
            (Store::Direct, Gathered::Rows(rows)) => {
                rows.for_each(|row, _| writing.put(row, &terms.lines, out))
            }
            (Store::Ranked(ranked), Gathered::Rows(rows)) => {
                rows.for_each(|row, rank| ranked.push(row, rank).map_err(Error::Temporary))
            }
            (Store::Tops(tops), Gathered::Tops(theirs, count)) => {
                tops.take(theirs, count, &terms.bars);
                Ok(())
            }
            (Store::Web1t(web1t), Gathered::Orders(orders)) => {
                orders.iter().enumerate().try_for_each(|(order, lines)| web1t.put(order, lines))
            }
            (Store::Partial(lines), Gathered::Partial(bytes, checksum)) => {
                lines.add(checksum);
                out.put(&bytes)
            }
            _ => Err(Error::Internal("a sheaf of another harvest".to_owned())),
        }
    }

    /// Writes what waited for the last sheaf.
    ///
    /// # Errors
    /// What the output or the temporary storage say.
    pub fn finish(mut self, out: &mut dyn Output) -> Result<Answer, Error> {
        let terms = &self.reaper.terms;
        self.writing.open(out)?;
        match self.store {
            Store::Direct => {}
            Store::Ranked(ranked) => {
                let mut ranking = ranked.finish().map_err(Error::Temporary)?;
                while let Some((row, _)) = ranking.next().map_err(Error::Temporary)? {
                    self.writing.put(row, &terms.lines, out)?;
                }
            }
            Store::Tops(tops) => {
                for kept in tops.sorted(terms.sort) {
                    self.writing.put(&kept.line, &terms.lines, out)?;
                }
            }
            Store::Web1t(web1t) => {
                let orders = usize::from(self.orders.first)..=usize::from(self.orders.last);
                web1t.finish(terms.summary.totals[1], |order| orders.contains(&order))?;
            }
            Store::Partial(lines) => {
                let mut end = Vec::new();
                lines.end(&mut end);
                out.put(&end)?;
            }
        }
        Ok(Answer::Yes)
    }
}

/// Sorts rows in the memory that the plan has for that.
fn ranked(plan: &Answering) -> Ranked {
    Ranked::new(plan.memory_bytes(), &plan.room.temporary_directory)
}

impl Tops {
    /// Takes the best of the next `count` entries.
    fn take(&mut self, theirs: Vec<Top>, count: u64, bars: &[AtomicU64]) {
        for ((ours, theirs), bar) in self.by_order.iter_mut().zip(theirs).zip(bars) {
            for kept in theirs.into_kept() {
                ours.push(Kept { sequence: self.sequence + kept.sequence, ..kept });
            }
            bar.store(ours.bar(), Ordering::Relaxed);
        }
        self.sequence += count;
    }

    /// In the order of the output.
    fn sorted(self, sort: Sort) -> Vec<Kept> {
        let mut kept: Vec<Kept> = self.by_order.into_iter().flat_map(Top::into_kept).collect();
        if sort == Sort::Key {
            kept.sort_unstable_by_key(|kept| kept.sequence);
        } else {
            kept.sort_unstable();
        }
        kept
    }
}

impl Writing {
    /// Writes what stands before the first line, once.
    fn open(&mut self, out: &mut dyn Output) -> Result<(), Error> {
        let opening = std::mem::take(&mut self.opening);
        if opening.is_empty() { Ok(()) } else { out.put(&opening) }
    }

    /// Writes a row, in the order of the output.
    #[inline]
    fn put(&mut self, row: &[u8], lines: &Lines, out: &mut dyn Output) -> Result<(), Error> {
        if !lines.has_shares() {
            return out.put(row);
        }
        let Some((order, count, line)) = split_row(row) else {
            return Err(Error::Internal("a row without a count".to_owned()));
        };
        self.sums[order] = self.sums[order].saturating_add(count);
        self.line.clear();
        self.line.extend_from_slice(line);
        lines.end_with_share(lines.share(self.sums[order], order), &mut self.line);
        out.put(&self.line)
    }
}

impl Rows {
    fn for_each(&self, mut take: impl FnMut(&[u8], u64) -> Result<(), Error>) -> Result<(), Error> {
        let mut start = 0;
        self.ends.iter().try_for_each(|&(rank, end)| {
            let row = &self.bytes[start..end];
            start = end;
            take(row, rank)
        })
    }
}
