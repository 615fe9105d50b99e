//! The flags of the report, as typed.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgGroup, Args, ValueHint};
use rewrite::Key;
use textcore::Error;
use textcore::json::Pointer;
use unicode::Unit;

use crate::dates::Dating;
use crate::keyness::ZeroHandling;
use crate::observe::GroupBy;
use crate::parameters::{Areas, Grouping, Sizes};

/// Single sizes, as `wc` has them.
#[derive(Debug, Clone, Args)]
#[command(group = of_sizes())]
pub(crate) struct SizeFlags {
    /// Only the number of line ends, as wc -l counts them
    ///
    /// May be combined: -lwmc. Default: the whole report. Example: stats -l page.txt
    #[arg(short = 'l', long)]
    pub(crate) lines: bool,

    /// Only the number of words, by --unit
    ///
    /// Default: the whole report. Example: stats -w --unit space page.txt
    #[arg(short = 'w', long)]
    pub(crate) words: bool,

    /// Only the number of code points, line ends included
    ///
    /// With --jsonl and --field: of the selected text alone. An ill-formed byte sequence is one character.
    /// Default: the whole report. Example: stats -m page.txt
    #[arg(short = 'm', long)]
    pub(crate) chars: bool,

    /// Only the number of bytes, decompressed
    ///
    /// As they are before decoding. Default: the whole report. Example: stats -c page.txt.gz
    #[arg(short = 'c', long)]
    pub(crate) bytes: bool,
}

/// What is looked at.
#[derive(Debug, Clone, Args)]
pub(crate) struct AreaFlags {
    /// Everything: health, lengths, … and dates
    ///
    /// Default: sizes, health, lengths and the commonest words. Example: stats --all --html report.html -r pages
    #[arg(long)]
    pub(crate) all: bool,

    /// What is wrong with the text, and what it is made of
    ///
    /// Ill-formed UTF-8, U+FFFD, NUL, controls, private use, mojibake, mixed line ends, BOMs, zero-width and bidi characters, the
    /// share in NFC, encodings, scripts, categories, languages, and a diagnosis of Persian. This flag and those below choose:
    /// what is not named is left out. Default: see --all. Example: stats --health -r pages
    #[arg(long)]
    pub(crate) health: bool,

    /// How long records, lines, sentences and words are
    ///
    /// Exact histograms. Lines, where records hold several. Default: see --all; without sentences. Example: stats --lengths --json page.txt
    #[arg(long)]
    pub(crate) lengths: bool,

    /// The commonest words, and how evenly spread they are
    ///
    /// With the number of documents, Gries' DP and DPnorm and Juilland's D, whose parts are documents. Default: see --all; without documents.
    /// Example: stats --frequency --top 50 -r pages
    #[arg(long)]
    pub(crate) frequency: bool,

    /// How rich the vocabulary is: TTR, MTLD, HD-D, Zipf, …
    ///
    /// Also Guiraud, Herdan, Yule, Simpson, the laws of Heaps and Zipf: see docs/STATS.md. MATTR, MSTTR and MTLD are means over documents, each seen by itself; documents of more than 4,194,304 words have none.
    /// Default: not looked at. Example: stats --vocabulary --json page.txt | jq .vocabulary.mtld
    #[arg(long)]
    pub(crate) vocabulary: bool,

    /// What comes again: records, lines, n-grams, …
    ///
    /// Paragraphs too, and n-grams inside each document. Told by hashes of 128 bits. Blank ones do not count. Default: not looked at. Example: stats --duplication -r pages
    #[arg(long)]
    pub(crate) duplication: bool,

    /// Dates that the text names, by year and month
    ///
    /// By calendar: Jalali and Gregorian ones, in numbers (1403/06/23) and in words (۲ آذر ۱۴۰۳, 14 January 2025); what is no day of its
    /// calendar is no date. Default: dates are not counted. Example: stats --dates --lang fa page.txt
    #[arg(long)]
    pub(crate) dates: bool,

