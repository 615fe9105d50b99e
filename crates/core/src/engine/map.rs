//! The socket for tools that turn each record into another.

use std::sync::Arc;

use super::{Desk, Engine, Piece, Place, records};
use crate::chunk::{Buffers, Chunk, Pool, Segment, SegmentKind};
use crate::encode::{Encoder, Lack, Unencodable};
use crate::error::{Error, Trouble};
use crate::frame::{Cut, Selection};
use crate::json;
use crate::pipeline::{Deliver, drive};
use crate::report::{Counts, Ledger, UnencodablePlace};
use crate::tool::{Map, Noting, Record, Verdict};
use crate::visit::{Part, Reading, Seen, View, Visit};

impl Engine {
    /// Runs a [`Map`].
    ///
    /// # Errors
    /// Whatever ends a run: see [`Error`].
    pub fn map<M: Map>(&mut self, tool: M) -> Result<(), Error> {
        self.map_and(tool, |_, _| (), |()| Ok(()))
    }

    /// Runs a [`Map`] that also says something: `listen` gets the notes of all chunks, in input order.
    ///
    /// # Errors
    /// Whatever ends a run, `listen` included: see [`Error`].
    pub fn map_noting<M: Noting>(
        &mut self,
        tool: M,
        listen: impl FnMut(M::Note) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.map_and(tool, M::note, listen)
    }

    fn map_and<M: Map, N: Send + 'static>(
        &mut self,
        tool: M,
        note: fn(&M, &mut M::Scratch) -> N,
        listen: impl FnMut(N) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let buffers = Arc::new(Buffers::default());
        let intake = self.intake(&buffers);
        let reading = self.reading.clone();
        let encoder = self.encoder;
        let outs: Arc<Pool<Vec<u8>>> = Arc::default();
        let worker_outs = Arc::clone(&outs);
        let workbenches: Pool<Workbench<M>> = Pool::default();
        let work = move |chunk: Chunk| {
            let mut workbench = workbenches.take().unwrap_or_default();
            let out = worker_outs.take().unwrap_or_default();
            let part = map_chunk(&tool, &mut workbench, &reading, encoder.as_ref(), chunk, out);
            let note = note(&tool, &mut workbench.scratch);
            workbenches.put(workbench);
            (part, note)
        };
        let desk = Desk::new(self)?;
        let chunk_bytes = self.intake.chunk_bytes;
        let mut delivery = Delivery { desk, ledger: &mut self.ledger, buffers, outs, chunk_bytes, listen };
        drive(intake, self.threads, self.in_flight_bytes_max, work, &mut delivery)?;
        delivery.desk.finish(delivery.ledger)
    }
}

/// What a worker keeps from one chunk to the next.
struct Workbench<M: Map> {
    scratch: M::Scratch,
    mapped: Vec<u8>,
    /// A record before it is encoded.
    plain: Vec<u8>,
}

impl<M: Map> Default for Workbench<M> {
    fn default() -> Self {
        Workbench { scratch: M::Scratch::default(), mapped: Vec::new(), plain: Vec::new() }
    }
}

/// A chunk after the tool.
struct MapPart {
    chunk_bytes: Vec<u8>,
    out: Vec<u8>,
    pieces: Vec<(Piece, Place)>,
    counts: Counts,
}

fn map_chunk<M: Map>(
    tool: &M,
    workbench: &mut Workbench<M>,
    reading: &Reading,
    encoder: Option<&Encoder>,
    mut chunk: Chunk,
    mut out: Vec<u8>,
) -> MapPart {
    let mut counts = Counts::default();
    let mut pieces = Vec::with_capacity(chunk.segments.len());
    for mut segment in std::mem::take(&mut chunk.segments) {
        let mut piece = Piece::of(&mut segment, reading, &mut counts);
        if segment.kind == SegmentKind::Verbatim {
            let place = if tool.is_listing() { Place::Written(0..0) } else { Place::Chunk(segment.range) };
            pieces.push((piece, place));
            continue;
        }
        let mut troubles = Vec::new();
        let visit = Visit::new(reading, &segment, &chunk.bytes, &mut counts, &mut troubles);
        let bytes = visit.bytes();
        let is_plain = visit.is_plain();
        let whole =
            if is_plain { whole_run(tool, reading, encoder, &segment, bytes, &mut out) } else { None };
        let place = if let Some((place, changed)) = whole {
            counts.records_written += visit.pass_all();
            counts.records_changed += changed;
            if !tool.is_listing() {
                tool.map_end(reading.cut.missing_end_of(bytes), &mut piece.missing_end);
            }
            piece.is_changed |= changed > 0 && place.of(&chunk.bytes, &out) != bytes;
            place
        } else {
            let start = out.len();
            let mut mapping = Mapping {
                tool,
                workbench,
                reading,
                encoder,
                segment: &segment,
                bytes,
                out: &mut out,
                tally: Tally::default(),
            };
            visit.each(|seen| mapping.take(seen));
            let tally = mapping.tally;
            // Where a part of each record is selected, record ends stay what they are.
            match reading.selection {
                _ if tool.is_listing() => {}
                Selection::All => tool.map_end(tally.missing_end, &mut piece.missing_end),
                _ => piece.missing_end.extend_from_slice(tally.missing_end),
            }
            tally.add_to(&mut counts, &mut troubles);
            piece.is_changed |= out[start..] != *bytes;
            Place::Written(start..out.len())
        };
        if let Some(encoder) = encoder {
            // Line ends and NUL are in every encoding.
            encoder.encode_in_place(&mut piece.missing_end, 0, &mut workbench.plain);
        }
        piece.troubles.append(&mut troubles);
        pieces.push((piece, place));
    }
    MapPart { chunk_bytes: chunk.bytes, out, pieces, counts }
}

