//! Keys that are sorted: the columns of a row side by side in a number, so that the order of numbers is that of rows.

/// How columns lie in a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packing {
    /// How many columns there are.
    pub columns: usize,
    /// How many bits each takes, where the key is one number; 32 where it is several.
    pub bits: u32,
}

impl Packing {
    /// The packing of columns whose numbers are at most `most`.
    pub fn of(columns: usize, most: usize) -> Packing {
        Packing { columns, bits: most.max(1).ilog2() + 1 }
    }

    /// Bytes of the number that holds a row of such columns.
    pub fn key_bytes(self) -> usize {
        match self.columns * self.bits as usize {
            ..=64 => size_of::<u64>(),
            65..=128 => size_of::<u128>(),
            _ if self.columns <= 8 => size_of::<Wide<4>>(),
            _ => size_of::<Wide<10>>(),
        }
    }
}

/// A row of columns as a number.
pub trait Packed: Copy + Ord + Default + Send + Sync {
    /// The row of these columns.
    fn pack(columns: &[u32], packing: Packing) -> Self;

    /// The row of a first column and all but the last of these.
    fn after(self, first: u32, packing: Packing) -> Self;

    /// A column.
    fn column(self, number: usize, packing: Packing) -> u32;

    /// How many columns two rows have in common at their beginnings.
    fn shared(self, other: Self, packing: Packing) -> usize;

    /// How many columns there are before those at the end that are nought.
    fn length(self, packing: Packing) -> usize;
}

impl Packed for u64 {
    #[inline(always)]
    fn pack(columns: &[u32], packing: Packing) -> u64 {
        columns.iter().fold(0, |key, &column| key << packing.bits | u64::from(column))
    }

    #[inline(always)]
    fn after(self, first: u32, packing: Packing) -> u64 {
        u64::from(first) << (packing.bits as usize * (packing.columns - 1))
            | self.checked_shr(packing.bits).unwrap_or(0)
    }

    #[inline(always)]
    fn column(self, number: usize, packing: Packing) -> u32 {
        let shift = packing.bits as usize * (packing.columns - 1 - number);
        (self >> shift) as u32 & low_bits(packing.bits)
    }

    #[inline(always)]
    fn shared(self, other: u64, packing: Packing) -> usize {
        let above = u64::BITS as usize - packing.bits as usize * packing.columns;
        ((self ^ other).leading_zeros() as usize - above) / packing.bits as usize
    }

    #[inline(always)]
    fn length(self, packing: Packing) -> usize {
        packing.columns - (self.trailing_zeros() / packing.bits).min(packing.columns as u32) as usize
    }
}

impl Packed for u128 {
    #[inline(always)]
    fn pack(columns: &[u32], packing: Packing) -> u128 {
        columns.iter().fold(0, |key, &column| key << packing.bits | u128::from(column))
    }

    #[inline(always)]
    fn after(self, first: u32, packing: Packing) -> u128 {
        u128::from(first) << (packing.bits as usize * (packing.columns - 1)) | self >> packing.bits
    }

    #[inline(always)]
    fn column(self, number: usize, packing: Packing) -> u32 {
        let shift = packing.bits as usize * (packing.columns - 1 - number);
        (self >> shift) as u32 & low_bits(packing.bits)
    }

    #[inline(always)]
    fn shared(self, other: u128, packing: Packing) -> usize {
        let above = u128::BITS as usize - packing.bits as usize * packing.columns;
        ((self ^ other).leading_zeros() as usize - above) / packing.bits as usize
    }

    #[inline(always)]
    fn length(self, packing: Packing) -> usize {
        packing.columns - (self.trailing_zeros() / packing.bits).min(packing.columns as u32) as usize
    }
}

/// So many columns of 32 bits, two in each number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wide<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Default for Wide<WORDS> {
    fn default() -> Self {
        Wide([0; WORDS])
    }
}

