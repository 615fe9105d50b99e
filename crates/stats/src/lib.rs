//! `stats`: says what a corpus holds, in one pass, for eyes and for programs.

mod dates;
mod document;
mod format;
mod histogram;
mod merge;
mod observer;
mod persian;
mod quality;
pub mod report;
mod summary;
mod table;
mod totals;

use clap::Parser;
use language::dates::Dates;
use rewrite::Key;
use textcore::{Answer, Engine, Error, Invalid, Shared, Tool};
use unicode::Unit;

pub use dates::{DateCounts, Dating, Month};
pub use histogram::Histogram;
pub use merge::Merge;
pub use observer::Observer;
pub use quality::QualityFlags;
pub use summary::{Format, Plan, Summary};
pub use totals::{Counts, Totals};

/// The flags of `stats`, as typed.
#[derive(Debug, Parser)]
pub struct Flags {
    /// Only the number of line ends, as wc -l counts them
    ///
    /// May be combined: -lwmc. Default: the whole report. Example: stats -l page.txt
    #[arg(short = 'l', long)]
    lines: bool,

    /// Only the number of words, by --unit
    ///
    /// Default: the whole report. Example: stats -w --unit space page.txt
    #[arg(short = 'w', long)]
    words: bool,

    /// Only the number of characters: code points, line ends included
    ///
    /// With --jsonl and --field: of the selected text alone. An ill-formed byte sequence is one character.
    /// Default: the whole report. Example: stats -m page.txt
    #[arg(short = 'm', long)]
    chars: bool,

    /// Only the number of bytes, decompressed and before decoding
    ///
    /// Default: the whole report. Example: stats -c page.txt.gz
    #[arg(short = 'c', long)]
    bytes: bool,

    /// What a word is: word, space, sentence, paragraph, line, grapheme, char or byte [word]
    ///
    /// word: a segment of UAX #29, punctuation included. space: a run between ASCII white space, as in wc.
    /// Default: word. Example: stats --unit space page.txt
    #[arg(long, value_name = "UNIT", default_value = "word", hide_default_value = true)]
    unit: Unit,

    /// Count words by a key that forgives these differences
    ///
    /// A list, with commas; words of one key are counted once and listed in their commonest form. nfc, nfkc: the form.
    /// lower, fold: case. marks: accents, harakat, niqqud. digits: their script. zwnj: ZWNJ and ZWJ. space: how much
    /// stands in a row and at the ends. punct: punctuation, which counts as space; a word of nothing else is left out. fa, ar,
    /// ckb, ps, ur: what spellings of a word differ in; fa also joins affixes to their words, so that the two are one word.
    /// Lossy. Default: every byte counts. Example: stats --key-norm lower,fa page.txt
    #[arg(long, value_name = "NAMES")]
    key_norm: Option<Key>,

    /// Count the dates that the text names, by calendar, year and month
    ///
    /// Jalali and Gregorian ones, in numbers (1403/06/23) and in words (۲ آذر ۱۴۰۳, 14 January 2025); what is no day of its
    /// calendar is no date. Default: dates are not counted. Example: stats --dates --lang fa page.txt
    #[arg(long)]
    dates: bool,

    /// With --dates: whose dates are meant, or all [all]; with --quality: whose stop words, or auto [auto]
    ///
    /// A language says which calendars its numbers are of, and whether 03/04/2025 is in March or April. With all, the words
    /// of every language are known, 1403/06/23 is Jalali, and 03/04/2025 counts for its year alone; so it does in languages
    /// that leave it open. With --quality auto judges each document by its first 64 KiB: each file, or with --whole,
    /// --paragraphs and --jsonl each record. Default: all; auto. Example: stats --dates --lang fa page.txt
    #[arg(long, value_name = "CODE", hide_short_help = true)]
    lang: Option<String>,

    /// How many of the most frequent words are listed [10]
    ///
    /// Exact; equal counts are cut by word, bytewise. Default: 10. Example: stats --top 50 page.txt
    #[arg(long, value_name = "N", default_value_t = 10, hide_default_value = true)]
    top: usize,

    /// Write lines of key, tab and value
    ///
    /// Tab, newline, return and backslash inside keys are escaped. Default: a table.
    /// Example: stats --tsv page.txt | grep '^words'
    #[arg(long, overrides_with = "json")]
    tsv: bool,

    /// Write JSON, with a schema version
    ///
    /// Default: a table. Example: stats --json page.txt | jq .words
    #[arg(long, overrides_with = "tsv")]
    json: bool,

    /// Write a partial result, to be merged later
    ///
    /// It holds every word and its count. With --merge the parts become one part. Default: the report.
    /// Example: stats --partial part1.txt -o part1.stats.zst
    #[arg(long, conflicts_with_all = ["tsv", "json", "top"])]
    partial: bool,

    /// The operands are partial results: merge them
    ///
    /// The report is the same as that of one run over everything. Partial results of other units, keys,
    /// dates or counts are refused. Default: the operands are text. Example: stats --merge *.stats.zst
    #[arg(long, conflicts_with_all = ["unit", "key_norm", "dates", "lang", "lines", "words", "chars", "bytes"])]
    merge: bool,

    #[command(flatten)]
    quality: QualityFlags,

    #[command(flatten)]
    shared: Shared,
}

impl Flags {
    fn counts(&self) -> Counts {
        let all = !(self.lines || self.words || self.chars || self.bytes);
        Counts {
            lines: all || self.lines,
            words: all || self.words,
            chars: all || self.chars,
            bytes: all || self.bytes,
            rest: all,
        }
    }

    fn dating(&self) -> Result<Option<Dating>, Error> {
        match &self.lang {
            Some(_) if !self.dates => Err(Error::Usage("--lang goes with --dates or --quality".to_owned())),
            _ if !self.dates => Ok(None),
            Some(name) => {
                Dating::parse(name).map(Some).map_err(|what| Error::Usage(format!("--lang {name}: {what}")))
            }
            None => Ok(Some(Dating { name: Dating::ALL, dates: Dates::all() })),
        }
    }

    fn plan(&self, engine: &Engine) -> Plan {
        Plan {
            format: match (self.partial, self.json, self.tsv) {
                (true, ..) => Format::Partial,
                (_, true, _) => Format::Json,
                (.., true) => Format::Tsv,
                _ => Format::Table,
            },
            top: self.top,
            memory_bytes: engine.memory_bytes / engine.threads,
            temporary_directory: engine.temporary_directory.clone(),
        }
    }
}

impl Tool for Flags {
    const NAME: &'static str = "stats";
    const PAGE: &'static str = include_str!("../README.md");
    const INVALID: Invalid = Invalid::Keep;

    fn follows() -> String {
        let codes: Vec<_> = language::Language::codes().collect();
        format!("Unicode {}; languages: {}", unicode::VERSION, codes.join(" "))
    }

    fn shared(&self) -> &Shared {
        &self.shared
    }

    fn run(self, engine: &mut Engine) -> Result<Answer, Error> {
        if self.quality.are_asked() {
            return quality::quality(engine, &self.quality, self.unit, self.lang.as_deref());
        }
        let plan = self.plan(engine);
        if self.merge {
            return engine.fold(Merge { plan });
        }
        let counts = self.counts();
        let dating = self.dating()?;
        engine.fold(Observer::new(self.unit, counts, self.key_norm, &engine.reading, plan).dating(dating))
    }
}
