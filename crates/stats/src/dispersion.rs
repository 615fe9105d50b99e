//! Dispersion: whether a word comes everywhere, or in a few parts alone.

mod wide;

use wide::Wide;

/// The parts of a corpus, for example its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// How many parts there are. A part without tokens is none.
    pub count: u64,
    /// How many tokens all parts have.
    pub tokens: u64,
    /// How many tokens the smallest part has.
    pub smallest: u64,
}

impl Parts {
    /// The parts of these sizes, but for empty ones.
    pub fn of(sizes: impl IntoIterator<Item = u64>) -> Parts {
        let mut parts = Parts::none();
        sizes.into_iter().for_each(|size| parts.add(size, 1));
        parts
    }

    /// No parts yet.
    pub fn none() -> Parts {
        Parts { count: 0, tokens: 0, smallest: u64::MAX }
    }

    /// Adds so many parts of a size; those that are empty are none.
    pub fn add(&mut self, size: u64, number: u64) {
        if size > 0 && number > 0 {
            self.count = self.count.saturating_add(number);
            self.tokens = self.tokens.saturating_add(size.saturating_mul(number));
            self.smallest = self.smallest.min(size);
        }
    }
}

/// How evenly a word is spread over the parts of a corpus.
///
/// With n parts, v_i the share of the word's tokens that is in part i, s_i the share of all tokens that is, and p_i
/// the share of the part's tokens that are the word:
///
/// | field | formula | source |
/// |---|---|---|
/// | `dp` | ½ Σ \|v_i - s_i\|: 0 is even, near 1 is all in one place | Gries 2008 |
/// | `dp_norm` | DP / (1 - min s_i), so that 1 can be reached | Lijffijt and Gries 2012 |
/// | `juilland_d` | 1 - CV / √(n - 1), CV the standard deviation of the p_i (of a population: divided by n) by their mean: 1 is even, 0 is all in one part | Juilland and Chang-Rodríguez 1964; relative frequencies as in Gries 2008 |
///
/// They are not a number where the word does not come at all, and the latter two where there is one part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// In how many parts the word comes.
    pub documents: u64,
    /// Gries' deviation of proportions.
    pub dp: f64,
    /// DP by the most it can be.
    pub dp_norm: f64,
    /// Juilland's D.
    pub juilland_d: f64,
}

impl Dispersion {
    /// The dispersion of a word, of which the parts that it comes in say how often, and how many tokens they have.
    ///
    /// ```
    /// use stats::dispersion::{Dispersion, Parts};
    ///
    /// let parts = Parts::of([100, 100, 200]);
    /// let dispersion = Dispersion::of(parts, &[(3, 100), (1, 200)]);
    /// assert_eq!((dispersion.documents, dispersion.dp), (2, 0.5)); // half of |.75 - .25| + |0 - .25| + |.25 - .5|
    /// assert_eq!(dispersion.dp_norm, 0.5 / 0.75);
    /// ```
    pub fn of(parts: Parts, counts: &[(u64, u64)]) -> Dispersion {
        let total = counts.iter().fold(0, |sum: u64, &(count, _)| sum.saturating_add(count));
        let mut spread = Spread::new(parts, total);
        for &(count, size) in counts {
            spread.add(count, size);
        }
        spread.finish()
    }