    /// With --dates: whose dates are meant, or all [all]; with --quality: whose stop words, or auto [auto]
    ///
    /// A language says which calendars its numbers are of, and whether 03/04/2025 is in March or April. With all, the words
    /// of every language are known, 1403/06/23 is Jalali, and 03/04/2025 counts for its year alone; so it does in languages
    /// that leave it open. With --quality auto judges each document by its first 64 KiB: each file, or with --whole,
    /// --paragraphs and --jsonl each record. Default: all; auto. Example: stats --dates --lang fa page.txt
    #[arg(long, value_name = "CODE", hide_short_help = true)]
    pub(crate) lang: Option<String>,
}

/// How words are counted and listed.
#[derive(Debug, Clone, Args)]
pub(crate) struct WordFlags {
    /// What a word is: word, space, sentence, line, … [word]
    ///
    /// word: a segment of UAX #29, punctuation included. space: a run between ASCII white space, as in wc. Also sentence,
    /// paragraph, line, grapheme, char and byte. Default: word. Example: stats --unit space page.txt
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<Unit>,

    /// Count words by a key that forgives these differences
    ///
    /// A list, with commas; words of one key are counted once and listed in their commonest form. nfc, nfkc: the form.
    /// lower, fold: case. marks: accents, harakat, niqqud. digits: their script. zwnj: ZWNJ and ZWJ. space: how much
    /// stands in a row and at the ends. punct: punctuation, which counts as space; a word of nothing else is left out. fa, ar,
    /// ckb, ps, ur: what spellings of a word differ in; fa also joins affixes to their words, so that the two are one word.
    /// Lossy. Default: every byte counts. Example: stats --key-norm lower,fa page.txt
    #[arg(long, value_name = "NAMES")]
    pub(crate) key_norm: Option<Key>,

    /// How many of the most frequent words are listed [10]
    ///
    /// Exact; equal counts are cut by word, bytewise. Default: 10. Example: stats --top 50 page.txt
    #[arg(long, value_name = "N", value_parser = whole_number::<usize>)]
    pub(crate) top: Option<usize>,

    /// Words of FILE, one to a line, are the function words
    ///
    /// In any case. They are counted like all others, and listed apart. Default: the function words of the languages that documents
    /// are in. Example: stats --stop-words stop.txt page.txt
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) stop_words: Option<PathBuf>,

    /// Tell text apart: file, dir, or a field of JSON lines
    ///
    /// A row for each group, and all of them together. With --jsonl a name or a JSON pointer: records without the field are
    /// of the group without a name. Default: one report. Example: stats --group-by file -r pages
    #[arg(long, value_name = "WHAT")]
    pub(crate) group_by: Option<String>,
}

/// How the report is written.
#[derive(Debug, Clone, Args)]
pub(crate) struct FormatFlags {
    /// Write lines of key, tab and value
    ///
    /// Tab, newline, return and backslash inside keys are escaped. Default: a table.
    /// Example: stats --tsv page.txt | grep '^words'
    #[arg(long, overrides_with = "json")]
    pub(crate) tsv: bool,

    /// Write JSON, with a schema version
    ///
    /// Default: a table. Example: stats --json page.txt | jq .words
    #[arg(long, overrides_with = "tsv")]
    pub(crate) json: bool,

