//! The join: the counts of all tokens beside those near nodes, in one pass over all three in order.

use textcore::Error;
use textcore::tally::Sorted;

use super::sums::Collocate;
use crate::key::END;

/// Counts in the order of their keys, of which those of the sides are some.
pub struct Join {
    frequencies: Sorted,
    left: Side,
    right: Side,
    has_forms: bool,
}

impl Join {
    /// Joins these. With `has_forms` frequencies are of keys, each with its end, and forms behind them.
    ///
    /// # Errors
    /// A temporary file cannot be read.
    pub fn new(frequencies: Sorted, left: Sorted, right: Sorted, has_forms: bool) -> Result<Join, Error> {
        Ok(Join { frequencies, left: Side::new(left)?, right: Side::new(right)?, has_forms })
    }

    /// Gives each token near a node to a function, in the order of keys, in the form that is commonest in all; of equally
    /// common ones the first in byte order.
    ///
    /// # Errors
    /// A temporary file cannot be read; those of `take`.
    pub fn each(mut self, mut take: impl FnMut(&Collocate<'_>) -> Result<(), Error>) -> Result<(), Error> {
        let mut group = Group::default();
        while let Some((entry, count)) = self.frequencies.next().map_err(Error::Temporary)? {
            let end = if self.has_forms { memchr::memchr(END, entry) } else { None };
            let (key, form) = end.map_or((entry, entry), |end| entry.split_at(end + 1));
            if group.frequency > 0 && group.key == key {
                group.add(form, count);
                continue;
            }
            group.give(&mut self.left, &mut self.right, &mut take)?;
            group.begin(key, form, count);
        }
        group.give(&mut self.left, &mut self.right, &mut take)
    }
}

/// The forms of a key.
#[derive(Default)]
struct Group {
    key: Vec<u8>,
    /// The commonest so far.
    form: Vec<u8>,
    form_count: u64,
    /// Of all forms; nought before the first key.
    frequency: u64,
}

impl Group {
    fn begin(&mut self, key: &[u8], form: &[u8], count: u64) {
        self.key.clear();
        self.key.extend_from_slice(key);
        (self.form_count, self.frequency) = (0, 0);
        self.add(form, count);
    }

    fn add(&mut self, form: &[u8], count: u64) {
        self.frequency = self.frequency.saturating_add(count);
        if count > self.form_count {
            self.form_count = count;
            self.form.clear();
            self.form.extend_from_slice(form);
        }
    }

    fn give(
        &self,
        left: &mut Side,
        right: &mut Side,
        take: &mut impl FnMut(&Collocate<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if self.frequency == 0 {
            return Ok(());
        }
        let (left, right) = (left.take(&self.key)?, right.take(&self.key)?);
        if (left, right) == (0, 0) {
            return Ok(());
        }
        take(&Collocate { key: &self.key, shown: &self.form, left, right, frequency: self.frequency })
    }
}

/// The counts of one side of nodes, and the next of them.
struct Side {
    sorted: Sorted,
    key: Vec<u8>,
    count: u64,
    is_over: bool,
}

impl Side {
    fn new(sorted: Sorted) -> Result<Side, Error> {
        let mut side = Side { sorted, key: Vec::new(), count: 0, is_over: false };
        side.advance()?;
        Ok(side)
    }

    /// The count of a key that is greater than those before; nought where it is not.
    fn take(&mut self, key: &[u8]) -> Result<u64, Error> {
        if self.is_over || self.key != key {
            return Ok(0);
        }
        let count = self.count;
        self.advance()?;
        Ok(count)
    }

    fn advance(&mut self) -> Result<(), Error> {
        match self.sorted.next().map_err(Error::Temporary)? {
            None => self.is_over = true,
            Some((key, count)) => {
                self.key.clear();
                self.key.extend_from_slice(key);
                self.count = count;
            }
        }
        Ok(())
    }
}
