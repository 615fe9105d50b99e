//! The sockets: what a tool is to the pipeline. A tool never sees a file, an argument vector or the process.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use crate::decode::Written;
use crate::error::Error;
use crate::source::Operand;

/// One text for a tool, and where it came from.
///
/// The text is a record without its end or, with `--jsonl` and `--field`, the part of it that was selected. It
/// is well-formed UTF-8 unless `--invalid keep` let other bytes through.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// What the tool works on.
    pub text: &'a [u8],
    /// The operand it came from.
    pub operand: &'a Operand,
    /// The record's number in its operand, from 1.
    pub number: u64,
    /// Offset of the record's first byte in the operand (decompressed, before decoding).
    pub offset: u64,
    /// The text is a part of its record: a JSON field or a column. It must not bring a record end of its own.
    pub is_part: bool,
    /// For all but the first of several selected columns: the same record again.
    pub is_repeat: bool,
    /// The text is not just what stood there: ill-formed bytes were replaced.
    pub is_repaired: bool,
    /// What was said of the operand by its opening (see [`crate::document`]); 0 where nobody was asked.
    pub judgement: u16,
    /// The record's end as it stands: LF, CR LF, NUL, LF and a blank line, or nothing.
    pub end: &'a [u8],
    /// The record without its end, as it stands: what the text was selected from.
    pub whole: &'a [u8],
}

impl<'a> Record<'a> {
    /// A record that is nothing but its text: the first of its operand.
    pub fn of(text: &'a [u8], operand: &'a Operand) -> Self {
        Record {
            text,
            operand,
            number: 1,
            offset: 0,
            is_part: false,
            is_repeat: false,
            is_repaired: false,
            judgement: 0,
            end: b"",
            whole: text,
        }
    }
}

/// What a [`Map`] says of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// What was written to `out` stands for the record.
    Keep,
    /// The record is left out, for a reason that the report counts.
    Drop(&'static str),
    /// The record is left out, named as an error, and the exit status will be 2.
    Fail(String),
}

/// A tool that turns each record into another, knowing no other record.
pub trait Map: Send + Sync + 'static {
    /// Space that a worker keeps from one record to the next; it must not carry meaning.
    type Scratch: Default + Send;

    /// Appends what the record becomes to `out`, which already holds other output.
    fn map(&self, scratch: &mut Self::Scratch, record: Record<'_>, out: &mut Vec<u8>) -> Verdict;

    /// Appends what the record's end becomes; not called for JSON lines and columns, whose ends never change.
    fn map_end(&self, end: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(end);
    }

    /// True only if each record of `text`, ends included, would become itself: the run then passes uncopied.
    ///
    /// `text` is a run of whole records, as valid as the records would be, of an operand of that `judgement`.
    fn is_identity_on(&self, text: &[u8], judgement: u16) -> bool {
        let _ = (text, judgement);
        false
    }

    /// Appends what all lines of a run become, ends included, and says how many of them it changed; `None`, and nothing
    /// written, if that cannot be told without a look at each.
    ///
    /// `text` is a run of whole lines, well-formed, of which nothing is selected; what is appended must be what `map`
    /// and `map_end` would, with a verdict to keep each.
    fn map_lines(&self, text: &[u8], out: &mut Vec<u8>) -> Option<u64> {
        let _ = (text, out);
        None
    }

    /// Whether what `map` writes is said about a record and not put in its place: the record's end, what stands around
    /// a selected text, and records that pass by unread are then left out. Of a run that `is_identity_on`, nothing is
    /// said.
    fn is_listing(&self) -> bool {
        false
    }
}

/// A [`Map`] that also says something about the records it saw: sums, samples, a file beside the output.
pub trait Noting: Map {
    /// What is said about the records of one chunk.
    type Note: Send + 'static;

    /// Takes what `map` left in `scratch` since the last call; called once after each chunk.
    fn note(&self, scratch: &mut Self::Scratch) -> Self::Note;
}

/// A run of records of one operand, announced to a [`Fold`] before its records.
#[derive(Debug, Clone, Copy)]
pub struct Span<'a> {
    /// The operand.
    pub operand: &'a Operand,
    /// The operand's first run: each operand has exactly one.
    pub starts: bool,
    /// The operand's last run: each operand has exactly one.
    pub ends: bool,
    /// Offset of the run's first byte in the operand (decompressed, before decoding).
    pub offset: u64,
    /// How many bytes of the (decompressed) operand the run stands for.
    pub original_bytes: u64,
    /// The run as UTF-8, record ends included.
    pub bytes: &'a [u8],
    /// What was said of the operand by its opening; 0 where nobody was asked.
    pub judgement: u16,
    /// How the operand's text was written before it was decoded.
    pub written: Written,
    /// The records are just these bytes: nothing selected inside, nothing ill-formed, nothing too long.
    pub is_plain: bool,
}

