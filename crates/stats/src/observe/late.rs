//! Words of documents of which one worker sees but a part: they wait until the sizes of the documents are known.

use std::io;
use std::path::{Path, PathBuf};

use textcore::tally::Tally;

/// The operand's index, then the word; those of one worker.
pub struct Late {
    /// Made when the first is added.
    pub tally: Option<Tally>,
    row: Vec<u8>,
    limit_bytes: usize,
    temporary_directory: PathBuf,
}

impl Late {
    /// None yet; they take up to so many bytes of memory, and spill to a file in the folder.
    pub fn new(limit_bytes: usize, temporary_directory: &Path) -> Late {
        Late {
            tally: None,
            row: Vec::new(),
            limit_bytes,
            temporary_directory: temporary_directory.to_owned(),
        }
    }

    /// Adds to the count of a word in an operand.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn add(&mut self, index: u64, word: &[u8], count: u64) -> io::Result<()> {
        self.row.clear();
        self.row.extend_from_slice(&index.to_be_bytes());
        self.row.extend_from_slice(word);
        let (limit_bytes, directory) = (self.limit_bytes, &self.temporary_directory);
        self.tally.get_or_insert_with(|| Tally::new(limit_bytes, directory)).add(&self.row, count)
    }
}
