//! Line ends inside a text: LF or CR LF.

use memchr::{memchr, memchr_iter, memmem};

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// LF.
    Lf,
    /// CR LF.
    CrLf,
}

impl LineEnd {
    /// Its bytes.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            LineEnd::Lf => b"\n",
            LineEnd::CrLf => b"\r\n",
        }
    }

    /// Appends a text with its lines ended so.
    pub fn write(self, text: &[u8], out: &mut Vec<u8>) {
        let mut copied = 0;
        for at in memchr_iter(b'\n', text) {
            out.extend_from_slice(&text[copied..self.start_of(text, at)]);
            out.extend_from_slice(self.bytes());
            copied = at + 1;
        }
        out.extend_from_slice(&text[copied..]);
    }

    /// Where the line end whose LF stands at `at` begins.
    fn start_of(self, text: &[u8], at: usize) -> usize {
        match self {
            LineEnd::Lf => before_returns(text, at),
            LineEnd::CrLf => at - usize::from(text[..at].ends_with(b"\r")),
        }
    }

    /// Whether all lines end so already.
    pub fn is_used_in(self, text: &[u8]) -> bool {
        match self {
            LineEnd::Lf => memchr(b'\r', text).is_none() || memmem::find(text, b"\r\n").is_none(),
            LineEnd::CrLf => memchr_iter(b'\n', text).all(|at| at > 0 && text[at - 1] == b'\r'),
        }
    }
}

/// Gives every line the same end. A CR alone is no line end, and stays; several CRs before an LF go with it where LF is
/// wanted, for the last of them would make CR LF again.
#[derive(Debug, Clone)]
pub struct Newlines {
    end: LineEnd,
    rules: [Rule; 1],
}

impl Newlines {
    /// All lines are to end so.
    pub fn new(end: LineEnd) -> Self {
        let about = match end {
            LineEnd::Lf => "CR LF becomes LF",
            LineEnd::CrLf => "LF becomes CR LF",
        };
        Newlines { end, rules: [Rule::lossless("newline", about)] }
    }
}

impl Step for Newlines {
    fn name(&self) -> &'static str {
        "newlines"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(CharSet::from_chars([if self.end == LineEnd::Lf { '\r' } else { '\n' }]))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        for at in memchr_iter(b'\n', text) {
            draft.replace(self.end.start_of(text, at)..at + 1, self.end.bytes(), 0);
        }
    }
}

/// Where the CRs right before `at` begin.
pub fn before_returns(text: &[u8], at: usize) -> usize {
    text[..at].iter().rposition(|&byte| byte != b'\r').map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rewriter, Scratch};

    fn rewritten(end: LineEnd, text: &str) -> String {
        let rewriter = Rewriter::new(vec![Box::new(Newlines::new(end))]);
        let mut scratch = Scratch::default();
        let out = String::from_utf8_lossy(rewriter.rewrite(text.as_bytes(), &mut scratch)).into_owned();
        assert_eq!(end.is_used_in(text.as_bytes()), out == text);
        assert!(end.is_used_in(out.as_bytes()));
        let mut written = Vec::new();
        end.write(text.as_bytes(), &mut written);
        assert_eq!(written, out.as_bytes());
        out
    }

    #[test]
    fn a_lone_cr_is_no_line_end() {
        assert_eq!(rewritten(LineEnd::CrLf, "a\rb\r\n"), "a\rb\r\n");
        assert_eq!(rewritten(LineEnd::Lf, "a\r\nb\rc\r\r\n"), "a\nb\rc\n");
    }

    #[test]
    fn every_line_gets_the_end() {
        assert_eq!(rewritten(LineEnd::CrLf, "a\nb\r\n\n"), "a\r\nb\r\n\r\n");
        assert_eq!(rewritten(LineEnd::Lf, "\r\n\n"), "\n\n");
        assert_eq!(rewritten(LineEnd::Lf, ""), "");
    }
}
