//! What is done with a word that does not come in one of the texts.

use std::fmt;
use std::str::FromStr;

/// What a count of nought is taken for, where something is divided by it or its logarithm is taken.
///
/// Written `add` or `add=0.5`, `small` or `small=1e-18`, and `infinite`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ZeroHandling {
    /// A count of 0, and no other, is taken for this one; 0.5 in the UCREL calculator.
    Add(f64),
    /// A share of tokens of 0 is taken for this one; 10^-18 in Gabrielatos and Marchi.
    Small(f64),
    /// Nothing: ratios are infinite, and their confidence interval holds all numbers.
    Infinite,
}

impl ZeroHandling {
    /// The share of tokens that a count stands for.
    pub(super) fn share(self, count: u64, total: u64) -> f64 {
        match self {
            ZeroHandling::Add(taken) if count == 0 => taken / total as f64,
            ZeroHandling::Small(taken) if count == 0 => taken,
            _ => count as f64 / total as f64,
        }
    }
}

impl Default for ZeroHandling {
    fn default() -> ZeroHandling {
        ZeroHandling::Add(0.5)
    }
}

impl fmt::Display for ZeroHandling {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ZeroHandling::Add(taken) => write!(formatter, "add={taken:?}"),
            ZeroHandling::Small(taken) => write!(formatter, "small={taken:?}"),
            ZeroHandling::Infinite => formatter.write_str("infinite"),
        }
    }
}

impl FromStr for ZeroHandling {
    type Err = UnknownZeroHandling;

    fn from_str(written: &str) -> Result<ZeroHandling, UnknownZeroHandling> {
        let (name, value) = match written.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (written, None),
        };
        let taken = |usual: f64| match value {
            None => Ok(usual),
            Some(value) => match value.parse() {
                Ok(taken) if 0.0 < taken && taken < 1.0 => Ok(taken),
                _ => Err(UnknownZeroHandling(written.to_owned())),
            },
        };
        match name {
            "add" => Ok(ZeroHandling::Add(taken(0.5)?)),
            "small" => Ok(ZeroHandling::Small(taken(1e-18)?)),
            "infinite" if value.is_none() => Ok(ZeroHandling::Infinite),
            _ => Err(UnknownZeroHandling(written.to_owned())),
        }
    }
}

/// What was written is no [`ZeroHandling`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownZeroHandling(String);

impl fmt::Display for UnknownZeroHandling {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "'{}' is none of add, small and infinite, with a number between 0 and 1 as in add=0.5",
            self.0
        )
    }
}

impl std::error::Error for UnknownZeroHandling {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for zero in [ZeroHandling::Add(0.25), ZeroHandling::Small(1e-18), ZeroHandling::Infinite] {
            assert_eq!(zero.to_string().parse(), Ok(zero));
        }
        assert_eq!("add".parse(), Ok(ZeroHandling::default()));
        assert_eq!("small".parse(), Ok(ZeroHandling::Small(1e-18)));
        for unknown in ["", "add=", "add=0", "add=1", "small=nan", "infinite=1", "0.5", "add=-1"] {
            assert!(unknown.parse::<ZeroHandling>().is_err(), "{unknown}");
        }
    }
}
