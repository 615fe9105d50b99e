//! Counting: from records to n-grams in order.

mod finish;
mod flags;
mod gather;
mod lexicon;
mod listed;
mod measure;
mod outgrown;
mod packed;
mod rare;
mod rows;
mod scatter;
mod speaker;
mod spill;
mod state;
mod stream;
mod tuples;
mod vocab;
mod vocabulary;
mod walk;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rewrite::Key;
use textcore::{Answer, Error, Fold, Missed, Output, Record, Span};
use unicode::Unit;

use crate::answer::Answering;
use crate::parameters::{Documents, Parameters};
use finish::Finish;
use state::State;
use tuples::Tuples;

pub use flags::{CountFlags, UnitFlag};
pub use vocab::Vocab;

/// Counts the n-grams of every record.
#[derive(Debug, Clone)]
pub struct Counter {
    /// What is counted.
    pub parameters: Parameters,
    /// What a token is.
    pub unit: Unit,
    /// What tokens are counted by; `None` is the token itself.
    pub key_norm: Option<Key>,
    /// Which tokens count as they stand.
    pub vocab: Vocab,
    /// Records are lines.
    pub has_lines: bool,
    /// How many documents there were.
    pub documents: Arc<AtomicU64>,
    /// What becomes of the counts.
    pub answering: Answering,
    /// How many bytes of temporary files were written.
    pub temporary_bytes: Arc<AtomicU64>,
    /// How many workers.
    pub threads: usize,
    /// For everything that is remembered, in bytes.
    pub memory_bytes: usize,
    /// Where it spills.
    pub temporary_directory: PathBuf,
}

impl Counter {
    fn tuples(&self) -> Tuples {
        Tuples {
            orders: self.parameters.orders,
            shape: self.parameters.shape,
            has_forms: self.key_norm.is_some(),
            has_documents: self.parameters.documents != Documents::Uncounted,
        }
    }

    /// Adds the tokens of lines, with a look at their bytes in blocks.
    fn add_lines(state: &mut State, text: &[u8]) -> Result<(), Error> {
        let (mut start, mut trouble) = (0, None);
        unicode::space::for_each_ascii_space(text, |place| {
            // A result is assigned where there is trouble alone: it is far larger than what is done with a token.
            if start < place
                && trouble.is_none()
                && let Err(error) = state.push_in(text, start, place)
            {
                trouble = Some(error);
            }
            if text[place] == b'\n'
                && trouble.is_none()
                && let Err(error) = state.end_record()
            {
                trouble = Some(error);
            }
            start = place + 1;
        });
        if let Some(error) = trouble {
            return Err(error);
        }
        if start < text.len() {
            state.push_in(text, start, text.len())?;
        }
        state.end_record()
    }

    fn add_record(&self, state: &mut State, text: &[u8]) -> Result<(), Error> {
        let mut trouble = None;
        match &self.key_norm {
            None => self.unit.for_each(text, |token| {
                if trouble.is_none()
                    && let Err(error) = state.push_in(token, 0, token.len())
                {
                    trouble = Some(error);
                }
            }),
            Some(norm) => {
                let mut scratch = std::mem::take(&mut state.scratch);
                norm.for_each_unit(self.unit, &mut scratch, text, |key, form| {
                    if trouble.is_none()
                        && !key.is_empty()
                        && let Err(error) = state.push_form(key, form)
                    {
                        trouble = Some(error);
                    }
                });
                state.scratch = scratch;
            }
        }
        match trouble {
            Some(error) => Err(error),
            None => state.end_record(),
        }
    }
}

/// The number of a document as a column holds it.
fn number(document: u64) -> Result<u32, Error> {
    let number = u32::try_from(document).ok().filter(|&number| number < u32::MAX);
    number.ok_or_else(|| Error::Usage(format!("at most {} documents can be counted", u32::MAX)))
}

impl Fold for Counter {
    type State = State;

    fn start(&self) -> State {
        State::new(state::Orders {
            tuples: self.tuples(),
            padding: [self.parameters.has_begin, self.parameters.has_end],
            vocab: self.vocab.clone(),
            limit_bytes: self.memory_bytes / self.threads,
            temporary_directory: self.temporary_directory.clone(),
        })
    }

    /// A partial result that lacks a file says nothing of it.
    fn needs_every_operand(&self) -> bool {
        self.answering.is_partial()
    }

    fn fold_span(&self, state: &mut State, span: Span<'_>) -> Result<bool, Error> {
        if self.parameters.documents == Documents::Files {
            self.documents.fetch_add(u64::from(span.starts), Ordering::Relaxed);
            state.stream.begin_document(number(span.operand.index)?);
        }
        let is_fast = span.is_plain && self.has_lines && self.unit == Unit::Space && self.key_norm.is_none();
        if is_fast {
            Counter::add_lines(state, span.bytes)?;
        }
        Ok(is_fast)
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        if self.parameters.documents == Documents::Records && !record.is_repeat {
            // Which record gets which number depends on the workers, but only that they differ matters.
            state.stream.begin_document(number(self.documents.fetch_add(1, Ordering::Relaxed))?);
        }
        self.add_record(state, record.text)
    }

    fn finish(&self, states: Vec<State>, _: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        let finish = Finish {
            tuples: self.tuples(),
            parameters: &self.parameters,
            vocab: &self.vocab,
            answering: &self.answering,
            threads: self.threads,
            memory_bytes: self.memory_bytes,
            temporary_directory: &self.temporary_directory,
            documents: self.documents.load(Ordering::Relaxed),
            temporary_bytes: &self.temporary_bytes,
        };
        finish.write(states, out)
    }
}
