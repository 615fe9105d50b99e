//! The socket for tools that let a record pass or not, knowing all records before it.

use std::sync::Arc;

use super::{Desk, Engine, Piece, Place};
use crate::chunk::{Buffers, Chunk, Pool, Segment, SegmentKind};
use crate::error::Error;
use crate::frame::{Cut, Selection};
use crate::json;
use crate::pipeline::{Deliver, drive};
use crate::recall::Recall;
use crate::report::{Counts, Ledger};
use crate::tool::{Decision, Gate};
use crate::visit::{Invalid, Reading, Seen, View, Visit};

impl Engine {
    /// Runs a [`Gate`].
    ///
    /// # Errors
    /// Whatever ends a run: see [`Error`].
    pub fn gate<G: Gate>(&mut self, tool: G) -> Result<(), Error> {
        let buffers = Arc::new(Buffers::default());
        let intake = self.intake(&buffers);
        let reading = self.reading.clone();
        let tool = Arc::new(tool);
        let worker_tool = Arc::clone(&tool);
        let scratches: Pool<G::Scratch> = Pool::default();
        let work = move |chunk: Chunk| {
            let mut scratch = scratches.take().unwrap_or_default();
            let part = gate_chunk(&*worker_tool, &mut scratch, &reading, chunk);
            scratches.put(scratch);
            part
        };
        let mut delivery = Delivery {
            desk: Desk::new(self)?,
            state: tool.start(),
            tool,
            recall: Recall::new(self.memory_bytes / 4, &self.temporary_directory),
            decisions: Vec::new(),
            ledger: &mut self.ledger,
            buffers,
            reading: &self.reading,
            chunk_bytes: self.intake.chunk_bytes,
        };
        drive(intake, self.threads, self.in_flight_bytes_max, work, &mut delivery)?;
        delivery.finish()
    }
}

/// A chunk with the keys of its records.
struct GatePart<K> {
    chunk_bytes: Vec<u8>,
    /// The records of segments in which ill-formed bytes had to be replaced.
    repaired: Vec<u8>,
    pieces: Vec<(Piece, Place, Slots)>,
    keys: Vec<K>,
    counts: Counts,
}

/// Where the records of a piece lie; each starts where the one before ended.
enum Slots {
    /// Every record has a key, and nothing lies between them: their ends.
    Plain(Vec<u32>),
    /// Records, and what else there is.
    Mixed(Vec<Slot>),
}

