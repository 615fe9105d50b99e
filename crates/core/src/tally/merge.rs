//! Tallies become one stream, in several rounds if there are too many runs.

use super::Tally;
use super::run::{READER_BYTES, Run, RunReader, Spool};
use super::table::Table;
use super::tournament::{Source, Tournament};
use std::io;
use std::path::Path;

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
        sources.push(Counts::Memory(tally.table, 0));
    }
    if let Some(spool) = &mut spool {
        reduce(&mut runs, runs_max, spool)?;
    }
    for run in runs {
        sources.push(Counts::Disk(run.read()?));
    }
    Tournament::new(sources).map(Sorted)
}

/// Joins runs into one stream of keys in byte order, each with the sum of its counts; more than `runs_max` of them are
/// first merged into fewer in the directory.
///
/// # Errors
///
/// A temporary file cannot be written or read.
pub fn merge_runs(
    mut runs: Vec<Run>,
    runs_max: usize,
    directory: &Path,
) -> io::Result<Tournament<RunReader>> {
    let mut spool = Spool::new(directory);
    reduce(&mut runs, runs_max.max(2), &mut spool)?;
    Tournament::new(runs.into_iter().map(Run::read).collect::<io::Result<_>>()?)
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
    let mut sorted = Tournament::new(runs.into_iter().map(Run::read).collect::<io::Result<_>>()?)?;
    let mut writer = spool.write(usize::try_from(size_bytes).ok())?;
    let mut previous = Vec::new();
    while let Some((key, count)) = sorted.next()? {
        writer.push(&previous, key, count)?;
        previous.clear();
        previous.extend_from_slice(key);
    }
    writer.finish()
}

/// Keys in byte order and their counts, each key once. Made by [`merge`].
pub struct Sorted(Tournament<Counts>);

impl Sorted {
    /// The next key and its count, which adds up to [`u64::MAX`] at most; `None` at the end.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend its key")]
    pub fn next(&mut self) -> io::Result<Option<(&[u8], u64)>> {
        self.0.next()
    }
}

enum Counts {
    /// A sorted table, and how many of its entries have been reached.
    Memory(Table, usize),
    Disk(RunReader),
}

impl Source for Counts {
    type Error = io::Error;

    #[inline]
    fn advance(&mut self) -> io::Result<bool> {
        match self {
            Counts::Disk(run) => run.advance(),
            Counts::Memory(table, reached) => {
                table.touch_keys_at(*reached);
                let more = *reached < table.entries().len();
                *reached += usize::from(more);
                Ok(more)
            }
        }
    }

    #[inline]
    fn key(&self) -> &[u8] {
        match self {
            Counts::Disk(run) => run.key(),
            Counts::Memory(table, 0) => {
                debug_assert!(table.is_empty());
                b""
            }
            Counts::Memory(table, reached) => table.key(&table.entries()[reached - 1]),
        }
    }

    #[inline]
    fn count(&self) -> u64 {
        match self {
            Counts::Disk(run) => run.count(),
            Counts::Memory(_, 0) => 0,
            Counts::Memory(table, reached) => table.entries()[reached - 1].count,
        }
    }
}
