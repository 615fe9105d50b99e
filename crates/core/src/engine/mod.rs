//! Runs a tool: fits each socket to the pipeline and delivers what comes out, in order.

mod aligned;
mod aside;
mod cut;
mod fold;
mod gate;
mod map;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::chunk::{Buffers, Segment};
use crate::codec::Codec;
use crate::encode::Encoder;
use crate::error::{Error, Trouble};
use crate::frame::Selection;
use crate::input::FileIdentity;
use crate::intake::{Intake, IntakePlan, Oversize};
use crate::report::{Counts, Ledger};
use crate::side::SideFile;
use crate::sink::{Sink, SinkPlan};
use crate::source::Operand;
use crate::temporary::{Cleanup, is_open_stream};
use crate::tool::{Output, Record};
use crate::visit::{Reading, View};

/// Everything a run needs but the tool.
pub struct Engine {
    /// How operands become chunks.
    pub intake: IntakePlan,
    /// How chunks become records.
    pub reading: Reading,
    /// What encoding a [`crate::Map`] writes them in; `None` is UTF-8.
    pub encoder: Option<Encoder>,
    /// Where records go.
    pub sink: SinkPlan,
    /// How many workers; 1 means no threads at all.
    pub threads: usize,
    /// How many bytes of chunks may be under way.
    pub in_flight_bytes_max: usize,
    /// How much a gate or fold may keep in memory, in bytes.
    pub memory_bytes: usize,
    /// Where it spills.
    pub temporary_directory: PathBuf,
    /// Removes temporary names when a signal comes.
    pub cleanup: Arc<Cleanup>,
    /// Files that are written beside the output, and may be no input.
    pub side_files: Vec<FileIdentity>,
    /// The names of all single files that are written.
    pub output_names: Vec<PathBuf>,
    /// The account.
    pub ledger: Ledger,
}

impl Engine {
    fn intake(&self, buffers: &Arc<Buffers>) -> Intake {
        self.intake_of(self.intake.clone(), buffers)
    }

    fn intake_of(&self, mut plan: IntakePlan, buffers: &Arc<Buffers>) -> Intake {
        plan.threaded = self.threads > 1;
        plan.fingerprints = self.sink.is_compared;
        plan.outputs = Sink::forbidden_input(&self.sink).into_iter().collect();
        plan.outputs.extend(self.side_files.iter().map(|&identity| (identity, true)));
        Intake::new(plan, Arc::clone(buffers))
    }

    /// Writes an answer that needs no input.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn answer(&mut self, text: &[u8]) -> Result<(), Error> {
        let mut desk = Desk::new(self)?;
        desk.sink.put(text)?;
        desk.finish(&mut self.ledger)
    }

    /// Writes an answer that needs no input, piece by piece; the output appears if `write` succeeds.
    ///
    /// # Errors
    /// Those of `write`, and what the output says.
    pub fn answer_with(
        &mut self,
        write: impl FnOnce(&mut dyn Output) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.answer_from(|_, out| write(out))
    }

    /// Writes an answer of a tool that reads its operands itself, piece by piece; the output appears if `write` succeeds.
    ///
    /// # Errors
    /// Those of `write`, and what the output says.
    pub fn answer_from(
        &mut self,
        write: impl FnOnce(&mut Engine, &mut dyn Output) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut desk = Desk::new(self)?;
        write(self, &mut desk.sink)?;
        desk.finish(&mut self.ledger)
    }

    /// Makes sure that a file which the tool has read for itself is not written.
    ///
    /// # Errors
    /// When it would be.
    pub fn refuse_as_output(&self, path: &Path) -> Result<(), Error> {
        let name = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let identity = FileIdentity::at(path);
        if self.output_names.contains(&name) || identity.is_some_and(|it| self.side_files.contains(&it)) {
            return Err(Error::Usage(format!("{}: would be read and written", path.display())));
        }
        Ok(())
    }

    /// Opens a file that is written beside the output, and may be no input.
    ///
    /// # Errors
    /// When it cannot be created, or something else is written under its name.
    pub fn side_file(&mut self, path: &Path) -> Result<SideFile, Error> {
        if !is_open_stream(path) {
            let name = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            if self.output_names.contains(&name) {
                return Err(Error::Usage(format!("{}: two outputs would have this name", path.display())));
            }
            self.output_names.push(name);
        }
        let identity = FileIdentity::at(path);
        self.side_files.extend(identity);
        SideFile::create(path, &self.cleanup)
    }
}

/// What stays of a segment once its bytes have been worked on.
struct Piece {
    operand: Arc<Operand>,
    codec: Codec,
    starts: bool,
    ends: bool,
    fingerprint: Option<u128>,
    fatal: bool,
    is_changed: bool,
    troubles: Vec<Trouble>,
    /// What the last record lacks before one of another operand may follow.
    missing_end: Vec<u8>,
    /// The same, of an over-long record that passed by in earlier pieces.
    owed: &'static [u8],
}

