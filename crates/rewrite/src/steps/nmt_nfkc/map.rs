//! The replacements of characters and sequences.

use super::NonJoiner;
use super::matcher::Matcher;
use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

/// The table of `nmt_nfkc`, applied in one pass.
pub struct NmtMap {
    matcher: Matcher,
    rules: [Rule; 4],
}

impl NmtMap {
    /// The step, and what becomes of the zero width non-joiner.
    pub fn new(non_joiner: NonJoiner) -> Self {
        // In the order of `Kind`.
        let rules = [
            Rule::lossy(
                "nmt-space",
                "tabs, direction marks and other invisible characters, ▁ and U+FFFD become a space",
            ),
            Rule::lossy("nmt-line-end", "a line feed or carriage return in a text becomes a space"),
            Rule::lossy("nmt-control", "a control character is left out"),
            Rule::lossy(
                "nmt-form",
                "a character or sequence becomes its NFKC form, by SentencePiece's rules",
            ),
        ];
        NmtMap { matcher: Matcher::new(non_joiner), rules }
    }
}

impl Step for NmtMap {
    fn name(&self) -> &'static str {
        "nmt-map"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Line ends are among them: a run of records does not tell whether one stands between records or in one.
    fn triggers(&self) -> Triggers {
        Triggers::Characters(CharSet::from_chars(self.matcher.chars()))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        self.matcher.for_each(draft.text(), |kind, range, with| draft.replace(range, with, kind as usize));
    }

    fn is_repeatable(&self) -> bool {
        false
    }
}
