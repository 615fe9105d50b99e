//! Where runs are written: one file without a name, which goes when the last of its runs goes.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use textcore::error::system_message;
use xxhash_rust::xxh3::xxh3_64;

use super::code::{COUNT_BYTES_MAX, NUMBER_BYTES_MAX, WORD, write_count, write_number};
use super::layout::COLUMNS_MAX;
use super::run::{Block, Run};
use super::shape::{NEW, Numbers};

/// How much is written, and read, at once; a row that begins a block is written whole.
pub(super) const BLOCK_BYTES: usize = 1 << 18;
/// The most that a row takes, with the room that its last number asks for.
pub(super) const ROW_BYTES_MAX: usize = 1 + NUMBER_BYTES_MAX * (COLUMNS_MAX + 1) + COUNT_BYTES_MAX + WORD;

/// A file that is open and has no name, to which runs are appended; it goes when the last of its runs goes.
#[derive(Debug)]
pub struct Spool {
    directory: PathBuf,
    storage: Option<Arc<Storage>>,
    length_bytes: u64,
    block_bytes: usize,
}

/// A file and the directory that it was made in, for messages.
#[derive(Debug)]
pub(super) struct Storage {
    pub file: File,
    pub directory: PathBuf,
}

impl Spool {
    /// A spool whose file will be made in this directory when it is first written.
    #[must_use]
    pub fn new(directory: &Path) -> Spool {
        Spool { directory: directory.to_owned(), storage: None, length_bytes: 0, block_bytes: BLOCK_BYTES }
    }

    /// A spool of this file.
    #[cfg(test)]
    pub fn of(file: File, directory: &Path) -> Spool {
        let storage = Arc::new(Storage { file, directory: directory.to_owned() });
        Spool { storage: Some(storage), ..Spool::new(directory) }
    }

    /// Makes blocks small, so that a few rows are many of them.
    #[cfg(test)]
    pub fn with_blocks_of(self, block_bytes: usize) -> Spool {
        Spool { block_bytes: block_bytes.max(ROW_BYTES_MAX), ..self }
    }

    /// Begins a run of rows of so many columns, at most [`COLUMNS_MAX`]. While it lasts it takes 256 KiB of memory.
    ///
    /// # Errors
    ///
    /// The file cannot be made.
    pub fn write(&mut self, width: usize) -> io::Result<Writer<'_>> {
        if width > COLUMNS_MAX {
            let what = format!("a row of {width} columns, where {COLUMNS_MAX} is the most");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        }
        let storage = self.storage()?;
        Ok(Writer {
            storage,
            width,
            buffer: vec![0; self.block_bytes].into_boxed_slice(),
            used: 0,
            offset: self.length_bytes,
            spool: self,
            previous: [0; COLUMNS_MAX],
            numbers: Numbers::new(),
            first: 0,
            blocks: Vec::new(),
            rows: 0,
        })
    }

    /// Bytes that all runs so far take on disk.
    #[must_use]
    pub fn written_bytes(&self) -> u64 {
        self.length_bytes
    }

    fn storage(&mut self) -> io::Result<Arc<Storage>> {
        if let Some(storage) = &self.storage {
            return Ok(Arc::clone(storage));
        }
        let directory = self.directory.clone();
        let file =
            tempfile::tempfile_in(&directory).map_err(|error| explain_writing(&error, 0, 0, &directory))?;
        let storage = Arc::new(Storage { file, directory });
        self.storage = Some(Arc::clone(&storage));
        Ok(storage)
    }
}

/// Writes one run. A writer that is dropped before its end leaves no run.
pub struct Writer<'a> {
    spool: &'a mut Spool,
    storage: Arc<Storage>,
    width: usize,
    buffer: Box<[u8]>,
    used: usize,
    /// Where the buffer will stand in the file.
    offset: u64,
    previous: [u32; COLUMNS_MAX],
    numbers: Numbers,
    /// The first column of the block's first row.
    first: u32,
    blocks: Vec<Block>,
    rows: u64,
}

impl Writer<'_> {
    /// Appends a row and its count. Rows ascend by the rank of their numbers, nought being the least.
    ///
    /// # Errors
    ///
    /// The file cannot be written: the message says how large the run is so far and where it is; or, as a defect of the
    /// caller, the row is not as wide as the run, or can be seen not to ascend.
    #[inline]
    pub fn push(&mut self, row: &[u32], count: u64) -> io::Result<()> {
        if row.len() != self.width {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a row of another width than its run"));
        }
        if self.used + ROW_BYTES_MAX > self.buffer.len() {
            self.end_block()?;
        }
        if self.used == 0 {
            self.first = row.first().copied().unwrap_or(0);
        }
        let (mut differing, mut filled) = (0u32, 0u32);
        for (column, (number, previous)) in row.iter().zip(&mut self.previous).enumerate() {
            differing |= u32::from(number != previous) << column;
            filled |= u32::from(*number != 0) << column;
            *previous = *number;
        }
        // The first that differs, and all above it.
        let brought = differing | differing.wrapping_neg();
        let shape = filled & brought;
        if shape.trailing_zeros() != differing.trailing_zeros() || differing == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "rows of a run that do not ascend"));
        }
        self.rows += 1;
        self.write(row, shape, count);
        Ok(())
    }

    /// Ends the run.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn finish(mut self) -> io::Result<Run> {
        self.end_block()?;
        let size_bytes = self.size_bytes();
        self.spool.length_bytes = self.offset;
        Ok(Run { storage: self.storage, width: self.width, blocks: self.blocks, rows: self.rows, size_bytes })
    }

    #[inline(always)]
    fn write(&mut self, row: &[u32], shape: u32, count: u64) {
        let number = self.numbers.of(shape);
        let bytes = &mut self.buffer[..];
        let mut at = self.used;
        // A count from 1 to 3 stands beside the number of the shape.
        let small = if count < 4 { count as u8 } else { 0 };
        bytes[at] = (number as u8) << 2 | small;
        at += 1;
        if number == NEW {
            at = write_number(shape, bytes, at);
        }
        if small == 0 {
            at = write_count(count, bytes, at);
        }
        let mut columns = shape;
        while columns != 0 {
            at = write_number(row[columns.trailing_zeros() as usize], bytes, at);
            columns &= columns - 1;
        }
        self.used = at;
    }

    #[cold]
    fn end_block(&mut self) -> io::Result<()> {
        if self.used == 0 {
            return Ok(());
        }
        let bytes = &self.buffer[..self.used];
        self.storage.file.write_all_at(bytes, self.offset).map_err(|error| {
            let size_bytes = self.size_bytes() + self.used as u64;
            explain_writing(&error, size_bytes, self.spool.length_bytes, &self.storage.directory)
        })?;
        self.blocks.push(Block {
            offset: self.offset,
            length: self.used as u32,
            first: self.first,
            checksum: xxh3_64(bytes),
        });
        self.offset += self.used as u64;
        self.used = 0;
        self.previous = [0; COLUMNS_MAX];
        self.numbers.clear();
        Ok(())
    }

    /// Bytes that are written.
    fn size_bytes(&self) -> u64 {
        self.offset - self.spool.length_bytes
    }
}

#[cold]
fn explain_writing(error: &io::Error, size_bytes: u64, before_bytes: u64, directory: &Path) -> io::Error {
    let (directory, message) = (directory.display(), system_message(error));
    let before =
        if before_bytes > 0 { format!(", after {before_bytes} bytes of others,") } else { String::new() };
    io::Error::new(
        error.kind(),
        format!("writing a temporary run of {size_bytes} bytes{before} in {directory}: {message}"),
    )
}
