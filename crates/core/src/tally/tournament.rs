//! Many sorted streams become one: a tournament between their heads.

use super::hash::short_number;

/// Keys in byte order, each with a count.
pub trait Source {
    /// What may go wrong.
    type Error;

    /// Goes on to the next key; `false` at the end.
    ///
    /// # Errors
    /// When the next key cannot be had.
    fn advance(&mut self) -> Result<bool, Self::Error>;

    /// The key that was reached; the empty one before the first.
    fn key(&self) -> &[u8];

    /// Its count.
    fn count(&self) -> u64;
}

/// The keys of many sources in byte order, each once, with the sum of its counts.
pub struct Tournament<S> {
    sources: Vec<S>,
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

impl<S: Source> Tournament<S> {
    /// Goes to the first key of each source.
    ///
    /// # Errors
    /// Those of a source.
    pub fn new(sources: Vec<S>) -> Result<Self, S::Error> {
        let heads = vec![Head { is_done: true, prefix: 0 }; sources.len()];
        let mut tournament = Tournament { sources, heads, losers: Vec::new(), key: Vec::new() };
        for source in 0..tournament.sources.len() {
            tournament.advance(source)?;
        }
        tournament.begin();
        Ok(tournament)
    }

    /// The sources.
    pub fn sources(&self) -> &[S] {
        &self.sources
    }

    /// The next key and its count, which adds up to [`u64::MAX`] at most; `None` at the end.
    ///
    /// # Errors
    /// Those of a source.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend its key")]
    pub fn next(&mut self) -> Result<Option<(&[u8], u64)>, S::Error> {
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

    fn advance(&mut self, source: usize) -> Result<(), S::Error> {
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
    fn replay(&mut self, source: usize) -> Result<(), S::Error> {
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

/// The first eight bytes of a key as a number of the same order, the missing ones nought.
#[inline]
fn prefix(key: &[u8]) -> u64 {
    match key.first_chunk() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => short_number(key).swap_bytes(),
    }
}
