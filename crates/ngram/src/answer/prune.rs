//! Which n-grams are left out.

use std::str::FromStr;

use textcore::Error;

use super::stop_words::{StopFinder, StopPlace, StopWords};
use crate::entry::{Entry, ORDER_MAX};
use crate::orders::Orders;

/// The least counts, from the smallest order on; the last is that of all further ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountsMin(Vec<u64>);

impl CountsMin {
    /// By order.
    ///
    /// # Errors
    /// [`Error::Usage`] if there are more of them than orders.
    pub fn by_order(&self, orders: Orders) -> Result<[u64; ORDER_MAX + 1], Error> {
        let orders_count = usize::from(orders.last - orders.first) + 1;
        if self.0.len() > orders_count {
            return Err(Error::Usage(format!(
                "--min-count names {} counts, but the orders are {orders}",
                self.0.len()
            )));
        }
        let mut counts = [1; ORDER_MAX + 1];
        let named = self.0.iter().chain(std::iter::repeat(self.0.last().unwrap_or(&1)));
        counts[usize::from(orders.first)..].iter_mut().zip(named).for_each(|(count, named)| *count = *named);
        Ok(counts)
    }
}

impl Default for CountsMin {
    /// Everything has been counted once.
    fn default() -> Self {
        CountsMin(vec![1])
    }
}

impl FromStr for CountsMin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let counts: Option<Vec<u64>> = text.split(',').map(|count| count.parse().ok()).collect();
        counts.map(CountsMin).ok_or_else(|| format!("'{text}' is not a count, nor a list such as 1,1,2"))
    }
}

/// What is left out, as it was asked for.
#[derive(Debug, Clone, Default)]
pub struct Pruning {
    /// Smaller counts.
    pub counts_min: CountsMin,
    /// What came in fewer documents.
    pub documents_min: u64,
    /// What has one of these words.
    pub stop_words: StopWords,
    /// There.
    pub stop_place: StopPlace,
}

impl Pruning {
    /// What is left out of n-grams of these orders.
    ///
    /// # Errors
    /// [`Error::Usage`] for counts of orders that there are not.
    pub fn of(self, orders: Orders) -> Result<Prune, Error> {
        let counts_min = self.counts_min.by_order(orders)?;
        Ok(Prune {
            counts_min,
            documents_min: self.documents_min,
            stop_words: self.stop_words,
            stop_place: self.stop_place,
        })
    }
}

/// Tells which n-grams stay.
#[derive(Debug, Clone)]
pub struct Prune {
    counts_min: [u64; ORDER_MAX + 1],
    documents_min: u64,
    stop_words: StopWords,
    stop_place: StopPlace,
}

impl Prune {
    /// Whether the n-gram stays that `finder` has come to.
    #[inline]
    pub fn keeps(&self, entry: &Entry<'_>, finder: &mut StopFinder) -> bool {
        let count_min = self.counts_min.get(entry.order()).copied().unwrap_or(1);
        entry.count >= count_min
            && entry.documents >= self.documents_min
            && (self.stop_words.is_empty() || !finder.has(entry.tokens, &self.stop_words, self.stop_place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prune(counts_min: &str, orders: &str) -> Result<Prune, Error> {
        let counts_min = counts_min.parse().expect("counts");
        Pruning { counts_min, documents_min: 2, ..Pruning::default() }.of(orders.parse().expect("orders"))
    }

    #[test]
    fn counts_are_those_of_their_order() {
        let by_order = prune("1,5,2", "2-9").expect("a plan").counts_min;
        assert_eq!(by_order[2..], [1, 5, 2, 2, 2, 2, 2, 2]);
        assert_eq!(prune("7", "1-3").expect("a plan").counts_min[1..4], [7, 7, 7]);
        assert!(matches!(prune("1,2,3", "1-2"), Err(Error::Usage(_))));
        assert!(["", "1,", "x", "-1", "1;2"].iter().all(|text| text.parse::<CountsMin>().is_err()));
    }

    #[test]
    fn every_bound_counts() {
        let prune = prune("3", "1").expect("a plan");
        for (count, documents, stays) in [(3, 2, true), (2, 2, false), (3, 1, false)] {
            let entry = Entry { tokens: &[b"a"], shared: 0, count, documents, forms: &[], margins: &[] };
            assert_eq!(prune.keeps(&entry, &mut StopFinder::default()), stays);
        }
    }
}
