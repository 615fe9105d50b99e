//! A match, and which of two comes first.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

/// Where a rule matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// In bytes; never empty.
    pub range: Range<usize>,
    /// By its place among the rules.
    pub rule: usize,
}

impl Found {
    fn rank(&self) -> (usize, Reverse<usize>, usize) {
        (self.range.start, Reverse(self.range.end), self.rule)
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Found {
    /// The least is what counts: the leftmost, of those the longest, of those the earliest rule's.
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}
