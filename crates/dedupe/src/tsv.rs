//! Tables beside the output: rows of cells with tabs between, what is in a cell escaped.

use std::path::Path;

use textcore::partial::escape_key_into;
use textcore::side::SideFile;
use textcore::{Engine, Error};

use crate::place::Place;

/// A table under way; it appears whole or not at all.
#[derive(Debug)]
pub struct TsvFile {
    file: SideFile,
    row: Vec<u8>,
    has_cells: bool,
}

impl TsvFile {
    /// Opens a table that may be no input and no other output.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(engine: &mut Engine, path: &Path) -> Result<Self, Error> {
        Ok(TsvFile { file: engine.side_file(path)?, row: Vec::new(), has_cells: false })
    }

    /// Adds a cell; tab, newline, return and backslash in it are escaped.
    pub fn cell(&mut self, text: &[u8]) -> &mut Self {
        if self.has_cells {
            self.row.push(b'\t');
        }
        self.has_cells = true;
        escape_key_into(text, &mut self.row);
        self
    }

    /// Adds a cell with a number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.cell(number.to_string().as_bytes())
    }

    /// Adds two cells: an operand, and the number of a record in it. A place that is not known is two empty cells.
    pub fn place(&mut self, place: Option<Place<'_>>) -> &mut Self {
        match place {
            Some(place) => self.cell(place.operand).number(place.number),
            None => self.cell(b"").cell(b""),
        }
    }

    /// Ends the row.
    ///
    /// # Errors
    /// What the system says.
    pub fn end(&mut self) -> Result<(), Error> {
        self.row.push(b'\n');
        let written = self.file.write(&self.row);
        self.row.clear();
        self.has_cells = false;
        written
    }

    /// Hands the rows to the system, which may have no room for them.
    ///
    /// # Errors
    /// What the system says.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.file.flush()
    }

    /// Closes the table and gives it its name.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<(), Error> {
        self.file.finish()
    }
}
