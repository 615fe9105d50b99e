//! All keys of all partitions in ascending order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use textcore::Error;

use crate::exact::streams::{Cursor, StreamId, Streams};
use crate::exact::table::TableKey;

/// Merges streams of ascending keys of which no two hold the same one.
#[derive(Debug)]
pub struct SortedKeys<K> {
    streams: Streams,
    runs: Vec<Run<K>>,
    heads: BinaryHeap<Reverse<(K, usize)>>,
}

/// The keys of one block of a stream, the last first, and where it goes on.
#[derive(Debug)]
struct Run<K> {
    cursor: Cursor,
    keys: Vec<K>,
}

impl<K: TableKey> Run<K> {
    fn next(&mut self, streams: &mut Streams) -> Result<Option<K>, Error> {
        if self.keys.is_empty() {
            let mut block = streams.next_block(&mut self.cursor)?.unwrap_or_default();
            while let Some((key, rest)) = K::from_bytes(block) {
                self.keys.push(key);
                block = rest;
            }
            self.keys.reverse();
        }
        Ok(self.keys.pop())
    }
}

impl<K: TableKey> SortedKeys<K> {
    pub(super) fn new(mut streams: Streams, sorted: Vec<StreamId>) -> Result<Self, Error> {
        let mut runs: Vec<Run<K>> = sorted
            .into_iter()
            .map(|stream| Run { cursor: streams.read(stream, true), keys: Vec::new() })
            .collect();
        let mut heads = BinaryHeap::with_capacity(runs.len());
        for (index, run) in runs.iter_mut().enumerate() {
            heads.extend(run.next(&mut streams)?.map(|key| Reverse((key, index))));
        }
        Ok(SortedKeys { streams, runs, heads })
    }

    /// The next key; `None` after the last.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "an iterator would hide that the first error is final")]
    pub fn next(&mut self) -> Result<Option<K>, Error> {
        let Some(Reverse((key, index))) = self.heads.pop() else { return Ok(None) };
        let next = self.runs[index].next(&mut self.streams)?;
        self.heads.extend(next.map(|next| Reverse((next, index))));
        Ok(Some(key))
    }
}
