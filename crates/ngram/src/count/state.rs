//! What a worker remembers of the records it saw.

use std::path::PathBuf;
use std::sync::Arc;

use rewrite::KeyScratch;
use textcore::Error;
use textcore::tally::{Run, Spool, Tally};

use super::lexicon::{Full, Id, Lexicon};
use super::measure::Measure;
use super::outgrown;
use super::spill::Spill;
use super::stream::Stream;
use super::tuples::Tuples;
use super::vocab::{UNKNOWN, Vocab};
use super::vocabulary::Vocabulary;
use super::walk::Gram;
use crate::row::{self, Source, Translation};

/// What a worker is told.
#[derive(Debug, Clone)]
pub struct Orders {
    /// Which tokens make an n-gram.
    pub tuples: Tuples,
    /// Whether records begin with `<s>`, and whether they end with `</s>`.
    pub padding: [bool; 2],
    /// Which tokens count as they stand.
    pub vocab: Vocab,
    /// Memory for all it remembers, in bytes.
    pub limit_bytes: usize,
    /// Where it spills.
    pub temporary_directory: PathBuf,
}

/// What is remembered of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// How often each came.
    Counts,
    /// All of them, in order.
    Stream,
}

/// The tokens that a worker saw, and the runs of rows that they became when there were too many.
pub struct State {
    orders: Orders,
    kept: Kept,
    /// The tokens that are counted.
    pub lexicon: Lexicon,
    /// The tokens as they stood, where that is something else.
    pub forms: Option<Lexicon>,
    /// All tokens, if they are kept.
    pub stream: Stream,
    /// What a record begins and ends with, and what that looks like.
    padding: [Option<(Id, Id)>; 2],
    /// What stands for tokens that do not count as they stand.
    unknown: Option<(Id, Id)>,
    is_in_record: bool,
    /// Space for keys.
    pub scratch: KeyScratch,
    rows: row::Spool,
    /// What was spilled of the tokens that the lexicons know.
    pub row_runs: Vec<row::Run>,
    spool: Spool,
    /// What was spilled of the tokens of earlier lexicons.
    pub runs: Vec<Run>,
    /// How often each token came that was spilled, if that matters.
    pub spilled: Option<Tally>,
}

/// What a record begins with, and what it ends with, if that is wanted.
pub const PADDING: [&[u8]; 2] = [b"<s>", b"</s>"];

/// The least memory that a worker works with, in bytes.
const LIMIT_BYTES_MIN: usize = 1 << 18;
/// The least number of tokens that memory is made for.
const TOKENS_MIN: usize = 1 << 12;

impl State {
    /// A state that remembers nothing yet.
    pub fn new(orders: Orders) -> State {
        let orders = Orders { limit_bytes: orders.limit_bytes.max(LIMIT_BYTES_MIN), ..orders };
        let is_joint = orders.tuples.are_joint();
        let kept = if is_joint && orders.tuples.order() == 1 { Kept::Counts } else { Kept::Stream };
        let needs_counts = matches!(orders.vocab, Vocab::Commonest(_));
        let mut state = State {
            kept,
            lexicon: Lexicon::new(0),
            forms: None,
            stream: Stream::default(),
            padding: [None; 2],
            unknown: None,
            is_in_record: false,
            scratch: KeyScratch::default(),
            rows: row::Spool::new(&orders.temporary_directory),
            row_runs: Vec::new(),
            spool: Spool::new(&orders.temporary_directory),
            runs: Vec::new(),
            spilled: needs_counts.then(|| Tally::new(orders.limit_bytes / 8, &orders.temporary_directory)),
            orders,
        };
        state.begin_lexicons();
        state
    }

