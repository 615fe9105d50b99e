//! Indices of lexical richness that a frequency spectrum decides.

use super::Spectrum;
use super::sum::sum;

/// How many tokens HD-D draws.
pub const HDD_SAMPLE: u64 = 42;

/// Indices of lexical richness; with N tokens, V types, V_i types seen i times, and S = Σ i² V_i.
///
/// Logarithms are natural. An index is not a number where its formula divides by nought or takes the logarithm of nought; of
/// no tokens all are. Sums over the spectrum are whole numbers, so that no digit is lost before the last division.
///
/// | field | formula | source | not a number |
/// |---|---|---|---|
/// | `ttr` | V / N | Templin 1957 | |
/// | `cttr` | V / √(2N) | Carroll 1964 | |
/// | `guiraud_r` | V / √N | Guiraud 1954 | |
/// | `herdan_c` | ln V / ln N | Herdan 1960 | N = 1 |
/// | `summer_s` | ln ln V / ln ln N | Summer 1966 | V = 1 |
/// | `dugast_u` | ln² N / (ln N - ln V) | Dugast 1978 | V = N |
/// | `maas_a2` | (ln N - ln V) / ln² N | Maas 1972 | N = 1 |
/// | `yule_k` | 10⁴ (S - N) / N² | Yule 1944 | |
/// | `yule_i` | V² / (S - V) | Yule 1944, as in Oakes 1998 | V = N |
/// | `simpson_d` | Σ V_i i (i - 1) / (N (N - 1)) | Simpson 1949 | N = 1 |
/// | `herdan_vm` | √(Σ V_i (i/N)² - 1/V) | Herdan 1955 | |
/// | `hdd` | Σ over types of (1 - C(N - f, 42) / C(N, 42)) / 42 | McCarthy and Jarvis 2007 | N < 42 |
///
/// ```
/// use stats::vocabulary::{Indices, Spectrum};
///
/// let spectrum: Spectrum = [2, 1, 1].into_iter().collect();
/// let indices = Indices::of(&spectrum);
/// assert_eq!(indices.ttr, 0.75);
/// assert_eq!(indices.yule_k, 1250.0);
/// assert!(indices.hdd.is_nan());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indices {
    /// N, how many tokens there are.
    pub tokens: u64,
    /// V, how many types there are.
    pub types: u64,
    /// V_1, how many types are seen once.
    pub hapaxes: u64,
    /// V_2, how many types are seen twice.
    pub dis_legomena: u64,
    /// Type-token ratio.
    pub ttr: f64,
    /// Carroll's corrected type-token ratio.
    pub cttr: f64,
    /// Guiraud's R, also root TTR.
    pub guiraud_r: f64,
    /// Herdan's C, also LogTTR.
    pub herdan_c: f64,
    /// Summer's S.
    pub summer_s: f64,
    /// Dugast's U, also the Uber index.
    pub dugast_u: f64,
    /// Maas' a²; lower is richer.
    pub maas_a2: f64,
    /// Yule's K; lower is richer.
    pub yule_k: f64,
    /// Yule's I.
    pub yule_i: f64,
    /// Simpson's D: the probability that two tokens, drawn without putting the first back, are of one type.
    pub simpson_d: f64,
    /// Herdan's Vm.
    pub herdan_vm: f64,
    /// HD-D: the type-token ratio to be expected of [`HDD_SAMPLE`] tokens, drawn without putting any back.
    pub hdd: f64,
}

