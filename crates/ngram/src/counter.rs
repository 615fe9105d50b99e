//! Counting: each record's n-grams into a bounded tally.

use rewrite::{Key, KeyScratch};
use textcore::tally::Tally;
use textcore::{Answer, Error, Fold, Output, Record};
use unicode::Unit;

use crate::joined::Joined;
use crate::old_answer::Plan;
use crate::orders::Orders;
use crate::parameters::Parameters;

/// Counts the n-grams of every record.
#[derive(Debug, Clone)]
pub struct Counter {
    /// Which orders.
    pub orders: Orders,
    /// What a token is.
    pub unit: Unit,
    /// What tokens are counted by; `None` is the token itself.
    pub key_norm: Option<Key>,
    /// What becomes of the counts.
    pub plan: Plan,
    /// How many states share the memory.
    pub workers: usize,
}

/// One worker's counts, by entries as [`Parameters`] describes them.
pub struct State {
    tally: Tally,
    /// What tokens are counted by.
    keys: Joined,
    /// The tokens as they stand, if that is something else.
    forms: Joined,
    entry: Vec<u8>,
    scratch: KeyScratch,
}

impl Fold for Counter {
    type State = State;

    fn start(&self) -> State {
        State {
            tally: Tally::new(self.plan.tally_bytes() / self.workers, &self.plan.temporary_directory),
            keys: Joined::default(),
            forms: Joined::default(),
            entry: Vec::new(),
            scratch: KeyScratch::default(),
        }
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        let State { tally, keys, forms, entry, scratch } = state;
        keys.clear();
        if let Some(norm) = &self.key_norm {
            forms.clear();
            norm.for_each_unit(self.unit, scratch, record.text, |key, form| {
                keys.push(key);
                forms.push(form);
            });
        } else {
            self.unit.for_each(record.text, |token| keys.push(token));
        }
        for order in self.orders.first..=self.orders.last {
            let length = usize::from(order);
            for at in 0..keys.count(length) {
                let gram = keys.gram(at, length);
                if !self.orders.is_several() && self.key_norm.is_none() {
                    tally.add(gram, 1).map_err(Error::Temporary)?;
                    continue;
                }
                entry.clear();
                entry.extend_from_slice(gram);
                if self.orders.is_several() {
                    entry.extend_from_slice(&[b'\t', b'0' + order]);
                }
                if self.key_norm.is_some() {
                    entry.push(b'\t');
                    entry.extend_from_slice(forms.gram(at, length));
                }
                tally.add(entry, 1).map_err(Error::Temporary)?;
            }
        }
        Ok(())
    }

    fn finish(&self, states: Vec<State>, out: &mut dyn Output) -> Result<Answer, Error> {
        let tallies = states.into_iter().map(|state| state.tally).collect();
        let parameters = Parameters {
            orders: self.orders,
            unit: self.unit.name().to_owned(),
            key_norm: self.key_norm.as_ref().map(ToString::to_string),
            ..Parameters::default()
        };
        self.plan.write(&parameters, tallies, out)
    }
}
