//! `ngram`: counts n-grams of words and characters in bounded memory, and answers what is asked of them.

pub mod answer;
mod collocates;
mod concordance;
mod count;
mod entry;
mod entry_buffer;
mod format;
mod key;
pub mod merge;
mod orders;
mod parameters;
pub mod partial;
pub mod read;
pub mod row;
pub mod score;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::Parser;
use textcore::{Answer, Engine, Error, Invalid, Shared, Tool};
use unicode::Unit;

use answer::{AnswerFlags, Answering};
use collocates::CollocateFlags;
use concordance::ConcordanceFlags;
use merge::MergeFlags;

pub use count::{CountFlags, Counter, UnitFlag, Vocab};
pub use entry::{Entry, Form, ORDER_MAX, Summary};
pub use entry_buffer::EntryBuffer;
pub use orders::Orders;
pub use parameters::{Documents, Parameters, Shape};

/// The flags of `ngram`, as typed.
#[derive(Debug, Parser)]
pub struct Flags {
    #[command(flatten)]
    count: CountFlags,

    #[command(flatten)]
    answer: AnswerFlags,

    #[command(flatten)]
    collocate: CollocateFlags,

    #[command(flatten)]
    merge: MergeFlags,

    #[command(flatten)]
    concordance: ConcordanceFlags,

    #[command(flatten)]
    shared: Shared,
}

impl Tool for Flags {
    const NAME: &'static str = "ngram";
    const PAGE: &'static str = include_str!("../README.md");
    const INVALID: Invalid = Invalid::Keep;

    fn follows() -> String {
        format!("Unicode {}", unicode::VERSION)
    }

    fn shared(&self) -> &Shared {
        &self.shared
    }

    fn run(self, engine: &mut Engine) -> Result<Answer, Error> {
        if let Some(word) = &self.collocate.collocates {
            return collocates::collocates(engine, word, self.count, &self.answer);
        }
        if self.concordance.concordance.is_some() {
            return concordance::concordance(engine, &self.concordance, self.count, &self.answer);
        }
        let answering = Answering::new(&self.answer, engine)?;
        if self.merge.merge {
            return merge::merge(engine, &answering);
        }
        if let Some(format) = self.merge.read {
            return read::read(engine, format, answering);
        }
        let counter = self.counter(answering, engine)?;
        let temporary_bytes = Arc::clone(&counter.temporary_bytes);
        let answer = engine.fold(counter)?;
        let temporary_bytes = temporary_bytes.load(Ordering::Relaxed);
        if temporary_bytes > 0 {
            engine
                .ledger
                .tell(&format!("{:.0} MB of temporary files were needed", temporary_bytes as f64 / 1e6));
        }
        Ok(answer)
    }
}

impl Flags {
    fn counter(self, answering: Answering, engine: &Engine) -> Result<Counter, Error> {
        let flags = self.count;
        let unit = flags.unit.map_or(Unit::Space, UnitFlag::unit);
        let orders = flags.order.unwrap_or_default();
        let shape = flags.shape();
        if matches!(shape, Shape::Window(_)) && (orders.first, orders.last) != (2, 2) {
            return Err(Error::Usage("--window counts pairs: it goes with -n 2 alone".to_owned()));
        }
        if flags.max_vocab.is_some() && self.answer.partial {
            let what = "--max-vocab is of the whole corpus: it cannot be known for a partial result";
            return Err(Error::Usage(what.to_owned()));
        }
        let vocab = match (&flags.vocab, flags.max_vocab) {
            (Some(path), _) => {
                engine.refuse_as_output(Path::new(path))?;
                Vocab::read(Path::new(path), flags.key_norm.as_ref())?
            }
            (None, Some(size)) => Vocab::Commonest(size),
            (None, None) => Vocab::All,
        };
        let documents = match (answering.needs().documents, self.shared.has_documents_in_records()) {
            (false, _) => Documents::Uncounted,
            (true, true) => Documents::Records,
            (true, false) => Documents::Files,
        };
        Ok(Counter {
            parameters: Parameters {
                orders,
                unit: unit.name().to_owned(),
                key_norm: flags.key_norm.as_ref().map(ToString::to_string),
                shape,
                has_begin: flags.bos,
                has_end: flags.eos,
                documents,
                vocabulary: vocab.digest(),
            },
            unit,
            key_norm: flags.key_norm,
            vocab,
            has_lines: !self.shared.has_lines_in_records(),
            documents: Arc::default(),
            temporary_bytes: Arc::default(),
            threads: engine.threads,
            memory_bytes: counting_bytes(engine.memory_bytes).saturating_sub(answering.memory_bytes()),
            temporary_directory: engine.temporary_directory.clone(),
            answering,
        })
    }
}

/// What of `-S` is left for counts: the reader, the writer and the program itself take the rest, and so does what vectors
/// hold beyond their lengths.
fn counting_bytes(memory_bytes: usize) -> usize {
    const BESIDE_BYTES: usize = 24 << 20;
    let counting = memory_bytes - BESIDE_BYTES.min(memory_bytes / 4);
    counting - counting / 8
}
