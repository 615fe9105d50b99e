//! The flags of `tokenize`, as typed.

use clap::{Args, Parser, ValueEnum};
use textcore::{EncodeFlags, RouteFlags, Shared};
use unicode::space::is_white_space;

use crate::class::Class;
use crate::joiner::DEFAULT_MARK;

/// Everything that can be typed.
#[derive(Debug, Parser)]
pub struct Flags {
    #[command(flatten)]
    pub(crate) units: UnitFlags,
    #[command(flatten)]
    pub(crate) words: WordFlags,
    #[command(flatten)]
    pub(crate) choice: ChoiceFlags,
    #[command(flatten)]
    pub(crate) output: FormFlags,
    #[command(flatten)]
    pub(crate) modes: ModeFlags,
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(flatten)]
    pub(crate) routes: RouteFlags,
    #[command(flatten)]
    pub(crate) encode: EncodeFlags,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tokens")]
pub(crate) struct UnitFlags {
    /// What a token is: word, space, sentence, paragraph, line, grapheme, char, byte or regex [word]
    ///
    /// word: a segment of UAX #29; punctuation and symbols are tokens, white space is not. space: a run between
    /// ASCII white space. sentence: UAX #29. grapheme: a user-perceived character. char: a code point. byte: two
    /// hexadecimal digits. regex: what --pattern matches. Default: word. Example: --unit sentence
    #[arg(long, value_name = "UNIT", default_value = "word", hide_default_value = true)]
    pub(crate) unit: UnitFlag,

    /// With --unit regex: what a token looks like (lossy)
    ///
    /// A regular expression in the syntax of the Rust crate regex, with Unicode classes; leftmost-first, no look-around.
    /// What it does not match is left out; with --joiner it stays. Default: none. Example: --unit regex --pattern '\p{L}+'
    #[arg(long, value_name = "RE")]
    pub(crate) pattern: Option<String>,
}

/// A unit of Unicode's rules, or one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitFlag {
    Unit(unicode::Unit),
    Regex,
}

impl std::str::FromStr for UnitFlag {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "regex" => Ok(UnitFlag::Regex),
            _ => name
                .parse()
                .map(UnitFlag::Unit)
                .map_err(|error: unicode::unit::UnknownUnit| format!("{error}, regex")),
        }
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Words")]
pub(crate) struct WordFlags {
    /// Keep together what belongs together in a language: a code such as fa, or auto
    ///
    /// One token each are then URLs, mail addresses, file names and paths, @mentions and #hashtags; numbers with their
    /// separators (۱۲٬۵۰۰), dates in numbers (۱۴۰۳/۰۶/۲۳), times (۱۸:۰۱) and initials (س.ن). ZWNJ stays inside words.
    /// auto judges each document by its first 64 KiB, which are waited for: each file, or with --whole, --paragraphs and
    /// --jsonl each record; where no language is sure, words are those of UAX #29 alone; --report counts what was found.
    /// For --unit word. Default: UAX #29 alone. Example: tokenize --lang fa page.txt
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Option<String>,

    /// With --lang: a date in words is one token, too
    ///
    /// Such as «جمعه ۲ آذر ۱۴۰۳», with its spaces; on one line with other tokens, only with --join or --joiner. Default: its words
    /// are tokens. Example: tokenize --lang fa --dates -l page.txt | sort | uniq -c
    #[arg(long, requires = "lang")]
    pub(crate) dates: bool,

    /// Find the words of Thai, Lao, Khmer, Burmese, Chinese and Japanese by dictionaries
    ///
    /// ICU's dictionaries, as ICU4X reads them; all other text by UAX #29. For --unit word. Default: characters of these scripts
    /// stand alone where UAX #29 does not join them. Example: tokenize --dictionary page.txt
    #[arg(long)]
    pub(crate) dictionary: bool,

    /// Split words at ZWNJ, which is not written (lossy)
    ///
    /// Of «می‌دهد» come two tokens; what --lang keeps together stays so. For --unit word. Default: ZWNJ stays inside words.
    /// Example: tokenize --split-zwnj page.txt
    #[arg(long)]
    pub(crate) split_zwnj: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Which tokens, and how")]
pub(crate) struct ChoiceFlags {
    /// In which case tokens are written: lower, upper, fold or keep [keep] (lossy)
    ///
    /// By the rules of --lang where it has its own. fold: what texts have in common that differ in case alone. Default: keep. Example: --case fold
    #[arg(long, value_name = "CASE", value_enum, hide_possible_values = true)]
    pub(crate) case: Option<CaseFlag>,

    /// Write TEXT for every token of a class (repeatable; lossy)
    ///
    /// Default: tokens are written as they are. Example: --protect url,email --mask url='<url>' --mask email='<email>'
    #[arg(long, value_name = "CLASS=TEXT", value_parser = parse_mask)]
    pub(crate) mask: Vec<(Class, String)>,

