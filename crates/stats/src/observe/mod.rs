//! Counting text: the fold over records.

mod counts;
mod groups;
mod late;
mod open;
mod piece;
mod repeats;
mod state;

use std::collections::BTreeMap;
use std::io;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memchr_iter;
use rewrite::Key;
use textcore::frame::{Cut, Selection};
use textcore::json::{self, Pointer};
use textcore::tally::Tally;
use textcore::visit::Reading;
use textcore::{Answer, Error, Fold, Missed, Output, Record, Span};
use unicode::Unit;

use crate::dates::Dating;
use crate::gathered::Gathered;
use crate::parameters::{Areas, Grouping, Parameters};
use crate::plan::Plan;
use crate::sequence::Sequences;
use crate::sums::Sums;
use crate::words::{Detail, Row, Words};

pub use groups::Groups;
use open::Open;
pub use piece::{PERSIAN, Piece, SEQUENCE_WORDS_MAX, ZWNJ_BYTES, ZWNJ_STRETCH_BYTES};
pub use repeats::{Kind as RepeatKind, Repeats};
use state::{CountedOf, State, Work};

/// Words that were counted are given to the rows when they take more memory than this, so that they stay in a cache.
const COUNTS_BYTES: usize = 1 << 20;

/// What text is told apart by, with the field if it is one.
#[derive(Debug, Clone, Default)]
pub struct GroupBy {
    /// What.
    pub grouping: Grouping,
    /// The field of [`Grouping::Field`].
    pub field: Option<Pointer>,
}

/// Counts what is asked for in every record.
pub struct Observer {
    unit: Unit,
    areas: Areas,
    /// What words are counted by; `None` is the word itself.
    key_norm: Option<Key>,
    group_by: GroupBy,
    /// Whose dates are counted.
    dating: Option<Dating>,
    /// Records are documents: whole files, paragraphs, JSON lines.
    is_record_document: bool,
    /// Records lie side by side in their spans, so that a span can be counted in one go.
    is_side_by_side: bool,
    /// A record may hold several lines.
    has_lines: bool,
    threads: usize,
    memory_bytes: usize,
    temporary_directory: PathBuf,
    plan: Plan,
    groups: Groups,
    open: Arc<Open>,
    /// How many words there are in documents that more than one worker saw, by the operand's index, and their group.
    sizes: Mutex<BTreeMap<u64, (u32, u64)>>,
}

/// What an observer is told, beside what to look at.
pub struct Setting<'a> {
    /// How records are read.
    pub reading: &'a Reading,
    /// How many workers there will be.
    pub threads: usize,
    /// For all workers' words together, in bytes.
    pub memory_bytes: usize,
    /// Where they spill.
    pub temporary_directory: PathBuf,
}

impl Observer {
    /// Prepares to look at some areas, in words of `unit`, those of one key as one.
    pub fn new(
        unit: Unit,
        areas: Areas,
        key_norm: Option<Key>,
        group_by: GroupBy,
        dating: Option<Dating>,
        setting: Setting<'_>,
        plan: Plan,
    ) -> Self {
        let Setting { reading, threads, memory_bytes, temporary_directory } = setting;
        let is_all = matches!(reading.selection, Selection::All);
        let has_words = areas.sizes.is_none_or(|sizes| sizes.words);
        // Of the other units some begin or end at, or are, a line end: they are counted record by record.
        let ignores_line_ends = !has_words || matches!(unit, Unit::Word | Unit::Space);
        // Keys may join the words at both sides of a line end.
        let is_line_bound = key_norm.is_some() && areas.sizes.is_none();
        Observer {
            unit,
            areas,
            is_record_document: reading.is_record_document(),
            is_side_by_side: is_all
                && (reading.cut == Cut::Lines || reading.cut == Cut::Whole && areas.sizes.is_some())
                && ignores_line_ends
                && !is_line_bound
                && group_by.grouping != Grouping::Field,
            has_lines: !is_all || reading.cut != Cut::Lines,
            key_norm,
            group_by,
            dating,
            threads,
            memory_bytes,
            temporary_directory,
            plan,
            groups: Groups::default(),
            open: Arc::default(),
            sizes: Mutex::default(),
        }
    }

    /// What becomes of what is gathered.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What rows of words say.
    fn detail(&self) -> Detail {
        let is_plain =
            self.key_norm.is_none() && self.group_by.grouping == Grouping::None && !self.areas.dispersion;
        if is_plain { Detail::Words } else { Detail::Rows }
    }

    /// The group of an operand.
    fn group_of(&self, span: &Span<'_>) -> Result<u32, Error> {
        let path = span.operand.path.as_deref();
        match self.group_by.grouping {
            Grouping::None | Grouping::Field => Ok(0),
            Grouping::File => {
                self.groups.number(path.map_or(b"-", |path| path.as_os_str().as_encoded_bytes()))
            }
            Grouping::Directory => {
                let name = path
                    .and_then(Path::parent)
                    .map_or(&b""[..], |parent| parent.as_os_str().as_encoded_bytes());
                self.groups.number(if name.is_empty() { b"." } else { name })
            }
            Grouping::Operand => self.groups.number(&Groups::name_of_operand(span.operand)),
        }
    }

