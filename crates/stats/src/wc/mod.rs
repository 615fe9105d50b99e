//! `--wc`: counts as GNU wc counts in the C.UTF-8 locale, on the bytes as they stand in the files.
//!
//! [`operands`] finds what is to be read, [`jobs`] cuts the work, [`read`] reads and [`tally`] counts on any thread; tallies are
//! joined in order, and [`columns`] writes them. What characters are to wc stands in [`class`] and [`sequence`].

mod characters;
mod class;
mod columns;
mod flags;
mod jobs;
mod measure;
mod name;
mod operands;
mod read;
mod ruler;
mod sequence;
#[rustfmt::skip]
mod table;
mod tally;
mod words;

use std::cell::RefCell;
use std::os::unix::ffi::OsStrExt;

use textcore::chunk::Buffers;
use textcore::source::Operand;
use textcore::tool::Output;
use textcore::{Answer, Engine, Error};

pub(crate) use columns::Columns;
pub(crate) use flags::WcFlags;

use columns::Counts;
use jobs::{Done, Job, Jobs};
use operands::Listing;
use read::Reader;
use tally::Tally;

/// Lines of so many bytes are written at once.
const LINES_BYTES: usize = 1 << 16;

/// Counts what is wanted in each operand, and writes a line for each, and one for all if there are several.
///
/// # Errors
/// What the output says; an operand that cannot be read is named, and the others are counted.
pub(crate) fn run(engine: &mut Engine, wanted: Columns) -> Result<Answer, Error> {
    engine.answer_from(|engine, out| count(engine, wanted.or_usual(), out))?;
    Ok(Answer::Yes)
}

fn count(engine: &mut Engine, wanted: Columns, out: &mut dyn Output) -> Result<(), Error> {
    let Listing { operands, digits, is_named } = Listing::new(engine.intake.sources.clone(), wanted);
    let reader = Reader { wanted, chunk_bytes: engine.intake.chunk_bytes, buffers: Buffers::default() };
    let threads = engine.threads;
    let engine = RefCell::new(engine);
    let refuse = |path: &std::path::Path| engine.borrow().refuse_as_output(path);
    let jobs = Jobs::new(operands, &reader, &refuse);
    let mut account = Account { wanted, digits, is_named, ..Account::default() };
    let take = |done: Done| account.take(done, &mut engine.borrow_mut(), out);
    textcore::jobs::in_order(threads, jobs, |job: Result<Job, Error>| Ok(job?.run(&reader)), take)?;
    account.finish(out)
}

/// The sums, and the lines that are not yet written.
#[derive(Default)]
struct Account {
    wanted: Columns,
    digits: usize,
    is_named: bool,
    /// The operand under way.
    current: Tally,
    /// It could not be read on.
    is_broken: bool,
    operands: u64,
    total: Counts,
    lines: Vec<u8>,
}

impl Account {
    fn take(&mut self, done: Done, engine: &mut Engine, out: &mut dyn Output) -> Result<(), Error> {
        if !self.is_broken {
            self.current.join(done.tally);
        }
        if let Some(trouble) = done.trouble.filter(|_| !self.is_broken) {
            self.is_broken = true;
            engine.ledger.trouble(trouble);
        }
        engine.ledger.counts.bytes_read += done.tally.bytes;
        engine.ledger.show_progress();
        if !done.is_last {
            return Ok(());
        }
        let counts = std::mem::take(&mut self.current).counts();
        self.is_broken = false;
        self.operands += 1;
        if let Some(operand) = done.operand.filter(|_| done.is_open) {
            engine.ledger.counts.operands += 1;
            self.total.add(&counts);
            let name = self.is_named.then(|| name(&operand));
            self.wanted.write(&counts, self.digits, name, &mut self.lines);
        }
        if self.lines.len() < LINES_BYTES { Ok(()) } else { self.flush(out) }
    }

    fn finish(mut self, out: &mut dyn Output) -> Result<(), Error> {
        if self.operands > 1 {
            self.wanted.write(&self.total, self.digits, Some(b"total"), &mut self.lines);
        }
        self.flush(out)
    }

    fn flush(&mut self, out: &mut dyn Output) -> Result<(), Error> {
        out.put(&self.lines)?;
        self.lines.clear();
        Ok(())
    }
}

fn name(operand: &Operand) -> &[u8] {
    operand.path.as_ref().map_or(b"-", |path| path.as_os_str().as_bytes())
}
