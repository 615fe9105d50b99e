//! A run: sorted keys and their counts in a temporary file, each key as what it adds to the one before, compressed.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zstd::stream::{read::Decoder, write::Encoder};

use super::tournament::Source;
use crate::error::system_message;

const LEVEL: i32 = 1;
/// Runs are read many at once, so what each remembers is kept small: 64 KiB.
const WINDOW_LOG: u32 = 16;
const BUFFER_BYTES: usize = 1 << 15;
/// Three numbers of at most ten bytes.
const HEADER_BYTES_MAX: usize = 30;

/// About how many bytes of memory a [`RunReader`] takes, for whoever must choose how many to open.
pub const READER_BYTES: usize = 1 << 19;

/// A file that is open and has no name, to which runs are appended; it goes when the last of its runs goes.
pub struct Spool {
    directory: PathBuf,
    file: Option<Arc<File>>,
    length_bytes: u64,
}

/// A part of a spool's file.
pub struct Run {
    file: Arc<File>,
    start: u64,
    end: u64,
}

impl Spool {
    /// A spool whose file will be made in this directory when it is first written.
    pub fn new(directory: &Path) -> Spool {
        Spool { directory: directory.to_owned(), file: None, length_bytes: 0 }
    }

    /// A spool of this file.
    #[cfg(test)]
    pub fn of(file: File, directory: &Path) -> Spool {
        Spool { file: Some(Arc::new(file)), ..Spool::new(directory) }
    }

    /// Where the file is, or will be.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Begins a run; `size_bytes` is what the messages call its size, where it is known.
    ///
    /// # Errors
    /// The file cannot be made or written.
    pub fn write(&mut self, size_bytes: Option<usize>) -> io::Result<RunWriter<'_>> {
        let directory = self.directory.clone();
        let begun = self.file().and_then(|mut file| {
            file.seek(SeekFrom::Start(self.length_bytes))?;
            let mut encoder = Encoder::new(file, LEVEL)?;
            encoder.window_log(WINDOW_LOG)?;
            Ok(encoder)
        });
        match begun {
            Ok(encoder) => {
                let buffer = Vec::with_capacity(BUFFER_BYTES);
                Ok(RunWriter { spool: self, encoder, buffer, size_bytes, written_bytes: 0 })
            }
            Err(error) => Err(explain_writing(&error, size_bytes, 0, &directory)),
        }
    }

    fn file(&mut self) -> io::Result<Arc<File>> {
        match &self.file {
            Some(file) => Ok(Arc::clone(file)),
            None => {
                let file = Arc::new(tempfile::tempfile_in(&self.directory)?);
                self.file = Some(Arc::clone(&file));
                Ok(file)
            }
        }
    }
}

/// Writes one run. A writer that is dropped before its end leaves no run.
pub struct RunWriter<'a> {
    spool: &'a mut Spool,
    encoder: Encoder<'static, Arc<File>>,
    buffer: Vec<u8>,
    size_bytes: Option<usize>,
    /// How many bytes the compressor has been given.
    written_bytes: u64,
}

impl RunWriter<'_> {
    /// Appends a key, which is not less than the one before; before the first one stands the empty key.
    ///
    /// # Errors
    /// The file cannot be written.
    #[inline]
    pub fn push(&mut self, previous: &[u8], key: &[u8], count: u64) -> io::Result<()> {
        let shared = shared_bytes(previous, key);
        let rest = &key[shared..];
        if self.buffer.len() + HEADER_BYTES_MAX + rest.len() > BUFFER_BYTES {
            self.flush()?;
        }
        for number in [shared as u64, rest.len() as u64, count] {
            push_number(number, &mut self.buffer);
        }
        if rest.len() <= BUFFER_BYTES - HEADER_BYTES_MAX {
            self.buffer.extend_from_slice(rest);
            return Ok(());
        }
        self.flush()?;
        self.written_bytes += rest.len() as u64;
        self.encoder.write_all(rest).map_err(|error| self.explain(&error))
    }

    /// Ends the run.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self) -> io::Result<Run> {
        self.flush()?;
        let (directory, size_bytes, written_bytes) =
            (&self.spool.directory, self.size_bytes, self.written_bytes);
        let explain = |error| explain_writing(&error, size_bytes, written_bytes, directory);
        let mut file = self.encoder.finish().map_err(explain)?;
        let end = file.stream_position().map_err(explain)?;
        let start = std::mem::replace(&mut self.spool.length_bytes, end);
        Ok(Run { file, start, end })
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = self.encoder.write_all(&self.buffer);
        self.written_bytes += self.buffer.len() as u64;
        self.buffer.clear();
        written.map_err(|error| self.explain(&error))
    }

    fn explain(&self, error: &io::Error) -> io::Error {
        explain_writing(error, self.size_bytes, self.written_bytes, &self.spool.directory)
    }
}

