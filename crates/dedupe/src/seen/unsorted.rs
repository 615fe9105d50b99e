//! Keys in any order, sorted in bounded memory.

use std::marker::PhantomData;
use std::path::Path;

use textcore::Error;
use textcore::tally::{self, Tally};

use super::merge::Keys;
use super::number::Number;

/// Keys that come in any order, and more than once.
///
/// ```
/// use dedupe::seen::{Keys, Unsorted};
///
/// let mut keys = Unsorted::<u64>::new(1 << 20, &std::env::temp_dir());
/// [7, 3, 7].into_iter().try_for_each(|key| keys.push(key))?;
/// let mut sorted = keys.sort()?;
/// assert_eq!((sorted.next_key()?, sorted.next_key()?, sorted.next_key()?), (Some(3), Some(7), None));
/// # Ok::<(), textcore::Error>(())
/// ```
pub struct Unsorted<N> {
    tally: Tally,
    number: PhantomData<N>,
}

impl<N: Number> Unsorted<N> {
    /// None yet; more than fit in so many bytes wait in a temporary file.
    pub fn new(limit_bytes: usize, temporary_directory: &Path) -> Self {
        Unsorted { tally: Tally::new(limit_bytes, temporary_directory), number: PhantomData }
    }

    /// Adds a key.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn push(&mut self, key: N) -> Result<(), Error> {
        self.tally.add(&key.to_wide().to_be_bytes(), 1).map_err(Error::Temporary)
    }

    /// The keys in ascending order, each once.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn sort(self) -> Result<Sorted<N>, Error> {
        let sorted = tally::merge(vec![self.tally]).map_err(Error::Temporary)?;
        Ok(Sorted { sorted, number: PhantomData })
    }
}

/// The keys of an [`Unsorted`].
pub struct Sorted<N> {
    sorted: tally::Sorted,
    number: PhantomData<N>,
}

impl<N: Number> Keys<N> for Sorted<N> {
    fn next_key(&mut self) -> Result<Option<N>, Error> {
        let Some((key, _)) = self.sorted.next().map_err(Error::Temporary)? else { return Ok(None) };
        let key = key.first_chunk().and_then(|bytes| N::from_wide(u128::from_be_bytes(*bytes)));
        key.map(Some).ok_or_else(|| Error::Internal("a key came back from its file as none".to_owned()))
    }
}
