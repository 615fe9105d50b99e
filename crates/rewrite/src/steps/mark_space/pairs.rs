//! Which kinds of pairs are closed in a line.

use std::ops::Range;

use memchr::{memchr3, memrchr3};

use super::MarkSpace;

/// What is known of the line asked about last.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    line: Option<Range<usize>>,
    /// By kind of pair.
    closed: Vec<bool>,
}

impl Pairs {
    /// Whether each mark of a kind has its partner in the line around `at`; places come in ascending order.
    pub fn are_closed(&mut self, step: &MarkSpace, text: &[u8], at: usize, kind: usize) -> bool {
        if self.line.as_ref().is_none_or(|line| at >= line.end) {
            let start = memrchr3(b'\n', b'\r', b'\0', &text[..at]).map_or(0, |place| place + 1);
            let end = memchr3(b'\n', b'\r', b'\0', &text[at..]).map_or(text.len(), |place| at + place);
            self.read(step, &text[start..end]);
            self.line = Some(start..end);
        }
        self.closed[kind]
    }

    fn read(&mut self, step: &MarkSpace, line: &[u8]) {
        self.closed.clear();
        self.closed.resize(step.kinds, true);
        let mut open = vec![0_usize; step.kinds];
        let mut from = 0;
        while let Some(found) = step.seeker.next(line, from) {
            from = found.end();
            let Some(mark) = step.mark(found.character) else { continue };
            if let Some(kind) = mark.opens {
                open[kind] += 1;
            }
            if let Some(kind) = mark.closes {
                match open[kind].checked_sub(1) {
                    Some(fewer) => open[kind] = fewer,
                    None => self.closed[kind] = false,
                }
            }
        }
        for (closed, open) in self.closed.iter_mut().zip(open) {
            *closed &= open == 0;
        }
    }
}
