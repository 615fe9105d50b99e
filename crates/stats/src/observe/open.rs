//! Documents that more than one worker sees: what depends on the order of their pieces waits until all are there.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use textcore::Span;

use super::piece::{Piece, SEQUENCE_WORDS_MAX};

/// The documents of which some pieces are still missing, by the operand's index.
#[derive(Debug, Default)]
pub struct Open {
    documents: Mutex<HashMap<u64, Pieces>>,
}

/// What there is of a document.
#[derive(Debug, Default)]
struct Pieces {
    group: u32,
    /// What can be added up in any order.
    sum: Piece,
    /// The words in order, of each piece by the offset at which it begins; empty spans of one offset fall together. None are kept
    /// of a document that turns out to be too long.
    sequences: BTreeMap<u64, Vec<u64>>,
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
        document.add(span.offset, piece);
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
    fn add(&mut self, offset: u64, mut piece: Piece) {
        let sequence = std::mem::take(&mut piece.sequence);
        self.sum.add(&piece);
        if self.sum.words > SEQUENCE_WORDS_MAX as u64 {
            self.sequences.clear();
        } else if !sequence.is_empty() {
            self.sequences.entry(offset).or_default().extend(sequence);
        }
    }

    fn join(self) -> Piece {
        let mut whole = self.sum;
        whole.sequence = self.sequences.into_values().flatten().collect();
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(words: Vec<u64>) -> Piece {
        Piece { words: words.len() as u64, sequence: words, ..Piece::default() }
    }

    #[test]
    fn words_stand_in_the_order_of_their_pieces() {
        let mut pieces = Pieces::default();
        for (offset, words) in [(9, vec![4, 5]), (0, vec![1]), (9, vec![6]), (4, vec![2, 3]), (2, Vec::new())]
        {
            pieces.add(offset, piece(words));
        }
        let whole = pieces.join();
        assert_eq!((whole.words, whole.sequence), (6, vec![1, 2, 3, 4, 5, 6]));
    }

    #[test]
    fn nothing_waits_of_a_document_that_is_too_long() {
        let mut pieces = Pieces::default();
        for offset in 0..70 {
            pieces.add(offset, piece(vec![7; SEQUENCE_WORDS_MAX / 64]));
        }
        assert!(pieces.sequences.is_empty());
        assert_eq!(pieces.join().words, 70 * SEQUENCE_WORDS_MAX as u64 / 64);
    }
}
