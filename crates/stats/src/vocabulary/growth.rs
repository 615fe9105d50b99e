//! How the vocabulary grows with the text, as the whole text lets one expect.

use super::Spectrum;
use super::sum::sum;

/// How many types a part of the text is expected to have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// n, how many tokens the part has.
    pub tokens: u64,
    /// E[V(n)], how many types it is expected to have.
    pub types: f64,
    /// E[V1(n)], how many of them it is expected to have once.
    pub hapaxes: f64,
}

/// Binomial interpolation: what a part of n of N tokens, drawn by chance, is expected to hold.
///
/// E\[V(n)\] = V - Σ V_i (1 - n/N)^i and E\[V1(n)\] = Σ V_i i (n/N) (1 - n/N)^(i-1) (Baayen 2001, equations 2.43 and 2.41 with
/// m = 1; what zipfR's `vgc.interp` works out). The order of words plays no part, so that the curve is that of any order,
/// and of merged parts too. A real text, in its own order, lies below it, since words come in clusters.
///
/// ```
/// use stats::vocabulary::{Interpolation, Spectrum};
///
/// let spectrum: Spectrum = [2, 1, 1].into_iter().collect();
/// let growth = Interpolation::of(&spectrum);
/// assert_eq!(growth.at(4).types, 3.0);
/// assert_eq!(growth.at(2).types, 3.0 - (2.0 * 0.5 + 0.25));
/// assert_eq!(growth.curve(2).len(), 2);
/// ```
#[derive(Debug, Clone)]
pub struct Interpolation {
    /// From the rarest.
    classes: Vec<Class>,
    tokens: u64,
    types: u64,
    hapaxes: u64,
}

/// The types of one frequency.
#[derive(Debug, Clone)]
struct Class {
    frequency: f64,
    types: f64,
    /// How many types are more frequent.
    types_above: f64,
}

/// From this exponent on 1 - exp(-x) is 1 to the last digit, and x exp(-x) nothing beside 1.
const CERTAIN: f64 = 40.0;

impl Interpolation {
    /// Prepares the interpolation of a spectrum.
    pub fn of(spectrum: &Spectrum) -> Interpolation {
        let (types, mut above) = (spectrum.types(), spectrum.types());
        let classes = spectrum.iter().map(|(frequency, types)| {
            above = above.saturating_sub(types);
            Class { frequency: frequency as f64, types: types as f64, types_above: above as f64 }
        });
        Interpolation {
            classes: classes.collect(),
            tokens: spectrum.tokens(),
            types,
            hapaxes: spectrum.of(1),
        }
    }

    /// What is expected of `tokens` tokens; not a number where there are not so many.
    pub fn at(&self, tokens: u64) -> Point {
        if tokens > self.tokens {
            return Point { tokens, types: f64::NAN, hapaxes: f64::NAN };
        }
        if tokens == self.tokens {
            return Point { tokens, types: self.types as f64, hapaxes: self.hapaxes as f64 };
        }
        let share = tokens as f64 / self.tokens as f64;
        let decay = -(-share).ln_1p();
        // Types that are certain to be there are not gone through: of the frequencies those up to 40 N/n are left.
        let end = self.classes.partition_point(|class| (class.frequency - 1.0) * decay < CERTAIN);
        let certain = end.checked_sub(1).map_or(self.types as f64, |last| self.classes[last].types_above);
        let uncertain = || {
            self.classes[..end].iter().map(|class| (class, Decayed::after((class.frequency - 1.0) * decay)))
        };
        // 1 - (1 - p)^i = p + (1 - p) (1 - (1 - p)^(i - 1)), so that one power serves both.
        let types = uncertain().map(|(class, rest)| class.types * (share + (1.0 - share) * rest.gone));
        let hapaxes = uncertain().map(|(class, rest)| class.types * class.frequency * share * rest.left);
        Point { tokens, types: sum(types) + certain, hapaxes: sum(hapaxes) }
    }

    /// The curve at `points` places, or as many as there are tokens if these are fewer: ⌊k N / points⌋ tokens for k = 1 to
    /// `points`, of which the last are all.
    pub fn curve(&self, points: u64) -> Vec<Point> {
        let points = points.min(self.tokens);
        let place = |k: u64| (u128::from(k) * u128::from(self.tokens) / u128::from(points)) as u64;
        (1..=points).map(|k| self.at(place(k))).collect()
    }
}

/// exp(-x) and 1 - exp(-x), both to the last digits.
struct Decayed {
    left: f64,
    gone: f64,
}

impl Decayed {
    fn after(x: f64) -> Decayed {
        if x > 1.0 {
            let left = (-x).exp();
            Decayed { left, gone: 1.0 - left }
        } else {
            let gone = -(-x).exp_m1();
            Decayed { left: 1.0 - gone, gone }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_nothing_nothing_is_expected() {
        let growth = Interpolation::of(&Spectrum::new());
        assert_eq!(growth.at(0), Point { tokens: 0, types: 0.0, hapaxes: 0.0 });
        assert!(growth.at(1).types.is_nan());
        assert!(growth.curve(100).is_empty());
    }

    #[test]
    fn a_vast_spectrum_is_gone_through_in_no_time_and_loses_nothing() {
        let mut spectrum = Spectrum::new();
        for frequency in 1..=100_000 {
            spectrum.add(frequency, 1);
        }
        let growth = Interpolation::of(&spectrum);
        let curve = growth.curve(100);
        assert!(curve.windows(2).all(|pair| pair[0].types < pair[1].types));
        // A token is drawn: it is of one type, once.
        let first = growth.at(1);
        assert!((first.types - 1.0).abs() < 1e-4 && (first.hapaxes - 1.0).abs() < 1e-4, "{first:?}");
        // All but one token are drawn: a hapax is missing once in N times, a type of two as good as never.
        let last = growth.at(spectrum.tokens() - 1);
        let share = 1.0 / spectrum.tokens() as f64;
        assert!((100_000.0 - last.types - share).abs() < 1e-9, "{last:?}");
        assert!((last.hapaxes - (1.0 - share + 2.0 * share)).abs() < 1e-12, "{last:?}");
    }

    #[test]
    fn the_largest_numbers_do_no_harm() {
        let mut spectrum = Spectrum::new();
        spectrum.add(u64::MAX, u64::MAX);
        spectrum.add(1, 3);
        for point in Interpolation::of(&spectrum).curve(7) {
            assert!(point.types.is_finite() && point.hapaxes.is_finite(), "{point:?}");
        }
    }

    proptest! {
        #[test]
        fn the_curve_is_its_formula_and_ends_at_all_types(
            counts in prop::collection::vec(1u64..80, 1..100),
            points in 1u64..50,
        ) {
            let spectrum: Spectrum = counts.iter().copied().collect();
            let curve = Interpolation::of(&spectrum).curve(points);
            let last = curve.last().expect("a point");
            prop_assert_eq!(last.tokens, spectrum.tokens());
            prop_assert_eq!((last.types, last.hapaxes), (spectrum.types() as f64, spectrum.of(1) as f64));
            for point in curve {
                let share = point.tokens as f64 / spectrum.tokens() as f64;
                let absent = |power: u64| (1.0 - share).powi(power as i32);
                let types: f64 = counts.iter().map(|&count| 1.0 - absent(count)).sum();
                let hapaxes: f64 = counts.iter().map(|&count| count as f64 * share * absent(count - 1)).sum();
                prop_assert!((point.types - types).abs() < 1e-12 * types.max(1.0));
                prop_assert!((point.hapaxes - hapaxes).abs() < 1e-12 * hapaxes.max(1.0));
            }
        }
    }
}
