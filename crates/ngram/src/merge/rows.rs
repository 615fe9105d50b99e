//! Rows: what is counted of entries, in pieces that add up.
//!
//! The count of an n-gram stands under its key. Under the key and 0x00 stands in how many documents it came; under the key,
//! 0x00 and the key of a form, how often it came in that form. No token begins with 0x00 there (see [`crate::key`]) and none
//! is empty, so the rows of an entry follow its first one, before those of any other entry, and entries that are merged are
//! rows of equal keys that are added up.

use textcore::Error;
use textcore::tally::{RunReader, Sorted, Source, Tournament};

use super::part::Part;

/// Rows in byte order of their keys, each key once.
pub trait Rows {
    /// The next key, and what stands under it; `None` at the end.
    ///
    /// # Errors
    /// Whatever the source of the rows says.
    fn next_row(&mut self) -> Result<Option<(&[u8], u64)>, Error>;
}

impl Rows for Tournament<Part> {
    fn next_row(&mut self) -> Result<Option<(&[u8], u64)>, Error> {
        self.next()
    }
}

impl Rows for Tournament<RunReader> {
    fn next_row(&mut self) -> Result<Option<(&[u8], u64)>, Error> {
        self.next().map_err(Error::Temporary)
    }
}

impl Rows for Sorted {
    fn next_row(&mut self) -> Result<Option<(&[u8], u64)>, Error> {
        self.next().map_err(Error::Temporary)
    }
}

impl Rows for RunReader {
    fn next_row(&mut self) -> Result<Option<(&[u8], u64)>, Error> {
        let has_more = self.advance().map_err(Error::Temporary)?;
        Ok(has_more.then(|| (self.key(), self.count())))
    }
}

impl<R: Rows + ?Sized> Rows for Box<R> {
    fn next_row(&mut self) -> Result<Option<(&[u8], u64)>, Error> {
        (**self).next_row()
    }
}
