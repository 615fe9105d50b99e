//! Sums over a corpus, and the scores of a collocate by them.

use crate::score::{Score, Table};

/// A token near the node, and what was counted of it.
#[derive(Debug, Clone, Copy)]
pub struct Collocate<'a> {
    /// What it is counted by.
    pub key: &'a [u8],
    /// The token, in its commonest form.
    pub shown: &'a [u8],
    /// How often it stands before a node.
    pub left: u64,
    /// How often it stands behind a node.
    pub right: u64,
    /// How often it comes in all.
    pub frequency: u64,
}

impl Collocate<'_> {
    /// How often it is near a node.
    pub fn count(&self) -> u64 {
        self.left.saturating_add(self.right)
    }
}

/// Sums over all records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many tokens there are.
    pub tokens: u64,
    /// How many nodes.
    pub nodes: u64,
    /// How many tokens are near a node, each as often as it is near one.
    pub slots: u64,
}

impl Sums {
    /// These and others.
    #[must_use]
    pub fn and(self, other: Sums) -> Sums {
        Sums {
            tokens: self.tokens.saturating_add(other.tokens),
            nodes: self.nodes.saturating_add(other.nodes),
            slots: self.slots.saturating_add(other.slots),
        }
    }

    /// A score of a collocate.
    ///
    /// As for surface co-occurrence in Evert 2008, *Corpora and collocations*: O is how often the collocate is near the node, f1
    /// how many places near nodes there are, f2 the frequency of the collocate, N the number of tokens. Dice and logDice
    /// are by the frequencies of the node and of the collocate (Rychlý 2008, *A lexicographer-friendly association score*,
    /// and *Statistics used in the Sketch Engine*). A place near two nodes is two places here, so where nodes are dense O may be
    /// more than f2, and f1 more than N: then ll takes cells below nought for nought, and where f1 is not less than N, chi2,
    /// ll and dp-forward are not numbers.
    pub fn score(&self, score: Score, collocate: &Collocate<'_>) -> f64 {
        let Collocate { frequency, .. } = *collocate;
        match score {
            Score::Dice | Score::LogDice => {
                score.of(&Table::pair(collocate.count(), self.nodes, frequency, self.tokens))
            }
            Score::ChiSquare | Score::LogLikelihood | Score::DeltaPForward if self.slots >= self.tokens => {
                f64::NAN
            }
            Score::LogLikelihood => score.of(&self.table(collocate)) + 2.0 * self.missing(collocate) as f64,
            _ => score.of(&self.table(collocate)),
        }
    }

    fn table(&self, collocate: &Collocate<'_>) -> Table {
        Table::pair(collocate.count(), self.slots, collocate.frequency, self.tokens)
    }

    /// How far below nought cells are: so much the differences of observed and expected, which the log-likelihood of a
    /// table reckons with, do not add up to nought.
    fn missing(&self, collocate: &Collocate<'_>) -> u64 {
        let (count, frequency) = (collocate.count(), collocate.frequency);
        let neither = self.tokens.saturating_add(count);
        count.saturating_sub(frequency) + self.slots.saturating_add(frequency).saturating_sub(neither)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BREAD: Collocate<'static> =
        Collocate { key: b"bread", shown: b"bread", left: 3, right: 1, frequency: 8 };

    #[test]
    fn scores_are_those_of_their_table() {
        let sums = Sums { tokens: 1000, nodes: 5, slots: 50 };
        // E = 50 * 8 / 1000.
        assert_eq!(sums.score(Score::Pmi, &BREAD), 10f64.log2());
        assert_eq!(sums.score(Score::T, &BREAD), 3.6 / 2.0);
        assert_eq!(sums.score(Score::Dice, &BREAD), 8.0 / 13.0);
        assert_eq!(sums.score(Score::LogDice, &BREAD), 14.0 + (8.0f64 / 13.0).log2());
        let forward = 4.0 / 50.0 - 4.0 / 950.0;
        assert!((sums.score(Score::DeltaPForward, &BREAD) - forward).abs() < 1e-15);
        likelihood(sums, &BREAD, &[(4.0, 0.4), (46.0, 49.6), (4.0, 7.6), (946.0, 942.4)]);
    }

    fn likelihood(sums: Sums, collocate: &Collocate<'_>, cells: &[(f64, f64)]) {
        let wanted: f64 = cells.iter().map(|(o, e)| 2.0 * o * (o / e).ln()).sum();
        let found = sums.score(Score::LogLikelihood, collocate);
        assert!((found - wanted).abs() < 1e-12, "{found}, not {wanted}");
    }

    #[test]
    fn cells_below_nought_are_left_out() {
        // Four times near nodes, of three times in all: the other cells are 16, -1 and 81.
        let sums = Sums { tokens: 100, nodes: 5, slots: 20 };
        likelihood(sums, &Collocate { frequency: 3, ..BREAD }, &[(4.0, 0.6), (16.0, 19.4), (81.0, 77.6)]);
        // And here 14, 6 and -4.
        let sums = Sums { tokens: 20, nodes: 5, slots: 18 };
        likelihood(sums, &Collocate { frequency: 10, ..BREAD }, &[(4.0, 9.0), (14.0, 9.0), (6.0, 1.0)]);
    }

    #[test]
    fn windows_over_everything_leave_nothing_to_compare_with() {
        let sums = Sums { tokens: 20, nodes: 5, slots: 20 };
        for score in Score::ALL {
            let is_number = !matches!(score, Score::ChiSquare | Score::LogLikelihood | Score::DeltaPForward);
            assert_eq!(sums.score(score, &BREAD).is_finite(), is_number, "{score}");
        }
    }
}
