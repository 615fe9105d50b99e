//! Things by rank: the greatest first, and among equals those that came first.

use super::READER_BYTES;
use super::arena::{Arena, Place};
use super::run::{Run, RunReader, Spool};
use super::tournament::Source;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io;
use std::path::Path;

/// How many runs are read at once: as many as the limit bears, between these two.
const RUNS_MIN: usize = 8;
const RUNS_MAX: usize = 64;

const ENTRIES_MIN: usize = 64;

/// What an entry takes, in bytes: itself, and as much again while entries are sorted.
const ENTRY: usize = 2 * size_of::<Entry>();

/// How many entries' bytes are read ahead.
const AHEAD: usize = 128;

/// Sorts byte strings by a number, in bounded memory: the greatest number first, equal ones in the order in which they
/// were pushed.
///
/// What comes in the order of its keys thus leaves with ties in the order of keys, whatever that order is. Beside the
/// limit, writing a run takes about 1 MiB while it lasts, and each run 24 bytes for good.
///
/// ```
/// use textcore::tally::Ranked;
///
/// let mut ranked = Ranked::new(1 << 20, &std::env::temp_dir());
/// for (line, count) in [("a\t3\n", 3), ("b\t5\n", 5), ("c\t3\n", 3)] {
///     ranked.push(line.as_bytes(), count)?;
/// }
/// let mut ranking = ranked.finish()?;
/// let mut lines = Vec::new();
/// while let Some((line, _)) = ranking.next()? {
///     lines.extend_from_slice(line);
/// }
/// assert_eq!(lines, b"b\t5\na\t3\nc\t3\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Ranked {
    limit_bytes: usize,
    entries: Vec<Entry>,
    arena: Arena,
    spool: Spool,
    /// In the order of what was pushed.
    runs: Vec<Run>,
}

#[derive(Clone, Copy)]
struct Entry {
    rank: u64,
    place: Place,
}

/// Where no bytes lie: the arena has places for some only.
const NOTHING: Place = Place::in_entry(0);

impl Ranked {
    /// A sorter that takes up to `limit_bytes` of memory (at least [`super::LIMIT_BYTES_MIN`]) and spills to an unnamed
    /// file in `temporary_directory`, which is made only when it is needed.
    #[must_use]
    pub fn new(limit_bytes: usize, temporary_directory: &Path) -> Ranked {
        let limit_bytes = limit_bytes.max(super::LIMIT_BYTES_MIN);
        let spool = Spool::new(temporary_directory);
        Ranked { limit_bytes, entries: Vec::new(), arena: Arena::new(limit_bytes), spool, runs: Vec::new() }
    }

    /// Takes bytes and their rank.
    ///
    /// # Errors
    /// The temporary file cannot be made or written.
    #[inline]
    pub fn push(&mut self, bytes: &[u8], rank: u64) -> io::Result<()> {
        if !self.has_room(bytes.len()) {
            self.spill()?;
            if !self.has_room(bytes.len()) {
                return self.push_alone(bytes, rank);
            }
        }
        self.keep(bytes, rank);
        Ok(())
    }

