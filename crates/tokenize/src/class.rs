//! What a token is.

use std::fmt;
use std::str::FromStr;

/// The class of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// w
    Word,
    /// n
    Number,
    /// p
    Punctuation,
    /// s
    Symbol,
}
impl Class {
    /// of
    pub fn of(token: &[u8]) -> Class {
        match token.first() {
            Some(b'0'..=b'9') => Class::Number,
            Some(byte) if byte.is_ascii_punctuation() => Class::Punctuation,
            Some(0xEF) => Class::Symbol,
            Some(0xE2) => Class::Punctuation,
            Some(0xD8) if matches!(token.get(1), Some(0x8C | 0x9B)) => Class::Punctuation,
            _ => Class::Word,
        }
    }
}
impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", format!("{self:?}").to_lowercase())
    }
}
impl FromStr for Class {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        match s {
            "word" => Ok(Class::Word),
            "number" => Ok(Class::Number),
            _ => Err(format!("unknown class '{s}'")),
        }
    }
}
