//! The table of an n-gram: how often it came, and how often each of its tokens at its place.

use crate::entry::{Entry, ORDER_MAX, Summary};

/// What the scores of an n-gram are made of.
///
/// Differences are taken of whole numbers before anything is rounded, so that a pair that came nearly as often as by
/// chance does not lose its digits.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub(super) observed: f64,
    pub(super) total: f64,
    /// Observed, total, and the frequencies at each place, exactly.
    counts: (u64, u64, [u64; ORDER_MAX]),
    places: usize,
}

impl Table {
    /// The table of a pair that came `observed` times among `total` ones, of which `first` have its first token and `second`
    /// its second.
    pub fn pair(observed: u64, first: u64, second: u64, total: u64) -> Table {
        Table::new(observed, &[first, second], total)
    }

    /// The table of an n-gram, with the frequency of each token at its place; of more than nine the first nine.
    pub fn new(observed: u64, frequencies: &[u64], total: u64) -> Table {
        let mut all = [0; ORDER_MAX];
        let places = frequencies.len().min(ORDER_MAX);
        all[..places].copy_from_slice(&frequencies[..places]);
        Table { observed: observed as f64, total: total as f64, counts: (observed, total, all), places }
    }

    /// The table of an entry whose margins are known.
    ///
    /// Pairs without a first and a second count in both orders: twice as many in all, and a pair of one token twice.
    pub fn of(entry: &Entry<'_>, summary: &Summary) -> Table {
        let total = summary.totals[entry.order().min(ORDER_MAX)];
        if !summary.is_symmetric {
            return Table::new(entry.count, entry.margins, total);
        }
        let is_one_token = entry.tokens.windows(2).any(|pair| pair[0] == pair[1]);
        let times = if is_one_token { 2 } else { 1 };
        Table::new(entry.count.saturating_mul(times), entry.margins, total.saturating_mul(2))
    }

    /// How many tokens the n-gram has.
    pub(super) fn places(&self) -> usize {
        self.places
    }

    fn frequencies(&self) -> &[u64] {
        &self.counts.2[..self.places]
    }

    /// How often it would have come by chance.
    pub(super) fn expected(&self) -> f64 {
        let product: f64 = self.frequencies()[1..].iter().map(|&count| count as f64 / self.total).product();
        self.frequencies()[0] as f64 * product
    }

    /// log2(O/E).
    pub(super) fn log_ratio(&self) -> f64 {
        // As a product of quotients, for neither a product of frequencies nor a power of the total may be a number there is.
        let ratio: f64 = self.frequencies()[1..].iter().map(|&count| self.total / count as f64).product();
        (self.observed / self.frequencies()[0] as f64 * ratio).log2()
    }

    /// log2(O/E) by the most it can be, which is that of tokens that never come apart.
    pub(super) fn normalized_log_ratio(&self) -> f64 {
        self.log_ratio() / ((self.places - 1) as f64 * (self.total / self.observed).log2())
    }

    /// O - E.
    pub(super) fn surplus(&self) -> f64 {
        match self.pair_difference() {
            Some(difference) => difference / self.total,
            None => self.observed - self.expected(),
        }
    }

    pub(super) fn dice(&self) -> f64 {
        let sum: u128 = self.frequencies().iter().map(|&count| u128::from(count)).sum();
        self.places as f64 * self.observed / sum as f64
    }

    /// O N - f(x) f(y) of a pair: the same for all four cells, but for its sign.
    fn pair_difference(&self) -> Option<f64> {
        let &[first, second] = self.frequencies() else { return None };
        let (observed, total, _) = self.counts;
        let (together, by_chance) =
            (u128::from(observed) * u128::from(total), u128::from(first) * u128::from(second));
        let difference = together.abs_diff(by_chance) as f64;
        Some(if together < by_chance { -difference } else { difference })
    }

    /// How many pairs have another first token, and how many another second one.
    fn others(&self) -> Option<[f64; 2]> {
        let &[first, second] = self.frequencies() else { return None };
        let total = self.counts.1;
        Some([first, second].map(|count| total.saturating_sub(count) as f64))
    }

    pub(super) fn chi_square(&self) -> f64 {
        let (Some(difference), Some(others)) = (self.pair_difference(), self.others()) else {
            return f64::NAN;
        };
        let [first, second] = [self.counts.2[0], self.counts.2[1]].map(|count| count as f64);
        if difference == 0.0 {
            return 0.0;
        }
        // (ON - f(x)f(y))² N / (f(x) f(y) (N - f(x)) (N - f(y))), in an order in which nothing overflows.
        (difference / first / others[0]) * (difference / second / others[1]) * self.total
    }

