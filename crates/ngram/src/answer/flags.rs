//! The flags of the answer.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueHint};

use super::prune::CountsMin;
use super::sort::Sort;
use super::stop_words::StopPlace;
use crate::format::Format;
use crate::score::Score;

/// What becomes of the counts, as typed.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Answer")]
pub struct AnswerFlags {
    /// Order of output: key, count, docs or a score [key]
    ///
    /// key: token by token, each bytewise, an n-gram before those that it begins; with --key-norm by its key. count, docs, or
    /// one of the names of --scores: the greatest first, over all orders; what has no score comes last. Equals by key. Where all
    /// lines are ordered so, that takes a quarter of -S, and what does not fit goes to -T. Default: key; logdice with --collocates; with --concordance left or right, else the order of the text.
    /// Example: --sort count --top 20
    #[arg(long, value_name = "KEY")]
    pub(crate) sort: Option<Sort>,

    /// Only the K most frequent of each order (lossy)
    ///
    /// Exactly those; with --sort docs or a score, those that are first in that order. Equals are cut by key. K lines of each
    /// order are kept in memory. Default: all of them. Example: -n 1-3 --top 20 --sort count
    #[arg(long, value_name = "K")]
    pub(crate) top: Option<usize>,

    /// Only n-grams that come at least N times (lossy)
    ///
    /// One N for all orders, or a list from the smallest order on, of which the last goes for the rest. Shares and scores are of
    /// all n-grams nevertheless. Default: 1, all of them. Example: -n 1-5 --min-count 1,1,2,2,3
    #[arg(long, value_name = "N,...", default_value = "1", hide_default_value = true)]
    pub(crate) min_count: CountsMin,

    /// Only n-grams that come in at least N documents (lossy)
    ///
    /// What a document is, is said at --docs. Default: 0, all of them. Example: --min-docs 3
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) min_docs: Option<u64>,

    /// Leave out n-grams that have a word of FILE (lossy, repeatable)
    ///
    /// White space between words, escaped as in TSV (\\ for a backslash); lines that begin with # are comments. A word is compared with tokens byte for byte, with --key-norm
    /// by its key. Default: none is left out. Example: --stop-words function-words.txt --sort count
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) stop_words: Vec<PathBuf>,

    /// Where a stop word must stand: any or ends [any]
    ///
    /// any: in any place. ends: in the first or the last, so that "point of view" stays. Default: any.
    /// Example: -n 3 --stop-words the.txt --stop-words-at ends
    #[arg(
        long,
        value_name = "PLACE",
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        requires = "stop_words",
        hide_short_help = true
    )]
    pub(crate) stop_words_at: StopPlace,

    /// Columns that say how tokens belong together, or all
    ///
    /// A list, with commas, of pmi, npmi, mi3, t, z, chi2, ll, dice, logdice, dp-forward and dp-backward, from how often each token
    /// stands in its place. They have the fewest digits that read back as the same number; a single token's are nan. Default:
    /// none; logdice, ll and pmi with --collocates. Example: -n 2 --scores all --sort logdice --min-count 5
    #[arg(long, value_name = "LIST", default_value = "", hide_default_value = true)]
    pub(crate) scores: Scores,

    /// A column: in how many documents it comes
    ///
    /// A document is an operand, or a record with --whole, --jsonl and --paragraphs. Default: no such column.
    /// Example: --docs --jsonl pages.jsonl
    #[arg(long)]
    pub(crate) docs: bool,

    /// A column: how often in a million n-grams of its order
    ///
    /// Default: no such column. Example: -n 1 --per-million
    #[arg(long, hide_short_help = true)]
    pub(crate) per_million: bool,

    /// A last column: which share of its order the lines so far have
    ///
    /// From 0 to 1, of all n-grams of the order, in the order of the output. Default: no such column.
    /// Example: -n 1 --sort count --cumulative
    #[arg(long, hide_short_help = true)]
    pub(crate) cumulative: bool,

    /// A first line with the names of the columns
    ///
    /// ngram, count, docs, per_million, those of the scores, cumulative: in this order, as far as they are there; with --collocates
    /// collocate, count, left, right, frequency, those of the scores. Default: none. Example: ngram --header --docs page.txt
    #[arg(long, hide_short_help = true)]
    pub(crate) header: bool,

    /// How lines look: tsv, jsonl or srilm [tsv]
    ///
    /// tsv: the n-gram with a space between tokens, and its columns with tabs between; tab, newline, return and backslash are
    /// written \t, \n, \r and \\. jsonl: an object with ngram, order, count, docs, per_million, scores and cumulative; ill-formed bytes become U+FFFD,
    /// and what is no number null (lossy). srilm: an n-gram and its count, as SRILM's ngram-count has them, and no further columns; a token that is empty or holds
    /// white space is an error. Default: tsv. Example: --format jsonl
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(crate) format: Format,

    /// Write a folder as Web 1T 5-gram has it, and nothing else
    ///
    /// DIR/1gms/vocab.gz, vocab_cs.gz and total, DIR/2gms/2gm-0000.gz and so on, of ten million lines each, and 2gm.idx. The files
    /// appear together; DIR must hold no n-grams yet. A token that is empty or holds white space is an error. Default: lines to standard output. Example: -n 1-5 --min-count 1,2 --web1t counts
    #[arg(
        long,
        value_name = "DIR",
        value_hint = ValueHint::DirPath,
        hide_short_help = true,
        conflicts_with_all = ["sort", "top", "scores", "docs", "per_million", "cumulative", "header", "format"]
    )]
    pub(crate) web1t: Option<PathBuf>,

    /// Write a partial result, to be merged later
    ///
    /// It holds every count, before anything is left out, and with --docs in how many documents an n-gram comes. With
    /// --merge the parts become one part. Default: write the answer.
    /// Example: ngram --partial part1.txt -o part1.ngrams.zst
    #[arg(
        long,
        conflicts_with_all = ["sort", "top", "min_count", "min_docs", "stop_words", "scores", "per_million", "cumulative",
        "header", "format", "web1t"]
    )]
    pub(crate) partial: bool,
}

/// Scores by name, each once, in the order in which they were named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores(pub(crate) Vec<Score>);

impl FromStr for Scores {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut scores = Vec::new();
        for name in text.split(',').filter(|_| !text.is_empty()) {
            let named = if name == "all" {
                Score::ALL.to_vec()
            } else {
                vec![name.parse::<Score>().map_err(|error| error.to_string())?]
            };
            for score in named {
                if !scores.contains(&score) {
                    scores.push(score);
                }
            }
        }
        Ok(Scores(scores))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_named_once() {
        let scores = |text: &str| text.parse::<Scores>().map(|scores| scores.0);
        assert_eq!(scores(""), Ok(vec![]));
        assert_eq!(scores("dice,pmi,dice"), Ok(vec![Score::Dice, Score::Pmi]));
        assert_eq!(scores("all").map(|all| all.len()), Ok(Score::ALL.len()));
        assert_eq!(scores("dice,all").map(|all| (all[0], all.len())), Ok((Score::Dice, Score::ALL.len())));
        assert!(scores("pmi,").is_err() && scores("pmj").is_err());
    }
}
