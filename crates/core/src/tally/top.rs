//! The most frequent keys.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
