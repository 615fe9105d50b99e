//! Axes: from numbers to places, and the round numbers that are written beside them.

use crate::report::number::short;

/// Numbers along a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    low: f64,
    high: f64,
    is_logarithmic: bool,
    /// The places of the lowest and the highest number.
    start: f64,
    end: f64,
}

impl Axis {
    /// An axis over numbers from `low` to `high`, between two places; `None` unless there is a distance between the numbers
    /// that can be drawn.
    pub fn new(low: f64, high: f64, is_logarithmic: bool, start: f64, end: f64) -> Option<Axis> {
        let is_drawable = low < high && (high - low).is_finite() && (!is_logarithmic || low > 0.0);
        is_drawable.then_some(Axis { low, high, is_logarithmic, start, end })
    }

    /// Where a number stands; `None` if it is not on the axis.
    pub fn place(&self, number: f64) -> Option<f64> {
        if !(self.low..=self.high).contains(&number) {
            return None;
        }
        let share = if self.is_logarithmic {
            (number.log10() - self.low.log10()) / (self.high.log10() - self.low.log10())
        } else {
            (number - self.low) / (self.high - self.low)
        };
        Some(self.start + share * (self.end - self.start))
    }

    /// Round numbers on the axis, at most so many, with what is written beside them: 1, 2 and 5 times powers of ten.
    pub fn ticks(&self, most: usize) -> Vec<(f64, String)> {
        let numbers = if self.is_logarithmic { self.powers(most) } else { self.steps(most) };
        numbers.into_iter().filter_map(|number| Some((self.place(number)?, short(number)))).collect()
    }

    fn steps(&self, most: usize) -> Vec<f64> {
        let rough = (self.high - self.low) / most.max(1) as f64;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .map(|factor| factor * power)
            .into_iter()
            .find(|step| *step >= rough * 0.999);
        let Some(step) = step.filter(|step| step.is_normal()) else { return Vec::new() };
        let first = (self.low / step).ceil();
        (0..=most).map(|place| (first + place as f64) * step).filter(|number| *number <= self.high).collect()
    }

    fn powers(&self, most: usize) -> Vec<f64> {
        let (first, last) = (self.low.log10().floor() as i32, self.high.log10().ceil() as i32);
        let decades = (last - first).max(1) as usize;
        let factors: &[f64] = match decades {
            1 if most >= 4 => &[1.0, 2.0, 5.0],
            2 if most >= 7 => &[1.0, 2.0, 5.0],
            _ => &[1.0],
        };
        let stride = decades.div_ceil(most.max(1));
        let powers = (first..=last)
            .step_by(stride)
            .flat_map(|power| factors.iter().map(move |factor| (power, factor)));
        // Reading digits is exact, powers of ten are not.
        let number = |(power, factor): (i32, &f64)| format!("{factor}e{power}").parse().unwrap_or(f64::NAN);
        powers.map(number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(low: f64, high: f64, is_logarithmic: bool, most: usize) -> Vec<String> {
        let axis = Axis::new(low, high, is_logarithmic, 0.0, 100.0).expect("a distance");
        axis.ticks(most).into_iter().map(|tick| tick.1).collect()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(labels(0.0, 71_022.0, false, 5), ["0", "20k", "40k", "60k"]);
        assert_eq!(labels(0.0, 0.9, false, 4), ["0", "0.5"]);
        assert_eq!(labels(-3.0, 3.0, false, 6), ["-3", "-2", "-1", "0", "1", "2", "3"]);
        assert_eq!(labels(1.0, 50_000.0, true, 6), ["1", "10", "100", "1k", "10k"]);
        assert_eq!(labels(3.0, 80.0, true, 7), ["5", "10", "20", "50"]);
        assert_eq!(labels(1.0, 1e12, true, 5), ["1", "1k", "1M", "1G", "1T"]);
    }

    #[test]
    fn places_lie_between_the_ends() {
        let axis = Axis::new(1.0, 100.0, true, 300.0, 20.0).expect("a distance");
        assert_eq!([axis.place(1.0), axis.place(10.0), axis.place(0.5)], [Some(300.0), Some(160.0), None]);
        assert_eq!(axis.place(f64::NAN), None);
        for (low, high, is_logarithmic) in [(1.0, 1.0, false), (0.0, 1.0, true), (f64::MIN, f64::MAX, false)]
        {
            assert_eq!(Axis::new(low, high, is_logarithmic, 0.0, 1.0), None);
        }
    }

    proptest! {
        #[test]
        fn ticks_are_few_and_in_order(low in any::<f64>(), high in any::<f64>(), is_logarithmic: bool, most in 1usize..12) {
            if let Some(axis) = Axis::new(low, high, is_logarithmic, 0.0, 100.0) {
                let ticks = axis.ticks(most);
                prop_assert!(ticks.len() <= most + 3, "{:?}", ticks);
                prop_assert!(ticks.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{:?}", ticks);
                prop_assert!(ticks.iter().all(|tick| (0.0..=100.0).contains(&tick.0)), "{:?}", ticks);
            }
        }
    }
}
