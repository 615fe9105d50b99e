//! A file that is written beside the output: it appears whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::Error;
use crate::temporary::{Cleanup, PendingFile, open_output};

/// A file on its way, or a device such as `/dev/stderr` that is written at once.
#[derive(Debug)]
pub struct SideFile {
    path: PathBuf,
    writer: BufWriter<File>,
    pending: Option<PendingFile>,
}

impl SideFile {
    /// Opens the file; what is there under its name stays until [`SideFile::finish`].
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(path: &Path, cleanup: &Arc<Cleanup>) -> Result<Self, Error> {
        let (file, pending) = open_output(path, cleanup).map_err(|source| failed(path, source))?;
        Ok(SideFile { path: path.to_owned(), writer: BufWriter::new(file), pending })
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.writer.write_all(bytes).map_err(|source| failed(&self.path, source))
    }

    /// Hands what was written to the system, which may have no room for it.
    ///
    /// # Errors
    /// What the system says.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.writer.flush().map_err(|source| failed(&self.path, source))
    }

    /// Closes the file and gives it its name.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<(), Error> {
        let SideFile { path, writer, pending } = self;
        writer
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file| pending.map_or(Ok(()), |pending| pending.commit(&file)))
            .map_err(|source| failed(&path, source))
    }
}

fn failed(path: &Path, source: io::Error) -> Error {
    Error::Output { name: path.to_string_lossy().into_owned(), source }
}
