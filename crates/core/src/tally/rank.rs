//! The order of rankings: the greatest count first, and among equal counts the keys in byte order.

use super::{Sorted, Tally, merge};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::path::Path;

const COMPLEMENT_BYTES: usize = size_of::<u64>();

/// Sorts keys by count, in bounded memory: the greatest count first, ties by key ascending.
///
/// Nothing is added up: what is pushed twice comes out twice.
pub struct ByCount {
    /// Each key follows the complement of its count, big-endian, so that byte order is the order of the ranking.
    tally: Tally,
    key: Vec<u8>,
}

impl ByCount {
    /// A sorter under the same terms as [`Tally::new`].
    #[must_use]
    pub fn new(limit_bytes: usize, temporary_directory: &Path) -> ByCount {
        ByCount { tally: Tally::new(limit_bytes, temporary_directory), key: Vec::new() }
    }

    /// Takes a key and its count.
    ///
    /// # Errors
    ///
    /// The temporary file cannot be made or written.
    pub fn push(&mut self, key: &[u8], count: u64) -> io::Result<()> {
        self.key.clear();
        self.key.extend_from_slice(&(!count).to_be_bytes());
        self.key.extend_from_slice(key);
        self.tally.append(&self.key, 1)
    }

    /// Bytes of memory that the keys take now.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.tally.memory_bytes()
    }

    /// The ranking of what was pushed.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be written or read.
    pub fn finish(self) -> io::Result<Ranking> {
        Ok(Ranking { sorted: merge(vec![self.tally])?, key: Vec::new(), count: 0, times: 0 })
    }
}

/// Keys and their counts, the greatest count first. Made by [`ByCount::finish`].
pub struct Ranking {
    sorted: Sorted,
    key: Vec<u8>,
    count: u64,
    /// How often this key is still to be given.
    times: u64,
}

impl Ranking {
    /// The next key and its count; `None` at the end.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend its key")]
    pub fn next(&mut self) -> io::Result<Option<(&[u8], u64)>> {
        if self.times == 0 {
            let Some((ranked, times)) = self.sorted.next()? else { return Ok(None) };
            // ByCount wrote the eight bytes, so they are there.
            let Some((complement, key)) = ranked.split_first_chunk::<COMPLEMENT_BYTES>() else {
                return Ok(None);
            };
            self.key.clear();
            self.key.extend_from_slice(key);
            self.count = !u64::from_be_bytes(*complement);
            self.times = times;
        }
        self.times -= 1;
        Ok(Some((&self.key, self.count)))
    }
}

/// The so many keys of the greatest counts, exactly; ties by key ascending.
///
/// It holds at most so many keys. Each key is expected once, with its whole count.
///
/// ```
/// use textcore::tally::Top;
///
/// let mut top = Top::new(2);
/// for (key, count) in [("of", 3), ("the", 5), ("and", 3)] {
///     top.push(key.as_bytes(), count);
/// }
/// assert_eq!(top.finish(), [(b"the".to_vec(), 5), (b"and".to_vec(), 3)]);
/// ```
pub struct Top {
    size: usize,
    /// The worst of them on top: the least count, and among equals the greatest key.
    heap: BinaryHeap<(Reverse<u64>, Vec<u8>)>,
}

impl Top {
    /// A list of at most `size` keys.
    #[must_use]
    pub fn new(size: usize) -> Top {
        Top { size, heap: BinaryHeap::new() }
    }

    /// Takes a key and its count, if they belong to the list so far.
    pub fn push(&mut self, key: &[u8], count: u64) {
        if self.heap.len() < self.size {
            self.heap.push((Reverse(count), key.to_vec()));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && (Reverse(count), key) < (worst.0, worst.1.as_slice())
        {
            worst.0 = Reverse(count);
            worst.1.clear();
            worst.1.extend_from_slice(key);
        }
    }

    /// The list, the greatest count first.
    #[must_use]
    pub fn finish(self) -> Vec<(Vec<u8>, u64)> {
        self.heap.into_sorted_vec().into_iter().map(|(Reverse(count), key)| (key, count)).collect()
    }
}
