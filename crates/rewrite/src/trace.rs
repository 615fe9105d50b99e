//! Where the changes of a text stand in the text that came in.

use std::ops::Range;

use crate::draft::Edit;

/// A stretch of the result that is not just what stood there, and the stretch of the original that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// In bytes of the original.
    pub source: Range<usize>,
    /// In bytes of the result.
    pub output: Range<usize>,
}

/// One replacement by one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The rule's number in [`Rewriter::rules`](crate::Rewriter::rules).
    pub rule: usize,
    /// The smallest stretch of the original that it concerns, in bytes.
    pub source: Range<usize>,
    before: Range<usize>,
    after: Range<usize>,
}

/// All that happened to one text.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    changes: Vec<Change>,
    pieces: Vec<Piece>,
    /// What the changes replaced, and by what.
    bytes: Vec<u8>,
}

impl Trace {
    /// The changes, in the order in which they were made.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What a change found, perhaps made by an earlier one.
    pub fn before(&self, change: &Change) -> &[u8] {
        &self.bytes[change.before.clone()]
    }

    /// What it left.
    pub fn after(&self, change: &Change) -> &[u8] {
        &self.bytes[change.after.clone()]
    }

    /// The stretches that changed, ascending; between them original and result are the same.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Adds that a rule left out what stood in the result `text` from `end` on: for callers who know what follows.
    pub fn cut(&mut self, rule: usize, text: &[u8], end: usize) {
        let edit = Edit { rule, before: end..text.len(), after: end..end };
        self.add(&[edit], text, &text[..end]);
    }

    pub(crate) fn clear(&mut self) {
        self.changes.clear();
        self.pieces.clear();
        self.bytes.clear();
    }

    /// Adds the edits of one step, which turned `text` into `out`.
    pub(crate) fn add(&mut self, edits: &[Edit], text: &[u8], out: &[u8]) {
        let pieces = std::mem::take(&mut self.pieces);
        let mut next = 0;
        for edit in edits {
            let source = source(&pieces, &mut next, &edit.before);
            let before = self.keep(&text[edit.before.clone()]);
            let after = self.keep(&out[edit.after.clone()]);
            self.changes.push(Change { rule: edit.rule, source, before, after });
        }
        self.pieces = compose(&pieces, edits);
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        start..self.bytes.len()
    }
}

/// The stretch of the original that a range of the text so far stands for. `next` is the first piece that ends after the
/// range before it; ranges come in ascending order.
fn source(pieces: &[Piece], next: &mut usize, range: &Range<usize>) -> Range<usize> {
    while pieces.get(*next).is_some_and(|piece| piece.output.end <= range.start) {
        *next += 1;
    }
    let start = match pieces.get(*next) {
        Some(piece) if piece.output.start < range.start => piece.source.start,
        _ => back(pieces, *next, range.start),
    };
    // What was deleted right after the range is none of its business.
    let is_before = |piece: &Piece| piece.output.end <= range.end && piece.output.start < range.end;
    let last = *next + pieces[*next..].partition_point(is_before);
    let end = match pieces.get(last) {
        Some(piece) if piece.output.start < range.end => piece.source.end,
        _ => back(pieces, last, range.end),
    };
    start..end.max(start)
}

/// The pieces after a step, from the pieces before it and its edits.
fn compose(pieces: &[Piece], edits: &[Edit]) -> Vec<Piece> {
    let mut composed = Vec::with_capacity(pieces.len() + edits.len());
    let (mut piece, mut edit) = (0, 0);
    while piece < pieces.len() || edit < edits.len() {
        let place = |index: usize| pieces.get(index).map(|it| &it.output);
        let mended = |index: usize| edits.get(index).map(|it| &it.before);
        let begins = [place(piece), mended(edit)].into_iter().flatten().map(|range| range.start).min();
        let start = begins.expect("one of the lists is not at its end");
        let (first_piece, first_edit) = (piece, edit);
        let mut end = start;
        loop {
            // An empty range joins the group that it stands in, or makes one of its own.
            let joins = |range: &Range<usize>| range.start < end || (range.start == start && end == start);
            if let Some(range) = place(piece).filter(|range| joins(range)) {
                end = end.max(range.end);
                piece += 1;
            } else if let Some(range) = mended(edit).filter(|range| joins(range)) {
                end = end.max(range.end);
                edit += 1;
            } else {
                break;
            }
        }
        composed.push(Piece {
            source: back(pieces, first_piece, start)..back(pieces, piece, end),
            output: forth(edits, first_edit, start)..forth(edits, edit, end),
        });
    }
    composed
}

/// The place in the original of a place that lies after `count` pieces and in none.
fn back(pieces: &[Piece], count: usize, at: usize) -> usize {
    match count.checked_sub(1).map(|last| &pieces[last]) {
        Some(piece) => piece.source.end + (at - piece.output.end),
        None => at,
    }
}

/// The place after the edits of a place that lies after `count` of them and in none.
fn forth(edits: &[Edit], count: usize, at: usize) -> usize {
    match count.checked_sub(1).map(|last| &edits[last]) {
        Some(edit) => edit.after.end + (at - edit.before.end),
        None => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(source: Range<usize>, output: Range<usize>) -> Piece {
        Piece { source, output }
    }

    #[test]
    fn places_lead_back_through_two_steps() {
        // "a&amp;nbsp;b  c": the first step makes "a&nbsp;b  c", the second "a\u{A0}b c".
        let mut trace = Trace::default();
        let first = Edit { rule: 0, before: 1..6, after: 1..2 };
        trace.add(&[first], b"a&amp;nbsp;b  c", b"a&nbsp;b  c");
        let second =
            [Edit { rule: 1, before: 1..7, after: 1..3 }, Edit { rule: 2, before: 8..10, after: 4..5 }];
        trace.add(&second, b"a&nbsp;b  c", "a\u{A0}b c".as_bytes());
        assert_eq!(trace.pieces(), [piece(1..11, 1..3), piece(12..14, 4..5)]);
        let sources: Vec<_> = trace.changes().iter().map(|change| change.source.clone()).collect();
        assert_eq!(sources, [1..6, 1..11, 12..14]);
        assert_eq!(trace.before(&trace.changes()[1]), b"&nbsp;");
        assert_eq!(trace.after(&trace.changes()[1]), "\u{A0}".as_bytes());
    }

    #[test]
    fn a_cut_is_a_change_like_others() {
        let mut trace = Trace::default();
        trace.add(&[Edit { rule: 0, before: 1..3, after: 1..2 }], b"a  b\r\r", b"a b\r\r");
        trace.cut(7, b"a b\r\r", 3);
        assert_eq!(trace.pieces(), [piece(1..3, 1..2), piece(4..6, 3..3)]);
        assert_eq!((trace.changes()[1].rule, trace.changes()[1].source.clone()), (7, 4..6));
        assert_eq!(trace.before(&trace.changes()[1]), b"\r\r");
    }

    #[test]
    fn a_deletion_between_two_changes_stays_apart() {
        let mut trace = Trace::default();
        trace.add(&[Edit { rule: 0, before: 2..3, after: 2..2 }], b"abXcd", b"abcd");
        let next = [Edit { rule: 1, before: 1..2, after: 1..2 }, Edit { rule: 1, before: 2..3, after: 2..3 }];
        trace.add(&next, b"abcd", b"aBCd");
        assert_eq!(trace.changes()[1].source, 1..2);
        assert_eq!(trace.changes()[2].source, 3..4);
        assert_eq!(trace.pieces(), [piece(1..2, 1..2), piece(2..4, 2..3)]);
    }
}
