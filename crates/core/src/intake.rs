//! Operands to chunks: opens, decompresses, decodes and cuts the input, one whole record after the other.

mod decoding;

use std::sync::Arc;

use crate::chunk::{Buffers, Chunk, Segment, SegmentKind};
use crate::codec::Codec;
use crate::decode::{Bom, DETECTION_BYTES_MAX, Decoder, Encoding, EncodingChoice, Written, bom, detect};
use crate::document::{Judge, OPENING_BYTES_MAX};
use crate::error::{Trouble, system_message};
use crate::frame::{Cut, EndSeeker};
use crate::input::{FileIdentity, Input};
use crate::source::{Operand, Operands, SourcePlan};
use decoding::Decoding;

/// How many files one chunk may hold, so that a million empty files are not one chunk.
const SEGMENTS_MAX: usize = 1024;

/// How long the reader waits for more of a slow input while the workers are busy anyway, in milliseconds.
const GATHER_MILLISECONDS: u16 = 1;

/// What becomes of a record that is longer than `--max-record`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Oversize {
    /// It is named as an error and left out.
    #[default]
    Fail,
    /// It is left out and counted.
    Skip,
    /// It passes by unread; tools that count leave it out.
    Pass,
}

/// What the reader has to know.
#[derive(Debug, Clone)]
pub struct IntakePlan {
    /// Which operands, in which order.
    pub sources: SourcePlan,
    /// How records end.
    pub cut: Cut,
    /// What bytes mean where no BOM says so.
    pub encoding: EncodingChoice,
    /// How much a chunk gathers before it goes, in bytes.
    pub chunk_bytes: usize,
    /// The longest record's text, in bytes.
    pub record_bytes_max: usize,
    /// What becomes of longer ones.
    pub oversize: Oversize,
    /// Decompression may have a thread of its own.
    pub threaded: bool,
    /// Segments say at an operand's end what its bytes were, as a hash.
    pub fingerprints: bool,
    /// Who judges operands by their openings, if someone asked for it.
    pub judge: Option<Judge>,
    /// Files that must not be read because they are being written, and whether reading one ends the run.
    pub outputs: Vec<(FileIdentity, bool)>,
}

/// What the reader asks of the rest of the pipeline.
pub trait Flow {
    /// Nothing is under way: a waiting record should move on at once.
    fn is_idle(&self) -> bool;
    /// Waits until nothing is under way: an over-long record wants the memory for itself.
    fn wait_until_idle(&self);
}

/// The reader: an iterator of chunks, told at each step how busy the others are.
pub struct Intake {
    plan: IntakePlan,
    operands: Operands,
    buffers: Arc<Buffers>,
    bytes: Vec<u8>,
    filled: usize,
    segments: Vec<Segment>,
    current: Option<Current>,
}

/// The operand that is being read.
struct Current {
    operand: Arc<Operand>,
    input: Input,
    phase: Phase,
    decoding: Option<Decoding>,
    /// The segment under way: its start in the buffer, its first record's number and offset.
    start: usize,
    number: u64,
    offset: u64,
    /// The end of the last whole record in the buffer; `start` if there is none.
    end: usize,
    /// How far the buffer has been searched for record ends.
    scanned: usize,
    starts: bool,
    written: Written,
    /// What was said of the operand by its opening.
    judgement: u16,
    troubles: Vec<Trouble>,
    over_long: u64,
    /// Bytes of the operand that over-long records took with them, not yet part of any segment.
    dropped_bytes: u64,
    codec: Codec,
}

/// How far an operand has been understood, and what its bytes are taken for.
enum Phase {
    /// The first bytes do not yet say whether they are compressed.
    Codec,
    /// The first bytes do not yet say which encoding they are in.
    Encoding,
    /// The text is read as far as its judge wants to see it.
    Opening,
    /// Bytes are records.
    Records,
    /// Bytes belong to an over-long record that is left out.
    Dropping(EndSeeker),
    /// Bytes belong to an over-long record that passes by.
    Passing(EndSeeker),
}

impl IntakePlan {
    /// For a file that is being written: whether reading it ends the run.
    fn is_written(&self, identity: FileIdentity) -> Option<bool> {
        self.outputs.iter().find(|(output, _)| *output == identity).map(|&(_, fatal)| fatal)
    }
}

