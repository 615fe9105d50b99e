//! One JSON text per line: find a string field, so that it can be spliced and every other byte left alone.
//!
//! Nothing is built: [`find`] checks the whole line and answers with a range of bytes, so a caller that changes
//! nothing writes the line as it came.
//!
//! ```
//! use textcore::json::{self, Pointer};
//!
//! let line = br#"{ "id":7, "text":"caf\u00e9\n" }"#;
//! let field: Pointer = "text".parse()?;
//! let range = json::find(line, &field)?.expect("the line has a text");
//!
//! let mut text = Vec::new();
//! json::unescape_into(&line[range.clone()], &mut text);
//! assert_eq!(text, "café\n".as_bytes());
//!
//! let mut out = line[..range.start].to_vec();
//! json::escape_into("thé\n".as_bytes(), &mut out);
//! out.extend_from_slice(&line[range.end..]);
//! assert_eq!(out, r#"{ "id":7, "text":"thé\n" }"#.as_bytes());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod escape;
mod pointer;
mod scan;
#[cfg(test)]
mod tests;
mod walk;

pub use escape::{escape_into, needs_unescape, unescape_into};
pub use pointer::{Pointer, PointerError};

use std::fmt;
use std::ops::Range;

/// How many arrays and objects may stand open inside one another.
pub const DEPTH_MAX: usize = 512;

/// Where a field's value lies in its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the line: of a string what stands between its quotes, of any other value all of it.
    pub range: Range<usize>,
    /// Whether the value is a string.
    pub is_string: bool,
}

/// What is wrong with a line, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Bytes from the start of the line to the place where the trouble was seen.
    pub offset_bytes: usize,
    /// What the trouble is.
    pub what: Trouble,
}

/// The ways in which a line can disappoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No value begins here.
    ExpectedValue,
    /// No field name begins here.
    ExpectedName,
    /// No colon follows a field name.
    ExpectedColon,
    /// An object neither goes on nor ends.
    ExpectedCommaOrBrace,
    /// An array neither goes on nor ends.
    ExpectedCommaOrBracket,
    /// A number lacks a digit.
    ExpectedDigit,
    /// Something follows the value.
    ExpectedEnd,
    /// A backslash is not followed by one of the escapes of JSON.
    MalformedEscape,
    /// A byte below 0x20 stands in a string without an escape.
    ControlCharacter,
    /// The line ends inside a string.
    UnfinishedString,
    /// More than [`DEPTH_MAX`] arrays and objects are open.
    TooDeep,
    /// The line is sound, but the field's value is not a string.
    NotAString,
}

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            Trouble::ExpectedValue => "expected a JSON value",
            Trouble::ExpectedName => "expected a field name in double quotes",
            Trouble::ExpectedColon => "expected ':'",
            Trouble::ExpectedCommaOrBrace => "expected ',' or '}'",
            Trouble::ExpectedCommaOrBracket => "expected ',' or ']'",
            Trouble::ExpectedDigit => "expected a digit",
            Trouble::ExpectedEnd => "expected the end of the line",
            Trouble::MalformedEscape => "malformed escape in a string",
            Trouble::ControlCharacter => "control character in a string",
            Trouble::UnfinishedString => "string without an end",
            Trouble::TooDeep => "more than 512 arrays and objects inside one another",
            Trouble::NotAString => "the field is not a string",
        };
        write!(formatter, "{what} at byte {}", self.offset_bytes)
    }
}

impl std::error::Error for JsonError {}

/// Finds one string field: the bytes between its quotes, escapes and all.
///
/// The answer is `None` where the field is absent. Of several fields of one name the last counts, as it does for
/// `serde_json` and `jq`; names are compared after their escapes are resolved.
///
/// # Errors
///
/// A line that is not exactly one JSON text of RFC 8259 (white space around it is fine, ill-formed UTF-8 inside
/// strings is left for others to judge), or that is nested deeper than [`DEPTH_MAX`]; and [`Trouble::NotAString`]
/// where the line is sound and the field has another type.
pub fn find(line: &[u8], pointer: &Pointer) -> Result<Option<Range<usize>>, JsonError> {
    let [found] = find_all(line, [pointer])?;
    match found {
        None => Ok(None),
        Some(Found { range, is_string: true }) => Ok(Some(range)),
        Some(Found { range, .. }) => Err(JsonError { offset_bytes: range.start, what: Trouble::NotAString }),
    }
}

/// Finds several fields in one pass, of whatever type they are, each answer in its pointer's place.
///
/// ```
/// use textcore::json::{self, Pointer};
///
/// let (text, id): (Pointer, Pointer) = ("text".parse()?, "/meta/id".parse()?);
/// let line = br#"{"meta":{"id":17},"text":"salt"}"#;
/// let [text, id] = json::find_all(line, [&text, &id])?.map(|found| found.expect("both are there"));
/// assert_eq!((&line[text.range], text.is_string), (&b"salt"[..], true));
/// assert_eq!((&line[id.range], id.is_string), (&b"17"[..], false));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Those of [`find`], but for [`Trouble::NotAString`].
pub fn find_all<const COUNT: usize>(
    line: &[u8],
    pointers: [&Pointer; COUNT],
) -> Result<[Option<Found>; COUNT], JsonError> {
    walk::walk(line, pointers)
}
