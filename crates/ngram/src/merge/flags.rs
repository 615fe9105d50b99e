//! The flags that say what the operands are, if they are not text.

use clap::{Args, ValueEnum};

/// What the operands are, as typed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Counts made before")]
pub struct MergeFlags {
    /// The operands are partial results: merge them
    ///
    /// The answer is the same as that of one run over everything, however the parts were split and grouped; with --partial
    /// they become one part. A part that was made with other parameters, or is not whole, is refused. Default: the operands
    /// are text. Example: ngram --merge *.ngrams.zst --top 20
    #[arg(long, conflicts_with_all = ["order", "unit", "skip_gram", "window", "bos", "eos", "key_norm", "vocab", "max_vocab"])]
    pub(crate) merge: bool,

    /// The operands are counts in FORMAT: tsv, srilm, web1t or jsonl
    ///
    /// Lines in any order, of any orders; counts of equal n-grams are added up. tsv: what ngram writes, n-gram and count
    /// with a tab between; srilm: the same with blanks or a tab, as ngram-count writes it; web1t: tsv in files of which
    /// *.idx, total and vocab_cs are left out; jsonl: the lines of --format jsonl. A line that is none is an
    /// error. Default: the operands are text. Example: ngram --read srilm counts.gz --scores all
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        hide_possible_values = true,
        hide_short_help = true,
        conflicts_with_all = ["merge", "order", "unit", "skip_gram", "window", "bos", "eos", "key_norm", "vocab",
            "max_vocab"]
    )]
    pub(crate) read: Option<ReadFormat>,
}

/// How counts that are read are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// As ngram writes them by default.
    Tsv,
    /// As SRILM's ngram-count writes them.
    Srilm,
    /// As the shards of Web 1T 5-gram are.
    #[value(name = "web1t")]
    Web1t,
    /// A JSON object for each n-gram.
    Jsonl,
}
