//! Documents that more than one worker sees: their pieces wait until all are there.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use textcore::Span;

use super::piece::Piece;

/// The documents of which some pieces are still missing, by the operand's index.
#[derive(Debug, Default)]
pub struct Open {
    documents: Mutex<HashMap<u64, Pieces>>,
}

/// What there is of a document.
#[derive(Debug, Default)]
struct Pieces {
    group: u32,
    /// By the offset at which they begin; empty spans of one offset fall together.
    pieces: BTreeMap<u64, Piece>,
    bytes: u64,
    start: Option<u64>,
    end: Option<u64>,
}

impl Open {
    /// Adds the piece of a span, of a document in a group; gives the whole document back if that was the last piece missing.
    pub fn add(&self, span: &Span<'_>, group: u32, piece: Piece) -> Option<Piece> {
        let index = span.operand.index;
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        let document = documents.entry(index).or_default();
        document.group = group;
        document.bytes += span.original_bytes;
        document.start = document.start.or(span.starts.then_some(span.offset));
        document.end = document.end.or(span.ends.then_some(span.offset + span.original_bytes));
        document.pieces.entry(span.offset).or_default().append(piece);
        let is_whole = matches!((document.start, document.end), (Some(start), Some(end)) if end - start == document.bytes);
        let whole = if is_whole { documents.remove(&index) } else { None };
        drop(documents);
        whole.map(Pieces::join)
    }

    /// What is left at the end, in the order of the operands: index, group and document.
    pub fn drain(&self) -> Vec<(u64, u32, Piece)> {
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left: Vec<_> = documents.drain().collect();
        drop(documents);
        left.sort_unstable_by_key(|(index, _)| *index);
        left.into_iter().map(|(index, pieces)| (index, pieces.group, pieces.join())).collect()
    }
}

impl Pieces {
    fn join(self) -> Piece {
        let mut pieces = self.pieces.into_values();
        let mut whole = pieces.next().unwrap_or_default();
        pieces.for_each(|piece| whole.append(piece));
        whole
    }
}
