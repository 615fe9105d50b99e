//! A file that is read for itself, not as records: decompressed, and its first bytes may be looked at beforehand.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use crate::codec::Codec;
use crate::engine::Engine;
use crate::error::{Error, Trouble, system_message};
use crate::input::Input;
use crate::source::{Operand, Operands, SourcePlan};
use crate::tool::Record;

/// An open file.
pub struct Opened {
    /// What it is called.
    pub operand: Arc<Operand>,
    input: Input,
    /// What has been read ahead of its reader.
    head: Vec<u8>,
    at: usize,
}

/// The largest head that is looked at.
const HEAD_BYTES_MAX: usize = 64;

impl Opened {
    /// Opens a file; a compressed one is decompressed.
    ///
    /// # Errors
    /// [`Error::Input`] if it cannot be read; [`Error::Usage`] if it is being written.
    pub fn open(engine: &Engine, operand: Arc<Operand>) -> Result<Self, Error> {
        if let Some(path) = &operand.path {
            engine.refuse_as_output(path)?;
        }
        Opened::unchecked(engine, operand)
    }

    fn unchecked(engine: &Engine, operand: Arc<Operand>) -> Result<Self, Error> {
        let (input, _) = Input::open(&operand).map_err(|error| refuse(&operand, &error))?;
        let mut opened = Opened { operand, input, head: Vec::new(), at: 0 };
        opened.sniff(engine.threads > 1).map_err(|error| refuse(&opened.operand, &error))?;
        Ok(opened)
    }

    /// Opens the file of a name, though it may be written later; `-` is standard input.
    ///
    /// # Errors
    /// [`Error::Input`] if it cannot be read.
    pub fn named(engine: &Engine, name: &std::ffi::OsStr) -> Result<Self, Error> {
        let plan = SourcePlan { operands: vec![name.to_owned()], ..SourcePlan::default() };
        match Operands::new(plan).next() {
            Some(Ok(operand)) => Opened::unchecked(engine, Arc::new(operand)),
            Some(Err(trouble)) => Err(Error::Input(trouble)),
            None => Err(Error::Internal("a name is an operand".to_owned())),
        }
    }

    /// What messages call the file.
    pub fn name(&self) -> String {
        self.operand.name()
    }

    /// The first bytes: 64, or all there are.
    ///
    /// # Errors
    /// [`Error::Input`] if they cannot be read.
    pub fn head(&mut self) -> Result<&[u8], Error> {
        let mut block = [0; HEAD_BYTES_MAX];
        while self.head.len() < HEAD_BYTES_MAX {
            match self.input.read(&mut block) {
                Ok(0) => break,
                Ok(length) => self.head.extend_from_slice(&block[..length]),
                Err(error) => {
                    let what = self.input.describe(&error);
                    return Err(Error::Input(Trouble::with_operand(self.name(), what)));
                }
            }
        }
        Ok(&self.head[self.at..])
    }

    fn sniff(&mut self, is_threaded: bool) -> io::Result<()> {
        let mut block = [0; HEAD_BYTES_MAX];
        let codec = loop {
            let length = self.input.read(&mut block)?;
            self.head.extend_from_slice(&block[..length]);
            if let Some(codec) = Codec::sniff(&self.head, length == 0) {
                break codec;
            }
        };
        if codec == Codec::Plain {
            Ok(())
        } else {
            self.input.decompress(codec, std::mem::take(&mut self.head), is_threaded)
        }
    }
}

impl Read for Opened {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let ahead = &self.head[self.at..];
        if ahead.is_empty() {
            return self
                .input
                .read(room)
                .map_err(|error| io::Error::new(error.kind(), self.input.describe(&error)));
        }
        let length = ahead.len().min(room.len());
        room[..length].copy_from_slice(&ahead[..length]);
        self.at += length;
        Ok(length)
    }
}

/// The lines of such a file, one at a time.
pub struct OpenedLines {
    input: BufReader<Box<dyn Read + Send>>,
    operand: Arc<Operand>,
    line_bytes_max: usize,
    text: Vec<u8>,
    number: u64,
    offset: u64,
    next_offset: u64,
}

impl OpenedLines {
    /// Before the first line. A line of more than `line_bytes_max` bytes will be an error.
    pub fn new(opened: Opened, line_bytes_max: usize) -> Self {
        OpenedLines::of(Arc::clone(&opened.operand), Box::new(opened), line_bytes_max)
    }

    /// The same of any bytes, under the name of an operand.
    pub fn of(operand: Arc<Operand>, input: Box<dyn Read + Send>, line_bytes_max: usize) -> Self {
        OpenedLines {
            input: BufReader::with_capacity(1 << 16, input),
            operand,
            line_bytes_max,
            text: Vec::new(),
            number: 0,
            offset: 0,
            next_offset: 0,
        }
    }

    /// The file.
    pub fn operand(&self) -> &Arc<Operand> {
        &self.operand
    }

    /// Goes on to the next line; `false` at the end.
    ///
    /// # Errors
    /// [`Error::Input`] if the file cannot be read, or the line is too long.
    pub fn advance(&mut self) -> Result<bool, Error> {
        self.text.clear();
        self.number += 1;
        self.offset = self.next_offset;
        while self.text.last() != Some(&b'\n') {
            let bytes = match self.input.fill_buf() {
                Ok([]) => break,
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(refuse(&self.operand, &error)),
            };
            let length = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
            self.text.extend_from_slice(&bytes[..length]);
            self.input.consume(length);
            self.next_offset += length as u64;
            if self.record().text.len() > self.line_bytes_max {
                let what = "a line longer than --max-record allows";
                return Err(crate::partial::refuse(self.record(), what));
            }
        }
        Ok(!self.text.is_empty())
    }

    /// The line that [`OpenedLines::advance`] came to; its end is LF, or nothing where the file ends without one.
    pub fn record(&self) -> Record<'_> {
        let (text, end): (_, &[u8]) =
            self.text.strip_suffix(b"\n").map_or((&self.text[..], b""), |text| (text, b"\n"));
        Record { number: self.number, offset: self.offset, end, ..Record::of(text, &self.operand) }
    }
}

fn refuse(operand: &Operand, error: &io::Error) -> Error {
    Error::Input(Trouble::with_operand(operand.name(), system_message(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_places_and_whether_they_end() {
        let operand = Arc::new(Operand { index: 0, typed: 0, path: None, mirror: "x".into() });
        let mut lines = OpenedLines::of(operand, Box::new(&b"one\n\nthree"[..]), 5);
        for (text, end, number, offset) in [("one", "\n", 1, 0), ("", "\n", 2, 4), ("three", "", 3, 5)] {
            assert!(lines.advance().expect("read"));
            let record = lines.record();
            assert_eq!((record.text, record.end), (text.as_bytes(), end.as_bytes()));
            assert_eq!((record.number, record.offset), (number, offset));
        }
        assert!(!lines.advance().expect("read"));
    }

    #[test]
    fn a_line_that_is_too_long_is_refused() {
        let operand = Arc::new(Operand { index: 0, typed: 0, path: None, mirror: "x".into() });
        let mut lines = OpenedLines::of(operand, Box::new(&b"12345\n123456\n"[..]), 5);
        assert!(lines.advance().expect("read"));
        let refused = lines.advance().expect_err("too long").to_string();
        assert!(refused.starts_with("-: record 2 (byte 6): a line longer"), "{refused}");
    }
}