    /// Adds the token at `start..end` of a text, which is not empty.
    ///
    /// # Errors
    /// Temporary storage fails.
    #[inline(always)]
    pub fn push_in(&mut self, text: &[u8], start: usize, end: usize) -> Result<(), Error> {
        if !self.is_in_record {
            self.begin_record()?;
        }
        let result = match self.kept {
            Kept::Counts => self.lexicon.count_in(text, start, end),
            Kept::Stream => {
                if self.stream.ids.len() == self.stream.ids.capacity() {
                    self.make_room()?;
                }
                self.lexicon.id_in(text, start, end).map(|id| self.stream.ids.push(id))
            }
        };
        match result {
            Ok(()) => Ok(()),
            Err(Full) => self.push_into_new(&text[start..end], None),
        }
    }

    /// Adds a token that is counted by a key, which is not empty.
    ///
    /// # Errors
    /// As for [`State::push_in`].
    pub fn push_form(&mut self, key: &[u8], form: &[u8]) -> Result<(), Error> {
        if !self.is_in_record {
            self.begin_record()?;
        }
        if self.stream.ids.len() == self.stream.ids.capacity() {
            self.make_room()?;
        }
        match self.find(key, Some(form)) {
            Ok(found) => {
                self.keep(found);
                Ok(())
            }
            Err(Full) => self.push_into_new(key, Some(form)),
        }
    }

    /// The record is over.
    ///
    /// # Errors
    /// As for [`State::push_in`].
    #[inline(always)]
    pub fn end_record(&mut self) -> Result<(), Error> {
        if self.is_in_record { self.close_record() } else { Ok(()) }
    }