impl Intake {
    /// Starts on a plan; nothing is opened yet.
    pub fn new(mut plan: IntakePlan, buffers: Arc<Buffers>) -> Self {
        let operands = Operands::new(std::mem::take(&mut plan.sources));
        Intake { plan, operands, buffers, bytes: Vec::new(), filled: 0, segments: Vec::new(), current: None }
    }

    /// Whether the next chunk would come without waiting for a slow input.
    pub fn is_ready(&self) -> bool {
        self.current.as_ref().is_none_or(|current| current.input.is_ready(0))
    }

    /// The next chunk; `None` after the last one.
    pub fn next(&mut self, flow: &impl Flow) -> Option<Chunk> {
        loop {
            if self.bytes.is_empty() {
                self.bytes = self.buffers.take(self.plan.chunk_bytes);
            }
            let Some(current) = &self.current else {
                if self.is_full() || self.segments.len() >= SEGMENTS_MAX {
                    return Some(self.emit());
                }
                if self.open_next() {
                    continue;
                }
                return if self.segments.is_empty() { None } else { Some(self.emit()) };
            };
            let has_whole = !self.segments.is_empty() || current.emittable_end(self.filled) > current.start;
            if has_whole {
                let patience = if flow.is_idle() { 0 } else { GATHER_MILLISECONDS };
                if self.is_full() || !current.is_ready(patience) {
                    return Some(self.emit());
                }
            }
            self.read_more(flow);
        }
    }

    fn is_full(&self) -> bool {
        self.filled + self.plan.chunk_bytes / 8 >= self.plan.chunk_bytes
    }

    /// Takes the next operand; false when there is none.
    fn open_next(&mut self) -> bool {
        let Some(next) = self.operands.next() else { return false };
        let operand = match next {
            Ok(operand) => operand,
            Err(trouble) => {
                let operand = Operand {
                    index: 0,
                    path: Some(trouble.operand.clone().into()),
                    typed: 0,
                    mirror: Default::default(),
                };
                self.segments.push(unread(Arc::new(operand), self.filled, trouble, false));
                return true;
            }
        };
        let operand = Arc::new(operand);
        match Input::open(&operand) {
            Ok((_, Some(identity))) if let Some(fatal) = self.plan.is_written(identity) => {
                let trouble = Trouble::with_operand(operand.name(), "input file is output file");
                self.segments.push(unread(operand, self.filled, trouble, fatal));
            }
            Ok((mut input, _)) => {
                if self.plan.fingerprints {
                    input.keep_fingerprint();
                }
                self.current = Some(Current {
                    operand,
                    input,
                    phase: Phase::Codec,
                    decoding: None,
                    start: self.filled,
                    number: 1,
                    offset: 0,
                    end: self.filled,
                    scanned: self.filled,
                    starts: true,
                    written: Written::PLAIN,
                    judgement: 0,
                    troubles: Vec::new(),
                    over_long: 0,
                    dropped_bytes: 0,
                    codec: Codec::Plain,
                });
            }
            Err(error) => {
                let trouble = Trouble::with_operand(operand.name(), system_message(&error));
                self.segments.push(unread(operand, self.filled, trouble, false));
            }
        }
        true
    }

    /// Reads once and understands what came.
    fn read_more(&mut self, flow: &impl Flow) {
        self.make_room(flow);
        let Some(current) = &mut self.current else { return };
        let result = match &mut current.decoding {
            Some(decoding) => decoding.read(&mut current.input, &mut self.bytes[self.filled..], self.filled),
            None => current.input.read(&mut self.bytes[self.filled..]),
        };
        match result {
            Ok(length) => self.take(length),
            Err(error) => {
                let what = current.input.describe(&error);
                self.fail(what);
            }
        }
    }

    fn make_room(&mut self, flow: &impl Flow) {
        if self.filled < self.bytes.len() {
            return;
        }
        let length = (2 * self.bytes.len()).max(64);
        if length > 8 * self.plan.chunk_bytes.max(1 << 16) {
            flow.wait_until_idle();
        }
        let mut larger = vec![0; length];
        larger[..self.filled].copy_from_slice(&self.bytes[..self.filled]);
        self.bytes = larger;
    }

