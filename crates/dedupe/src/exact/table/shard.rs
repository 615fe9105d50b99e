//! One shard of a table: keys in ascending order, each at its home or as near behind it as others allow.

use super::{SHARDS, TableKey};

/// A shard grows when so much of its homes is taken, and by how much. Measured: more growth at a time takes less time
/// and more memory.
const LOAD: (usize, usize) = (92, 100);
const GROWTH: f64 = 1.12;

/// The homes of the first shard when it gets its first key; the others begin with up to a growth more.
const HOMES_MIN: f64 = 16.0;

/// Places behind the homes, for keys whose home is near the end. The last place of all is always free.
const SLACK: usize = 16;

/// Keys in order, with free places between them. `values[at]` belongs to `keys[at]`.
#[derive(Debug, Clone)]
pub(super) struct Shard<K, V> {
    keys: Vec<K>,
    values: Vec<V>,
    taken: usize,
    /// So many keys make it grow.
    taken_max: usize,
    /// Places that keys have as their homes.
    homes: usize,
    /// How many homes it has when it grows the next time.
    homes_next: f64,
}

impl<K: TableKey, V: Copy + Default> Shard<K, V> {
    /// An empty shard. Shards differ in size, so that they do not all grow at the same time.
    pub(super) fn new(index: usize) -> Self {
        // Neighbours are far apart: the tables of a few keys are no larger than they must be.
        let step = (index * 25) % SHARDS;
        let homes_next = HOMES_MIN * GROWTH.powf(step as f64 / SHARDS as f64);
        Shard { keys: Vec::new(), values: Vec::new(), taken: 0, taken_max: 0, homes: 0, homes_next }
    }

    /// The home of a key: its fraction of the homes.
    #[inline]
    fn home(&self, key: K) -> usize {
        ((u128::from(key.fraction()) * self.homes as u128) >> 64) as usize
    }

    /// Where a key stands or, if it does not, the first place at which another stands that is larger, or none.
    #[inline]
    pub(super) fn seek(&self, key: K) -> usize {
        let mut at = self.home(key);
        while self.keys.get(at).is_some_and(|&other| other < key) {
            at += 1;
        }
        at
    }

    #[inline]
    pub(super) fn is_at(&self, at: usize, key: K) -> bool {
        self.keys.get(at) == Some(&key)
    }

    #[inline]
    pub(super) fn value(&self, at: usize) -> V {
        self.values[at]
    }

    #[inline]
    pub(super) fn value_mut(&mut self, at: usize) -> &mut V {
        &mut self.values[at]
    }

    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.taken >= self.taken_max
    }

    /// Asks for what stands from a key's home on: as many cache lines as a search and an insertion mostly reach.
    #[inline]
    pub(super) fn touch(&self, key: K) {
        const LINE_BYTES: usize = 64;
        const LINES: usize = 3;
        let home = self.home(key);
        let step = LINE_BYTES / size_of::<K>();
        if let Some(places) = self.keys.get(home..=home + (LINES - 1) * step) {
            places.iter().step_by(step).for_each(prefetch);
        }
    }

    /// Adds a key with its value, unless it is known: then its value is lent. Says also by how many bytes the shard grew.
    #[inline]
    pub(super) fn insert(
        &mut self,
        key: K,
        value: V,
        copy: &mut (Vec<K>, Vec<V>),
    ) -> (Option<&mut V>, usize) {
        let mut at = self.seek(key);
        if self.is_at(at, key) {
            return (Some(self.value_mut(at)), 0);
        }
        let mut grown_bytes = 0;
        if self.is_full() {
            grown_bytes = self.grow(copy);
            at = self.seek(key);
        }
        self.put(at, key, value);
        (None, grown_bytes)
    }

    /// Puts a key where [`Shard::seek`] found that it belongs; the keys from there to the next free place move on.
    #[inline]
    pub(super) fn put(&mut self, at: usize, key: K, value: V) {
        let free =
            at + self.keys[at..].iter().position(|&key| key == K::FREE).expect("the last place is free");
        self.keys.copy_within(at..free, at + 1);
        self.values.copy_within(at..free, at + 1);
        self.keys[at] = key;
        self.values[at] = value;
        self.taken += 1;
        if free + 1 == self.keys.len() {
            self.lengthen(SLACK);
        }
    }

    /// Adds free places at the end.
    #[cold]
    fn lengthen(&mut self, places: usize) {
        let length = self.keys.len() + places;
        self.keys.reserve_exact(places);
        self.keys.resize(length, K::FREE);
        self.values.reserve_exact(places);
        self.values.resize(length, V::default());
    }

    /// Moves everything to where it belongs among more homes, by way of a copy.
    fn grow(&mut self, copy: &mut (Vec<K>, Vec<V>)) -> usize {
        let before_bytes = self.memory_bytes();
        self.homes = self.homes_next as usize;
        self.homes_next *= GROWTH;
        self.taken_max = self.homes * LOAD.0 / LOAD.1;
        let (keys, values) = copy;
        keys.clone_from(&self.keys);
        values.clone_from(&self.values);
        self.keys.fill(K::FREE);
        self.lengthen((self.homes + SLACK).saturating_sub(self.keys.len()));
        let mut free = 0;
        for (&key, &value) in keys.iter().zip(values.iter()) {
            // A free place is written, too, where one is: as often as not a branch would be foretold wrongly.
            let is_key = key != K::FREE;
            let to = if is_key { self.home(key).max(free) } else { free };
            if to >= self.keys.len() {
                self.lengthen(SLACK.max(self.keys.len() / 8));
            }
            self.keys[to] = key;
            self.values[to] = value;
            free = to + usize::from(is_key);
        }
        if self.keys.last() != Some(&K::FREE) {
            self.lengthen(SLACK);
        }
        self.memory_bytes() - before_bytes
    }

    /// Keys and values in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (K, V)> + '_ {
        let pairs = self.keys.iter().zip(&self.values);
        pairs.filter(|(key, _)| **key != K::FREE).map(|(&key, &value)| (key, value))
    }

    /// Keys in order.
    pub(super) fn into_keys(self) -> impl Iterator<Item = K> {
        self.keys.into_iter().filter(|&key| key != K::FREE)
    }

    pub(super) fn memory_bytes(&self) -> usize {
        self.keys.capacity() * size_of::<K>() + self.values.len() * size_of::<V>()
    }
}

/// Asks for a cache line, and does not wait for it.
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "loads that are waited for take a seventh more of the time of a run")]
#[inline]
fn prefetch<T>(place: &T) {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    // SAFETY: a hint reads nothing, and every x86-64 processor knows it.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(place).cast()) };
}

#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn prefetch<T>(_place: &T) {}
