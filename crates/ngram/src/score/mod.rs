//! Scores: how strongly the tokens of an n-gram belong together.
//!
//! | name | of a pair x y |
//! |---|---|
//! | `pmi` | log2(O/E): pointwise mutual information (Church and Hanks 1990) |
//! | `npmi` | pmi / -log2(O/N), from -1 to 1 (Bouma 2009) |
//! | `mi3` | log2(O³/E) (Daille 1994) |
//! | `t` | (O - E) / √O (Church et al. 1991) |
//! | `z` | (O - E) / √E (Berry-Rogghe 1973) |
//! | `chi2` | Σ (o - e)² / e over the four cells of the table (Pearson), without a correction |
//! | `ll` | 2 Σ o ln(o/e) over the four cells (Dunning 1993) |
//! | `dice` | 2 O / (f(x) + f(y)) (Dice 1945) |
//! | `logdice` | 14 + log2 dice (Rychlý 2008) |
//! | `dp-forward` | P(y\|x) - P(y\|not x) (Gries 2013) |
//! | `dp-backward` | P(x\|y) - P(x\|not y) |
//!
//! O is how often the pair came, f(x) and f(y) how many pairs have x as their first token and y as their second, N how many
//! pairs there are, E = f(x) f(y) / N. The four cells, o and e, are O and E and those of x without y, y without x, and neither.
//!
//! Of n tokens E is f1 f2 … fn / N^(n-1), with each token's frequency at its place, as in the total correlation (Watanabe
//! 1960; Van de Cruys 2011 for pmi); npmi is divided by n - 1 too, so that 1 is its most, and dice is n O / (f1 + … + fn).
//! chi2, ll and both ΔP are of tables with two rows and two columns: of more than two tokens they are not a number.

mod table;

use std::fmt;
use std::str::FromStr;

pub use table::Table;

/// A measure of association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Score {
    /// Pointwise mutual information, in bits.
    Pmi,
    /// Normalized pointwise mutual information.
    Npmi,
    /// Mutual information with the count cubed, in bits.
    Mi3,
    /// Student's t.
    T,
    /// The z-score.
    Z,
    /// Pearson's χ².
    ChiSquare,
    /// The log-likelihood ratio, G².
    LogLikelihood,
    /// Dice's coefficient.
    Dice,
    /// logDice.
    LogDice,
    /// ΔP of the second token, given the first.
    DeltaPForward,
    /// ΔP of the first token, given the second.
    DeltaPBackward,
}

impl Score {
    /// Every score.
    pub const ALL: [Score; 11] = [
        Score::Pmi,
        Score::Npmi,
        Score::Mi3,
        Score::T,
        Score::Z,
        Score::ChiSquare,
        Score::LogLikelihood,
        Score::Dice,
        Score::LogDice,
        Score::DeltaPForward,
        Score::DeltaPBackward,
    ];

    /// The name by which a command line knows the score.
    pub fn name(self) -> &'static str {
        match self {
            Score::Pmi => "pmi",
            Score::Npmi => "npmi",
            Score::Mi3 => "mi3",
            Score::T => "t",
            Score::Z => "z",
            Score::ChiSquare => "chi2",
            Score::LogLikelihood => "ll",
            Score::Dice => "dice",
            Score::LogDice => "logdice",
            Score::DeltaPForward => "dp-forward",
            Score::DeltaPBackward => "dp-backward",
        }
    }

    /// The score of an n-gram; not a number where it is not defined: of one token, of nothing at all, or, for the scores of
    /// tables with four cells, of more than two tokens.
    ///
    /// ```
    /// use ngram::score::{Score, Table};
    ///
    /// // x came 10 times, y 20 times, together 5 times, among 1000 pairs: 25 times as often as by chance.
    /// let table = Table::pair(5, 10, 20, 1000);
    /// assert_eq!(Score::Pmi.of(&table), 25f64.log2());
    /// assert_eq!(Score::Dice.of(&table), 1.0 / 3.0);
    /// ```
    pub fn of(self, table: &Table) -> f64 {
        if table.places() < 2 || table.observed == 0.0 || table.total == 0.0 {
            return f64::NAN;
        }
        let (observed, expected) = (table.observed, table.expected());
        match self {
            Score::Pmi => table.log_ratio(),
            Score::Npmi => table.normalized_log_ratio(),
            Score::Mi3 => table.log_ratio() + 2.0 * observed.log2(),
            Score::T => table.surplus() / observed.sqrt(),
            Score::Z => table.surplus() / expected.sqrt(),
            Score::ChiSquare => table.chi_square(),
            Score::LogLikelihood => table.log_likelihood(),
            Score::Dice => table.dice(),
            Score::LogDice => 14.0 + table.dice().log2(),
            Score::DeltaPForward => table.delta_p(0),
            Score::DeltaPBackward => table.delta_p(1),
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl FromStr for Score {
    type Err = UnknownScore;

    fn from_str(name: &str) -> Result<Score, UnknownScore> {
        Score::ALL.into_iter().find(|score| score.name() == name).ok_or_else(|| UnknownScore(name.to_owned()))
    }
}

/// A name that is no score's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownScore(String);

impl fmt::Display for UnknownScore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Score::ALL.map(Score::name).join(", ");
        write!(formatter, "unknown score '{}'; one of {names}", self.0)
    }
}

impl std::error::Error for UnknownScore {}
