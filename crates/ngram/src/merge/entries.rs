//! Entries from rows, and what must be known before the first of them: one pass over the rows, or two.

use std::path::PathBuf;

use textcore::tally::Spool;
use textcore::{Engine, Error};

use super::cursor::{Cursor, Row};
use super::margins::Margins;
use super::parts::write_run;
use super::rows::Rows;
use crate::answer::{Answering, Needs};
use crate::entry::{Entry, Summary};
use crate::entry_buffer::EntryBuffer;
use crate::parameters::{Parameters, Shape};

/// What may be used.
#[derive(Debug, Clone)]
pub struct Means {
    /// Bytes of memory.
    pub memory_bytes: usize,
    /// Where temporary files are made.
    pub temporary_directory: PathBuf,
}

impl Means {
    /// What an answer leaves of what a run may use.
    pub fn beside(answering: &Answering, engine: &Engine) -> Self {
        Means {
            memory_bytes: engine.memory_bytes.saturating_sub(answering.memory_bytes()),
            temporary_directory: engine.temporary_directory.clone(),
        }
    }
}

/// Entries in key order.
pub struct Entries {
    /// Sums over all of them; noughts where nobody asked.
    pub summary: Summary,
    rows: Box<dyn Rows>,
    margins: Option<Margins>,
}

impl Entries {
    /// Entries of rows.
    ///
    /// Where sums over all of them are needed, the rows go to a temporary file while they are summed up, and are read
    /// again from there. Margins take half of the memory at most.
    ///
    /// # Errors
    /// Those of the rows; [`Error::Usage`] if there is too little memory for the margins; what temporary storage says.
    pub fn new(
        mut rows: Box<dyn Rows>,
        needs: Needs,
        parameters: &Parameters,
        documents: u64,
        means: &Means,
    ) -> Result<Self, Error> {
        let is_symmetric = matches!(parameters.shape, Shape::Window(_));
        let mut summary = Summary { documents, is_symmetric, ..Summary::default() };
        let mut margins =
            needs.margins.then(|| Margins::new(parameters.orders, is_symmetric, means.memory_bytes / 2));
        if needs.totals || needs.margins {
            rows = summed_up(rows, &mut summary, margins.as_mut(), means)?;
        }
        if let Some(margins) = &mut margins {
            margins.settle()?;
        }
        Ok(Entries { summary, rows, margins })
    }

    /// Lends each entry to `take`.
    ///
    /// # Errors
    /// Those of the rows and of `take`.
    pub fn each(mut self, mut take: impl FnMut(&Entry<'_>) -> Result<(), Error>) -> Result<(), Error> {
        let mut cursor = Cursor::default();
        let mut entry = EntryBuffer::default();
        let (mut shared, mut margins) = (0, Vec::new());
        while let Some((key, count)) = self.rows.next_row()? {
            match cursor.advance(key) {
                Row::Documents => entry.documents = count,
                Row::Form(form) => {
                    entry.forms.keys.extend_from_slice(form);
                    entry.forms.end(count);
                }
                Row::Count => {
                    if !entry.key.is_empty() {
                        entry.lend(shared, &margins, &mut take)?;
                    }
                    entry.clear();
                    entry.key.extend_from_slice(cursor.key());
                    entry.count = count;
                    shared = cursor.shared();
                    if let Some(all) = &mut self.margins {
                        margins.clear();
                        margins.extend_from_slice(all.of(&cursor));
                    }
                }
            }
        }
        if entry.key.is_empty() { Ok(()) } else { entry.lend(shared, &margins, &mut take) }
    }
}

/// Sums rows up on their way to a temporary file; they are given back as they are read from there.
fn summed_up(
    rows: Box<dyn Rows>,
    summary: &mut Summary,
    mut margins: Option<&mut Margins>,
    means: &Means,
) -> Result<Box<dyn Rows>, Error> {
    let mut spool = Spool::new(&means.temporary_directory);
    let mut cursor = Cursor::default();
    let run = write_run(rows, &mut spool, |key, count| {
        if cursor.advance(key) != Row::Count {
            return Ok(());
        }
        let total = &mut summary.totals[cursor.order()];
        *total = total.saturating_add(count);
        match &mut margins {
            Some(margins) => margins.add(&cursor, count, &means.temporary_directory),
            None => Ok(()),
        }
    })?;
    Ok(Box::new(run.read().map_err(Error::Temporary)?))
}