impl Run {
    /// Bytes that the run takes in its file.
    pub fn size_bytes(&self) -> u64 {
        self.end - self.start
    }

    /// Begins to read the run, before its first key.
    ///
    /// # Errors
    /// The decompressor cannot be set up.
    pub fn read(self) -> io::Result<RunReader> {
        let size_bytes = self.size_bytes();
        let input = BufReader::with_capacity(BUFFER_BYTES, self);
        let input =
            Decoder::with_buffer(input).map_err(|error| explain_reading(&error, size_bytes))?.single_frame();
        let buffer = vec![0; BUFFER_BYTES].into_boxed_slice();
        Ok(RunReader { input, buffer, start: 0, end: 0, key: Vec::new(), count: 0, size_bytes })
    }
}

impl Read for Run {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(usize::try_from(self.size_bytes()).unwrap_or(usize::MAX));
        let read = self.file.read_at(&mut buffer[..length], self.start)?;
        self.start += read as u64;
        Ok(read)
    }
}

/// Reads one run, key after key.
pub struct RunReader {
    input: Decoder<'static, BufReader<Run>>,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    key: Vec<u8>,
    count: u64,
    size_bytes: u64,
}

impl Source for RunReader {
    type Error = io::Error;

    #[inline]
    fn advance(&mut self) -> io::Result<bool> {
        self.try_advance().map_err(|error| explain_reading(&error, self.size_bytes))
    }

    #[inline]
    fn key(&self) -> &[u8] {
        &self.key
    }

    #[inline]
    fn count(&self) -> u64 {
        self.count
    }
}

impl RunReader {
    #[inline]
    fn try_advance(&mut self) -> io::Result<bool> {
        if self.end - self.start < HEADER_BYTES_MAX {
            self.fill()?;
            if self.start == self.end {
                return Ok(false);
            }
        }
        let shared = self.number()?;
        let mut rest = self.number()?;
        self.count = self.number()?;
        self.key.truncate(usize::try_from(shared).map_err(|_| damaged())?);
        while rest > 0 {
            if self.start == self.end {
                self.fill()?;
            }
            let length = (self.end - self.start).min(usize::try_from(rest).unwrap_or(usize::MAX));
            if length == 0 {
                return Err(damaged());
            }
            self.key.extend_from_slice(&self.buffer[self.start..self.start + length]);
            self.start += length;
            rest -= length as u64;
        }
        Ok(true)
    }

    /// Reads on until a header fits or the run ends.
    #[cold]
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        while self.end < HEADER_BYTES_MAX {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(length) => self.end += length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    #[inline]
    fn number(&mut self) -> io::Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let Some(&byte) = self.buffer[..self.end].get(self.start) else { return Err(damaged()) };
            self.start += 1;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(damaged())
    }
}

/// Seven bits a byte, the lowest first; all bytes but the last have their top bit set.
#[inline]
fn push_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// How many bytes two keys have in common at their beginnings.
///
/// ```
/// assert_eq!(textcore::tally::shared_bytes(b"salt", b"sago"), 2);
/// ```
#[inline]
#[must_use]
pub fn shared_bytes(one: &[u8], other: &[u8]) -> usize {
    let mut at = 0;
    for (left, right) in one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0) {
        let difference = u64::from_le_bytes(*left) ^ u64::from_le_bytes(*right);
        if difference != 0 {
            return at + difference.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + one[at..].iter().zip(&other[at..]).take_while(|(left, right)| left == right).count()
}

fn explain_writing(
    error: &io::Error,
    size_bytes: Option<usize>,
    written_bytes: u64,
    directory: &Path,
) -> io::Error {
    let directory = directory.display();
    let what = match size_bytes {
        Some(size_bytes) => format!("writing a temporary run of {size_bytes} bytes in {directory}"),
        None => format!("writing a temporary run in {directory} ({written_bytes} bytes so far)"),
    };
    io::Error::new(error.kind(), format!("{what}: {}", system_message(error)))
}

fn explain_reading(error: &io::Error, size_bytes: u64) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("reading a temporary run of {size_bytes} bytes: {}", system_message(error)),
    )
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the run is damaged")
}
