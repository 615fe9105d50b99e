//! Says what would change instead of changing it: `--explain` for programs, `--diff` for eyes.

use std::ops::Range;
use std::sync::Arc;

use rewrite::{Piece, Trace};
use textcore::{Map, Record, Verdict};

use crate::normalizer::{Bench, Normalizer};
use crate::row::{visible, visible_exactly};

/// How changes are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A row for each change: operand, record, byte in its text, rule, before, after.
    Explain,
    /// The lines that change, before and after.
    Diff {
        /// With colours for a terminal.
        coloured: bool,
    },
}

/// Lists changes.
#[derive(Clone)]
pub struct Listing {
    /// What would change them.
    pub normalizer: Arc<Normalizer>,
    /// How they are shown.
    pub style: Style,
}

/// Space for one record after the other.
#[derive(Debug, Default)]
pub struct Scratch {
    bench: Bench,
    trace: Trace,
}

impl Map for Listing {
    type Scratch = Scratch;

    fn map(&self, scratch: &mut Scratch, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        let Scratch { bench, trace } = scratch;
        let text = self.normalizer.trace(&record, bench, trace).to_vec();
        let dropped = self.normalizer.filters.reject(&text);
        match self.style {
            Style::Explain => self.explain(&record, trace, bench, dropped, out),
            Style::Diff { coloured } => self.diff(&record, trace, text, dropped, coloured, out),
        }
        Verdict::Keep
    }

    fn is_identity_on(&self, text: &[u8], judgement: u16) -> bool {
        self.normalizer.is_identity_on(text, judgement)
    }

    fn is_listing(&self) -> bool {
        true
    }
}

impl Listing {
    fn explain(
        &self,
        record: &Record<'_>,
        trace: &Trace,
        bench: &mut Bench,
        dropped: Option<&str>,
        out: &mut Vec<u8>,
    ) {
        self.normalizer.for_each_cause(record, trace, bench, |cause| {
            let name = self.normalizer.rule(cause.rule).map_or("", |rule| &rule.name);
            explain_row(record, cause.at, name, [cause.before, cause.after], out);
        });
        if let Some(reason) = dropped {
            explain_row(record, 0, &format!("dropped: {reason}"), [record.text, b""], out);
        }
    }

    fn diff(
        &self,
        record: &Record<'_>,
        trace: &Trace,
        mut new: Vec<u8>,
        dropped: Option<&str>,
        coloured: bool,
        out: &mut Vec<u8>,
    ) {
        let mut pieces = trace.pieces().to_vec();
        let mut old = record.text.to_vec();
        if !record.is_part {
            let (source, output) = (old.len(), new.len());
            old.extend_from_slice(record.end);
            self.normalizer.write_end(record.end, &mut new);
            if old[source..] != new[output..] {
                pieces.push(Piece { source: source..old.len(), output: output..new.len() });
            }
        }
        if pieces.is_empty() && dropped.is_none() {
            return;
        }
        let reason = dropped.map(|reason| format!(" (dropped: {reason})")).unwrap_or_default();
        visible(record.operand.name().as_bytes(), out);
        out.extend_from_slice(format!(": record {}{reason}\n", record.number).as_bytes());
        if dropped.is_some() {
            return show(&OLD, record.text, 0..record.text.len(), &[], coloured, out);
        }
        for hunk in hunks(&pieces, &old, &new) {
            let sources: Vec<_> = hunk.pieces.iter().map(|piece| piece.source.clone()).collect();
            let outputs: Vec<_> = hunk.pieces.iter().map(|piece| piece.output.clone()).collect();
            show(&OLD, &old, hunk.source, &sources, coloured, out);
            show(&NEW, &new, hunk.output, &outputs, coloured, out);
        }
    }
}

fn explain_row(record: &Record<'_>, at: usize, rule: &str, texts: [&[u8]; 2], out: &mut Vec<u8>) {
    textcore::partial::escape_key_into(record.operand.name().as_bytes(), out);
    out.extend_from_slice(format!("\t{}\t{at}\t{rule}", record.number).as_bytes());
    for text in texts {
        out.push(b'\t');
        visible_exactly(text, out);
    }
    out.push(b'\n');
}

/// How the two sides of a difference look: the sign before the line, the colour of the line and of what differs.
struct Side {
    sign: u8,
    colour: &'static [u8],
    mark: &'static [u8],
}

const OLD: Side = Side { sign: b'-', colour: b"\x1b[31m", mark: b"\x1b[41;97m" };
const NEW: Side = Side { sign: b'+', colour: b"\x1b[32m", mark: b"\x1b[42;97m" };
const PLAIN: &[u8] = b"\x1b[0m";

/// Whole lines that differ, and where in them.
struct Hunk<'p> {
    source: Range<usize>,
    output: Range<usize>,
    pieces: &'p [Piece],
}

/// Widens changed pieces to whole lines; pieces on the same lines share a hunk.
fn hunks<'p>(pieces: &'p [Piece], old: &[u8], new: &[u8]) -> Vec<Hunk<'p>> {
    let mut hunks: Vec<Hunk<'p>> = Vec::new();
    let mut first = 0;
    for (place, piece) in pieces.iter().enumerate() {
        if let Some(hunk) = hunks.last_mut()
            && (piece.source.start <= hunk.source.end || piece.output.start <= hunk.output.end)
        {
            hunk.pieces = &pieces[first..=place];
            // Only where it leads beyond the hunk is the end of its last line looked for: lines may be long.
            if piece.source.end > hunk.source.end {
                hunk.source.end = end_of_line(old, hunk.source.start, piece.source.end);
            }
            if piece.output.end > hunk.output.end {
                hunk.output.end = end_of_line(new, hunk.output.start, piece.output.end);
            }
            continue;
        }
        first = place;
        let [source, output] = [(old, &piece.source), (new, &piece.output)].map(|(text, range)| {
            let start = start_of_line(text, range.start);
            start..end_of_line(text, start, range.end)
        });
        hunks.push(Hunk { source, output, pieces: &pieces[place..=place] });
    }
    hunks
}

fn start_of_line(text: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &text[..at]).map_or(0, |before| before + 1)
}

/// Where the lines that begin at `start` and of which something up to `at` changed end. A line end that was changed is
/// shown with its line.
fn end_of_line(text: &[u8], start: usize, at: usize) -> usize {
    if text[start..at].ends_with(b"\n") {
        return at - 1;
    }
    memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |more| at + more)
}

/// Appends the lines of a range with a side's sign before each.
fn show(
    side: &Side,
    text: &[u8],
    range: Range<usize>,
    marks: &[Range<usize>],
    coloured: bool,
    out: &mut Vec<u8>,
) {
    let mut marks = marks.iter();
    let mut mark = marks.next();
    let mut start = range.start;
    for line in text[range].split(|&byte| byte == b'\n') {
        let end = start + line.len();
        paint(coloured, side.colour, out);
        out.push(side.sign);
        let mut at = start;
        while let Some(next) = mark.filter(|next| next.start <= end) {
            visible(&text[at..next.start.max(at)], out);
            let stop = next.end.min(end);
            paint(coloured, side.mark, out);
            visible_exactly(&text[next.start.max(at)..stop], out);
            paint(coloured, PLAIN, out);
            paint(coloured, side.colour, out);
            at = stop;
            if next.end > end {
                break;
            }
            mark = marks.next();
        }
        visible(&text[at..end], out);
        paint(coloured, PLAIN, out);
        out.push(b'\n');
        start = end + 1;
    }
}

fn paint(coloured: bool, code: &[u8], out: &mut Vec<u8>) {
    if coloured {
        out.extend_from_slice(code);
    }
}
