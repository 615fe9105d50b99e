//! Counts of byte strings in bounded memory: a multiset that spills sorted runs to disk and merges them.
//!
//! Each worker fills a [`Tally`] of its own; [`merge`] joins them all into one stream in byte order of the keys, the
//! same however the work was split and however often memory ran out.
//!
//! ```
//! use textcore::tally::{self, Tally};
//!
//! let directory = std::env::temp_dir();
//! let (mut one, mut other) = (Tally::new(1 << 20, &directory), Tally::new(1 << 20, &directory));
//! one.add(b"salt", 1)?;
//! one.add(b"bread", 2)?;
//! other.add(b"salt", 3)?;
//!
//! let mut sorted = tally::merge(vec![one, other])?;
//! let mut lines = Vec::new();
//! while let Some((key, count)) = sorted.next()? {
//!     lines.push(format!("{}\t{count}", key.escape_ascii()));
//! }
//! assert_eq!(lines, ["bread\t2", "salt\t4"]);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! For the order of `--sort count` the stream goes through [`Ranked`], which keeps equals in the order in which they come;
//! for the most frequent alone, through [`Top`].
//!
//! ```
//! # use textcore::tally::{self, Ranked, Tally};
//! # let directory = std::env::temp_dir();
//! # let mut tally = Tally::new(1 << 20, &directory);
//! # for word in ["a", "rose", "is", "a", "rose"] {
//! #     tally.add(word.as_bytes(), 1)?;
//! # }
//! let mut sorted = tally::merge(vec![tally])?;
//! let mut ranked = Ranked::new(1 << 20, &directory);
//! while let Some((key, count)) = sorted.next()? {
//!     ranked.push(key, count)?;
//! }
//! drop(sorted); // its memory is free before the ranking is read
//! let mut ranking = ranked.finish()?;
//! assert_eq!(ranking.next()?, Some((&b"a"[..], 2)));
//! assert_eq!(ranking.next()?, Some((&b"rose"[..], 2)));
//! assert_eq!(ranking.next()?, Some((&b"is"[..], 1)));
//! assert_eq!(ranking.next()?, None);
//! # Ok::<(), std::io::Error>(())
//! ```

mod arena;
mod batch;
mod brief;
mod commonest;
mod hash;
mod merge;
mod ranked;
mod recent;
mod run;
mod sort;
mod table;
#[cfg(test)]
mod tests;
mod top;
mod tournament;

pub use brief::Brief;
pub use commonest::Commonest;
pub use merge::{Sorted, merge, merge_runs};
pub use ranked::{ByRank, Ranked};
pub use run::{READER_BYTES, Run, RunReader, RunWriter, Spool, shared_bytes};
pub use top::Top;
pub use tournament::{Source, Tournament};

use batch::Batch;
use brief::BRIEF;
use hash::{Hashed, SHORT};
use std::io;
use std::ops::Range;
use std::path::Path;
use table::{NoRoom, Table};

/// The least memory that a tally works with, whatever it is told.
pub const LIMIT_BYTES_MIN: usize = 1 << 10;

/// Where the limit is less than so many batches, there is none.
const BATCHES_MIN: usize = 8;

/// Counts by key, in at most so many bytes of memory; what does not fit waits on disk.
///
/// Counts add up to [`u64::MAX`] and stay there. A key that was only ever added nought times is not there.
///
/// Beside the limit, writing a run takes about 1 MiB while it lasts, and each run 24 bytes for good. A key that is
/// longer than the limit goes to disk at once, as a run of its own.
pub struct Tally {
    table: Table,
    batch: Batch,
    has_batch: bool,
    spool: Spool,
    runs: Vec<Run>,
}

impl Tally {
    /// A tally that takes up to `limit_bytes` of memory (at least [`LIMIT_BYTES_MIN`]) and spills to an unnamed file
    /// in `temporary_directory`, which is made only when it is needed.
    #[must_use]
    pub fn new(limit_bytes: usize, temporary_directory: &Path) -> Tally {
        let has_batch = limit_bytes >= BATCHES_MIN * Batch::MEMORY_BYTES;
        let table_bytes = limit_bytes.max(LIMIT_BYTES_MIN) - if has_batch { Batch::MEMORY_BYTES } else { 0 };
        Tally {
            table: Table::new(table_bytes),
            batch: Batch::none(),
            has_batch,
            spool: Spool::new(temporary_directory),
            runs: Vec::new(),
        }
    }

    /// Adds `count` to the count of a key.
    ///
    /// # Errors
    ///
    /// The temporary file cannot be made or written, be it for this key or for earlier ones that had to wait. The
    /// tally is not whole any more then.
    #[inline]
    pub fn add(&mut self, key: &[u8], count: u64) -> io::Result<()> {
        match Brief::new(key) {
            Some(brief) => self.add_brief(brief, count),
            None => self.add_long(key, count),
        }
    }

