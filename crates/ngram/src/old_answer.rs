//! The answer: pruned, ranked and written, or kept whole as a partial result.

use std::io;
use std::path::PathBuf;

use textcore::partial::{PartialWriter, Schema};
use textcore::tally::{ByCount, Commonest, Sorted, Tally, Top, merge};
use textcore::{Answer, Error, Output};

use crate::parameters::Parameters;

/// The partial results of this version.
pub const SCHEMA: Schema = Schema { tool: "ngram", number: 1 };

/// The order of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Bytewise by n-gram.
    Key,
    /// Largest count first, equal counts by n-gram.
    Count,
}

/// What becomes of the counts.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The order of the output.
    pub sort: Sort,
    /// Smaller counts are left out.
    pub count_min: u64,
    /// Only so many of each order.
    pub top: Option<usize>,
    /// Everything is written, to be merged.
    pub is_partial: bool,
    /// For counting and for sorting, in bytes.
    pub memory_bytes: usize,
    /// Where both spill.
    pub temporary_directory: PathBuf,
}

impl Plan {
    /// What the counts of all workers may take: half where a ranking of all of them stands beside them.
    pub fn tally_bytes(&self) -> usize {
        if self.sort == Sort::Count && self.top.is_none() { self.memory_bytes / 2 } else { self.memory_bytes }
    }

    /// Merges the counts and writes what is asked for.
    ///
    /// # Errors
    /// When temporary storage or the output fails.
    pub fn write(
        &self,
        parameters: &Parameters,
        tallies: Vec<Tally>,
        out: &mut dyn Output,
    ) -> Result<Answer, Error> {
        let mut counts = merge(tallies).map_err(Error::Temporary)?;
        let mut line = Vec::new();
        if self.is_partial {
            let mut partial = PartialWriter::new(SCHEMA, &parameters.to_json(), out)?;
            while let Some((key, count)) = counts.next().map_err(Error::Temporary)? {
                write_line(&mut line, key, count);
                line.pop();
                partial.line(&line)?;
            }
            partial.finish()?;
            return Ok(Answer::Yes);
        }
        let mut counts = Counts::new(counts, parameters).map_err(Error::Temporary)?;
        let mut ranking = Ranking::new(self, parameters);
        while let Some((entry, count)) = counts.next().map_err(Error::Temporary)? {
            if count < self.count_min {
                continue;
            }
            match &mut ranking {
                Some(ranking) => ranking.push(entry, count, parameters)?,
                None => {
                    write_line(&mut line, parameters.shown(entry), count);
                    out.put(&line)?;
                }
            }
        }
        drop(counts);
        if let Some(ranking) = ranking {
            ranking.write(self.sort, parameters, out)?;
        }
        Ok(Answer::Yes)
    }
}

fn write_line(line: &mut Vec<u8>, gram: &[u8], count: u64) {
    line.clear();
    line.extend_from_slice(gram);
    line.push(b'\t');
    line.extend_from_slice(count.to_string().as_bytes());
    line.push(b'\n');
}

/// Entries in byte order and their counts.
enum Counts {
    /// Of tokens as they stand.
    Plain(Sorted),
    /// Of keys, each with its commonest form.
    Keyed(Commonest),
}

impl Counts {
    fn new(sorted: Sorted, parameters: &Parameters) -> io::Result<Self> {
        match parameters.key_norm {
            None => Ok(Counts::Plain(sorted)),
            Some(_) => Ok(Counts::Keyed(Commonest::new(sorted)?)),
        }
    }

    fn next(&mut self) -> io::Result<Option<(&[u8], u64)>> {
        match self {
            Counts::Plain(sorted) => sorted.next(),
            Counts::Keyed(things) => things.next(),
        }
    }
}

/// Counts that cannot be written as they come.
enum Ranking {
    /// The most frequent of each order.
    Top(Vec<Top>),
    /// All, by count.
    All(Box<ByCount>),
}

impl Ranking {
    fn new(plan: &Plan, parameters: &Parameters) -> Option<Self> {
        let orders = parameters.orders.first..=parameters.orders.last;
        match (plan.top, plan.sort) {
            (Some(size), _) => Some(Ranking::Top(orders.map(|_| Top::new(size)).collect())),
            (None, Sort::Count) => {
                Some(Ranking::All(Box::new(ByCount::new(plan.memory_bytes / 2, &plan.temporary_directory))))
            }
            (None, Sort::Key) => None,
        }
    }

    fn push(&mut self, entry: &[u8], count: u64, parameters: &Parameters) -> Result<(), Error> {
        match self {
            Ranking::Top(tops) => {
                let place = parameters.order_of(entry) - parameters.orders.first;
                tops[usize::from(place)].push(entry, count);
                Ok(())
            }
            Ranking::All(all) => all.push(entry, count).map_err(Error::Temporary),
        }
    }

    fn write(self, sort: Sort, parameters: &Parameters, out: &mut dyn Output) -> Result<(), Error> {
        let mut line = Vec::new();
        let mut put = |entry: &[u8], count| {
            write_line(&mut line, parameters.shown(entry), count);
            out.put(&line)
        };
        match self {
            Ranking::Top(tops) => {
                let mut kept: Vec<_> = tops.into_iter().flat_map(Top::finish).collect();
                match sort {
                    Sort::Key => kept.sort(),
                    Sort::Count => kept.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))),
                }
                kept.iter().try_for_each(|(entry, count)| put(entry, *count))
            }
            Ranking::All(all) => {
                let mut ranking = all.finish().map_err(Error::Temporary)?;
                while let Some((entry, count)) = ranking.next().map_err(Error::Temporary)? {
                    put(entry, count)?;
                }
                Ok(())
            }
        }
    }
}
