//! What becomes of counts when the lexicon itself does not fit in memory: rows of tokens instead of their numbers.
//!
//! Such rows, as [`crate::merge`] has them, mean the same whatever lexicon is begun next, and are merged as partial results
//! are. The documents of an n-gram are listed there, a row for each, for a document may go on in another run.

use std::io;

use textcore::tally::{Run, RunWriter, Spool};

use super::gather::Gather;
use super::tuples::Tuples;
use super::vocabulary::Vocabulary;
use super::walk::Gram;
use crate::key::{END, push_token};
use crate::row::Merged;

/// Writes n-grams as a run of rows of tokens.
///
/// # Errors
/// The temporary file cannot be written, or another one read.
pub fn write(
    vocabulary: &Vocabulary,
    forms: Option<&Vocabulary>,
    spool: &mut Spool,
    each: impl FnOnce(&mut dyn FnMut(Gram<'_>) -> io::Result<()>) -> io::Result<()>,
) -> io::Result<Run> {
    let mut rows = Rows::new(vocabulary, forms, spool.write(None)?);
    each(&mut |gram| rows.write(&gram))?;
    rows.writer.finish()
}

/// Gives the n-grams of merged rows to a function.
///
/// # Errors
/// The rows cannot be read; those of `each`.
pub fn grams<E: From<io::Error>>(
    tuples: &Tuples,
    mut merged: Merged,
    mut each: impl FnMut(Gram<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut gather = Gather::new(*tuples);
    while let Some(row) = merged.next()? {
        gather.push(row.numbers, row.count, &mut each)?;
    }
    gather.flush(each)
}

/// N-grams on their way into a run.
struct Rows<'a> {
    vocabulary: &'a Vocabulary,
    forms: Option<&'a Vocabulary>,
    writer: RunWriter<'a>,
    /// The tokens of the n-gram, as a key, and where each ends.
    key: Vec<u8>,
    ends: Vec<usize>,
    /// The row that was written last, and the one that is written next.
    previous: Vec<u8>,
    row: Vec<u8>,
}

impl<'a> Rows<'a> {
    fn new(vocabulary: &'a Vocabulary, forms: Option<&'a Vocabulary>, writer: RunWriter<'a>) -> Self {
        let (key, ends) = (Vec::new(), vec![0]);
        Rows { vocabulary, forms, writer, key, ends, previous: Vec::new(), row: Vec::new() }
    }

    fn write(&mut self, gram: &Gram<'_>) -> io::Result<()> {
        self.ends.truncate(gram.shared + 1);
        self.key.truncate(self.ends.last().copied().unwrap_or_default());
        for &rank in &gram.tokens[self.ends.len() - 1..] {
            push_token(self.vocabulary.token(rank as usize), &mut self.key);
            self.ends.push(self.key.len());
        }
        self.push_row(gram.count, |_| {})?;
        for document in gram.documents {
            self.push_row(1, |row| {
                row.extend_from_slice(&[END, END]);
                row.extend_from_slice(&document.to_be_bytes());
            })?;
        }
        let Some(vocabulary) = self.forms else { return Ok(()) };
        for (form, &count) in gram.forms.tokens.chunks(gram.tokens.len()).zip(gram.forms.counts) {
            self.push_row(count, |row| {
                row.push(END);
                form.iter().for_each(|&rank| push_token(vocabulary.token(rank as usize), row));
            })?;
        }
        Ok(())
    }

    /// Writes a row of the n-gram: its key and what `add` appends.
    fn push_row(&mut self, count: u64, add: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        self.row.clear();
        self.row.extend_from_slice(&self.key);
        add(&mut self.row);
        self.writer.push(&self.previous, &self.row, count)?;
        std::mem::swap(&mut self.previous, &mut self.row);
        Ok(())
    }
}
