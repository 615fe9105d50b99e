//! Keys of the units of a text, and the joining of words and affixes on their stream.

use std::ops::Range;

use unicode::Unit;

use super::affixes;
use super::fold::{Fold, FoldScratch};

/// Makes the keys of units.
pub(super) struct Keys<'a, Receive> {
    pub fold: &'a Fold,
    pub text: &'a [u8],
    /// Spaces of the text that go, ascending.
    pub spaces: &'a [usize],
    pub bare: &'a mut Vec<u8>,
    pub scratch: &'a mut FoldScratch,
    pub key: &'a mut Vec<u8>,
    pub receive: Receive,
}

impl<Receive: FnMut(&[u8], &[u8])> Keys<'_, Receive> {
    /// Shows a unit, unless it has no key.
    #[inline]
    pub(super) fn show(&mut self, range: Range<usize>) {
        let form = &self.text[range.clone()];
        self.key.clear();
        if self.spaces.is_empty() {
            self.fold.fold_into(form, self.scratch, self.key);
        } else {
            let first = self.spaces.partition_point(|&space| space < range.start);
            let inner = &self.spaces[first..];
            let inner = &inner[..inner.partition_point(|&space| space < range.end)];
            if inner.is_empty() {
                self.fold.fold_into(form, self.scratch, self.key);
            } else {
                affixes::without(inner, form, range.start, self.bare);
                self.fold.fold_into(self.bare, self.scratch, self.key);
            }
        }
        // A line may be empty, and is a line.
        if !self.key.is_empty() || form.is_empty() {
            (self.receive)(self.key, form);
        }
    }
}

/// Shows words; those with nothing but a space that goes between them are one.
pub(super) fn for_each_joined<Receive: FnMut(&[u8], &[u8])>(unit: Unit, keys: &mut Keys<'_, Receive>) {
    let (text, spaces) = (keys.text, keys.spaces);
    let mut open: Option<Range<usize>> = None;
    let mut next = 0;
    unit.for_each(text, |form| {
        let range = range_in(text, form);
        while spaces.get(next).is_some_and(|&space| space + 1 < range.start) {
            next += 1;
        }
        match &mut open {
            Some(open) if spaces.get(next) == Some(&open.end) && open.end + 1 == range.start => {
                open.end = range.end;
            }
            _ => {
                if let Some(done) = open.replace(range) {
                    keys.show(done);
                }
            }
        }
    });
    if let Some(done) = open {
        keys.show(done);
    }
}

/// Where a part of a text stands in it.
#[inline]
pub(super) fn range_in(text: &[u8], part: &[u8]) -> Range<usize> {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    // What is empty may lie anywhere.
    if part.is_empty() { 0..0 } else { start..start + part.len() }
}