    /// Write a page with tables and charts to FILE too
    ///
    /// One file that needs no network, for light and dark screens. Default: no page. Example: stats --all --html report.html -r pages
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) html: Option<PathBuf>,

    /// Write the charts alone, as SVG files in DIR, too
    ///
    /// Default: no charts. Example: stats --all --svg charts -r pages
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, hide_short_help = true)]
    pub(crate) svg: Option<PathBuf>,

    /// List all words with their counts in FILE too, the commonest first
    ///
    /// Tab-separated: the word, its count, how many there are in a million words; with --frequency also documents, DP, DPnorm and
    /// Juilland's D. Equal counts in the order of the words' bytes. Default: no list. Example: stats --freq words.tsv page.txt
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) freq: Option<PathBuf>,

    /// Write what zipfR reads: PREFIX.spc, PREFIX.tfl and PREFIX.vgc
    ///
    /// The frequency spectrum, the list of types and the expected growth of the vocabulary. Default: none.
    /// Example: stats --zipfr page page.txt
    #[arg(long, value_name = "PREFIX", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) zipfr: Option<PathBuf>,

    /// Write a partial result, to be merged later
    ///
    /// It holds every word and its count. With --merge the parts become one part. Default: the report.
    /// Example: stats --partial part1.txt -o part1.stats.zst
    #[arg(long, conflicts_with_all = ["tsv", "json", "top", "html", "svg", "freq", "zipfr", "stop_words"], hide_short_help = true)]
    pub(crate) partial: bool,

    /// The operands are partial results: merge them
    ///
    /// The report is the same as that of one run over everything. Partial results of other units, keys,
    /// dates or areas are refused. Default: the operands are text. Example: stats --merge *.stats.zst
    #[arg(long, conflicts_with_all = ["unit", "key_norm", "dates", "lang", "lines", "words", "chars", "bytes", "group_by",
        "all", "health", "lengths", "frequency", "vocabulary", "duplication", "null", "paragraphs", "whole", "jsonl", "field"],
        hide_short_help = true)]
    pub(crate) merge: bool,
}

/// What two texts differ in.
#[derive(Debug, Clone, Args)]
pub(crate) struct CompareFlags {
    /// Words typical of the first operand, and of the second
    ///
    /// Two operands: files, or folders with -r; with --merge partial results. Words by log-likelihood, those of --unit word without punctuation, with the counts in
    /// both, the four-term and two-term log-likelihood, χ², %DIFF, Log Ratio and its confidence interval of 95 %. Default: a report.
    /// Example: stats --compare pages/02-persian-correct.txt pages/05-arabic.txt
    #[arg(long, conflicts_with_all = ["files0_from", "partial", "group_by", "all", "health", "lengths", "frequency", "vocabulary",
        "duplication", "dates", "lang", "lines", "words", "chars", "bytes", "stop_words", "svg", "zipfr", "freq"])]
    pub(crate) compare: bool,

    /// With --compare: what a count of nought is taken for [add=0.5]
    ///
    /// Where something is divided by it: add=N takes it for N, small=S takes its share for S (1e-18 in the literature), infinite takes
    /// it as it is. Default: add=0.5. Example: stats --compare --zero infinite a.txt b.txt
    #[arg(long, value_name = "HOW", requires = "compare", hide_short_help = true)]
    pub(crate) zero: Option<ZeroHandling>,

    /// With --compare: leave out words that are rarer, in both together [1]
    ///
    /// Lossy. Default: 1. Example: stats --compare --min-count 5 a.txt b.txt
    #[arg(long, value_name = "N", value_parser = whole_number::<u64>, requires = "compare", hide_short_help = true)]
    pub(crate) min_count: Option<u64>,
}

/// A whole number as typed.
fn whole_number<N: FromStr>(typed: &str) -> Result<N, String> {
    typed.parse().map_err(|_| "a whole number is wanted, such as 50".to_owned())
}

/// What only the report knows: not `--wc`, and not the quality of documents.
const OF_REPORTS: [&str; 13] = [
    "all",
    "health",
    "lengths",
    "frequency",
    "vocabulary",
    "duplication",
    "stop_words",
    "group_by",
    "html",
    "svg",
    "freq",
    "zipfr",
    "compare",
];

/// What means nothing where only single sizes are asked for.
const OF_AREAS: [&str; 10] = [
    "all",
    "health",
    "lengths",
    "frequency",
    "vocabulary",
    "duplication",
    "stop_words",
    "top",
    "freq",
    "zipfr",
];

/// The flags of the report, which the other modes refuse.
pub(crate) fn of_reports() -> ArgGroup {
    ArgGroup::new("reporting").args(OF_REPORTS).multiple(true).conflicts_with_all(["wc", "judging"])
}

/// Counting as wc does, which is not the quality of documents.
pub(crate) fn of_wc() -> ArgGroup {
    ArgGroup::new("counting").arg("wc").conflicts_with("judging")
}

