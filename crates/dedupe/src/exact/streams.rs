//! Many streams of small entries that share memory up to a limit, then one unnamed temporary file.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use textcore::Error;
use textcore::error::system_message;

/// Streams that are written by appending and read from their beginning, each entry whole.
///
/// Memory: `limit_bytes` for full blocks, and beside it a block under way for each stream. What does not fit is written
/// to the file in blocks, whose room is used again once they have been read for the last time.
#[derive(Debug)]
pub struct Streams {
    directory: PathBuf,
    block_bytes: usize,
    resident_max: usize,
    resident: usize,
    file: Option<File>,
    /// Rooms in the file: how many there are, and which are free.
    rooms: u64,
    free_rooms: Vec<u64>,
    streams: Vec<Stream>,
}

/// The number of a stream.
pub type StreamId = usize;

#[derive(Debug, Default)]
struct Stream {
    blocks: Vec<Block>,
    tail: Vec<u8>,
}

#[derive(Debug)]
enum Block {
    Memory(Vec<u8>),
    File { room: u64, length: usize },
    Spent,
}

/// How far a stream has been read.
#[derive(Debug)]
pub struct Cursor {
    stream: StreamId,
    block: usize,
    bytes: Vec<u8>,
    at: usize,
    /// What has been read is not wanted again.
    is_last_use: bool,
}

impl Streams {
    /// No streams yet; an entry has at most `block_bytes`.
    pub fn new(limit_bytes: usize, block_bytes: usize, directory: &Path) -> Self {
        Streams {
            directory: directory.to_owned(),
            block_bytes,
            resident_max: limit_bytes / block_bytes,
            resident: 0,
            file: None,
            rooms: 0,
            free_rooms: Vec::new(),
            streams: Vec::new(),
        }
    }

    /// Begins a stream.
    pub fn begin(&mut self) -> StreamId {
        self.streams.push(Stream::default());
        self.streams.len() - 1
    }

    /// Whether nothing was written to a stream.
    pub fn is_empty(&self, stream: StreamId) -> bool {
        self.streams[stream].blocks.is_empty() && self.streams[stream].tail.is_empty()
    }

    /// Appends an entry.
    ///
    /// # Errors
    /// When the temporary file cannot be made or written.
    #[inline]
    pub fn push(&mut self, stream: StreamId, entry: &[u8]) -> Result<(), Error> {
        if self.streams[stream].tail.len() + entry.len() > self.block_bytes {
            self.end_block(stream)?;
        }
        self.streams[stream].tail.extend_from_slice(entry);
        Ok(())
    }

    /// Appends a number, seven bits a byte.
    ///
    /// # Errors
    /// As for [`Streams::push`].
    pub fn push_number(&mut self, stream: StreamId, number: u64) -> Result<(), Error> {
        if number < 0x80 {
            return self.push(stream, &[number as u8]);
        }
        let mut entry = Entry::default();
        entry.number(number);
        self.push(stream, entry.as_bytes())
    }

    #[cold]
    fn end_block(&mut self, stream: StreamId) -> Result<(), Error> {
        let tail = &self.streams[stream].tail;
        let block = if self.resident < self.resident_max {
            self.resident += 1;
            let room = Vec::with_capacity(self.block_bytes);
            Block::Memory(std::mem::replace(&mut self.streams[stream].tail, room))
        } else {
            let room = self.free_rooms.pop().unwrap_or(self.rooms);
            self.rooms = self.rooms.max(room + 1);
            let length = tail.len();
            let file = match &mut self.file {
                Some(file) => Ok(file),
                empty => tempfile::tempfile_in(&self.directory).map(|file| empty.insert(file)),
            };
            let place = room * self.block_bytes as u64;
            file.and_then(|file| file.write_all_at(tail, place))
                .map_err(|error| self.explain("writing", &error))?;
            self.streams[stream].tail.clear();
            Block::File { room, length }
        };
        self.streams[stream].blocks.push(block);
        Ok(())
    }

    /// Says what was written, how much of it and where.
    fn explain(&self, doing: &str, error: &io::Error) -> Error {
        let what = format!(
            "{doing} {} bytes of keys in {}: {}",
            self.rooms * self.block_bytes as u64,
            self.directory.display(),
            system_message(error)
        );
        Error::Temporary(io::Error::new(error.kind(), what))
    }

    /// Goes to the beginning of a stream, which must not be written any more.
    pub fn read(&mut self, stream: StreamId, is_last_use: bool) -> Cursor {
        let Stream { blocks, tail } = &mut self.streams[stream];
        if !tail.is_empty() {
            blocks.push(Block::Memory(std::mem::take(tail)));
            self.resident += 1;
        }
        Cursor { stream, block: 0, bytes: Vec::new(), at: 0, is_last_use }
    }