/// Where a plain run is to be found that the tool does not change, or maps as a whole, and how many records changed;
/// `None` if it must see them one by one.
fn whole_run<M: Map>(
    tool: &M,
    reading: &Reading,
    encoder: Option<&Encoder>,
    segment: &Segment,
    bytes: &[u8],
    out: &mut Vec<u8>,
) -> Option<(Place, u64)> {
    if tool.is_identity_on(bytes, segment.judgement) {
        let is_listing = tool.is_listing();
        let place =
            if is_listing { Some(Place::Written(0..0)) } else { same_run(encoder, segment, bytes, out) };
        return place.map(|place| (place, 0));
    }
    // What cannot be encoded is said of a record.
    if reading.cut != Cut::Lines || encoder.is_some() || tool.is_listing() {
        return None;
    }
    let start = out.len();
    let changed = tool.map_lines(bytes, out)?;
    Some((Place::Written(start..out.len()), changed))
}

/// Where a run that the tool does not change is to be found; `None` if its records must be encoded one by one.
fn same_run(encoder: Option<&Encoder>, segment: &Segment, bytes: &[u8], out: &mut Vec<u8>) -> Option<Place> {
    let Some(encoder) = encoder.filter(|encoder| !encoder.is_identity_on(bytes)) else {
        return Some(Place::Chunk(segment.range.clone()));
    };
    let start = out.len();
    if encoder.encode_run(bytes, out) { Some(Place::Written(start..out.len())) } else { None }
}

/// What happened to the records of one segment.
#[derive(Default)]
struct Tally {
    written: u64,
    changed: u64,
    dropped: Vec<&'static str>,
    failed: Vec<(&'static str, Trouble)>,
    /// Characters that the encoding lacks, a record each.
    lacking: Vec<(u64, UnencodablePlace)>,
    missing_end: &'static [u8],
}

impl Tally {
    fn add_to(self, counts: &mut Counts, troubles: &mut Vec<Trouble>) {
        counts.records_written += self.written;
        counts.records_changed += self.changed;
        self.dropped.into_iter().for_each(|reason| counts.drop(reason));
        for (reason, trouble) in self.failed {
            counts.fail(reason);
            troubles.push(trouble);
        }
        for (characters, place) in self.lacking {
            counts.note_unencodable(characters, || place);
        }
    }
}

/// The mapping of one segment.
struct Mapping<'a, M: Map> {
    tool: &'a M,
    workbench: &'a mut Workbench<M>,
    reading: &'a Reading,
    encoder: Option<&'a Encoder>,
    segment: &'a Segment,
    bytes: &'a [u8],
    out: &'a mut Vec<u8>,
    tally: Tally,
}