/// What a [`Fold`] was not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missed {
    /// Records that a policy left out or let pass, by the reason: `malformed`, `oversize`, `invalid`.
    pub records: BTreeMap<&'static str, u64>,
    /// Operands that could not be read, or not to their end.
    pub operands: u64,
}

/// A tool that remembers something of every record and says it at the end.
///
/// Workers fold into states of their own, in no particular order: what `finish` writes must not depend on which
/// state saw which record.
pub trait Fold: Send + Sync + 'static {
    /// What is remembered.
    type State: Send + 'static;

    /// An empty state.
    fn start(&self) -> Self::State;

    /// Looks at a run of records as a whole, before each of them is added. True means that this was enough:
    /// the records of a plain run are then not shown one by one.
    ///
    /// # Errors
    /// What ends the run: temporary storage that fails, an operand that is not what it should be.
    fn fold_span(&self, state: &mut Self::State, span: Span<'_>) -> Result<bool, Error> {
        let _ = (state, span);
        Ok(false)
    }

    /// Adds one record.
    ///
    /// # Errors
    /// As for `fold_span`.
    fn fold(&self, state: &mut Self::State, record: Record<'_>) -> Result<(), Error>;

    /// Whether an operand that cannot be read ends the run: what is said of the others alone would be wrong. Records that a
    /// policy leaves out do not.
    fn needs_every_operand(&self) -> bool {
        false
    }

    /// Called after the last record of a run.
    ///
    /// # Errors
    /// As for `fold_span`.
    fn fold_end(&self, state: &mut Self::State, span: Span<'_>) -> Result<(), Error> {
        let _ = (state, span);
        Ok(())
    }

    /// Merges all states, of which there is at least one, and writes the answer, knowing what it was not shown.
    ///
    /// # Errors
    /// When temporary storage or the output fails.
    fn finish(
        &self,
        states: Vec<Self::State>,
        missed: &Missed,
        out: &mut dyn Output,
    ) -> Result<Answer, Error>;
}

/// A fold that somebody else wants to ask something when it is done.
impl<F: Fold> Fold for Arc<F> {
    type State = F::State;

    fn start(&self) -> F::State {
        (**self).start()
    }

    fn fold_span(&self, state: &mut F::State, span: Span<'_>) -> Result<bool, Error> {
        (**self).fold_span(state, span)
    }

    fn fold(&self, state: &mut F::State, record: Record<'_>) -> Result<(), Error> {
        (**self).fold(state, record)
    }

    fn needs_every_operand(&self) -> bool {
        (**self).needs_every_operand()
    }

    fn fold_end(&self, state: &mut F::State, span: Span<'_>) -> Result<(), Error> {
        (**self).fold_end(state, span)
    }

    fn finish(&self, states: Vec<F::State>, missed: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        (**self).finish(states, missed, out)
    }
}

/// Where an answer is written.
pub trait Output {
    /// Writes bytes.
    ///
    /// # Errors
    /// What the output says.
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error>;
}

impl Output for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.extend_from_slice(bytes);
        Ok(())
    }
}

/// What a [`Gate`] sees of a record when it makes the key.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its text; or its texts, if several columns were selected. Never empty.
    pub texts: &'a [&'a [u8]],
    /// The record without its end, as it stands: what the texts were selected from.
    pub whole: &'a [u8],
    /// The operand it came from.
    pub operand: &'a Operand,
    /// The record's number in its operand, from 1.
    pub number: u64,
}

/// Consecutive records of one operand among those that a [`Gate`] decides about.
#[derive(Debug, Clone)]
pub struct Run {
    /// Which of the keys are theirs.
    pub keys: Range<usize>,
    /// The operand they came from.
    pub operand: Arc<Operand>,
    /// The number of the first of them in the operand, from 1; the others follow without a gap.
    pub number: u64,
}

/// What a [`Gate`] says of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It passes.
    Keep,
    /// It is left out.
    Drop,
    /// It is kept aside; the end of the input decides.
    Later,
    /// It passes without parts of its text.
    Cut,
}

/// What a [`Gate`] says of records, one after the other.
#[derive(Debug, Default)]
pub struct Decisions {
    pub(crate) each: Vec<Decision>,
    /// For each [`Decision::Cut`], which parts of the text go.
    pub(crate) cuts: VecDeque<Vec<Range<usize>>>,
}

