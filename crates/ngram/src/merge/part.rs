//! One partial result: its lines are read, checked and turned into rows.

use serde_json::Value;
use textcore::opened::OpenedLines;
use textcore::partial::{Checksum, refuse};
use textcore::tally::Source;
use textcore::{Error, Record, Trouble};

use crate::entry_buffer::EntryBuffer;
use crate::key::END;
use crate::parameters::Parameters;
use crate::partial::{Columns, SCHEMA};

/// A partial result whose first lines have been read.
pub struct Part {
    /// What it was made with.
    pub parameters: Parameters,
    /// How many documents it is of.
    pub documents: u64,
    body: Body,
    columns: Columns,
    entry: EntryBuffer,
    previous: Vec<u8>,
    /// Which row of the entry was come to: its count, its documents, each of its forms.
    at: usize,
    /// The key of that row, unless it is that of the entry, and what stands under it.
    row: Vec<u8>,
    value: u64,
}

/// The lines after the first.
struct Body {
    lines: OpenedLines,
    /// Of all lines that have been read.
    checksum: Checksum,
}

/// Rows of an entry before those of its forms.
const COUNT: usize = 0;
const DOCUMENTS: usize = 1;
const FORMS: usize = 2;

impl Part {
    /// Reads the first lines.
    ///
    /// # Errors
    /// [`Error::Input`] if they are not those of a partial result of this version.
    pub fn open(mut lines: OpenedLines) -> Result<Self, Error> {
        let name = lines.operand().name();
        if !lines.advance()? {
            return Err(Error::Input(Trouble::with_operand(name, "an empty partial result")));
        }
        let head = lines.record();
        let parameters = read_head(head.text).map_err(|what| refuse(head, &what))?;
        if head.end.is_empty() {
            return Err(refuse(head, "the partial result is cut short after its first line"));
        }
        let mut checksum = Checksum::default();
        checksum.add_head(head.text);
        let columns = Columns::of(&parameters);
        let mut part = Part {
            parameters,
            documents: 0,
            body: Body { lines, checksum },
            columns,
            entry: EntryBuffer::default(),
            previous: Vec::new(),
            at: 0,
            row: Vec::new(),
            value: 0,
        };
        if columns.has_documents {
            let Some(line) = part.body.next()? else {
                return Err(refuse(part.body.lines.record(), "the number of documents is missing"));
            };
            part.documents = columns.read_documents(line.text).map_err(|what| refuse(line, what))?;
        }
        Ok(part)
    }

    /// What messages call it.
    pub fn name(&self) -> String {
        self.body.lines.operand().name()
    }

    /// Makes sure that its counts can be added to others.
    ///
    /// # Errors
    /// [`Error::Input`] that names both and their parameters.
    pub fn expect(&self, wanted: &Parameters, others: &str) -> Result<(), Error> {
        if self.parameters == *wanted {
            return Ok(());
        }
        let what = format!("made with {}, but {others} with {}", self.parameters.to_json(), wanted.to_json());
        Err(Error::Input(Trouble::with_operand(self.name(), what)))
    }

    fn next_entry(&mut self) -> Result<bool, Error> {
        std::mem::swap(&mut self.previous, &mut self.entry.key);
        self.entry.clear();
        let Some(line) = self.body.next()? else { return Ok(false) };
        self.columns.read(line.text, &mut self.entry).map_err(|what| refuse(line, what))?;
        if self.entry.key <= self.previous {
            let what = "this n-gram does not come after the one before it: the partial result is not sorted";
            return Err(refuse(line, what));
        }
        self.at = COUNT;
        self.value = self.entry.count;
        Ok(true)
    }
}

impl Body {
    /// The next line that the last one counts; `None` once the part has turned out to be whole.
    fn next(&mut self) -> Result<Option<Record<'_>>, Error> {
        let has_line = self.lines.advance()?;
        let line = self.lines.record();
        if line.end.is_empty() {
            return Err(refuse(
                line,
                &format!("the partial result is cut short after {} lines", self.checksum.lines()),
            ));
        }
        debug_assert!(has_line, "only what follows the last line has no end");
        if !line.text.starts_with(b"#end ") {
            self.checksum.add(line.text);
            return Ok(Some(self.lines.record()));
        }
        self.checksum.check(line.text).map_err(|what| refuse(line, &what))?;
        if self.lines.advance()? {
            return Err(refuse(self.lines.record(), "something follows the end of the partial result"));
        }
        Ok(None)
    }
}

/// The parameters that a first line says.
fn read_head(line: &[u8]) -> Result<Parameters, String> {
    let of_tool = format!("#sluice {} partial ", SCHEMA.tool);
    let rest = line.strip_prefix(of_tool.as_bytes()).ok_or("not a partial result of ngram")?;
    let number = format!("{} ", SCHEMA.number);
    let json = rest.strip_prefix(number.as_bytes()).ok_or_else(|| {
        let theirs = rest.split(|&byte| byte == b' ').next().unwrap_or_default();
        let ours = SCHEMA.number;
        format!(
            "a partial result of schema {}, but this version of ngram writes {ours}",
            theirs.escape_ascii()
        )
    })?;
    let json: Value = serde_json::from_slice(json).map_err(|_| "the parameters are no JSON".to_owned())?;
    Parameters::from_json(&json).map_err(|error| error.to_string())
}

impl Source for Part {
    type Error = Error;

    fn advance(&mut self) -> Result<bool, Error> {
        self.at += 1;
        if self.at == DOCUMENTS {
            if self.columns.has_documents && !self.entry.key.is_empty() {
                self.row.clone_from(&self.entry.key);
                self.row.push(END);
                self.value = self.entry.documents;
                return Ok(true);
            }
            self.at = FORMS;
        }
        if let Some((form, count)) = self.entry.forms.get(self.at - FORMS) {
            self.row.clone_from(&self.entry.key);
            self.row.push(END);
            self.row.extend_from_slice(form);
            self.value = count;
            return Ok(true);
        }
        self.next_entry()
    }

    fn key(&self) -> &[u8] {
        if self.at == COUNT { &self.entry.key } else { &self.row }
    }

    fn count(&self) -> u64 {
        self.value
    }
}
