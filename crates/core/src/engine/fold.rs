//! The socket for tools that remember something of every record and say it at the end.

use std::sync::Arc;

use super::{Desk, Engine, Piece, records};
use crate::chunk::{Buffers, Chunk, Pool, SegmentKind};
use crate::error::Error;
use crate::pipeline::{Deliver, drive};
use crate::report::{Counts, Ledger};
use crate::tool::{Answer, Fold, Missed, Span};
use crate::visit::{Reading, Seen, Visit};

impl Engine {
    /// Runs a [`Fold`] and writes its answer.
    ///
    /// # Errors
    /// Whatever ends a run: see [`Error`].
    pub fn fold<F: Fold>(&mut self, tool: F) -> Result<Answer, Error> {
        let buffers = Arc::new(Buffers::default());
        let intake = self.intake(&buffers);
        let reading = self.reading.clone();
        let tool = Arc::new(tool);
        let states: Arc<Pool<F::State>> = Arc::default();
        let chunk_bytes = self.intake.chunk_bytes;
        let (worker_tool, worker_states) = (Arc::clone(&tool), Arc::clone(&states));
        let work = move |chunk: Chunk| {
            let mut part = FoldPart::default();
            let mut state = worker_states.take().unwrap_or_else(|| worker_tool.start());
            part.fold_chunk(&*worker_tool, &reading, &mut state, chunk, &buffers, chunk_bytes);
            worker_states.put(state);
            part
        };
        let mut desk = Desk::new(self)?;
        let is_strict = tool.needs_every_operand();
        let mut delivery = Delivery { ledger: &mut self.ledger, is_strict, operands_missed: 0 };
        drive(intake, self.threads, self.in_flight_bytes_max, work, &mut delivery)?;
        let missed = Missed { operands: delivery.operands_missed, records: self.ledger.counts.left_out() };
        let mut states = states.drain();
        if states.is_empty() {
            states.push(tool.start());
        }
        let answer = tool.finish(states, &missed, &mut desk.sink)?;
        desk.finish(&mut self.ledger)?;
        Ok(answer)
    }
}

/// What is left of a chunk once a state has taken it in.
#[derive(Default)]
struct FoldPart {
    pieces: Vec<Piece>,
    counts: Counts,
    error: Option<Error>,
}

impl FoldPart {
    fn fold_chunk<F: Fold>(
        &mut self,
        tool: &F,
        reading: &Reading,
        state: &mut F::State,
        mut chunk: Chunk,
        buffers: &Buffers,
        chunk_bytes: usize,
    ) {
        for mut segment in std::mem::take(&mut chunk.segments) {
            let mut piece = Piece::of(&mut segment, reading, &mut self.counts);
            if segment.kind == SegmentKind::Verbatim
                || segment.range.is_empty() && !segment.starts && !segment.ends
            {
                self.pieces.push(piece);
                continue;
            }
            let mut troubles = Vec::new();
            let visit = Visit::new(reading, &segment, &chunk.bytes, &mut self.counts, &mut troubles);
            let span = Span {
                operand: &segment.operand,
                starts: segment.starts,
                ends: segment.ends,
                offset: segment.first_offset,
                original_bytes: segment.original_bytes,
                bytes: visit.bytes(),
                judgement: segment.judgement,
                written: segment.written,
                is_plain: visit.is_plain(),
            };
            let (is_enough, mut error) = match tool.fold_span(state, span) {
                Ok(is_enough) => (is_enough, None),
                Err(error) => (false, Some(error)),
            };
            if visit.is_plain() && is_enough {
                visit.pass_all();
            } else {
                visit.each(|seen| {
                    if error.is_none()
                        && let Seen::Record(view) = seen
                    {
                        error = records(&view, &segment, reading)
                            .map(|record| tool.fold(state, record))
                            .find_map(Result::err);
                    }
                });
            }
            let error = error.or_else(|| tool.fold_end(state, span).err());
            piece.troubles.append(&mut troubles);
            self.pieces.push(piece);
            self.error = self.error.take().or(error);
        }
        buffers.put(chunk.bytes, chunk_bytes);
    }
}

struct Delivery<'a> {
    ledger: &'a mut Ledger,
    is_strict: bool,
    operands_missed: u64,
}

impl Deliver<FoldPart> for Delivery<'_> {
    fn deliver(&mut self, part: FoldPart) -> Result<(), Error> {
        if let Some(error) = part.error {
            return Err(error);
        }
        for piece in part.pieces {
            for mut trouble in piece.troubles {
                let is_of_operand = trouble.record.is_none();
                if self.is_strict && is_of_operand {
                    trouble.what += "; nothing is written without it";
                    return Err(Error::Input(trouble));
                }
                if piece.fatal {
                    return Err(Error::Input(trouble));
                }
                self.operands_missed += u64::from(is_of_operand);
                self.ledger.trouble(trouble);
            }
        }
        self.ledger.counts.add(part.counts);
        self.ledger.show_progress();
        Ok(())
    }

    fn idle(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
