//! Probabilities and logits, the same on every machine.

/// Logits are whole numbers of this many to one.
pub(crate) const UNIT: i32 = 32;

/// 1 / (1 + exp(-logit)), by nothing but sums and products, which IEEE 754 fixes to the last bit.
pub(crate) fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + exponential(-logit.clamp(-30.0, 30.0)))
}

/// The logit of a probability, in units of [`UNIT`] to one, found by halving: no logarithm of a platform is asked.
pub(crate) fn logit(wanted: f32) -> i32 {
    let (mut low, mut high) = (-12 * UNIT, 12 * UNIT);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if probability(middle as f32 / UNIT as f32) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// exp for -30..=30, to about six digits.
fn exponential(power: f32) -> f32 {
    let twos = (power * std::f32::consts::LOG2_E).floor();
    let rest = power - twos * std::f32::consts::LN_2;
    let mut sum = 1.0;
    for divisor in [6.0, 5.0, 4.0, 3.0, 2.0, 1.0] {
        sum = 1.0 + sum * rest / divisor;
    }
    sum * f32::from_bits(((twos as i32 + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_and_logits_agree() {
        assert!((probability(0.0) - 0.5).abs() < 1e-6);
        for at in -100_i16..=100 {
            let power = f32::from(at) / 5.0;
            assert!((exponential(power) / power.exp() - 1.0).abs() < 1e-5, "{power}");
        }
        for wanted in [0.001_f32, 0.2, 0.5, 0.9, 0.999] {
            let found = logit(wanted) as f32 / UNIT as f32;
            assert!((found - (wanted / (1.0 - wanted)).ln()).abs() < 0.05, "{wanted}");
        }
        assert_eq!(logit(0.5), 0);
    }
}
