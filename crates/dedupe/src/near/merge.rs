//! Files of signatures as input: before the input, or in its place.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use textcore::error::{Trouble, system_message};
use textcore::partial::escape_key_into;
use textcore::source::Operand;
use textcore::{Engine, Error, Run};

use super::document::{Document, MakerScratch};
use super::gate::{NearGate, State};
use super::judge::{Fate, Origin};
use super::signatures::{SignatureReader, is_fit, parameters};

/// Judges the documents of files that stand before the input.
///
/// # Errors
/// [`Error::Input`] for a file that cannot be read, is damaged or was made in another way.
pub fn load(files: &[PathBuf], gate: &NearGate, state: &mut State, engine: &Engine) -> Result<(), Error> {
    let mut scratch = MakerScratch::default();
    for (index, path) in (0..).zip(files) {
        engine.refuse_as_output(path)?;
        let mut reader = Documents::open(index, path, gate, "this run")?;
        while let Some(document) = reader.next(gate, &mut scratch)? {
            let ordinal = reader.ordinal(state);
            state.judge.take(&document, ordinal, Origin::Loaded)?;
            if let Some(saved) = &mut state.saved {
                saved.push(&document)?;
            }
            gate.check_memory(&state.judge)?;
        }
    }
    Ok(())
}

/// Judges the documents of the operands, and writes the ids of those that are kept.
///
/// # Errors
/// As for [`load`]; what the output says.
pub fn run(gate: &NearGate, mut state: State, engine: &mut Engine) -> Result<State, Error> {
    let operands = engine.intake.sources.operands.clone();
    if operands.is_empty() {
        return Err(Error::Usage("--merge needs files of signatures (see --save-signatures)".to_owned()));
    }
    let mut scratch = MakerScratch::default();
    // Ids of documents that are kept, or may be.
    let mut ids = super::names::Names::new(true);
    let mut fates = Vec::new();
    let first = operands[0].to_string_lossy().into_owned();
    for (index, operand) in (0..).zip(&operands) {
        let path = Path::new(operand);
        engine.refuse_as_output(path)?;
        let name = if index == 0 { "this run" } else { &first };
        let mut reader = Documents::open(index, path, gate, name)?;
        while let Some(document) = reader.next(gate, &mut scratch)? {
            let ordinal = reader.ordinal(&mut state);
            let fate = state.judge.take(&document, ordinal, Origin::Input)?;
            if let Some(saved) = &mut state.saved {
                saved.push(&document)?;
            }
            if fate != Fate::Dropped {
                ids.push(&document.id);
                fates.push(fate);
            }
            gate.check_memory(&state.judge)?;
        }
    }
    state.judge.settle()?;
    let mut kept = Vec::new();
    let mut open = 0;
    for (number, fate) in (0..).zip(fates) {
        let fate = if fate == Fate::Open {
            open += 1;
            state.judge.recall(open - 1)
        } else {
            fate
        };
        if fate == Fate::Kept {
            escape_key_into(ids.get(number), &mut kept);
            kept.push(b'\n');
        }
    }
    engine.answer(&kept)?;
    Ok(state)
}

/// The documents of a file of signatures.
struct Documents {
    reader: SignatureReader<BufReader<Box<dyn Read>>>,
    operand: Arc<Operand>,
    number: u64,
}

impl Documents {
    /// Opens a file; `other` is what its parameters are held against, by name.
    fn open(index: u64, path: &Path, gate: &NearGate, other: &str) -> Result<Self, Error> {
        let is_input = path == Path::new("-");
        let name = path.to_string_lossy();
        let file: Box<dyn Read> = if is_input {
            Box::new(io::stdin())
        } else {
            let refuse = |error| Error::Input(Trouble::with_operand(&*name, system_message(&error)));
            Box::new(File::open(path).map_err(refuse)?)
        };
        let reader = SignatureReader::new(BufReader::with_capacity(1 << 16, file), &name)?;
        reader.expect(&parameters(&gate.maker), other)?;
        let path = (!is_input).then(|| path.to_owned());
        let mirror = path.clone().unwrap_or_default();
        let operand = Arc::new(Operand { index, path, mirror });
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

    /// The ordinal of the document that came last.
    fn ordinal(&self, state: &mut State) -> u64 {
        let run = Run { keys: 0..1, operand: Arc::clone(&self.operand), number: self.number };
        state.judge.begin(&run)
    }
}
