//! A run: sorted rows in blocks, each of which can be read without those before it; how they are read back as ranks.

use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use textcore::error::system_message;
use xxhash_rust::xxh3::xxh3_64;

use super::code::{WORD, read_count, read_number};
use super::layout::COLUMNS_MAX;
use super::merge::Source;
use super::shape::{NEW, Shapes};
use super::spool::Storage;

/// Rows in ascending order, and their counts: a part of a spool's file.
#[derive(Debug)]
pub struct Run {
    pub(super) storage: Arc<Storage>,
    pub(super) width: usize,
    pub(super) blocks: Vec<Block>,
    pub(super) rows: u64,
    pub(super) size_bytes: u64,
}

/// Rows that stand together, the first of them written whole.
#[derive(Debug)]
pub(super) struct Block {
    pub offset: u64,
    pub length: u32,
    /// The first column of its first row.
    pub first: u32,
    pub checksum: u64,
}

impl Run {
    /// Bytes that the run takes on disk.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many columns its rows have.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }
}

/// Comes after all codes of rows.
pub(super) const DONE: u64 = u64::MAX;

/// Where a row stands among those that come after one and the same row: the less they share with it the greater they are,
/// and among those that share as much the first number that differs decides (offset-value coding; Conner, IBM Technical
/// Disclosure Bulletin 20(7), 1977). Rows of one code have yet to be compared, behind that number.
#[inline(always)]
pub(super) fn offset_value(width: usize, shared: usize, number: u32) -> u64 {
    ((width - shared) as u64) << 32 | u64::from(number)
}

/// How many columns the row of a code shares.
#[inline(always)]
pub(super) fn shared_of(width: usize, code: u64) -> usize {
    width - (code >> 32) as usize
}

/// Reads the rows of a source whose first rank lies in a range, one after the other, as ranks.
pub(super) struct Reader {
    source: Arc<Source>,
    until: u64,
    next_block: usize,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    shapes: Shapes,
    row: [u32; COLUMNS_MAX],
    /// A bit for each column of the row that is not nought.
    filled: u32,
    count: u64,
}

impl Reader {
    /// Begins to read; the code of the first row, as one that comes after nothing.
    pub fn open(source: Arc<Source>, ranks: &Range<u64>) -> io::Result<(Reader, u64)> {
        let run = &source.run;
        let starts_below = |block: &Block| match source.translation.rank(0, block.first) {
            Some(rank) => u64::from(rank) < ranks.start,
            None => false,
        };
        let next_block = run.blocks.partition_point(starts_below).saturating_sub(1);
        let length = run.blocks.iter().map(|block| block.length as usize).max().unwrap_or(0);
        let mut reader = Reader {
            until: ranks.end,
            next_block,
            buffer: vec![0; length + WORD],
            at: 0,
            end: 0,
            shapes: Shapes::new(),
            row: [0; COLUMNS_MAX],
            filled: 0,
            count: 0,
            source,
        };
        loop {
            if reader.advance()? == DONE {
                return Ok((reader, DONE));
            }
            if u64::from(reader.row[0]) >= ranks.start {
                let code = offset_value(reader.width(), 0, reader.row[0]);
                return Ok((reader, code));
            }
        }
    }

    /// The row that was reached, with noughts behind it.
    #[inline(always)]
    pub fn row(&self) -> &[u32; COLUMNS_MAX] {
        &self.row
    }

    /// Its count.
    #[inline(always)]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Goes on to the next row; its code after the row before, or [`DONE`].
    #[inline(always)]
    pub fn advance(&mut self) -> io::Result<u64> {
        let decoded = if self.at < self.end { self.decode() } else { self.begin_block() };
        match decoded {
            Ok(Some(shared)) if shared > 0 => Ok(offset_value(self.width(), shared, self.row[shared])),
            Ok(Some(_)) if u64::from(self.row[0]) < self.until => {
                Ok(offset_value(self.width(), 0, self.row[0]))
            }
            Ok(_) => {
                self.close();
                Ok(DONE)
            }
            Err(error) => Err(self.explain(&error)),
        }
    }

