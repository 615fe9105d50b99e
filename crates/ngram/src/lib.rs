//! `ngram`: counts n-grams of words and characters in bounded memory.

mod answer;
mod count;
mod entry;
mod entry_buffer;
mod key;
pub mod merge;
mod old_merge;
mod orders;
mod parameters;
pub mod partial;
pub mod read;
mod standin;

use std::path::Path;

use clap::{Parser, ValueEnum};
use textcore::{Answer, Engine, Error, Invalid, Shared, Tool};
use unicode::Unit;

pub use answer::{Plan, Sort};
pub use count::{CountFlags, Counter, UnitFlag, Vocab};
pub use entry::{Entry, Form, ORDER_MAX, Summary};
pub use entry_buffer::EntryBuffer;
pub use old_merge::Merge;
pub use orders::Orders;
pub use parameters::{Documents, Parameters, Shape};

/// The flags of `ngram`, as typed.
#[derive(Debug, Parser)]
pub struct Flags {
    #[command(flatten)]
    count: CountFlags,

    /// Order of the output: key or count [key]
    ///
    /// key: bytewise by n-gram, as LC_ALL=C sort -t TAB -k1,1 puts it; with --key-norm by its key. count: largest first,
    /// equal counts by key. Default: key.
    /// Example: --sort count --top 20
    #[arg(
        long,
        value_name = "KEY",
        value_enum,
        hide_possible_values = true,
        default_value = "key",
        hide_default_value = true
    )]
    sort: SortFlag,

    /// Only n-grams that come at least N times (lossy)
    ///
    /// Default: 1, all of them. Example: --min-count 5
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true)]
    min_count: u64,

    /// Only the N most frequent n-grams of each order (lossy)
    ///
    /// Equal counts are cut by key, bytewise. Default: all of them. Example: -n 1-3 --top 20 --sort count
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    /// Write a partial result, to be merged later
    ///
    /// It holds every count, before --min-count and --top. With --merge the parts become one part. Default: write the
    /// answer.
    /// Example: ngram --partial part1.txt -o part1.ngrams.zst
    #[arg(long, conflicts_with_all = ["min_count", "top", "sort"])]
    partial: bool,

    /// The operands are partial results: merge them
    ///
    /// The answer is the same as that of one run over everything. Partial results of other orders, units or
    /// keys are refused. Default: the operands are text. Example: ngram --merge *.ngrams.zst --top 20
    #[arg(long, conflicts_with_all = ["order", "unit", "key_norm", "skip_gram", "window", "bos", "eos", "vocab", "max_vocab"])]
    merge: bool,

    #[command(flatten)]
    shared: Shared,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SortFlag {
    Key,
    Count,
}

impl Flags {
    fn plan(&self, engine: &Engine) -> Plan {
        Plan {
            sort: match self.sort {
                SortFlag::Key => Sort::Key,
                SortFlag::Count => Sort::Count,
            },
            count_min: self.min_count,
            top: self.top,
            is_partial: self.partial,
            memory_bytes: engine.memory_bytes,
            temporary_directory: engine.temporary_directory.clone(),
        }
    }
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
        let plan = self.plan(engine);
        if self.merge {
            return engine.fold(Merge { plan, workers: engine.threads });
        }
        let flags = self.count;
        let unit = flags.unit.map_or(Unit::Space, UnitFlag::unit);
        let shape = flags.shape();
        let vocab = match (&flags.vocab, flags.max_vocab) {
            (Some(path), _) => Vocab::read(Path::new(path), flags.key_norm.as_ref())?,
            (None, Some(size)) => Vocab::Commonest(size),
            (None, None) => Vocab::All,
        };
        engine.fold(Counter {
            parameters: Parameters {
                orders: flags.order.unwrap_or_default(),
                unit: unit.name().to_owned(),
                key_norm: flags.key_norm.as_ref().map(ToString::to_string),
                shape,
                has_begin: flags.bos,
                has_end: flags.eos,
                documents: parameters::Documents::Uncounted,
                vocabulary: vocab.digest(),
            },
            unit,
            key_norm: flags.key_norm,
            vocab,
            has_lines: !self.shared.has_lines_in_records(),
            documents: std::sync::Arc::default(),
            answering: standin::Answering,
            threads: engine.threads,
            memory_bytes: engine.memory_bytes,
            temporary_directory: engine.temporary_directory.clone(),
        })
    }
}
