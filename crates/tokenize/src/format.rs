//! Formats: how the tokens of a record are written.

pub mod conllu;
mod jsonl;
mod plain;
mod tsv;

use textcore::Record;

use crate::offsets::{OffsetUnit, Offsets};
use crate::token::Token;

pub use conllu::Conllu;
pub use jsonl::Jsonl;
pub use plain::{Lines, Spaced, Vertical};
pub use tsv::Tsv;

/// How tokens are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Set apart by a space; the record's end stays where it is.
    Spaced,
    /// Each with a line end, or NUL with `-z`; records are no longer told apart.
    Lines,
    /// One a line, and an empty line after each sentence.
    Vertical,
    /// A row for each: operand, record, start, end, class, token; with a model, its number.
    Tsv,
    /// A JSON object for each record, with an array of tokens.
    Jsonl,
    /// CoNLL-U, with what stood between tokens.
    Conllu,
}

impl Format {
    /// Whether the output is said about records and does not take their place.
    pub fn is_listing(self) -> bool {
        !matches!(self, Format::Spaced | Format::Lines)
    }
}

/// Writes the tokens of one record.
pub trait Writer {
    /// Takes the next token.
    fn token(&mut self, token: &Token<'_>);

    /// A sentence ended before the next token, which begins at `next`.
    fn sentence_end(&mut self, next: usize) {
        let _ = next;
    }

    /// Whether it wants to know of sentences.
    fn has_sentences(&self) -> bool {
        false
    }

    /// Writes what is left.
    fn finish(self);
}

/// The offsets of a record's tokens.
pub fn offsets<'t>(unit: OffsetUnit, record: &Record<'t>) -> Places<'t> {
    // Of a text that was selected, what stands around it is not the original.
    let original = (record.is_repaired && !record.is_part).then_some(record.whole);
    let offsets = Offsets::new(unit, record.text, original);
    Places { starts: offsets.clone(), ends: offsets }
}

/// Offsets of beginnings and of ends, each a walk of its own.
pub struct Places<'t> {
    starts: Offsets<'t>,
    ends: Offsets<'t>,
}

impl Places<'_> {
    fn of(&mut self, token: &Token<'_>) -> [usize; 2] {
        [self.starts.of_start(token.start), self.ends.of_end(token.end)]
    }
}

/// Appends a number in decimal digits.
fn push_number(number: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}
