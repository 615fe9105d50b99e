//! The flag that asks what goes with a word.

use std::ffi::OsString;

use clap::Args;

/// Which word's company is asked for, as typed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Questions")]
pub struct CollocateFlags {
    /// Which words go with WORD, within --window of it
    ///
    /// A line for each token that stands at most --window (5) tokens before or behind WORD in the same record: the token, how
    /// often it does, how often before and behind, how often it comes in all, and --scores (logdice, ll and pmi), by --sort (logdice).
    /// WORD may be several tokens of the --unit (word) in a row; with --key-norm it is compared by key. A token counts once for each
    /// WORD that it is near; the tokens of WORD itself do not count, those of another WORD nearby do. Default: n-grams are counted.
    /// Example: ngram --collocates عسل --window 3 --min-count 2 page.txt
    #[arg(
        long,
        value_name = "WORD",
        conflicts_with_all = ["order", "skip_gram", "bos", "eos", "vocab", "max_vocab", "docs", "min_docs",
            "stop_words_at", "per_million", "cumulative", "web1t", "partial", "merge", "read"]
    )]
    pub(crate) collocates: Option<OsString>,
}