impl Indices {
    /// The indices of a spectrum.
    pub fn of(spectrum: &Spectrum) -> Indices {
        let (tokens, types) = (spectrum.tokens(), spectrum.types());
        let (n, v) = (tokens as f64, types as f64);
        let squares = spectrum.power_sum(2);
        // ln N - ln V, which as a difference of two logarithms would lose its digits where V is close to N.
        let surplus = ((tokens - types.min(tokens)) as f64 / v).ln_1p();
        let repeated = squares.saturating_sub(u128::from(tokens)) as f64;
        Indices {
            tokens,
            types,
            hapaxes: spectrum.of(1),
            dis_legomena: spectrum.of(2),
            ttr: v / n,
            cttr: v / (2.0 * n).sqrt(),
            guiraud_r: v / n.sqrt(),
            herdan_c: v.ln() / n.ln(),
            summer_s: if types > 1 { v.ln().ln() / n.ln().ln() } else { f64::NAN },
            dugast_u: quotient(n.ln() * n.ln(), surplus),
            maas_a2: quotient(surplus, n.ln() * n.ln()),
            yule_k: 1e4 * (repeated / n / n),
            yule_i: quotient(v * v, squares.saturating_sub(u128::from(types)) as f64),
            simpson_d: quotient(repeated, n * tokens.saturating_sub(1) as f64),
            herdan_vm: herdan_vm(tokens, types, squares),
            hdd: hdd(spectrum, HDD_SAMPLE),
        }
    }

