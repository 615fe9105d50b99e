//! From the numbers that a part of the work gave its tokens to ranks that mean the same everywhere.

use super::layout::Layout;

/// Turns the numbers of a row into ranks: a table for the columns of tokens, another for those of forms; documents stay.
///
/// Nought stays nought, so ranks begin with 1. Rows that ascend must have ranks that ascend.
#[derive(Debug, Default)]
pub struct Translation {
    tokens: Vec<u32>,
    forms: Vec<u32>,
    /// A bit for each column that a table is for.
    token_columns: u32,
    form_columns: u32,
}

impl Translation {
    /// The ranks of tokens and of forms by their numbers; what stands at 0 is not used. `forms` is not used where the
    /// layout has none.
    #[must_use]
    pub fn new(layout: Layout, tokens: Vec<u32>, forms: Vec<u32>) -> Translation {
        let columns = |count: usize| 1u32.checked_shl(count as u32).map_or(u32::MAX, |bit| bit - 1);
        let token_columns = columns(layout.order);
        let form_columns = if layout.has_forms { columns(2 * layout.order) & !token_columns } else { 0 };
        Translation { tokens, forms, token_columns, form_columns }
    }

    /// That of rows which are ranks already.
    #[must_use]
    pub fn identity() -> Translation {
        Translation::default()
    }

    /// The rank for a number, not nought, in a column; `None` for a number that nobody has.
    #[inline(always)]
    pub(super) fn rank(&self, column: u32, number: u32) -> Option<u32> {
        if self.token_columns >> column & 1 != 0 {
            self.tokens.get(number as usize).copied()
        } else if self.form_columns >> column & 1 != 0 {
            self.forms.get(number as usize).copied()
        } else {
            Some(number)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_has_its_table() {
        let layout = Layout { order: 2, has_forms: true, has_documents: true };
        let translation = Translation::new(layout, vec![0, 7], vec![0, 8, 9]);
        let ranks: Vec<_> = (0..5).map(|column| translation.rank(column, 2)).collect();
        assert_eq!(ranks, [None, None, Some(9), Some(9), Some(2)]);
        assert_eq!(translation.rank(1, 1), Some(7));
        assert_eq!(Translation::identity().rank(0, 5), Some(5));
    }
}
