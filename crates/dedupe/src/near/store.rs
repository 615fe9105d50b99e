//! The shingles of earlier documents: in memory up to a limit, then in an unnamed temporary file.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use textcore::Error;

/// Bytes of a hash.
const HASH_BYTES: usize = size_of::<u64>();

/// Sets of hashes, numbered from 0 in the order in which they came.
///
/// Memory: the limit, and 8 bytes a set.
#[derive(Debug)]
pub struct Store {
    limit_bytes: usize,
    temporary_directory: PathBuf,
    /// What the file does not have yet.
    memory: Vec<u8>,
    file: Option<File>,
    /// Bytes in the file.
    filed: u64,
    /// Where each set ends, in hashes.
    ends: Vec<u64>,
}

impl Store {
    /// An empty store, which keeps up to `limit_bytes` in memory.
    pub fn new(limit_bytes: usize, temporary_directory: &Path) -> Self {
        Store {
            limit_bytes,
            temporary_directory: temporary_directory.to_owned(),
            memory: Vec::new(),
            file: None,
            filed: 0,
            ends: Vec::new(),
        }
    }

    /// How many sets there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// Adds a set.
    ///
    /// # Errors
    /// [`Error::Temporary`] when the file cannot be made or written.
    pub fn push(&mut self, set: &[u64]) -> Result<(), Error> {
        if !self.memory.is_empty() && self.memory.len() + set.len() * HASH_BYTES > self.limit_bytes {
            self.spill().map_err(|error| self.explain(&error))?;
        }
        let start = self.memory.len();
        self.memory.resize(start + set.len() * HASH_BYTES, 0);
        for (place, hash) in self.memory[start..].as_chunks_mut::<HASH_BYTES>().0.iter_mut().zip(set) {
            *place = hash.to_le_bytes();
        }
        self.ends.push(self.start(self.ends.len()) + set.len() as u64);
        Ok(())
    }

    /// How many hashes a set has.
    ///
    /// # Panics
    /// If there is no such set.
    pub fn length(&self, number: u32) -> usize {
        (self.ends[number as usize] - self.start(number as usize)) as usize
    }

    /// Lends the hashes of a set, little-endian; those that are in the file are read into `buffer`.
    ///
    /// # Errors
    /// [`Error::Temporary`] when the file cannot be read.
    ///
    /// # Panics
    /// If there is no such set.
    pub fn get<'a>(&'a self, number: u32, buffer: &'a mut Vec<u8>) -> Result<&'a [[u8; HASH_BYTES]], Error> {
        let start = self.start(number as usize) * HASH_BYTES as u64;
        let length = self.length(number) * HASH_BYTES;
        if let Some(start) = start.checked_sub(self.filed) {
            return Ok(self.memory[start as usize..start as usize + length].as_chunks().0);
        }
        buffer.resize(length, 0);
        match &self.file {
            Some(file) => file.read_exact_at(buffer, start).map_err(Error::Temporary)?,
            None => return Err(Error::Internal("shingles without a file".to_owned())),
        }
        Ok(buffer.as_chunks().0)
    }

    /// Bytes of memory.
    pub fn memory_bytes(&self) -> usize {
        self.memory.capacity() + self.ends.capacity() * size_of::<u64>()
    }

    fn start(&self, number: usize) -> u64 {
        number.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    fn spill(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            empty => empty.insert(tempfile::tempfile_in(&self.temporary_directory)?),
        };
        file.write_all(&self.memory)?;
        self.filed += self.memory.len() as u64;
        self.memory.clear();
        Ok(())
    }

    fn explain(&self, error: &io::Error) -> Error {
        let bytes = self.filed + self.memory.len() as u64;
        let directory = self.temporary_directory.display();
        let what = format!(
            "{} while writing shingles, {bytes} bytes so far, to {directory}",
            textcore::error::system_message(error)
        );
        Error::Temporary(io::Error::new(error.kind(), what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sets_come_back(
            sets in prop::collection::vec(prop::collection::vec(any::<u64>(), 0..9), 0..40), limit in 0usize..300,
        ) {
            let mut store = Store::new(limit, &std::env::temp_dir());
            for set in &sets {
                store.push(set).expect("pushed");
            }
            prop_assert_eq!(store.count(), sets.len());
            let mut buffer = Vec::new();
            for (number, set) in (0u32..).zip(&sets) {
                let hashes = store.get(number, &mut buffer).expect("read");
                prop_assert_eq!(&hashes.iter().map(|hash| u64::from_le_bytes(*hash)).collect::<Vec<_>>(), set);
                prop_assert_eq!(store.length(number), set.len());
            }
        }
    }
}
