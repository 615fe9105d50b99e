//! Where records came from, remembered by their ordinals: a few bytes for each run of records, not for each record.

use std::os::unix::ffi::OsStrExt;
use std::sync::Arc;

use textcore::Run;
use textcore::source::Operand;

/// A record's place: its operand and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The operand's name, `-` for standard input.
    pub operand: &'a [u8],
    /// The record's number in it, from 1.
    pub number: u64,
}

/// The name of an operand, as bytes.
pub fn operand_name(operand: &Operand) -> &[u8] {
    operand.path.as_ref().map_or(b"-", |path| path.as_os_str().as_bytes())
}

/// From ordinals to places: the records of a run of the tool are numbered from 0, in input order.
///
/// Memory: 24 bytes for each stretch of records without a gap, and the name of each operand. Most operands are one
/// stretch; a record that a policy leaves out ends one.
#[derive(Debug, Default)]
pub struct Places {
    stretches: Vec<Stretch>,
    operands: Vec<Arc<Operand>>,
    next: u64,
}

#[derive(Debug)]
struct Stretch {
    first: u64,
    number: u64,
    operand: usize,
}

impl Places {
    /// Numbers the records of the next run, and gives the ordinal of its first.
    pub fn add(&mut self, run: &Run) -> u64 {
        let first = self.next;
        self.next += run.keys.len() as u64;
        let is_known = self.operands.last().is_some_and(|last| Arc::ptr_eq(last, &run.operand));
        if !is_known {
            self.operands.push(Arc::clone(&run.operand));
        }
        let operand = self.operands.len() - 1;
        let goes_on = is_known
            && self.stretches.last().is_some_and(|last| last.number + (first - last.first) == run.number);
        if !goes_on {
            self.stretches.push(Stretch { first, number: run.number, operand });
        }
        first
    }

    /// Where a record came from; `None` for one that has not been numbered.
    pub fn get(&self, ordinal: u64) -> Option<Place<'_>> {
        if ordinal >= self.next {
            return None;
        }
        let after = self.stretches.partition_point(|stretch| stretch.first <= ordinal);
        let stretch = self.stretches.get(after.checked_sub(1)?)?;
        let operand = operand_name(self.operands.get(stretch.operand)?);
        Some(Place { operand, number: stretch.number + (ordinal - stretch.first) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operand(index: u64, name: &str) -> Arc<Operand> {
        Arc::new(Operand { index, typed: 0, path: Some(name.into()), mirror: name.into() })
    }

    #[test]
    fn a_place_is_found_by_its_ordinal() {
        let (a, b) = (operand(0, "a"), operand(1, "b"));
        let mut places = Places::default();
        // Two runs that follow each other, a gap, another operand.
        for (keys, operand, number) in [(0..2, &a, 1), (0..1, &a, 3), (1..3, &a, 5), (0..1, &b, 1)] {
            places.add(&Run { keys, operand: Arc::clone(operand), number });
        }
        let found: Vec<_> =
            (0..7).map(|ordinal| places.get(ordinal).map(|place| (place.operand, place.number))).collect();
        let (a, b) = (&b"a"[..], &b"b"[..]);
        let wanted = [(a, 1), (a, 2), (a, 3), (a, 5), (a, 6), (b, 1)].map(Some);
        assert_eq!(found[..6], wanted);
        assert_eq!((found[6], places.stretches.len()), (None, 3));
    }
}
