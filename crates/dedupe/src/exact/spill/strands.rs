//! Many streams of bytes in one temporary file: each is appended to a little at a time, and read from its beginning.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use textcore::error::system_message;

/// Streams that wait in buffers until those are full.
///
/// Memory: one buffer for each stream, and 8 bytes for each time one was written.
#[derive(Debug)]
pub struct Strands {
    directory: PathBuf,
    /// Made when it is first needed; it has no name.
    file: Option<File>,
    file_bytes: u64,
    buffer_bytes: usize,
    strands: Vec<Strand>,
}

#[derive(Debug, Default, Clone)]
struct Strand {
    /// What has not been written yet.
    buffer: Vec<u8>,
    /// Where each buffer that was written lies; all are full.
    blocks: Vec<u64>,
}

impl Strands {
    /// So many streams, each with a buffer of so many bytes.
    pub fn new(strands: usize, buffer_bytes: usize, directory: &Path) -> Self {
        Strands {
            directory: directory.to_owned(),
            file: None,
            file_bytes: 0,
            buffer_bytes: buffer_bytes.max(1),
            strands: vec![Strand::default(); strands],
        }
    }

    /// How many streams there are.
    pub fn len(&self) -> usize {
        self.strands.len()
    }

    /// Appends bytes to a stream.
    ///
    /// # Errors
    /// When the temporary file cannot be made or written: the message says where, and how much there is already.
    pub fn push(&mut self, strand: usize, mut bytes: &[u8]) -> io::Result<()> {
        let buffer_bytes = self.buffer_bytes;
        loop {
            let buffer = &mut self.strands[strand].buffer;
            if buffer.capacity() == 0 {
                buffer.reserve_exact(buffer_bytes);
            }
            let (now, later) = bytes.split_at(bytes.len().min(buffer_bytes - buffer.len()));
            buffer.extend_from_slice(now);
            if buffer.len() == buffer_bytes {
                self.write(strand)?;
            }
            if later.is_empty() {
                return Ok(());
            }
            bytes = later;
        }
    }

    fn write(&mut self, strand: usize) -> io::Result<()> {
        let strand = &mut self.strands[strand];
        let file = match &self.file {
            Some(file) => Ok(file),
            None => tempfile::tempfile_in(&self.directory).map(|file| &*self.file.insert(file)),
        };
        let written = file.and_then(|file| file.write_all_at(&strand.buffer, self.file_bytes));
        written.map_err(|error| {
            let (directory, bytes) = (self.directory.display(), self.file_bytes);
            let what = format!(
                "keeping keys aside in {directory} ({bytes} bytes so far): {}",
                system_message(&error)
            );
            io::Error::new(error.kind(), what)
        })?;
        strand.blocks.push(self.file_bytes);
        self.file_bytes += strand.buffer.len() as u64;
        strand.buffer.clear();
        Ok(())
    }

    /// A stream from its beginning; it can be read again.
    pub fn read(&self, strand: usize) -> StrandReader<'_> {
        StrandReader { strands: self, strand: &self.strands[strand], block: 0, at: 0, buffer: Vec::new() }
    }

    /// Forgets a stream.
    pub fn clear(&mut self, strand: usize) {
        self.strands[strand] = Strand::default();
    }
}

/// Reads one stream.
#[derive(Debug)]
pub struct StrandReader<'a> {
    strands: &'a Strands,
    strand: &'a Strand,
    /// The next block; the buffer that was not written is the last one.
    block: usize,
    at: usize,
    buffer: Vec<u8>,
}

impl Read for StrandReader<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.buffer.len() && !self.next_block()? {
            return Ok(0);
        }
        let length = out.len().min(self.buffer.len() - self.at);
        out[..length].copy_from_slice(&self.buffer[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

impl StrandReader<'_> {
    fn next_block(&mut self) -> io::Result<bool> {
        let block = self.block;
        self.block += 1;
        self.at = 0;
        match self.strand.blocks.get(block) {
            Some(&offset) => {
                self.buffer.resize(self.strands.buffer_bytes, 0);
                let file = self.strands.file.as_ref().ok_or(io::ErrorKind::UnexpectedEof)?;
                file.read_exact_at(&mut self.buffer, offset)?;
            }
            None if block == self.strand.blocks.len() => {
                self.buffer.clear();
                self.buffer.extend_from_slice(&self.strand.buffer);
            }
            None => self.buffer.clear(),
        }
        Ok(!self.buffer.is_empty())
    }

    /// The next byte; `None` at the end.
    #[inline]
    pub fn byte(&mut self) -> io::Result<Option<u8>> {
        if self.at == self.buffer.len() && !self.next_block()? {
            return Ok(None);
        }
        self.at += 1;
        Ok(Some(self.buffer[self.at - 1]))
    }

    /// The next so many bytes.
    #[inline]
    pub fn array<const LENGTH: usize>(&mut self) -> io::Result<Option<[u8; LENGTH]>> {
        if let Some(bytes) = self.buffer[self.at..].first_chunk() {
            self.at += LENGTH;
            return Ok(Some(*bytes));
        }
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut bytes = [first; LENGTH];
        for byte in &mut bytes[1..] {
            *byte = self.byte()?.ok_or(io::ErrorKind::UnexpectedEof)?;
        }
        Ok(Some(bytes))
    }

    /// The next number, as [`push_number`] wrote it; `None` at the end.
    #[inline]
    pub fn number(&mut self) -> io::Result<Option<u64>> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let Some(byte) = self.byte()? else {
                return if shift == 0 { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            };
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Ok(Some(number))
    }
}

/// Seven bits a byte, the lowest first; all bytes but the last have their top bit set.
#[inline]
pub fn push_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_stream_comes_back(
            pieces in prop::collection::vec((0usize..4, prop::collection::vec(any::<u8>(), 0..50)), 0..60),
            buffer_bytes in 1usize..40,
        ) {
            let mut strands = Strands::new(4, buffer_bytes, &std::env::temp_dir());
            let mut wanted = vec![Vec::new(); 4];
            for (strand, piece) in &pieces {
                strands.push(*strand, piece).expect("pushed");
                wanted[*strand].extend_from_slice(piece);
            }
            for (strand, wanted) in wanted.iter().enumerate() {
                for _ in 0..2 {
                    let mut found = Vec::new();
                    strands.read(strand).read_to_end(&mut found).expect("read");
                    prop_assert_eq!(&found, wanted);
                }
            }
        }

        #[test]
        fn numbers_come_back(numbers: Vec<u64>, buffer_bytes in 1usize..40) {
            let mut strands = Strands::new(1, buffer_bytes, &std::env::temp_dir());
            for &number in &numbers {
                let mut bytes = Vec::new();
                push_number(number, &mut bytes);
                bytes.extend_from_slice(&number.to_le_bytes());
                strands.push(0, &bytes).expect("pushed");
            }
            let mut reader = strands.read(0);
            for &number in &numbers {
                prop_assert_eq!(reader.number().expect("read"), Some(number));
                prop_assert_eq!(reader.array().expect("read"), Some(number.to_le_bytes()));
            }
            prop_assert_eq!(reader.number().expect("read"), None);
        }
    }
}
