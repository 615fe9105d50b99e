//! How likely chance alone is to make a statistic as large as one that was found.

/// The probability that χ² with one degree of freedom is as large as `statistic`, or larger: the p-value of
/// [`Keyness::ll2`](super::Keyness::ll2), `ll4` and `chi2`.
///
/// It is right to 1e-13 of itself, down to the smallest number there is. The distribution is that of tokens which
/// are drawn one by one; words come in clusters, so that real texts give small values far more easily.
///
/// ```
/// use stats::keyness::p_value;
///
/// assert_eq!(p_value(0.0), 1.0);
/// assert!((p_value(3.841_458_820_694_124) - 0.05).abs() < 1e-15);
/// ```
pub fn p_value(statistic: f64) -> f64 {
    // erfc(√(x/2))
    let z = (statistic.max(0.0) / 2.0).sqrt();
    if statistic.is_nan() {
        f64::NAN
    } else if z < 2.0 {
        1.0 - error_function(z)
    } else {
        complement(z)
    }
}

/// The statistic whose [`p_value`] is `alpha`, or, of many words, `alpha` by their number (Bonferroni): what a word must reach,
/// so that the probability of finding any at all where there is none is `alpha` at most. Infinite where nothing reaches it.
///
/// ```
/// use stats::keyness::critical_value;
///
/// assert!((critical_value(0.05, 1) - 3.841_458_820_694_124).abs() < 1e-12);
/// assert!(critical_value(0.05, 10_000) > 20.0);
/// ```
pub fn critical_value(alpha: f64, tests: u64) -> f64 {
    let wanted = alpha / tests.max(1) as f64;
    let (mut low, mut high) = (0.0, 1500.0);
    if wanted.is_nan() || wanted < p_value(high) || wanted <= 0.0 {
        return f64::INFINITY;
    }
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if p_value(middle) > wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// erf z = 2/√π exp(-z²) Σ 2^k z^(2k+1) / (1·3·…·(2k+1)): no term is negative, so that no digit is lost (Abramowitz and
/// Stegun 7.1.6).
fn error_function(z: f64) -> f64 {
    let (mut term, mut sum) = (z, z);
    for k in 1..60 {
        term *= 2.0 * z * z / f64::from(2 * k + 1);
        sum += term;
    }
    std::f64::consts::FRAC_2_SQRT_PI * (-z * z).exp() * sum
}

/// erfc z = exp(-z²)/√π / (z + (1/2)/(z + (2/2)/(z + (3/2)/(z + …)))) (Abramowitz and Stegun 7.1.14), from the inside out.
fn complement(z: f64) -> f64 {
    let fraction = (1..=200).rev().fold(z, |rest, k| z + f64::from(k) / 2.0 / rest);
    (-z * z).exp() / fraction / std::f64::consts::PI.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_meet() {
        for z in [1.9, 2.0, 2.1] {
            assert!(((1.0 - error_function(z)) / complement(z) - 1.0).abs() < 1e-12, "{z}");
        }
    }

    #[test]
    fn known_critical_values_are_found() {
        for (alpha, wanted) in [(0.05, 3.8415), (0.01, 6.6349), (0.001, 10.8276), (0.0001, 15.1367)] {
            assert!((critical_value(alpha, 1) - wanted).abs() < 5e-5, "{alpha}");
        }
    }

    #[test]
    fn what_makes_no_sense_does_no_harm() {
        assert_eq!(
            (p_value(-1.0), p_value(f64::INFINITY), critical_value(0.0, 1)),
            (1.0, 0.0, f64::INFINITY)
        );
        assert!(p_value(f64::NAN).is_nan());
        assert_eq!(critical_value(f64::NAN, 0), f64::INFINITY);
        assert!(critical_value(1.0, 0) < 1e-12);
    }
}
