//! The socket for tools that let a record pass or not, knowing all records before it.

use std::ffi::OsString;
use std::ops::Range;
use std::sync::Arc;

use serde_json::json;

use super::aside::{Entry, Log};
use super::cut::cut_into;
use super::{Desk, Engine, Piece, Place, name_troubles};
use crate::chunk::{Buffers, Chunk, Pool, Segment, SegmentKind};
use crate::error::Error;
use crate::frame::{Cut, Selection};
use crate::json;
use crate::pipeline::{Deliver, drive};
use crate::recall::Recall;
use crate::report::{Counts, Ledger};
use crate::source::SourcePlan;
use crate::tool::{Answer, Aside, Decision, Decisions, Gate, Recalled, Run, Subject};
use crate::visit::{Invalid, Reading, Seen, View, Visit};

impl Engine {
    /// Runs a [`Gate`] that remembers what is in `state`, and gives back what it remembers in the end.
    ///
    /// # Errors
    /// Whatever ends a run: see [`Error`].
    pub fn gate<G: Gate>(&mut self, tool: G, state: G::State) -> Result<(Answer, G::State), Error> {
        self.gate_after(tool, state, Vec::new())
    }

    /// Runs a [`Gate`] that first learns the records of reference files, which are read as the input is and not written.
    ///
    /// # Errors
    /// Whatever ends a run: see [`Error`]; a reference file that cannot be read to its end does.
    pub fn gate_after<G: Gate>(
        &mut self,
        tool: G,
        mut state: G::State,
        references: Vec<OsString>,
    ) -> Result<(Answer, G::State), Error> {
        let tool = Arc::new(tool);
        let scratches: Arc<Pool<G::Scratch>> = Arc::default();
        if !references.is_empty() {
            self.learn(&tool, &mut state, &scratches, references)?;
        }
        let buffers = Arc::new(Buffers::default());
        let intake = self.intake(&buffers);
        let work = worker(&tool, &scratches, &self.reading);
        let mut delivery = Delivery {
            desk: Desk::new(self)?,
            log: None,
            recall: Some(Recall::new(self.memory_bytes / 4, &self.temporary_directory)),
            decisions: Decisions::default(),
            tool,
            state,
            ledger: &mut self.ledger,
            buffers,
            reading: &self.reading,
            chunk_bytes: self.intake.chunk_bytes,
            cut: Vec::new(),
        };
        drive(intake, self.threads, self.in_flight_bytes_max, work, &mut delivery)?;
        delivery.finish()
    }

    fn learn<G: Gate>(
        &mut self,
        tool: &Arc<G>,
        state: &mut G::State,
        scratches: &Arc<Pool<G::Scratch>>,
        references: Vec<OsString>,
    ) -> Result<(), Error> {
        let buffers = Arc::new(Buffers::default());
        let mut intake = self.intake.clone();
        intake.sources = SourcePlan { operands: references, ..SourcePlan::default() };
        let intake = self.intake_of(intake, &buffers);
        let work = worker(tool, scratches, &self.reading);
        let ledger = &mut self.ledger;
        let chunk_bytes = self.intake.chunk_bytes;
        let counts = Counts::default();
        let mut learning = Learning { tool: &**tool, state, ledger, counts, buffers, chunk_bytes };
        drive(intake, self.threads, self.in_flight_bytes_max, work, &mut learning)?;
        let Counts { operands, records_read, .. } = learning.counts;
        self.ledger
            .extra
            .insert("references".to_owned(), json!({ "operands": operands, "records": records_read }));
        Ok(())
    }
}

/// What workers do with a chunk.
fn worker<G: Gate>(
    tool: &Arc<G>,
    scratches: &Arc<Pool<G::Scratch>>,
    reading: &Reading,
) -> impl Fn(Chunk) -> GatePart<G::Key> + Send + Sync + 'static {
    let (tool, scratches, reading) = (Arc::clone(tool), Arc::clone(scratches), reading.clone());
    move |chunk| {
        let mut scratch = scratches.take().unwrap_or_default();
        let part = gate_chunk(&*tool, &mut scratch, &reading, chunk);
        scratches.put(scratch);
        part
    }
}

/// A chunk with the keys of its records.
struct GatePart<K> {
    chunk_bytes: Vec<u8>,
    /// The records of segments in which ill-formed bytes had to be replaced.
    repaired: Vec<u8>,
    pieces: Vec<(Piece, Place, Slots)>,
    keys: Vec<K>,
    /// Which records the keys are of.
    runs: Vec<Run>,
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
        runs: Vec::new(),
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
            let first_key = part.keys.len();
            let ends = gate_plain(tool, scratch, reading, &segment, bytes, &mut part.keys);
            let operand = Arc::clone(&segment.operand);
            part.runs.push(Run { keys: first_key..part.keys.len(), operand, number: segment.first_number });
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
                    note_place(&mut part.runs, part.keys.len(), &segment, view.number);
                    part.keys.push(key_of(tool, scratch, &segment, view));
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
    let operand = &*segment.operand;
    let mut number = segment.first_number;
    reading.cut.for_each(bytes, |raw| {
        let subject = Subject { texts: &[raw.text], whole: raw.text, operand, number };
        keys.push(tool.key(scratch, subject));
        number += 1;
        start += raw.length_bytes();
        ends.push(start as u32);
    });
    ends
}

