//! Partial results: text that merges, so that many runs give the bytes of one.
//!
//! ```text
//! #sluice ngram partial 1 {"orders":"2","unit":"space"}
//! of the<TAB>12
//! #end 1
//! ```
//!
//! A first line names tool, schema and parameters; each further line holds at least one tab; the last line counts
//! the lines between, so that a part which was cut short is refused.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::{Error, Trouble};
use crate::tool::{Output, Record, Span};

/// What a tool's partial results are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The tool.
    pub tool: &'static str,
    /// Its schema's number; parts of another number are refused.
    pub number: u32,
}

impl Schema {
    fn head(self) -> String {
        format!("#sluice {} partial {} ", self.tool, self.number)
    }
}

/// Writes a partial result.
pub struct PartialWriter<'a> {
    out: &'a mut dyn Output,
    lines: u64,
}

impl<'a> PartialWriter<'a> {
    /// Writes the first line.
    ///
    /// # Errors
    /// What the output says.
    pub fn new(schema: Schema, parameters: &Value, out: &'a mut dyn Output) -> Result<Self, Error> {
        out.put(format!("{}{parameters}\n", schema.head()).as_bytes())?;
        Ok(PartialWriter { out, lines: 0 })
    }

    /// Writes a line, given without its end; it holds at least one tab and no line end.
    ///
    /// # Errors
    /// What the output says.
    pub fn line(&mut self, line: &[u8]) -> Result<(), Error> {
        debug_assert!(line.contains(&b'\t') && !line.contains(&b'\n'), "an entry has a tab and is one line");
        self.lines += 1;
        self.out.put(line)?;
        self.out.put(b"\n")
    }

    /// Writes the last line.
    ///
    /// # Errors
    /// What the output says.
    pub fn finish(self) -> Result<(), Error> {
        self.out.put(format!("#end {}\n", self.lines).as_bytes())
    }
}

/// Checks partial results as their lines come by, in any order.
#[derive(Debug, Default)]
pub struct PartialCheck {
    parts: BTreeMap<u64, Part>,
}

#[derive(Debug, Default)]
struct Part {
    operand: String,
    parameters: Option<Value>,
    lines: u64,
    end: Option<u64>,
}

impl PartialCheck {
    /// Notes that an operand exists, even if it is empty.
    pub fn start(&mut self, span: Span<'_>) {
        self.part(span.operand.index).operand = span.operand.name();
    }

    fn part(&mut self, index: u64) -> &mut Part {
        self.parts.entry(index).or_default()
    }

    /// Looks at a line; an entry is given back.
    ///
    /// # Errors
    /// [`Error::Input`] for a first line that is not that of the schema, or a last line that makes no sense.
    pub fn line<'a>(&mut self, schema: Schema, record: Record<'a>) -> Result<Option<&'a [u8]>, Error> {
        let part = self.part(record.operand.index);
        if record.number == 1 {
            let json = record.text.strip_prefix(schema.head().as_bytes());
            let parameters = json.and_then(|json| serde_json::from_slice(json).ok());
            if parameters.is_none() {
                return Err(refuse(
                    record,
                    &format!("not a partial result of this version of {}", schema.tool),
                ));
            }
            part.parameters = parameters;
            return Ok(None);
        }
        if record.text.contains(&b'\t') {
            part.lines += 1;
            return Ok(Some(record.text));
        }
        let count =
            record.text.strip_prefix(b"#end ").and_then(|text| std::str::from_utf8(text).ok()?.parse().ok());
        match count {
            Some(count) if part.end.is_none() => {
                part.end = Some(count);
                Ok(None)
            }
            _ => Err(refuse(record, "this line does not belong into a partial result")),
        }
    }

    /// Takes over what another worker saw.
    pub fn merge(&mut self, other: PartialCheck) {
        for (index, theirs) in other.parts {
            let part = self.part(index);
            if part.operand.is_empty() {
                part.operand = theirs.operand;
            }
            part.parameters = part.parameters.take().or(theirs.parameters);
            part.lines += theirs.lines;
            part.end = part.end.or(theirs.end);
        }
    }

    /// The parameters that all parts share.
    ///
    /// # Errors
    /// [`Error::Input`] for a part that is empty, cut short or made with other parameters than the first.
    pub fn finish(self) -> Result<Value, Error> {
        let mut first: Option<(String, Value)> = None;
        for part in self.parts.into_values() {
            let refuse = |what: String| Err(Error::Input(Trouble::with_operand(part.operand.clone(), what)));
            let Some(parameters) = part.parameters else {
                return refuse("an empty partial result".to_owned());
            };
            match part.end {
                None => return refuse(format!("the partial result is cut short after {} lines", part.lines)),
                Some(end) if end != part.lines => {
                    return refuse(format!(
                        "the partial result should hold {end} lines, but holds {}",
                        part.lines
                    ));
                }
                Some(_) => {}
            }
            match &first {
                None => first = Some((part.operand.clone(), parameters)),
                Some((operand, wanted)) if *wanted != parameters => {
                    return refuse(format!("made with {parameters}, but {operand} with {wanted}"));
                }
                Some(_) => {}
            }
        }
        first
            .map(|(_, parameters)| parameters)
            .ok_or_else(|| Error::Usage("there is nothing to merge".to_owned()))
    }
}

/// The error for a line that cannot be part of a partial result.
pub fn refuse(record: Record<'_>, what: &str) -> Error {
    Error::Input(Trouble {
        operand: record.operand.name(),
        record: Some(record.number),
        byte: Some(record.offset),
        what: what.to_owned(),
    })
}

/// Splits `key<TAB>count` at the last tab.
pub fn key_and_count(line: &[u8]) -> Option<(&[u8], u64)> {
    let tab = memchr::memrchr(b'\t', line)?;
    let count = std::str::from_utf8(&line[tab + 1..]).ok()?.parse().ok()?;
    Some((&line[..tab], count))
}

/// Writes a key as it may stand in a line of `key<TAB>value`: tab, LF, CR and backslash become `\t`, `\n`, `\r`
/// and `\\`.
///
/// ```
/// let mut out = Vec::new();
/// textcore::partial::escape_key_into(b"a\tb", &mut out);
/// assert_eq!(out, br"a\tb");
/// ```
pub fn escape_key_into(key: &[u8], out: &mut Vec<u8>) {
    if memchr::memchr3(b'\t', b'\n', b'\\', key).is_none() && memchr::memchr(b'\r', key).is_none() {
        return out.extend_from_slice(key);
    }
    for &byte in key {
        match byte {
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\\' => out.extend_from_slice(b"\\\\"),
            _ => out.push(byte),
        }
    }
}

/// Undoes [`escape_key_into`]; a backslash before anything else stands for itself.
///
/// ```
/// let mut out = Vec::new();
/// textcore::partial::unescape_key_into(br"a\tb\x", &mut out);
/// assert_eq!(out, b"a\tb\\x");
/// ```
pub fn unescape_key_into(escaped: &[u8], out: &mut Vec<u8>) {
    let mut rest = escaped;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        let (before, after) = rest.split_at(at);
        out.extend_from_slice(before);
        let (byte, length) = match after.get(1) {
            Some(b't') => (b'\t', 2),
            Some(b'n') => (b'\n', 2),
            Some(b'r') => (b'\r', 2),
            Some(b'\\') => (b'\\', 2),
            _ => (b'\\', 1),
        };
        out.push(byte);
        rest = &after[length..];
    }
    out.extend_from_slice(rest);
}
