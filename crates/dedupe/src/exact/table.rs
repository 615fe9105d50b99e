//! A table of hashed keys that stays sorted: open addressing where every key stands as far along as it is large.

mod shard;
#[cfg(test)]
mod tests;

use std::fmt::Debug;

use shard::Shard;

/// A hash that a [`Table`] is sorted by: its six highest bits choose a shard, the next 64 a place in it.
pub trait TableKey: Copy + Ord + Debug + Send + Sync + 'static {
    /// Stands where no key does; larger than every other key, so that a search for one ends there.
    const FREE: Self;

    /// How many bits a key has.
    const BITS: u32;

    /// The shard of a key, less than [`SHARDS`].
    fn shard(self) -> usize;

    /// The bits below the shard's, as a fraction of 2⁶⁴.
    fn fraction(self) -> u64;

    /// The lowest bits but the first `shift`, which is less than [`TableKey::BITS`].
    fn bits_from(self, shift: u32) -> usize;

    /// The key as bytes, the lowest first.
    fn to_bytes(self) -> impl AsRef<[u8]>;

    /// The key at the front of these bytes, and what follows it.
    fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])>;
}

impl TableKey for u64 {
    const FREE: Self = u64::MAX;
    const BITS: u32 = u64::BITS;

    fn shard(self) -> usize {
        (self >> (u64::BITS - SHARD_BITS)) as usize
    }

    fn fraction(self) -> u64 {
        self << SHARD_BITS
    }

    fn bits_from(self, shift: u32) -> usize {
        (self >> shift) as usize
    }

    fn to_bytes(self) -> impl AsRef<[u8]> {
        self.to_le_bytes()
    }

    fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])> {
        bytes.split_first_chunk().map(|(key, rest)| (Self::from_le_bytes(*key), rest))
    }
}

impl TableKey for u128 {
    const FREE: Self = u128::MAX;
    const BITS: u32 = u128::BITS;

    fn shard(self) -> usize {
        (self >> (u128::BITS - SHARD_BITS)) as usize
    }

    fn fraction(self) -> u64 {
        (self >> (u64::BITS - SHARD_BITS)) as u64
    }

    fn bits_from(self, shift: u32) -> usize {
        (self >> shift) as usize
    }

    fn to_bytes(self) -> impl AsRef<[u8]> {
        self.to_le_bytes()
    }

    fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])> {
        bytes.split_first_chunk().map(|(key, rest)| (Self::from_le_bytes(*key), rest))
    }
}

/// How many shards a table has: growing one of them moves only so much of the whole.
pub const SHARDS: usize = 1 << SHARD_BITS;
const SHARD_BITS: u32 = 6;

/// How many keys are looked for at once, so that their cache misses overlap.
pub const TOUCHED: usize = 16;

/// Keys and what is known of each, in ascending order of the keys.
///
/// Keys must be hashes: places are taken by their high bits. Any keys are handled correctly, but those that share their
/// 70 highest bits stand side by side and are searched one by one.
///
/// Memory: 16 bytes (8 for `u64`) and those of the value, divided by a load of 0.82 to 0.92; shards grow at different
/// times, one after the other, so that a large table takes 18.4 bytes for each key of 128 bits, and 1/64 of that more for
/// a shard that grows.
///
/// ```
/// use dedupe::Table;
///
/// let mut table: Table<u128, u32> = Table::default();
/// assert_eq!(table.insert(7, 1), None);
/// assert_eq!(table.insert(5, 1), None);
/// *table.insert(7, 1).expect("known") += 1;
/// assert_eq!(table.iter().collect::<Vec<_>>(), [(5, 1), (7, 2)]);
/// ```
#[derive(Debug, Clone)]
pub struct Table<K, V = ()> {
    shards: Vec<Shard<K, V>>,
    /// The value of the key that cannot stand in a shard, where it means that a place is free.
    last: Option<V>,
    length: usize,
    places_bytes: usize,
    /// What stood in the shard that grew last.
    copy: (Vec<K>, Vec<V>),
}

impl<K: TableKey, V: Copy + Default> Default for Table<K, V> {
    fn default() -> Self {
        let shards = (0..SHARDS).map(Shard::new).collect();
        Table { shards, last: None, length: 0, places_bytes: 0, copy: Default::default() }
    }
}

impl<K: TableKey, V: Copy + Default> Table<K, V> {
    /// Adds a key with its value, unless it is known: then its value is lent, and nothing is added.
    pub fn insert(&mut self, key: K, value: V) -> Option<&mut V> {
        if key == K::FREE {
            if self.last.is_none() {
                self.last = Some(value);
                self.length += 1;
                return None;
            }
            return self.last.as_mut();
        }
        let (known, grown_bytes) = self.shards[key.shard()].insert(key, value, &mut self.copy);
        self.places_bytes += grown_bytes;
        self.length += usize::from(known.is_none());
        known
    }

    /// Adds keys in order and says of each whether it was new.
    pub fn insert_all(&mut self, keys: &[K], mut is_new: impl FnMut(bool)) {
        self.touch(&keys[..keys.len().min(TOUCHED)]);
        for (at, &key) in keys.iter().enumerate() {
            if let Some(&next) = keys.get(at + TOUCHED) {
                self.shards[next.shard()].touch(next);
            }
            is_new(self.insert(key, V::default()).is_none());
        }
    }

    /// The value of a key.
    pub fn get(&self, key: K) -> Option<V> {
        if key == K::FREE {
            return self.last;
        }
        let shard = &self.shards[key.shard()];
        let at = shard.seek(key);
        shard.is_at(at, key).then(|| shard.value(at))
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: K) -> Option<&mut V> {
        if key == K::FREE {
            return self.last.as_mut();
        }
        let shard = &mut self.shards[key.shard()];
        let at = shard.seek(key);
        shard.is_at(at, key).then(|| shard.value_mut(at))
    }

    /// Asks for the places of keys, so that they are in the cache when the keys come.
    pub fn touch(&self, keys: &[K]) {
        for &key in keys {
            self.shards[key.shard()].touch(key);
        }
    }

    /// Keys and values, in ascending order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (K, V)> + '_ {
        let last = self.last.map(|value| (K::FREE, value));
        self.shards.iter().flat_map(Shard::iter).chain(last)
    }

    /// The keys in ascending order; the table goes as they come.
    pub fn into_keys(self) -> impl Iterator<Item = K> {
        let last = self.last.map(|_| K::FREE);
        self.shards.into_iter().flat_map(Shard::into_keys).chain(last)
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Bytes of memory that the table takes.
    pub fn memory_bytes(&self) -> usize {
        let (keys, values) = &self.copy;
        let copy_bytes = keys.capacity() * size_of::<K>() + values.len() * size_of::<V>();
        SHARDS * size_of::<Shard<K, V>>() + self.places_bytes + copy_bytes
    }
}