    pub(super) fn log_likelihood(&self) -> f64 {
        let &[first, second] = self.frequencies() else { return f64::NAN };
        let (Some(difference), (observed, total, _)) = (self.pair_difference(), self.counts) else {
            return f64::NAN;
        };
        let [x_alone, y_alone] = [first, second].map(|count| count.saturating_sub(observed));
        let neither = total.saturating_add(observed).saturating_sub(first).saturating_sub(second);
        let [not_x, not_y] = [first, second].map(|count| total.saturating_sub(count));
        let cell = |count: u64, row: u64, column: u64, sign: f64| {
            let expected = row as f64 * (column as f64 / self.total);
            surplus_log(count as f64, expected, sign * difference / self.total)
        };
        2.0 * (cell(observed, first, second, 1.0)
            + cell(x_alone, first, not_y, -1.0)
            + cell(y_alone, not_x, second, -1.0)
            + cell(neither, not_x, not_y, 1.0))
    }

    /// How much likelier the other token is beside that of a place than elsewhere.
    pub(super) fn delta_p(&self, given: usize) -> f64 {
        let (Some(difference), Some(others)) = (self.pair_difference(), self.others()) else {
            return f64::NAN;
        };
        // O/f - (g - O)/(N - f) = (ON - fg) / (f (N - f)).
        difference / self.counts.2[given] as f64 / others[given]
    }
}

/// o ln(o/e) - (o - e), given o - e too; the differences of the four cells add up to nought.
///
/// Near o = e this is (o - e)²/2e, which o ln(o/e) alone would say in the last digits of a sum that cancels.
fn surplus_log(observed: f64, expected: f64, difference: f64) -> f64 {
    if observed == 0.0 {
        return expected;
    }
    if expected == 0.0 {
        return 0.0;
    }
    let share = difference / expected;
    if share.abs() < 0.01 {
        expected * series(share)
    } else {
        observed * (observed / expected).ln() - difference
    }
}

/// (1 + s) ln(1 + s) - s = s²/2 - s³/6 + s⁴/12 - …, for a small s.
fn series(share: f64) -> f64 {
    let (mut sum, mut power) = (0.0, share * share);
    for number in 2..14 {
        let number = f64::from(number);
        sum += power / (number * (number - 1.0));
        power *= -share;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::Score;
    use super::*;

    fn close(one: f64, other: f64) {
        assert!((one - other).abs() <= 1e-13 * other.abs().max(1.0), "{one} {other}");
    }

    #[test]
    fn scores_of_a_pair_are_their_formulas() {
        let table = Table::pair(30, 100, 60, 10_000);
        let (o, e, n) = (30.0f64, 0.6f64, 10_000.0f64);
        close(Score::Pmi.of(&table), (o / e).log2());
        close(Score::Npmi.of(&table), (o / e).log2() / -(o / n).log2());
        close(Score::Mi3.of(&table), (o * o * o / e).log2());
        close(Score::T.of(&table), (o - e) / o.sqrt());
        close(Score::Z.of(&table), (o - e) / e.sqrt());
        close(Score::LogDice.of(&table), 14.0 + (2.0 * o / 160.0).log2());
        close(Score::DeltaPForward.of(&table), 30.0 / 100.0 - 30.0 / 9900.0);
        close(Score::DeltaPBackward.of(&table), 30.0 / 60.0 - 70.0 / 9940.0);
        let cells = [(30.0, 0.6), (70.0, 99.4), (30.0, 59.4), (9870.0, 9840.6)];
        close(
            Score::ChiSquare.of(&table),
            cells.iter().map(|(o, e): &(f64, f64)| (o - e) * (o - e) / e).sum(),
        );
        close(
            Score::LogLikelihood.of(&table),
            cells.iter().map(|(o, e): &(f64, f64)| 2.0 * o * (o / e).ln()).sum(),
        );
    }

    #[test]
    fn chance_is_nought_and_always_together_is_the_most() {
        let chance = Table::pair(6, 60, 100, 1000);
        for score in
            [Score::Pmi, Score::T, Score::Z, Score::ChiSquare, Score::LogLikelihood, Score::DeltaPForward]
        {
            assert!(score.of(&chance).abs() < 1e-15, "{score}");
        }
        for places in 2..=9 {
            let table = Table::new(7, &vec![7; places], 1_000_000);
            close(Score::Npmi.of(&table), 1.0);
            close(Score::Dice.of(&table), 1.0);
        }
    }

    #[test]
    fn what_is_not_defined_is_no_number_and_nothing_panics() {
        assert!(Score::Pmi.of(&Table::new(3, &[3], 3)).is_nan());
        assert!(Score::LogLikelihood.of(&Table::new(3, &[3, 3, 3], 9)).is_nan());
        let numbers = [0, 1, 2, u64::MAX / 2, u64::MAX];
        for observed in numbers {
            for first in numbers {
                for (second, total) in
                    numbers.into_iter().flat_map(|second| numbers.map(|total| (second, total)))
                {
                    let _ = Score::ALL.map(|score| score.of(&Table::pair(observed, first, second, total)));
                }
            }
        }
        assert!(Score::Npmi.of(&Table::pair(5, 5, 5, 5)).is_nan(), "nothing by nothing");
    }
}
