//! From rows to the answer, in one pass or two.

use std::path::PathBuf;

use textcore::tally::Spool;
use textcore::{Answer, Engine, Error, Output};

use super::cursor::{Cursor, Row};
use super::ending::{Ending, Reaping, Sheaves};
use super::margins::Margins;
use super::parts::write_run;
use super::rows::Rows;
use crate::entry::Summary;
use crate::entry_buffer::EntryBuffer;
use crate::parameters::{Parameters, Shape};

/// A sheaf of so many bytes is bound.
const SHEAF_BYTES: usize = 1 << 20;

/// What may be used.
#[derive(Debug, Clone)]
pub struct Means {
    /// Bytes of memory.
    pub memory_bytes: usize,
    /// Where temporary files are made.
    pub temporary_directory: PathBuf,
}

impl Means {
    /// What a run may use.
    pub fn of(engine: &Engine) -> Self {
        Means { memory_bytes: engine.memory_bytes, temporary_directory: engine.temporary_directory.clone() }
    }
}

/// Takes rows to the answer.
///
/// Where sums over all of them are needed first, the rows go to a temporary file while they are summed up, and are read
/// again from there: nothing is written before the last of them was seen. Margins take half of the memory at most.
///
/// # Errors
/// Those of the rows; [`Error::Usage`] if there is too little memory for the margins; whatever temporary storage, `ending`
/// or the output says.
pub fn finish<E: Ending>(
    ending: &E,
    parameters: &Parameters,
    documents: u64,
    rows: impl Rows,
    means: &Means,
    out: &mut dyn Output,
) -> Result<Answer, Error> {
    let needs = ending.needs();
    let is_symmetric = matches!(parameters.shape, Shape::Window(_));
    let mut summary = Summary { documents, is_symmetric, ..Summary::default() };
    if !needs.totals && !needs.margins {
        return reap(ending.begin(parameters, &summary)?, rows, None, out);
    }
    let mut margins =
        needs.margins.then(|| Margins::new(parameters.orders, is_symmetric, means.memory_bytes / 2));
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
    if let Some(margins) = &mut margins {
        margins.settle()?;
    }
    let rows = run.read().map_err(Error::Temporary)?;
    reap(ending.begin(parameters, &summary)?, rows, margins, out)
}

/// Hands entries over, sheaf by sheaf.
fn reap<H: Reaping>(
    mut harvest: H,
    mut rows: impl Rows,
    mut margins: Option<Margins>,
    out: &mut dyn Output,
) -> Result<Answer, Error> {
    let mut sheaf = harvest.sheaf();
    let mut cursor = Cursor::default();
    let mut entry = EntryBuffer::default();
    let (mut shared, mut of_entry) = (0, Vec::new());
    let mut is_done = false;
    while !is_done {
        let row = rows.next_row()?;
        let what = row.map(|(key, count)| (cursor.advance(key), count));
        match what {
            Some((Row::Documents, documents)) => entry.documents = documents,
            Some((Row::Form(form), count)) => {
                entry.forms.keys.extend_from_slice(form);
                entry.forms.end(count);
            }
            Some((Row::Count, _)) | None => {
                if !entry.key.is_empty() {
                    entry.lend(shared, &of_entry, |entry| sheaf.push(&harvest, entry))?;
                }
                if sheaf.size_bytes() > SHEAF_BYTES {
                    let full = std::mem::replace(&mut sheaf, harvest.sheaf());
                    harvest.bind(full, out)?;
                }
                entry.clear();
                let Some((_, count)) = what else {
                    is_done = true;
                    continue;
                };
                entry.key.extend_from_slice(cursor.key());
                entry.count = count;
                shared = cursor.shared();
                if let Some(margins) = &mut margins {
                    of_entry.clear();
                    of_entry.extend_from_slice(margins.of(&cursor));
                }
            }
        }
    }
    harvest.bind(sheaf, out)?;
    harvest.finish(out)
}
