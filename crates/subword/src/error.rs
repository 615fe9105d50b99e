//! What is wrong with a model file, and where.

use std::fmt;

/// Why a model file cannot be used: the file, the place in it and the problem.
///
/// Shown as `FILE: PLACE: PROBLEM`, where the place is a JSON pointer (RFC 6901) or a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    /// The file, as it was named when it was opened.
    pub name: String,
    /// Where in it.
    pub place: Place,
    /// What is wrong there.
    pub problem: String,
}

/// A place in a model file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A value, by JSON pointer; empty for the outermost.
    Pointer(String),
    /// A line, counted from 1, and a column in bytes where it is known, else 0.
    Line(usize, usize),
}

/// A problem before the file's name is known.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) place: Place,
    pub(crate) text: String,
}

impl Problem {
    pub(crate) fn at(pointer: impl Into<String>, text: impl Into<String>) -> Problem {
        Problem { place: Place::Pointer(pointer.into()), text: text.into() }
    }

    pub(crate) fn line(line: usize, text: impl Into<String>) -> Problem {
        Problem { place: Place::Line(line, 0), text: text.into() }
    }

    pub(crate) fn file(text: impl Into<String>) -> Problem {
        Problem { place: Place::File, text: text.into() }
    }

    pub(crate) fn named(self, name: &str) -> ModelError {
        ModelError { name: name.to_owned(), place: self.place, problem: self.text }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.name)?;
        match &self.place {
            Place::File => {}
            Place::Pointer(pointer) if pointer.is_empty() => {}
            Place::Pointer(pointer) => write!(formatter, "{pointer}: ")?,
            Place::Line(line, 0) => write!(formatter, "line {line}: ")?,
            Place::Line(line, column) => write!(formatter, "line {line}, column {column}: ")?,
        }
        formatter.write_str(&self.problem)
    }
}

impl std::error::Error for ModelError {}
