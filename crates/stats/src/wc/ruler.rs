//! The widest line of a part of a text, as wc -L has it, whatever column the part begins in.

/// Columns from one tab stop to the next.
const TAB_COLUMNS: u64 = 8;

/// What part of a text does to the columns of lines. Parts are joined by [`Ruler::join`].
///
/// A line ends with LF, CR or FF. Where the part begins within a line, that line's columns are a function of the column before
/// it: up to the first tab they add to it, after a tab only the tab stop matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ruler {
    /// The line that the part begins in, up to the end of the line or of the part.
    first: Stretch,
    /// What comes after the first end of a line.
    rest: Option<Rest>,
}

/// Part of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Stretch {
    /// Columns up to the first tab.
    before: u64,
    /// Columns after it, from the tab stop on.
    after: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rest {
    /// The widest line that ends in the part, the first apart.
    widest: u64,
    /// The column at the end of the part.
    column: u64,
}

fn tab_stop(column: u64) -> u64 {
    column + TAB_COLUMNS - column % TAB_COLUMNS
}

impl Stretch {
    /// The column after it, by the column before it.
    fn from(self, column: u64) -> u64 {
        let column = column + self.before;
        self.after.map_or(column, |after| tab_stop(column) + after)
    }

    fn join(&mut self, next: Stretch) {
        match &mut self.after {
            Some(after) => *after = next.from(*after),
            None => *self = Stretch { before: self.before + next.before, after: next.after },
        }
    }
}

impl Ruler {
    /// Characters of so many columns follow.
    #[inline(always)]
    pub(super) fn advance(&mut self, columns: u64) {
        match (&mut self.rest, &mut self.first.after) {
            (Some(rest), _) => rest.column += columns,
            (None, Some(after)) => *after += columns,
            (None, None) => self.first.before += columns,
        }
    }

    /// A tab follows.
    pub(super) fn tab(&mut self) {
        match &mut self.rest {
            Some(rest) => rest.column = tab_stop(rest.column),
            None => self.first.join(Stretch { before: 0, after: Some(0) }),
        }
    }

    /// The line ends.
    #[inline(always)]
    pub(super) fn end_line(&mut self) {
        let widest = self.rest.map_or(0, |rest| rest.widest.max(rest.column));
        self.rest = Some(Rest { widest, column: 0 });
    }

    /// What follows on it in the text.
    pub(super) fn join(&mut self, next: Ruler) {
        let Some(rest) = &mut self.rest else {
            self.first.join(next.first);
            self.rest = next.rest;
            return;
        };
        rest.column = next.first.from(rest.column);
        if let Some(later) = next.rest {
            *rest = Rest { widest: rest.widest.max(rest.column).max(later.widest), column: later.column };
        }
    }

    /// The widest line, if nothing comes before the part and nothing after it.
    pub(super) fn widest(self) -> u64 {
        self.first.from(0).max(self.rest.map_or(0, |rest| rest.widest.max(rest.column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone, Copy)]
    enum Step {
        Advance(u64),
        Tab,
        EndLine,
    }

    fn ruler(steps: &[Step]) -> Ruler {
        let mut ruler = Ruler::default();
        for &step in steps {
            match step {
                Step::Advance(columns) => ruler.advance(columns),
                Step::Tab => ruler.tab(),
                Step::EndLine => ruler.end_line(),
            }
        }
        ruler
    }

    fn widest(steps: &[Step]) -> u64 {
        let (mut column, mut widest) = (0, 0);
        for &step in steps {
            column = match step {
                Step::Advance(columns) => column + columns,
                Step::Tab => (column / 8 + 1) * 8,
                Step::EndLine => 0,
            };
            widest = widest.max(column);
        }
        widest
    }

    proptest! {
        #[test]
        fn parts_joined_are_the_whole(
            steps in prop::collection::vec(
                prop_oneof![(0..20u64).prop_map(Step::Advance), Just(Step::Tab), Just(Step::EndLine)], 0..20),
            cuts in prop::collection::vec(0..20usize, 0..4),
        ) {
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(steps.len())).chain([0, steps.len()]).collect();
            cuts.sort_unstable();
            let mut joined = Ruler::default();
            for cut in cuts.windows(2) {
                joined.join(ruler(&steps[cut[0]..cut[1]]));
            }
            prop_assert_eq!(joined, ruler(&steps));
            prop_assert_eq!(joined.widest(), widest(&steps));
        }
    }
}
