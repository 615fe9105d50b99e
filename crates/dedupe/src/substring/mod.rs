//! `--substring`: stretches of texts that came before are cut out.

mod boundary;
mod common;
mod flags;
mod gate;
mod marks;
mod repeats;
mod spans;
mod texts;

use std::path::Path;

use textcore::{Answer, Engine, Error};

pub use boundary::Boundary;
pub use flags::SubstringFlags;

use crate::tsv::TsvFile;
use gate::{Memory, Substring};

/// How much of the records waits in memory; they are there a second time, as text.
const ASIDE_BYTES: usize = 4 << 20;

/// Cuts out stretches of `length` bytes or more that came before, and lists them in `removed`.
///
/// # Errors
/// Whatever ends a run; also text that does not fit in memory (`-S`) or in 2 GiB.
pub fn run(
    length: u32,
    boundary: Boundary,
    removed: Option<&Path>,
    engine: &mut Engine,
) -> Result<Answer, Error> {
    let removed = removed.map(|path| TsvFile::create(engine, path)).transpose()?;
    let tool = Substring { length: length as usize, boundary, memory_bytes: engine.memory_bytes };
    // A quarter of this is for records that are kept aside.
    engine.memory_bytes = engine.memory_bytes.min(4 * ASIDE_BYTES);
    let (answer, memory) = engine.gate(tool, Memory::new(removed))?;
    engine.ledger.extra.insert("substring".to_owned(), memory.report());
    memory.finish()?;
    Ok(answer)
}
