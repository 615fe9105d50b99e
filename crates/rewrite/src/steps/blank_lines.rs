//! Blank lines in a row.

use std::ops::Range;

use unicode::space;

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

/// Leaves out blank lines after the first few in a row. A line of nothing but white space is blank.
#[derive(Debug, Clone)]
pub struct BlankLines {
    max: usize,
    rules: [Rule; 1],
}

impl BlankLines {
    /// At most `max` stay together, at the edges of a text as well.
    pub fn new(max: usize) -> Self {
        BlankLines { max, rules: [Rule::lossy("blank-line", "a further blank line in a row is left out")] }
    }
}

impl Step for BlankLines {
    fn name(&self) -> &'static str {
        "blank lines"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(CharSet::from_chars(['\n']))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        let mut blank = 0;
        // Where the line end before a line begins; none before the first line that is kept.
        let mut kept: Option<usize> = None;
        for line in lines(text) {
            if !space::trim(&text[line.clone()]).is_empty() {
                blank = 0;
            } else {
                blank += 1;
                if blank > self.max {
                    match kept {
                        // Its end goes with it, or else that of the line before.
                        Some(end) => draft.delete(end..line.end, 0),
                        None => draft.delete(line.start..after_end(text, line.end), 0),
                    }
                    kept = kept.map(|_| line.end);
                    continue;
                }
            }
            kept = Some(line.end);
        }
    }
}

/// The lines of a text, without their ends.
fn lines(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let ends = memchr::memchr_iter(b'\n', text).map(Some).chain([None]);
    let mut start = 0;
    ends.map(move |at| {
        let line = start..at.unwrap_or(text.len());
        start = line.end + 1;
        let has_cr = at.is_some() && text[line.clone()].ends_with(b"\r");
        line.start..line.end - usize::from(has_cr)
    })
}

/// Where the line end at `at`, if any, is over.
fn after_end(text: &[u8], at: usize) -> usize {
    let rest = &text[at..];
    at + if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rewriter, Scratch};
    use proptest::prelude::*;

    fn rewritten(max: usize, text: &str) -> String {
        let rewriter = Rewriter::new(vec![Box::new(BlankLines::new(max))]);
        let mut scratch = Scratch::default();
        String::from_utf8_lossy(rewriter.rewrite(text.as_bytes(), &mut scratch)).into_owned()
    }

    #[test]
    fn the_first_few_stay() {
        assert_eq!(rewritten(1, "a\n\n \n\u{A0}\nb\n\nc"), "a\n\nb\n\nc");
        assert_eq!(rewritten(2, "a\n\n \n\t\nb"), "a\n\n \nb");
        assert_eq!(rewritten(0, "\n\na\n\nb\n\n"), "a\nb");
        assert_eq!(rewritten(1, "a\r\n\r\n\r\nb\r\n\r\n"), "a\r\n\r\nb\r\n");
        assert_eq!(rewritten(1, "\n\n\n"), "");
    }

    proptest! {
        #[test]
        fn runs_are_as_long_as_they_may_be(text in "[a \t\r\n]{0,20}", max in 0_usize..3) {
            let out = rewritten(max, &text);
            prop_assert_eq!(&rewritten(max, &out), &out);
            let blank: Vec<bool> = out.split('\n').map(|line| line.trim().is_empty()).collect();
            let longest = blank.split(|blank| !blank).map(<[bool]>::len).max().unwrap_or(0);
            // A text of blank lines alone cannot have less than one line, which is empty.
            prop_assert!(longest <= max.max(1), "{:?}", out);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&out), words(&text));
        }
    }
}