    /// What to write for a space inside a token (lossy)
    ///
    /// Dates in words and your own words may hold spaces. Any text without white space. Default: the space stays. Example: tokenize --lang fa --dates --join _ page.txt
    #[arg(long, value_name = "MARK", value_parser = parse_mark)]
    pub(crate) join: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CaseFlag {
    Lower,
    Upper,
    Fold,
    Keep,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Form of the output")]
pub(crate) struct FormFlags {
    /// One token a line; records are no longer told apart
    ///
    /// The same as --format lines. Default: the tokens of a record on one line, except for sentence, paragraph
    /// and line. Example: tokenize -l page.txt | sort | uniq -c
    #[arg(short = 'l', long, overrides_with = "format")]
    pub(crate) lines: bool,

    /// spaced, lines, vertical, tsv, jsonl or conllu
    ///
    /// spaced: the tokens of a record on one line. lines: each on its own. vertical: the same, and an empty line after each
    /// sentence. tsv: a row for each, with file, record, start, end, class, token and, with --model, its id. jsonl: an object for each record, with
    /// an array of tokens. conllu: CoNLL-U, from which UDPipe and Stanza go on. Line ends inside a token become spaces, in tsv and jsonl escapes.
    /// Default: spaced; lines for the units sentence, paragraph and line. Example: --unit sentence --format spaced
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true, overrides_with = "lines")]
    pub(crate) format: Option<FormatFlag>,

    /// With tsv, jsonl and conllu: count offsets in byte, char or utf16 [byte]
    ///
    /// From 0, in the record as UTF-8; ill-formed bytes count as they stood. With --jsonl and --field: in the selected text.
    /// char: code points. utf16: as in JavaScript and Java. In conllu offsets are written when this is given. Default: byte. Example: --format tsv --offset-unit utf16
    #[arg(long, value_name = "UNIT", value_enum, hide_possible_values = true)]
    pub(crate) offset_unit: Option<OffsetFlag>,

    /// Mark where no space stood, so that --detok gives the text back, byte for byte
    ///
    /// MARK, which follows an = sign, stands at the side of a token where it joins; other white space than one space is
    /// written as U+FF05 and four digits, as in OpenNMT's tokenizer, and so are U+FF05 and the mark's first character where the text has them. Default: no marks; MARK is U+FFED.
    /// Example: tokenize --joiner page.txt | tokenize --detok | cmp - page.txt
    #[arg(long, value_name = "MARK", num_args = 0..=1, require_equals = true, default_missing_value = DEFAULT_MARK)]
    pub(crate) joiner: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatFlag {
    Spaced,
    Lines,
    Vertical,
    Tsv,
    Jsonl,
    Conllu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OffsetFlag {
    Byte,
    Char,
    Utf16,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Instead of tokens")]
pub(crate) struct ModeFlags {
    /// Count tokens: total, file or record [total]
    ///
    /// BY follows an = sign. total: one number. file: a row for each file, its name and its number, and the total if there are several.
    /// record: a number for each record. Default: write tokens. Example: tokenize --count=file *.txt
    #[arg(
        long, value_name = "BY", value_enum, hide_possible_values = true, num_args = 0..=1, require_equals = true,
        default_missing_value = "total", conflicts_with_all = ["detok", "roundtrip", "budget"]
    )]
    pub(crate) count: Option<CountFlag>,

    /// Make text of tokens again: the way back from --joiner
    ///
    /// Default: text becomes tokens. Example: tokenize --detok tokens.txt
    #[arg(long, conflicts_with_all = ["roundtrip", "budget"])]
    pub(crate) detok: bool,

    /// Say which files would not come back by --detok, and exit with 1 if any
    ///
    /// Each with its first such record. Default: write tokens. Example: tokenize --roundtrip page.txt
    #[arg(long, conflicts_with = "budget")]
    pub(crate) roundtrip: bool,

    /// Write the text itself, at most N tokens of each record
    ///
    /// With --truncate or --split. Default: write tokens. Example: tokenize --budget 512 --truncate page.txt
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) budget: Option<u64>,

    /// With --budget: leave out what follows (lossy)
    ///
    /// The text ends with its last token. Default: with --budget alone. Example: --budget 512 --truncate
    #[arg(long, requires = "budget", conflicts_with = "split")]
    pub(crate) truncate: bool,

    /// With --budget: what follows becomes more records of at most N tokens
    ///
    /// White space between two stays with the first. With --jsonl each has the other fields of its line. Default: --truncate. Example: --budget 512 --split
    #[arg(long, requires = "budget")]
    pub(crate) split: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CountFlag {
    Total,
    File,
    Record,
}

fn parse_mark(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(is_white_space) {
        return Err("a text without white space is wanted".to_owned());
    }
    Ok(text.to_owned())
}

fn parse_mask(text: &str) -> Result<(Class, String), String> {
    let (class, mask) = text.split_once('=').ok_or("CLASS=TEXT is wanted")?;
    let class = class.parse().map_err(|error: rewrite::UnknownName| error.to_string())?;
    Ok((class, mask.to_owned()))
}
