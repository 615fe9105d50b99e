//! The decisions of a filter.

use textcore::{Decisions, Error, Gate, Run, Subject};

use super::account::Account;
use crate::across::{KeyText, TextScratch};
use crate::exact;

/// How many keys are looked for at once, so that their cache misses overlap.
const BATCH: usize = 32;

/// Keeps records whose key a filter does not know; it sees them in input order, so that it knows the same at any `-j`.
#[derive(Debug, Clone)]
pub struct FixedMemory {
    /// What records are compared by.
    pub text: KeyText,
}

impl Gate for FixedMemory {
    type Key = u128;
    type State = Account;
    type Scratch = TextScratch;

    fn key(&self, scratch: &mut TextScratch, subject: Subject<'_>) -> u128 {
        exact::key(self.text.of(scratch, subject.texts))
    }

    fn decide(
        &self,
        state: &mut Account,
        keys: &mut Vec<u128>,
        _runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        for batch in keys.chunks(BATCH) {
            state.touch(batch);
            for &key in batch {
                if state.keeps(key) { decisions.keep() } else { decisions.drop() }
            }
        }
        Ok(())
    }

    fn learn(&self, state: &mut Account, keys: &mut Vec<u128>, _runs: &[Run]) -> Result<(), Error> {
        keys.iter().for_each(|&key| state.learn(key));
        Ok(())
    }

    fn reason(&self) -> &'static str {
        "duplicate or taken for one"
    }
}
