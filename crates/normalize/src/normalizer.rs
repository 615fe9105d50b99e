//! The function of a record that everything here is about: its text, its end, and whether it stays.

use memchr::{memchr, memchr_iter, memmem};
use rewrite::{Rewriter, Rule, Trace};
use textcore::Record;

use crate::filter::Filters;

/// How lines end in the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newlines {
    /// CR LF becomes LF.
    Lf,
    /// LF becomes CR LF.
    CrLf,
    /// As they are.
    Keep,
}

impl Newlines {
    /// Whether rewriting line ends would change nothing.
    pub fn are_kept_in(self, bytes: &[u8]) -> bool {
        match self {
            Newlines::Keep => true,
            Newlines::Lf => memchr(b'\r', bytes).is_none() || memmem::find(bytes, b"\r\n").is_none(),
            Newlines::CrLf => memchr_iter(b'\n', bytes).all(|at| at > 0 && bytes[at - 1] == b'\r'),
        }
    }

    /// Appends bytes with their line ends rewritten.
    pub fn write(self, bytes: &[u8], out: &mut Vec<u8>) {
        let end: &[u8] = match self {
            Newlines::Keep => return out.extend_from_slice(bytes),
            Newlines::Lf => b"\n",
            Newlines::CrLf => b"\r\n",
        };
        let mut from = 0;
        for at in memchr_iter(b'\n', bytes) {
            let line = bytes[from..at].strip_suffix(b"\r").unwrap_or(&bytes[from..at]);
            out.extend_from_slice(line);
            out.extend_from_slice(end);
            from = at + 1;
        }
        out.extend_from_slice(&bytes[from..]);
    }
}

/// What happens to ends of records, which no step sees.
pub static RECORD_END: Rule = Rule::lossless("newline", "the record's end becomes that of --newlines");

/// What happened before any step: --invalid replace.
pub static ILL_FORMED: Rule = Rule::lossy("ill-formed", "ill-formed bytes become U+FFFD");

/// Normalizes records: a pure function of each.
pub struct Normalizer {
    /// What happens to texts.
    pub rewriter: Rewriter,
    /// What happens to line ends, those of records too.
    pub newlines: Newlines,
    /// Which texts pass, once they are rewritten.
    pub filters: Filters,
}

/// Space that is used again for the next record.
#[derive(Debug, Default)]
pub struct Bench {
    scratch: rewrite::Scratch,
    end: Vec<u8>,
}

/// One reason why a record is not what it was.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// The rule's number in [`Normalizer::rules`].
    pub rule: usize,
    /// Where in the record's text, in bytes from 0.
    pub at: usize,
    /// What stood there, perhaps by an earlier rule.
    pub before: &'a [u8],
    /// What stands there now.
    pub after: &'a [u8],
}

impl Normalizer {
    /// Every rule, under the numbers that causes have: those of the steps, then what happens to ill-formed bytes and to
    /// the ends of records.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rewriter.rules().chain([&ILL_FORMED, &RECORD_END])
    }

    /// A text normalized, for callers that do not stream.
    pub fn normalized(&self, text: &[u8]) -> Vec<u8> {
        self.text(text, &mut Bench::default()).to_vec()
    }

    /// Whether each record of a run, ends included, would stay as it is.
    pub fn is_identity_on(&self, run: &[u8]) -> bool {
        self.filters.are_open() && self.newlines.are_kept_in(run) && self.rewriter.is_identity_on(run)
    }

    /// A text normalized: itself, or what the bench holds then.
    pub fn text<'t>(&self, text: &'t [u8], bench: &'t mut Bench) -> &'t [u8] {
        self.rewriter.rewrite(text, &mut bench.scratch)
    }

    /// As [`Normalizer::text`], with a trace of what was done.
    pub fn trace<'t>(&self, text: &'t [u8], bench: &'t mut Bench, trace: &mut Trace) -> &'t [u8] {
        self.rewriter.trace(text, &mut bench.scratch, trace)
    }

    /// Shows why a record is not what it was, given the trace of its text.
    pub fn for_each_cause(
        &self,
        record: &Record<'_>,
        trace: &Trace,
        bench: &mut Bench,
        mut see: impl FnMut(Cause<'_>),
    ) {
        let own = self.rules().count() - 2;
        if record.is_repaired {
            see(Cause { rule: own, at: 0, before: b"", after: "\u{FFFD}".as_bytes() });
        }
        for change in trace.changes() {
            let (before, after) = (trace.before(change), trace.after(change));
            see(Cause { rule: change.rule, at: change.source.start, before, after });
        }
        if !record.is_part && !self.newlines.are_kept_in(record.end) {
            bench.end.clear();
            self.newlines.write(record.end, &mut bench.end);
            see(Cause { rule: own + 1, at: record.text.len(), before: record.end, after: &bench.end });
        }
    }
}
