//! Files of signatures as input: before the input, or in its place.

use std::ffi::OsString;
use std::io::BufReader;
use std::sync::Arc;

use serde_json::Value;
use textcore::opened::Opened;
use textcore::partial::escape_key_into;
use textcore::source::{Operand, Operands};
use textcore::{Engine, Error, Run, Trouble};

use super::Shape;
use super::document::{Document, MakerScratch};
use super::gate::{NearGate, State};
use super::judge::{Fate, Origin};
use super::names::Names;
use super::signatures::{SignatureReader, is_fit, parameters};

/// Judges the documents of files that stand before the input.
///
/// # Errors
/// [`Error::Input`] for a file that cannot be read, is damaged or was made in another way.
pub fn load(files: &[OsString], gate: &NearGate, state: &mut State, engine: &Engine) -> Result<(), Error> {
    let mut scratch = MakerScratch::default();
    for name in files {
        let mut documents = Documents::new(Opened::named(engine, name)?)?;
        documents.reader.expect(&parameters(&gate.maker), "this run")?;
        while let Some(document) = documents.next(gate, &mut scratch)? {
            documents.judge(&document, gate, state, Origin::Loaded)?;
        }
    }
    Ok(())
}

/// Files of signatures in place of the input.
pub struct Merged {
    first: Documents,
    rest: Operands,
}

impl Merged {
    /// Opens the first operand.
    ///
    /// # Errors
    /// [`Error::Input`] for a file that cannot be read or is no file of signatures; [`Error::Usage`] if there is none.
    pub fn open(engine: &Engine) -> Result<Self, Error> {
        let mut rest = Operands::new(engine.intake.sources.clone());
        let first = rest
            .next()
            .ok_or_else(|| Error::Usage("--merge needs files (see --save-signatures)".to_owned()))?;
        let first = Opened::open(engine, Arc::new(first.map_err(Error::Input)?))?;
        Ok(Merged { first: Documents::new(first)?, rest })
    }

    /// How the documents of the first file were made.
    ///
    /// # Errors
    /// [`Error::Input`] for a way that this version does not know.
    pub fn shape(&self) -> Result<Shape, Error> {
        let parameters = self.first.reader.parameters();
        let said = |name: &str| parameters.get(name).and_then(Value::as_str);
        let shape = || {
            Some(Shape {
                shingle: Some(said("shingle")?.parse().ok()?),
                foldings: Some(said("foldings")?.to_owned()),
                measure: Some(said("content")?.parse().ok()?),
                functions: 0,
            })
        };
        shape().ok_or_else(|| {
            let what = format!("made with {parameters}, which this version does not know");
            Error::Input(Trouble::with_operand(self.first.operand.name(), what))
        })
    }

    /// Judges the documents of all operands, and writes the ids of those that are kept, each on a line.
    ///
    /// # Errors
    /// [`Error::Input`] for a file that cannot be read, is damaged or was made in another way; what the output says.
    pub fn run(self, gate: &NearGate, mut state: State, engine: &mut Engine) -> Result<State, Error> {
        let mut candidates = Candidates { names: Names::new(true), fates: Vec::new() };
        let first_name = self.first.operand.name();
        self.first.reader.expect(&parameters(&gate.maker), "this run")?;
        let mut documents = self.first;
        let mut rest = self.rest;
        loop {
            let mut scratch = MakerScratch::default();
            while let Some(document) = documents.next(gate, &mut scratch)? {
                let fate = documents.judge(&document, gate, &mut state, Origin::Input)?;
                candidates.push(&document, fate);
            }
            let Some(operand) = rest.next() else { break };
            documents = Documents::new(Opened::open(engine, Arc::new(operand.map_err(Error::Input)?))?)?;
            documents.reader.expect(&parameters(&gate.maker), &first_name)?;
        }
        state.judge.settle()?;
        state.complete()?;
        engine.answer(&candidates.kept(&mut state))?;
        Ok(state)
    }
}

/// Documents that are kept, or may be.
struct Candidates {
    names: Names,
    fates: Vec<Fate>,
}

impl Candidates {
    fn push(&mut self, document: &Document, fate: Fate) {
        if fate != Fate::Dropped {
            self.names.push(&document.id);
            self.fates.push(fate);
        }
    }

    /// The lines of those that are kept.
    fn kept(self, state: &mut State) -> Vec<u8> {
        let mut kept = Vec::new();
        let mut open = 0;
        for (number, fate) in (0..).zip(self.fates) {
            let is_open = fate == Fate::Open;
            if !is_open || state.judge.recall(open) == Fate::Kept {
                escape_key_into(self.names.get(number), &mut kept);
                kept.push(b'\n');
            }
            open += u64::from(is_open);
        }
        kept
    }
}

/// The documents of a file of signatures.
struct Documents {
    reader: SignatureReader<BufReader<Opened>>,
    operand: Arc<Operand>,
    number: u64,
}

impl Documents {
    fn new(opened: Opened) -> Result<Self, Error> {
        let operand = Arc::clone(&opened.operand);
        let reader = SignatureReader::new(BufReader::with_capacity(1 << 16, opened), &operand.name())?;
        Ok(Documents { reader, operand, number: 0 })
    }

    fn next(&mut self, gate: &NearGate, scratch: &mut MakerScratch) -> Result<Option<Document>, Error> {
        let Some(saved) = self.reader.next()? else { return Ok(None) };
        self.number += 1;
        if !is_fit(&saved, gate.maker.measure()) {
            return Err(Error::Input(Trouble {
                operand: self.operand.name(),
                record: Some(self.number),
                byte: None,
                what: "the document has another content than its file promises".to_owned(),
            }));
        }
        Ok(Some(gate.maker.known_document(scratch, saved.id, saved.content, saved.is_short)))
    }

    /// Judges the document that came last.
    fn judge(
        &self,
        document: &Document,
        gate: &NearGate,
        state: &mut State,
        origin: Origin,
    ) -> Result<Fate, Error> {
        let run = Run { keys: 0..1, operand: Arc::clone(&self.operand), number: self.number };
        let ordinal = state.judge.begin(&run);
        let fate = state.judge.take(document, ordinal, origin)?;
        if let Some(saved) = &mut state.saved {
            saved.push(document)?;
        }
        gate.check_memory(&state.judge)?;
        Ok(fate)
    }
}
