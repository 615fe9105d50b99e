//! The flags of `tokenize`, as typed.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, ValueEnum};
use textcore::{EncodeFlags, RouteFlags, Shared};
use unicode::space::is_white_space;

use crate::class::{Class, ClassSet};
use crate::filter::ScriptSet;
use crate::joiner::DEFAULT_MARK;
use crate::protect::KindSet;

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
    /// What a token is: word, sentence, char, … [word]
    ///
    /// word, space, sentence, paragraph, line, grapheme, char, byte or regex. word: a segment of UAX #29; punctuation and symbols are tokens, white space is not. space: a run between
    /// ASCII white space. sentence: UAX #29. grapheme: a user-perceived character. char: a code point. byte: two
    /// hexadecimal digits. regex: what --pattern matches. Default: word. Example: --unit sentence
    #[arg(long, value_name = "UNIT", default_value = "word", hide_default_value = true)]
    pub(crate) unit: UnitFlag,

    /// With --unit regex: what a token looks like (lossy)
    ///
    /// A regular expression in the syntax of the Rust crate regex, with Unicode classes; leftmost-first, no look-around. A pattern that looks far ahead at each place, such as a*b|a, takes time for it.
    /// What it does not match is left out; with --joiner it stays. Default: none. Example: --unit regex --pattern '\p{L}+'
    #[arg(long, value_name = "RE", hide_short_help = true)]
    pub(crate) pattern: Option<String>,

    /// Words as in machine translation: moses:LANG, 13a or intl
    ///
    /// moses:LANG: Moses' tokenizer.perl with the rules of a language, such as moses:de; forms are escaped (&amp; for &). 13a and intl: as sacrebleu's tokenizers.
    /// Lossy for controls and white space. --detok --scheme moses:LANG is Moses' detokenizer. Default: none. Example: --scheme moses:fr
    #[arg(long, value_name = "NAME", conflicts_with_all = ["unit", "pattern", "model"])]
    pub(crate) scheme: Option<String>,

    /// With --scheme moses:LANG: hyphens inside words become tokens, written @-@
    ///
    /// As tokenizer.perl -a. Default: words keep their hyphens. Example: --scheme moses:en --split-hyphens
    #[arg(long, requires = "scheme", hide_short_help = true)]
    pub(crate) split_hyphens: bool,

    /// With --scheme moses:LANG: write & | < > ' " [ ] as they are
    ///
    /// As tokenizer.perl -no-escape. Default: as entities, such as &quot;. Example: --scheme moses:en --no-escape
    #[arg(long, requires = "scheme", hide_short_help = true)]
    pub(crate) no_escape: bool,

    /// Pieces of words by a model, such as tokenizer.json
    ///
    /// A tokenizer.json of HuggingFace, or a rank file of tiktoken. BPE, WordPiece, Unigram and WordLevel as HuggingFace's library has them; ids are the same. Pieces are written as in the model's
    /// vocabulary. Default: none. Example: tokenize --model tokenizer.json --count corpus.txt
    #[arg(long, value_name = "FILE", conflicts_with_all = ["unit", "pattern"])]
    pub(crate) model: Option<PathBuf>,

    /// With --model: write the ids of pieces
    ///
    /// Default: the pieces. Example: --model tokenizer.json --ids
    #[arg(long, requires = "model", hide_short_help = true)]
    pub(crate) ids: bool,

    /// With --model: also the tokens that it puts before and after a text, such as [CLS]
    ///
    /// Default: only what stands for text. Example: --model tokenizer.json --special-tokens --count
    #[arg(long, requires = "model", hide_short_help = true)]
    pub(crate) special_tokens: bool,

    /// With --model and a rank file: the encoding that it is of
    ///
    /// r50k_base, p50k_base, cl100k_base or o200k_base; it says how text is split before pieces are made. Default: what the file's name or size says. Example: --model ranks.tiktoken --ranks-of o200k_base
    #[arg(long, value_name = "NAME", requires = "model", hide_short_help = true)]
    pub(crate) ranks_of: Option<String>,
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
#[command(next_help_heading = "Tokens")]
pub(crate) struct WordFlags {
    /// Keep whole what a language holds together: CODE or auto
    ///
    /// One token each are then URLs, mail addresses, file names and paths, @mentions and #hashtags; numbers with their
    /// separators (۱۲٬۵۰۰), dates in numbers (۱۴۰۳/۰۶/۲۳), times (۱۸:۰۱) and initials (س.ن). ZWNJ stays inside words.
    /// auto judges each document by its first 64 KiB, which are waited for: each file, or with --whole, --paragraphs and
    /// --jsonl each record; where no language is sure, words are those of UAX #29 alone; --report counts what was found.
    /// For --unit word. Default: UAX #29 alone. Example: tokenize --lang fa page.txt
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Option<String>,