    /// Bytes of memory that are taken now.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.entries.capacity() * ENTRY + self.arena.memory_bytes()
    }

    /// The ranking of what was pushed.
    ///
    /// # Errors
    /// A temporary file cannot be written or read.
    pub fn finish(mut self) -> io::Result<ByRank> {
        let runs_max = (self.limit_bytes / READER_BYTES).clamp(RUNS_MIN, RUNS_MAX);
        if self.runs.len() >= runs_max {
            // Many readers stand where the entries stood.
            self.spill()?;
            self.clear();
        }
        while self.runs.len() > runs_max {
            let mut fewer = Vec::new();
            let mut runs = std::mem::take(&mut self.runs).into_iter().peekable();
            while runs.peek().is_some() {
                // Neighbours stay neighbours, so that a run's place still says what came first.
                fewer.push(join(runs.by_ref().take(runs_max).collect(), &mut self.spool)?);
            }
            self.runs = fewer;
        }
        self.sort();
        let disk = self.runs.into_iter().map(|run| run.read().map(Ranks::Disk));
        let memory = Ranks::Memory { entries: self.entries, arena: self.arena, reached: 0 };
        let sources = disk.chain(std::iter::once(Ok(memory))).collect::<io::Result<_>>()?;
        ByRank::new(sources)
    }

    #[inline]
    fn keep(&mut self, bytes: &[u8], rank: u64) {
        let place = if bytes.is_empty() { NOTHING } else { self.arena.push(bytes) };
        self.entries.push(Entry { rank, place });
    }

    /// Whether bytes of this length can be taken; makes the list of entries longer if that is all that is missing.
    #[inline]
    fn has_room(&mut self, length: usize) -> bool {
        if self.entries.len() == self.entries.capacity() && !self.grow_entries() {
            return false;
        }
        let growth_bytes = self.arena.growth_bytes(length);
        growth_bytes == 0 || growth_bytes <= self.spare_bytes()
    }

    /// Doubles the list of entries, or takes what is left if that is still worth the while.
    #[cold]
    fn grow_entries(&mut self) -> bool {
        let length = self.entries.len();
        // While the list is moved the old one is there too, and counts.
        let capacity = (self.spare_bytes() / ENTRY).min((length * 2).max(ENTRIES_MIN));
        let is_worth_it = capacity > length + length / 4;
        if is_worth_it {
            self.entries.reserve_exact(capacity - length);
        }
        is_worth_it
    }

    fn spare_bytes(&self) -> usize {
        self.limit_bytes.saturating_sub(self.memory_bytes())
    }

    /// By a sort that keeps equals as they are.
    fn sort(&mut self) {
        self.entries.sort_by_key(|entry| Reverse(entry.rank));
    }

    #[cold]
    fn spill(&mut self) -> io::Result<()> {
        if self.entries.is_empty() {
            return Ok(());
        }
        self.sort();
        let mut writer = self.spool.write(Some(self.arena.used_bytes()))?;
        let mut previous: &[u8] = b"";
        for (number, entry) in self.entries.iter().enumerate() {
            touch_at(number, &self.entries, &self.arena);
            let bytes = bytes_of(entry, &self.arena);
            writer.push(previous, bytes, entry.rank)?;
            previous = bytes;
        }
        self.runs.push(writer.finish()?);
        if self.entries.capacity() * ENTRY + self.arena.used_bytes() < self.limit_bytes / 2 {
            // What is kept is of the wrong kind: entries where bytes are wanted, or the other way round.
            self.clear();
        }
        self.entries.clear();
        self.arena.clear();
        Ok(())
    }

    fn clear(&mut self) {
        self.entries = Vec::new();
        self.arena = Arena::new(self.limit_bytes);
    }

    /// Bytes that are longer than the limit are a run of their own.
    #[cold]
    fn push_alone(&mut self, bytes: &[u8], rank: u64) -> io::Result<()> {
        self.clear();
        if self.has_room(bytes.len()) {
            self.keep(bytes, rank);
            return Ok(());
        }
        let mut writer = self.spool.write(Some(bytes.len()))?;
        writer.push(b"", bytes, rank)?;
        self.runs.push(writer.finish()?);
        Ok(())
    }
}

/// Makes one run of neighbours.
fn join(runs: Vec<Run>, spool: &mut Spool) -> io::Result<Run> {
    let size_bytes: u64 = runs.iter().map(Run::size_bytes).sum();
    let sources = runs.into_iter().map(|run| run.read().map(Ranks::Disk)).collect::<io::Result<_>>()?;
    let mut ranking = ByRank::new(sources)?;
    let mut writer = spool.write(usize::try_from(size_bytes).ok())?;
    let mut previous = Vec::new();
    while let Some((bytes, rank)) = ranking.next()? {
        writer.push(&previous, bytes, rank)?;
        previous.clear();
        previous.extend_from_slice(bytes);
    }
    writer.finish()
}

/// Byte strings and their ranks, the greatest rank first. Made by [`Ranked::finish`].
pub struct ByRank {
    /// What came first stands first.
    sources: Vec<Ranks>,
    /// The rank that each source has come to, and which source; what was lent last is on top.
    heads: BinaryHeap<(u64, Reverse<usize>)>,
    is_begun: bool,
}

impl ByRank {
    fn new(mut sources: Vec<Ranks>) -> io::Result<ByRank> {
        let mut heads = BinaryHeap::with_capacity(sources.len());
        for (number, source) in sources.iter_mut().enumerate() {
            if source.advance()? {
                heads.push((source.rank(), Reverse(number)));
            }
        }
        Ok(ByRank { sources, heads, is_begun: false })
    }

