//! What a filter has done: how many records it kept, and how many of those it dropped were new.

use serde_json::{Value, json};

use super::filter::{Filter, Sighting};

/// A filter, and the account of its errors.
#[derive(Debug)]
pub struct Account {
    filter: Filter,
    kept: u64,
    /// The sum of p/(1-p) over all kept records, p being the chance that the record would have been dropped.
    ///
    /// A new record is dropped with chance p, and adds p/(1-p) with chance 1-p: what it adds is p on average, which
    /// makes the sum an unbiased estimate of how many new records were dropped. The variance of the difference is
    /// p/(1-p) for each, so its standard deviation is about the root of the estimate.
    false_drops: f64,
    /// Records dropped by a full block, where p is 1: nothing is known of them.
    blind_drops: u64,
}

impl Account {
    /// Opens the account of an empty filter.
    pub fn new(filter: Filter) -> Self {
        Account { filter, kept: 0, false_drops: 0.0, blind_drops: 0 }
    }

    /// Adds a key and says whether its record is kept.
    pub fn keeps(&mut self, key: u128) -> bool {
        match self.filter.insert(key) {
            Sighting::New { chance } => {
                self.kept += 1;
                self.false_drops += chance / (1.0 - chance);
                true
            }
            Sighting::Known { is_block_full } => {
                self.blind_drops += u64::from(is_block_full);
                false
            }
        }
    }

    /// Adds a key that is not asked about.
    pub fn learn(&mut self, key: u128) {
        self.filter.insert(key);
    }

    /// Reads what the keys will ask for, all at once, so that waits for memory overlap.
    pub fn touch(&self, keys: &[u128]) {
        std::hint::black_box(keys.iter().fold(0, |touched, &key| touched ^ self.filter.touch(key)));
    }

    /// For the report.
    pub fn to_json(&self) -> Value {
        json!({
            "bytes": self.filter.bytes(),
            "fill": rounded(self.filter.fill()),
            "false_drops_estimate": rounded(self.false_drops),
            "false_drops_deviation": rounded(self.false_drops.sqrt()),
            "blind_drops": self.blind_drops,
        })
    }

    /// What there is to be warned of.
    pub fn warning(&self) -> Option<String> {
        if self.blind_drops > 0 {
            return Some(format!(
                "--bloom: the filter is too small: {} records were dropped by full blocks, which drop everything; \
                 give it more than {} bytes",
                self.blind_drops,
                self.filter.bytes()
            ));
        }
        let estimate = self.false_drops.round();
        (estimate >= 1.0).then(|| {
            format!(
                "--bloom: about {estimate} records (± {}) were dropped though no earlier one was the same; \
                 more than {} bytes would lose fewer",
                self.false_drops.sqrt().ceil(),
                self.filter.bytes()
            )
        })
    }
}

/// Six digits that count: enough for an estimate, and the same on every machine.
fn rounded(number: f64) -> f64 {
    format!("{number:.5e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::key;

    fn account(records: u64, bytes: usize) -> Account {
        let mut account = Account::new(Filter::new(bytes).expect("small"));
        for number in 0..records {
            account.keeps(key(&number.to_le_bytes()));
        }
        account
    }

    #[test]
    fn a_small_share_of_a_filter_needs_no_warning() {
        let account = account(1000, 1 << 16);
        assert_eq!((account.kept, account.blind_drops), (1000, 0));
        assert_eq!(account.warning(), None);
    }

    #[test]
    fn an_estimate_is_said() {
        let account = account(30_000, 1 << 15);
        let truth = (30_000 - account.kept) as f64;
        assert!((account.false_drops - truth).abs() < 4.0 * truth.sqrt(), "{account:?}");
        assert!(account.warning().is_some_and(|what| what.contains("about")));
        assert_eq!(account.to_json()["bytes"], 32768);
    }

    #[test]
    fn a_full_filter_is_said_to_be_full() {
        let account = account(20_000, 64);
        assert!(account.blind_drops > 10_000);
        assert!(account.warning().is_some_and(|what| what.contains("too small")));
    }
}
