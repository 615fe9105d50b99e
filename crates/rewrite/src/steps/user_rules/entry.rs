//! The lines of rule files, read.

use std::collections::HashMap;
use std::fmt;

use super::codes::{codes, is_code};
use super::cursor::{Cursor, is_blank};
use super::error::{Fault, RulesError};
use super::pattern::{Pattern, written};
use super::quoted::quoted;
use super::template::{Template, template};
use super::trial::RuleTest;

/// What all patterns together may take when compiled.
const PATTERN_BYTES_MAX: usize = 8 << 20;

/// One rule.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The file, by its place among the files.
    pub file: usize,
    pub line: usize,
    pub source: Source,
    pub target: Template,
}

/// What a rule looks for.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Text(String),
    Pattern(Box<Pattern>),
}

impl fmt::Display for Source {
    /// As in a file: a text in quotes, or a pattern.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Text(text) => write!(f, "{text:?}"),
            Source::Pattern(pattern) => f.write_str(&pattern.written),
        }
    }
}

impl Source {
    /// The same for the same source, and for no other.
    fn key(&self) -> String {
        match self {
            Source::Text(text) => ["=", text].concat(),
            Source::Pattern(pattern) => pattern.written.clone(),
        }
    }
}

impl Entry {
    /// What it does, as a phrase.
    pub fn about(&self) -> String {
        let Entry { source, target, .. } = self;
        match (source, target.as_plain()) {
            (_, Some("")) => format!("{source} is left out"),
            (Source::Text(text), Some(same)) if text == same => format!("{source} stays"),
            _ => format!("{source} becomes {target}"),
        }
    }
}

/// Everything that some files say, in order.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub entries: Vec<Entry>,
    pub tests: Vec<RuleTest>,
}

/// Reads files one after another.
#[derive(Default)]
pub(super) struct Reader<'f> {
    lines: Lines,
    /// Where each source was seen first: its entry and the file's name.
    seen: HashMap<String, (usize, &'f str)>,
    pattern_bytes: usize,
}

impl<'f> Reader<'f> {
    /// Reads one more file.
    pub fn read(&mut self, file: usize, name: &'f str, bytes: &[u8]) -> Result<(), RulesError> {
        let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes); // a byte order mark
        for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            self.line(file, name, index + 1, line).map_err(|fault| fault.at(name, index + 1))?;
        }
        Ok(())
    }

    pub fn finish(self) -> Lines {
        self.lines
    }

    fn line(&mut self, file: usize, name: &'f str, number: usize, line: &[u8]) -> Result<(), Fault> {
        let mut cursor = Cursor::new(well_formed(line)?);
        let blanks = cursor.skip_blanks();
        let column = cursor.column();
        let (source, target) = match cursor.peek() {
            None | Some('#') => return Ok(()),
            Some('"') => literal(&mut cursor)?,
            Some('/') => self.pattern(&mut cursor)?,
            _ if is_code(cursor.rest()) && blanks.contains('\t') => {
                return Err(Fault::new(1, "the source before the tab is empty"));
            }
            _ if is_code(cursor.rest()) => {
                let (source, target) = codes(&mut cursor)?;
                (Source::Text(source), Template::plain(target))
            }
            _ => {
                let (input, expected) = test(&mut cursor)?;
                self.lines.tests.push(RuleTest {
                    file,
                    name: name.to_owned(),
                    line: number,
                    input,
                    expected,
                });
                return Ok(());
            }
        };
        if matches!(&source, Source::Text(text) if text.is_empty()) {
            return Err(Fault::new(column, "the source is empty"));
        }
        self.add(Entry { file, line: number, source, target }, name).map_err(|what| Fault::new(column, what))
    }

    fn pattern(&mut self, cursor: &mut Cursor<'_>) -> Result<(Source, Template), Fault> {
        let pattern = written(cursor)?.pattern(PATTERN_BYTES_MAX - self.pattern_bytes)?;
        self.pattern_bytes = PATTERN_BYTES_MAX.min(self.pattern_bytes + pattern.bytes);
        cursor.expect("->")?;
        let target = template(cursor, &pattern.groups)?;
        cursor.expect_end()?;
        Ok((Source::Pattern(Box::new(pattern)), target))
    }

    fn add(&mut self, entry: Entry, name: &'f str) -> Result<(), String> {
        let place = self.lines.entries.len();
        let (first, first_name) = *self.seen.entry(entry.source.key()).or_insert((place, name));
        if let Some(first) = self.lines.entries.get(first)
            && first.target != entry.target
        {
            return Err(format!("{first_name}:{} gives the same source another target", first.line));
        }
        self.lines.entries.push(entry);
        Ok(())
    }
}

/// The line as text.
fn well_formed(line: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(line).map_err(|error| {
        let before = String::from_utf8_lossy(&line[..error.valid_up_to()]).chars().count();
        Fault::new(before + 1, "this is not UTF-8")
    })
}

/// Reads `"SOURCE" -> "TARGET"`.
fn literal(cursor: &mut Cursor<'_>) -> Result<(Source, Template), Fault> {
    let source = quoted(cursor)?;
    cursor.expect("->")?;
    let target = quoted(cursor)?;
    cursor.expect_end()?;
    Ok((Source::Text(source), Template::plain(target)))
}

/// Reads `test "INPUT" => "OUTPUT"`.
fn test(cursor: &mut Cursor<'_>) -> Result<(String, String), Fault> {
    if !cursor.rest().strip_prefix("test").is_some_and(|rest| rest.starts_with(is_blank)) {
        return Err(cursor.fault("expected a \"text\", a /pattern/, code points in hex, test or #"));
    }
    cursor.expect("test")?;
    let input = quoted(cursor)?;
    cursor.expect("=>")?;
    let expected = quoted(cursor)?;
    cursor.expect_end()?;
    Ok((input, expected))
}
