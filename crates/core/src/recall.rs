//! What is kept aside until the end of the input: in memory up to a limit, then in an unnamed temporary file.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::error::system_message;

/// Entries in the order in which they came: bytes, each with a tag that says what they are.
#[derive(Debug)]
pub struct Recall {
    limit_bytes: usize,
    temporary_directory: PathBuf,
    memory: Vec<u8>,
    file: Option<BufWriter<File>>,
    spilled_bytes: u64,
}

/// Each entry is preceded by its length and its tag.
const LENGTH_BYTES: usize = size_of::<u32>();
const HEAD_BYTES: usize = LENGTH_BYTES + 1;

impl Recall {
    /// Keeps up to `limit_bytes` in memory.
    pub fn new(limit_bytes: usize, temporary_directory: &Path) -> Self {
        Recall {
            limit_bytes,
            temporary_directory: temporary_directory.to_owned(),
            memory: Vec::new(),
            file: None,
            spilled_bytes: 0,
        }
    }

    /// Adds an entry of less than 4 GiB.
    ///
    /// # Errors
    /// When the temporary file cannot be made or written.
    pub fn push(&mut self, tag: u8, entry: &[u8]) -> io::Result<()> {
        let length = u32::try_from(entry.len()).map_err(|_| io::Error::other("a record of 4 GiB"))?;
        if self.memory.len() + HEAD_BYTES + entry.len() > self.limit_bytes {
            self.spill().map_err(|error| self.explain(&error))?;
        }
        let target: &mut dyn Write = match &mut self.file {
            Some(file) if entry.len() + HEAD_BYTES > self.limit_bytes => {
                self.spilled_bytes += (HEAD_BYTES + entry.len()) as u64;
                file
            }
            _ => &mut self.memory,
        };
        let [first, second, third, fourth] = length.to_le_bytes();
        let written =
            target.write_all(&[first, second, third, fourth, tag]).and_then(|()| target.write_all(entry));
        written.map_err(|error| self.explain(&error))
    }

    fn spill(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            empty => empty.insert(BufWriter::new(tempfile::tempfile_in(&self.temporary_directory)?)),
        };
        file.write_all(&self.memory)?;
        self.spilled_bytes += self.memory.len() as u64;
        self.memory.clear();
        Ok(())
    }

    fn explain(&self, error: &io::Error) -> io::Error {
        let what = format!(
            "keeping records aside in {} ({} bytes so far): {}",
            self.temporary_directory.display(),
            self.spilled_bytes,
            system_message(error)
        );
        io::Error::new(error.kind(), what)
    }

    /// Empties the store: all entries again, in order.
    ///
    /// # Errors
    /// When the temporary file cannot be completed.
    pub fn replay(&mut self) -> io::Result<Replay> {
        let memory = io::Cursor::new(std::mem::take(&mut self.memory));
        let input: Box<dyn Read> = match self.file.take() {
            None => Box::new(memory),
            Some(file) => {
                let ended = file.into_inner().map_err(io::IntoInnerError::into_error);
                let mut file = ended.map_err(|error| self.explain(&error))?;
                file.rewind()?;
                Box::new(file.chain(memory))
            }
        };
        Ok(Replay { input: BufReader::with_capacity(1 << 18, input), entry: Vec::new() })
    }
}

/// The entries of a [`Recall`], one at a time.
pub struct Replay {
    input: BufReader<Box<dyn Read>>,
    entry: Vec<u8>,
}

impl Replay {
    /// Goes on to the next entry and tells its tag; `None` at the end.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn advance(&mut self) -> io::Result<Option<u8>> {
        let mut head = [0; HEAD_BYTES];
        let mut filled = 0;
        while filled < HEAD_BYTES {
            match self.input.read(&mut head[filled..])? {
                0 if filled == 0 => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => filled += read,
            }
        }
        let [first, second, third, fourth, tag] = head;
        let length = u32::from_le_bytes([first, second, third, fourth]) as usize;
        self.entry.resize(length, 0);
        self.input.read_exact(&mut self.entry)?;
        Ok(Some(tag))
    }

    /// The entry that [`Replay::advance`] came to.
    pub fn entry(&self) -> &[u8] {
        &self.entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn entries_come_back_in_order(
            entries in prop::collection::vec((any::<u8>(), prop::collection::vec(any::<u8>(), 0..20)), 0..40),
            limit in 0usize..100,
        ) {
            let mut recall = Recall::new(limit, &std::env::temp_dir());
            for (tag, entry) in &entries { recall.push(*tag, entry).expect("pushed"); }
            let mut replay = recall.replay().expect("replayed");
            let mut back = Vec::new();
            while let Some(tag) = replay.advance().expect("read") { back.push((tag, replay.entry().to_vec())); }
            prop_assert_eq!(back, entries);
        }
    }
}
