//! Which keys have been seen: a table up to a limit; beyond it, what is not in the table waits on disk.

use textcore::Error;

use super::group::{Group, Keep, Member, Verdict};
use super::room::Room;
use super::spill::{SortedKeys, Spill, Verdicts};
use super::table::{Table, TableKey};
use crate::seen::Keys;

/// More than a key takes in the table, even while a shard grows.
const BYTES_PER_KEY: usize = 64;

/// A check is worth no fewer keys.
const BATCH_MIN: usize = 256;
const BATCH_MAX: usize = 1 << 16;

/// What is remembered of the records that came, the first of each kind of which is kept: a value for each key in the
/// table, and a group for each key beyond it.
#[derive(Debug)]
pub struct Memory<K, V, G = V> {
    table: Table<K, V>,
    room: Room,
    /// Where keys go that are not in the table, once it is closed.
    spill: Option<Spill<K, G>>,
    verdicts: Option<Verdicts<K>>,
    unique: u64,
    has_sorted_keys: bool,
}

/// What is known of a record when it comes.
pub enum Known<'a, V> {
    /// It is the first of its kind.
    First,
    /// What is known of its kind.
    In(&'a mut V),
    /// Only the end of the input knows.
    Unknown,
}

impl<K: TableKey, V: Copy + Default, G: Group> Memory<K, V, G> {
    /// Nothing is known; all keys are wanted in the end only if `has_sorted_keys`.
    pub fn new(room: Room, has_sorted_keys: bool) -> Self {
        Memory { table: Table::default(), room, spill: None, verdicts: None, unique: 0, has_sorted_keys }
    }

    /// Closes the table if it has become too large.
    pub fn check(&mut self) {
        self.check_beside(0);
    }

    /// The same, where so many bytes beside the table share its room.
    pub fn check_beside(&mut self, beside_bytes: usize) {
        if self.spill.is_none() && self.table.memory_bytes() + beside_bytes > self.room.table_bytes {
            self.spill = Some(self.room.spill(Keep::First, true));
        }
    }

    /// How many keys may come before it must be seen again whether there is still room.
    pub fn batch(&self) -> usize {
        let free_bytes = self.room.table_bytes.saturating_sub(self.table.memory_bytes());
        (free_bytes / BYTES_PER_KEY).clamp(BATCH_MIN, BATCH_MAX)
    }

    /// Whether the table is closed.
    pub fn is_closed(&self) -> bool {
        self.spill.is_some()
    }

    /// Adds keys to an open table and says of each whether it was new.
    #[inline]
    pub fn insert_all(&mut self, keys: &[K], is_new: impl FnMut(bool)) {
        self.table.insert_all(keys, is_new);
    }

    /// Adds a record as the first of its kind, unless another one was.
    #[inline]
    pub fn meet(&mut self, key: K, value: V) -> Known<'_, V> {
        if self.spill.is_some() {
            return self.table.get_mut(key).map_or(Known::Unknown, Known::In);
        }
        self.table.insert(key, value).map_or(Known::First, Known::In)
    }

    /// Keys that will be met next: see [`Table::touch`].
    pub fn touch(&self, keys: &[K]) {
        self.table.touch(keys);
    }

    /// Remembers a record that is never asked about.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn learn(&mut self, key: K, value: V, member: Member) -> Result<(), Error> {
        if matches!(self.meet(key, value), Known::Unknown) {
            self.spill.as_mut().map_or(Ok(()), |spill| spill.learn(key, member))?;
        }
        Ok(())
    }

    /// A record that was [`Known::Unknown`] is asked about in the end.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn ask(&mut self, key: K, member: Member) -> Result<(), Error> {
        self.spill.as_mut().map_or(Ok(()), |spill| spill.ask(key, member))
    }

    /// What becomes of a record is known, but it has its place among those that are asked about.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn tell(&mut self, verdict: Verdict) -> Result<(), Error> {
        self.spill.as_mut().map_or(Ok(()), |spill| spill.tell(verdict))
    }

    /// Settles what was asked.
    ///
    /// # Errors
    /// When the temporary file cannot be written or read.
    pub fn settle(&mut self) -> Result<(), Error> {
        self.unique = self.table.len() as u64;
        let Some(spill) = self.spill.take() else { return Ok(()) };
        if !self.has_sorted_keys {
            self.table = Table::default();
        }
        let verdicts = spill.settle()?;
        self.unique += verdicts.unique();
        self.verdicts = Some(verdicts);
        Ok(())
    }

    /// The verdict on the next record that was asked about or told, and whether it was told; `None` after the last.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn verdict(&mut self) -> Result<Option<(Verdict, bool)>, Error> {
        self.verdicts.as_mut().map_or(Ok(None), Verdicts::next)
    }

    /// How many different keys there were, once they are settled.
    pub fn unique(&self) -> u64 {
        self.unique
    }

    /// All keys, ascending, if they are wanted; none stays.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn take_keys(&mut self) -> Result<AllKeys<K>, Error>
    where
        V: 'static,
    {
        let spilled = self.verdicts.take().map(Verdicts::into_keys).transpose()?;
        AllKeys::new(Box::new(std::mem::take(&mut self.table).into_keys()), spilled)
    }
}

/// The keys of a table and of what was spilled, ascending.
pub struct AllKeys<K> {
    table: Box<dyn Iterator<Item = K>>,
    next_of_table: Option<K>,
    spilled: Option<SortedKeys<K>>,
    next_of_spilled: Option<K>,
}

impl<K: TableKey> AllKeys<K> {
    /// Both must be ascending, and no key in both.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn new(
        mut table: Box<dyn Iterator<Item = K>>,
        mut spilled: Option<SortedKeys<K>>,
    ) -> Result<Self, Error> {
        let next_of_table = table.next();
        let next_of_spilled = spilled.as_mut().map_or(Ok(None), SortedKeys::next)?;
        Ok(AllKeys { table, next_of_table, spilled, next_of_spilled })
    }
}

impl<K: TableKey> Keys<K> for AllKeys<K> {
    fn next_key(&mut self) -> Result<Option<K>, Error> {
        let is_of_table = match (self.next_of_table, self.next_of_spilled) {
            (Some(one), Some(other)) => one < other,
            (one, _) => one.is_some(),
        };
        if is_of_table {
            return Ok(std::mem::replace(&mut self.next_of_table, self.table.next()));
        }
        let next = self.spilled.as_mut().map_or(Ok(None), SortedKeys::next)?;
        Ok(std::mem::replace(&mut self.next_of_spilled, next))
    }
}
