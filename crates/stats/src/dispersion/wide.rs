//! Whole numbers of 256 bits, for sums of squares that lose nothing.

/// A whole number below 2^256, in two halves. Nothing overflows: what would is the greatest number, and what would be negative
/// is nought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wide {
    high: u128,
    low: u128,
}

impl Wide {
    const MAX: Wide = Wide { high: u128::MAX, low: u128::MAX };

    /// The product of two numbers.
    pub(super) fn product(one: u128, other: u128) -> Wide {
        let halves = |number: u128| (number >> 64, number & u128::from(u64::MAX));
        let ((a, b), (c, d)) = (halves(one), halves(other));
        let shifted = |number: u128| Wide { high: number >> 64, low: number << 64 };
        let corners = Wide { high: a * c, low: b * d };
        corners.plus(shifted(a * d)).plus(shifted(b * c))
    }

    pub(super) fn plus(self, other: Wide) -> Wide {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self.high.checked_add(other.high).and_then(|high| high.checked_add(u128::from(carry)));
        high.map_or(Wide::MAX, |high| Wide { high, low })
    }

    pub(super) fn minus(self, other: Wide) -> Wide {
        if self < other {
            return Wide::default();
        }
        let (low, borrow) = self.low.overflowing_sub(other.low);
        Wide { high: self.high - other.high - u128::from(borrow), low }
    }

    pub(super) fn times(self, factor: u64) -> Wide {
        let low = Wide::product(self.low, u128::from(factor));
        let high = self.high.checked_mul(u128::from(factor)).and_then(|high| high.checked_add(low.high));
        high.map_or(Wide::MAX, |high| Wide { high, low: low.low })
    }

    /// The nearest floating-point number, but for one unit in its last place.
    pub(super) fn to_real(self) -> f64 {
        self.high as f64 * 2f64.powi(128) + self.low as f64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(low: u128) -> Wide {
        Wide { high: 0, low }
    }

    #[test]
    fn what_would_overflow_is_the_greatest() {
        let square = Wide::product(u128::MAX, u128::MAX); // (2^128 - 1)² = 2^256 - 2^129 + 1
        assert_eq!(square, Wide { high: u128::MAX - 1, low: 1 });
        assert_eq!(square.plus(square), Wide::MAX);
        assert_eq!(square.times(2), Wide::MAX);
        assert_eq!(of(1).minus(of(2)), of(0));
    }

    proptest! {
        #[test]
        fn laws_of_arithmetic_hold(a in any::<u128>(), b in any::<u128>(), c in any::<u128>(), small in any::<u64>()) {
            let (a, b) = (a >> 1, b >> 1);
            prop_assert_eq!(Wide::product(a, c).plus(Wide::product(b, c)), Wide::product(a + b, c));
            prop_assert_eq!(Wide::product(a, c), Wide::product(c, a));
            prop_assert_eq!(Wide::product(a, c).plus(of(b)).minus(Wide::product(a, c)), of(b));
            prop_assert_eq!(of(a).times(small), Wide::product(a, u128::from(small)));
            prop_assert_eq!(Wide::product(a >> 64, b).times(small), Wide::product((a >> 64) * u128::from(small), b));
            let real = Wide::product(a, c).to_real();
            prop_assert!((real - a as f64 * c as f64).abs() <= real * 1e-15);
        }
    }
}
