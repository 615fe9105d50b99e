//! The flags of exact duplicates.

use clap::{Args, ValueEnum};

use super::group::Keep;
use super::groups::Separation;
use crate::across::Asked;

/// Which records stay and what is asked about them, as typed.
#[derive(Debug, Clone, Args)]
pub struct ExactFlags {
    /// Put before each record how often it came
    ///
    /// In the layout of uniq -c, in the order of first appearance; written at the end of the input. The records
    /// wait in memory up to a quarter of -S, then in -T. Default: no counts. Example: dedupe -c words.txt
    #[arg(short, long)]
    pub(crate) count: bool,

    /// Only records that come more than once, each once
    ///
    /// Written at the end of the input, in the order of first appearance. Default: every record once.
    /// Example: dedupe --repeated -c urls.txt
    #[arg(long, conflicts_with = "unique")]
    pub(crate) repeated: bool,

    /// Only records that come exactly once
    ///
    /// Written at the end of the input, in input order. Default: every record once.
    /// Example: dedupe --unique urls.txt
    #[arg(long, conflicts_with = "keep")]
    pub(crate) unique: bool,

    /// All records that come more than once, in groups [none]
    ///
    /// Groups come in the order of their first records. prepend: an empty record before each group. separate: one
    /// between two groups. none: nothing, as in uniq. The value follows an = sign. Written at the end of the input.
    /// Default: every record once. Example: dedupe --all-repeated=separate --key-norm lower,punct names.txt
    #[arg(long, value_name = "HOW", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "none",
          hide_possible_values = true, hide_short_help = true,
          conflicts_with_all = ["count", "repeated", "unique", "keep", "bloom", "compare_bytes", "partial", "merge", "substring", "parallel_text",
          "out_dir", "in_place"])]
    pub(crate) all_repeated: Option<Separation>,

    /// Which of a kind stays: first, last, longest, … [first]
    ///
    /// longest and shortest: in bytes, the whole record; of several that are as long, the first. Records leave in the
    /// order they came all the same; all but first are written at the end of the input. Default: first.
    /// Example: dedupe --keep longest --key-norm lower,space titles.txt
    #[arg(long, value_name = "WHICH", value_enum, default_value = "first", hide_default_value = true,
          hide_possible_values = true, conflicts_with_all = ["bloom", "compare_bytes", "partial", "merge", "substring"])]
    pub(crate) keep: Keep,

    /// How many bits of a key are compared: 64 or 128 [128]
    ///
    /// 64 takes half the memory and is lossy: of n different records, n²/2⁶⁵ are lost on the average for others with
    /// the same key, 0.03 of 10⁹. With 128 that is 1.5·10⁻¹⁷ of 10¹¹. --report states what is to be expected.
    /// Default: 128. Example: dedupe --hash 64 lines.txt
    #[arg(long, value_name = "BITS", value_enum, default_value = "128", hide_default_value = true,
          hide_possible_values = true, hide_short_help = true,
          conflicts_with_all = ["bloom", "compare_bytes", "partial", "merge", "substring"])]
    pub(crate) hash: Width,
}

/// The width of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Width {
    /// XXH3-64
    #[value(name = "64")]
    Bits64,
    /// XXH3-128
    #[value(name = "128")]
    Bits128,
}

impl ExactFlags {
    /// What is asked at the end of the input; `None` where records pass as they come.
    pub fn asked(&self) -> Option<Asked> {
        let (times_min, times_max) = match (self.repeated, self.unique) {
            (true, _) => (2, u64::MAX),
            (_, true) => (1, 1),
            _ => (1, u64::MAX),
        };
        let is_asked = self.count || self.repeated || self.unique;
        is_asked.then_some(Asked { times_min, times_max, is_counted: self.count })
    }
}
