//! Keys that do not fit in memory: in partitions on disk, which are settled one after the other.

mod entries;
mod resolve;
mod sorted;
#[cfg(test)]
mod tests;

use std::marker::PhantomData;
use std::path::Path;

use textcore::Error;

use super::group::{Group, Keep, Member, Verdict};
use super::streams::{Cursor, StreamId, Streams};
use super::table::TableKey;
use entries::Partitions;
use resolve::Found;
pub use sorted::SortedKeys;

/// Room for keys: how much of it may be used for what.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// For the table of one partition.
    pub table_bytes: usize,
    /// For what waits, before it is written to the temporary folder.
    pub resident_bytes: usize,
    /// For a block of what waits; each partition has one that is under way.
    pub block_bytes: usize,
    /// How many partitions there are: a power of two.
    pub partitions: usize,
}

/// Bytes of a block that is worth a write; and of one that is not worth more room.
const BLOCK_BYTES: std::ops::Range<usize> = 4 << 10..64 << 10;

/// The least size of a block: an entry fits with ease.
const BLOCK_BYTES_MIN: usize = 256;

/// With less memory than this, partitions of partitions would take more than they save.
const MEMORY_BYTES_MIN: usize = 1 << 20;

impl Budget {
    /// A quarter of `memory_bytes`, or of 1 MiB if that is more, for a table, an eighth for what waits and an eighth for
    /// blocks under way.
    pub fn of(memory_bytes: usize) -> Self {
        let memory_bytes = memory_bytes.max(MEMORY_BYTES_MIN);
        let blocks_bytes = memory_bytes / 8;
        let partitions = 1 << (blocks_bytes / BLOCK_BYTES.start).clamp(16, 256).ilog2();
        let block_bytes = (blocks_bytes / partitions).clamp(BLOCK_BYTES_MIN, BLOCK_BYTES.end);
        Budget { table_bytes: memory_bytes / 4, resident_bytes: memory_bytes / 8, block_bytes, partitions }
    }
}

/// What is to be found out.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// In what memory.
    pub budget: Budget,
    /// Which record of a kind stays.
    pub keep: Keep,
    /// All keys are wanted in the end, sorted.
    pub has_sorted_keys: bool,
}

/// Records whose verdict is asked for later, in the order in which they came: keys on their way to partitions.
///
/// A key goes to a partition by its lowest bits. An entry is the key and, where groups have them, the member's ordinal
/// (the difference to the one before) and its length, seven bits a byte. Hashes do not compress: what is written is
/// what they are, 16 or 8 bytes, and one byte that says to which partition the record went.
///
/// Memory: that of the [`Budget`].
#[derive(Debug)]
pub struct Spill<K, G> {
    streams: Streams,
    partitions: Partitions<K>,
    /// For each record in order: its partition, or its verdict.
    order: StreamId,
    plan: Plan,
    group: PhantomData<G>,
}

impl<K: TableKey, G: Group> Spill<K, G> {
    /// Nothing yet.
    pub fn new(plan: Plan, directory: &Path) -> Self {
        let budget = plan.budget;
        let mut streams = Streams::new(budget.resident_bytes, budget.block_bytes, directory);
        let order = streams.begin();
        let partitions = Partitions::new(&mut streams, budget.partitions, 0);
        Spill { streams, partitions, order, plan, group: PhantomData }
    }

    /// Adds a record that is never asked about; all of these come first.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn learn(&mut self, key: K, member: Member) -> Result<(), Error> {
        self.partitions.learn::<G>(&mut self.streams, key, member)
    }

    /// Adds a record; its ordinal is larger than all before.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn ask(&mut self, key: K, member: Member) -> Result<(), Error> {
        let partition = self.partitions.push::<G>(&mut self.streams, key, member)?;
        self.streams.push_number(self.order, Answer::In(partition).to_number())
    }

    /// Adds a record whose verdict is known, for it has its place among the others.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn tell(&mut self, verdict: Verdict) -> Result<(), Error> {
        self.streams.push_number(self.order, Answer::Is(verdict).to_number())
    }

    /// Settles everything.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read.
    pub fn settle(self) -> Result<Verdicts<K>, Error> {
        let Spill { mut streams, partitions, order, plan, .. } = self;
        let mut found = Found::default();
        let answers = resolve::all::<K, G>(&mut streams, &partitions, plan, &mut found)?;
        let lines = Lines::new(&mut streams, order, answers);
        Ok(Verdicts { lines, streams, found, key: PhantomData })
    }
}

/// What is said of a record in the order of records.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// The next verdict of this partition.
    In(usize),
    /// This.
    Is(Verdict),
}

impl Answer {
    fn to_number(self) -> u64 {
        match self {
            Answer::In(partition) => (partition as u64) << 1 | 1,
            Answer::Is(verdict) => verdict.to_number() << 1,
        }
    }

    fn from_number(number: u64) -> Self {
        match number & 1 {
            1 => Answer::In((number >> 1) as usize),
            _ => Answer::Is(Verdict::from_number(number >> 1)),
        }
    }
}

/// Answers in order, and for each partition the verdicts of its records.
#[derive(Debug)]
struct Lines {
    order: Cursor,
    partitions: Vec<Cursor>,
}

impl Lines {
    fn new(streams: &mut Streams, order: StreamId, partitions: Vec<StreamId>) -> Self {
        let order = streams.read(order, true);
        let partitions = partitions.into_iter().map(|stream| streams.read(stream, true)).collect();
        Lines { order, partitions }
    }

    /// The next verdict, and whether it was told at once.
    fn next(&mut self, streams: &mut Streams) -> Result<Option<(Verdict, bool)>, Error> {
        let Some(mut number) = streams.next_number(&mut self.order)? else { return Ok(None) };
        let mut is_told = true;
        if let Answer::In(partition) = Answer::from_number(number) {
            is_told = false;
            let Some(cursor) = self.partitions.get_mut(partition) else { return Ok(None) };
            let Some(answer) = streams.next_number(cursor)? else { return Ok(None) };
            number = answer;
        }
        match Answer::from_number(number) {
            Answer::Is(verdict) => Ok(Some((verdict, is_told))),
            Answer::In(_) => Ok(None),
        }
    }
}

/// The verdicts of all records, in the order in which they were added.
#[derive(Debug)]
pub struct Verdicts<K> {
    streams: Streams,
    lines: Lines,
    found: Found,
    key: PhantomData<K>,
}

impl<K: TableKey> Verdicts<K> {
    /// The next verdict, and whether it was told ([`Spill::tell`]); `None` after the last.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "an iterator would hide that the first error is final")]
    pub fn next(&mut self) -> Result<Option<(Verdict, bool)>, Error> {
        self.lines.next(&mut self.streams)
    }

    /// How many different keys there were.
    pub fn unique(&self) -> u64 {
        self.found.unique
    }

    /// All keys, ascending, if the [`Plan`] wants them.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn into_keys(self) -> Result<SortedKeys<K>, Error> {
        SortedKeys::new(self.streams, self.found.sorted)
    }
}