impl Piece {
    fn of(segment: &mut Segment, reading: &Reading, counts: &mut Counts) -> Self {
        counts.bytes_read += segment.original_bytes;
        counts.operands += u64::from(segment.ends);
        if segment.over_long > 0 {
            let by_policy = match reading.oversize {
                Oversize::Fail => &mut counts.failed,
                Oversize::Skip => &mut counts.dropped,
                Oversize::Pass => &mut counts.passed,
            };
            *by_policy.entry("oversize").or_default() += segment.over_long;
            counts.records_read += segment.over_long;
        }
        Piece {
            operand: Arc::clone(&segment.operand),
            codec: segment.codec,
            starts: segment.starts,
            ends: segment.ends,
            fingerprint: segment.fingerprint,
            fatal: segment.fatal,
            is_changed: segment.written.is_recoded(),
            troubles: std::mem::take(&mut segment.troubles),
            missing_end: Vec::new(),
            owed: segment.owed,
        }
    }
}

/// Where the bytes of a piece lie: in the chunk as they came, or in a buffer that the worker wrote.
enum Place {
    Chunk(Range<usize>),
    Written(Range<usize>),
}

impl Place {
    fn of<'a>(&self, chunk: &'a [u8], written: &'a [u8]) -> &'a [u8] {
        match self {
            Place::Chunk(range) => &chunk[range.clone()],
            Place::Written(range) => &written[range.clone()],
        }
    }
}

/// The texts of a record as a tool sees them.
fn records<'a>(
    view: &'a View<'_>,
    segment: &'a Segment,
    reading: &Reading,
) -> impl Iterator<Item = Record<'a>> {
    let is_part = !matches!(reading.selection, Selection::All);
    view.parts.iter().enumerate().map(move |(index, part)| Record {
        text: &part.text,
        operand: &segment.operand,
        number: view.number,
        offset: view.offset,
        is_part,
        is_repeat: index > 0,
        is_repaired: part.is_repaired,
        judgement: segment.judgement,
        end: view.raw.suffix,
        whole: view.raw.text,
    })
}

/// The delivering side of every socket: hands troubles to the ledger and bytes to the sink.
struct Desk {
    sink: Sink,
    /// The output of the operand under way could not be opened: its bytes are not written.
    is_refused: bool,
    is_changed: bool,
    is_sound: bool,
}

impl Desk {
    fn new(engine: &Engine) -> Result<Self, Error> {
        let mut sink = Sink::new(engine.sink.clone(), Arc::clone(&engine.cleanup))?;
        sink.protect(engine.intake.sources.clone());
        Ok(Desk { sink, is_refused: false, is_changed: false, is_sound: true })
    }

    fn begin(&mut self, piece: &mut Piece, ledger: &mut Ledger) -> Result<(), Error> {
        if piece.starts {
            self.open(&piece.operand, piece.codec, ledger);
        }
        self.is_changed |= piece.is_changed;
        self.is_sound &= piece.troubles.is_empty();
        name_troubles(piece, ledger)
    }

    /// An operand starts.
    fn open(&mut self, operand: &Operand, codec: Codec, ledger: &mut Ledger) {
        self.is_changed = false;
        self.is_sound = true;
        let begun = self.sink.begin(operand, codec);
        self.is_refused = begun.is_err();
        if let Err(error) = begun {
            ledger.trouble(Trouble::with_operand(operand.name(), error.to_string()));
        }
    }

    fn write(&mut self, bytes: &[u8], missing_end: &[u8]) -> Result<(), Error> {
        if self.is_refused { Ok(()) } else { self.sink.write(bytes, missing_end) }
    }

    fn end(&mut self, piece: &Piece) -> Result<(), Error> {
        if piece.ends { self.close(&piece.operand, piece.fingerprint, piece.owed) } else { Ok(()) }
    }

    /// Whether an output appears when the operand that was opened last ends.
    fn is_due(&self) -> bool {
        !self.is_refused && self.sink.is_per_operand()
    }

    /// The operand that was opened last ends.
    fn close(
        &mut self,
        operand: &Operand,
        fingerprint: Option<u128>,
        owed: &'static [u8],
    ) -> Result<(), Error> {
        if self.is_refused {
            return Ok(());
        }
        self.sink.owe(owed);
        self.sink.end(operand, fingerprint, self.is_changed, self.is_sound)
    }

    fn finish(self, ledger: &mut Ledger) -> Result<(), Error> {
        ledger.counts.bytes_written = self.sink.bytes_written;
        self.sink.finish()
    }
}

/// Hands what went wrong in a piece to the ledger; an error if it ends the run.
fn name_troubles(piece: &mut Piece, ledger: &mut Ledger) -> Result<(), Error> {
    for trouble in piece.troubles.drain(..) {
        if piece.fatal {
            return Err(Error::Input(trouble));
        }
        ledger.trouble(trouble);
    }
    Ok(())
}