    /// Keep whole: url, email, number, date, …, or all
    ///
    /// all, none, or some of url, email, mention, hashtag, path, number, date, time, abbreviation and emoji. Kinds with commas between, in any language. number: with sign, separators and a unit that touches it (−1,234.5 12.5% $5 5km). date: in
    /// digits. abbreviation: initials (J.R.R.), and with --lang those of its list (Dr.). emoji: keycaps, which UAX #29 joins to a
    /// digit before them. For --unit word. Default: none; what --lang keeps; with --format conllu all, and --lang auto --dates. Example: --protect url,email,number
    #[arg(long, value_name = "LIST")]
    pub(crate) protect: Option<KindSet>,

    /// Words that a full stop belongs to: one a line, besides those of --lang
    ///
    /// In the format of Moses' nonbreaking_prefixes, with or without the full stop; #NUMERIC_ONLY# behind it for those that are abbreviations
    /// before a number alone. For --unit word and for --scheme moses, where they stand in place of the language's. Default: none. Example: --abbreviations mine.txt
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(crate) abbreviations: Option<PathBuf>,

    /// Keep whole what a pattern matches (repeatable)
    ///
    /// A regular expression in the syntax of --pattern. Each line is searched by itself, a line of more than 32 KiB in parts, which look like lines to ^ and $. Default: none. Example: --keep-pattern '[A-Z]+-[0-9]+'
    #[arg(long, value_name = "RE", hide_short_help = true)]
    pub(crate) keep_pattern: Vec<String>,

    /// Keep whole the words in FILE, one a line, of one word or several (repeatable)
    ///
    /// The longest that fits, where words begin and end. Every line is a word, # has no meaning. Default: none. Example: --keep-words names.txt --join _
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(crate) keep_words: Vec<PathBuf>,

    /// With --keep-words: capital and small letters are the same
    ///
    /// By full case folding. Default: they differ. Example: --keep-words names.txt --ignore-case
    #[arg(long, requires = "keep_words", hide_short_help = true)]
    pub(crate) ignore_case: bool,

    /// With --lang: a date in words is one token, too
    ///
    /// Such as «جمعه ۲ آذر ۱۴۰۳», with its spaces; on one line with other tokens, only with --join or --joiner. Default: its words
    /// are tokens. Example: tokenize --lang fa --dates -l page.txt | sort | uniq -c
    #[arg(long, requires = "lang", hide_short_help = true)]
    pub(crate) dates: bool,

    /// Words of scripts without spaces, by dictionaries
    ///
    /// Thai, Lao, Khmer, Burmese, Chinese and Japanese. ICU's dictionaries, as ICU4X reads them; all other text by UAX #29. For --unit word. Default: characters of these scripts
    /// stand alone where UAX #29 does not join them. Example: tokenize --dictionary page.txt
    #[arg(long)]
    pub(crate) dictionary: bool,

    /// Split words at ZWNJ, which is not written (lossy)
    ///
    /// Of «می‌دهد» come two tokens; what --lang keeps together stays so. For --unit word. Default: ZWNJ stays inside words.
    /// Example: tokenize --split-zwnj page.txt
    #[arg(long, hide_short_help = true)]
    pub(crate) split_zwnj: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is written")]
pub(crate) struct ChoiceFlags {
    /// Only tokens of these classes (lossy)
    ///
    /// With commas between: word, number, punctuation, symbol, space, emoji, url, email, mention, hashtag, date, time, path, term (what
    /// --keep-words and --keep-pattern keep) or other. Those from url to path are then kept whole, as by --protect. Default: all. Example: --only-class word,number
    #[arg(long, value_name = "LIST", conflicts_with = "drop_class")]
    pub(crate) only_class: Option<ClassSet>,

    /// No tokens of these classes (lossy)
    ///
    /// As for --only-class. Default: none is left out. Example: --drop-class punctuation,symbol
    #[arg(long, value_name = "LIST")]
    pub(crate) drop_class: Option<ClassSet>,

    /// Only tokens in these scripts (lossy)
    ///
    /// Names or codes of Unicode, with commas between. Punctuation, emoji and the digits 0 to 9 are Common; ۱۲ is Arab. Default: all. Example: --script Arab,Common
    #[arg(long, value_name = "LIST", hide_short_help = true)]
    pub(crate) script: Option<ScriptSet>,

    /// Leave out words of a list: a language's own, or those in a file, one a line (repeatable; lossy)
    ///
    /// Case and composition do not count; lines that begin with # are comments. A code such as en is the list of function words by which the language is recognised; a file of
    /// such a name is ./en. Default: none. Example: --stop-words en --stop-words mine.txt
    #[arg(long, value_name = "CODE|FILE", hide_short_help = true)]
    pub(crate) stop_words: Vec<PathBuf>,