    /// The next bytes and their rank; `None` at the end.
    ///
    /// # Errors
    /// A temporary file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend its bytes")]
    #[inline]
    pub fn next(&mut self) -> io::Result<Option<(&[u8], u64)>> {
        if self.is_begun
            && let Some(mut lent) = self.heads.peek_mut()
        {
            let source = &mut self.sources[lent.1.0];
            if source.advance()? {
                lent.0 = source.rank();
            } else {
                PeekMut::pop(lent);
            }
        }
        self.is_begun = true;
        Ok(self.heads.peek().map(|&(rank, Reverse(number))| (self.sources[number].bytes(), rank)))
    }
}

enum Ranks {
    /// What is in memory, sorted, and how many entries have been reached.
    Memory { entries: Vec<Entry>, arena: Arena, reached: usize },
    /// A run.
    Disk(RunReader),
}

impl Ranks {
    #[inline]
    fn advance(&mut self) -> io::Result<bool> {
        match self {
            Ranks::Disk(run) => run.advance(),
            Ranks::Memory { entries, arena, reached } => {
                touch_at(*reached, entries, arena);
                let more = *reached < entries.len();
                *reached += usize::from(more);
                Ok(more)
            }
        }
    }

    fn rank(&self) -> u64 {
        match self {
            Ranks::Disk(run) => run.count(),
            Ranks::Memory { entries, reached, .. } => entries[reached - 1].rank,
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Ranks::Disk(run) => run.key(),
            Ranks::Memory { entries, arena, reached } => bytes_of(&entries[reached - 1], arena),
        }
    }
}

#[inline]
fn bytes_of<'a>(entry: &Entry, arena: &'a Arena) -> &'a [u8] {
    if entry.place == NOTHING { b"" } else { arena.get(entry.place) }
}

/// To be told of each entry's number when they are read in order: at every so many it reads the first of the next bytes.
/// These lie scattered, and reads that do not wait for one another overlap.
#[inline]
fn touch_at(number: usize, entries: &[Entry], arena: &Arena) {
    if number.is_multiple_of(AHEAD) {
        let ahead = entries.iter().skip(number).take(AHEAD);
        std::hint::black_box(ahead.fold(0, |sum, entry| sum ^ arena.touch(entry.place, 0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ranking(pushed: &[(Vec<u8>, u64)], limit_bytes: usize) -> Vec<(Vec<u8>, u64)> {
        let mut ranked = Ranked::new(limit_bytes, &std::env::temp_dir());
        for (bytes, rank) in pushed {
            ranked.push(bytes, *rank).expect("pushed");
            assert!(ranked.memory_bytes() <= limit_bytes.max(super::super::LIMIT_BYTES_MIN));
        }
        let mut ranking = ranked.finish().expect("finished");
        let mut seen = Vec::new();
        while let Some((bytes, rank)) = ranking.next().expect("read") {
            seen.push((bytes.to_vec(), rank));
        }
        seen
    }

    fn sorted(mut pushed: Vec<(Vec<u8>, u64)>) -> Vec<(Vec<u8>, u64)> {
        pushed.sort_by_key(|(_, rank)| Reverse(*rank));
        pushed
    }

    proptest! {
        #[test]
        fn ranking_is_a_stable_sort(
            pushed in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..40), 0u64..5), 0..300),
            limit_bytes in prop::sample::select(vec![0usize, 2000, 5000, 1 << 20]),
        ) {
            prop_assert_eq!(ranking(&pushed, limit_bytes), sorted(pushed));
        }
    }

    #[test]
    fn a_ranking_of_many_runs_and_of_long_bytes_is_whole() {
        let pushed: Vec<_> = (0..20_000u64)
            .map(|number| (vec![b'x'; if number % 1000 == 7 { 3000 } else { 9 }], number * 7919 % 13))
            .enumerate()
            .map(|(at, (mut bytes, rank))| {
                bytes.extend_from_slice(at.to_string().as_bytes());
                (bytes, rank)
            })
            .collect();
        assert_eq!(ranking(&pushed, 2000), sorted(pushed.clone()));
        assert_eq!(ranking(&[], 2000), []);
    }

    #[test]
    fn extreme_ranks_and_empty_bytes_are_as_good_as_others() {
        let pushed = vec![(Vec::new(), 0), (b"a".to_vec(), u64::MAX), (Vec::new(), u64::MAX)];
        assert_eq!(ranking(&pushed, 1 << 20), sorted(pushed.clone()));
    }
}
