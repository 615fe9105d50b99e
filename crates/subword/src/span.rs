//! A part of a text on its way through the stages, which knows which bytes of the source it stands for.

use std::ops::Range;

/// A part of the text of a frame.
#[derive(Clone, Copy)]
pub(crate) struct Span<'a> {
    pub(crate) text: &'a [u8],
    /// Where it begins in the text of its frame.
    offset: usize,
    frame: &'a Frame<'a>,
}

/// A text as one stage left it, and what it was made of.
#[derive(Default)]
pub(crate) struct Frame<'a> {
    /// The span that was rewritten, and how; none if this is the source.
    parent: Option<(Span<'a>, &'a [Edit])>,
    /// Whether something was taken away at the beginning.
    is_beheaded: bool,
}

/// What was written in the place of what. Edits of one frame ascend and do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edit {
    new: (usize, usize),
    old: (usize, usize),
}

impl<'a> Span<'a> {
    /// The whole text of a frame.
    pub(crate) fn whole(text: &'a [u8], frame: &'a Frame<'a>) -> Span<'a> {
        Span { text, offset: 0, frame }
    }

    pub(crate) fn part(&self, range: Range<usize>) -> Span<'a> {
        Span { text: &self.text[range.clone()], offset: self.offset + range.start, frame: self.frame }
    }

    /// Whether the source begins with this, or with what this was made of.
    pub(crate) fn is_first(&self) -> bool {
        self.offset == 0
            && !self.frame.is_beheaded
            && self.frame.parent.as_ref().is_none_or(|(span, _)| span.is_first())
    }

    /// The bytes of the source that a part of this span stands for: those of every edit that it touches, whole.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (range.start + self.offset, range.end + self.offset);
        let mut frame = self.frame;
        while let Some((span, edits)) = &frame.parent {
            let old_start = old_start(edits, start);
            end = if end > start { old_end(edits, end).max(old_start) } else { old_start };
            start = old_start + span.offset;
            end += span.offset;
            frame = span.frame;
        }
        start..end
    }
}

impl<'a> Frame<'a> {
    pub(crate) fn rewritten(span: Span<'a>, edits: &'a [Edit], change: Change) -> Frame<'a> {
        Frame { parent: Some((span, edits)), is_beheaded: change == Change::Beheaded }
    }
}

fn old_start(edits: &[Edit], at: usize) -> usize {
    match edits[..edits.partition_point(|edit| edit.new.0 <= at)].last() {
        None => at,
        Some(edit) if at < edit.new.1 => edit.old.0,
        Some(edit) => at - edit.new.1 + edit.old.1,
    }
}

fn old_end(edits: &[Edit], at: usize) -> usize {
    match edits[..edits.partition_point(|edit| edit.new.0 < at)].last() {
        None => at,
        Some(edit) if at <= edit.new.1 => edit.old.1,
        Some(edit) => at - edit.new.1 + edit.old.1,
    }
}

/// The room in which one stage rewrites: reused from text to text.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    pub(crate) text: Vec<u8>,
    pub(crate) edits: Vec<Edit>,
}

/// Room that served a longer text is given back.
const KEPT_BYTES_MAX: usize = 1 << 20;

impl Buffer {
    pub(crate) fn trim(&mut self) {
        if self.text.capacity() > KEPT_BYTES_MAX {
            self.text = Vec::new();
        }
        if self.edits.capacity() * size_of::<Edit>() > KEPT_BYTES_MAX {
            self.edits = Vec::new();
        }
    }
}

/// A text being rewritten: what is not replaced is copied.
pub(crate) struct Draft<'a> {
    old: &'a [u8],
    buffer: &'a mut Buffer,
    /// How much of the old text is copied or replaced.
    done: usize,
    /// Whether edits are kept: without them no place in the source can be told.
    is_traced: bool,
    change: Option<Change>,
}

/// That a text was changed, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Its beginning was taken away.
    Beheaded,
    /// It begins where it began.
    Inside,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(old: &'a [u8], buffer: &'a mut Buffer, is_traced: bool) -> Draft<'a> {
        buffer.text.clear();
        buffer.edits.clear();
        Draft { old, buffer, done: 0, is_traced, change: None }
    }

    pub(crate) fn old(&self) -> &'a [u8] {
        self.old
    }

    /// Replace a range, which lies behind all that were replaced before.
    pub(crate) fn replace(&mut self, range: Range<usize>, new: &[u8]) {
        self.buffer.text.extend_from_slice(&self.old[self.done..range.start]);
        let start = self.buffer.text.len();
        self.buffer.text.extend_from_slice(new);
        // Where the length stays, places stay.
        if self.is_traced && new.len() != range.len() {
            let edit = Edit { new: (start, self.buffer.text.len()), old: (range.start, range.end) };
            self.buffer.edits.push(edit);
        }
        self.done = range.end;
        if range.start == 0 && !range.is_empty() && self.buffer.text.is_empty() {
            self.change = Some(Change::Beheaded);
        }
        self.change.get_or_insert(Change::Inside);
    }

    /// Replace a character, if it becomes another.
    pub(crate) fn put(&mut self, range: Range<usize>, new: char) {
        self.replace(range, new.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Whether anything was replaced; then the buffer holds the new text.
    pub(crate) fn finish(self) -> Option<Change> {
        if self.change.is_some() {
            self.buffer.text.extend_from_slice(&self.old[self.done..]);
        }
        self.change
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_the_new_text_stands_for_the_old_bytes_of_every_edit_it_touches() {
        let mut buffer = Buffer::default();
        let mut draft = Draft::new(b"xabcdy", &mut buffer, true);
        draft.replace(0..0, b"__");
        draft.replace(1..2, b"A");
        draft.replace(2..4, b"Q");
        draft.replace(4..5, b"");
        let change = draft.finish().unwrap();
        assert_eq!(buffer.text, b"__xAQy");
        let source = Frame::default();
        let span = Span::whole(b"..xabcdy", &source).part(2..8);
        let frame = Frame::rewritten(span, &buffer.edits, change);
        let new = Span::whole(&buffer.text, &frame);
        let cases = [
            (0..2, 2..2),
            (0..3, 2..3),
            (3..4, 3..4),
            (4..5, 4..6),
            (3..5, 3..6),
            (5..6, 7..8),
            (4..6, 4..8),
        ];
        for (range, want) in cases {
            assert_eq!(new.source(range.clone()), want, "{range:?}");
        }
        assert!(!new.is_first());
        assert!(Span::whole(b"", &source).is_first());
    }
}
