//! The work on all operands, cut into jobs that any thread can do, in the order of the operands.

use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::Arc;

use textcore::Error;
use textcore::error::{Trouble, system_message};
use textcore::input::Input;
use textcore::source::Operand;

use super::operands::metadata;
use super::read::{Reader, fill};
use super::sequence::complete_length;
use super::tally::Tally;

/// One step of the work.
pub(super) struct Job {
    /// Whose bytes they are; `None` if the trouble is that there is no operand.
    operand: Option<Arc<Operand>>,
    work: Work,
    /// Nothing of the operand comes after it.
    is_last: bool,
}

enum Work {
    /// Nothing, but something went wrong; the flag says whether there is something to be counted nevertheless.
    Complain(Trouble, bool),
    /// A file, or standard input, is opened and counted to its end.
    Whole,
    /// One chunk of a file.
    Chunk(Arc<File>, u64),
    /// A chunk and all that come after it.
    Rest(Arc<File>, u64),
    /// Bytes that have been read; they may be followed by trouble.
    Block(Vec<u8>, usize, Option<Trouble>),
}

/// What came of a job.
pub(super) struct Done {
    pub(super) operand: Option<Arc<Operand>>,
    pub(super) tally: Tally,
    pub(super) trouble: Option<Trouble>,
    /// Whether there is a file, so that its counts are written even if they are 0.
    pub(super) is_open: bool,
    pub(super) is_last: bool,
}

impl Job {
    /// Does it.
    pub(super) fn run(self, reader: &Reader) -> Done {
        let Job { operand, work, is_last } = self;
        let (is_open, tally, trouble) = match work {
            Work::Complain(trouble, is_open) => (is_open, Tally::default(), Some(trouble)),
            Work::Block(buffer, length, trouble) => (true, reader.block(buffer, length), trouble),
            Work::Whole => match &operand {
                Some(operand) => whole(operand, reader),
                None => (false, Tally::default(), None),
            },
            Work::Chunk(file, number) => told(operand.as_deref(), reader.chunk(&file, number)),
            Work::Rest(file, number) => told(operand.as_deref(), reader.chunks_from(&file, number)),
        };
        Done { operand, tally, trouble, is_open, is_last }
    }
}

fn told(
    operand: Option<&Operand>,
    (tally, error): (Tally, Option<io::Error>),
) -> (bool, Tally, Option<Trouble>) {
    (true, tally, operand.zip(error).map(|(operand, error)| trouble(operand, &error)))
}

fn whole(operand: &Operand, reader: &Reader) -> (bool, Tally, Option<Trouble>) {
    match open(operand) {
        Ok(file) if reader.wanted.is_size() => told(Some(operand), reader.size(&file)),
        Ok(file) => told(Some(operand), reader.chunks_from(&file, 0)),
        Err(error) => (false, Tally::default(), Some(trouble(operand, &error))),
    }
}

fn open(operand: &Operand) -> io::Result<File> {
    match &operand.path {
        Some(path) => File::open(path),
        None => Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?)),
    }
}

fn trouble(operand: &Operand, error: &io::Error) -> Trouble {
    let what = match error.kind() {
        io::ErrorKind::IsADirectory => "is a directory (use -r to walk it)".to_owned(),
        _ => system_message(error),
    };
    Trouble::with_operand(operand.name(), what)
}

/// The jobs, made as they are asked for.
pub(super) struct Jobs<'a, I> {
    operands: I,
    reader: &'a Reader,
    /// An error if this file is being written.
    refuse: &'a dyn Fn(&Path) -> Result<(), Error>,
    current: Option<Current>,
}

/// An operand of more than one job.
struct Current {
    operand: Arc<Operand>,
    bytes: Bytes,
}

enum Bytes {
    /// Chunks of a file: the next one, and the one with the end.
    Chunks(Arc<File>, u64, u64),
    /// What can only be read in its order, with a buffer that begins with bytes read already.
    Stream(Box<Input>, Vec<u8>, usize),
}

impl<'a, I: Iterator<Item = Result<Operand, Trouble>>> Jobs<'a, I> {
    /// The jobs of these operands; `refuse` ends the run if a file may not be read.
    pub(super) fn new(
        operands: I,
        reader: &'a Reader,
        refuse: &'a dyn Fn(&Path) -> Result<(), Error>,
    ) -> Self {
        Jobs { operands, reader, refuse, current: None }
    }

    /// The first job of an operand.
    fn begin(&mut self, operand: Operand) -> Job {
        let operand = Arc::new(operand);
        let last = |work| Job { operand: Some(Arc::clone(&operand)), work, is_last: true };
        let metadata = metadata(&operand);
        let is_file = metadata.as_ref().is_none_or(std::fs::Metadata::is_file);
        if metadata.as_ref().is_some_and(std::fs::Metadata::is_dir) {
            return last(Work::Complain(trouble(&operand, &io::ErrorKind::IsADirectory.into()), true));
        }
        let size = metadata.map_or(0, |metadata| metadata.len());
        let chunk_bytes = self.reader.chunk_bytes as u64;
        let is_stream = !is_file || operand.path.is_none();
        if self.reader.wanted.is_size() || (!is_stream && size <= chunk_bytes) {
            return last(Work::Whole);
        }
        let bytes = if is_stream {
            Input::open(&operand).map(|(input, _)| Bytes::Stream(Box::new(input), self.reader.buffer(), 0))
        } else {
            open(&operand).map(|file| Bytes::Chunks(Arc::new(file), 0, size / chunk_bytes))
        };
        match bytes {
            Err(error) => last(Work::Complain(trouble(&operand, &error), false)),
            Ok(bytes) => self.go_on(Current { operand, bytes }),
        }
    }

    /// The next job of an operand that has several.
    fn go_on(&mut self, current: Current) -> Job {
        let Current { operand, bytes } = current;
        let (work, rest) = match bytes {
            Bytes::Chunks(file, next, last) if next == last => (Work::Rest(file, next), None),
            Bytes::Chunks(file, next, last) => {
                (Work::Chunk(Arc::clone(&file), next), Some(Bytes::Chunks(file, next + 1, last)))
            }
            Bytes::Stream(input, buffer, carried) => self.stream(&operand, input, buffer, carried),
        };
        let is_last = rest.is_none();
        self.current = rest.map(|bytes| Current { operand: Arc::clone(&operand), bytes });
        Job { operand: Some(operand), work, is_last }
    }

    /// Reads the next block of a stream.
    fn stream(
        &self,
        operand: &Operand,
        mut input: Box<Input>,
        mut buffer: Vec<u8>,
        carried: usize,
    ) -> (Work, Option<Bytes>) {
        let (added, error) = fill(&mut buffer[carried..], |room| input.read(room));
        let length = carried + added;
        if length < buffer.len() {
            return (Work::Block(buffer, length, error.map(|error| trouble(operand, &error))), None);
        }
        let end = complete_length(&buffer);
        let mut next = self.reader.buffer();
        next[..length - end].copy_from_slice(&buffer[end..]);
        (Work::Block(buffer, end, None), Some(Bytes::Stream(input, next, length - end)))
    }
}

impl<I: Iterator<Item = Result<Operand, Trouble>>> Iterator for Jobs<'_, I> {
    type Item = Result<Job, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(current) = self.current.take() {
            return Some(Ok(self.go_on(current)));
        }
        Some(match self.operands.next()? {
            Err(trouble) => Ok(Job { operand: None, work: Work::Complain(trouble, false), is_last: true }),
            Ok(operand) => {
                let refused = operand.path.as_deref().map(self.refuse).transpose();
                refused.map(|_| self.begin(operand))
            }
        })
    }
}
