//! Keys that came of late, and their counts: a small table in which each key has three places to stand.

use super::brief::Brief;

/// 256 KiB: small enough for the cache of one core.
const SET_BITS: u32 = 12;
const SETS: usize = 1 << SET_BITS;
/// How many keys may stand in one set.
pub(super) const WAYS: usize = 3;

/// Counts of brief keys; whatever is put out to make room for another must be counted elsewhere.
pub(super) struct Recent {
    sets: Option<Box<[Set; SETS]>>,
}

/// The keys that may stand here and their counts, nought where there is no key: one line of a cache.
#[derive(Clone)]
#[repr(align(64))]
struct Set {
    keys: [Brief; WAYS],
    counts: [u32; WAYS + 1],
}

const VACANT: Set = Set { keys: [Brief::NONE; WAYS], counts: [0; WAYS + 1] };

impl Recent {
    /// Bytes of memory that the table takes.
    pub const MEMORY_BYTES: usize = size_of::<[Set; SETS]>();

    /// A table that has room for nothing, and takes no memory.
    pub fn none() -> Recent {
        Recent { sets: None }
    }

    /// An empty table.
    pub fn new() -> Recent {
        Recent { sets: vec![VACANT; SETS].into_boxed_slice().try_into().ok() }
    }

    /// Adds to the count of a key, if it is here and its count bears it.
    #[inline(always)]
    pub fn count(&mut self, key: Brief, count: u64) -> bool {
        let Some(sets) = &mut self.sets else { return false };
        let set = &mut sets[key.bits(SET_BITS)];
        let [first, second, third] = set.keys.map(|other| other.is(key));
        // Which of them it is, is not to be foretold: no branch but whether it is any.
        if !(first | second | third) {
            return false;
        }
        let place = &mut set.counts[usize::from(second) | usize::from(third) << 1];
        match u32::try_from(u64::from(*place).saturating_add(count)) {
            Ok(sum) => {
                *place = sum;
                true
            }
            Err(_) => false,
        }
    }

    /// Takes a key in place of the one that came least often of those that it may stand for, and gives that one back,
    /// if there was any; or the key itself.
    pub fn replace(&mut self, key: Brief, count: u64) -> Option<(Brief, u64)> {
        let (Some(sets), Ok(less)) = (&mut self.sets, u32::try_from(count)) else {
            return Some((key, count));
        };
        let set = &mut sets[key.bits(SET_BITS)];
        let held = set.keys.iter().position(|other| other.is(key));
        let way = held.or_else(|| (0..WAYS).min_by_key(|&way| set.counts[way]))?;
        let old = (std::mem::replace(&mut set.keys[way], key), std::mem::replace(&mut set.counts[way], less));
        (old.1 > 0).then_some((old.0, u64::from(old.1)))
    }

    /// How many sets there are.
    pub fn sets(&self) -> usize {
        if self.sets.is_some() { SETS } else { 0 }
    }

    /// Takes out the keys of a set.
    pub fn take(&mut self, set: usize) -> impl Iterator<Item = (Brief, u64)> + use<> {
        let set = self.sets.as_mut().and_then(|sets| sets.get_mut(set));
        let Set { keys, counts } = set.map_or(VACANT, |set| std::mem::replace(set, VACANT));
        keys.into_iter().zip(counts.map(u64::from)).filter(|(_, count)| *count > 0)
    }

    /// Bytes of memory that the table has.
    pub fn memory_bytes(&self) -> usize {
        self.sets() * size_of::<Set>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_comes_out_is_what_came_in() {
        let (mut recent, mut wanted, mut seen) = (Recent::new(), BTreeMap::new(), BTreeMap::new());
        let mut put = |(key, count): (Brief, u64)| *seen.entry(key.bytes()).or_insert(0) += count;
        for number in 0..200_000u64 {
            let text = format!("{:x}", number * number % 50_021);
            let count = if number % 1000 == 0 { u64::from(u32::MAX) - 1 + number % 3 } else { number % 4 };
            let key =
                Brief::new(&text.as_bytes()[..text.len() - usize::from(number % 9 == 0)]).expect("brief");
            *wanted.entry(key.bytes()).or_insert(0) += count;
            if !recent.count(key, count) {
                recent.replace(key, count).into_iter().for_each(&mut put);
            }
        }
        for set in 0..recent.sets() {
            recent.take(set).for_each(&mut put);
        }
        wanted.retain(|_, count| *count > 0);
        seen.retain(|_, count| *count > 0);
        assert_eq!(seen, wanted);
    }

    #[test]
    fn a_table_without_room_gives_all_back() {
        let key = Brief::new(b"").expect("brief");
        let mut none = Recent::none();
        assert!(!none.count(key, 1) && none.replace(key, 1).is_some());
        let mut recent = Recent::new();
        assert!(!recent.count(key, 1) && recent.replace(key, 1).is_none() && recent.count(key, 1));
    }
}
