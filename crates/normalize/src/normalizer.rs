//! The function of a record that everything here is about: its text, its end, and whether it stays.

use memchr::memchr2;
use rewrite::steps::newlines::{LineEnd, before_returns};
use rewrite::{Rule, Trace};
use textcore::Record;

use crate::filter::Filters;
use crate::rewriters::Rewriters;

/// What happens to ends of records, which no step sees.
pub static RECORD_END: Rule = Rule::lossless("newline", "the record's end becomes that of --newlines");

/// What happened before any step: --invalid replace.
pub static ILL_FORMED: Rule = Rule::lossy("ill-formed", "ill-formed bytes become U+FFFD");

/// Normalizes records: a pure function of each.
pub struct Normalizer {
    /// What happens to texts.
    pub rewriters: Rewriters,
    /// What the ends of records become, if not what they are; none as well where the rule `newline` is switched off.
    pub newlines: Option<LineEnd>,
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
        self.rewriters.rules().chain([&ILL_FORMED, &RECORD_END])
    }

    /// The rule of a number.
    pub fn rule(&self, number: usize) -> Option<&Rule> {
        match number.checked_sub(self.rewriters.rule_count()) {
            None => self.rewriters.rule(number).map(|(rule, _)| rule),
            Some(0) => Some(&ILL_FORMED),
            Some(_) => Some(&RECORD_END),
        }
    }

    /// A text of a document of that judgement normalized, for callers that do not stream.
    pub fn normalized(&self, text: &[u8], judgement: u16) -> Vec<u8> {
        self.rewriters.judged(judgement).rewrite(text, &mut Bench::default().scratch).to_vec()
    }

    /// Whether each record of a run, ends included, of an operand of that judgement, would stay as it is.
    pub fn is_identity_on(&self, run: &[u8], judgement: u16) -> bool {
        self.filters.are_open()
            && self.newlines.is_none_or(|end| end.is_used_in(run))
            && self.rewriters.is_identity_on(run, judgement)
    }

    /// A record's text normalized: itself, or what the bench holds then.
    pub fn text<'t>(&self, record: &Record<'t>, bench: &'t mut Bench) -> &'t [u8] {
        self.meeting_end(record, self.rewriters.of(record).rewrite(record.text, &mut bench.scratch))
    }

    /// As [`Normalizer::text`], with a trace of what was done.
    pub fn trace<'t>(&self, record: &Record<'t>, bench: &'t mut Bench, trace: &mut Trace) -> &'t [u8] {
        let text = self.rewriters.of(record).trace(record.text, &mut bench.scratch, trace);
        let kept = self.meeting_end(record, text);
        if kept.len() < text.len() {
            trace.cut(self.rewriters.rule_count() + 1, text, kept.len());
        }
        kept
    }

    /// Leaves out CRs that would make CR LF of the record's end where LF is wanted.
    fn meeting_end<'t>(&self, record: &Record<'_>, text: &'t [u8]) -> &'t [u8] {
        let meets_lf = self.newlines == Some(LineEnd::Lf)
            && !record.is_part
            && memchr2(b'\n', b'\r', record.end) == Some(0);
        if meets_lf { &text[..before_returns(text, text.len())] } else { text }
    }

    /// Appends what a record's end becomes.
    pub fn write_end(&self, end: &[u8], out: &mut Vec<u8>) {
        match self.newlines {
            None => out.extend_from_slice(end),
            Some(wanted) => wanted.write(end, out),
        }
    }

    /// Shows why a record is not what it was, given the trace of its text.
    pub fn for_each_cause(
        &self,
        record: &Record<'_>,
        trace: &Trace,
        bench: &mut Bench,
        mut see: impl FnMut(Cause<'_>),
    ) {
        let own = self.rewriters.rule_count();
        if record.is_repaired {
            see(Cause { rule: own, at: 0, before: b"", after: "\u{FFFD}".as_bytes() });
        }
        for change in trace.changes() {
            let (before, after) = (trace.before(change), trace.after(change));
            see(Cause { rule: change.rule, at: change.source.start, before, after });
        }
        bench.end.clear();
        self.write_end(record.end, &mut bench.end);
        if !record.is_part && record.end != bench.end {
            see(Cause { rule: own + 1, at: record.text.len(), before: record.end, after: &bench.end });
        }
    }
}
