//! Writes normalized records, and beside them what was asked about how they came to be.

use std::sync::Arc;

use rewrite::Trace;
use textcore::{Map, Noting, Record, Verdict};

use crate::audit::Audit;
use crate::normalizer::{Bench, Normalizer};
use crate::row::row;

/// What is said beside the output.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asides {
    /// Sums and samples for the report.
    pub audit: bool,
    /// Where each changed stretch of a text came from.
    pub offsets: bool,
    /// The records that are left out.
    pub rejects: bool,
}

/// The [`Map`] of normalize.
#[derive(Clone)]
pub struct Writer {
    /// The function.
    pub normalizer: Arc<Normalizer>,
    /// What else is wanted.
    pub asides: Asides,
}

/// What a worker keeps, and what it has to say of the chunk under way.
#[derive(Debug, Default)]
pub struct Scratch {
    bench: Bench,
    trace: Trace,
    note: Note,
}

/// What is said of a chunk.
#[derive(Debug, Default)]
pub struct Note {
    /// Sums and samples.
    pub audit: Audit,
    /// Rows of `--offsets`.
    pub offsets: Vec<u8>,
    /// Rows of `--reject`.
    pub rejects: Vec<u8>,
}

impl Map for Writer {
    type Scratch = Scratch;

    fn map(&self, scratch: &mut Scratch, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        let Scratch { bench, trace, note } = scratch;
        let start = out.len();
        if self.asides.audit || self.asides.offsets {
            out.extend_from_slice(self.normalizer.trace(&record, bench, trace));
        } else {
            out.extend_from_slice(self.normalizer.text(&record, bench));
        }
        if let Some(reason) = self.normalizer.filters.reject(&out[start..]) {
            if self.asides.rejects {
                let (operand, number) = (record.operand.name(), record.number.to_string());
                let fields = [operand.as_bytes(), number.as_bytes(), reason.as_bytes(), record.whole];
                row(&fields, &mut note.rejects);
            }
            return Verdict::Drop(reason);
        }
        if self.asides.audit {
            note.audit.add(&self.normalizer, &record, trace, bench);
        }
        if self.asides.offsets {
            write_offsets(&record, trace, &mut note.offsets);
        }
        Verdict::Keep
    }

    fn map_end(&self, end: &[u8], out: &mut Vec<u8>) {
        self.normalizer.write_end(end, out);
    }

    fn is_identity_on(&self, text: &[u8], judgement: u16) -> bool {
        self.normalizer.is_identity_on(text, judgement)
    }
}

impl Noting for Writer {
    type Note = Note;

    fn note(&self, scratch: &mut Scratch) -> Note {
        std::mem::take(&mut scratch.note)
    }
}

/// A row for each stretch that changed: operand, record, its start and end in the output text, and in the input text.
fn write_offsets(record: &Record<'_>, trace: &Trace, rows: &mut Vec<u8>) {
    for piece in trace.pieces() {
        let places = [
            record.number,
            piece.output.start as u64,
            piece.output.end as u64,
            piece.source.start as u64,
            piece.source.end as u64,
        ]
        .map(|number| number.to_string());
        let mut fields = vec![record.operand.name().into_bytes()];
        fields.extend(places.map(String::into_bytes));
        row(&fields, rows);
    }
}
