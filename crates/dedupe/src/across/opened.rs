//! A file that is read for itself, not as records: decompressed, and its first bytes may be looked at beforehand.

use std::io::{self, Read};
use std::sync::Arc;

use textcore::codec::Codec;
use textcore::error::system_message;
use textcore::input::Input;
use textcore::source::{Operand, Operands, SourcePlan};
use textcore::{Engine, Error, Trouble};

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

fn refuse(operand: &Operand, error: &io::Error) -> Error {
    Error::Input(Trouble::with_operand(operand.name(), system_message(error)))
}
