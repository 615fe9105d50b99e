//! In how many documents each text stands; in bounded memory, exactly.

use std::io;
use std::path::Path;
use std::sync::Arc;

use textcore::source::Operand;
use textcore::tally::{self, Tally};

use super::flags::Share;
use crate::exact::table::Table;

const NUMBER_BYTES: usize = size_of::<u64>();

/// No record with the text was asked about yet.
const NOT_ASKED: u64 = u64::MAX;

/// The texts that stand in more than a share of the documents.
///
/// Pairs of text and document are sorted on disk when memory is full. What is found then is little: fewer texts than a
/// document has, divided by the share.
pub struct Documents {
    share: Share,
    /// A text's hash and a document's number, big-endian.
    pairs: Tally,
    count: u64,
    file: Option<Arc<Operand>>,
    /// What is frequent, once all documents are known, and the record in which it came first.
    frequent: Table<u64, u64>,
}

impl Documents {
    /// No documents yet.
    pub fn new(share: Share, memory_bytes: usize, temporary_directory: &Path) -> Self {
        let pairs = Tally::new(memory_bytes, temporary_directory);
        Documents { share, pairs, count: 0, file: None, frequent: Table::default() }
    }

    /// What is added from now on stands in a new document.
    pub fn begin(&mut self) {
        self.count += 1;
    }

    /// What is added from now on stands in this file.
    pub fn begin_file(&mut self, file: &Arc<Operand>) {
        if !self.file.as_ref().is_some_and(|known| Arc::ptr_eq(known, file)) {
            self.file = Some(Arc::clone(file));
            self.begin();
        }
    }

    /// Adds a text, by its hash.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn add(&mut self, text: u64) -> io::Result<()> {
        let mut pair = [0; 2 * NUMBER_BYTES];
        pair[..NUMBER_BYTES].copy_from_slice(&text.to_be_bytes());
        pair[NUMBER_BYTES..].copy_from_slice(&self.count.to_be_bytes());
        self.pairs.add(&pair, 1)
    }

    /// Finds what is frequent: all documents have been seen.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn settle(&mut self) -> io::Result<()> {
        let pairs = std::mem::replace(&mut self.pairs, Tally::new(0, Path::new("")));
        let mut sorted = tally::merge(vec![pairs])?;
        let mut text = [0; NUMBER_BYTES];
        let mut documents = 0;
        while let Some((pair, _)) = sorted.next()? {
            if pair[..NUMBER_BYTES] != text {
                self.note(text, documents);
                text.copy_from_slice(&pair[..NUMBER_BYTES]);
                documents = 0;
            }
            documents += 1;
        }
        self.note(text, documents);
        Ok(())
    }

    fn note(&mut self, text: [u8; NUMBER_BYTES], documents: u64) {
        if documents > 1 && self.share.is_passed(documents, self.count) {
            self.frequent.insert(u64::from_be_bytes(text), NOT_ASKED);
        }
    }

    /// Whether a text is frequent, and then the first record that was asked about with it; records are asked about in
    /// order.
    pub fn first_record(&mut self, text: u64, record: u64) -> Option<u64> {
        match self.frequent.get(text)? {
            NOT_ASKED => {
                if let Some(first) = self.frequent.insert(text, record) {
                    *first = record;
                }
                Some(record)
            }
            first => Some(first),
        }
    }

    /// How many documents there are.
    pub fn len(&self) -> u64 {
        self.count
    }

    /// How many texts are frequent.
    pub fn frequent(&self) -> usize {
        self.frequent.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_frequent_stands_in_more_than_its_share(
            documents in prop::collection::vec(prop::collection::vec(0u64..12, 0..12), 1..12), percent in 0usize..99,
        ) {
            let share = Share::part_of_hundred(percent);
            // So little memory that most pairs go to disk.
            let mut found = Documents::new(share, 0, &std::env::temp_dir());
            for document in &documents {
                found.begin();
                document.iter().for_each(|&text| found.add(text).expect("added"));
            }
            found.settle().expect("settled");
            for text in 0..12 {
                let holders = documents.iter().filter(|document| document.contains(&text)).count();
                let is_frequent = holders > 1 && holders * 100 > percent * documents.len();
                prop_assert_eq!(found.first_record(text, text), is_frequent.then_some(text));
                prop_assert_eq!(found.first_record(text, 99), is_frequent.then_some(text));
            }
        }
    }
}
