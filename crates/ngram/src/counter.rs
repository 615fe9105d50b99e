//! Counting: each record's n-grams into a bounded tally.

use std::fmt;
use std::str::FromStr;

use rewrite::{Key, KeyScratch};
use textcore::tally::Tally;
use textcore::{Answer, Error, Fold, Output, Record};
use unicode::Unit;

use crate::answer::Plan;
use crate::joined::Joined;
use crate::parameters::Parameters;

/// The largest order that is counted.
const ORDER_MAX: u8 = 9;

/// The orders to count, from `first` to `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orders {
    /// The smallest, at least 1.
    pub first: u8,
    /// The largest, at most 9.
    pub last: u8,
}

impl Orders {
    /// Whether a key has to say which order it is of.
    pub fn is_several(self) -> bool {
        self.first < self.last
    }

    /// The order that a key is of: its last byte says so where there are several.
    pub fn order_of(self, key: &[u8]) -> u8 {
        let digit =
            key.last().filter(|_| self.is_several()).map_or(self.first, |digit| digit.wrapping_sub(b'0'));
        digit.clamp(self.first, self.last)
    }

    /// The n-gram in a key.
    pub fn gram(self, key: &[u8]) -> &[u8] {
        if self.is_several() { &key[..key.len().saturating_sub(2)] } else { key }
    }
}

impl FromStr for Orders {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let number = |part: &str| part.parse::<u8>().ok().filter(|order| (1..=ORDER_MAX).contains(order));
        match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => Ok(Orders { first, last }),
            _ => Err(format!("'{text}' is not an order from 1 to {ORDER_MAX}, nor a range such as 1-5")),
        }
    }
}

impl fmt::Display for Orders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_several() {
            write!(f, "{}-{}", self.first, self.last)
        } else {
            write!(f, "{}", self.first)
        }
    }
}

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
        };
        self.plan.write(&parameters, tallies, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_ranges_from_1_to_9() {
        assert_eq!("3".parse(), Ok(Orders { first: 3, last: 3 }));
        assert_eq!("1-9".parse::<Orders>().map(|orders| orders.to_string()), Ok("1-9".to_owned()));
        for bad in ["0", "10", "2-1", "", "-", "1-", "a", "1-2-3"] {
            assert!(bad.parse::<Orders>().is_err(), "{bad}");
        }
    }
}
