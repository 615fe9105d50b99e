//! `--boilerplate`: lines and paragraphs that pages share go.

mod documents;
mod flags;
mod gate;
mod grams;
mod onion;
mod seen;
mod units;
mod verdict;

use std::path::Path;

use rewrite::Key;
use textcore::frame::{Cut, Selection};
use textcore::recall::Recall;
use textcore::{Answer, Engine, Error};

pub use flags::BoilerplateFlags;
pub use units::Part;

use crate::tsv::TsvFile;
use documents::Documents;
use gate::{Boilerplate, Memory, Waiting};
use grams::Grams;
use onion::Onion;
use seen::Seen;
use units::Unit;

/// How much of the verdicts waits in memory.
const WAITING_BYTES: usize = 4 << 20;

/// Drops what is said again and again, by the rules that the flags ask for; `names` are more foldings, and what goes is
/// listed in `removed`.
///
/// # Errors
/// Whatever ends a run.
pub fn run(
    flags: &BoilerplateFlags,
    names: Option<&Key>,
    removed: Option<&Path>,
    engine: &mut Engine,
) -> Result<Answer, Error> {
    let removed = removed.map(|path| TsvFile::create(engine, path)).transpose()?;
    let is_document =
        engine.reading.cut == Cut::Whole || matches!(engine.reading.selection, Selection::Json(_));
    let unit = if is_document { Unit::Part(flags.boilerplate_unit) } else { Unit::Record };
    let grams = Grams::new(flags.boilerplate_ngram as usize, names)
        .map_err(|unknown| Error::Usage(unknown.to_string()))?;
    // Where records are kept aside, a quarter is theirs, and a quarter that of the documents.
    let memory_bytes = engine.memory_bytes;
    let seen_bytes = if flags.boilerplate_share.is_some() { memory_bytes / 2 } else { memory_bytes };
    let seen = Seen::new(seen_bytes, removed.is_some());
    let directory = &engine.temporary_directory;
    let waiting = Waiting::In(Recall::new(WAITING_BYTES.min(memory_bytes / 16), directory));
    let documents =
        flags.boilerplate_share.map(|share| (Documents::new(share, memory_bytes / 4, directory), waiting));
    let onion = flags.boilerplate.map(|threshold| Onion::new(threshold, seen));
    let memory = Memory::new(removed, onion, documents);
    let (answer, memory) = engine.gate(Boilerplate { grams, unit }, memory)?;
    if let Some(warning) = memory.warning() {
        engine.ledger.warn(&warning);
    }
    engine.ledger.extra.insert("boilerplate".to_owned(), memory.report());
    memory.finish()?;
    Ok(answer)
}
