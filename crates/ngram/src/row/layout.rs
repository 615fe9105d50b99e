//! What the columns of a row are.

/// The most columns that a row has.
pub const COLUMNS_MAX: usize = 32;

/// What the columns of a row are: the tokens of an n-gram, noughts up to the largest order; where tokens are keys, those of
/// its form in the same way; where documents are counted, the number of a document, from 1.
///
/// ```
/// use ngram::row::Layout;
///
/// assert_eq!(Layout { order: 3, has_forms: true, has_documents: true }.width(), 7);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The largest order.
    pub order: usize,
    /// Tokens are keys, and how they stood follows.
    pub has_forms: bool,
    /// The last column is a document.
    pub has_documents: bool,
}

impl Layout {
    /// How many columns there are.
    #[must_use]
    pub fn width(self) -> usize {
        self.order * (1 + usize::from(self.has_forms)) + usize::from(self.has_documents)
    }
}
