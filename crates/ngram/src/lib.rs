//! `ngram`: counts n-grams of words and characters in bounded memory.

mod answer;
mod counter;
mod entry;
mod entry_buffer;
mod joined;
mod key;
pub mod merge;
mod old_merge;
mod orders;
mod parameters;
pub mod partial;
pub mod read;

use clap::{Parser, ValueEnum};
use rewrite::Key;
use textcore::{Answer, Engine, Error, Invalid, Shared, Tool};
use unicode::Unit;

pub use answer::{Plan, Sort};
pub use counter::Counter;
pub use entry::{Entry, Form, ORDER_MAX, Summary};
pub use entry_buffer::EntryBuffer;
pub use old_merge::Merge;
pub use orders::Orders;
pub use parameters::{Documents, Parameters, Shape};

/// The flags of `ngram`, as typed.
#[derive(Debug, Parser)]
pub struct Flags {
    /// Orders to count: N or N-M, from 1 to 9 [2]
    ///
    /// An n-gram never crosses a record. Default: 2. Example: -n 1-5
    #[arg(short = 'n', long, value_name = "N[-M]", default_value = "2", hide_default_value = true)]
    order: Orders,

    /// What a token is: space, word, grapheme or char [space]
    ///
    /// space: a run between ASCII white space, as tokenize writes it. word: a segment of UAX #29. grapheme and
    /// char include white space. Tokens of an n-gram are joined by one space. Default: space.
    /// Example: ngram --unit word page.txt
    #[arg(
        long,
        value_name = "UNIT",
        value_enum,
        hide_possible_values = true,
        default_value = "space",
        hide_default_value = true
    )]
    unit: UnitFlag,

    /// Count tokens by a key that forgives these differences
    ///
    /// A list, with commas; n-grams of one key are counted once and shown in their commonest form. nfc, nfkc: the form.
    /// lower, fold: case. marks: accents, harakat, niqqud. digits: their script. zwnj: ZWNJ and ZWJ. space: how much
    /// stands in a row and at the ends. punct: punctuation, which counts as space; a token of nothing else is left out. fa,
    /// ar, ckb, ps, ur: what spellings of a word differ in; fa also joins affixes to their words, so that the two are one
    /// token. Lossy. Default: every byte counts. Example: ngram --key-norm lower,fa -n 1-2 page.txt
    #[arg(long, value_name = "NAMES")]
    key_norm: Option<Key>,

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
    #[arg(long, conflicts_with_all = ["order", "unit", "key_norm"])]
    merge: bool,

    #[command(flatten)]
    shared: Shared,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum UnitFlag {
    Space,
    Word,
    Grapheme,
    Char,
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

    fn unit(&self) -> Unit {
        match self.unit {
            UnitFlag::Space => Unit::Space,
            UnitFlag::Word => Unit::Word,
            UnitFlag::Grapheme => Unit::Grapheme,
            UnitFlag::Char => Unit::Char,
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
        engine.fold(Counter {
            orders: self.order,
            unit: self.unit(),
            key_norm: self.key_norm,
            plan,
            workers: engine.threads,
        })
    }
}
