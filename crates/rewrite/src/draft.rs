//! A text under revision: what a step reads, and where it puts what should stand there instead.

use std::ops::Range;

use crate::seam::Seam;
use crate::watch::{Signs, Watch};

/// One replacement, in the coordinates of the step that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The rule, counted over all steps of the rewriter.
    pub rule: usize,
    /// What was replaced, in bytes of the text before the step.
    pub before: Range<usize>,
    /// What stands there now, in bytes of the text after it.
    pub after: Range<usize>,
}

/// Where a journal is kept.
pub(crate) struct Journal<'a> {
    pub edits: &'a mut Vec<Edit>,
    /// The number of the step's first rule.
    pub first_rule: usize,
}

/// Takes down the replacements of one step. Nothing is copied before the first of them.
pub struct Draft<'a> {
    text: &'a [u8],
    out: &'a mut Vec<u8>,
    /// How much of the text is already in `out`, or was replaced.
    copied: usize,
    is_changed: bool,
    /// By rule of this step.
    enabled: &'a [bool],
    watch: &'a Watch,
    /// What the new pieces hold.
    signs: Signs,
    journal: Option<Journal<'a>>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(
        text: &'a [u8],
        out: &'a mut Vec<u8>,
        enabled: &'a [bool],
        watch: &'a Watch,
        journal: Option<Journal<'a>>,
    ) -> Self {
        out.clear();
        Draft { text, out, copied: 0, is_changed: false, enabled, watch, signs: 0, journal }
    }

    /// The text as the step found it.
    pub fn text(&self) -> &'a [u8] {
        self.text
    }

    /// Puts `with` where `range` was, in the name of a rule: its place in [`Step::rules`](crate::Step::rules).
    ///
    /// Ranges come in ascending order and do not overlap; what breaks this is ignored, as are rules that are switched
    /// off and replacements that change nothing. An empty range inserts.
    #[inline]
    pub fn replace(&mut self, range: Range<usize>, with: &[u8], rule: usize) {
        debug_assert!(self.copied <= range.start && range.start <= range.end && range.end <= self.text.len());
        let is_news = self.text.get(range.clone()).is_some_and(|before| before != with);
        if range.start < self.copied || !self.enabled[rule] || !is_news {
            return;
        }
        self.out.extend_from_slice(&self.text[self.copied..range.start]);
        let start = self.out.len();
        self.out.extend_from_slice(with);
        self.copied = range.end;
        self.is_changed = true;
        self.signs |= self.watch.signs(with);
        if let Some(journal) = &mut self.journal {
            let rule = journal.first_rule + rule;
            match journal.edits.last_mut() {
                // One change to the reader: several characters in a row that went the same way.
                Some(last) if last.rule == rule && last.before.end == range.start => {
                    last.before.end = range.end;
                    last.after.end = self.out.len();
                }
                _ => journal.edits.push(Edit { rule, before: range, after: start..self.out.len() }),
            }
        }
    }

    /// Leaves `range` out.
    #[inline]
    pub fn delete(&mut self, range: Range<usize>, rule: usize) {
        self.replace(range, b"", rule);
    }

    /// What would meet if `range` were left out: the result before it, and the text after it.
    ///
    /// `range` must not begin before the end of what was replaced last.
    pub fn seam(&self, range: Range<usize>) -> Seam<'a> {
        let kept = self.text.get(self.copied..range.start).unwrap_or_default();
        Seam::new((self.out, kept), &self.text[range.end..])
    }

    /// Whether a rule is switched on, for steps that can save themselves work.
    pub fn is_enabled(&self, rule: usize) -> bool {
        self.enabled[rule]
    }

    /// The signs of the new pieces if anything changed; `out` then holds the whole text.
    pub(crate) fn finish(self) -> Option<Signs> {
        if self.is_changed {
            self.out.extend_from_slice(&self.text[self.copied..]);
        }
        self.is_changed.then_some(self.signs)
    }
}
