//! What makes sheaves, on any thread, while others are bound.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::prune::Prune;
use super::sheaf::{Gathered, Rows, Sheaf};
use super::sort::Sort;
use super::top::Top;
use crate::entry::{Entry, ORDER_MAX, Summary};
use crate::format::Lines;
use textcore::partial::Checksum;

/// Makes sheaves for a harvest. Made by [`super::Harvest::reaper`]; a copy costs next to nothing.
#[derive(Clone)]
pub struct Reaper {
    pub(super) terms: Arc<Terms>,
}

/// What every sheaf goes by.
pub(super) struct Terms {
    pub lines: Lines,
    pub prune: Prune,
    pub sort: Sort,
    pub summary: Summary,
    pub has_documents: bool,
    pub keeping: Keeping,
    /// By order: lines of a lesser rank are not among the best, for so many better ones are bound already.
    pub bars: [AtomicU64; ORDER_MAX + 1],
}

/// What a sheaf keeps of its entries.
#[derive(Clone, Copy)]
pub(super) enum Keeping {
    /// Their lines, as they are written.
    Lines,
    /// Their lines one by one.
    Rows,
    /// So many of the best of each order.
    Tops(usize),
    /// The lines of each order.
    Orders,
    /// The lines of a partial result.
    Partial,
}

impl Reaper {
    /// An empty sheaf, for entries of one stretch of keys.
    pub fn sheaf(&self) -> Sheaf {
        let gathered = match self.terms.keeping {
            Keeping::Lines => Gathered::Lines(Vec::new()),
            Keeping::Rows => Gathered::Rows(Rows::default()),
            Keeping::Tops(size) => Gathered::Tops(Top::by_order(size), 0),
            Keeping::Orders => Gathered::Orders(vec![Vec::new(); ORDER_MAX + 1]),
            Keeping::Partial => Gathered::Partial(Vec::new(), Checksum::default()),
        };
        Sheaf::new(Arc::clone(&self.terms), gathered)
    }
}

impl Terms {
    #[inline]
    pub fn rank(&self, entry: &Entry<'_>) -> u64 {
        self.sort.rank(entry, &self.summary)
    }

    /// Whether a line of this rank may be among the best. What is bound came before all that is not, and so wins where ranks
    /// are equal; a bar that was raised in the meantime is missed at the price of a line that will be dropped.
    #[inline]
    pub fn admits(&self, order: usize, rank: u64) -> bool {
        rank >= self.bars[order].load(Ordering::Relaxed)
    }
}