    /// Leave out tokens of fewer characters (lossy)
    ///
    /// Code points. Default: 0. Example: --min-length 2
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, hide_short_help = true)]
    pub(crate) min_length: u64,

    /// Leave out tokens of more characters (lossy)
    ///
    /// Code points. Default: no limit. Example: --max-length 40
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_length: Option<u64>,

    /// Case of tokens: lower, upper, fold (lossy) [keep]
    ///
    /// By the rules of --lang where it has its own. fold: what texts have in common that differ in case alone. Default: keep. Example: --case fold
    #[arg(long, value_name = "CASE", value_enum, hide_possible_values = true)]
    pub(crate) case: Option<CaseFlag>,

    /// Write TEXT for every token of a class (repeatable; lossy)
    ///
    /// Default: tokens are written as they are. Example: --mask url='<url>' --mask email='<email>'
    #[arg(long, value_name = "CLASS=TEXT", value_parser = parse_mask, hide_short_help = true)]
    pub(crate) mask: Vec<(Class, String)>,

    /// What to write for a space inside a token (lossy)
    ///
    /// Dates in words and your own words may hold spaces. Any text without white space. Default: the space stays. Example: tokenize --lang fa --dates --join _ page.txt
    #[arg(long, value_name = "MARK", value_parser = parse_mark, hide_short_help = true)]
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
#[command(next_help_heading = "What is written")]
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
    #[arg(long, value_name = "UNIT", value_enum, hide_possible_values = true, hide_short_help = true)]
    pub(crate) offset_unit: Option<OffsetFlag>,

    /// Mark where no space stood, for --detok
    ///
    /// So that the text comes back byte for byte. MARK, which follows an = sign, stands at the side of a token where it joins; other white space than one space is
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
#[command(next_help_heading = "What is written")]
pub(crate) struct ModeFlags {
    /// Count tokens: total, file or record [total]
    ///
    /// BY follows an = sign. total: one number. file: a row for each file, its name and its number, and the total if there are several.
    /// record: a number for each record. Default: write tokens. Example: tokenize --count=file *.txt
    #[arg(
        long, value_name = "BY", value_enum, hide_possible_values = true, num_args = 0..=1, require_equals = true,
        default_missing_value = "total",
        conflicts_with_all = ["detok", "roundtrip", "budget", "joiner", "lines", "format", "offset_unit", "case", "mask", "join", "ids", "out_dir", "in_place"]
    )]
    pub(crate) count: Option<CountFlag>,

    /// Make text of tokens: the way back from --joiner
    ///
    /// With --scheme moses:LANG by Moses' rules, with --model FILE --ids from ids. Default: text becomes tokens. Example: tokenize --detok tokens.txt
    #[arg(
        long,
        conflicts_with_all = [
            "roundtrip", "budget", "lines", "format", "offset_unit", "case", "mask", "join", "only_class", "drop_class", "script",
            "stop_words", "min_length", "max_length", "lang", "protect", "keep_pattern", "keep_words", "dictionary", "split_zwnj",
            "split_hyphens", "no_escape"
        ]
    )]
    pub(crate) detok: bool,

    /// Ask whether every record comes back
    ///
    /// Names each file that would not come back by --detok, with its first such record, and exits with 1 if there is any. Default: write tokens. Example: tokenize --roundtrip page.txt
    #[arg(
        long,
        conflicts_with_all = ["budget", "lines", "format", "offset_unit", "out_dir", "in_place"],
        hide_short_help = true
    )]
    pub(crate) roundtrip: bool,

    /// Write the text, at most N tokens of each record
    ///
    /// With --truncate or --split. Default: write tokens. Example: tokenize --budget 512 --truncate page.txt
    #[arg(
        long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..),
        conflicts_with_all = ["joiner", "lines", "format", "offset_unit", "case", "mask", "join", "ids"]
    )]
    pub(crate) budget: Option<u64>,

    /// With --budget: leave out what follows (lossy)
    ///
    /// The text ends with its last token. Default: with --budget alone. Example: --budget 512 --truncate
    #[arg(long, requires = "budget", conflicts_with = "split", hide_short_help = true)]
    pub(crate) truncate: bool,

    /// With --budget: what follows becomes more records of at most N tokens
    ///
    /// White space between two stays with the first. With --jsonl each has the other fields of its line. Default: --truncate. Example: --budget 512 --split
    #[arg(long, requires = "budget", hide_short_help = true)]
    pub(crate) split: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CountFlag {
    Total,
    File,
    Record,
}

impl Flags {
    /// The files that are read besides the operands.
    pub(crate) fn files_read(&self) -> impl Iterator<Item = &Path> {
        let words = &self.words;
        let named = self.units.model.iter().chain(&words.abbreviations).chain(&words.keep_words);
        let named = named.chain(&self.choice.stop_words);
        named.map(PathBuf::as_path)
    }
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