    /// The measures with the names that programs know them by.
    pub fn named(&self) -> [(&'static str, f64); 3] {
        [("dp", self.dp), ("dp_norm", self.dp_norm), ("juilland_d", self.juilland_d)]
    }
}

/// The dispersion of a word under way: parts are added one by one, and none is kept.
///
/// Only parts that the word comes in are added; what the others add follows from the totals. All sums are whole numbers,
/// so that neither the order of parts nor how they were merged makes a difference. How often the word comes in
/// all has to be known beforehand, for |v_i - s_i| asks for it; where it is not, keep the counts for [`Dispersion::of`].
///
/// ```
/// use stats::dispersion::{Parts, Spread};
///
/// let mut spread = Spread::new(Parts { count: 4, tokens: 400, smallest: 100 }, 2);
/// spread.add(1, 100);
/// spread.add(1, 100);
/// assert_eq!(spread.finish().dp, 0.5);
/// ```
#[derive(Debug, Clone)]
pub struct Spread {
    parts: Parts,
    total: u64,
    documents: u64,
    /// Tokens of the parts that were added.
    tokens: u64,
    /// Σ |count T - size f|, for T tokens and f of the word.
    deviation: u128,
    /// Σ p_i in units of 2^-96.
    share: u128,
    /// Σ p_i² in units of 2^-192.
    share_squared: Wide,
}

impl Spread {
    /// A word that comes `total` times in these parts.
    pub fn new(parts: Parts, total: u64) -> Spread {
        Spread {
            parts,
            total,
            documents: 0,
            tokens: 0,
            deviation: 0,
            share: 0,
            share_squared: Wide::default(),
        }
    }

    /// Adds a part of `size` tokens, `count` of which are the word.
    pub fn add(&mut self, count: u64, size: u64) {
        self.add_parts(count, size, 1);
    }

    /// Adds `number` parts of `size` tokens each, `count` of each of which are the word.
    pub fn add_parts(&mut self, count: u64, size: u64, number: u64) {
        if count == 0 || size == 0 {
            return;
        }
        let expected = u128::from(size) * u128::from(self.total);
        let found = u128::from(count) * u128::from(self.parts.tokens);
        let share = share(count.min(size), size);
        let times = u128::from(number);
        self.documents = self.documents.saturating_add(number);
        self.tokens = self.tokens.saturating_add(size.saturating_mul(number));
        self.deviation = self.deviation.saturating_add(found.abs_diff(expected).saturating_mul(times));
        self.share = self.share.saturating_add(share.saturating_mul(times));
        self.share_squared = self.share_squared.plus(Wide::product(share, share).times(number));
    }

    /// The dispersion, when all parts are added that the word comes in.
    pub fn finish(&self) -> Dispersion {
        let Parts { count, tokens, smallest } = self.parts;
        let elsewhere = u128::from(tokens.saturating_sub(self.tokens)) * u128::from(self.total);
        let deviation = self.deviation.saturating_add(elsewhere) as f64;
        let dp = deviation / tokens as f64 / self.total as f64 / 2.0;
        let largest = tokens.saturating_sub(smallest);
        let dp_norm = if largest > 0 { dp * (tokens as f64 / largest as f64) } else { f64::NAN };
        Dispersion { documents: self.documents, dp, dp_norm, juilland_d: self.juilland_d(count) }
    }

