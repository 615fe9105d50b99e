//! The spill: what is in memory becomes sorted runs on disk.

use std::io;
use std::ops::Range;

use super::gather::Gather;
use super::packed::{Packed, Packing, Wide};
use super::scatter::{Buckets, Scattered, each_key};
use super::stream::Stream;
use super::tuples::{COLUMNS_MAX, Tuples};
use super::walk::{Gram, Walk};
use crate::row::{Run, Spool, Writer};

/// Writes what is in memory as runs of rows.
pub struct Spill<'a> {
    /// Which tokens make an n-gram.
    pub tuples: Tuples,
    /// The ids of tokens, by rank.
    pub ids: &'a [u32],
    /// The ids of forms' tokens, by rank; empty where there are none.
    pub forms: &'a [u32],
    /// Memory for rows, in bytes.
    pub memory_bytes: usize,
    /// Where runs are written.
    pub spool: &'a mut Spool,
    /// The runs so far.
    pub runs: &'a mut Vec<Run>,
}

impl Spill<'_> {
    /// Writes the n-grams of a stream of ranks, of whose rows so many begin with each token.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn write(&mut self, stream: &Stream, firsts: &[u64]) -> io::Result<()> {
        let document_max = stream.documents.iter().map(|document| document.1 as usize + 1).max();
        let most = self.ids.len().max(self.forms.len()).max(document_max.unwrap_or(0));
        let packing = Packing::of(self.tuples.columns(), most);
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
        let mut rows = Rows::new(self.tuples, self.ids, self.forms);
        let mut writer = self.spool.write(packing.columns)?;
        for round in small {
            let mut scattered =
                Scattered::<K>::of(&self.tuples, stream, firsts, &buckets, round.clone(), packing);
            for bucket in 0..round.len() {
                let keys = scattered.bucket_mut(bucket);
                keys.sort_unstable();
                rows.write(keys, packing, &mut writer)?;
            }
        }
        self.runs.push(writer.finish()?);
        for round in large {
            self.write_parts::<K>(stream, &buckets, &round, rows_max as usize, packing)?;
        }
        Ok(())
    }

    /// Writes the rows of buckets that do not fit in memory: so many at a time, as a run each.
    fn write_parts<K: Packed>(
        &mut self,
        stream: &Stream,
        buckets: &Buckets,
        round: &Range<usize>,
        rows_max: usize,
        packing: Packing,
    ) -> io::Result<()> {
        let mut rows = Rows::new(self.tuples, self.ids, self.forms);
        let mut part: Vec<K> = Vec::with_capacity(rows_max);
        let mut write = |part: &mut Vec<K>| {
            part.sort_unstable();
            let mut writer = self.spool.write(packing.columns)?;
            rows.write(part, packing, &mut writer)?;
            self.runs.push(writer.finish()?);
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

/// Sorted keys of ranks on their way into a run, whose rows are of ids.
struct Rows<'a> {
    tuples: Tuples,
    ids: &'a [u32],
    forms: &'a [u32],
    walk: Walk,
}

impl<'a> Rows<'a> {
    fn new(tuples: Tuples, ids: &'a [u32], forms: &'a [u32]) -> Self {
        Rows { tuples, ids, forms, walk: Walk::default() }
    }

    fn write<K: Packed>(&mut self, keys: &[K], packing: Packing, writer: &mut Writer<'_>) -> io::Result<()> {
        let mut row = [0; COLUMNS_MAX];
        let columns = packing.columns;
        if self.tuples.are_joint() {
            let first = usize::from(self.tuples.orders.first);
            return self.walk.each(keys, packing, first, |gram| {
                for (column, &rank) in row.iter_mut().zip(gram.tokens).skip(gram.shared) {
                    *column = self.ids[rank as usize];
                }
                row[gram.tokens.len()..columns].fill(0);
                writer.push(&row[..columns], gram.count)
            });
        }
        let order = self.tuples.order();
        for same in keys.chunk_by(|one, other| one == other) {
            for (number, column) in row[..columns].iter_mut().enumerate() {
                let rank = same[0].column(number, packing);
                *column = match number / order {
                    0 => self.ids[rank as usize],
                    1 if self.tuples.has_forms => self.forms[rank as usize],
                    _ => rank,
                };
            }
            writer.push(&row[..columns], same.len() as u64)?;
        }
        Ok(())
    }
}