    /// `length` more bytes have been read; none means the end.
    fn take(&mut self, length: usize) {
        let at_end = length == 0;
        let Some(current) = &mut self.current else { return };
        let new = self.filled..self.filled + length;
        match &mut current.phase {
            Phase::Codec => {
                self.filled = new.end;
                self.sniff_codec(at_end);
            }
            Phase::Encoding => {
                self.filled = new.end;
                self.sniff_encoding(at_end);
            }
            Phase::Opening => {
                self.filled = new.end;
                self.judge_opening(at_end);
            }
            Phase::Records => {
                self.filled = new.end;
                if at_end { self.close(true) } else { self.find_end() }
            }
            Phase::Dropping(seeker) => {
                let found = seeker.find(&self.bytes[new.clone()]);
                let dropped = found.unwrap_or(length);
                current.advance_offset(new.start + dropped, dropped);
                self.bytes.copy_within(new.start + dropped..new.end, new.start);
                current.shift_places(dropped);
                self.filled = new.end - dropped;
                if found.is_some() {
                    current.number += 1;
                    current.phase = Phase::Records;
                    self.find_end();
                } else if at_end {
                    self.close(true);
                }
            }
            Phase::Passing(seeker) => {
                let found = seeker.find(&self.bytes[new.clone()]);
                self.filled = new.end;
                if let Some(end) = found {
                    let kind = SegmentKind::Verbatim;
                    let segment = current.cut_off(new.start + end, 1, kind, false);
                    current.phase = Phase::Records;
                    self.segments.push(segment);
                    self.find_end();
                } else if at_end {
                    self.close(true);
                }
            }
        }
    }

    fn sniff_codec(&mut self, at_end: bool) {
        let Some(current) = &mut self.current else { return };
        let head = &self.bytes[current.start..self.filled];
        match Codec::sniff(head, at_end) {
            None => {}
            Some(Codec::Plain) => {
                current.phase = Phase::Encoding;
                self.sniff_encoding(at_end);
            }
            Some(codec) => {
                let head = head.to_vec();
                self.filled = current.start;
                current.phase = Phase::Encoding;
                current.codec = codec;
                if let Err(error) = current.input.decompress(codec, head, self.plan.threaded) {
                    let what = system_message(&error);
                    self.fail(what);
                }
            }
        }
    }

    fn sniff_encoding(&mut self, at_end: bool) {
        let Some(current) = &mut self.current else { return };
        let head = &self.bytes[current.start..self.filled];
        let (encoding, bom_bytes) = match bom(head, at_end) {
            Bom::NeedMore => return,
            Bom::Found(encoding, length) => (encoding, length),
            Bom::None => match &self.plan.encoding {
                EncodingChoice::Utf8 => (Encoding::Utf8, 0),
                EncodingChoice::Label(encoding) => (*encoding, 0),
                EncodingChoice::Auto if head.len() < DETECTION_BYTES_MAX && !at_end => return,
                EncodingChoice::Auto => (detect(head, at_end), 0),
            },
        };
        current.phase = Phase::Opening;
        current.offset = bom_bytes as u64;
        current.written = Written { encoding, has_bom: bom_bytes > 0 };
        if let Some(decoder) = Decoder::new(encoding, self.plan.cut.delimiter(), bom_bytes as u64) {
            let raw = self.bytes[current.start + bom_bytes..self.filled].to_vec();
            self.filled = current.start;
            let mut decoding = Decoding::new(decoder, DETECTION_BYTES_MAX);
            decoding.decode(&raw, false);
            current.decoding = Some(decoding);
            return;
        }
        self.bytes.copy_within(current.start + bom_bytes..self.filled, current.start);
        self.filled -= bom_bytes;
        self.judge_opening(at_end);
    }

    /// Lets the opening be judged once it is all there.
    fn judge_opening(&mut self, at_end: bool) {
        let Some(current) = &mut self.current else { return };
        if let Some(judge) = &self.plan.judge {
            let text = &self.bytes[current.start..self.filled];
            if text.len() < OPENING_BYTES_MAX && !at_end {
                return;
            }
            current.judgement = judge.of(text);
        }
        current.phase = Phase::Records;
        if at_end { self.close(true) } else { self.find_end() }
    }

