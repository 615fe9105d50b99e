//! Keyness: how much more often a word comes in one text than in another, and how sure one can be of it.

mod significance;
mod statistics;
mod zero;

use std::cmp::Ordering;

pub use significance::{critical_value, p_value};
use statistics::Table;
pub use zero::{UnknownZeroHandling, ZeroHandling};

/// The quantile of the normal distribution that leaves 2.5 % above it.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// Measures of keyness of one word, which comes a times among the n1 tokens of text A and b times among the n2 of text B.
///
/// With N = n1 + n2, E1 = n1 (a + b) / N and E2 = n2 (a + b) / N, and natural logarithms but for those of base 2:
///
/// | field | formula | source |
/// |---|---|---|
/// | `ll2` | 2 (a ln(a/E1) + b ln(b/E2)) | Rayson and Garside 2000; the UCREL calculator |
/// | `ll4` | 2 Σ o ln(o/e) over four cells: the word and all other tokens, in A and in B | Dunning 1993; AntConc |
/// | `chi2` | Σ (o - e)² / e over the four cells, without Yates' correction | Pearson 1900 |
/// | `percent_diff` | 100 (a/n1 - b/n2) / (b/n2) | Gabrielatos and Marchi 2011 |
/// | `log_ratio` | log2((a/n1) / (b/n2)) | Hardie 2014 |
/// | `log_ratio_low`, `log_ratio_high` | log_ratio ∓ 1.96 √(1/a - 1/n1 + 1/b - 1/n2) / ln 2 | Katz et al. 1978, of the relative risk |
///
/// o ln o is nought for o = 0. The first three say how sure one can be, the others how large the difference is. Those three
/// are never negative, and [`Keyness::sign`] says of which text the word is typical; the others are positive for A.
///
/// # Nought
///
/// Nothing is divided by a count of nought: [`ZeroHandling`] says what is done instead. The first three need no such rule.
/// `percent_diff` of a = 0 is -100 under all of them. Where the word comes in neither text, or one of them is empty, there is
/// nothing to compare: the first three are 0, and the others are not a number. Nothing else gives what is not a number. A
/// total that is less than the count is taken to be the count.
///
/// ```
/// use stats::keyness::{Keyness, ZeroHandling};
///
/// let keyness = Keyness::of(60, 10_000, 30, 20_000, ZeroHandling::default());
/// assert_eq!((keyness.percent_diff, keyness.log_ratio, keyness.sign()), (300.0, 2.0, 1.0));
/// assert!((keyness.ll2 - 41.588_830_833_596_72).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Keyness {
    /// The log-likelihood ratio G², of the two counts of the word.
    pub ll2: f64,
    /// The log-likelihood ratio G², of the four cells of the table.
    pub ll4: f64,
    /// Pearson's χ².
    pub chi2: f64,
    /// %DIFF.
    pub percent_diff: f64,
    /// Log Ratio: the binary logarithm of the relative risk.
    pub log_ratio: f64,
    /// The lower end of its confidence interval of 95 %.
    pub log_ratio_low: f64,
    /// The upper end.
    pub log_ratio_high: f64,
    /// Greater where the word is more frequent in A, less where it is in B, by the exact shares of tokens.
    pub direction: Ordering,
}

impl Keyness {
    /// The keyness of a word that comes `a` times among `n1` tokens of A, and `b` times among `n2` of B.
    pub fn of(a: u64, n1: u64, b: u64, n2: u64, zero: ZeroHandling) -> Keyness {
        let table = Table::new(a, n1, b, n2);
        let [log_ratio_low, log_ratio, log_ratio_high] = log_ratio(&table, zero);
        Keyness {
            ll2: table.log_likelihood_of_two(),
            ll4: table.log_likelihood_of_four(),
            chi2: table.chi_square(),
            percent_diff: percent_diff(&table, zero),
            log_ratio,
            log_ratio_low,
            log_ratio_high,
            direction: table.direction(),
        }
    }

    /// 1 where the word is overused in A, -1 where it is overused in B, else 0.
    pub fn sign(&self) -> f64 {
        f64::from(self.direction as i8)
    }