impl<const WORDS: usize> Packed for Wide<WORDS> {
    fn pack(columns: &[u32], _: Packing) -> Self {
        let mut words = [0; WORDS];
        for (number, &column) in columns.iter().enumerate() {
            words[number / 2] |= u64::from(column) << (32 - 32 * (number % 2));
        }
        Wide(words)
    }

    fn after(self, first: u32, packing: Packing) -> Self {
        let mut words = [0; WORDS];
        let mut carried = u64::from(first);
        for (word, old) in words.iter_mut().zip(self.0) {
            *word = carried << 32 | old >> 32;
            carried = old;
        }
        // What went beyond the last column.
        if packing.columns % 2 == 1 {
            words[packing.columns / 2] &= !0 << 32;
        } else if let Some(beyond) = words.get_mut(packing.columns / 2) {
            *beyond = 0;
        }
        Wide(words)
    }

    fn column(self, number: usize, _: Packing) -> u32 {
        (self.0[number / 2] >> (32 - 32 * (number % 2))) as u32
    }

    fn shared(self, other: Self, packing: Packing) -> usize {
        let differs = self.0.iter().zip(other.0).position(|(&one, other)| one != other);
        let shared = differs.map_or(2 * WORDS, |word| {
            2 * word + (self.0[word] ^ other.0[word]).leading_zeros() as usize / 32
        });
        shared.min(packing.columns)
    }

    fn length(self, packing: Packing) -> usize {
        (0..packing.columns)
            .rev()
            .find(|&number| self.column(number, packing) != 0)
            .map_or(0, |last| last + 1)
    }
}

fn low_bits(bits: u32) -> u32 {
    u32::MAX.checked_shr(32 - bits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check<K: Packed + std::fmt::Debug>(one: &[u32], other: &[u32], first: u32, packing: Packing) {
        let (key, second) = (K::pack(one, packing), K::pack(other, packing));
        assert_eq!(key.cmp(&second), one.cmp(other));
        for (number, &column) in one.iter().enumerate() {
            assert_eq!(key.column(number, packing), column);
        }
        let shared = one.iter().zip(other).take_while(|(one, other)| one == other).count();
        assert_eq!(key.shared(second, packing), shared);
        assert_eq!(key.shared(key, packing), one.len());
        assert_eq!(
            key.length(packing),
            one.len() - one.iter().rev().take_while(|&&column| column == 0).count()
        );
        let after: Vec<u32> = [first].into_iter().chain(one[..one.len() - 1].iter().copied()).collect();
        assert_eq!(key.after(first, packing), K::pack(&after, packing));
    }

    proptest! {
        #[test]
        fn keys_are_ordered_as_rows(
            one in prop::collection::vec(0u32..1 << 12, 8), other in prop::collection::vec(0u32..1 << 12, 8),
            first in 0u32..1 << 12, columns in 1usize..=8, agree in 0usize..8,
        ) {
            let (mut one, mut other) = (one, other);
            one[8 - agree / 2..].fill(0);
            other[..agree].copy_from_slice(&one[..agree]);
            let (one, other) = (&one[..columns], &other[..columns]);
            if columns <= 5 {
                check::<u64>(one, other, first, Packing { columns, bits: 12 });
            }
            check::<u128>(one, other, first, Packing { columns, bits: 16 });
            check::<Wide<4>>(one, other, first, Packing { columns, bits: 32 });
            check::<Wide<10>>(one, other, first, Packing { columns, bits: 32 });
        }
    }

    #[test]
    fn a_key_may_be_one_column_of_all_bits() {
        let packing = Packing { columns: 1, bits: 32 };
        check::<u64>(&[u32::MAX], &[7], 3, packing);
        check::<u64>(&[u32::MAX, 1], &[u32::MAX, 2], 3, Packing { columns: 2, bits: 32 });
        check::<u128>(&[u32::MAX, 1, 0, 9], &[u32::MAX, 2, 1, 1], 3, Packing { columns: 4, bits: 32 });
    }
}