    fn width(&self) -> usize {
        self.source.run.width
    }

    /// Reads a row of the block; how many columns it shares with the one before.
    #[inline(always)]
    fn decode(&mut self) -> io::Result<Option<usize>> {
        let header = self.buffer[self.at];
        let mut at = self.at + 1;
        let shape = match self.shapes.get(usize::from(header >> 2)) {
            Some(shape) => shape,
            None => self.new_shape(header, &mut at)?,
        };
        self.count = u64::from(header & 3);
        if self.count == 0 {
            (self.count, at) = read_count(&self.buffer, at).ok_or_else(damaged)?;
        }
        let shared = shape.trailing_zeros();
        let before = self.row[shared as usize % COLUMNS_MAX];
        let kept = self.filled & ((1 << (shared % u32::BITS)) - 1);
        let mut stale = self.filled & !(kept | shape);
        while stale != 0 {
            self.row[stale.trailing_zeros() as usize] = 0;
            stale &= stale - 1;
        }
        self.filled = kept | shape;
        let mut columns = shape;
        while columns != 0 {
            let column = columns.trailing_zeros();
            let (number, end) = read_number(&self.buffer, at).ok_or_else(damaged)?;
            let rank = self.source.translation.rank(column, number).ok_or_else(damaged)?;
            self.row[column as usize] = rank;
            at = end;
            columns &= columns - 1;
        }
        self.at = at;
        if at > self.end || self.row[shared as usize % COLUMNS_MAX] <= before {
            return Err(damaged());
        }
        Ok(Some(shared as usize))
    }

    /// A shape that is seen for the first time in its block.
    #[cold]
    fn new_shape(&mut self, header: u8, at: &mut usize) -> io::Result<u32> {
        if usize::from(header >> 2) != NEW {
            return Err(damaged());
        }
        let (shape, end) = read_number(&self.buffer, *at).ok_or_else(damaged)?;
        if shape == 0 || (u32::BITS - shape.leading_zeros()) as usize > self.width() {
            return Err(damaged());
        }
        self.shapes.learn(shape);
        *at = end;
        Ok(shape)
    }

    /// Reads a block and its first row, which is compared to the one before, for it is written whole.
    #[cold]
    #[inline(never)]
    fn begin_block(&mut self) -> io::Result<Option<usize>> {
        let source = Arc::clone(&self.source);
        let Some(block) = source.run.blocks.get(self.next_block) else { return Ok(None) };
        let bytes = &mut self.buffer[..block.length as usize];
        source.run.storage.file.read_exact_at(bytes, block.offset)?;
        if xxh3_64(bytes) != block.checksum {
            return Err(damaged());
        }
        (self.at, self.end) = (0, bytes.len());
        self.next_block += 1;
        self.shapes.clear();
        let before = std::mem::replace(&mut self.row, [0; COLUMNS_MAX]);
        self.filled = 0;
        if self.end == 0 {
            return Err(damaged());
        }
        self.decode()?;
        match (0..self.width()).find(|&column| self.row[column] != before[column]) {
            Some(shared) if self.row[shared] > before[shared] => Ok(Some(shared)),
            _ => Err(damaged()),
        }
    }

    /// Lets no more rows come.
    #[cold]
    fn close(&mut self) {
        self.next_block = self.source.run.blocks.len();
        (self.at, self.end) = (0, 0);
        self.buffer = Vec::new();
    }

    #[cold]
    fn explain(&self, error: &io::Error) -> io::Error {
        let (size_bytes, directory) =
            (self.source.run.size_bytes, self.source.run.storage.directory.display());
        let message = system_message(error);
        io::Error::new(
            error.kind(),
            format!("reading a temporary run of {size_bytes} bytes in {directory}: {message}"),
        )
    }
}

#[cold]
fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the run is damaged")
}
