//! The word that a walk over a text is in: where it began, where its last character ends, what was left out of it.

use std::ops::Range;

/// A word that may still grow, or none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    start: usize,
    end: usize,
    /// Something between its first and its last character is no part of it.
    has_gaps: bool,
}

impl Word {
    /// Take in the characters of a range behind it.
    #[inline]
    pub(super) fn take(&mut self, start: usize, end: usize) {
        if self.is_empty() {
            *self = Word { start, end, has_gaps: false };
        } else {
            self.has_gaps |= start != self.end;
            self.end = end;
        }
    }

    /// Whether there is no word.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.end == 0
    }

    /// Whether something inside is no part of it.
    pub(super) fn has_gaps(&self) -> bool {
        self.has_gaps
    }

    /// From its first to its last character.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}