    /// The measures with the names that programs know them by, in the order of the fields.
    pub fn named(&self) -> [(&'static str, f64); 7] {
        [
            ("ll2", self.ll2),
            ("ll4", self.ll4),
            ("chi2", self.chi2),
            ("percent_diff", self.percent_diff),
            ("log_ratio", self.log_ratio),
            ("log_ratio_low", self.log_ratio_low),
            ("log_ratio_high", self.log_ratio_high),
        ]
    }
}

fn percent_diff(table: &Table, zero: ZeroHandling) -> f64 {
    if !table.is_comparable() {
        return f64::NAN;
    }
    if table.counts[1] > 0 {
        return 100.0 * table.difference() / (table.counts[1] as f64 * table.totals[0] as f64);
    }
    let share = table.counts[0] as f64 / table.totals[0] as f64;
    100.0 * (share / zero.share(0, table.totals[1]) - 1.0)
}

/// The lower end, the ratio itself, the upper end.
fn log_ratio(table: &Table, zero: ZeroHandling) -> [f64; 3] {
    if !table.is_comparable() {
        return [f64::NAN; 3];
    }
    let [one, other] = [0, 1].map(|text| zero.share(table.counts[text], table.totals[text]));
    let ratio = (one / other).log2();
    let variance = |share: f64, total: u64| (1.0 / share - 1.0) / total as f64;
    let deviation = (variance(one, table.totals[0]) + variance(other, table.totals[1])).max(0.0).sqrt();
    let margin = NORMAL_97_5 * deviation / std::f64::consts::LN_2;
    if margin.is_finite() {
        [ratio - margin, ratio, ratio + margin]
    } else {
        [-f64::INFINITY, ratio, f64::INFINITY]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [ZeroHandling; 3] =
        [ZeroHandling::Add(0.5), ZeroHandling::Small(1e-18), ZeroHandling::Infinite];

    #[test]
    fn a_word_of_one_text_alone_is_as_the_option_says() {
        let [added, small, infinite] = ALL.map(|zero| Keyness::of(8, 1000, 0, 2000, zero));
        assert_eq!((added.log_ratio, added.percent_diff), (5.0, 3100.0));
        assert!((small.log_ratio - (0.008f64 / 1e-18).log2()).abs() < 1e-12);
        assert!((small.percent_diff / (100.0 * (0.008 / 1e-18 - 1.0)) - 1.0).abs() < 1e-12);
        assert_eq!((infinite.log_ratio, infinite.percent_diff), (f64::INFINITY, f64::INFINITY));
        assert_eq!((infinite.log_ratio_low, infinite.log_ratio_high), (-f64::INFINITY, f64::INFINITY));
        for zero in ALL {
            let (here, there) = (Keyness::of(8, 1000, 0, 2000, zero), Keyness::of(0, 2000, 8, 1000, zero));
            assert_eq!(there.percent_diff, -100.0);
            assert!((here.log_ratio + there.log_ratio).abs() < 1e-12 || here.log_ratio == -there.log_ratio);
        }
    }

    #[test]
    fn where_there_is_nothing_to_compare_there_is_no_evidence_and_no_effect() {
        for zero in ALL {
            for (a, n1, b, n2) in [(0, 10, 0, 10), (3, 10, 0, 0), (0, 0, 3, 10), (0, 0, 0, 0)] {
                let keyness = Keyness::of(a, n1, b, n2, zero);
                assert_eq!([keyness.ll2, keyness.ll4, keyness.chi2, keyness.sign()], [0.0; 4], "{keyness:?}");
                assert!(keyness.percent_diff.is_nan() && keyness.log_ratio.is_nan(), "{keyness:?}");
            }
            let all = Keyness::of(5, 5, 9, 9, zero);
            assert_eq!(
                [all.ll2, all.ll4, all.chi2, all.log_ratio, all.log_ratio_high, all.percent_diff],
                [0.0; 6]
            );
        }
    }

    #[test]
    fn nearly_equal_shares_of_vast_texts_keep_their_digits() {
        // a = E + 1: G² of two cells is d²/E1 + d²/E2 but for what is smaller by 10^-9.
        let keyness = Keyness::of(1_000_000_001, 1 << 60, 1_000_000_000, 1 << 60, ZeroHandling::default());
        assert!((keyness.ll2 / (0.25 * 2.0 / 1_000_000_000.5) - 1.0).abs() < 1e-8, "{keyness:?}");
        assert!((keyness.percent_diff / 1e-7 - 1.0).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn nothing_but_incomparable_texts_gives_what_is_no_number(
            a in any::<u64>(), n1 in any::<u64>(), b in any::<u64>(), n2 in any::<u64>(),
            shifts in (0u32..64, 0u32..64, 0u32..64, 0u32..64),
        ) {
            let (a, n1, b, n2) = (a >> shifts.0, n1 >> shifts.1, b >> shifts.2, n2 >> shifts.3);
            for zero in ALL {
                let keyness = Keyness::of(a, n1, b, n2, zero);
                let is_comparable = (a > 0 || b > 0) && n1.max(a) > 0 && n2.max(b) > 0;
                prop_assert!(keyness.named()[..3].iter().all(|(_, value)| *value >= 0.0), "{:?}", keyness);
                prop_assert!(keyness.named()[3..].iter().all(|(_, value)| value.is_nan() != is_comparable), "{:?}", keyness);
            }
        }

        #[test]
        fn texts_that_change_places_change_signs_alone(a in 1u64..500, more in 0u64..100_000, b in 1u64..500, rest in 0u64..100_000) {
            let here = Keyness::of(a, a + more, b, b + rest, ZeroHandling::default());
            let there = Keyness::of(b, b + rest, a, a + more, ZeroHandling::default());
            prop_assert!((here.ll2 - there.ll2).abs() < 1e-12 * here.ll2.max(1.0));
            prop_assert!((here.ll4 - there.ll4).abs() < 1e-12 * here.ll4.max(1.0));
            prop_assert!((here.log_ratio + there.log_ratio).abs() < 1e-12);
            prop_assert!((here.log_ratio_low + there.log_ratio_high).abs() < 1e-11);
            prop_assert_eq!(here.sign(), -there.sign());
            prop_assert!(here.ll4 + 1e-12 >= here.ll2, "the other cells add to it");
        }
    }
}