    /// 1 - √((n Σp² - (Σp)²) / (Σp)² / (n - 1)); the difference is one of whole numbers.
    fn juilland_d(&self, parts: u64) -> f64 {
        if parts < 2 || self.share == 0 {
            return f64::NAN;
        }
        let variance = self.share_squared.times(parts).minus(Wide::product(self.share, self.share)).to_real();
        let mean = self.share as f64;
        (1.0 - (variance / mean / mean / (parts - 1) as f64).sqrt()).max(0.0)
    }
}

/// A share in units of 2^-96, rounded down.
fn share(count: u64, size: u64) -> u128 {
    let (count, size) = (u128::from(count), u128::from(size));
    let (high, rest) = ((count << 64) / size, (count << 64) % size);
    (high << 32) + (rest << 32) / size
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By the formulas, every part looked at.
    fn naive(counts: &[(u64, u64)]) -> [f64; 3] {
        let parts = counts.len() as f64;
        let tokens: f64 = counts.iter().map(|&(_, size)| size as f64).sum();
        let total: f64 = counts.iter().map(|&(count, _)| count as f64).sum();
        let smallest = counts.iter().map(|&(_, size)| size).min().unwrap_or(0) as f64;
        let dp = counts
            .iter()
            .map(|&(count, size)| (count as f64 / total - size as f64 / tokens).abs())
            .sum::<f64>()
            / 2.0;
        let shares: Vec<f64> = counts.iter().map(|&(count, size)| count as f64 / size as f64).collect();
        let mean = shares.iter().sum::<f64>() / parts;
        let variance = shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / parts;
        [dp, dp / (1.0 - smallest / tokens), 1.0 - variance.sqrt() / mean / (parts - 1.0).sqrt()]
    }

    fn of(counts: &[(u64, u64)]) -> Dispersion {
        let parts = Parts::of(counts.iter().map(|&(_, size)| size));
        let here: Vec<_> = counts.iter().copied().filter(|&(count, _)| count > 0).collect();
        Dispersion::of(parts, &here)
    }

    #[test]
    fn even_is_even_and_all_in_one_place_is_not() {
        let even = of(&[(7, 100); 9]);
        assert_eq!((even.dp, even.dp_norm, even.juilland_d, even.documents), (0.0, 0.0, 1.0, 9));
        let uneven = of(&[(7, 100), (0, 100), (0, 100), (0, 100)]);
        assert_eq!((uneven.dp, uneven.dp_norm, uneven.documents), (0.75, 1.0, 1));
        assert!((0.0..1e-15).contains(&uneven.juilland_d), "{uneven:?}");
    }

    #[test]
    fn what_has_no_value_is_not_a_number() {
        let nowhere = of(&[(0, 10), (0, 20)]);
        assert!(nowhere.named().iter().all(|(_, value)| value.is_nan()), "{nowhere:?}");
        let one = of(&[(3, 10)]);
        assert!(one.dp == 0.0 && one.dp_norm.is_nan() && one.juilland_d.is_nan(), "{one:?}");
        assert!(of(&[]).dp.is_nan());
    }

    #[test]
    fn numbers_that_do_not_fit_together_do_no_harm() {
        for parts in
            [Parts { count: 0, tokens: 0, smallest: 9 }, Parts { count: 3, tokens: 1, smallest: u64::MAX }]
        {
            let mut spread = Spread::new(parts, 2);
            for (count, size) in [(u64::MAX, 1), (1, u64::MAX), (u64::MAX, u64::MAX), (0, 0)] {
                spread.add(count, size);
            }
            let _ = spread.finish();
        }
    }

    proptest! {
        #[test]
        fn measures_are_their_formulas(
            counts in prop::collection::vec((0u64..5, 5u64..5_000), 2..60).prop_filter("it comes", |counts| {
                counts.iter().any(|&(count, _)| count > 0)
            }),
        ) {
            let (found, wanted) = (of(&counts), naive(&counts));
            for ((name, found), wanted) in found.named().into_iter().zip(wanted) {
                prop_assert!((found - wanted).abs() < 1e-12, "{} {} {}", name, found, wanted);
            }
        }

        #[test]
        fn parts_that_are_alike_are_added_at_once(counts in prop::collection::vec((1u64..9, 9u64..5_000, 1u64..20), 1..9)) {
            let parts = Parts { count: 300, tokens: 2_000_000, smallest: 9 };
            let (mut at_once, mut one_by_one) = (Spread::new(parts, 900), Spread::new(parts, 900));
            for (count, size, number) in counts {
                at_once.add_parts(count, size, number);
                (0..number).for_each(|_| one_by_one.add(count, size));
            }
            prop_assert_eq!(at_once.finish().named().map(|(_, value)| value.to_bits()), one_by_one.finish().named().map(|(_, value)| value.to_bits()));
        }

        #[test]
        fn the_order_of_parts_makes_no_difference(mut counts in prop::collection::vec((1u64..50, 50u64..1 << 40), 2..60)) {
            let forwards = of(&counts);
            counts.reverse();
            prop_assert_eq!(of(&counts), forwards);
        }
    }
}
