//! Which two neighbours make one, and which of them do so first: a compact table of pairs.

use crate::hash;

/// What a pair becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    /// Lower goes first.
    pub(crate) rank: u32,
    pub(crate) id: u32,
}

/// Pairs of ids and what they become: open addressing, at most half full.
#[derive(Debug)]
pub(crate) struct Merges {
    slots: Vec<Slot>,
    shift: u32,
    count: usize,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    pair: u64,
    merge: Merge,
}

/// No pair: no id is `u32::MAX`.
const EMPTY: u64 = u64::MAX;

impl Merges {
    /// A table with room for so many pairs.
    pub(crate) fn with_room(pairs: usize) -> Merges {
        let size = (pairs * 2).next_power_of_two().max(16);
        let empty = Slot { pair: EMPTY, merge: Merge { rank: u32::MAX, id: u32::MAX } };
        Merges { slots: vec![empty; size], shift: 64 - size.trailing_zeros(), count: 0 }
    }

    /// Set what a pair becomes; of two merges of one pair the last holds.
    pub(crate) fn insert(&mut self, left: u32, right: u32, merge: Merge) {
        if (self.count + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let pair = packed(left, right);
        let slot = self.slot(pair);
        self.count += usize::from(self.slots[slot].pair == EMPTY);
        self.slots[slot] = Slot { pair, merge };
    }

    /// What a pair becomes.
    #[inline]
    pub(crate) fn get(&self, left: u32, right: u32) -> Option<Merge> {
        let slot = self.slots[self.slot(packed(left, right))];
        (slot.pair != EMPTY).then_some(slot.merge)
    }

    /// The two ids of every pair.
    pub(crate) fn parts(&self) -> impl Iterator<Item = u32> {
        let pairs = self.slots.iter().map(|slot| slot.pair).filter(|&pair| pair != EMPTY);
        pairs.flat_map(|pair| [(pair >> 32) as u32, pair as u32])
    }

    fn grow(&mut self) {
        let mut larger = Merges::with_room(self.slots.len());
        for slot in self.slots.iter().filter(|slot| slot.pair != EMPTY) {
            let place = larger.slot(slot.pair);
            larger.slots[place] = *slot;
        }
        larger.count = self.count;
        *self = larger;
    }

    #[inline(always)]
    fn slot(&self, pair: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (hash::of_pair(pair) >> self.shift) as usize & mask;
        while self.slots[slot].pair != pair && self.slots[slot].pair != EMPTY {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

#[inline(always)]
fn packed(left: u32, right: u32) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_found_while_the_table_grows() {
        let mut merges = Merges::with_room(0);
        for left in 0..300 {
            for right in 0..10 {
                merges.insert(left, right * 7919, Merge { rank: left, id: right });
            }
        }
        merges.insert(3, 7919, Merge { rank: 9, id: 9 });
        assert_eq!(merges.get(299, 9 * 7919), Some(Merge { rank: 299, id: 9 }));
        assert_eq!(merges.get(3, 7919), Some(Merge { rank: 9, id: 9 }));
        assert_eq!(merges.get(300, 0), None);
    }
}
