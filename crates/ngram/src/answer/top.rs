//! The so many lines of the greatest ranks.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::entry::ORDER_MAX;

/// At most so many lines: those of the greatest ranks, of equals those that came first.
#[derive(Debug)]
pub struct Top {
    size: usize,
    /// The worst of them on top.
    heap: BinaryHeap<Kept>,
    bytes: usize,
}

/// A line that is kept. The greatest of several is the worst: it has the least rank, and came last of those.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// What decides.
    pub rank: Reverse<u64>,
    /// When it came.
    pub sequence: u64,
    /// The line.
    pub line: Vec<u8>,
}

impl Top {
    /// None yet, and never more than `size`.
    pub fn new(size: usize) -> Self {
        Top { size, heap: BinaryHeap::new(), bytes: 0 }
    }

    /// One for each order.
    pub fn by_order(size: usize) -> Vec<Top> {
        std::iter::repeat_with(|| Top::new(size)).take(ORDER_MAX + 1).collect()
    }

    /// The least rank that a line which comes after all others needs to be kept; none is enough for a list of no lines.
    pub fn bar(&self) -> u64 {
        let is_full = self.heap.len() >= self.size;
        self.heap.peek().filter(|_| is_full).map_or(0, |worst| worst.rank.0.saturating_add(1))
    }

    /// Whether a line of this rank that came after all others would be kept.
    #[inline]
    pub fn admits(&self, rank: u64) -> bool {
        self.heap.len() < self.size || self.heap.peek().is_some_and(|worst| rank > worst.rank.0)
    }

    /// Takes a line, if it belongs to those that are kept.
    pub fn push(&mut self, kept: Kept) {
        if self.heap.len() < self.size {
            self.bytes += kept.line.len();
            self.heap.push(kept);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && kept < *worst
        {
            self.bytes = self.bytes - worst.line.len() + kept.line.len();
            *worst = kept;
        }
    }

    /// About how many bytes it takes.
    pub fn size_bytes(&self) -> usize {
        self.bytes + self.heap.len() * size_of::<Kept>()
    }

    /// What is kept, in no order.
    pub fn into_kept(self) -> Vec<Kept> {
        self.heap.into_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_of_a_sorted_list_are_kept(ranks in prop::collection::vec(0u64..6, 0..60), size in 0usize..20) {
            let mut top = Top::new(size);
            for (sequence, &rank) in (0..).zip(&ranks) {
                let would_be = top.admits(rank);
                top.push(Kept { rank: Reverse(rank), sequence, line: vec![b'x'; 3] });
                prop_assert_eq!(would_be, top.heap.iter().any(|kept| kept.sequence == sequence));
            }
            let mut wanted: Vec<_> = ranks.iter().copied().map(Reverse).zip(0..).collect();
            wanted.sort();
            wanted.truncate(size);
            prop_assert_eq!(top.size_bytes(), wanted.len() * (3 + size_of::<Kept>()));
            let mut kept: Vec<_> = top.into_kept().into_iter().map(|kept| (kept.rank, kept.sequence)).collect();
            kept.sort();
            prop_assert_eq!(kept, wanted);
        }
    }
}
