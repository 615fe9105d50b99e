//! Reads a file of seen keys, and refuses one that is not whole.

use std::io::{self, Read};
use std::marker::PhantomData;

use textcore::error::system_message;
use textcore::{Error, Trouble};
use xxhash_rust::xxh3::Xxh3;

use super::number::Number;
use super::parameters::{MAGIC_ANY, Parameters};
use super::rice;
use super::writer::BLOCK_KEYS;

/// A first line longer than this is none.
const HEAD_BYTES_MAX: usize = 1 << 16;

/// A file of seen keys whose first line has been read.
pub struct SeenFile<R> {
    bytes: Bytes<R>,
    /// What its keys were made with.
    pub parameters: Parameters,
}

impl<R: Read> SeenFile<R> {
    /// Reads the first line; `name` is what messages call the file.
    ///
    /// # Errors
    /// [`Error::Input`] if it is not that of a file of seen keys, or cannot be read.
    pub fn open(name: String, input: R) -> Result<Self, Error> {
        let mut bytes = Bytes { name, input, offset: 0, hasher: Box::default() };
        let mut line = Vec::new();
        let mut byte = [0];
        while line.last() != Some(&b'\n') {
            if line.len() == HEAD_BYTES_MAX
                || !MAGIC_ANY.as_bytes().starts_with(&line[..line.len().min(MAGIC_ANY.len())])
            {
                return Err(bytes.refuse(0, "not a file of seen keys (--save-seen writes one)"));
            }
            bytes.take(&mut byte, "the first line")?;
            line.push(byte[0]);
        }
        match Parameters::parse(&line[..line.len() - 1]) {
            Some(parameters) => Ok(SeenFile { bytes, parameters }),
            None => Err(bytes.refuse(0, "seen keys of another version of dedupe, or another kind")),
        }
    }

    /// Makes sure that the keys can be compared with others.
    ///
    /// # Errors
    /// [`Error::Input`] that names this file and the others.
    pub fn expect(&self, wanted: &Parameters, others: &str) -> Result<(), Error> {
        if self.parameters == *wanted {
            return Ok(());
        }
        let (mine, theirs) = (self.parameters.to_json(), wanted.to_json());
        Err(self.bytes.refuse(0, &format!("made with {mine}, but {others} with {theirs}")))
    }

    /// What messages call the file.
    pub fn name(&self) -> &str {
        &self.bytes.name
    }

    /// The keys, of as many bits as the first line says.
    pub fn keys<N: Number>(self) -> SeenKeys<R, N> {
        debug_assert!(N::BITS >= self.parameters.key_bits, "a key fits");
        SeenKeys {
            bytes: self.bytes,
            key_bits: self.parameters.key_bits,
            block: Vec::new(),
            at: 0,
            code: Vec::new(),
            previous: None,
            count: 0,
            is_done: false,
            number: PhantomData,
        }
    }
}

/// The keys of a file, ascending.
pub struct SeenKeys<R, N> {
    bytes: Bytes<R>,
    key_bits: u32,
    block: Vec<u128>,
    at: usize,
    code: Vec<u8>,
    previous: Option<u128>,
    count: u64,
    is_done: bool,
    number: PhantomData<N>,
}

impl<R: Read, N: Number> SeenKeys<R, N> {
    /// The next key; `None` once the file has turned out to be whole.
    ///
    /// # Errors
    /// [`Error::Input`] that names the file and the byte where it is cut short or damaged.
    pub fn next_key(&mut self) -> Result<Option<N>, Error> {
        if self.at == self.block.len() && !self.is_done {
            self.read_block()?;
        }
        let Some(&key) = self.block.get(self.at) else { return Ok(None) };
        self.at += 1;
        N::from_wide(key).map(Some).ok_or_else(|| self.bytes.damaged(self.bytes.offset))
    }

    fn read_block(&mut self) -> Result<(), Error> {
        let start = self.bytes.offset;
        self.block.clear();
        self.at = 0;
        let count = self.bytes.take_u32()? as usize;
        if count == 0 {
            self.is_done = true;
            return self.read_end(start);
        }
        let mut low_bits = [0];
        self.bytes.take(&mut low_bits, "a block")?;
        let low_bits = u32::from(low_bits[0]);
        let length = self.bytes.take_u32()? as usize;
        // As the writer makes them: the rests of the steps are at most twice their number.
        let longest = (count.min(BLOCK_KEYS) * (low_bits as usize + 3)).div_ceil(8);
        if count > BLOCK_KEYS || low_bits >= self.key_bits || length > longest {
            return Err(self.bytes.damaged(start));
        }
        self.code.resize(length, 0);
        self.bytes.take(&mut self.code, "a block")?;
        rice::decode(&self.code, count, self.previous, low_bits, &mut self.block)
            .map_err(|_| self.bytes.damaged(start))?;
        self.previous = self.block.last().copied();
        if self.previous > Some(u128::MAX >> (u128::BITS - self.key_bits)) {
            return Err(self.bytes.damaged(start));
        }
        self.count += count as u64;
        Ok(())
    }

    fn read_end(&mut self, start: u64) -> Result<(), Error> {
        let count = self.bytes.take_u64()?;
        let checksum = self.bytes.hasher.digest();
        if count != self.count {
            let what = format!("damaged: {count} keys are announced, but {} were found", self.count);
            return Err(self.bytes.refuse(start, &what));
        }
        if self.bytes.take_u64()? != checksum {
            return Err(self.bytes.refuse(start, "damaged: the checksum at the end is that of other keys"));
        }
        let end = self.bytes.offset;
        if self.bytes.has_more()? {
            return Err(self.bytes.refuse(end, "damaged: something follows the end"));
        }
        Ok(())
    }
}

/// What is read, and how far.
struct Bytes<R> {
    name: String,
    input: R,
    offset: u64,
    hasher: Box<Xxh3>,
}

impl<R: Read> Bytes<R> {
    /// Fills the room; `what` is cut short if the file ends before.
    fn take(&mut self, room: &mut [u8], what: &str) -> Result<(), Error> {
        match self.input.read_exact(room) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(self.refuse(self.offset, &format!("cut short within or before {what}")));
            }
            Err(error) => return Err(self.refuse(self.offset, &system_message(&error))),
        }
        self.offset += room.len() as u64;
        self.hasher.update(room);
        Ok(())
    }

    fn take_u32(&mut self) -> Result<u32, Error> {
        let mut bytes = [0; 4];
        self.take(&mut bytes, "a block")?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn take_u64(&mut self) -> Result<u64, Error> {
        let mut bytes = [0; 8];
        self.take(&mut bytes, "the end")?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn has_more(&mut self) -> Result<bool, Error> {
        loop {
            match self.input.read(&mut [0]) {
                Ok(read) => return Ok(read > 0),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.refuse(self.offset, &system_message(&error))),
            }
        }
    }

    fn damaged(&self, at: u64) -> Error {
        self.refuse(at, "damaged: this block is not what was written")
    }

    fn refuse(&self, byte: u64, what: &str) -> Error {
        Error::Input(Trouble {
            operand: self.name.clone(),
            record: None,
            byte: Some(byte),
            what: what.to_owned(),
        })
    }
}
