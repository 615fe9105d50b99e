//! Lines written out with their tokens set apart by one space, many lines in one walk.

use super::block::{Boundaries, WIDTH, Window};
use super::write::Writer;
use crate::lanes;

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
                self.writer.token_after(!self.at_start, segment);
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
        // White space before it in the block is an edit of its own.
        let is_alone = last > 1 || self.pending == Pending::Nothing;
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

#[cfg(test)]
mod tests {
    use super::super::machine::segment_end;
    use super::super::{is_token, words, write_lines, write_tokens};

    /// Texts of lines: white space, ends and what may join to them, among words that fill blocks.
    fn texts() -> impl Iterator<Item = Vec<u8>> {
        const PIECES: [&[u8]; 26] = [
            b"\n",
            b"\n",
            b"\r\n",
            b"\r",
            b"\r\r\n",
            b" ",
            b" ",
            b"  ",
            b"\t",
            b"a",
            b"some",
            b"some words here",
            b".",
            b" .",
            "\u{A0}".as_bytes(),
            "\u{85}".as_bytes(),
            "\u{2028}".as_bytes(),
            "\u{3000}".as_bytes(),
            "\u{301}".as_bytes(),
            "\u{200D}".as_bytes(), // ZWJ
            "سلام".as_bytes(),
            "سلام دنیا".as_bytes(),
            b"\xE2\x80",
            b"\x0B",
            "שלום".as_bytes(),
            b"don't",
        ];
        let mut state = 31u64;
        let mut draw = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        (0..70).map(move |number| {
            let own: [usize; 6] = std::array::from_fn(|_| draw(PIECES.len()));
            let is_own = number % 3 > 0;
            (0..60).flat_map(|_| PIECES[if is_own { own[draw(6)] } else { draw(26) }]).copied().collect()
        })
    }

    /// Line by line: what [`write_lines`] writes, and what [`write_tokens`] does with a line end after each token; and
    /// how many lines either changes.
    fn line_by_line(text: &[u8]) -> [(Vec<u8>, u64); 2] {
        let (mut spaced, mut listed) = ((Vec::new(), 0), (Vec::new(), 0));
        for whole in text.split_inclusive(|&byte| byte == b'\n') {
            let line =
                whole.strip_suffix(b"\n").map_or(whole, |line| line.strip_suffix(b"\r").unwrap_or(line));
            let tokens: Vec<&[u8]> = words(line).filter(|segment| !is_blank(segment)).collect();
            let with_end = [&tokens.join(&b' '), &whole[line.len()..]].concat();
            let in_lines: Vec<u8> = tokens.iter().flat_map(|token| [token, &b"\n"[..]].concat()).collect();
            spaced.1 += u64::from(with_end != whole);
            listed.1 += u64::from(in_lines != whole);
            spaced.0.extend(with_end);
            listed.0.extend(in_lines);
        }
        [spaced, listed]
    }

    fn is_blank(segment: &[u8]) -> bool {
        segment_end(segment, 0) == (segment.len(), true)
    }

    #[test]
    fn lines_at_once_are_written_as_line_by_line() {
        for text in texts() {
            for cut in 0..70.min(text.len()) {
                for part in [&text[cut..], &text[..text.len() - cut]] {
                    let [spaced, listed] = line_by_line(part);
                    let mut out = Vec::new();
                    let changed = write_lines(part, &mut out);
                    assert_eq!((out, changed), spaced, "{:?}", part.escape_ascii());

                    let mut out = Vec::new();
                    write_tokens(part, b'\n', &mut out);
                    let lines = part.split_inclusive(|&byte| byte == b'\n');
                    let same =
                        lines.filter_map(|line| line.strip_suffix(b"\n")).filter(|line| is_token(line));
                    let changed = listed.1 + same.count() as u64;
                    let all = part.split_inclusive(|&byte| byte == b'\n').count() as u64;
                    assert_eq!((out, changed), (listed.0, all), "{:?}", part.escape_ascii());
                }
            }
        }
    }
}