    /// Writes the tokens in memory as runs of rows. Those that may still be the first of n-grams stay.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn spill(&mut self) -> Result<(), Error> {
        if self.stream.ids.is_empty() {
            return Ok(());
        }
        let (vocabulary, ranks) = Vocabulary::of(&[&self.lexicon]);
        let (_, form_ranks) = Vocabulary::of(self.forms.as_ref().as_slice());
        let reach = self.orders.tuples.reach();
        let kept = self.stream.ids.len() - self.stream.waiting(reach);
        let tail = self.stream.ids[kept..].to_vec();
        let tail_of_forms = self.stream.forms.get(kept..).map(<[_]>::to_vec);
        self.stream.ids.iter_mut().for_each(|id| *id = ranks[0][*id as usize]);
        if let Some(ranks) = form_ranks.first() {
            self.stream.forms.iter_mut().for_each(|id| *id = ranks[*id as usize]);
        }
        if self.spilled.is_some() {
            let mut counts = vec![0; vocabulary.len()];
            self.stream.ids[..kept].iter().for_each(|&rank| counts[rank as usize] += 1);
            counts[0] = 0;
            add_all(&mut self.spilled, &vocabulary, &counts)?;
        }
        let measure = Measure::of(&self.orders.tuples, &self.stream, vocabulary.len(), false);
        let mut spill = Spill {
            tuples: self.orders.tuples,
            ids: &inverted(&ranks[0]),
            forms: &form_ranks.first().map_or(Vec::new(), |ranks| inverted(ranks)),
            memory_bytes: self.orders.limit_bytes / 4,
            spool: &mut self.rows,
            runs: &mut self.row_runs,
        };
        spill.write(&self.stream, &measure.firsts).map_err(Error::Temporary)?;
        self.stream.cut(reach);
        self.stream.ids.copy_from_slice(&tail);
        if let Some(tail) = tail_of_forms {
            self.stream.forms.copy_from_slice(&tail);
        }
        Ok(())
    }

    /// Writes all there is as a run of rows that need no lexicon.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn outgrow(&mut self) -> Result<(), Error> {
        self.spill()?;
        let (vocabulary, ranks) = Vocabulary::of(&[&self.lexicon]);
        let (forms, form_ranks) = Vocabulary::of(self.forms.as_ref().as_slice());
        let ranks = ranks.into_iter().next().unwrap_or_default();
        let counts = by_rank(&self.lexicon.take_counts(), &ranks, vocabulary.len());
        add_all(&mut self.spilled, &vocabulary, &counts)?;
        let form_ranks = form_ranks.into_iter().next().unwrap_or_default();
        let tuples = self.orders.tuples;
        let translation = Arc::new(Translation::new(tuples.layout(), ranks, form_ranks));
        let with_translation = |run| Source { run, translation: Arc::clone(&translation) };
        let sources = self.row_runs.drain(..).map(with_translation).collect();
        let options = row::Options {
            memory_bytes: self.orders.limit_bytes / 4,
            threads: 1,
            temporary_directory: &self.orders.temporary_directory,
        };
        let merged = row::merge(sources, &options).map_err(Error::Temporary)?;
        let forms = self.forms.as_ref().map(|_| &forms);
        let run = outgrown::write(&vocabulary, forms, &mut self.spool, |each| {
            let counted = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            for (rank, &count) in counted {
                each(Gram { tokens: &[rank as u32], count, ..Gram::default() })?;
            }
            outgrown::grams(&tuples, merged, each)
        });
        self.runs.push(run.map_err(Error::Temporary)?);
        self.rows = row::Spool::new(&self.orders.temporary_directory);
        Ok(())
    }

    fn find(&mut self, key: &[u8], form: Option<&[u8]>) -> Result<(Id, Id), Full> {
        let id = self.lexicon.id(key)?;
        if let Some(unknown) = self.unknown.filter(|unknown| unknown.0 == id) {
            return Ok(unknown);
        }
        match (&mut self.forms, form) {
            (Some(forms), Some(form)) => Ok((id, forms.id(form)?)),
            _ => Ok((id, 0)),
        }
    }

    fn keep(&mut self, (id, form): (Id, Id)) {
        self.stream.ids.push(id);
        if self.forms.is_some() {
            self.stream.forms.push(form);
        }
    }

    #[inline(never)]
    fn begin_record(&mut self) -> Result<(), Error> {
        self.is_in_record = true;
        self.stream.is_open = true;
        self.pad(0)
    }

    #[inline(never)]
    fn close_record(&mut self) -> Result<(), Error> {
        self.pad(1)?;
        if self.kept == Kept::Stream {
            if self.stream.ids.len() == self.stream.ids.capacity() {
                self.make_room()?;
            }
            self.stream.end_record();
        }
        self.is_in_record = false;
        Ok(())
    }

    fn pad(&mut self, side: usize) -> Result<(), Error> {
        if self.padding[side].is_none() {
            return Ok(());
        }
        if self.kept == Kept::Stream && self.stream.ids.len() == self.stream.ids.capacity() {
            self.make_room()?;
        }
        // Room may have been made in new lexicons.
        let Some(found) = self.padding[side] else { return Ok(()) };
        match self.kept {
            Kept::Counts => self.lexicon.add(found.0, 1),
            Kept::Stream => self.keep(found),
        }
        Ok(())
    }

    /// Makes room for tokens in the stream: more of it if memory bears it, else by spilling what there is.
    #[cold]
    #[inline(never)]
    fn make_room(&mut self) -> Result<(), Error> {
        let held = self.stream.ids.len();
        let width = size_of::<Id>() * (1 + usize::from(self.forms.is_some()));
        let documents_bytes = self.stream.documents.len() * size_of::<(usize, u32)>();
        let lexicon_bytes = self.lexicon_bytes();
        let stream_bytes = (self.orders.limit_bytes / 4 * 3).saturating_sub(lexicon_bytes + documents_bytes);
        let more = (stream_bytes / width).saturating_sub(held).min((held / 2).max(TOKENS_MIN));
        if more >= TOKENS_MIN / 2 || held < TOKENS_MIN {
            let more = more.max(TOKENS_MIN);
            self.stream.ids.reserve_exact(more);
            if self.forms.is_some() {
                self.stream.forms.reserve_exact(more);
            }
            return Ok(());
        }
        self.spill()?;
        if self.stream.ids.len() == self.stream.ids.capacity() {
            self.stream.ids.reserve(TOKENS_MIN);
        }
        Ok(())
    }

    /// What the lexicons take, and will take when their order is found out.
    fn lexicon_bytes(&self) -> usize {
        self.lexicon.cost_bytes() + self.forms.as_ref().map_or(0, Lexicon::cost_bytes)
    }

    /// Adds a token for which a lexicon had no room.
    #[cold]
    #[inline(never)]
    fn push_into_new(&mut self, key: &[u8], form: Option<&[u8]>) -> Result<(), Error> {
        self.outgrow()?;
        self.renew()?;
        let full = |Full| Error::Internal("an empty lexicon has no room".to_owned());
        match self.kept {
            Kept::Counts => self.lexicon.count_in(key, 0, key.len()).map_err(full),
            Kept::Stream => {
                let found = self.find(key, form).map_err(full)?;
                self.keep(found);
                Ok(())
            }
        }
    }

    /// Begins new lexicons, which know the tokens that are still in the stream.
    fn renew(&mut self) -> Result<(), Error> {
        let texts = |lexicon: &Lexicon, ids: &[Id]| -> Vec<Vec<u8>> {
            ids.iter().map(|&id| lexicon.token(id).to_vec()).collect()
        };
        let tokens = texts(&self.lexicon, &self.stream.ids);
        let forms = self.forms.as_ref().map(|forms| texts(forms, &self.stream.forms));
        self.begin_lexicons();
        self.stream.ids.clear();
        self.stream.forms.clear();
        for (number, token) in tokens.iter().enumerate() {
            let form = forms.as_ref().map(|forms| &forms[number][..]);
            let found = self.find(token, form).map_err(|Full| {
                Error::Internal("an empty lexicon has no room for the end of a record".to_owned())
            })?;
            self.keep(found);
        }
        Ok(())
    }

    fn begin_lexicons(&mut self) {
        let share = if self.kept == Kept::Counts { 1 } else { 2 };
        let share = if self.orders.tuples.has_forms { 2 * share } else { share };
        let limit_bytes = self.orders.limit_bytes / share;
        self.lexicon = Lexicon::new(limit_bytes);
        self.forms = self.orders.tuples.has_forms.then(|| Lexicon::new(limit_bytes));
        let mut both = |token: &[u8]| {
            let form = self.forms.as_mut().map_or(Ok(0), |forms| forms.id(token));
            // Empty lexicons have room.
            self.lexicon.id(token).ok().zip(form.ok())
        };
        self.padding = [0, 1].map(|side| self.orders.padding[side].then(|| both(PADDING[side])).flatten());
        self.unknown = (!matches!(self.orders.vocab, Vocab::All)).then(|| both(UNKNOWN)).flatten();
        if let Some((unknown, _)) = self.unknown {
            self.orders.vocab.prepare(&mut self.lexicon, unknown);
        }
    }
}

/// The ids by rank.
fn inverted(ranks: &[u32]) -> Vec<u32> {
    let mut ids = vec![0; ranks.iter().max().map_or(0, |most| *most as usize + 1)];
    ranks.iter().enumerate().for_each(|(id, &rank)| ids[rank as usize] = id as u32);
    ids
}

/// Counts by id become counts by rank.
pub fn by_rank(counts: &[u64], ranks: &[u32], length: usize) -> Vec<u64> {
    let mut by_rank = vec![0; length];
    counts.iter().zip(ranks).for_each(|(&count, &rank)| by_rank[rank as usize] = count);
    by_rank
}

fn add_all(tally: &mut Option<Tally>, vocabulary: &Vocabulary, counts: &[u64]) -> Result<(), Error> {
    let Some(tally) = tally else { return Ok(()) };
    let mut counted = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    counted.try_for_each(|(rank, &count)| tally.add(vocabulary.token(rank), count)).map_err(Error::Temporary)
}
