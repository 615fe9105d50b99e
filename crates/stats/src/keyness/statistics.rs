//! The table of a word in two texts, and how far it is from one that chance would make.

use std::cmp::Ordering;

/// How often a word comes in each of two texts.
///
/// Differences are taken of whole numbers before anything is rounded, so that shares that are nearly equal keep their digits.
pub(super) struct Table {
    pub(super) counts: [u64; 2],
    pub(super) totals: [u64; 2],
}

impl Table {
    pub(super) fn new(a: u64, n1: u64, b: u64, n2: u64) -> Table {
        Table { counts: [a, b], totals: [n1.max(a), n2.max(b)] }
    }

    /// The word comes in one text at least, and neither is empty.
    pub(super) fn is_comparable(&self) -> bool {
        self.counts != [0, 0] && self.totals[0] > 0 && self.totals[1] > 0
    }

    /// a n2 and b n1.
    fn products(&self) -> [u128; 2] {
        [(0, 1), (1, 0)].map(|(text, other)| u128::from(self.counts[text]) * u128::from(self.totals[other]))
    }

    pub(super) fn direction(&self) -> Ordering {
        let [one, other] = self.products();
        one.cmp(&other)
    }

    /// a n2 - b n1.
    pub(super) fn difference(&self) -> f64 {
        let [one, other] = self.products();
        let difference = one.abs_diff(other) as f64;
        if one < other { -difference } else { difference }
    }

    /// How often tokens that are other than the word come.
    fn others(&self) -> [u64; 2] {
        [0, 1].map(|text| self.totals[text] - self.counts[text])
    }

    /// Rayson and Garside's G².
    pub(super) fn log_likelihood_of_two(&self) -> f64 {
        if self.is_comparable() { 2.0 * self.row(self.counts, self.difference()) } else { 0.0 }
    }

    /// Dunning's G².
    pub(super) fn log_likelihood_of_four(&self) -> f64 {
        if !self.is_comparable() {
            return 0.0;
        }
        let difference = self.difference();
        2.0 * (self.row(self.counts, difference) + self.row(self.others(), -difference))
    }

    /// Σ o ln(o/e) of a row of the table, whose cells are off by ± `difference` / N.
    fn row(&self, cells: [u64; 2], difference: f64) -> f64 {
        let (row, all) = (both(cells), both(self.totals));
        let off = difference / all;
        excess(cells[0] as f64, self.totals[0] as f64 * (row / all), off)
            + excess(cells[1] as f64, self.totals[1] as f64 * (row / all), -off)
    }

    /// Pearson's χ².
    pub(super) fn chi_square(&self) -> f64 {
        let difference = self.difference();
        if difference == 0.0 || !self.is_comparable() {
            return 0.0;
        }
        // (a n2 - b n1)² N / (n1 n2 (a + b) (N - a - b)), in an order in which nothing overflows.
        let [one, other] = self.totals.map(|total| total as f64);
        (difference / one / both(self.counts))
            * (difference / other / both(self.others()))
            * both(self.totals)
    }
}

fn both(counts: [u64; 2]) -> f64 {
    (u128::from(counts[0]) + u128::from(counts[1])) as f64
}

/// o ln(o/e) - (o - e), which is never negative, with o - e given; the differences of a row add up to nought.
///
/// Near o = e it is about (o - e)² / 2e, where o ln(o/e) alone would leave nothing but rounding.
fn excess(observed: f64, expected: f64, difference: f64) -> f64 {
    if observed == 0.0 || expected == 0.0 {
        return expected;
    }
    let share = difference / expected;
    if share.abs() < 0.01 {
        expected * series(share)
    } else {
        (observed * (observed / expected).ln() - difference).max(0.0)
    }
}

/// (1 + s) ln(1 + s) - s = s²/2 - s³/6 + s⁴/12 - …, for a small s.
fn series(share: f64) -> f64 {
    let terms = (2..14).rev().map(|k| 1.0 / f64::from(k * (k - 1)));
    share * share * terms.fold(0.0, |rest, factor| factor - share * rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_what_it_stands_for() {
        for share in [0.009_99, -0.009_99, 0.005] {
            let plain = (1.0 + share) * f64::ln_1p(share) - share;
            assert!((series(share) / plain - 1.0).abs() < 1e-11, "{share}");
        }
        assert_eq!(series(0.0), 0.0);
    }

    #[test]
    fn statistics_are_sums_over_cells() {
        let table = Table::new(60, 10_000, 30, 20_000);
        let cells = [(60.0, 30.0), (30.0, 60.0), (9940.0, 9970.0), (19_970.0, 19_940.0)];
        let of = |cells: &[(f64, f64)]| -> f64 { cells.iter().map(|(o, e)| 2.0 * o * f64::ln(o / e)).sum() };
        assert!((table.log_likelihood_of_two() - of(&cells[..2])).abs() < 1e-12 * 42.0);
        assert!((table.log_likelihood_of_four() - of(&cells)).abs() < 1e-10, "the plain sum loses digits");
        let chi_square: f64 = cells.iter().map(|(o, e): &(f64, f64)| (o - e).powi(2) / e).sum();
        assert!((table.chi_square() - chi_square).abs() < 1e-12 * 46.0);
    }
}