    /// The measures with the names that programs know them by, in the order of the fields.
    pub fn named(&self) -> [(&'static str, f64); 12] {
        [
            ("ttr", self.ttr),
            ("cttr", self.cttr),
            ("guiraud_r", self.guiraud_r),
            ("herdan_c", self.herdan_c),
            ("summer_s", self.summer_s),
            ("dugast_u", self.dugast_u),
            ("maas_a2", self.maas_a2),
            ("yule_k", self.yule_k),
            ("yule_i", self.yule_i),
            ("simpson_d", self.simpson_d),
            ("herdan_vm", self.herdan_vm),
            ("hdd", self.hdd),
        ]
    }
}

/// A quotient that is not a number, instead of infinite, where the divisor is nought.
fn quotient(dividend: f64, divisor: f64) -> f64 {
    if divisor == 0.0 { f64::NAN } else { dividend / divisor }
}

/// √(S/N² - 1/V) = √((S V - N²) / (V N²)); the difference is taken of whole numbers as long as there are such.
fn herdan_vm(tokens: u64, types: u64, squares: u128) -> f64 {
    let (n, v) = (tokens as f64, types as f64);
    let tokens_squared = u128::from(tokens) * u128::from(tokens);
    match squares.checked_mul(u128::from(types)) {
        Some(product) => (product.saturating_sub(tokens_squared) as f64 / v).sqrt() / n,
        None => (squares as f64 / n / n - 1.0 / v).max(0.0).sqrt(),
    }
}

/// What share of types a sample is expected to have.
fn hdd(spectrum: &Spectrum, sample: u64) -> f64 {
    let tokens = spectrum.tokens();
    if tokens < sample {
        return f64::NAN;
    }
    let parts = spectrum.iter().map(|(frequency, types)| types as f64 * found(tokens, frequency, sample));
    sum(parts) / sample as f64
}

/// The probability that at least one of `sample` tokens is of a type that has `frequency` of all `tokens`.
///
/// 1 - Π (1 - f / (N - j)) without the difference: all that is added is positive, so that a rare word in a long text, whose
/// probability is close to nought, keeps its digits too.
fn found(tokens: u64, frequency: u64, sample: u64) -> f64 {
    let mut probability = 0.0;
    for drawn in 0..sample {
        let share = (frequency as f64 / (tokens - drawn) as f64).min(1.0);
        probability += share * (1.0 - probability);
    }
    probability
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(frequencies: &[u64]) -> Indices {
        Indices::of(&frequencies.iter().copied().collect())
    }

    #[test]
    fn of_nothing_nothing_is_known() {
        assert!(of(&[]).named().iter().all(|(_, value)| value.is_nan()), "{:?}", of(&[]));
    }

    #[test]
    fn what_has_no_value_is_not_a_number_and_the_rest_is() {
        let undefined = |frequencies: &[u64]| -> Vec<_> {
            of(frequencies)
                .named()
                .into_iter()
                .filter(|(_, value)| !value.is_finite())
                .map(|(name, _)| name)
                .collect()
        };
        assert_eq!(
            undefined(&[1]),
            ["herdan_c", "summer_s", "dugast_u", "maas_a2", "yule_i", "simpson_d", "hdd"]
        );
        assert_eq!(undefined(&[1; 50]), ["dugast_u", "yule_i"]);
        assert_eq!(undefined(&[50]), ["summer_s"]);
        assert_eq!(undefined(&[25, 25]), [""; 0]);
    }

    #[test]
    fn of_nothing_but_hapaxes_the_sample_is_too() {
        assert!((of(&[1; 1000]).hdd - 1.0).abs() < 1e-15);
        assert!((of(&[1000]).hdd - 1.0 / 42.0).abs() < 1e-15);
    }

    #[test]
    fn a_vast_text_of_hapaxes_keeps_its_digits() {
        let mut spectrum = Spectrum::new();
        spectrum.add(1, 1_000_000_000_000);
        assert!((Indices::of(&spectrum).hdd - 1.0).abs() < 1e-14);
        spectrum.add(u64::MAX, u64::MAX);
        let _ = Indices::of(&spectrum); // and no arithmetic overflows
    }

    /// C(N, 42) and C(N - f, 42) as falling factorials, in whole numbers of any length: decimal digits would do, limbs do.
    fn exact(frequencies: &[u64], sample: u64) -> f64 {
        let tokens: u64 = frequencies.iter().sum();
        let falling = |from: u64| -> Option<Vec<u32>> {
            let mut product = vec![1u32];
            for drawn in 0..sample {
                let factor = from.checked_sub(drawn)?;
                let mut carry = 0u64;
                for limb in &mut product {
                    carry += u64::from(*limb) * factor;
                    *limb = carry as u32;
                    carry >>= 32;
                }
                while carry > 0 {
                    product.push(carry as u32);
                    carry >>= 32;
                }
            }
            Some(product)
        };
        let less = |one: &[u32], other: &[u32]| -> Vec<u32> {
            let (mut borrow, mut difference) = (0i64, Vec::new());
            for (place, &limb) in one.iter().enumerate() {
                let value = i64::from(limb) - i64::from(other.get(place).copied().unwrap_or(0)) - borrow;
                borrow = i64::from(value < 0);
                difference.push(value as u32);
            }
            difference
        };
        let real = |number: &[u32], shift: usize| -> f64 {
            // From the highest limb of the divisor on, so that nothing exceeds what an f64 can be.
            number
                .iter()
                .enumerate()
                .map(|(place, &limb)| f64::from(limb) * 2f64.powi(32 * (place as i32 - shift as i32)))
                .sum()
        };
        let all = falling(tokens).expect("enough tokens");
        let found = frequencies.iter().map(|frequency| {
            let without = falling(tokens - frequency).unwrap_or_default();
            real(&less(&all, &without), all.len()) / real(&all, all.len())
        });
        found.sum::<f64>() / sample as f64
    }

    proptest! {
        #[test]
        fn hdd_is_the_one_of_exact_fractions(frequencies in prop::collection::vec(1u64..200, 42..80)) {
            let (found, wanted) = (of(&frequencies).hdd, exact(&frequencies, HDD_SAMPLE));
            prop_assert!((found - wanted).abs() < 1e-13, "{} {}", found, wanted);
        }

        #[test]
        fn indices_are_shares_where_they_are_said_to_be(frequencies in prop::collection::vec(1u64..2000, 1..300)) {
            let indices = of(&frequencies);
            for share in [indices.ttr, indices.simpson_d, indices.hdd, indices.herdan_vm, indices.herdan_c] {
                prop_assert!(share.is_nan() || (0.0..=1.0 + 1e-15).contains(&share), "{:?}", indices);
            }
            prop_assert!(indices.yule_k >= 0.0);
        }
    }
}