impl<M: Map> Mapping<'_, M> {
    fn take(&mut self, seen: Seen<'_>) {
        let view = match seen {
            Seen::Record(view) => view,
            Seen::Untouched(_) if self.tool.is_listing() => return,
            Seen::Untouched(range) => {
                let start = self.out.len();
                self.out.extend_from_slice(&self.bytes[range.clone()]);
                let offset = self.segment.offset_of(self.segment.range.start + range.start);
                if self.encode(start, None, offset).is_some() {
                    self.tally.missing_end = self.reading.cut.missing_end_of(&self.bytes[range]);
                }
                return;
            }
        };
        let start = self.out.len();
        match self.write(&view) {
            Verdict::Keep => {
                let original = &self.bytes[view.start..view.start + view.raw.length_bytes()];
                let is_same = self.tool.is_listing() || self.out[start..] == *original;
                let Some(is_exact) = self.encode(start, Some(view.number), view.offset) else { return };
                self.tally.written += 1;
                self.tally.changed += u64::from(!is_same || !is_exact);
                self.tally.missing_end = self.reading.cut.missing_end(view.raw.suffix);
            }
            Verdict::Drop(reason) => {
                self.out.truncate(start);
                self.tally.dropped.push(reason);
            }
            Verdict::Fail(what) => {
                self.out.truncate(start);
                let operand = self.segment.operand.name();
                let (record, byte) = (Some(view.number), Some(view.offset));
                self.tally.failed.push(("tool", Trouble { operand, record, byte, what }));
            }
        }
    }

    /// Encodes what stands in `out[start..]`: the record of this number at this offset. Says whether nothing was
    /// lacking; `None` if the policy leaves the record out.
    fn encode(&mut self, start: usize, record: Option<u64>, byte: u64) -> Option<bool> {
        let Some(encoder) = self.encoder else { return Some(true) };
        let lack = encoder.encode_in_place(self.out, start, &mut self.workbench.plain);
        let Lack { characters, first: Some((index, character)) } = lack else {
            return Some(true);
        };
        let operand = self.segment.operand.name();
        let place = UnencodablePlace { operand: operand.clone(), record, byte, character };
        self.tally.lacking.push((characters, place));
        match encoder.policy() {
            Unencodable::Skip => self.tally.dropped.push("unencodable"),
            Unencodable::Fail => {
                let what = format!(
                    "U+{:04X} (character {index}) is not in {}; the record is left out (see --unencodable)",
                    u32::from(character),
                    encoder.target().name()
                );
                self.tally.failed.push(("unencodable", Trouble { operand, record, byte: Some(byte), what }));
            }
            _ => return Some(false),
        }
        self.out.truncate(start);
        None
    }

    fn write(&mut self, view: &View<'_>) -> Verdict {
        let raw = &view.raw;
        if self.tool.is_listing() {
            return self.list(view);
        }
        let is_part = !matches!(self.reading.selection, Selection::All);
        self.out.extend_from_slice(raw.prefix);
        let mut at = 0;
        for (part, record) in view.parts.iter().zip(records(view, self.segment, self.reading)) {
            self.out.extend_from_slice(&raw.text[at..part.span.start]);
            let verdict = match &self.reading.selection {
                Selection::Json(_) => self.write_json(raw.text, part, record),
                Selection::Columns { separator, .. } => self.write_column(record, *separator),
                Selection::All => self.tool.map(&mut self.workbench.scratch, record, self.out),
            };
            if verdict != Verdict::Keep {
                return verdict;
            }
            at = part.span.end;
        }
        self.out.extend_from_slice(&raw.text[at..]);
        if is_part {
            self.out.extend_from_slice(raw.suffix);
        } else {
            self.tool.map_end(raw.suffix, self.out);
        }
        Verdict::Keep
    }

    fn list(&mut self, view: &View<'_>) -> Verdict {
        records(view, self.segment, self.reading)
            .map(|record| self.tool.map(&mut self.workbench.scratch, record, self.out))
            .find(|verdict| *verdict != Verdict::Keep)
            .unwrap_or(Verdict::Keep)
    }

    /// A column stays one column of one record, whatever the tool makes of its text.
    fn write_column(&mut self, record: Record<'_>, separator: u8) -> Verdict {
        let start = self.out.len();
        let verdict = self.tool.map(&mut self.workbench.scratch, record, self.out);
        let breaks = memchr::memchr2(separator, self.reading.cut.delimiter(), &self.out[start..]).is_some();
        if verdict == Verdict::Keep && breaks {
            return Verdict::Fail("the new text of a column would hold a separator; left out".to_owned());
        }
        verdict
    }

    /// An unchanged text keeps the escapes it had.
    fn write_json(&mut self, raw: &[u8], part: &Part<'_>, record: Record<'_>) -> Verdict {
        let mapped = &mut self.workbench.mapped;
        mapped.clear();
        let verdict = self.tool.map(&mut self.workbench.scratch, record, mapped);
        if *mapped == *part.text && !part.is_repaired {
            self.out.extend_from_slice(&raw[part.span.clone()]);
        } else {
            json::escape_into(mapped, self.out);
        }
        verdict
    }
}

struct Delivery<'a, L> {
    desk: Desk,
    ledger: &'a mut Ledger,
    buffers: Arc<Buffers>,
    outs: Arc<Pool<Vec<u8>>>,
    chunk_bytes: usize,
    listen: L,
}

impl<N, L: FnMut(N) -> Result<(), Error>> Deliver<(MapPart, N)> for Delivery<'_, L> {
    fn deliver(&mut self, (mut part, note): (MapPart, N)) -> Result<(), Error> {
        for (piece, place) in &mut part.pieces {
            self.desk.begin(piece, self.ledger)?;
            self.desk.write(place.of(&part.chunk_bytes, &part.out), &piece.missing_end)?;
            self.desk.end(piece)?;
        }
        (self.listen)(note)?;
        self.ledger.counts.add(part.counts);
        self.ledger.show_progress();
        self.buffers.put(part.chunk_bytes, self.chunk_bytes);
        if part.out.capacity() <= 4 * self.chunk_bytes {
            part.out.clear();
            self.outs.put(part.out);
        }
        Ok(())
    }

    fn idle(&mut self) -> Result<(), Error> {
        self.desk.sink.flush()
    }
}
