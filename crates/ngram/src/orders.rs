//! Which orders of n-grams are counted: one, or a range.

use std::fmt;
use std::str::FromStr;

use crate::entry::ORDER_MAX;

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

impl Default for Orders {
    /// Pairs.
    fn default() -> Self {
        Orders { first: 2, last: 2 }
    }
}

impl FromStr for Orders {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let number =
            |part: &str| part.parse::<u8>().ok().filter(|order| (1..=ORDER_MAX as u8).contains(order));
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
