//! One of several aligned files: its records, a chunk at a time, none of them lost sight of.

use std::ops::Range;
use std::sync::Arc;

use crate::chunk::{Buffers, Chunk, Segment};
use crate::codec::Codec;
use crate::engine::Piece;
use crate::engine::gate::rebuild;
use crate::error::Trouble;
use crate::frame::{Raw, Selection};
use crate::intake::Intake;
use crate::pipeline::Alone;
use crate::report::Counts;
use crate::source::Operand;
use crate::visit::{Invalid, Reading, Seen, View, Visit};

/// The byte between sides that are written as one record.
pub(super) const BETWEEN: u8 = b'\t';

/// A file under way.
pub(super) struct Side {
    pub operand: Arc<Operand>,
    intake: Intake,
    buffers: Arc<Buffers>,
    chunk_bytes: usize,
    /// Its records are written as parts of one.
    is_joined: bool,
    pub rows: Rows,
    /// Records that have gone with their partners.
    pub done: u64,
    pub has_ended: bool,
    pub counts: Counts,
    /// What cost a record.
    pub troubles: Vec<Trouble>,
    /// What cost the rest of the file.
    pub failure: Option<Trouble>,
    pub codec: Codec,
    pub fingerprint: Option<u128>,
    pub is_changed: bool,
    pub is_sound: bool,
    /// Blank lines after the last paragraph.
    pub tail: Vec<u8>,
}

/// Records of one file that wait for their partners.
#[derive(Default)]
pub(super) struct Rows {
    raw: Vec<u8>,
    texts: Vec<u8>,
    list: Vec<Row>,
    next: usize,
}

/// A record.
struct Row {
    raw: Range<usize>,
    text: Range<usize>,
    kind: RowKind,
}

/// What there is of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    /// Its bytes and its text.
    Keyed,
    /// Its bytes, which pass unread.
    Pass,
    /// Nothing: a policy left it out.
    Gap,
}

impl Side {
    pub fn new(
        operand: Arc<Operand>,
        intake: Intake,
        buffers: Arc<Buffers>,
        chunk_bytes: usize,
        is_joined: bool,
    ) -> Self {
        Side {
            operand,
            intake,
            buffers,
            chunk_bytes,
            is_joined,
            rows: Rows::default(),
            done: 0,
            has_ended: false,
            counts: Counts::default(),
            troubles: Vec::new(),
            failure: None,
            codec: Codec::Plain,
            fingerprint: None,
            is_changed: false,
            is_sound: true,
            tail: Vec::new(),
        }
    }

    /// Reads on until there is a record, or no more of them.
    pub fn fill(&mut self, reading: &Reading) {
        while self.rows.is_empty() && !self.has_ended && self.failure.is_none() {
            self.rows.clear();
            match self.intake.next(&Alone) {
                Some(chunk) => self.take(chunk, reading),
                None => self.has_ended = true,
            }
        }
    }

    /// Whether more could be read without waiting.
    pub fn is_ready(&self) -> bool {
        self.has_ended || self.intake.is_ready()
    }

    fn take(&mut self, mut chunk: Chunk, reading: &Reading) {
        for segment in std::mem::take(&mut chunk.segments) {
            self.take_segment(segment, &chunk.bytes, reading);
        }
        self.buffers.put(chunk.bytes, self.chunk_bytes);
    }