/// The key of a record.
fn key_of<G: Gate>(tool: &G, scratch: &mut G::Scratch, segment: &Segment, view: &View<'_>) -> G::Key {
    let several: Vec<&[u8]>;
    let texts: &[&[u8]] = match view.parts {
        [only] => &[&only.text],
        parts => {
            several = parts.iter().map(|part| &*part.text).collect();
            &several
        }
    };
    let subject = Subject { texts, whole: view.raw.text, operand: &segment.operand, number: view.number };
    tool.key(scratch, subject)
}

/// The next key is of this record.
fn note_place(runs: &mut Vec<Run>, key: usize, segment: &Segment, number: u64) {
    match runs.last_mut() {
        Some(run)
            if Arc::ptr_eq(&run.operand, &segment.operand)
                && run.number + (key - run.keys.start) as u64 == number =>
        {
            run.keys.end = key + 1;
        }
        _ => runs.push(Run { keys: key..key + 1, operand: Arc::clone(&segment.operand), number }),
    }
}

/// Writes what was seen with its ill-formed bytes replaced.
pub(super) fn rebuild(seen: &Seen<'_>, bytes: &[u8], reading: &Reading, out: &mut Vec<u8>) {
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

/// Reference files: their records are remembered and not written.
struct Learning<'a, G: Gate> {
    tool: &'a G,
    state: &'a mut G::State,
    ledger: &'a mut Ledger,
    counts: Counts,
    buffers: Arc<Buffers>,
    chunk_bytes: usize,
}

impl<G: Gate> Deliver<GatePart<G::Key>> for Learning<'_, G> {
    fn deliver(&mut self, mut part: GatePart<G::Key>) -> Result<(), Error> {
        self.tool.learn(self.state, &mut part.keys, &part.runs)?;
        self.counts.add(part.counts);
        for (piece, ..) in &mut part.pieces {
            // A record costs itself; a file that is not whole would make every answer wrong.
            if let Some(at) = piece.troubles.iter().position(|trouble| trouble.record.is_none()) {
                return Err(Error::Input(piece.troubles.swap_remove(at)));
            }
            name_troubles(piece, self.ledger)?;
        }
        self.buffers.put(part.chunk_bytes, self.chunk_bytes);
        Ok(())
    }

    fn idle(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

struct Delivery<'a, G: Gate> {
    desk: Desk,
    /// Everything since the first record that was kept aside.
    log: Option<Log>,
    /// What the log will be made of.
    recall: Option<Recall>,
    tool: Arc<G>,
    state: G::State,
    decisions: Decisions,
    ledger: &'a mut Ledger,
    buffers: Arc<Buffers>,
    reading: &'a Reading,
    chunk_bytes: usize,
    /// A record of which parts were cut.
    cut: Vec<u8>,
}

