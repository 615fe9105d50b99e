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
            _ => score.of(&Table::pair(collocate.count(), self.slots, frequency, self.tokens)),
        }
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
        let cells = [(4.0, 0.4f64), (46.0, 49.6), (4.0, 7.6), (946.0, 942.4)];
        let likelihood: f64 = cells.iter().map(|(o, e): &(f64, f64)| 2.0 * o * (o / e).ln()).sum();
        assert!((sums.score(Score::LogLikelihood, &BREAD) - likelihood).abs() < 1e-12);
    }

    #[test]
    fn windows_over_everything_leave_nothing_to_compare_with() {
        let sums = Sums { tokens: 20, nodes: 5, slots: 20 };
        for score in Score::ALL {
            let is_number = !matches!(score, Score::ChiSquare | Score::LogLikelihood | Score::DeltaPForward);
            assert_eq!(sums.score(score, &BREAD).is_finite(), is_number, "{score}");
        }
        let often = Collocate { frequency: 2, ..BREAD };
        let sums = Sums { tokens: 100, ..sums };
        assert!(sums.score(Score::LogLikelihood, &often) > 0.0);
    }
}
