//! Records kept aside until the end of the input: in memory up to a limit, then in an unnamed temporary file.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Records in the order in which they came.
#[derive(Debug)]
pub struct Recall {
    limit_bytes: usize,
    temporary_directory: PathBuf,
    memory: Vec<u8>,
    file: Option<BufWriter<File>>,
}

/// Each record is preceded by its length.
const LENGTH_BYTES: usize = size_of::<u32>();

impl Recall {
    /// Keeps up to `limit_bytes` in memory.
    pub fn new(limit_bytes: usize, temporary_directory: &Path) -> Self {
        Recall {
            limit_bytes,
            temporary_directory: temporary_directory.to_owned(),
            memory: Vec::new(),
            file: None,
        }
    }

    /// Adds a record of less than 4 GiB.
    ///
    /// # Errors
    /// When the temporary file cannot be made or written.
    pub fn push(&mut self, record: &[u8]) -> io::Result<()> {
        let length = u32::try_from(record.len()).map_err(|_| io::Error::other("a record of 4 GiB"))?;
        if self.memory.len() + LENGTH_BYTES + record.len() > self.limit_bytes {
            self.spill()?;
        }
        let target: &mut dyn Write = match &mut self.file {
            Some(file) if record.len() + LENGTH_BYTES > self.limit_bytes => file,
            _ => &mut self.memory,
        };
        target.write_all(&length.to_le_bytes())?;
        target.write_all(record)
    }

    fn spill(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            empty => empty.insert(BufWriter::new(tempfile::tempfile_in(&self.temporary_directory)?)),
        };
        file.write_all(&self.memory)?;
        self.memory.clear();
        Ok(())
    }

    /// Empties the store: all records again, in order.
    ///
    /// # Errors
    /// When the temporary file cannot be completed.
    pub fn replay(&mut self) -> io::Result<Replay> {
        let memory = io::Cursor::new(std::mem::take(&mut self.memory));
        let input: Box<dyn Read> = match self.file.take() {
            None => Box::new(memory),
            Some(file) => {
                let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.rewind()?;
                Box::new(BufReader::with_capacity(1 << 16, file).chain(memory))
            }
        };
        Ok(Replay { input, record: Vec::new() })
    }
}

/// The records of a [`Recall`], one at a time.
pub struct Replay {
    input: Box<dyn Read>,
    record: Vec<u8>,
}

impl Replay {
    /// The next record; it is lent until the next call.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend its record")]
    pub fn next(&mut self) -> io::Result<Option<&[u8]>> {
        let mut length = [0; LENGTH_BYTES];
        let mut filled = 0;
        while filled < LENGTH_BYTES {
            match self.input.read(&mut length[filled..])? {
                0 if filled == 0 => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => filled += read,
            }
        }
        self.record.resize(u32::from_le_bytes(length) as usize, 0);
        self.input.read_exact(&mut self.record)?;
        Ok(Some(&self.record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn records_come_back_in_order(
            records in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 0..40), limit in 0usize..100,
        ) {
            let mut recall = Recall::new(limit, &std::env::temp_dir());
            for record in &records { recall.push(record).expect("pushed"); }
            let mut replay = recall.replay().expect("replayed");
            let mut back = Vec::new();
            while let Some(record) = replay.next().expect("read") { back.push(record.to_vec()); }
            prop_assert_eq!(back, records);
        }
    }
}
