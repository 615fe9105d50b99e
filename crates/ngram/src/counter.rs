//! Counting: each record's n-grams into a bounded tally.

use std::fmt;
use std::str::FromStr;

use textcore::partial::escape_key_into;
use textcore::tally::Tally;
use textcore::{Answer, Error, Fold, Output, Record};
use unicode::Unit;

use crate::answer::Plan;

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
    /// What becomes of the counts.
    pub plan: Plan,
    /// How many states share the memory.
    pub workers: usize,
}

/// One worker's counts.
///
/// A key is the tokens joined by a space, with tab, LF, CR and backslash escaped; with several orders, a tab and
/// the order's digit follow. Keys in byte order are thus in the order of the lines that will be written.
pub struct State {
    tally: Tally,
    joined: Vec<u8>,
    /// Where each token starts in `joined`, and where one after the last would start.
    starts: Vec<usize>,
    key: Vec<u8>,
}

impl Counter {
    fn join(&self, state: &mut State, text: &[u8]) {
        let State { joined, starts, .. } = state;
        joined.clear();
        starts.clear();
        self.unit.for_each(text, |token| {
            starts.push(joined.len());
            escape_key_into(token, joined);
            joined.push(b' ');
        });
        starts.push(joined.len());
    }
}

impl Fold for Counter {
    type State = State;

    fn start(&self) -> State {
        let tally = Tally::new(self.plan.tally_bytes() / self.workers, &self.plan.temporary_directory);
        State { tally, joined: Vec::new(), starts: Vec::new(), key: Vec::new() }
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        self.join(state, record.text);
        let State { tally, joined, starts, key } = state;
        let tokens = starts.len() - 1;
        for order in self.orders.first..=self.orders.last {
            let length = usize::from(order);
            for at in 0..(tokens + 1).saturating_sub(length) {
                let gram = &joined[starts[at]..starts[at + length] - 1];
                if self.orders.is_several() {
                    key.clear();
                    key.extend_from_slice(gram);
                    key.extend_from_slice(&[b'\t', b'0' + order]);
                    tally.add(key, 1).map_err(Error::Temporary)?;
                } else {
                    tally.add(gram, 1).map_err(Error::Temporary)?;
                }
            }
        }
        Ok(())
    }

    fn finish(&self, states: Vec<State>, out: &mut dyn Output) -> Result<Answer, Error> {
        let tallies = states.into_iter().map(|state| state.tally).collect();
        self.plan.write(self.orders, self.unit.name(), tallies, out)
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
