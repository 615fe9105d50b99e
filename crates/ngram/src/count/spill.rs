//! The spill: what is in memory becomes a sorted run of rows on disk.
//!
//! Rows there are of tokens, not of their numbers, as [`crate::merge`] has them: so a lexicon that has grown too large
//! can be begun anew, and the runs of all workers, and of all partial results, are merged in one way. The documents of an
//! n-gram are listed, a row for each, for a document may go on in another run.

use std::io;
use std::ops::Range;

use textcore::tally::{Run, RunWriter, Spool};

use super::gather::Gather;
use super::packed::{Packed, Packing, Wide};
use super::scatter::{Buckets, Scattered, each_key};
use super::stream::Stream;
use super::tuples::{COLUMNS_MAX, Tuples};
use super::vocabulary::Vocabulary;
use super::walk::{Gram, Walk};
use crate::key::{END, push_token};

/// Writes what is in memory as runs.
pub struct Spill<'a> {
    /// Which tokens make an n-gram.
    pub tuples: Tuples,
    /// The tokens by rank.
    pub vocabulary: &'a Vocabulary,
    /// The tokens of forms by rank; empty where there are none.
    pub forms: Option<&'a Vocabulary>,
    /// Memory for rows, in bytes.
    pub memory_bytes: usize,
    /// Where runs are written.
    pub spool: &'a mut Spool,
    /// The runs so far.
    pub runs: &'a mut Vec<Run>,
}

impl Spill<'_> {
    /// Writes how often each token came, by rank.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn write_counts(&mut self, counts: &[u64]) -> io::Result<()> {
        let mut rows = Rows::new(self.vocabulary, self.forms, self.spool.write(None)?);
        for (rank, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            rows.write(&Gram { tokens: &[rank as u32], count, ..Gram::default() })?;
        }
        self.runs.push(rows.writer.finish()?);
        Ok(())
    }

    /// Writes the n-grams of a stream of ranks, of whose rows so many begin with each token.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn write_stream(&mut self, stream: &Stream, firsts: &[u64]) -> io::Result<()> {
        let document_max = stream.documents.iter().map(|document| document.1 as usize + 1).max();
        let ranks = self.vocabulary.len().max(self.forms.map_or(0, Vocabulary::len));
        let packing = Packing::of(self.tuples.columns(), ranks.max(document_max.unwrap_or(0)));
        match packing.key_bytes() {
            8 => self.write_as::<u64>(stream, firsts, packing),
            16 => self.write_as::<u128>(stream, firsts, packing),
            32 => self.write_as::<Wide<4>>(stream, firsts, packing),
            _ => self.write_as::<Wide<10>>(stream, firsts, packing),
        }
    }

    fn write_as<K: Packed>(&mut self, stream: &Stream, firsts: &[u64], packing: Packing) -> io::Result<()> {
        let buckets = Buckets::new(firsts);
        let rows_max = (self.memory_bytes / size_of::<K>()).max(1) as u64;
        let (small, large): (Vec<_>, Vec<_>) =
            buckets.rounds(rows_max).into_iter().partition(|round| buckets.rows_of(round) <= rows_max);
        let mut rows = Rows::new(self.vocabulary, self.forms, self.spool.write(None)?);
        for round in small {
            let mut scattered =
                Scattered::<K>::of(&self.tuples, stream, firsts, &buckets, round.clone(), packing);
            for bucket in 0..round.len() {
                let keys = scattered.bucket_mut(bucket);
                keys.sort_unstable();
                grams(&self.tuples, keys, packing, |gram| rows.write(&gram))?;
            }
        }
        self.runs.push(rows.writer.finish()?);
        for round in large {
            self.write_parts::<K>(stream, &buckets, round, rows_max as usize, packing)?;
        }
        Ok(())
    }

    /// Writes the rows of buckets that do not fit in memory: so many at a time, as a run each.
    fn write_parts<K: Packed>(
        &mut self,
        stream: &Stream,
        buckets: &Buckets,
        round: Range<usize>,
        rows_max: usize,
        packing: Packing,
    ) -> io::Result<()> {
        let mut part: Vec<K> = Vec::with_capacity(rows_max);
        let mut write = |part: &mut Vec<K>| {
            part.sort_unstable();
            let mut rows = Rows::new(self.vocabulary, self.forms, self.spool.write(None)?);
            grams(&self.tuples, part, packing, |gram| rows.write(&gram))?;
            self.runs.push(rows.writer.finish()?);
            part.clear();
            Ok(())
        };
        let mut result = Ok(());
        each_key(&self.tuples, stream, packing, |first, row: K| {
            if round.contains(&buckets.bucket_of(first)) && result.is_ok() {
                part.push(row);
                if part.len() == rows_max {
                    result = write(&mut part);
                }
            }
        });
        result?;
        write(&mut part)
    }
}