    /// The group that a field of the record says; records without it are of the group without a name.
    fn group_in(&self, record: &Record<'_>) -> Result<u32, Error> {
        let Some(pointer) = &self.group_by.field else { return Ok(0) };
        let found = json::find_all(record.whole, [pointer]).ok().and_then(|[found]| found);
        let Some(found) = found else { return self.groups.number(b"") };
        let raw = &record.whole[found.range];
        let mut name = Vec::new();
        if found.is_string {
            json::unescape_into(raw, &mut name);
        } else {
            name.extend_from_slice(raw);
        }
        self.groups.number(&name)
    }

    /// A document is whole; its words, where they are counted by document, were given away.
    fn close(&self, state: &mut State, mut piece: Piece) {
        if self.areas.sequence {
            let State { sequences, sums, group, .. } = state;
            let sums = sums.entry(*group).or_default();
            if piece.words > SEQUENCE_WORDS_MAX as u64 {
                Sequences::pass_over(sums);
            } else {
                sequences.observe(&piece.sequence, sums);
            }
        }
        piece.close(self.areas, state.sums());
    }

    /// A span ended that holds only a part of its document, or several spans did.
    fn close_part(&self, state: &mut State, span: &Span<'_>, piece: Piece) {
        if let Some(whole) = self.open.add(span, state.group, piece) {
            self.note_size(span.operand.index, state.group, whole.words);
            self.close(state, whole);
        }
    }

    fn note_size(&self, index: u64, group: u32, words: u64) {
        if self.areas.dispersion {
            self.sizes.lock().unwrap_or_else(PoisonError::into_inner).insert(index, (group, words));
        }
    }

    /// Words that were counted go to the rows: those of a document that is whole, and of how many words.
    fn give_document(&self, state: &mut State, size: u64) -> Result<(), Error> {
        let State { counts, words, group, .. } = state;
        let given =
            counts.drain(|word, count| words.add_row(word, Row::Documents { group: *group, size, count }, 1));
        given.map_err(Error::Temporary)
    }

    /// Words that were counted go where those of a part of a document go, or of a group if nobody asks for documents.
    fn give_part(&self, state: &mut State) -> Result<(), Error> {
        let State { counts, counted, words, late, .. } = state;
        let CountedOf { group, index } = *counted;
        let given = if self.areas.dispersion {
            counts.drain(|word, count| late.add(index, word, count))
        } else {
            counts.drain(|word, count| words.add_row(word, Row::Group(group), count))
        };
        given.map_err(Error::Temporary)
    }

    /// Before words are counted: those of another document, or of another group, are not to be among them, nor too many.
    fn begin_counts(&self, state: &mut State, index: u64) -> Result<(), Error> {
        let next = CountedOf { group: state.group, index: if self.areas.dispersion { index } else { 0 } };
        if !state.counts.is_empty() && (state.counted != next || state.counts.used_bytes() > COUNTS_BYTES) {
            self.give_part(state)?;
        }
        state.counted = next;
        Ok(())
    }

    /// Puts what each worker gathered in order, on a thread for each if there are several.
    fn sort(&self, states: &mut [State]) -> Result<(), Error> {
        if states.len() < 2 {
            return Ok(());
        }
        let results = std::thread::scope(|scope| {
            let begin = |(number, state)| scope.spawn(move || self.sort_one(number, state));
            let threads: Vec<_> = states.iter_mut().enumerate().map(begin).collect();
            threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
        });
        let results = results.into_iter().map(|result| result.unwrap_or_else(|panic| resume_unwind(panic)));
        results.collect::<io::Result<()>>().map_err(Error::Temporary)
    }

    fn sort_one(&self, number: usize, state: &mut State) -> io::Result<()> {
        // To the first one's words late ones are to be added.
        if number > 0 || !self.areas.dispersion {
            state.words.sort()?;
        }
        state.late.tally.as_mut().map_or(Ok(()), Tally::sort)?;
        state.repeats.sort()
    }

    /// Documents that more than one worker saw: their words, now that their sizes are known.
    fn add_late(&self, late: Vec<Tally>, words: &mut Words) -> Result<(), Error> {
        let sizes = self.sizes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sorted = textcore::tally::merge(late).map_err(Error::Temporary)?;
        while let Some((row, count)) = sorted.next().map_err(Error::Temporary)? {
            let Some((index, word)) = row.split_first_chunk::<8>() else { continue };
            let (group, size) = sizes.get(&u64::from_be_bytes(*index)).copied().unwrap_or_default();
            words.add_row(word, Row::Documents { group, size, count }, 1).map_err(Error::Temporary)?;
        }
        Ok(())
    }