/// Single sizes, which are no report.
fn of_sizes() -> ArgGroup {
    ArgGroup::new("sizing")
        .args(["lines", "words", "chars", "bytes"])
        .multiple(true)
        .conflicts_with_all(OF_AREAS)
}

impl SizeFlags {
    fn sizes(&self) -> Option<Sizes> {
        let &SizeFlags { lines, words, chars, bytes } = self;
        (lines || words || chars || bytes).then_some(Sizes { lines, words, chars, bytes })
    }
}

impl AreaFlags {
    /// What is looked at.
    pub(crate) fn areas(&self, sizes: &SizeFlags) -> Areas {
        if let Some(sizes) = sizes.sizes() {
            return Areas { sizes: Some(sizes), ..Areas::default() };
        }
        if self.all {
            return Areas::ALL;
        }
        let areas = Areas {
            sizes: None,
            health: self.health,
            lengths: self.lengths,
            all_lengths: self.lengths,
            frequency: self.frequency,
            dispersion: self.frequency,
            vocabulary: self.vocabulary,
            sequence: self.vocabulary || self.duplication,
            duplication: self.duplication,
        };
        if areas == Areas::default() && !self.dates { Areas::GLANCE } else { areas }
    }

    /// Whose dates are counted.
    ///
    /// # Errors
    /// A language that there is not.
    pub(crate) fn dating(&self) -> Result<Option<Dating>, Error> {
        let is_asked = self.dates || self.all;
        match &self.lang {
            Some(_) if !is_asked => Err(Error::Usage("--lang goes with --dates or --quality".to_owned())),
            _ if !is_asked => Ok(None),
            Some(name) => {
                Dating::parse(name).map(Some).map_err(|what| Error::Usage(format!("--lang {name}: {what}")))
            }
            None => Dating::parse(Dating::ALL).map(Some).map_err(Error::Usage),
        }
    }
}

/// How many words are listed where nothing else is said.
const TOP: usize = 10;

impl WordFlags {
    /// What a word is.
    pub(crate) fn unit(&self) -> Unit {
        self.unit.unwrap_or(Unit::Word)
    }

    /// How many words are listed.
    pub(crate) fn top(&self) -> usize {
        self.top.unwrap_or(TOP)
    }

    /// Refuses what means nothing where these areas are looked at: they may be those of partial results.
    ///
    /// # Errors
    /// A list is shaped that is not made, or words that are not counted.
    pub(crate) fn check(&self, areas: Areas) -> Result<(), Error> {
        let has_words = areas.sizes.is_none_or(|sizes| sizes.words);
        let idle = [
            ("--unit", self.unit.is_some() && !has_words, "words, which are not counted here"),
            ("--key-norm", self.key_norm.is_some() && !has_words, "words, which are not counted here"),
            ("--top", self.top.is_some() && !areas.frequency, "--frequency"),
            ("--stop-words", self.stop_words.is_some() && !areas.frequency, "--frequency"),
        ];
        match idle.into_iter().find(|(_, is_idle, _)| *is_idle) {
            Some((flag, _, what)) => Err(Error::Usage(format!("{flag} goes with {what}"))),
            None => Ok(()),
        }
    }

    /// What text is told apart by.
    ///
    /// # Errors
    /// A field, where records are not JSON lines.
    pub(crate) fn group_by(&self, has_json_records: bool) -> Result<GroupBy, Error> {
        let Some(what) = &self.group_by else { return Ok(GroupBy::default()) };
        let of = |grouping| Ok(GroupBy { grouping, field: None });
        match &what[..] {
            "file" => of(Grouping::File),
            "dir" => of(Grouping::Directory),
            field if has_json_records => {
                let pointer: Pointer =
                    field.parse().map_err(|error| Error::Usage(format!("--group-by {field}: {error}")))?;
                Ok(GroupBy { grouping: Grouping::Field, field: Some(pointer) })
            }
            other => Err(Error::Usage(format!(
                "--group-by {other}: file or dir is wanted; the field of a record goes with --jsonl"
            ))),
        }
    }
}
