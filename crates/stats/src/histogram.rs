//! How many things have which length: exact, mergeable.

use std::collections::BTreeMap;

/// Lengths below this have a place of their own in an array.
const SHORT: usize = 256;

/// Counts of lengths.
///
/// ```
/// let mut lengths = stats::Histogram::default();
/// [3, 1, 3, 9].map(|length| lengths.add(length, 1));
/// assert_eq!((lengths.min(), lengths.quantile(50), lengths.max()), (Some(1), Some(3), Some(9)));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Histogram {
    short: Vec<u64>,
    long: BTreeMap<u64, u64>,
}

/// They hold the same lengths.
impl PartialEq for Histogram {
    fn eq(&self, other: &Histogram) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Histogram {}

impl Histogram {
    /// `count` more things of a length.
    pub fn add(&mut self, length: u64, count: u64) {
        match usize::try_from(length) {
            Ok(index) if index < SHORT => {
                if self.short.len() <= index {
                    // As long as it must be: there may be many histograms, of many groups.
                    self.short.resize((index + 1).next_power_of_two(), 0);
                }
                self.short[index] = self.short[index].saturating_add(count);
            }
            _ => {
                let sum = self.long.entry(length).or_default();
                *sum = sum.saturating_add(count);
            }
        }
    }

    /// Takes in the counts of another.
    pub fn merge(&mut self, other: &Histogram) {
        other.iter().for_each(|(length, count)| self.add(length, count));
    }

    /// Lengths that were seen and how often, the shortest first.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let short = self.short.iter().enumerate().map(|(length, &count)| (length as u64, count));
        short.filter(|&(_, count)| count > 0).chain(self.long.iter().map(|(&length, &count)| (length, count)))
    }

    /// How many things.
    pub fn count(&self) -> u64 {
        self.iter().fold(0, |sum, (_, count)| sum.saturating_add(count))
    }

    /// The sum of all lengths.
    pub fn sum(&self) -> u128 {
        self.iter()
            .fold(0, |sum: u128, (length, count)| sum.saturating_add(u128::from(length) * u128::from(count)))
    }

    /// The mean length; 0 of nothing.
    pub fn mean(&self) -> f64 {
        let count = self.count();
        if count == 0 { 0.0 } else { self.sum() as f64 / count as f64 }
    }

    /// The mean length, if there is anything.
    pub fn defined_mean(&self) -> Option<f64> {
        (self.count() > 0).then(|| self.mean())
    }

    /// The lengths that describe a distribution, by name: `min`, `median`, `p90`, `p99`, `max`.
    pub fn summary(&self) -> [(&'static str, Option<u64>); 5] {
        let [median, p90, p99] = [50, 90, 99].map(|percent| self.quantile(percent));
        [("min", self.min()), ("median", median), ("p90", p90), ("p99", p99), ("max", self.max())]
    }

    /// The shortest length.
    pub fn min(&self) -> Option<u64> {
        self.iter().next().map(|(length, _)| length)
    }

    /// The longest length.
    pub fn max(&self) -> Option<u64> {
        self.iter().last().map(|(length, _)| length)
    }

    /// The least length that at least so many per cent of things do not pass (nearest rank).
    pub fn quantile(&self, percent: u64) -> Option<u64> {
        let rank = (u128::from(self.count()) * u128::from(percent)).div_ceil(100).max(1);
        let mut seen = 0u128;
        self.iter().find_map(|(length, count)| {
            seen = seen.saturating_add(u128::from(count));
            (seen >= rank).then_some(length)
        })
    }

    /// Counts in classes that double: 0, 1, 2–3, 4–7, … as `(first, last, count)`, without gaps.
    pub fn doubling_classes(&self) -> Vec<(u64, u64, u64)> {
        let class_of = |length: u64| u64::BITS - length.leading_zeros();
        let Some(max) = self.max() else { return Vec::new() };
        let first_class = self.min().map_or(0, class_of);
        let mut classes: Vec<(u64, u64, u64)> =
            (first_class..=class_of(max))
                .map(|class| {
                    if class == 0 {
                        (0, 0, 0)
                    } else {
                        (1 << (class - 1), u64::MAX >> (u64::BITS - class), 0)
                    }
                })
                .collect();
        for (length, count) in self.iter() {
            let class = &mut classes[(class_of(length) - first_class) as usize];
            class.2 = class.2.saturating_add(count);
        }
        classes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_numbers_are_those_of_the_sorted_list(mut lengths in prop::collection::vec(0u64..1000, 1..60), split in 0usize..60) {
            let split = split.min(lengths.len());
            let mut histogram = Histogram::default();
            let mut other = Histogram::default();
            lengths[..split].iter().for_each(|&length| histogram.add(length, 1));
            lengths[split..].iter().for_each(|&length| other.add(length, 1));
            histogram.merge(&other);
            lengths.sort_unstable();
            prop_assert_eq!(histogram.count(), lengths.len() as u64);
            prop_assert_eq!(histogram.sum(), u128::from(lengths.iter().sum::<u64>()));
            prop_assert_eq!((histogram.min(), histogram.max()), (lengths.first().copied(), lengths.last().copied()));
            for percent in [1, 50, 90, 99, 100] {
                let rank = (lengths.len() * percent).div_ceil(100).max(1);
                prop_assert_eq!(histogram.quantile(percent as u64), Some(lengths[rank - 1]));
            }
            let classes = histogram.doubling_classes();
            prop_assert_eq!(classes.iter().map(|class| class.2).sum::<u64>(), lengths.len() as u64);
            prop_assert!(classes.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0));
        }
    }

    #[test]
    fn counts_do_not_wrap() {
        let mut histogram = Histogram::default();
        for length in [3, 3, 300, 300, 3] {
            histogram.add(length, u64::MAX);
        }
        assert_eq!(
            (histogram.count(), histogram.quantile(50), histogram.max()),
            (u64::MAX, Some(3), Some(300))
        );
        assert!(histogram.doubling_classes().iter().all(|class| class.2 == 0 || class.2 == u64::MAX));
    }

    #[test]
    fn nothing_has_no_lengths() {
        let empty = Histogram::default();
        assert_eq!((empty.min(), empty.quantile(50), empty.max(), empty.mean()), (None, None, None, 0.0));
        assert!(empty.doubling_classes().is_empty());
    }

    #[test]
    fn the_last_class_ends_where_numbers_do() {
        let mut longest = Histogram::default();
        longest.add(u64::MAX, 2);
        assert_eq!(longest.doubling_classes(), [(1 << 63, u64::MAX, 2)]);
    }
}
