//! The spaces between words, one each, and none at the ends.

use std::ops::Range;

use memchr::memmem;

use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

const COLLAPSE: usize = 0;
const TRIM: usize = 1;

/// What SentencePiece calls `remove_extra_whitespaces`: of U+0020 alone, since all others have become that.
pub struct NmtSpaces {
    rules: [Rule; 2],
    double: memmem::Finder<'static>,
}

impl NmtSpaces {
    /// The step.
    pub fn new() -> Self {
        let rules = [
            Rule::lossy("nmt-collapse", "several spaces in a row become one"),
            Rule::lossy("nmt-trim", "spaces at the beginning and the end of a text are left out"),
        ];
        NmtSpaces { rules, double: memmem::Finder::new("  ") }
    }
}

impl Default for NmtSpaces {
    fn default() -> Self {
        Self::new()
    }
}

impl Step for NmtSpaces {
    fn name(&self) -> &'static str {
        "nmt-spaces"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Always
    }

    fn is_identity_on(&self, run: &[u8]) -> bool {
        let is_clean = |end: usize| {
            let record = &run[..end];
            let record = record.strip_suffix(b"\r").unwrap_or(record);
            !record.ends_with(b" ") && run.get(end + 1) != Some(&b' ')
        };
        // A record may end at any line end or NUL.
        !run.starts_with(b" ")
            && self.double.find(run).is_none()
            && memchr::memchr2_iter(b'\n', b'\0', run).chain([run.len()]).all(is_clean)
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        let first = text.iter().take_while(|&&byte| byte == b' ').count();
        let last = text.len() - text[first..].iter().rev().take_while(|&&byte| byte == b' ').count();
        edge(draft, 0..first);
        let mut at = first;
        while let Some(found) = self.double.find(&text[at..last]) {
            let start = at + found;
            at = start + text[start..].iter().take_while(|&&byte| byte == b' ').count();
            draft.delete(start + 1..at, COLLAPSE);
        }
        edge(draft, last..text.len());
    }
}

/// Leaves out the spaces at an end, or all but one if they may not be left out.
fn edge(draft: &mut Draft<'_>, spaces: Range<usize>) {
    if draft.is_enabled(TRIM) {
        draft.delete(spaces, TRIM);
    } else if spaces.len() > 1 {
        draft.delete(spaces.start + 1..spaces.end, COLLAPSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rewriter, Scratch};
    use proptest::prelude::*;

    fn rewritten(without: &[&str], text: &[u8]) -> Vec<u8> {
        let mut rewriter = Rewriter::new(vec![Box::new(NmtSpaces::new())]);
        rewriter.skip(without).expect("rules of the step");
        rewriter.rewrite(text, &mut Scratch::default()).to_vec()
    }

    #[test]
    fn spaces_at_the_ends_are_left_out_and_others_are_one() {
        assert_eq!(rewritten(&[], b"  a  b   c "), b"a b c");
        assert_eq!(rewritten(&["nmt-trim"], b"  a  b   c   "), b" a b c ");
        assert_eq!(rewritten(&["nmt-collapse"], b"  a  b   c "), b"a  b   c");
        assert_eq!(rewritten(&[], b"   "), b"");
        assert_eq!(rewritten(&["nmt-trim"], b"   "), b" ");
        assert_eq!(rewritten(&[], "a\u{3000}\u{3000}b\t\n ".as_bytes()), "a\u{3000}\u{3000}b\t\n".as_bytes());
    }

    proptest! {
        #[test]
        fn twice_is_once_and_runs_are_told(text in "[a \r\n\0]{0,12}", switched in 0..4_usize) {
            let without = [&[][..], &["nmt-trim"], &["nmt-collapse"], &["nmt-trim", "nmt-collapse"]][switched];
            let once = rewritten(without, text.as_bytes());
            prop_assert_eq!(&rewritten(without, &once), &once);
            if NmtSpaces::new().is_identity_on(text.as_bytes()) {
                prop_assert_eq!(&once, text.as_bytes());
                for line in text.split(['\n', '\0']) {
                    let line = line.strip_suffix('\r').unwrap_or(line);
                    prop_assert_eq!(rewritten(without, line.as_bytes()), line.as_bytes());
                }
            }
        }
    }
}
