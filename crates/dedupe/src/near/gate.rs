//! The gate: documents made by workers, judged in input order.

use std::ops::Range;

use textcore::side::SideFile;
use textcore::{Answer, Aside, Decisions, Error, Gate, Output, Recalled, Run, Subject};

use super::document::{Document, Maker, MakerScratch};
use super::judge::{Fate, Judge, Origin};
use super::signatures::SignatureWriter;
use crate::id::Ids;

/// Makes documents and asks the judge.
#[derive(Debug, Clone)]
pub struct NearGate {
    /// Makes documents.
    pub maker: Maker,
    /// Names them, where anybody asks.
    pub ids: Option<Ids>,
    /// How much the judge may remember.
    pub memory_bytes_max: usize,
}

/// What is remembered.
#[derive(Debug)]
pub struct State {
    /// Judges documents.
    pub judge: Judge,
    /// Where they are saved.
    pub saved: Option<SignatureFile>,
}

impl State {
    /// Ends the files beside the output, which keep their temporary names.
    ///
    /// # Errors
    /// What the system says.
    pub fn complete(&mut self) -> Result<(), Error> {
        self.saved.as_mut().map_or(Ok(()), SignatureFile::complete)?;
        self.flush()
    }

    /// Hands what is written to the system, which may have no room for it.
    ///
    /// # Errors
    /// What the system says.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.judge.tables.flush()?;
        self.saved.as_mut().map_or(Ok(()), SignatureFile::flush)
    }
}

/// A file of signatures under way.
#[derive(Debug)]
pub struct SignatureFile {
    file: SideFile,
    /// `None` once the end is written.
    writer: Option<SignatureWriter>,
    bytes: Vec<u8>,
}

impl SignatureFile {
    /// Begins a file for the documents of a maker.
    pub fn new(file: SideFile, maker: &Maker) -> Self {
        let mut bytes = Vec::new();
        let writer = SignatureWriter::begin(&super::signatures::parameters(maker), &mut bytes);
        SignatureFile { file, writer: Some(writer), bytes }
    }

    /// Adds a document.
    ///
    /// # Errors
    /// What the system says.
    pub fn push(&mut self, document: &Document) -> Result<(), Error> {
        if let Some(writer) = &mut self.writer {
            writer.push(document, &mut self.bytes);
        }
        self.pour()
    }

    /// Writes the end; no document follows.
    ///
    /// # Errors
    /// What the system says.
    pub fn complete(&mut self) -> Result<(), Error> {
        if let Some(writer) = self.writer.take() {
            writer.finish(&mut self.bytes);
        }
        self.pour()
    }

    /// Hands what is written to the system, which may have no room for it.
    ///
    /// # Errors
    /// What the system says.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.file.flush()
    }

    /// Gives the file its name, once it is complete.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> Result<(), Error> {
        self.complete()?;
        self.file.finish()
    }

    fn pour(&mut self) -> Result<(), Error> {
        self.file.write(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}

/// Space of a worker.
#[derive(Debug, Default)]
pub struct Scratch {
    maker: MakerScratch,
    joined: Vec<u8>,
}

impl Gate for NearGate {
    type Key = Document;
    type State = State;
    type Scratch = Scratch;

    fn key(&self, scratch: &mut Scratch, subject: Subject<'_>) -> Document {
        let mut id = Vec::new();
        if let Some(ids) = &self.ids {
            ids.id_into(subject, &mut id);
        }
        match subject.texts {
            [text] => self.maker.document(&mut scratch.maker, text, id),
            texts => {
                let joined = &mut scratch.joined;
                joined.clear();
                for text in texts {
                    joined.extend_from_slice(text);
                    joined.push(b'\n');
                }
                self.maker.document(&mut scratch.maker, joined, id)
            }
        }
    }

    fn decide(
        &self,
        state: &mut State,
        keys: &mut Vec<Document>,
        runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        self.take(state, keys, runs, Origin::Input, |fate| match fate {
            Fate::Kept => decisions.keep(),
            Fate::Dropped => decisions.drop(),
            Fate::Open => decisions.later(),
        })
    }

    fn learn(&self, state: &mut State, keys: &mut Vec<Document>, runs: &[Run]) -> Result<(), Error> {
        self.take(state, keys, runs, Origin::Reference, |_| ())
    }

    fn settle(&self, state: &mut State) -> Result<(), Error> {
        state.judge.settle()
    }

    fn recall(
        &self,
        state: &mut State,
        aside: Aside<'_>,
        _label: &mut Vec<u8>,
        _cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        Ok(if state.judge.recall(aside.index) == Fate::Kept { Recalled::Keep } else { Recalled::Drop })
    }

    fn checkpoint(&self, state: &mut State) -> Result<(), Error> {
        state.flush()
    }

    fn finish(&self, state: &mut State, _out: &mut dyn Output) -> Result<Answer, Error> {
        state.complete()?;
        Ok(Answer::Yes)
    }

    fn reason(&self) -> &'static str {
        "near-duplicate"
    }
}

impl NearGate {
    fn take(
        &self,
        state: &mut State,
        keys: &[Document],
        runs: &[Run],
        origin: Origin,
        mut receive: impl FnMut(Fate),
    ) -> Result<(), Error> {
        for run in runs {
            let first = state.judge.begin(run);
            for (ordinal, document) in (first..).zip(&keys[run.keys.clone()]) {
                receive(state.judge.take(document, ordinal, origin)?);
                if let (Some(saved), Origin::Input) = (&mut state.saved, origin) {
                    saved.push(document)?;
                }
            }
        }
        self.check_memory(&state.judge)
    }

    /// Refuses to remember more than is allowed.
    ///
    /// # Errors
    /// [`Error::Usage`], with what is needed.
    pub fn check_memory(&self, judge: &Judge) -> Result<(), Error> {
        let bytes = judge.memory_bytes();
        if bytes <= self.memory_bytes_max {
            return Ok(());
        }
        let known = judge.known().count().max(1);
        Err(Error::Usage(format!(
            "{known} documents to compare with take {} KiB, {} bytes each: more than three quarters of -S; give a larger -S",
            bytes >> 10,
            bytes / known
        )))
    }
}
