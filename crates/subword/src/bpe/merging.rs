//! Merging: the lowest rank first, of equal ranks the leftmost.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::merges::{Merge, Merges};

/// The symbols of one window, and the room to merge them in.
#[derive(Debug, Default)]
pub(crate) struct Work {
    ids: Vec<u32>,
    /// Where each symbol ends, in the word.
    ends: Vec<usize>,
    /// What each symbol and the next would become.
    next_merges: Vec<Merge>,
    /// Neighbours by index; `NONE` at the ends.
    next: Vec<u32>,
    previous: Vec<u32>,
    /// Rank and place of merges that may still be due.
    queue: BinaryHeap<Reverse<(u32, u32)>>,
}

/// Words of up to so many symbols are merged by looking at every pair each time: quicker than a queue.
const SHORT_SYMBOLS: usize = 40;
const NONE: u32 = u32::MAX;
const NO_MERGE: Merge = Merge { rank: u32::MAX, id: u32::MAX };

impl Work {
    pub(crate) fn clear(&mut self) {
        self.ids.clear();
        self.ends.clear();
    }

    #[inline]
    pub(crate) fn push(&mut self, id: u32, end: usize) {
        self.ids.push(id);
        self.ends.push(end);
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Ids and ends of the symbols, in order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (u32, usize)> {
        self.ids.iter().copied().zip(self.ends.iter().copied())
    }

    pub(crate) fn merge(&mut self, merges: &Merges) {
        if self.ids.len() <= SHORT_SYMBOLS {
            self.merge_short(merges);
        } else {
            self.merge_queued(merges);
        }
    }

    fn merge_short(&mut self, merges: &Merges) {
        self.next_merges.clear();
        let pairs = self.ids.windows(2);
        self.next_merges.extend(pairs.map(|pair| merges.get(pair[0], pair[1]).unwrap_or(NO_MERGE)));
        loop {
            let mut best = (u32::MAX, 0);
            for (index, merge) in self.next_merges.iter().enumerate() {
                if merge.rank < best.0 {
                    best = (merge.rank, index);
                }
            }
            let (rank, at) = best;
            if rank == u32::MAX {
                return;
            }
            self.ids[at] = self.next_merges[at].id;
            self.ids.remove(at + 1);
            self.ends.remove(at);
            self.next_merges.remove(at);
            if at < self.next_merges.len() {
                self.next_merges[at] = self.merge_at(merges, at, at + 1);
            }
            if at > 0 {
                self.next_merges[at - 1] = self.merge_at(merges, at - 1, at);
            }
        }
    }

    fn merge_at(&self, merges: &Merges, left: usize, right: usize) -> Merge {
        merges.get(self.ids[left], self.ids[right]).unwrap_or(NO_MERGE)
    }

    /// Merging with a queue: n log n. A merged symbol keeps the index of its left part; an entry of the queue
    /// that no longer holds is known by its rank, which is not that of the pair which stands there now.
    fn merge_queued(&mut self, merges: &Merges) {
        // A window has less symbols than an index can count.
        let count = self.ids.len() as u32;
        self.next.clear();
        self.next.extend((1..count).chain([NONE]));
        self.previous.clear();
        self.previous.extend([NONE].into_iter().chain(0..count - 1));
        self.queue.clear();
        for at in 0..count - 1 {
            self.queue_pair(merges, at, at + 1);
        }
        while let Some(Reverse((rank, at))) = self.queue.pop() {
            let right = self.next[at as usize];
            if right == NONE || self.ids[at as usize] == NONE {
                continue;
            }
            match merges.get(self.ids[at as usize], self.ids[right as usize]) {
                Some(merge) if merge.rank == rank => self.join(merges, at, right, merge.id),
                _ => {}
            }
        }
        self.compact();
    }

    fn join(&mut self, merges: &Merges, at: u32, right: u32, id: u32) {
        let after = self.next[right as usize];
        self.ids[at as usize] = id;
        self.ends[at as usize] = self.ends[right as usize];
        self.ids[right as usize] = NONE;
        self.next[at as usize] = after;
        if after != NONE {
            self.previous[after as usize] = at;
            self.queue_pair(merges, at, after);
        }
        let before = self.previous[at as usize];
        if before != NONE {
            self.queue_pair(merges, before, at);
        }
    }

    fn queue_pair(&mut self, merges: &Merges, left: u32, right: u32) {
        if let Some(merge) = merges.get(self.ids[left as usize], self.ids[right as usize]) {
            self.queue.push(Reverse((merge.rank, left)));
        }
    }

    fn compact(&mut self) {
        let mut kept = 0;
        for index in 0..self.ids.len() {
            if self.ids[index] != NONE {
                self.ids[kept] = self.ids[index];
                self.ends[kept] = self.ends[index];
                kept += 1;
            }
        }
        self.ids.truncate(kept);
        self.ends.truncate(kept);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_queue_merges_as_looking_does(
            pairs in prop::collection::vec((0..6u32, 0..6u32), 0..12),
            word in prop::collection::vec(0..3u32, 1..60),
        ) {
            let mut merges = Merges::with_room(pairs.len());
            for (rank, &(left, right)) in pairs.iter().enumerate() {
                merges.insert(left, right, Merge { rank: rank as u32, id: (rank as u32 % 6) + 3 });
            }
            let (mut looked, mut queued) = (Work::default(), Work::default());
            for (end, &id) in word.iter().enumerate() {
                looked.push(id, end + 1);
                queued.push(id, end + 1);
            }
            looked.merge_short(&merges);
            queued.merge_queued(&merges);
            prop_assert_eq!(looked.pieces().collect::<Vec<_>>(), queued.pieces().collect::<Vec<_>>());
        }
    }
}
