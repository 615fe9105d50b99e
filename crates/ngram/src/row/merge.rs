//! Many runs become one stream of rows, as ranks; more than can be read at once are first merged into fewer on disk.

use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::layout::COLUMNS_MAX;
use super::run::{DONE, Reader, Run, shared_of};
use super::spool::{BLOCK_BYTES, Spool};
use super::translation::Translation;
use super::tree::Tree;

/// How many runs are read at once: as many as memory bears, between these two.
const RUNS_MIN: usize = 8;
const RUNS_MAX: usize = 64;
/// How many columns are copied at once.
const PIECE: usize = 8;
/// Ranks are less.
const RANKS_END: u64 = 1 << u32::BITS;

/// A run and what its numbers mean.
#[derive(Debug)]
pub struct Source {
    /// The rows.
    pub run: Run,
    /// From their numbers to ranks.
    pub translation: Arc<Translation>,
}

/// What a merge may take.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Memory for reading, of all threads together: 256 KiB for each run that each of them reads. It bounds how many runs
    /// are read at once; it is never fewer than 8.
    pub memory_bytes: usize,
    /// How many threads will read at once.
    pub threads: usize,
    /// Where runs are put that are merged before others are.
    pub temporary_directory: &'a Path,
}

/// Joins sources into one stream, in one thread: [`reduce`], then all of it.
///
/// # Errors
///
/// Those of [`reduce`].
pub fn merge(sources: Vec<Source>, options: &Options<'_>) -> io::Result<Merged> {
    reduce(sources, options)?.all()
}

/// Merges the smallest runs on disk until few enough are left to be read at once.
///
/// # Errors
///
/// A temporary file cannot be written or read; or, as a defect of the caller, not all rows have the same width.
pub fn reduce(sources: Vec<Source>, options: &Options<'_>) -> io::Result<Runs> {
    let width = sources.first().map_or(0, |source| source.run.width);
    if sources.iter().any(|source| source.run.width != width) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "runs of rows of several widths"));
    }
    let readers = options.memory_bytes / options.threads.max(1) / BLOCK_BYTES;
    reduce_to(sources, width, readers.clamp(RUNS_MIN, RUNS_MAX), Spool::new(options.temporary_directory))
}

/// [`reduce`] to at most so many runs, into this spool.
pub(super) fn reduce_to(
    mut sources: Vec<Source>,
    width: usize,
    runs_max: usize,
    mut spool: Spool,
) -> io::Result<Runs> {
    let identity = Arc::new(Translation::identity());
    sources.sort_by_key(|source| source.run.size_bytes);
    while sources.len() > runs_max {
        let together = runs_max.min(sources.len() - runs_max + 1);
        let few: Vec<Source> = sources.drain(..together).collect();
        let mut merged = Runs::of(few, width, 0).all()?;
        let mut writer = spool.write(width)?;
        while let Some(row) = merged.next()? {
            writer.push(row.numbers, row.count)?;
        }
        // What is merged is no smaller than what is left, or nearly so: the back of the queue is its place.
        sources.push(Source { run: writer.finish()?, translation: Arc::clone(&identity) });
    }
    Ok(Runs::of(sources, width, spool.written_bytes()))
}

/// Runs that can be read at once, by several threads. Made by [`reduce`].
#[derive(Debug)]
pub struct Runs {
    sources: Vec<Arc<Source>>,
    width: usize,
    rewritten_bytes: u64,
}

impl Runs {
    fn of(sources: Vec<Source>, width: usize, rewritten_bytes: u64) -> Runs {
        Runs { sources: sources.into_iter().map(Arc::new).collect(), width, rewritten_bytes }
    }

    /// All rows.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be read.
    pub fn all(&self) -> io::Result<Merged> {
        self.range(&(0..RANKS_END))
    }

    /// The rows whose first rank lies in a range.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be read.
    pub fn range(&self, ranks: &Range<u64>) -> io::Result<Merged> {
        let open = |source: &Arc<Source>| Reader::open(Arc::clone(source), ranks);
        let opened = self.sources.iter().map(open).collect::<io::Result<_>>()?;
        Ok(Merged { width: self.width, tree: Tree::new(self.width, opened), numbers: [0; COLUMNS_MAX] })
    }

    /// At most so many ranges of first ranks, which together are all: each has about as much to read as any other, as far
    /// as no first rank has more than that.
    #[must_use]
    pub fn split(&self, parts: usize) -> Vec<Range<u64>> {
        let firsts = self.sources.iter().flat_map(|source| {
            let blocks = source.run.blocks.iter();
            blocks
                .map(|block| (source.translation.rank(0, block.first).unwrap_or(0), u128::from(block.length)))
        });
        let mut firsts: Vec<(u32, u128)> = firsts.collect();
        firsts.sort_unstable();
        let total: u128 = firsts.iter().map(|&(_, bytes)| bytes).sum();
        let parts = parts as u128;
        let (mut ranges, mut start, mut before) = (Vec::new(), 0, 0);
        for (rank, bytes) in firsts {
            let rank = u64::from(rank);
            if rank > start && before * parts >= total * (ranges.len() as u128 + 1) {
                ranges.push(start..rank);
                start = rank;
            }
            before += bytes;
        }
        ranges.push(start..RANKS_END);
        ranges
    }

    /// Bytes that were written to disk to make the runs fewer.
    #[must_use]
    pub fn rewritten_bytes(&self) -> u64 {
        self.rewritten_bytes
    }
}

/// Rows in ascending order, each once. Made by [`merge`] and [`Runs`].
pub struct Merged {
    width: usize,
    tree: Tree,
    numbers: [u32; COLUMNS_MAX],
}

/// A row that was merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its ranks, and the numbers of columns that have no ranks.
    pub numbers: &'a [u32],
    /// How many columns it begins with that are those of the row before; the first row shares none.
    pub shared: usize,
    /// The sum of its counts, [`u64::MAX`] at most.
    pub count: u64,
}

impl Merged {
    /// The next row; `None` at the end.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be read, or is not as it was written.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend its row")]
    #[inline]
    pub fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        let code = self.tree.code();
        if code == DONE {
            return Ok(None);
        }
        let shared = shared_of(self.width, code);
        let (row, mut count) = self.tree.first();
        // Pieces of one size, be they the same as before: to copy so many as differ would have to be foreseen.
        let pieces = self.numbers.as_chunks_mut::<PIECE>().0.iter_mut().zip(row.as_chunks::<PIECE>().0);
        pieces.take(self.width.div_ceil(PIECE)).for_each(|(to, from)| *to = *from);
        self.tree.replay()?;
        // A code of nought: the same row again.
        while self.tree.code() == 0 {
            count = count.saturating_add(self.tree.first().1);
            self.tree.replay()?;
        }
        Ok(Some(Row { numbers: &self.numbers[..self.width], shared, count }))
    }
}
