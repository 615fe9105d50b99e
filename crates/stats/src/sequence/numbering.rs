//! Small numbers in place of large ones: as many as there are different ones.

/// Numbers one list after the other, with the same memory.
#[derive(Debug, Default)]
pub struct Numbering {
    /// One more than a number, or nought.
    slots: Vec<u32>,
    /// What the numbers stand for.
    keys: Vec<u64>,
}

impl Numbering {
    /// Puts a number for each key into `ids`, in place of what is there: the same for the same key, from nought on in the order in
    /// which they first come. Returns how many there are.
    pub fn number(&mut self, keys: impl ExactSizeIterator<Item = u64>, ids: &mut Vec<u32>) -> usize {
        // Half of the slots at least stay empty, for short searches.
        let bits = (2 * keys.len()).max(2).next_power_of_two().ilog2();
        self.slots.clear();
        self.slots.resize(1 << bits, 0);
        self.keys.clear();
        ids.clear();
        ids.extend(keys.map(|key| self.number_of(key, bits)));
        self.keys.len()
    }

    #[inline(always)]
    fn number_of(&mut self, key: u64, bits: u32) -> u32 {
        let mask = self.slots.len() - 1;
        // Knuth's multiplicative hash, of which both halves of a key decide the high bits.
        let mixed = (key ^ key >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut position = (mixed >> (64 - bits)) as usize;
        loop {
            let slot = self.slots[position & mask];
            let Some(number) = slot.checked_sub(1) else {
                self.keys.push(key);
                self.slots[position & mask] = self.keys.len() as u32;
                return self.keys.len() as u32 - 1;
            };
            if self.keys[number as usize] == key {
                return number;
            }
            position += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_keys_have_the_same_number() {
        let (mut numbering, mut ids) = (Numbering::default(), vec![1, 2, 3]);
        assert_eq!(numbering.number([].into_iter(), &mut ids), 0);
        for _ in 0..2 {
            let keys = [5, u64::MAX, 5, 0, u64::MAX, 1 << 32];
            assert_eq!(numbering.number(keys.into_iter(), &mut ids), 4);
            assert_eq!(ids, [0, 1, 0, 2, 1, 3]);
        }
    }
}
