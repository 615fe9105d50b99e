//! A recycled buffer of whole records and where they came from: the unit of parallel work.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::codec::Codec;
use crate::decode::{Anchor, Written};
use crate::error::Trouble;
use crate::source::Operand;

/// A run of consecutive records of one operand inside a chunk.
#[derive(Debug)]
pub struct Segment {
    /// Where the records came from.
    pub operand: Arc<Operand>,
    /// Its bytes in the chunk.
    pub range: Range<usize>,
    /// The number of its first record in the operand, from 1.
    pub first_number: u64,
    /// Offset of its first byte in the operand: decompressed bytes, before decoding.
    pub first_offset: u64,
    /// How many records it holds, where the reader had to count them.
    pub records: Option<u64>,
    /// How many bytes of the operand it stands for.
    pub original_bytes: u64,
    /// How the bytes are to be taken.
    pub kind: SegmentKind,
    /// What was said of the operand by its opening; 0 where nobody was asked.
    pub judgement: u16,
    /// The operand starts here.
    pub starts: bool,
    /// The operand ends here.
    pub ends: bool,
    /// Where the operand ends: the hash of all its (decompressed) bytes, if the plan asks for it.
    pub fingerprint: Option<u128>,
    /// How the text was written in the file.
    pub written: Written,
    /// What an over-long record that passed by and ends here lacks before another record may follow.
    pub owed: &'static [u8],
    /// The troubles end the run: the operand is the file that is being written.
    pub fatal: bool,
    /// What the reader found wrong, in order; each costs a record or the rest of the operand.
    pub troubles: Vec<Trouble>,
    /// Over-long records that the reader itself left out or let pass.
    pub over_long: u64,
    /// How the operand was compressed.
    pub codec: Codec,
    /// Exact places for decoded text; `None` where offsets just count bytes.
    pub decoded: Option<Box<DecodedPlaces>>,
}

/// How a segment's bytes are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentKind {
    /// Whole records for the tool.
    Records,
    /// Part of an over-long record that passes by unread (`--oversize pass`).
    Verbatim,
}

/// Where decoded records stood in the original bytes.
#[derive(Debug, Default)]
pub struct DecodedPlaces {
    /// Offsets of record starts: index into the chunk, offset in the operand.
    pub anchors: Vec<Anchor>,
    /// Indexes into the chunk of each U+FFFD that stands for malformed bytes.
    pub malformed: Vec<usize>,
}

impl Segment {
    /// The original offset of a record that starts at `index` in the chunk.
    pub fn offset_of(&self, index: usize) -> u64 {
        let Some(places) = &self.decoded else {
            return self.first_offset + (index - self.range.start) as u64;
        };
        let after = places.anchors.partition_point(|anchor| anchor.decoded <= index);
        match after.checked_sub(1).map(|at| &places.anchors[at]) {
            Some(anchor) => anchor.original,
            None => self.first_offset,
        }
    }
}

/// Bytes of whole records, in segments; `bytes[filled..]` is unused space.
#[derive(Debug)]
pub struct Chunk {
    /// The buffer; its length is its capacity, so that reading needs no clearing.
    pub bytes: Vec<u8>,
    /// The runs of records, in input order.
    pub segments: Vec<Segment>,
}

impl Chunk {
    /// What the chunk is charged for while it is under way, in bytes.
    pub fn cost_bytes(&self) -> usize {
        self.bytes.len().max(COST_BYTES_MIN)
    }
}

/// Even an empty chunk holds a place in the queue.
const COST_BYTES_MIN: usize = 4096;

/// A stack of things worth keeping: buffers, scratch space, states of workers.
#[derive(Debug)]
pub struct Pool<T> {
    free: Mutex<Vec<T>>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Pool { free: Mutex::new(Vec::new()) }
    }
}

impl<T> Pool<T> {
    /// The thing put back last, if there is one.
    pub fn take(&self) -> Option<T> {
        self.lock().pop()
    }

    /// Keeps a thing for the next `take`.
    pub fn put(&self, thing: T) {
        self.lock().push(thing);
    }

    /// Everything that was put back.
    pub fn drain(&self) -> Vec<T> {
        std::mem::take(&mut self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<T>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Buffers that go round between the reader and the writer, so that memory is taken from the system once.
#[derive(Debug, Default)]
pub struct Buffers {
    pool: Pool<Vec<u8>>,
}

impl Buffers {
    /// A buffer of at least `length_bytes`, its length equal to its capacity.
    pub fn take(&self, length_bytes: usize) -> Vec<u8> {
        match self.pool.take() {
            Some(buffer) if buffer.len() >= length_bytes => buffer,
            _ => vec![0; length_bytes],
        }
    }

    /// Takes a buffer back; one that an over-long record has made large is let go.
    pub fn put(&self, buffer: Vec<u8>, length_bytes: usize) {
        if buffer.len() >= length_bytes && buffer.len() <= 2 * length_bytes {
            self.pool.put(buffer);
        }
    }
}
