//! What is wrong with a rule file, and where.

use std::fmt;

/// The first thing in a rule file that is not a rule, a test or a comment.
///
/// Shown as `FILE:LINE:COLUMN: what`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesError {
    /// The name of the file, as given.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong, or what was expected.
    pub what: String,
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RulesError { file, line, column, what } = self;
        write!(f, "{file}:{line}:{column}: {what}")
    }
}

impl std::error::Error for RulesError {}

/// What is wrong with one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub column: usize,
    pub what: String,
}

impl Fault {
    pub fn new(column: usize, what: impl Into<String>) -> Self {
        Fault { column, what: what.into() }
    }

    pub fn at(self, file: &str, line: usize) -> RulesError {
        RulesError { file: file.to_owned(), line, column: self.column, what: self.what }
    }
}
