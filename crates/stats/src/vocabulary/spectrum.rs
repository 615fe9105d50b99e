//! The frequency spectrum: how many types are seen how often.

use std::collections::BTreeMap;

/// V_i: how many types are seen i times, for every i.
///
/// This is all that a measure of vocabulary needs which does not ask for the order of words, and it is small: N tokens have
/// fewer than √(2N) different frequencies.
///
/// ```
/// use stats::vocabulary::Spectrum;
///
/// let spectrum: Spectrum = [3, 1, 1, 2].into_iter().collect(); // the counts of four types
/// assert_eq!((spectrum.tokens(), spectrum.types(), spectrum.of(1)), (7, 4, 2));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spectrum {
    types: BTreeMap<u64, u64>,
}

impl Spectrum {
    /// A spectrum without types.
    pub fn new() -> Spectrum {
        Spectrum::default()
    }

    /// Adds `types` types that are each seen `frequency` times. A type that is never seen is none.
    pub fn add(&mut self, frequency: u64, types: u64) {
        if frequency > 0 && types > 0 {
            let seen = self.types.entry(frequency).or_default();
            *seen = seen.saturating_add(types);
        }
    }

    /// Adds the types of `other`, none of which may be in `self` too.
    ///
    /// Thus shares of a vocabulary are merged, for example ranges of words. Of two *texts* the counts are to be added, word by
    /// word, before a spectrum is made of them.
    pub fn merge(&mut self, other: &Spectrum) {
        for (frequency, types) in other.iter() {
            self.add(frequency, types);
        }
    }

    /// N, how many tokens there are.
    pub fn tokens(&self) -> u64 {
        u64::try_from(self.power_sum(1)).unwrap_or(u64::MAX)
    }

    /// V, how many types there are.
    pub fn types(&self) -> u64 {
        u64::try_from(self.power_sum(0)).unwrap_or(u64::MAX)
    }

    /// V_i, how many types are seen `frequency` times.
    pub fn of(&self, frequency: u64) -> u64 {
        self.types.get(&frequency).copied().unwrap_or(0)
    }

    /// How many different frequencies there are.
    pub fn len(&self) -> usize {
        self.types.len()
    }

    /// Whether there is no type.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// Frequencies with their numbers of types, from the rarest.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, u64)> + '_ {
        self.types.iter().map(|(&frequency, &types)| (frequency, types))
    }

    /// Σ i^power V_i, exact as long as it is below 2^128.
    pub(super) fn power_sum(&self, power: u32) -> u128 {
        self.iter().fold(0, |sum: u128, (frequency, types)| {
            sum.saturating_add(u128::from(frequency).saturating_pow(power).saturating_mul(u128::from(types)))
        })
    }
}

impl FromIterator<u64> for Spectrum {
    /// The spectrum of types that are each seen as often as the iterator says.
    fn from_iter<I: IntoIterator<Item = u64>>(frequencies: I) -> Spectrum {
        let mut spectrum = Spectrum::new();
        for frequency in frequencies {
            spectrum.add(frequency, 1);
        }
        spectrum
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_never_seen_is_no_type() {
        let mut spectrum = Spectrum::new();
        spectrum.add(0, 5);
        spectrum.add(5, 0);
        assert!(spectrum.is_empty());
        assert_eq!((spectrum.tokens(), spectrum.types(), spectrum.len()), (0, 0, 0));
    }

    #[test]
    fn counts_saturate() {
        let mut spectrum = Spectrum::new();
        spectrum.add(u64::MAX, u64::MAX);
        spectrum.add(u64::MAX, 1);
        assert_eq!((spectrum.tokens(), spectrum.types()), (u64::MAX, u64::MAX));
        assert_eq!(spectrum.power_sum(2), u128::MAX);
    }

    proptest! {
        #[test]
        fn shares_of_a_vocabulary_merge_to_the_whole(counts in prop::collection::vec(0u64..50, 0..200), cut in 0usize..200) {
            let (left, right) = counts.split_at(cut.min(counts.len()));
            let whole: Spectrum = counts.iter().copied().collect();
            let mut merged: Spectrum = left.iter().copied().collect();
            merged.merge(&right.iter().copied().collect());
            prop_assert_eq!(&merged, &whole);
            prop_assert_eq!(whole.tokens(), counts.iter().sum::<u64>());
        }
    }
}
