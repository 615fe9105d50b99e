//! Many sorted streams of keys become one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use textcore::Error;

use super::number::Number;

/// Keys in ascending order, one at a time.
pub trait Keys<N> {
    /// The next key; `None` at the end.
    ///
    /// # Errors
    /// Whatever its source says.
    fn next_key(&mut self) -> Result<Option<N>, Error>;
}

impl<R: std::io::Read, N: Number> Keys<N> for super::reader::SeenKeys<R, N> {
    fn next_key(&mut self) -> Result<Option<N>, Error> {
        super::reader::SeenKeys::next_key(self)
    }
}

/// The union of streams: ascending, each key once.
pub struct Union<'a, N> {
    streams: Vec<Box<dyn Keys<N> + 'a>>,
    heads: BinaryHeap<Reverse<(N, usize)>>,
    last: Option<N>,
}

impl<'a, N: Number> Union<'a, N> {
    /// Reads the first key of each stream.
    ///
    /// # Errors
    /// Whatever a stream says.
    pub fn new(mut streams: Vec<Box<dyn Keys<N> + 'a>>) -> Result<Self, Error> {
        let mut heads = BinaryHeap::with_capacity(streams.len());
        for (index, stream) in streams.iter_mut().enumerate() {
            heads.extend(stream.next_key()?.map(|key| Reverse((key, index))));
        }
        Ok(Union { streams, heads, last: None })
    }
}

impl<N: Number> Keys<N> for Union<'_, N> {
    fn next_key(&mut self) -> Result<Option<N>, Error> {
        while let Some(Reverse((key, index))) = self.heads.pop() {
            self.heads.extend(self.streams[index].next_key()?.map(|next| Reverse((next, index))));
            if self.last != Some(key) {
                self.last = Some(key);
                return Ok(Some(key));
            }
        }
        Ok(None)
    }
}