impl Decisions {
    /// The next record passes.
    pub fn keep(&mut self) {
        self.each.push(Decision::Keep);
    }

    /// The next record is left out.
    #[expect(clippy::should_implement_trait, reason = "named as the decision that it says")]
    pub fn drop(&mut self) {
        self.each.push(Decision::Drop);
    }

    /// The next record is kept aside until the end of the input.
    pub fn later(&mut self) {
        self.each.push(Decision::Later);
    }

    /// The next record passes without these parts of its text: byte ranges that ascend and do not meet. Of a record
    /// of which several columns were selected, parts of the first go.
    pub fn cut(&mut self, parts: impl IntoIterator<Item = Range<usize>>) {
        self.each.push(Decision::Cut);
        self.cuts.push_back(parts.into_iter().collect());
    }

    /// What was said so far.
    pub fn as_slice(&self) -> &[Decision] {
        &self.each
    }
}

/// A record that was kept aside.
#[derive(Debug, Clone, Copy)]
pub struct Aside<'a> {
    /// Its number among those that were kept aside, from 0.
    pub index: u64,
    /// All its bytes; an end that was missing in the input is missing here.
    pub record: &'a [u8],
}

/// What becomes of a record that was kept aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recalled {
    /// It passes, with the label before its text.
    Keep,
    /// It is left out.
    Drop,
    /// It passes without the parts that were named, as in [`Decisions::cut`].
    Cut,
    /// The tool writes it in `finish`.
    Taken,
}

/// A tool that lets a record pass or not, knowing all records before it.
///
/// Keys are made in parallel; decisions are made one after the other, in input order. From the first
/// [`Decision::Later`] on nothing is written before the end of the input, so that records leave in the order they came.
pub trait Gate: Send + Sync + 'static {
    /// What a record is recognised by.
    type Key: Send + 'static;

    /// What is remembered of earlier records.
    type State;

    /// Space that a worker keeps from one record to the next; it must not carry meaning.
    type Scratch: Default + Send + 'static;

    /// The key of a record.
    fn key(&self, scratch: &mut Self::Scratch, subject: Subject<'_>) -> Self::Key;

    /// Says one decision per key, in order. `runs` tell which records they are of, and follow each other without a gap.
    ///
    /// # Errors
    /// What ends the run: temporary storage that fails, a file beside the output.
    fn decide(
        &self,
        state: &mut Self::State,
        keys: &mut Vec<Self::Key>,
        runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error>;

    /// Remembers records of reference files, which come before the input and are not written.
    ///
    /// # Errors
    /// As for `decide`.
    fn learn(&self, state: &mut Self::State, keys: &mut Vec<Self::Key>, runs: &[Run]) -> Result<(), Error> {
        self.decide(state, keys, runs, &mut Decisions::default())
    }

    /// Called when the input has ended, before the records kept aside are asked about.
    ///
    /// # Errors
    /// As for `decide`.
    fn settle(&self, state: &mut Self::State) -> Result<(), Error> {
        let _ = state;
        Ok(())
    }

    /// Says what becomes of a record that was kept aside; called for each, in input order. `label` and `cuts` come empty.
    ///
    /// # Errors
    /// As for `decide`.
    fn recall(
        &self,
        state: &mut Self::State,
        aside: Aside<'_>,
        label: &mut Vec<u8>,
        cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        let _ = (state, aside, label, cuts);
        Ok(Recalled::Keep)
    }

    /// Called before an output gets its name, and perhaps replaces an original: with an output for each operand when one
    /// ends, and once more at the end of the run, after `finish`. What is to be known beside the output of the records
    /// that have been decided about is flushed here, so that a disk that is full leaves the original as it was.
    ///
    /// # Errors
    /// As for `decide`; no output gets its name then.
    fn checkpoint(&self, state: &mut Self::State) -> Result<(), Error> {
        let _ = state;
        Ok(())
    }

    /// Called at the very end; what is put to `out` follows all records. Files beside the output are completed here: the
    /// output itself gets its name afterwards, unless it is that of an operand that has ended.
    ///
    /// # Errors
    /// As for `decide`, or what the output says.
    fn finish(&self, state: &mut Self::State, out: &mut dyn Output) -> Result<Answer, Error> {
        let _ = (state, out);
        Ok(Answer::Yes)
    }

    /// Why a dropped record was dropped, for the report.
    fn reason(&self) -> &'static str;
}

/// The answer to the question a run asked, as its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Done, or yes: 0.
    Yes,
    /// No: 1.
    No,
}
