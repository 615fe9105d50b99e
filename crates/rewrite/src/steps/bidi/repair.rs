//! Pairs the controls of each paragraph, by the rules X1 to X8 of UAX #9.

use std::ops::Range;

use super::control::{Control, Controls, POP_DIRECTIONAL_FORMATTING, POP_DIRECTIONAL_ISOLATE};
use super::{DEEP, DOUBLE, EMPTY, UNCLOSED, UNMATCHED};
use crate::draft::Draft;

/// BD2: max_depth. As each of them raises the level by one or two, a pair inside this many others has no effect.
const DEPTH_MAX: usize = 125;

/// One repair in one text.
pub(super) struct Repair<'d, 't> {
    draft: &'d mut Draft<'t>,
    /// What has begun and not ended.
    open: Vec<Open>,
    isolates_open: usize,
    /// How many of the innermost have nothing in them so far: they go if they end like that.
    empty: usize,
    /// Edits since the first of these began, in order.
    pending: Vec<Edit>,
    /// The mark that is the last thing kept, but for what is empty.
    last_mark: Option<u8>,
    // X1 to X8: overflow isolate count, overflow embedding count.
    isolates_over: usize,
    embeddings_over: usize,
}

struct Open {
    is_isolate: bool,
    /// Its place among the pending edits while it is empty.
    edit: usize,
}

struct Edit {
    range: Range<usize>,
    with: &'static str,
    /// None: nothing changes, as far as is known.
    rule: Option<usize>,
}

impl<'d, 't> Repair<'d, 't> {
    pub fn new(draft: &'d mut Draft<'t>) -> Self {
        Repair {
            draft,
            open: Vec::new(),
            isolates_open: 0,
            empty: 0,
            pending: Vec::new(),
            last_mark: None,
            isolates_over: 0,
            embeddings_over: 0,
        }
    }

    pub fn run(mut self) {
        let text = self.draft.text();
        let mut at = 0;
        for (range, control) in Controls::new(text) {
            self.pass(text, at..range.start);
            at = range.end;
            match control {
                Control::Mark(which) => self.mark(range, which),
                Control::Embedding | Control::Override => self.begin(range, false),
                Control::Isolate => self.begin(range, true),
                Control::EndOfEmbedding => self.end_embedding(range),
                Control::EndOfIsolate => self.end_isolate(range),
            }
        }
        self.pass(text, at..text.len());
        self.end_paragraph(text.len());
    }

    /// Passes over text without controls.
    fn pass(&mut self, text: &[u8], mut range: Range<usize>) {
        while !self.open.is_empty() {
            let Some(separator) = paragraph_separator(&text[range.clone()]) else { break };
            if separator > 0 {
                self.keep(None);
            }
            self.end_paragraph(range.start + separator);
            range.start += separator;
        }
        if !range.is_empty() {
            self.keep(None);
        }
    }

    /// Something stays, a mark or another: what is open is not empty.
    fn keep(&mut self, mark: Option<u8>) {
        self.empty = 0;
        self.last_mark = mark;
        self.settle();
    }

    fn delete(&mut self, range: Range<usize>, rule: usize) {
        if self.draft.is_enabled(rule) {
            self.pending.push(Edit { range, with: "", rule: Some(rule) });
            self.settle();
        } else {
            self.keep(None);
        }
    }

    /// Makes the pending edits once none of them can change.
    fn settle(&mut self) {
        if self.empty > 0 {
            return;
        }
        for edit in self.pending.drain(..) {
            if let Some(rule) = edit.rule {
                self.draft.replace(edit.range, edit.with.as_bytes(), rule);
            }
        }
    }

    fn mark(&mut self, range: Range<usize>, which: u8) {
        let is_double = self.empty == 0 && self.last_mark == Some(which);
        if is_double && self.draft.is_enabled(DOUBLE) {
            self.delete(range, DOUBLE);
        } else {
            self.keep(Some(which));
        }
    }

    fn begin(&mut self, range: Range<usize>, is_isolate: bool) {
        if self.open.len() >= DEPTH_MAX && self.draft.is_enabled(DEEP) {
            if is_isolate {
                self.isolates_over += 1;
            } else if self.isolates_over == 0 {
                self.embeddings_over += 1;
            }
            self.delete(range, DEEP);
            return;
        }
        self.open.push(Open { is_isolate, edit: self.pending.len() });
        self.pending.push(Edit { range, with: "", rule: None });
        self.isolates_open += usize::from(is_isolate);
        self.empty += 1;
    }

    /// X7.
    fn end_embedding(&mut self, range: Range<usize>) {
        if self.isolates_over > 0 {
            self.delete(range, DEEP);
        } else if self.embeddings_over > 0 {
            self.embeddings_over -= 1;
            self.delete(range, DEEP);
        } else if self.open.last().is_some_and(|open| !open.is_isolate) {
            self.close(range);
        } else {
            self.delete(range, UNMATCHED);
        }
    }

    /// X6a.
    fn end_isolate(&mut self, range: Range<usize>) {
        if self.isolates_over > 0 {
            self.isolates_over -= 1;
            self.delete(range, DEEP);
            return;
        }
        if self.isolates_open == 0 {
            self.delete(range, UNMATCHED);
            return;
        }
        self.embeddings_over = 0;
        while self.open.last().is_some_and(|open| !open.is_isolate) {
            self.close(range.start..range.start);
        }
        self.close(range);
    }

    /// X8.
    fn end_paragraph(&mut self, at: usize) {
        while !self.open.is_empty() {
            self.close(at..at);
        }
        (self.isolates_over, self.embeddings_over) = (0, 0);
    }

    /// Closes the innermost by the terminator at `range`; if that is empty, there is none yet.
    fn close(&mut self, range: Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        self.isolates_open -= usize::from(open.is_isolate);
        if self.empty > 0 && self.draft.is_enabled(EMPTY) {
            self.empty -= 1;
            self.pending[open.edit].rule = Some(EMPTY);
            self.pending.push(Edit { range, with: "", rule: Some(EMPTY) });
            self.settle();
            return;
        }
        if range.is_empty() {
            let with = if open.is_isolate { POP_DIRECTIONAL_ISOLATE } else { POP_DIRECTIONAL_FORMATTING };
            self.pending.push(Edit { range, with, rule: Some(UNCLOSED) });
        }
        self.keep(None);
    }
}

/// The first character of bidirectional type B: LF, CR, U+001C to U+001E, U+0085, U+2029.
fn paragraph_separator(text: &[u8]) -> Option<usize> {
    (0..text.len()).find(|&at| match text[at] {
        0x0A | 0x0D | 0x1C..=0x1E => true,
        0xC2 => text[at..].starts_with("\u{85}".as_bytes()),
        0xE2 => text[at..].starts_with("\u{2029}".as_bytes()),
        _ => false,
    })
}