impl<G: Gate> Deliver<GatePart<G::Key>> for Delivery<'_, G> {
    fn deliver(&mut self, mut part: GatePart<G::Key>) -> Result<(), Error> {
        let mut decisions = std::mem::take(&mut self.decisions);
        decisions.each.clear();
        decisions.cuts.clear();
        self.tool.decide(&mut self.state, &mut part.keys, &part.runs, &mut decisions)?;
        self.ledger.counts.add(part.counts);
        let each = std::mem::take(&mut decisions.each);
        let mut next = each.iter();
        for (piece, place, slots) in &mut part.pieces {
            self.begin(piece)?;
            let bytes = place.of(&part.chunk_bytes, &part.repaired);
            match slots {
                Slots::Plain(ends) => {
                    let records =
                        ends.iter().zip(&mut next).map(|(&end, &decision)| (end, SlotKind::Keyed, decision));
                    self.deliver_slots(bytes, records, piece, &mut decisions)?;
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
                    self.deliver_slots(bytes, records, piece, &mut decisions)?;
                }
            }
            match &mut self.log {
                Some(log) => log.end(piece)?,
                None => {
                    if piece.ends && self.desk.is_due() {
                        self.tool.checkpoint(&mut self.state)?;
                    }
                    self.desk.end(piece)?;
                }
            }
        }
        decisions.each = each;
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
    fn begin(&mut self, piece: &mut Piece) -> Result<(), Error> {
        match &mut self.log {
            None => self.desk.begin(piece, self.ledger),
            Some(log) => {
                log.begin(piece)?;
                name_troubles(piece, self.ledger)
            }
        }
    }

    /// Writes the records that pass, neighbours together.
    fn deliver_slots(
        &mut self,
        bytes: &[u8],
        records: impl Iterator<Item = (u32, SlotKind, Decision)>,
        piece: &mut Piece,
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        let mut run = 0;
        let mut at = 0;
        let (mut kept, mut dropped) = (0, 0);
        for (end, kind, decision) in records {
            let end = end as usize;
            if decision == Decision::Keep {
                kept += u64::from(kind == SlotKind::Keyed);
            } else {
                self.pass(&bytes[run..at], b"")?;
                run = end;
                dropped += u64::from(kind == SlotKind::Keyed && decision == Decision::Drop);
                piece.is_changed |= decision != Decision::Later;
            }
            match decision {
                Decision::Later => self.keep_aside(&bytes[at..end])?,
                Decision::Cut => {
                    let cuts = decisions.cuts.pop_front().unwrap_or_default();
                    self.pass_cut(&bytes[at..end], &cuts)?;
                    kept += 1;
                }
                Decision::Keep | Decision::Drop => {}
            }
            at = end;
        }
        let missing_end = if at > run { &piece.missing_end[..] } else { b"" };
        self.pass(&bytes[run..at], missing_end)?;
        self.desk.is_changed |= self.log.is_none() && piece.is_changed;
        self.ledger.counts.records_written += kept;
        self.drop(dropped);
        Ok(())
    }

    fn drop(&mut self, records: u64) {
        if records > 0 {
            *self.ledger.counts.dropped.entry(self.tool.reason()).or_default() += records;
        }
    }

    /// Whole records that pass.
    fn pass(&mut self, records: &[u8], missing_end: &[u8]) -> Result<(), Error> {
        match &mut self.log {
            Some(log) => log.pass(records, !missing_end.is_empty()),
            None if records.is_empty() && missing_end.is_empty() => Ok(()),
            None => self.desk.write(records, missing_end),
        }
    }

    fn pass_cut(&mut self, record: &[u8], cuts: &[Range<usize>]) -> Result<(), Error> {
        let mut cut = std::mem::take(&mut self.cut);
        cut.clear();
        cut_into(self.reading, record, cuts, &mut cut);
        self.ledger.counts.records_changed += 1;
        let passed = self.pass(&cut, self.reading.cut.missing_end_of(&cut));
        self.cut = cut;
        passed
    }

    fn keep_aside(&mut self, record: &[u8]) -> Result<(), Error> {
        if let Some(recall) = self.recall.take() {
            self.log = Some(Log::new(recall));
        }
        self.log.as_mut().map_or(Ok(()), |log| log.ask(record))
    }

    /// Asks the gate about every record that was kept aside.
    fn finish(mut self) -> Result<(Answer, G::State), Error> {
        self.tool.settle(&mut self.state)?;
        if let Some(mut log) = self.log.take() {
            let mut entries = log.replay()?;
            let mut question = Question::default();
            loop {
                let (tool, state) = (&self.tool, &mut self.state);
                let entry = entries.next(&mut self.desk, self.ledger, || tool.checkpoint(state))?;
                let Some(entry) = entry else { break };
                match entry {
                    Entry::Pass { bytes, is_open } => {
                        let missing_end = if is_open { self.reading.cut.missing_end_of(bytes) } else { b"" };
                        self.pass(bytes, missing_end)?;
                    }
                    Entry::Asked(record) => self.ask(record, &mut question)?,
                }
            }
        }
        let answer = self.tool.finish(&mut self.state, &mut self.desk.sink)?;
        self.tool.checkpoint(&mut self.state)?;
        self.desk.finish(self.ledger)?;
        Ok((answer, self.state))
    }

    fn ask(&mut self, record: &[u8], question: &mut Question) -> Result<(), Error> {
        let Question { index, label, cuts, out } = question;
        label.clear();
        cuts.clear();
        let aside = Aside { index: *index, record };
        *index += 1;
        let recalled = self.tool.recall(&mut self.state, aside, label, cuts)?;
        self.desk.is_changed |= recalled != Recalled::Keep || !label.is_empty();
        match recalled {
            Recalled::Drop => {
                self.drop(1);
                return Ok(());
            }
            Recalled::Taken => {}
            Recalled::Cut => self.pass_cut(record, cuts)?,
            Recalled::Keep if label.is_empty() => {
                self.pass(record, self.reading.cut.missing_end_of(record))?;
            }
            Recalled::Keep => {
                let prefix = self.reading.cut.split(record).next().map_or(0, |raw| raw.prefix.len());
                out.clear();
                out.extend_from_slice(&record[..prefix]);
                out.extend_from_slice(label);
                out.extend_from_slice(&record[prefix..]);
                self.pass(out, self.reading.cut.missing_end_of(record))?;
            }
        }
        self.ledger.counts.records_written += 1;
        Ok(())
    }
}

/// Space for asking about one record after the other.
#[derive(Default)]
struct Question {
    index: u64,
    label: Vec<u8>,
    cuts: Vec<Range<usize>>,
    out: Vec<u8>,
}