    /// The rest of the block under way or else the next block, whole entries; `None` at the end.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn next_block<'a>(&mut self, cursor: &'a mut Cursor) -> Result<Option<&'a [u8]>, Error> {
        if cursor.at == cursor.bytes.len() && !self.advance(cursor)? {
            return Ok(None);
        }
        let at = std::mem::replace(&mut cursor.at, cursor.bytes.len());
        Ok(Some(&cursor.bytes[at..]))
    }

    /// The next number of a stream of numbers; `None` at the end.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn next_number(&mut self, cursor: &mut Cursor) -> Result<Option<u64>, Error> {
        if cursor.at == cursor.bytes.len() && !self.advance(cursor)? {
            return Ok(None);
        }
        let mut rest = &cursor.bytes[cursor.at..];
        let number = take_number(&mut rest);
        cursor.at = cursor.bytes.len() - rest.len();
        Ok(Some(number))
    }

    fn advance(&mut self, cursor: &mut Cursor) -> Result<bool, Error> {
        cursor.at = 0;
        cursor.bytes.clear();
        let Some(block) = self.streams[cursor.stream].blocks.get_mut(cursor.block) else {
            return Ok(false);
        };
        cursor.block += 1;
        match block {
            Block::Memory(bytes) if cursor.is_last_use => {
                cursor.bytes = std::mem::take(bytes);
                self.resident -= 1;
            }
            Block::Memory(bytes) => cursor.bytes.extend_from_slice(bytes),
            Block::File { room, length } => {
                let (room, length) = (*room, *length);
                cursor.bytes.resize(length, 0);
                let place = room * self.block_bytes as u64;
                let read =
                    self.file.as_ref().map_or(Ok(()), |file| file.read_exact_at(&mut cursor.bytes, place));
                read.map_err(|error| self.explain("reading", &error))?;
                if cursor.is_last_use {
                    self.free_rooms.push(room);
                }
            }
            Block::Spent => {}
        }
        if cursor.is_last_use {
            self.streams[cursor.stream].blocks[cursor.block - 1] = Block::Spent;
        }
        Ok(!cursor.bytes.is_empty())
    }
}

/// An entry under way: bytes and numbers.
#[derive(Debug)]
pub struct Entry {
    bytes: [u8; Entry::LENGTH_BYTES_MAX],
    length: usize,
}

impl Default for Entry {
    fn default() -> Self {
        Entry { bytes: [0; Entry::LENGTH_BYTES_MAX], length: 0 }
    }
}

impl Entry {
    /// A key of 16 bytes and two numbers.
    pub const LENGTH_BYTES_MAX: usize = 36;

    /// Appends a number, seven bits a byte, the lowest first; all bytes but the last have their top bit set.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes[self.length] = number as u8 | 0x80;
            self.length += 1;
            number >>= 7;
        }
        self.bytes[self.length] = number as u8;
        self.length += 1;
    }

    /// Appends bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.bytes[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    /// All that was appended.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// Takes a number from the front of what [`Entry::number`] wrote.
#[inline]
pub fn take_number(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    let mut shift = 0;
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 || shift >= u64::BITS {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back_from_each_stream(
            numbers in prop::collection::vec((0usize..4, any::<u64>(), 0u32..64), 0..300), blocks in 0usize..8,
        ) {
            let mut streams = Streams::new(blocks * 40, 40, &std::env::temp_dir());
            let ids: Vec<StreamId> = (0..4).map(|_| streams.begin()).collect();
            let mut wanted = vec![Vec::new(); 4];
            for (stream, number, shift) in numbers {
                streams.push_number(ids[stream], number >> shift).expect("written");
                wanted[stream].push(number >> shift);
            }
            for is_last_use in [false, true] {
                let mut cursors: Vec<Cursor> = ids.iter().map(|&id| streams.read(id, is_last_use)).collect();
                for (cursor, wanted) in cursors.iter_mut().zip(&wanted) {
                    let mut found = Vec::new();
                    while let Some(number) = streams.next_number(cursor).expect("read") { found.push(number); }
                    prop_assert_eq!(&found, wanted);
                }
            }
            prop_assert_eq!(streams.free_rooms.len() as u64, streams.rooms);
            prop_assert_eq!(streams.resident, 0);
        }
    }

    #[test]
    fn a_full_or_missing_folder_is_named() {
        let mut streams = Streams::new(0, 16, Path::new("/nonexistent"));
        let id = streams.begin();
        let failed =
            (0..40).find_map(|number| streams.push_number(id, number).err()).expect("no such folder");
        assert!(failed.to_string().contains("bytes of keys in /nonexistent: no such file"), "{failed}");
    }
}
