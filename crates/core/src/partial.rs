//! Partial results: text that merges, so that many runs give the bytes of one.
//!
//! ```text
//! #sluice ngram partial 1 {"orders":"2","unit":"space"}
//! of the<TAB>12
//! #end 1 1c2b9e3d07f5a846
//! ```
//!
//! A first line names tool, schema and parameters; each further line holds at least one tab; the last line counts
//! the lines between and holds a checksum of all before it, so that a part which was cut short or damaged is refused.

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

/// How many lines there are, and what tells whether they are those that were written, in whatever order they are seen: the
/// sum of their XXH3 hashes of 64 bits.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Checksum {
    lines: u64,
    sum: u64,
}

impl Checksum {
    /// The first line, which does not count.
    pub fn add_head(&mut self, line: &[u8]) {
        self.sum = self.sum.wrapping_add(xxhash_rust::xxh3::xxh3_64(line));
    }

    /// A line without its end.
    pub fn add(&mut self, line: &[u8]) {
        self.add_head(line);
        self.lines += 1;
    }

    /// Lines that somebody else has seen.
    pub fn merge(&mut self, other: Checksum) {
        self.lines += other.lines;
        self.sum = self.sum.wrapping_add(other.sum);
    }

    /// How many lines there are after the first.
    pub fn lines(self) -> u64 {
        self.lines
    }

    /// What the last line says of them, without its end.
    pub fn end_line(self) -> String {
        format!("#end {} {:016x}", self.lines, self.sum)
    }

    /// Whether a last line says just this.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(self, end_line: &[u8]) -> Result<(), String> {
        if end_line == self.end_line().as_bytes() {
            return Ok(());
        }
        let said = end_line.strip_prefix(b"#end ").unwrap_or(end_line);
        let counted = said.split(|&byte| byte == b' ').next().unwrap_or_default();
        if counted == self.lines.to_string().as_bytes() {
            return Err("the partial result is damaged: its lines are not those that were written".to_owned());
        }
        Err(format!(
            "the partial result should hold {} lines, but holds {}",
            counted.escape_ascii(),
            self.lines
        ))
    }
}

/// Writes a partial result.
pub struct PartialWriter<'a> {
    out: &'a mut dyn Output,
    checksum: Checksum,
}

impl<'a> PartialWriter<'a> {
    /// Writes the first line.
    ///
    /// # Errors
    /// What the output says.
    pub fn new(schema: Schema, parameters: &Value, out: &'a mut dyn Output) -> Result<Self, Error> {
        let head = format!("{}{parameters}", schema.head());
        let mut checksum = Checksum::default();
        checksum.add_head(head.as_bytes());
        out.put(format!("{head}\n").as_bytes())?;
        Ok(PartialWriter { out, checksum })
    }

    /// Writes a line, given without its end; it holds at least one tab and no line end.
    ///
    /// # Errors
    /// What the output says.
    pub fn line(&mut self, line: &[u8]) -> Result<(), Error> {
        debug_assert!(line.contains(&b'\t') && !line.contains(&b'\n'), "an entry has a tab and is one line");
        self.checksum.add(line);
        self.out.put(line)?;
        self.out.put(b"\n")
    }

    /// Writes the last line.
    ///
    /// # Errors
    /// What the output says.
    pub fn finish(self) -> Result<(), Error> {
        self.out.put(format!("{}\n", self.checksum.end_line()).as_bytes())
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
    checksum: Checksum,
    end: Option<Vec<u8>>,
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
            part.checksum.add_head(record.text);
            return Ok(None);
        }
        if record.text.contains(&b'\t') {
            part.checksum.add(record.text);
            return Ok(Some(record.text));
        }
        match record.text.starts_with(b"#end ") {
            true if part.end.is_none() => {
                part.end = Some(record.text.to_vec());
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
            part.checksum.merge(theirs.checksum);
            part.end = part.end.take().or(theirs.end);
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
            let Some(end) = part.end else {
                let lines = part.checksum.lines();
                return refuse(format!("the partial result is cut short after {lines} lines"));
            };
            if let Err(what) = part.checksum.check(&end) {
                return refuse(what);
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
