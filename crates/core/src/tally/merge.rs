//! Many sorted streams become one: a tournament between their heads, in several rounds if there are too many.

use super::Tally;
use super::run::{READER_BYTES, Run, RunReader, Spool};
use super::table::Table;
use std::io;

/// How many runs are read at once: as many as the limit of the tallies bears, between these two.
const RUNS_MIN: usize = 8;
const RUNS_MAX: usize = 64;

/// Joins tallies into one stream of keys in byte order, each with the sum of its counts.
///
/// What is in memory stays there, sorted. At most 64 runs are read at once, of half a mebibyte each; more are first
/// merged into fewer on disk.
///
/// # Errors
///
/// A temporary file cannot be written or read.
pub fn merge(tallies: Vec<Tally>) -> io::Result<Sorted> {
    let limit_bytes: usize = tallies.iter().map(|tally| tally.table.limit_bytes()).sum();
    let runs_max = (limit_bytes / READER_BYTES).clamp(RUNS_MIN, RUNS_MAX);
    let mut spool = tallies.first().map(|tally| Spool::new(tally.spool.directory()));
    let (mut runs, mut sources) = (Vec::new(), Vec::new());
    for mut tally in tallies {
        tally.sort()?;
        runs.append(&mut tally.runs);
        tally.table.release_index();
        sources.push(Source::Memory(tally.table, 0));
    }
    if let Some(spool) = &mut spool {
        reduce(&mut runs, runs_max, spool)?;
    }
    for run in runs {
        sources.push(Source::Disk(run.read()?));
    }
    Sorted::new(sources)
}

/// Merges the smallest runs until so many are left.
fn reduce(runs: &mut Vec<Run>, runs_max: usize, spool: &mut Spool) -> io::Result<()> {
    runs.sort_by_key(Run::size_bytes);
    while runs.len() > runs_max {
        let together = runs_max.min(runs.len() - runs_max + 1);
        let few: Vec<Run> = runs.drain(..together).collect();
        // What is merged is no smaller than what is left, or nearly so: the back of the queue is its place.
        runs.push(join(few, spool)?);
    }
    Ok(())
}

fn join(runs: Vec<Run>, spool: &mut Spool) -> io::Result<Run> {
    let size_bytes: u64 = runs.iter().map(Run::size_bytes).sum();
    let sources = runs.into_iter().map(|run| Ok(Source::Disk(run.read()?))).collect::<io::Result<_>>()?;
    let mut sorted = Sorted::new(sources)?;
    let mut writer = spool.write(usize::try_from(size_bytes).unwrap_or(usize::MAX))?;
    let mut previous = Vec::new();
    while let Some((key, count)) = sorted.next()? {
        writer.push(&previous, key, count)?;
        previous.clear();
        previous.extend_from_slice(key);
    }
    writer.finish()
}

/// Keys in byte order and their counts, each key once. Made by [`merge`].
pub struct Sorted {
    sources: Vec<Source>,
    heads: Vec<Head>,
    /// At 0 the source that comes first, at every other node of the tree the one that lost there.
    losers: Vec<usize>,
    key: Vec<u8>,
}

/// What the tournament needs to know of a source most of the time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Head {
    is_done: bool,
    /// The first eight bytes of the key.
    prefix: u64,
}

enum Source {
    /// A sorted table, and how many of its entries have been reached.
    Memory(Table, usize),
    Disk(RunReader),
}

impl Sorted {
    fn new(sources: Vec<Source>) -> io::Result<Sorted> {
        let heads = vec![Head { is_done: true, prefix: 0 }; sources.len()];
        let mut sorted = Sorted { sources, heads, losers: Vec::new(), key: Vec::new() };
        for source in 0..sorted.sources.len() {
            sorted.advance(source)?;
        }
        sorted.begin();
        Ok(sorted)
    }

    /// The next key and its count, which adds up to [`u64::MAX`] at most; `None` at the end.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend its key")]
    pub fn next(&mut self) -> io::Result<Option<(&[u8], u64)>> {
        let Some(first) = self.first() else { return Ok(None) };
        let prefix = self.heads[first].prefix;
        self.key.clear();
        self.key.extend_from_slice(self.sources[first].key());
        let mut count = self.sources[first].count();
        self.replay(first)?;
        while let Some(next) = self.first()
            && self.heads[next].prefix == prefix
            && self.sources[next].key() == self.key
        {
            count = count.saturating_add(self.sources[next].count());
            self.replay(next)?;
        }
        Ok(Some((&self.key, count)))
    }

    /// The source whose key comes first.
    fn first(&self) -> Option<usize> {
        let first = *self.losers.first()?;
        (!self.heads[first].is_done).then_some(first)
    }

    fn advance(&mut self, source: usize) -> io::Result<()> {
        let is_done = !self.sources[source].advance()?;
        let prefix = if is_done { 0 } else { prefix(self.sources[source].key()) };
        self.heads[source] = Head { is_done, prefix };
        Ok(())
    }

    /// Plays all matches: the leaf of source `s` is node `count + s`, the parent of node `n` is `n / 2`.
    fn begin(&mut self) {
        let count = self.sources.len();
        let mut winners: Vec<usize> = vec![0; count];
        winners.extend(0..count);
        self.losers = vec![0; count];
        for node in (1..count).rev() {
            let (left, right) = (winners[2 * node], winners[2 * node + 1]);
            let left_wins = self.precedes(left, right);
            winners[node] = if left_wins { left } else { right };
            self.losers[node] = if left_wins { right } else { left };
        }
        if let Some(top) = self.losers.first_mut() {
            *top = if count > 1 { winners[1] } else { 0 };
        }
    }

    /// Moves the winner on and plays the matches on its way up again.
    #[inline]
    fn replay(&mut self, source: usize) -> io::Result<()> {
        self.advance(source)?;
        let mut winner = source;
        let mut node = (self.sources.len() + source) / 2;
        while node > 0 {
            let loser = self.losers[node];
            if self.precedes(loser, winner) {
                self.losers[node] = winner;
                winner = loser;
            }
            node /= 2;
        }
        self.losers[0] = winner;
        Ok(())
    }

    #[inline]
    fn precedes(&self, one: usize, other: usize) -> bool {
        let order = self.heads[one].cmp(&self.heads[other]);
        order.then_with(|| self.sources[one].key().cmp(self.sources[other].key())).is_lt()
    }
}

impl Source {
    #[inline]
    fn advance(&mut self) -> io::Result<bool> {
        match self {
            Source::Disk(run) => run.advance(),
            Source::Memory(table, reached) => {
                table.touch_keys_at(*reached);
                let more = *reached < table.entries().len();
                *reached += usize::from(more);
                Ok(more)
            }
        }
    }

    /// The key that was reached; the empty one before the first.
    #[inline]
    fn key(&self) -> &[u8] {
        match self {
            Source::Disk(run) => run.key(),
            Source::Memory(table, 0) => {
                debug_assert!(table.is_empty());
                b""
            }
            Source::Memory(table, reached) => table.key(&table.entries()[reached - 1]),
        }
    }

    #[inline]
    fn count(&self) -> u64 {
        match self {
            Source::Disk(run) => run.count(),
            Source::Memory(_, 0) => 0,
            Source::Memory(table, reached) => table.entries()[reached - 1].count,
        }
    }
}

/// The first eight bytes of a key as a number of the same order, the missing ones nought.
#[inline]
fn prefix(key: &[u8]) -> u64 {
    match key.first_chunk() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => super::hash::short_number(key).swap_bytes(),
    }
}