    /// Adds one to the count of a key that is a part of a text, and of which 16 bytes are at hand: it and whatever follows it.
    /// Faster than [`Tally::add`], for which the length of a key decides how it is read.
    ///
    /// ```
    /// # use textcore::tally::{self, Tally};
    /// let mut tally = Tally::new(1 << 20, &std::env::temp_dir());
    /// tally.add_at(b"bread and salt", 6..9, b"and salt\0\0\0\0\0\0\0\0")?;
    /// assert_eq!(tally::merge(vec![tally])?.next()?, Some((&b"and"[..], 1)));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Tally::add`].
    ///
    /// # Panics
    ///
    /// If the range is not inside the text.
    #[inline(always)]
    pub fn add_at(&mut self, text: &[u8], range: Range<usize>, head: &[u8; BRIEF]) -> io::Result<()> {
        debug_assert!(
            text[range.clone()].iter().zip(head).all(|(one, other)| one == other),
            "a head is of its key"
        );
        match Brief::of_head(head, range.end - range.start) {
            Some(brief) => self.add_brief(brief, 1),
            None => self.add_long(&text[range], 1),
        }
    }

    /// Bytes of memory that the counts take now; never more than the limit, nor while the table grows.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.table.memory_bytes() + self.batch.memory_bytes()
    }

    /// Sorts what is in memory. [`merge`] does this for whoever has not; a worker that does it for itself spares the
    /// merging thread the work. Adding may go on afterwards, at the price of a run on disk.
    ///
    /// # Errors
    ///
    /// Those of [`Tally::add`].
    pub fn sort(&mut self) -> io::Result<()> {
        self.add_batch()?;
        let mut next = Some(0);
        while let Some(set) = next {
            next = self.batch.recall(set);
            self.add_batch()?;
        }
        self.table.sort();
        Ok(())
    }

    #[inline(always)]
    fn add_brief(&mut self, key: Brief, count: u64) -> io::Result<()> {
        if self.batch.count_recent(key, count) { Ok(()) } else { self.add_other(key, count) }
    }

    /// Adds a brief key that is not a recent one.
    #[inline(never)]
    fn add_other(&mut self, key: Brief, count: u64) -> io::Result<()> {
        if self.batch.push_brief(key, count) {
            return Ok(());
        }
        self.begin_batch()?;
        if self.batch.push_brief(key, count) {
            return Ok(());
        }
        self.add_now(Hashed::new(&key.bytes()[..key.length()]), count)
    }

    #[inline(never)]
    fn add_long(&mut self, key: &[u8], count: u64) -> io::Result<()> {
        let key = Hashed::new(key);
        if self.batch.push_long(key, count) {
            return Ok(());
        }
        self.begin_batch()?;
        if self.batch.push_long(key, count) { Ok(()) } else { self.add_now(key, count) }
    }

    /// Makes room in the batch, or a batch, unless the limit is too small for one.
    fn begin_batch(&mut self) -> io::Result<()> {
        self.add_batch()?;
        if self.has_batch && self.batch.memory_bytes() == 0 {
            self.batch = Batch::new();
        }
        Ok(())
    }

    /// Adds all that waits in the batch.
    fn add_batch(&mut self) -> io::Result<()> {
        let mut batch = std::mem::replace(&mut self.batch, Batch::none());
        batch.touch(&self.table);
        let mut done = 0;
        let added = (0..batch.len()).try_for_each(|number| {
            let (key, count) = batch.get(number);
            done = number + 1;
            self.add_now(key, count)
        });
        batch.forget(done);
        self.batch = batch;
        added
    }

    #[inline(always)]
    fn add_now(&mut self, key: Hashed<'_>, count: u64) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        match self.table.add(key, count) {
            Ok(()) => Ok(()),
            Err(NoRoom) => self.make_room(key, count),
        }
    }

    #[cold]
    fn make_room(&mut self, key: Hashed<'_>, count: u64) -> io::Result<()> {
        self.spill()?;
        if self.table.add(key, count).is_ok() {
            return Ok(());
        }
        // What is kept from the last filling may be of the wrong kind: an index where bytes of keys are wanted.
        self.table.release();
        if self.table.add(key, count).is_ok() {
            return Ok(());
        }
        let mut writer = self.spool.write(Some(key.length))?;
        writer.push(b"", key.key(&mut [0; SHORT]), count)?;
        self.runs.push(writer.finish()?);
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        if self.table.is_empty() {
            return Ok(());
        }
        self.table.sort();
        let mut writer = self.spool.write(Some(self.table.used_bytes()))?;
        let mut previous: &[u8] = b"";
        for (number, entry) in self.table.entries().iter().enumerate() {
            self.table.touch_keys_at(number);
            let key = self.table.key(entry);
            writer.push(previous, key, entry.count)?;
            previous = key;
        }
        self.runs.push(writer.finish()?);
        self.table.clear();
        Ok(())
    }
}
