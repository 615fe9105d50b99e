//! Rows from a spill, in which the documents of an n-gram are listed, become rows that count them.

use textcore::Error;

use crate::key::END;
use crate::merge::Rows;

/// Rows of runs, with a row for each document of an n-gram, as rows of which one says how many there are.
pub struct Listed<R> {
    rows: R,
    /// The key of the n-gram under way.
    key: Vec<u8>,
    /// The row that ended a list of documents, and its count.
    next: Option<(Vec<u8>, u64)>,
    /// What is lent.
    row: Vec<u8>,
}

impl<R: Rows> Listed<R> {
    /// Counts the documents that these rows list.
    pub fn new(rows: R) -> Self {
        Listed { rows, key: Vec::new(), next: None, row: Vec::new() }
    }

    fn lend(&mut self, count: u64) -> Option<(&[u8], u64)> {
        // A form follows the n-gram's key and an end; anything else begins another n-gram.
        let is_form = self.row.get(self.key.len()) == Some(&END) && self.row.starts_with(&self.key);
        if !is_form || self.key.is_empty() {
            self.key.clear();
            self.key.extend_from_slice(&self.row);
        }
        Some((&self.row, count))
    }
}

impl<R: Rows> Rows for Listed<R> {
    fn next_row(&mut self) -> Result<Option<(&[u8], u64)>, Error> {
        if let Some((row, count)) = self.next.take() {
            self.row = row;
            return Ok(self.lend(count));
        }
        let mut documents = 0;
        loop {
            let row = self.rows.next_row()?;
            let is_document = row.is_some_and(|(row, _)| {
                row.strip_prefix(&self.key[..]).is_some_and(|rest| rest.starts_with(&[END, END]))
            });
            if is_document && !self.key.is_empty() {
                documents += 1;
                continue;
            }
            let row = row.map(|(row, count)| (row.to_vec(), count));
            if documents > 0 {
                self.next = row;
                self.row.clear();
                self.row.extend_from_slice(&self.key);
                self.row.push(END);
                return Ok(Some((&self.row, documents)));
            }
            let Some((row, count)) = row else { return Ok(None) };
            self.row = row;
            return Ok(self.lend(count));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use textcore::tally::{Spool, merge_runs};

    #[test]
    fn listed_documents_are_counted_once() {
        let directory = std::env::temp_dir();
        let mut spool = Spool::new(&directory);
        let mut runs = Vec::new();
        let documents: [&[(&[u8], u64)]; 2] = [
            &[
                (b"a\0", 2),
                (b"a\0\0\0\0\0\0\x01", 1),
                (b"a\0\0\0\0\0\0\x07", 1),
                (b"a\0\0A\0", 2),
                (b"b\0", 1),
            ],
            &[
                (b"a\0", 3),
                (b"a\0\0\0\0\0\0\x07", 1),
                (b"a\0\0a\0", 3),
                (b"a\0b\0", 1),
                (b"a\0b\0\0\0\0\0\0\x02", 1),
            ],
        ];
        for rows in documents {
            let mut writer = spool.write(None).expect("begun");
            let mut previous: &[u8] = b"";
            for &(row, count) in rows {
                writer.push(previous, row, count).expect("written");
                previous = row;
            }
            runs.push(writer.finish().expect("ended"));
        }
        let mut rows = Listed::new(merge_runs(runs, 8, &directory).expect("merged"));
        let mut seen = Vec::new();
        while let Some((row, count)) = rows.next_row().expect("read") {
            seen.push((row.to_vec(), count));
        }
        let wanted: [(&[u8], u64); 7] = [
            (b"a\0", 5),
            (b"a\0\0", 2),
            (b"a\0\0A\0", 2),
            (b"a\0\0a\0", 3),
            (b"a\0b\0", 1),
            (b"a\0b\0\0", 1),
            (b"b\0", 1),
        ];
        assert_eq!(seen, wanted.map(|(row, count)| (row.to_vec(), count)));
    }
}
