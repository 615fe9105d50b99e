//! The flags that ask for the quality of documents.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueHint};
use textcore::json::Pointer;

use super::punctuation::Punctuation;

/// What is asked about the quality of documents, as typed.
#[derive(Debug, Clone, Default, Args)]
#[command(
    group = ArgGroup::new("judging")
        .args(["quality", "filter", "explain"])
        .multiple(true)
        .conflicts_with_all(["lines", "words", "chars", "bytes", "key_norm", "dates", "top", "tsv", "json", "partial", "merge"])
)]
pub struct QualityFlags {
    /// Measures of Gopher, C4 and FineWeb: a JSON line each
    ///
    /// A record is a document: see --jsonl, --whole, --paragraphs. The line has the id, if there is one, the file, the number
    /// of the record, the language, every measure, and the names of the rules that fail. docs/QUALITY.md says what the measures
    /// are. Words are those of --unit. Default: the report. Example: stats --quality --jsonl docs.jsonl
    #[arg(long, conflicts_with_all = ["filter", "explain"])]
    pub(crate) quality: bool,

    /// Pass on the records that fail none of their rules
    ///
    /// Gopher's and FineWeb's rules, or those of --only-rules; records byte for byte as they are. --report counts the others by the first rule that fails, and all rules that do. Lossy. Default: nothing
    /// is left out. Example: stats --filter --jsonl docs.jsonl | tokenize --jsonl
    #[arg(long)]
    pub(crate) filter: bool,

    /// List the rules that records fail, and by how much
    ///
    /// A row for each, tab-separated: file:record, rule, value, threshold; a record that fails none has none. Default: a JSON line for each record. Example:
    /// stats --explain --jsonl docs.jsonl | cut -f 2 | sort | uniq -c
    #[arg(long, conflicts_with = "filter")]
    pub(crate) explain: bool,

    /// With --filter: list what is left out in FILE, as --explain does
    ///
    /// Default: no list. Example: stats --filter --removed why.tsv --jsonl docs.jsonl
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "filter", hide_short_help = true)]
    pub(crate) removed: Option<PathBuf>,

    /// With --quality: only these rules [gopher,fineweb]
    ///
    /// Names with commas between: gopher, or half of it, gopher-quality and gopher-repetition; c4; fineweb; or single rules,
    /// such as gopher-stop-words, of docs/QUALITY.md. Default: gopher,fineweb. Example: stats --filter --only-rules c4 page.txt
    #[arg(long, value_name = "NAMES", value_delimiter = ',', requires = "judging", hide_short_help = true)]
    pub(crate) only_rules: Vec<String>,

    /// With --quality: not these rules
    ///
    /// Names as for --only-rules. c4-unended-lines, c4-javascript-lines, c4-policy-lines and c4-citations turn off what C4
    /// takes out before it counts sentences. Default: none is skipped. Example: --only-rules gopher,c4,fineweb
    /// --skip-rules c4-unended-lines
    #[arg(long, value_name = "NAMES", value_delimiter = ',', requires = "judging", hide_short_help = true)]
    pub(crate) skip_rules: Vec<String>,

    /// With --quality: a rule's threshold, RULE=NUMBER
    ///
    /// With commas between, or repeated. The threshold itself is good. Also c4-line-words (3), the fewest words of a line that
    /// C4 keeps, c4-word-characters (1000), the longest word of one, and fineweb-line-characters (30), the longest short line.
    /// Default: those of datatrove. Example: stats --filter --limit gopher-min-words=20,fineweb-short-lines=0.8 page.txt
    #[arg(long, value_name = "RULE=N", value_delimiter = ',', requires = "judging", hide_short_help = true)]
    pub(crate) limit: Vec<String>,

    /// With --quality: whose punctuation marks, unicode or datatrove [unicode]
    ///
    /// What is a word to Gopher, and what ends a line: by the properties of Unicode, for every script; or the lists of
    /// datatrove 0.10, which lack the Arabic comma, and for C4 have the marks of English alone. Default: unicode.
    /// Example: stats --quality --punctuation datatrove --jsonl docs.jsonl
    #[arg(
        long,
        value_name = "WHOSE",
        value_enum,
        hide_possible_values = true,
        requires = "judging",
        hide_short_help = true
    )]
    pub(crate) punctuation: Option<Punctuation>,

    /// With --quality --jsonl: the field that names a document [id]
    ///
    /// A name or a JSON pointer. Its value is written as it stands; where it is missing there is no id. Default: id.
    /// Example: stats --quality --jsonl --id url docs.jsonl
    #[arg(long, value_name = "FIELD", requires = "quality", hide_short_help = true)]
    pub(crate) id: Option<Pointer>,
}

impl QualityFlags {
    /// Whether documents are to be judged at all.
    pub fn are_asked(&self) -> bool {
        self.quality || self.filter || self.explain
    }
}