/// A stretch of a piece.
struct Slot {
    end: u32,
    kind: SlotKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SlotKind {
    /// A record with a key: the gate decides.
    Keyed,
    /// Bytes that pass.
    Pass,
    /// A record that a policy left out.
    Gap,
}

fn gate_chunk<G: Gate>(
    tool: &G,
    scratch: &mut G::Scratch,
    reading: &Reading,
    mut chunk: Chunk,
) -> GatePart<G::Key> {
    let mut part = GatePart {
        chunk_bytes: Vec::new(),
        repaired: Vec::new(),
        pieces: Vec::with_capacity(chunk.segments.len()),
        keys: Vec::new(),
        counts: Counts::default(),
    };
    for mut segment in std::mem::take(&mut chunk.segments) {
        let mut piece = Piece::of(&mut segment, reading, &mut part.counts);
        if segment.kind == SegmentKind::Verbatim {
            let slot = Slot { end: segment.range.len() as u32, kind: SlotKind::Pass };
            part.pieces.push((piece, Place::Chunk(segment.range), Slots::Mixed(vec![slot])));
            continue;
        }
        let mut troubles = Vec::new();
        let mut slots = Vec::new();
        let visit = Visit::new(reading, &segment, &chunk.bytes, &mut part.counts, &mut troubles);
        let bytes = visit.bytes();
        if visit.is_plain() && segment.decoded.is_none() && reading.cut != Cut::Paragraphs {
            piece.missing_end.extend_from_slice(reading.cut.missing_end_of(bytes));
            let ends = gate_plain(tool, scratch, reading, &segment, bytes, &mut part.keys);
            part.counts.records_read += ends.len() as u64;
            part.pieces.push((piece, Place::Chunk(segment.range), Slots::Plain(ends)));
            continue;
        }
        let is_rebuilt = reading.invalid == Invalid::Replace && !visit.is_plain();
        let repaired_start = part.repaired.len();
        let mut at = 0;
        visit.each(|seen| {
            let (range, kind) = match &seen {
                Seen::Untouched(range) => (range.clone(), SlotKind::Pass),
                Seen::Record(view) => {
                    part.keys.push(key_of(tool, scratch, view));
                    (view.start..view.start + view.raw.length_bytes(), SlotKind::Keyed)
                }
            };
            if is_rebuilt {
                rebuild(&seen, bytes, reading, &mut part.repaired);
                slots.push(Slot { end: (part.repaired.len() - repaired_start) as u32, kind });
                return;
            }
            if range.start > at {
                slots.push(Slot { end: range.start as u32, kind: SlotKind::Gap });
            }
            at = range.end;
            slots.push(Slot { end: at as u32, kind });
        });
        if !is_rebuilt && at < bytes.len() {
            slots.push(Slot { end: bytes.len() as u32, kind: SlotKind::Gap });
        }
        piece.troubles.append(&mut troubles);
        let written = if is_rebuilt { &part.repaired[repaired_start..] } else { bytes };
        piece.missing_end.extend_from_slice(reading.cut.missing_end_of(written));
        piece.is_changed |= is_rebuilt && written != bytes;
        let place = if is_rebuilt {
            Place::Written(repaired_start..part.repaired.len())
        } else {
            Place::Chunk(segment.range)
        };
        part.pieces.push((piece, place, Slots::Mixed(slots)));
    }
    part.chunk_bytes = chunk.bytes;
    part
}

/// The hot loop: records that are just their bytes, side by side. Their ends; their keys go to `keys`.
fn gate_plain<G: Gate>(
    tool: &G,
    scratch: &mut G::Scratch,
    reading: &Reading,
    segment: &Segment,
    bytes: &[u8],
    keys: &mut Vec<G::Key>,
) -> Vec<u32> {
    let expected = segment.records.unwrap_or_default() as usize;
    let mut ends = Vec::with_capacity(expected);
    keys.reserve(expected);
    let mut start = 0;
    reading.cut.for_each(bytes, |raw| {
        keys.push(tool.key(scratch, &[raw.text]));
        start += raw.length_bytes();
        ends.push(start as u32);
    });
    ends
}

/// The key of a record.
fn key_of<G: Gate>(tool: &G, scratch: &mut G::Scratch, view: &View<'_>) -> G::Key {
    match view.parts {
        [only] => tool.key(scratch, &[&only.text]),
        several => tool.key(scratch, &several.iter().map(|part| &*part.text).collect::<Vec<_>>()),
    }
}

/// Writes what was seen with its ill-formed bytes replaced.
fn rebuild(seen: &Seen<'_>, bytes: &[u8], reading: &Reading, out: &mut Vec<u8>) {
    let view = match seen {
        Seen::Record(view) => view,
        Seen::Untouched(range) => return out.extend_from_slice(&bytes[range.clone()]),
    };
    let raw = view.raw;
    out.extend_from_slice(raw.prefix);
    let mut at = 0;
    for part in view.parts {
        out.extend_from_slice(&raw.text[at..part.span.start]);
        match (&reading.selection, part.is_repaired) {
            (_, false) => out.extend_from_slice(&raw.text[part.span.clone()]),
            (Selection::Json(_), true) => json::escape_into(&part.text, out),
            (_, true) => out.extend_from_slice(&part.text),
        }
        at = part.span.end;
    }
    out.extend_from_slice(&raw.text[at..]);
    out.extend_from_slice(raw.suffix);
}

struct Delivery<'a, G: Gate> {
    desk: Desk,
    tool: Arc<G>,
    state: G::State,
    recall: Recall,
    decisions: Vec<Decision>,
    ledger: &'a mut Ledger,
    buffers: Arc<Buffers>,
    reading: &'a Reading,
    chunk_bytes: usize,
}

