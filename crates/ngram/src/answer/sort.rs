//! The order of the output, as a number that is greater for what comes first.

use std::str::FromStr;

use textcore::Error;

use crate::entry::{Entry, Summary};
use crate::score::{Score, Table};

/// What the output is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By key: token by token, each bytewise.
    #[default]
    Key,
    /// The greatest count first.
    Count,
    /// The greatest number of documents first.
    Documents,
    /// The greatest score first.
    Score(Score),
    /// By what stands before, nearest first: in a concordance alone.
    Left,
    /// By what stands after, nearest first: in a concordance alone.
    Right,
}

impl Sort {
    /// The rank of an entry; where keys decide, that of the list of the most frequent.
    #[inline]
    pub fn rank(self, entry: &Entry<'_>, summary: &Summary) -> u64 {
        match self {
            Sort::Key | Sort::Count | Sort::Left | Sort::Right => entry.count,
            Sort::Documents => entry.documents,
            Sort::Score(_) if entry.order() < 2 => rank_of(f64::NAN),
            Sort::Score(score) => rank_of(score.of(&Table::of(entry, summary))),
        }
    }
}

impl Sort {
    /// The order of counts.
    ///
    /// # Errors
    /// [`Error::Usage`] for that of a concordance.
    pub fn of_counts(self) -> Result<Sort, Error> {
        match self {
            Sort::Left | Sort::Right => {
                Err(Error::Usage("--sort left and right are of a --concordance".to_owned()))
            }
            other => Ok(other),
        }
    }
}

impl FromStr for Sort {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "key" => Ok(Sort::Key),
            "count" => Ok(Sort::Count),
            "docs" => Ok(Sort::Documents),
            "left" => Ok(Sort::Left),
            "right" => Ok(Sort::Right),
            _ => text.parse().map(Sort::Score).map_err(|_| {
                let scores: Vec<_> = Score::ALL.iter().map(|score| score.name()).collect();
                format!("nothing is called '{text}': use key, count, docs, {}", scores.join(", "))
            }),
        }
    }
}

/// A number that is greater for a greater score; what is no number has the least. Noughts are equal.
pub fn rank_of(score: f64) -> u64 {
    const SIGN: u64 = 1 << 63;
    if score.is_nan() {
        return 0;
    }
    let bits = (score + 0.0).to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_read() {
        assert_eq!("docs".parse(), Ok(Sort::Documents));
        assert_eq!("pmi".parse(), Ok(Sort::Score(Score::Pmi)));
        let problem = "kay".parse::<Sort>().expect_err("no such thing");
        assert!(problem.starts_with("nothing is called 'kay': use key, count, docs, "), "{problem}");
    }

    #[test]
    fn what_is_no_number_comes_last() {
        let scores = [f64::INFINITY, f64::MAX, 1.5, 5e-324, 0.0, -1e-9, -2.0, f64::NEG_INFINITY, f64::NAN];
        assert!(scores.windows(2).all(|pair| rank_of(pair[0]) > rank_of(pair[1])));
        assert_eq!((rank_of(-0.0), rank_of(-f64::NAN)), (rank_of(0.0), rank_of(f64::NAN)));
    }

    proptest! {
        #[test]
        fn ranks_are_in_the_order_of_scores(one in any::<f64>(), other in any::<f64>()) {
            prop_assert_eq!(rank_of(one).cmp(&rank_of(other)), one.partial_cmp(&other).expect("numbers"));
        }
    }
}
