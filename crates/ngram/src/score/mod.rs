//! Stand-in.
use crate::entry::{Entry, Summary};
use std::str::FromStr;
/// Score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Score {
    /// a
    Pmi,
    /// b
    LogDice,
    /// c
    Dice,
}
/// Table.
#[derive(Debug, Clone)]
pub struct Table {
    observed: u64,
    margins: Vec<u64>,
    total: u64,
}
impl Table {
    /// of
    pub fn of(entry: &Entry<'_>, summary: &Summary) -> Table {
        Table { observed: entry.count, margins: entry.margins.to_vec(), total: summary.totals[entry.order()] }
    }
}
impl Score {
    /// All.
    pub const ALL: [Score; 3] = [Score::Pmi, Score::LogDice, Score::Dice];
    /// name
    pub fn name(self) -> &'static str {
        match self {
            Score::Pmi => "pmi",
            Score::LogDice => "logdice",
            Score::Dice => "dice",
        }
    }
    /// of
    pub fn of(self, table: &Table) -> f64 {
        let o = table.observed as f64;
        match self {
            Score::Pmi => {
                (o * table.total as f64 / table.margins.iter().map(|&m| m as f64).product::<f64>()).log2()
            }
            Score::Dice => 2.0 * o / table.margins.iter().map(|&m| m as f64).sum::<f64>(),
            Score::LogDice => 14.0 + (2.0 * o / table.margins.iter().map(|&m| m as f64).sum::<f64>()).log2(),
        }
    }
}
impl FromStr for Score {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Score::ALL.into_iter().find(|s| s.name() == text).ok_or_else(|| format!("no score '{text}'"))
    }
}