    fn take_segment(&mut self, mut segment: Segment, bytes: &[u8], reading: &Reading) {
        let piece = Piece::of(&mut segment, reading, &mut self.counts);
        self.codec = piece.codec;
        self.fingerprint = piece.fingerprint.or(self.fingerprint);
        self.is_changed |= piece.is_changed;
        let (of_records, of_all): (Vec<_>, Vec<_>) =
            piece.troubles.into_iter().partition(|trouble| trouble.record.is_some() && !piece.fatal);
        self.troubles.extend(of_records);
        self.failure = self.failure.take().or(of_all.into_iter().next());
        // The reader ends a segment before a record that is too long, and counts it with the next one.
        self.rows.gaps(segment.over_long);
        let Side { rows, counts, troubles, tail, is_changed, is_joined, .. } = self;
        let mut with_tab = Vec::new();
        let visit = Visit::new(reading, &segment, bytes, counts, troubles);
        let bytes = visit.bytes();
        let mut at = 0;
        visit.each(|seen| {
            let range = match &seen {
                Seen::Untouched(range) => range.clone(),
                Seen::Record(view) => view.start..view.start + view.raw.length_bytes(),
            };
            rows.gaps(reading.cut.count(&bytes[at..range.start]));
            at = range.end;
            match &seen {
                // Nothing else passes where nothing is selected: over-long records are not let pass here.
                Seen::Untouched(_) if matches!(reading.selection, Selection::All) => {
                    tail.extend_from_slice(&bytes[range]);
                }
                Seen::Untouched(_) => rows.pass(&bytes[range]),
                Seen::Record(view) if *is_joined && view.raw.text.contains(&BETWEEN) => {
                    with_tab.push((view.number, view.offset));
                    rows.gaps(1);
                }
                Seen::Record(view) => {
                    let raw = rows.push(&seen, view, bytes, reading);
                    *is_changed |= reading.invalid == Invalid::Replace && *raw != bytes[range];
                }
            }
        });
        rows.gaps(reading.cut.count(&bytes[at..]));
        for (number, offset) in with_tab {
            self.refuse_tab(number, offset);
        }
        self.is_sound &= self.troubles.is_empty();
    }

    fn refuse_tab(&mut self, number: u64, offset: u64) {
        self.counts.fail("tab");
        self.troubles.push(Trouble {
            operand: self.operand.name(),
            record: Some(number),
            byte: Some(offset),
            what: "holds a tab, which would stand between the sides; left out with its partners (-d and -i give each \
                   side its own file)"
                .to_owned(),
        });
    }
}

impl Rows {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.list.len() - self.next
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What there is of a record, by its number from the first that waits.
    pub fn kind(&self, index: usize) -> RowKind {
        self.list[self.next + index].kind
    }

    /// All bytes of a record.
    pub fn raw(&self, index: usize) -> &[u8] {
        &self.raw[self.list[self.next + index].raw.clone()]
    }

    /// The text of a record; several columns with their separator between.
    pub fn text(&self, index: usize) -> &[u8] {
        &self.texts[self.list[self.next + index].text.clone()]
    }

    /// The first records have gone.
    pub fn advance(&mut self, count: usize) {
        self.next += count;
    }

    fn clear(&mut self) {
        self.raw.clear();
        self.texts.clear();
        self.list.clear();
        self.next = 0;
    }

    fn gaps(&mut self, count: u64) {
        self.list.extend((0..count).map(|_| Row { raw: 0..0, text: 0..0, kind: RowKind::Gap }));
    }

    fn pass(&mut self, raw: &[u8]) {
        let start = self.raw.len();
        self.raw.extend_from_slice(raw);
        self.list.push(Row { raw: start..self.raw.len(), text: 0..0, kind: RowKind::Pass });
    }

    /// Adds a record; gives its bytes as they will be written.
    fn push(&mut self, seen: &Seen<'_>, view: &View<'_>, bytes: &[u8], reading: &Reading) -> &[u8] {
        let (raw, text) = (self.raw.len(), self.texts.len());
        if view.parts.iter().any(|part| part.is_repaired) {
            rebuild(seen, bytes, reading, &mut self.raw);
        } else {
            let Raw { prefix, text, suffix } = view.raw;
            [prefix, text, suffix].into_iter().for_each(|part| self.raw.extend_from_slice(part));
        }
        for (number, part) in view.parts.iter().enumerate() {
            if let (1.., Selection::Columns { separator, .. }) = (number, &reading.selection) {
                self.texts.push(*separator);
            }
            self.texts.extend_from_slice(&part.text);
        }
        self.list.push(Row { raw: raw..self.raw.len(), text: text..self.texts.len(), kind: RowKind::Keyed });
        &self.raw[raw..]
    }
}
