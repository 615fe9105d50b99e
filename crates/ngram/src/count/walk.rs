//! The walk over sorted joint rows: each n-gram that begins some of them, in order, with how many it begins.

use super::packed::{Packed, Packing};
use crate::entry::ORDER_MAX;

/// An n-gram of numbers and what was counted of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gram<'a> {
    /// Its tokens, by rank.
    pub tokens: &'a [u32],
    /// How many of them the one before it began with, at least.
    pub shared: usize,
    /// How often it came.
    pub count: u64,
    /// The numbers of the documents that have it; none where documents were not counted.
    pub documents: &'a [u32],
    /// Where tokens are keys: the ranks of its forms' tokens, form after form, and how often each came.
    pub forms: Forms<'a>,
}

/// The forms of an n-gram, each of as many tokens as it has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forms<'a> {
    /// Form after form.
    pub tokens: &'a [u32],
    /// How often each came.
    pub counts: &'a [u64],
}

/// Space for a walk.
#[derive(Debug, Default)]
pub struct Walk {
    /// How many tokens each row begins with as the row before did, and how many it has; the last row first.
    steps: Vec<(u8, u8)>,
    /// Counts, the last first.
    counts: Vec<u32>,
}

impl Walk {
    /// Gives the n-grams of at least `first` tokens that begin these rows, which must be sorted, to a function.
    ///
    /// An n-gram's count is how far away the first row is that does not begin with it. A look at all rows from the last
    /// to the first finds that; what is found is then taken back in the order of the rows.
    ///
    /// # Errors
    /// Those of `each`, which ends the walk.
    pub fn each<K: Packed, E>(
        &mut self,
        rows: &[K],
        packing: Packing,
        first: usize,
        mut each: impl FnMut(Gram<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.look(rows, packing, first);
        let mut tokens = [0; ORDER_MAX];
        let mut agreed = 0;
        for (&row, &(shared, length)) in rows.iter().zip(self.steps.iter().rev()) {
            // Rows of too few tokens may have stood since the last n-gram that was given.
            agreed = usize::from(shared).min(agreed);
            for number in usize::from(shared)..usize::from(length) {
                tokens[number] = row.column(number, packing);
                if number + 1 >= first {
                    let count = u64::from(self.counts.pop().unwrap_or(0));
                    let tokens = &tokens[..=number];
                    each(Gram { tokens, shared: agreed, count, ..Gram::default() })?;
                    agreed = number + 1;
                }
            }
        }
        debug_assert!(self.counts.is_empty());
        Ok(())
    }

    fn look<K: Packed>(&mut self, rows: &[K], packing: Packing, first: usize) {
        self.steps.clear();
        self.counts.clear();
        // Where the rows end that begin with the same 1, 2, … tokens.
        let mut ends = [rows.len(); ORDER_MAX];
        for (place, &row) in rows.iter().enumerate().rev() {
            let shared = place.checked_sub(1).map_or(0, |before| rows[before].shared(row, packing));
            let length = row.length(packing);
            for number in (shared.max(first - 1)..length).rev() {
                self.counts.push((ends[number] - place) as u32);
            }
            ends[shared..].fill(place);
            self.steps.push((shared as u8, length as u8));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn every_beginning_is_counted(
            rows in prop::collection::vec(prop::collection::vec(1u32..4, 1..=4), 0..60), first in 1usize..=4,
        ) {
            let packing = Packing { columns: 4, bits: 3 };
            let mut keys = Vec::new();
            let mut wanted: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
            for mut row in rows {
                for length in first..=row.len() {
                    *wanted.entry(row[..length].to_vec()).or_default() += 1;
                }
                row.resize(4, 0);
                keys.push(u64::pack(&row, packing));
            }
            keys.sort_unstable();
            let mut seen = Vec::new();
            let mut before: Vec<u32> = Vec::new();
            Walk::default().each(&keys, packing, first, |gram| {
                assert!(gram.tokens.starts_with(&before[..gram.shared]));
                before = gram.tokens.to_vec();
                seen.push((gram.tokens.to_vec(), gram.count));
                Ok::<(), ()>(())
            }).expect("no error");
            prop_assert_eq!(seen, wanted.into_iter().collect::<Vec<_>>());
        }
    }
}