impl<G: Gate> Deliver<GatePart<G::Key>> for Delivery<'_, G> {
    fn deliver(&mut self, mut part: GatePart<G::Key>) -> Result<(), Error> {
        self.decisions.clear();
        self.tool.decide(&mut self.state, &part.keys, &mut self.decisions);
        self.ledger.counts.add(part.counts);
        let decisions = std::mem::take(&mut self.decisions);
        let mut next = decisions.iter();
        for (piece, place, slots) in &mut part.pieces {
            self.desk.begin(piece, self.ledger)?;
            let bytes = place.of(&part.chunk_bytes, &part.repaired);
            match slots {
                Slots::Plain(ends) => {
                    let records =
                        ends.iter().zip(&mut next).map(|(&end, &decision)| (end, SlotKind::Keyed, decision));
                    self.deliver_slots(bytes, records, piece)?;
                }
                Slots::Mixed(slots) => {
                    let records = slots.iter().map(|slot| {
                        let decision = match slot.kind {
                            SlotKind::Keyed => next.next().copied().unwrap_or(Decision::Keep),
                            SlotKind::Pass => Decision::Keep,
                            SlotKind::Gap => Decision::Drop,
                        };
                        (slot.end, slot.kind, decision)
                    });
                    self.deliver_slots(bytes, records, piece)?;
                }
            }
            self.desk.end(piece)?;
        }
        self.decisions = decisions;
        self.ledger.show_progress();
        self.buffers.put(part.chunk_bytes, self.chunk_bytes);
        Ok(())
    }

    fn idle(&mut self) -> Result<(), Error> {
        self.desk.sink.flush()
    }
}

impl<G: Gate> Delivery<'_, G> {
    /// Writes the records that pass, neighbours together.
    fn deliver_slots(
        &mut self,
        bytes: &[u8],
        records: impl Iterator<Item = (u32, SlotKind, Decision)>,
        piece: &mut Piece,
    ) -> Result<(), Error> {
        let mut run = 0;
        let mut at = 0;
        let (mut kept, mut dropped) = (0, 0);
        for (end, kind, decision) in records {
            let end = end as usize;
            if decision == Decision::Keep {
                kept += u64::from(kind == SlotKind::Keyed);
            } else {
                if at > run {
                    self.desk.write(&bytes[run..at], b"")?;
                }
                run = end;
                dropped += u64::from(kind == SlotKind::Keyed && decision == Decision::Drop);
                piece.is_changed = true;
            }
            if decision == Decision::Later {
                self.recall.push(&bytes[at..end]).map_err(Error::Temporary)?;
            }
            at = end;
        }
        let missing_end = if at > run { &piece.missing_end[..] } else { b"" };
        self.desk.write(&bytes[run..at], missing_end)?;
        self.desk.is_changed |= piece.is_changed;
        self.ledger.counts.records_written += kept;
        if dropped > 0 {
            *self.ledger.counts.dropped.entry(self.tool.reason()).or_default() += dropped;
        }
        Ok(())
    }

    /// Asks the gate about every record that was kept aside.
    fn finish(mut self) -> Result<(), Error> {
        let mut records = self.recall.replay().map_err(Error::Temporary)?;
        let mut label = Vec::new();
        let mut out = Vec::new();
        let mut index = 0;
        while let Some(record) = records.next().map_err(Error::Temporary)? {
            label.clear();
            if self.tool.recall(&self.state, index, &mut label) {
                let prefix = self.reading.cut.split(record).next().map_or(0, |raw| raw.prefix.len());
                out.clear();
                out.extend_from_slice(&record[..prefix]);
                out.extend_from_slice(&label);
                out.extend_from_slice(&record[prefix..]);
                self.desk.sink.write(&out, self.reading.cut.missing_end_of(record))?;
                self.ledger.counts.records_written += 1;
            } else {
                self.ledger.counts.drop(self.tool.reason());
            }
            index += 1;
        }
        self.desk.finish(self.ledger)
    }
}