    /// Looks for record ends in what has been read, and for records that are too long.
    fn find_end(&mut self) {
        let cut = self.plan.cut;
        let Some(current) = &mut self.current else { return };
        let bytes = &self.bytes[..self.filled];
        if let Some(end) = cut.last_end(bytes, current.end, current.scanned) {
            current.end = end;
        }
        current.scanned = self.filled;
        // Two bytes more than allowed cannot be the start of a line end.
        if self.filled - current.end > self.plan.record_bytes_max.saturating_add(2) {
            self.leave_out_over_long();
        }
    }

    fn leave_out_over_long(&mut self) {
        let Some(current) = &mut self.current else { return };
        let end = current.end;
        let records = self.plan.cut.count(&self.bytes[current.start..end]);
        let segment = current.cut_off(end, records, SegmentKind::Records, false);
        self.segments.push(segment);
        let seeker = EndSeeker::new(self.plan.cut, &self.bytes[end..self.filled]);
        current.over_long += 1;
        match self.plan.oversize {
            Oversize::Pass => {
                current.phase = Phase::Passing(seeker);
                return;
            }
            Oversize::Skip => {}
            Oversize::Fail => current.troubles.push(Trouble {
                operand: current.operand.name(),
                record: Some(current.number),
                byte: Some(current.offset),
                what: over_long_message(self.plan.record_bytes_max),
            }),
        }
        current.phase = Phase::Dropping(seeker);
        let dropped = self.filled - end;
        current.advance_offset(self.filled, dropped);
        current.shift_places(dropped);
        self.filled = end;
        current.scanned = end;
    }

    /// The operand cannot be read further: what is whole stays, the rest is named.
    fn fail(&mut self, what: String) {
        if let (Some(current), Some(judge)) = (&mut self.current, &self.plan.judge)
            && matches!(current.phase, Phase::Opening)
        {
            current.judgement = judge.of(&self.bytes[current.start..self.filled]);
            current.phase = Phase::Records;
            self.find_end();
        }
        let Some(current) = &mut self.current else { return };
        let mut what = what;
        if matches!(current.phase, Phase::Records) {
            let rest = self.filled - current.end;
            if rest > 0 {
                what.push_str(&format!(
                    "; the last {rest} bytes before it are no whole record and are left out"
                ));
            }
            self.filled = current.end;
        } else if !matches!(current.phase, Phase::Passing(_)) {
            self.filled = current.start;
        }
        current.troubles.push(Trouble::with_operand(current.operand.name(), what));
        self.close(true);
    }

    /// The operand ends where the buffer ends.
    fn close(&mut self, ends: bool) {
        let Some(mut current) = self.current.take() else { return };
        let (kind, owed) = match &current.phase {
            Phase::Passing(seeker) => (SegmentKind::Verbatim, seeker.missing_end()),
            _ => (SegmentKind::Records, &b""[..]),
        };
        let segment = current.cut_off(self.filled, 0, kind, ends);
        self.segments.push(Segment { owed, ..segment });
    }

    /// Gives away the whole records in the buffer and keeps the rest.
    fn emit(&mut self) -> Chunk {
        let mut end = self.filled;
        if let Some(current) = &mut self.current {
            end = current.emittable_end(self.filled);
            let (kind, records) = match current.phase {
                Phase::Passing(_) => (SegmentKind::Verbatim, 0),
                _ => (SegmentKind::Records, self.plan.cut.count(&self.bytes[current.start..end])),
            };
            if end > current.start || !current.troubles.is_empty() {
                self.segments.push(current.cut_off(end, records, kind, false));
            }
        }
        let rest = self.filled - end;
        let mut next = self.buffers.take(self.plan.chunk_bytes.max(rest));
        next[..rest].copy_from_slice(&self.bytes[end..self.filled]);
        if let Some(current) = &mut self.current {
            current.rebase(end);
        }
        self.filled = rest;
        let bytes = std::mem::replace(&mut self.bytes, next);
        Chunk { bytes, segments: std::mem::take(&mut self.segments) }
    }
}

