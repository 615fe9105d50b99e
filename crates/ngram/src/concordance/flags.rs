//! The flags that ask for a word in its contexts.

use std::ffi::OsString;

use clap::Args;

/// Whose contexts are asked for, as typed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Questions")]
pub struct ConcordanceFlags {
    /// Where PATTERN stands, each place with its context
    ///
    /// Words with a space between, each to match a token of the --unit (word): * stands for any characters, a word that is * for
    /// any token, \* for itself; with --key-norm tokens and words are compared by key. The line has the file, the number of
    /// the record, what stands before, the place itself and what stands after, as they stand. --sort left or right orders
    /// lines by the tokens before or after, nearest first; else they come in the order of the text, as soon as they are
    /// found. Default: n-grams are counted. Example: ngram --concordance 'عسل *' page.txt
    #[arg(
        long,
        value_name = "PATTERN",
        conflicts_with_all = ["order", "skip_gram", "window", "bos", "eos", "vocab", "max_vocab", "top", "min_count",
            "min_docs", "stop_words", "stop_words_at", "scores", "docs", "per_million", "cumulative", "web1t", "partial",
            "merge", "read", "collocates"]
    )]
    pub(crate) concordance: Option<OsString>,

    /// With --concordance: tokens on each side [8]
    ///
    /// Never beyond the record. Default: 8. Example: ngram --concordance honey --context 3 page.txt
    #[arg(long, value_name = "N", requires = "concordance", hide_short_help = true)]
    pub(crate) context: Option<usize>,

    /// With --concordance: its words are regular expressions
    ///
    /// Each must match a whole token, or its key. Default: words with *. Example: ngram --concordance 'bees?' --regex page.txt
    #[arg(long, requires = "concordance", hide_short_help = true)]
    pub(crate) regex: bool,

    /// With --concordance: columns for the eye, not for programs
    ///
    /// Contexts are cut to 36 columns and stand on both sides of the place; what comes first stands on the left, or on the
    /// right where the place is in a script that is written from there. Default: if standard output is a terminal.
    /// Example: ngram --concordance honey --aligned page.txt
    #[arg(long, requires = "concordance", hide_short_help = true)]
    pub(crate) aligned: bool,
}
