//! Lines written out with their tokens set apart by one space, many lines in one walk.

use super::block::{Boundaries, WIDTH, Window};
use super::lanes;
use super::write::Writer;

/// Writes tokens with one space between those of a line, and line ends as they stand.
pub(super) struct LineWriter<'o> {
    writer: Writer<'o>,
    /// No token of the line has been seen.
    at_start: bool,
    /// What stood since the last token or the beginning of the line; none of it has been written.
    pending: Pending,
    /// What has been written of the line is not what stood there.
    is_edited: bool,
    changed: u64,
}

/// White space that what follows will decide on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pending {
    Nothing,
    /// One U+0020: just what a separator is.
    Space,
    Other,
}

impl<'o> LineWriter<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        LineWriter {
            writer: Writer::new(out, b' '),
            at_start: true,
            pending: Pending::Nothing,
            is_edited: false,
            changed: 0,
        }
    }

    /// A segment that no block has told of.
    pub(super) fn segment(&mut self, segment: &[u8], blank: bool) {
        match segment {
            [b'\n'] | [b'\r', b'\n'] => {
                self.end_line();
                self.writer.bytes(segment);
            }
            _ if blank => {
                let is_first = self.pending == Pending::Nothing;
                self.pending = if is_first && segment == b" " { Pending::Space } else { Pending::Other };
            }
            _ => {
                let just_separated = if self.at_start { Pending::Nothing } else { Pending::Space };
                self.is_edited |= self.pending != just_separated;
                self.writer.bytes(if self.at_start { b"" } else { b" " });
                self.writer.bytes(segment);
                (self.at_start, self.pending) = (false, Pending::Nothing);
            }
        }
    }

    fn end_line(&mut self) {
        self.changed += u64::from(self.is_edited || self.pending != Pending::Nothing);
        (self.at_start, self.pending, self.is_edited) = (true, Pending::Nothing, false);
    }

    /// The segments of a block: each carriage return in them belongs to a line end.
    #[inline(always)]
    pub(super) fn block(&mut self, window: &Window, boundaries: Boundaries) {
        let last = boundaries.last_end();
        let inside = (1u64 << last) - 1;
        let bytes = window.first_chunk::<WIDTH>().expect("a window is wider than a block");
        let line_ends = lanes::matches(bytes, |byte| (byte == b'\n') | (byte == b'\r')) & inside;
        let space = boundaries.space & inside & !line_ends;

        // Where a line begins, and, the carry running through white space, what stands first in it.
        let starts = line_ends << 1 | u64::from(self.at_start);
        let first = (space.wrapping_add(starts & space) | starts) & !space;
        let separated = boundaries.tokens & !first;
        let kept = boundaries.plain_space & separated >> 1;
        let missing = separated & !(kept << 1);
        let dropped = space & !kept;
        self.writer.edited(window, last, missing, dropped);

        self.count(line_ends, missing, dropped, separated & 1 != 0, boundaries.plain_space, last);
        self.at_start = first >> last & 1 != 0;
    }

    /// Counts the lines of a block that are edited; white space at either end of the block may turn out to be none.
    #[inline(always)]
    fn count(
        &mut self,
        line_ends: u64,
        missing: u64,
        dropped: u64,
        is_separated: bool,
        plain_space: u64,
        last: usize,
    ) {
        let top = 1u64 << (last - 1);
        let is_continued = self.pending == Pending::Space && is_separated;
        let is_edited = self.is_edited || (self.pending != Pending::Nothing && !is_continued);
        let is_alone = if last == 1 { self.pending == Pending::Nothing } else { dropped & top >> 1 == 0 };
        let pending = match dropped & top != 0 {
            false => Pending::Nothing,
            true if is_alone && plain_space & top != 0 => Pending::Space,
            true => Pending::Other,
        };
        let before = if pending == Pending::Space { top } else { 0 };
        let edits = (missing & !u64::from(is_continued) | dropped) & !before;
        // An edit anywhere in a line makes the addition carry into the first byte of the line's end, or past the block.
        let texts = ((1u64 << last) - 1) & !line_ends;
        let carried = texts.wrapping_add(edits).wrapping_add(u64::from(is_edited));
        self.changed += u64::from((carried & line_ends).count_ones());
        self.is_edited = carried >> last & 1 != 0;
        self.pending = pending;
    }

    /// The end of the text: how many lines are not what they were.
    pub(super) fn finish(mut self) -> u64 {
        self.end_line();
        self.writer.finish();
        self.changed
    }
}