/// The message for a record longer than `--max-record`.
pub fn over_long_message(record_bytes_max: usize) -> String {
    format!("record is longer than --max-record ({record_bytes_max} bytes) and is left out (see --oversize)")
}

/// A segment without bytes that carries what went wrong before anything could be read.
fn unread(operand: Arc<Operand>, at: usize, trouble: Trouble, fatal: bool) -> Segment {
    Segment {
        operand,
        range: at..at,
        first_number: 1,
        first_offset: 0,
        records: None,
        original_bytes: 0,
        kind: SegmentKind::Records,
        judgement: 0,
        starts: false,
        ends: false,
        fingerprint: None,
        written: Written::PLAIN,
        owed: b"",
        fatal,
        troubles: vec![trouble],
        over_long: 0,
        codec: Codec::Plain,
        decoded: None,
    }
}

impl Current {
    /// Whether a read would return at once, or within the patience given in milliseconds.
    fn is_ready(&self, milliseconds: u16) -> bool {
        self.decoding.as_ref().is_some_and(Decoding::has_text) || self.input.is_ready(milliseconds)
    }

    /// Up to where the buffer may be given away.
    fn emittable_end(&self, filled: usize) -> usize {
        match self.phase {
            Phase::Records => self.end,
            Phase::Passing(_) => filled,
            Phase::Codec | Phase::Encoding | Phase::Opening | Phase::Dropping(_) => self.start,
        }
    }

    /// Ends the segment under way at `end`, after `records` records, and starts the next one there.
    fn cut_off(&mut self, end: usize, records: u64, kind: SegmentKind, ends: bool) -> Segment {
        let decoded = self.decoding.as_mut().map(|decoding| Box::new(decoding.places_before(end)));
        let mut segment = Segment {
            operand: Arc::clone(&self.operand),
            range: self.start..end,
            first_number: self.number,
            first_offset: self.offset,
            records: (!ends).then_some(records),
            original_bytes: 0,
            kind,
            judgement: self.judgement,
            starts: std::mem::take(&mut self.starts),
            ends,
            fingerprint: if ends { self.input.fingerprint() } else { None },
            written: self.written,
            owed: b"",
            fatal: false,
            troubles: std::mem::take(&mut self.troubles),
            over_long: std::mem::take(&mut self.over_long),
            codec: self.codec,
            decoded,
        };
        self.offset = match &self.decoding {
            Some(decoding) if ends => decoding.decoder.position(),
            _ => segment.offset_of(end),
        };
        // The BOM counts as read with the operand's first bytes.
        let skipped = if segment.starts { segment.first_offset } else { 0 };
        let dropped = std::mem::take(&mut self.dropped_bytes);
        segment.original_bytes = self.offset - segment.first_offset + skipped + dropped;
        self.number += records;
        self.start = end;
        self.end = end;
        segment
    }

    /// `dropped` bytes that end at `at` are not kept.
    fn advance_offset(&mut self, at: usize, dropped: usize) {
        let before = self.offset;
        match &self.decoding {
            None => self.offset += dropped as u64,
            Some(decoding) => {
                if let Some(anchor) = decoding.places.anchors.iter().rev().find(|anchor| anchor.decoded <= at)
                {
                    self.offset = anchor.original;
                }
            }
        }
        self.dropped_bytes += self.offset - before;
    }

    fn shift_places(&mut self, dropped: usize) {
        if let Some(decoding) = &mut self.decoding {
            let start = self.start;
            let places = &mut decoding.places;
            places.anchors.retain(|anchor| anchor.decoded > start + dropped);
            places.anchors.iter_mut().for_each(|anchor| anchor.decoded -= dropped);
            places.malformed.retain(|&at| at >= start + dropped);
            places.malformed.iter_mut().for_each(|at| *at -= dropped);
        }
    }

    /// The first `given` bytes of the buffer have gone.
    fn rebase(&mut self, given: usize) {
        self.start -= given;
        self.end -= given;
        self.scanned = self.scanned.saturating_sub(given);
        if let Some(decoding) = &mut self.decoding {
            decoding.places.anchors.iter_mut().for_each(|anchor| anchor.decoded -= given);
            decoding.places.malformed.iter_mut().for_each(|at| *at -= given);
        }
    }
}
