//! Tokens written out: long runs of a block are copied as they are, and edited only where they must be.
//!
//! Between most tokens stands one space already. What is left are the places where a separator is missing, and
//! white space that is not one: a few of each block.

use super::block::{Boundaries, WIDTH, Window};

/// The longest output of a block: every byte a token, and what a copy writes beyond its end.
const BLOCK_BYTES_MAX: usize = 3 * WIDTH;

/// Bytes that are gathered before they go out.
const GATHERED: usize = 512;

/// Writes tokens, each with a separator after it.
pub(super) struct Writer<'o> {
    out: &'o mut Vec<u8>,
    separator: u8,
    gathered: [u8; GATHERED],
    length: usize,
}

impl<'o> Writer<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>, separator: u8) -> Self {
        Writer { out, separator, gathered: [0; GATHERED], length: 0 }
    }

    /// A token that no block has told of.
    pub(super) fn token(&mut self, token: &[u8]) {
        self.bytes(token);
        self.out.push(self.separator);
    }

    /// Bytes that stay what they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.flush();
        self.out.extend_from_slice(bytes);
    }

    /// The tokens of a block: it is copied up to its last boundary, but for white space that separates nothing.
    #[inline(always)]
    pub(super) fn block(&mut self, window: &Window, boundaries: Boundaries) {
        let last = boundaries.last_end();
        let inside = (1u64 << last) - 1;
        let visible = !boundaries.space & inside;
        let kept_space = boundaries.plain_space & visible << 1 & inside;
        let missing = boundaries.ends & visible << 1 & !kept_space;
        let dropped = boundaries.space & !kept_space & inside;
        self.edited(window, last, missing, dropped);
    }

    /// The first `last` bytes of a window, a separator before those that miss one, without those that are dropped.
    #[inline(always)]
    pub(super) fn edited(&mut self, window: &Window, last: usize, missing: u64, dropped: u64) {
        if self.length > GATHERED - BLOCK_BYTES_MAX {
            self.flush();
        }
        let (mut at, mut from) = (self.length, 0);
        let mut edits = missing | dropped;
        while edits != 0 {
            let edit = edits.trailing_zeros();
            self.copy(window, from, at);
            at += edit as usize - from;
            self.gathered[at % GATHERED] = self.separator;
            at += (missing >> edit & 1) as usize;
            from = edit as usize + (dropped >> edit & 1) as usize;
            edits &= edits - 1;
        }
        self.copy(window, from, at);
        self.length = at + last.saturating_sub(from);
    }

    #[inline(always)]
    fn copy(&mut self, window: &Window, from: usize, to: usize) {
        // As much as a block holds, wanted or not: without a length to branch on, it is a few moves of vectors.
        let from = from % WIDTH;
        self.gathered[to..to + WIDTH].copy_from_slice(&window[from..from + WIDTH]);
    }

    /// A token that no block has told of, after a separator or not.
    pub(super) fn token_after(&mut self, is_separated: bool, token: &[u8]) {
        self.flush();
        if is_separated {
            self.out.push(self.separator);
        }
        self.out.extend_from_slice(token);
    }

    fn flush(&mut self) {
        if self.length == 0 {
            return;
        }
        let separator = self.separator;
        if separator != b' ' {
            // No token of a block holds a space: nothing joins one to what stands before it.
            for byte in &mut self.gathered[..self.length] {
                *byte = if *byte == b' ' { separator } else { *byte };
            }
        }
        self.out.extend_from_slice(&self.gathered[..self.length]);
        self.length = 0;
    }

    /// The end of the text.
    pub(super) fn finish(mut self) {
        self.flush();
    }
}
