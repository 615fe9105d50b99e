//! The spill: what is in memory becomes sorted runs on disk.

use std::io;
use std::ops::Range;

use super::measure::Measure;
use super::packed::{Packed, Packing, Wide};
use super::scatter::{Buckets, Scattered, each_key};
use super::stream::Stream;
use super::tuples::{COLUMNS_MAX, Tuples};
use super::walk::Walk;
use crate::row::{Run, Spool, Writer};

/// Writes the rows of a stream as runs.
pub struct Spill<'a> {
    /// Which tokens make an n-gram.
    pub tuples: Tuples,
    /// Tokens by rank: their ids.
    pub ids: &'a [u32],
    /// Forms by rank: their ids.
    pub forms: &'a [u32],
    /// Memory for rows, in bytes.
    pub memory_bytes: usize,
    /// Where runs are written.
    pub spool: &'a mut Spool,
    /// The runs so far.
    pub runs: &'a mut Vec<Run>,
}

impl Spill<'_> {
    /// Writes the rows of a stream of ranks.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn write(&mut self, stream: &Stream, measure: &Measure) -> io::Result<()> {
        let document_max = stream.documents.iter().map(|document| document.1 as usize + 1).max().unwrap_or(0);
        let packing = Packing::of(self.tuples.columns(), self.ids.len().max(self.forms.len()).max(document_max));
        match packing.columns * packing.bits as usize {
            ..=64 => self.write_as::<u64>(stream, measure, packing),
            ..=128 => self.write_as::<u128>(stream, measure, packing),
            _ if packing.columns <= 8 => self.write_as::<Wide<4>>(stream, measure, packing),
            _ => self.write_as::<Wide<10>>(stream, measure, packing),
        }
    }

    fn write_as<K: Packed>(&mut self, stream: &Stream, measure: &Measure, packing: Packing) -> io::Result<()> {
        let buckets = Buckets::new(&measure.firsts);
        let rows_max = (self.memory_bytes / size_of::<K>()).max(1) as u64;
        let (small, large): (Vec<_>, Vec<_>) =
            buckets.rounds(rows_max).into_iter().partition(|round| rows(&buckets, round) <= rows_max);
        let mut writer = self.spool.write(packing.columns)?;
        let mut to = Rows { tuples: self.tuples, ids: self.ids, forms: self.forms, walk: Walk::default() };
        for round in small {
            let mut scattered =
                Scattered::<K>::of(&self.tuples, stream, &measure.firsts, &buckets, round.clone(), packing);
            for bucket in 0..round.len() {
                let rows = scattered.bucket_mut(bucket);
                rows.sort_unstable();
                to.write(rows, packing, &mut writer)?;
            }
        }
        self.runs.push(writer.finish()?);
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
        let mut to = Rows { tuples: self.tuples, ids: self.ids, forms: self.forms, walk: Walk::default() };
        let mut part: Vec<K> = Vec::with_capacity(rows_max);
        let mut write = |part: &mut Vec<K>| {
            part.sort_unstable();
            let mut writer = self.spool.write(packing.columns)?;
            to.write(part, packing, &mut writer)?;
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

fn rows(buckets: &Buckets, round: &Range<usize>) -> u64 {
    buckets.rows[round.clone()].iter().sum()
}

/// Sorted keys on their way into a run, whose rows are of ids.
struct Rows<'a> {
    tuples: Tuples,
    ids: &'a [u32],
    forms: &'a [u32],
    walk: Walk,
}

impl Rows<'_> {
    fn write<K: Packed>(&mut self, keys: &[K], packing: Packing, writer: &mut Writer<'_>) -> io::Result<()> {
        let mut row = [0; COLUMNS_MAX];
        let columns = packing.columns;
        if self.tuples.are_joint() {
            let first = usize::from(self.tuples.orders.first);
            return self.walk.each(keys, packing, first, |gram| {
                let known = gram.shared;
                for (column, &rank) in row.iter_mut().zip(gram.tokens).skip(known) {
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
