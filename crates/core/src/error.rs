//! What can fail: `Trouble` costs one operand or one record, `Error` ends the run.

use std::fmt;
use std::io;

/// Something that went wrong with one operand, or with one record of it; everything else goes on.
///
/// Shown as `operand: record 12 (byte 345): what happened`; the process prefixes the tool's name and exits 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The operand as it was typed or found, made printable; empty for what concerns none.
    pub operand: String,
    /// The record's number in its operand, from 1.
    pub record: Option<u64>,
    /// Offset in bytes from the start of the operand (decompressed, before decoding unless `what` says otherwise).
    pub byte: Option<u64>,
    /// What happened: lower case, no full stop, the remedy if known.
    pub what: String,
}

impl Trouble {
    /// Trouble with the operand as a whole.
    pub fn with_operand(operand: impl Into<String>, what: impl Into<String>) -> Self {
        Trouble { operand: operand.into(), record: None, byte: None, what: what.into() }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.operand.is_empty() {
            write!(f, "{}: ", self.operand)?;
        }
        match (self.record, self.byte) {
            (Some(record), Some(byte)) => write!(f, "record {record} (byte {byte}): ")?,
            (Some(record), None) => write!(f, "record {record}: ")?,
            (None, Some(byte)) => write!(f, "byte {byte}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.what)
    }
}

/// What ends a run.
#[derive(Debug)]
pub enum Error {
    /// The command line asks for something impossible: said before anything is read or written.
    Usage(String),
    /// An operand without which the run has no meaning (a partial result to merge, an input that is the output).
    Input(Trouble),
    /// An output could not be created, written or closed.
    Output {
        /// The output's name.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// Temporary storage failed: full or not writable.
    Temporary(io::Error),
    /// Standard output's reader went away: not an error, the run ends quietly with 0.
    Closed,
    /// A defect of this program, caught before it could harm the output.
    Internal(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Usage(what) => f.write_str(what),
            Error::Input(trouble) => trouble.fmt(f),
            Error::Output { name, source } => write!(f, "{name}: {}", system_message(source)),
            Error::Temporary(source) => {
                write!(f, "temporary storage: {} (see -T and -S)", system_message(source))
            }
            Error::Closed => f.write_str("standard output was closed"),
            Error::Internal(what) => write!(f, "internal error: {what}"),
        }
    }
}

impl std::error::Error for Error {}

/// The system's message without the `(os error 28)` that Rust adds, lower-cased as the other messages are.
pub fn system_message(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_names_the_place() {
        let trouble = Trouble {
            operand: "a.txt".into(),
            record: Some(12),
            byte: Some(345),
            what: "invalid UTF-8".into(),
        };
        assert_eq!(trouble.to_string(), "a.txt: record 12 (byte 345): invalid UTF-8");
        assert_eq!(Trouble::with_operand("-", "gone").to_string(), "-: gone");
        assert_eq!(Trouble::with_operand("", "gone").to_string(), "gone");
    }

    #[test]
    fn system_messages_read_like_ours() {
        let full = io::Error::from_raw_os_error(28);
        assert_eq!(system_message(&full), "no space left on device");
        assert_eq!(system_message(&io::Error::other("UTF-8 it is")), "UTF-8 it is");
    }
}
