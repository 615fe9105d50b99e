//! A mean that is the same whatever order its values came in, and however they were parted.

/// 2^40: values are kept to this part of one.
const SCALE: f64 = (1u64 << 40) as f64;

/// A weighted mean of measures, for example of the MTLD of documents, by their lengths.
///
/// Values are rounded to a multiple of 2^-40 and summed as whole numbers, so that parts can be merged in any order and give
/// the same bytes. A mean is thereby off by 2^-41, that is 4.6e-13, at most. Values and weights may be as large as 10^12:
/// the sum saturates where values times weights exceed 1.5e26 in all.
///
/// ```
/// use stats::vocabulary::Mean;
///
/// let mut mean = Mean::default();
/// mean.add(0.5, 1);
/// mean.add(0.75, 3);
/// mean.add(f64::NAN, 100); // has no value, and so no weight
/// assert_eq!((mean.value(), mean.weight()), (0.6875, 4));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mean {
    sum: i128,
    weight: u64,
}

impl Mean {
    /// Adds a value that counts as much as `weight` others; one that is not a finite number is left out.
    pub fn add(&mut self, value: f64, weight: u64) {
        if value.is_finite() {
            let scaled = (value * SCALE).round() as i128;
            self.merge(&Mean { sum: scaled.saturating_mul(i128::from(weight)), weight });
        }
    }

    /// Adds all values of `other`.
    pub fn merge(&mut self, other: &Mean) {
        self.sum = self.sum.saturating_add(other.sum);
        self.weight = self.weight.saturating_add(other.weight);
    }

    /// The mean; not a number if there is no value.
    pub fn value(&self) -> f64 {
        self.sum as f64 / self.weight as f64 / SCALE
    }

    /// The sum of the weights.
    pub fn weight(&self) -> u64 {
        self.weight
    }

    /// What the mean is made of, for files: the sum in parts of 2^-40, and the weight.
    pub fn to_integers(self) -> (i128, u64) {
        (self.sum, self.weight)
    }

    /// The mean that [`Mean::to_integers`] was asked of.
    pub fn from_integers(sum: i128, weight: u64) -> Mean {
        Mean { sum, weight }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(values: &[(f64, u64)]) -> Mean {
        let mut mean = Mean::default();
        for &(value, weight) in values {
            mean.add(value, weight);
        }
        mean
    }

    #[test]
    fn no_value_no_mean() {
        assert!(Mean::default().value().is_nan());
        assert!(of(&[(f64::NAN, 3), (f64::INFINITY, 1)]).value().is_nan());
        assert!(of(&[(1.0, 0)]).value().is_nan());
    }

    #[test]
    fn the_largest_numbers_do_no_harm() {
        assert!(of(&[(f64::MAX, u64::MAX), (f64::MAX, u64::MAX)]).value() > 0.0);
        assert!(of(&[(f64::MIN, u64::MAX), (f64::MIN, 1)]).value() < 0.0);
    }

    proptest! {
        #[test]
        fn any_parting_in_any_order_gives_the_same(
            values in prop::collection::vec((0.0f64..1e4, 1u64..1_000_000), 1..40),
            cut in 0usize..40,
        ) {
            let (left, right) = values.split_at(cut.min(values.len()));
            let whole = of(&values);
            let (sum, weight) = of(left).to_integers();
            let mut merged = of(&right.iter().rev().copied().collect::<Vec<_>>());
            merged.merge(&Mean::from_integers(sum, weight));
            prop_assert_eq!(merged, whole);
            let total: f64 = values.iter().map(|&(_, weight)| weight as f64).sum();
            let plain = values.iter().map(|&(value, weight)| value * weight as f64 / total).sum::<f64>();
            prop_assert!((whole.value() - plain).abs() < 1e-12 * plain.max(1.0));
        }
    }
}
