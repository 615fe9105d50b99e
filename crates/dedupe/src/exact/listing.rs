//! The list of what is left out: where each such record stood, and the one that stays.

use std::path::Path;

use textcore::{Engine, Error, Run};

use crate::place::Places;
use crate::tsv::TsvFile;

/// Rows of file, record, kept file, kept record, in input order. Records are numbered from 1 over the whole run; 0 is a
/// record without a place, such as a key from a file of seen keys.
#[derive(Debug)]
pub struct Listing {
    table: TsvFile,
    places: Places,
}

impl Listing {
    /// Opens the file.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(engine: &mut Engine, path: &Path) -> Result<Self, Error> {
        Ok(Listing { table: TsvFile::create(engine, path)?, places: Places::default() })
    }

    /// Numbers the next records.
    pub fn add(&mut self, runs: &[Run]) {
        for run in runs {
            self.places.add(run);
        }
    }

    /// A record is left out for another one, or for none.
    ///
    /// # Errors
    /// What the system says.
    pub fn row(&mut self, ordinal: u64, kept: u64) -> Result<(), Error> {
        let place = |ordinal: u64| ordinal.checked_sub(1).and_then(|index| self.places.get(index));
        self.table.place(place(ordinal)).place(place(kept)).end()
    }

    /// Hands the rows to the system, which may have no room for them.
    ///
    /// # Errors
    /// What the system says.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.table.flush()
    }

    /// Closes the file and gives it its name.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<(), Error> {
        self.table.finish()
    }
}