    fn parameters(&self) -> Parameters {
        Parameters {
            unit: self.unit.name().to_owned(),
            areas: self.areas,
            key_norm: self.key_norm.as_ref().map(ToString::to_string),
            dates: self.dating.map(|dating| dating.name.to_owned()),
            grouping: self.group_by.grouping,
        }
    }
}

impl Fold for Observer {
    type State = State;

    fn start(&self) -> State {
        let shares = 1 + usize::from(self.areas.dispersion) + usize::from(self.areas.duplication);
        let limit_bytes = self.memory_bytes / self.threads.max(1) / shares;
        State::new(self.detail(), limit_bytes, &self.temporary_directory)
    }

    /// A partial result that lacks a file says nothing of it, and a text is compared with another.
    fn needs_every_operand(&self) -> bool {
        self.plan.format == crate::plan::Format::Partial || self.plan.comparison.is_some()
    }

    fn fold_span(&self, state: &mut State, span: Span<'_>) -> Result<bool, Error> {
        state.group = self.group_of(&span)?;
        self.begin_counts(state, span.operand.index)?;
        let is_of_no_group = self.group_by.grouping == Grouping::Field;
        let sums = if is_of_no_group { &mut state.of_files } else { state.sums() };
        sums.files += u64::from(span.starts);
        sums.empty_files += u64::from(span.starts && span.ends && span.bytes.is_empty());
        sums.bytes += span.original_bytes;
        if self.areas.sizes.is_none_or(|sizes| sizes.lines) {
            sums.lines += memchr_iter(b'\n', span.bytes).count() as u64;
        }
        if self.areas.health && span.starts {
            *sums.encodings.entry(span.written.encoding.name().to_owned()).or_default() += 1;
            sums.boms += u64::from(span.written.has_bom);
        }
        // Where text was decoded, offsets are those of what it was decoded from: records know theirs.
        let is_placed = self.areas.sizes.is_some() || !span.written.is_recoded();
        if !self.is_side_by_side || !span.is_plain || !is_placed {
            return Ok(false);
        }
        if self.areas.sizes.is_some() {
            self.count_sizes(state, span.bytes, b"");
        } else {
            let mut piece = std::mem::take(&mut state.piece);
            self.observe_lines(state, &mut piece, &span)?;
            state.piece = piece;
        }
        Ok(true)
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        if self.group_by.grouping == Grouping::Field {
            state.group = self.group_in(&record)?;
            self.begin_counts(state, record.operand.index)?;
            if !record.is_repeat {
                let sums = state.sums();
                for bytes in [record.whole, record.end] {
                    sums.bytes += bytes.len() as u64;
                    sums.lines += memchr_iter(b'\n', bytes).count() as u64;
                }
            }
        }
        let end = if record.is_part { b"" } else { record.end };
        if self.areas.sizes.is_some() {
            self.count_sizes(state, record.text, end);
            return Ok(());
        }
        state.sums().records += u64::from(!record.is_repeat);
        let mut piece =
            if self.is_record_document { Piece::default() } else { std::mem::take(&mut state.piece) };
        let offset = if self.is_record_document { 0 } else { record.offset };
        self.observe_record(state, &mut piece, Work { text: record.text, end, offset })?;
        if self.is_record_document {
            self.take_census(state, &mut piece);
            if self.areas.dispersion {
                self.give_document(state, piece.words)?;
            }
            self.close(state, piece);
        } else {
            state.piece = piece;
        }
        Ok(())
    }

    fn fold_end(&self, state: &mut State, span: Span<'_>) -> Result<(), Error> {
        if self.areas.sizes.is_some() || self.is_record_document {
            return Ok(());
        }
        let mut piece = std::mem::take(&mut state.piece);
        self.take_census(state, &mut piece);
        if span.starts && span.ends {
            if self.areas.dispersion {
                self.give_document(state, piece.words)?;
            }
            self.close(state, piece);
        } else {
            self.close_part(state, &span, piece);
        }
        Ok(())
    }

    fn finish(&self, mut states: Vec<State>, missed: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        if let Some(first) = states.first_mut() {
            for (index, group, piece) in self.open.drain() {
                first.group = group;
                self.note_size(index, group, piece.words);
                self.close(first, piece);
            }
        }
        states.iter_mut().try_for_each(|state| self.give_part(state))?;
        self.sort(&mut states)?;
        let mut sums: BTreeMap<Vec<u8>, Sums> = BTreeMap::new();
        let (mut words, mut late, mut repeats) = (Vec::new(), Vec::new(), Vec::new());
        let names = self.groups.names();
        let mut of_files = Sums::of_missed(missed);
        for state in states {
            of_files.merge(state.of_files);
            for (group, more) in state.sums {
                let name = names.get(group as usize).cloned().unwrap_or_default();
                sums.entry(name).or_default().merge(more);
            }
            words.push(state.words);
            late.extend(state.late.tally);
            repeats.push(state.repeats);
        }
        if let Some(first) = words.first_mut() {
            self.add_late(late, first)?;
        }
        let gathered = Gathered { parameters: self.parameters(), names, sums, of_files, words, repeats };
        self.plan.write(gathered, out)
    }
}