/// Gives the n-grams of sorted keys to a function.
///
/// # Errors
/// Those of `each`.
pub fn grams<K: Packed, E>(
    tuples: &Tuples,
    keys: &[K],
    packing: Packing,
    mut each: impl FnMut(Gram<'_>) -> Result<(), E>,
) -> Result<(), E> {
    if tuples.are_joint() {
        return Walk::default().each(keys, packing, usize::from(tuples.orders.first), each);
    }
    let mut gather = Gather::new(*tuples);
    let mut row = [0; COLUMNS_MAX];
    for key in keys {
        for (number, column) in row[..packing.columns].iter_mut().enumerate() {
            *column = key.column(number, packing);
        }
        gather.push(&row[..packing.columns], 1, &mut each)?;
    }
    gather.flush(each)
}

/// N-grams on their way into a run.
struct Rows<'a> {
    vocabulary: &'a Vocabulary,
    forms: Option<&'a Vocabulary>,
    writer: RunWriter<'a>,
    /// The tokens of the n-gram, as a key, and where each ends.
    key: Vec<u8>,
    ends: Vec<usize>,
    /// The row that was written last, and the one that is written next.
    previous: Vec<u8>,
    row: Vec<u8>,
}

impl<'a> Rows<'a> {
    fn new(vocabulary: &'a Vocabulary, forms: Option<&'a Vocabulary>, writer: RunWriter<'a>) -> Self {
        let (key, ends) = (Vec::new(), vec![0]);
        Rows { vocabulary, forms, writer, key, ends, previous: Vec::new(), row: Vec::new() }
    }

    fn write(&mut self, gram: &Gram<'_>) -> io::Result<()> {
        self.ends.truncate(gram.shared + 1);
        self.key.truncate(self.ends.last().copied().unwrap_or_default());
        for &rank in &gram.tokens[self.ends.len() - 1..] {
            push_token(self.vocabulary.token(rank as usize), &mut self.key);
            self.ends.push(self.key.len());
        }
        self.push_row(gram.count, |_| {})?;
        for document in gram.documents {
            self.push_row(1, |row| {
                row.extend_from_slice(&[END, END]);
                row.extend_from_slice(&document.to_be_bytes());
            })?;
        }
        let Some(vocabulary) = self.forms else { return Ok(()) };
        for (form, &count) in gram.forms.tokens.chunks(gram.tokens.len()).zip(gram.forms.counts) {
            self.push_row(count, |row| {
                row.push(END);
                form.iter().for_each(|&rank| push_token(vocabulary.token(rank as usize), row));
            })?;
        }
        Ok(())
    }

    /// Writes a row of the n-gram: its key and what `add` appends.
    fn push_row(&mut self, count: u64, add: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        self.row.clear();
        self.row.extend_from_slice(&self.key);
        add(&mut self.row);
        self.writer.push(&self.previous, &self.row, count)?;
        std::mem::swap(&mut self.previous, &mut self.row);
        Ok(())
    }
}
