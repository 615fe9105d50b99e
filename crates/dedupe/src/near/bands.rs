//! Bands: how a signature is cut, and how likely two documents then meet.

/// The recall at the threshold that a choice must reach.
const RECALL_MIN: f64 = 0.95;

/// More bands than give this recall at the threshold are memory and time for nothing.
const RECALL_ENOUGH: f64 = 0.999;

/// A signature of `count × rows` values, cut into `count` bands of `rows` values each. Two documents are compared if all
/// values of one band are equal.
///
/// ```
/// use dedupe::near::bands::Bands;
///
/// let bands = Bands::choose(0.8, 128);
/// assert_eq!((bands.count, bands.rows), (18, 7));
/// assert!(bands.recall(0.8) > 0.98 && bands.recall(0.4) < 0.04);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// How many.
    pub count: usize,
    /// Values in each.
    pub rows: usize,
}

impl Bands {
    /// Of what a signature of `functions` values allows, the bands with the most rows, hence the fewest needless
    /// comparisons, whose recall at the threshold is at least .95; one row if none has that.
    pub fn choose(threshold: f64, functions: usize) -> Bands {
        let functions = functions.max(1);
        let with_rows = |rows: usize| Bands { count: functions / rows, rows };
        let mut bands = (1..=functions)
            .rev()
            .map(with_rows)
            .find(|bands| bands.recall(threshold) >= RECALL_MIN)
            .unwrap_or(with_rows(1));
        while bands.count > 1
            && (Bands { count: bands.count - 1, ..bands }).recall(threshold) >= RECALL_ENOUGH
        {
            bands.count -= 1;
        }
        bands
    }

    /// The probability that two documents of this Jaccard similarity are compared: 1 − (1 − sʳ)ᵇ
    /// (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4.2).
    pub fn recall(self, similarity: f64) -> f64 {
        1.0 - (1.0 - similarity.powi(self.rows as i32)).powi(self.count as i32)
    }

    /// How many values of a signature are used.
    pub fn values(self) -> usize {
        self.count * self.rows
    }

    /// Puts what stands for each band of a signature into `keys`: 32 bits, of which equal bands have the same.
    pub fn keys_into(self, signature: &[u32], keys: &mut Vec<u32>) {
        let bands = signature.chunks_exact(self.rows).take(self.count);
        keys.extend(bands.map(|values| (mixed(values) >> 32) as u32));
    }
}

/// A hash of a few values.
fn mixed(values: &[u32]) -> u64 {
    values.iter().fold(values.len() as u64, |hash, &value| super::mix(hash ^ u64::from(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_curve_is_that_of_the_books() {
        // 14 × 8 at .8, 20 × 5 at .6 and 25 × 10 at .8, as they are often printed.
        for (count, rows, similarity, wanted) in
            [(14, 8, 0.8, 0.924), (20, 5, 0.6, 0.802), (25, 10, 0.8, 0.941)]
        {
            let recall = Bands { count, rows }.recall(similarity);
            assert!((recall - wanted).abs() < 0.001, "{recall}");
        }
    }

    #[test]
    fn choices_for_128_functions() {
        for (threshold, count, rows) in
            [(0.5, 42, 3), (0.7, 25, 5), (0.8, 18, 7), (0.9, 10, 12), (1.0, 1, 128)]
        {
            assert_eq!(Bands::choose(threshold, 128), Bands { count, rows }, "{threshold}");
        }
    }

    proptest! {
        #[test]
        fn the_recall_is_reached_where_it_can_be(threshold in 0.01f64..=1.0, functions in 1usize..600) {
            let bands = Bands::choose(threshold, functions);
            prop_assert!(bands.count >= 1 && bands.values() <= functions);
            let best = Bands { count: functions, rows: 1 }.recall(threshold);
            prop_assert!(bands.recall(threshold) >= RECALL_MIN.min(best));
        }
    }
}
