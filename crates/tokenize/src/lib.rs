//! `tokenize`: splits text into words and other units, by the rules of Unicode.

mod scheme;
mod tokenizer;
mod tongue;
mod whole;

use clap::{Parser, ValueEnum};
use language::Language;
use textcore::{Answer, EncodeFlags, Engine, Error, Invalid, RouteFlags, Shared, Tool};
use unicode::Unit;
use unicode::space::is_white_space;

pub use scheme::{Moses, Scheme, Scratch as SchemeScratch, Token as SchemeToken};
pub use tokenizer::{Format, Tokenizer};
pub use tongue::Tongue;
pub use whole::{Places, Whole};

/// The flags of `tokenize`, as typed.
#[derive(Debug, Parser)]
pub struct Flags {
    /// What a token is: word, space, sentence, paragraph, line, grapheme, char or byte [word]
    ///
    /// word: a segment of UAX #29; punctuation and symbols are tokens, white space is not. space: a run between
    /// ASCII white space. sentence: UAX #29. grapheme: a user-perceived character. char: a code point. byte: two
    /// hexadecimal digits. Default: word. Example: --unit sentence
    #[arg(long, value_name = "UNIT", default_value = "word", hide_default_value = true)]
    unit: Unit,

    /// One token a line; records are no longer told apart
    ///
    /// The same as --format lines. Default: the tokens of a record on one line, except for sentence, paragraph
    /// and line. Example: tokenize -l page.txt | sort | uniq -c
    #[arg(short = 'l', long, overrides_with = "format")]
    lines: bool,

    /// spaced (tokens of a record on one line) or lines
    ///
    /// Line ends inside a token become spaces. Default: spaced; lines for the units sentence, paragraph and line.
    /// Example: --unit sentence --format spaced
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true, overrides_with = "lines")]
    format: Option<FormatFlag>,

    /// Keep together what belongs together in a language: a code such as fa, or auto
    ///
    /// One token each are then URLs, mail addresses, file names and paths, @mentions and #hashtags; numbers with their
    /// separators (۱۲٬۵۰۰), dates in numbers (۱۴۰۳/۰۶/۲۳), times (۱۸:۰۱) and initials (س.ن). ZWNJ stays inside words.
    /// auto judges each document by its first 64 KiB, which are waited for: each file, or with --whole, --paragraphs and
    /// --jsonl each record; where no language is sure, words are those of UAX #29 alone; --report counts what was found.
    /// For --unit word. Default: UAX #29 alone. Example: tokenize --lang fa page.txt
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,

    /// With --lang: a date in words is one token, too
    ///
    /// Such as «جمعه ۲ آذر ۱۴۰۳», with its spaces; on one line with other tokens, only with --join. Default: its words
    /// are tokens. Example: tokenize --lang fa --dates -l page.txt | sort | uniq -c
    #[arg(long, requires = "lang")]
    dates: bool,

    /// With --dates: what to write for a space inside a token (lossy)
    ///
    /// Any text without white space. Default: the space stays. Example: tokenize --lang fa --dates --join _ page.txt
    #[arg(long, value_name = "MARK", value_parser = parse_mark, requires = "dates")]
    join: Option<String>,

    /// Split words at ZWNJ, which is not written (lossy)
    ///
    /// Of «می‌دهد» come two tokens; what --lang keeps together stays so. For --unit word. Default: ZWNJ stays inside words.
    /// Example: tokenize --split-zwnj page.txt
    #[arg(long)]
    split_zwnj: bool,

    #[command(flatten)]
    shared: Shared,

    #[command(flatten)]
    routes: RouteFlags,

    #[command(flatten)]
    encode: EncodeFlags,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatFlag {
    Spaced,
    Lines,
}

impl Flags {
    fn tokenizer(&self, separator: u8) -> Result<Tokenizer, Error> {
        let format = match (self.format, self.lines) {
            (Some(FormatFlag::Spaced), _) => Format::Spaced,
            (Some(FormatFlag::Lines), _) | (None, true) => Format::Lines,
            (None, false) => match self.unit {
                Unit::Sentence | Unit::Paragraph | Unit::Line => Format::Lines,
                Unit::Word | Unit::Space | Unit::Grapheme | Unit::Char | Unit::Byte => Format::Spaced,
            },
        };
        let is_about_words = self.lang.is_some() || self.split_zwnj;
        if is_about_words && self.unit != Unit::Word {
            return Err(Error::Usage("--lang and --split-zwnj are for --unit word".to_owned()));
        }
        if self.dates && self.join.is_none() && format == Format::Spaced {
            let problem =
                "--dates on one line with other tokens needs --join MARK, or -l for one token a line";
            return Err(Error::Usage(problem.to_owned()));
        }
        Ok(Tokenizer {
            tongue: self.tongue()?,
            whole: Whole { has_worded_dates: self.dates },
            splits_zwnj: self.split_zwnj,
            join: self.join.clone(),
            ..Tokenizer::new(self.unit, format, separator)
        })
    }

    fn tongue(&self) -> Result<Tongue, Error> {
        match self.lang.as_deref() {
            None => Ok(Tongue::Unknown),
            Some("auto") => Ok(Tongue::judged(self.shared.has_documents_in_records())),
            Some(code) => Language::parse(code).map(Tongue::One).ok_or_else(|| {
                let codes: Vec<_> = Language::codes().collect();
                Error::Usage(format!("'{code}' is no known language: auto or one of {}", codes.join(", ")))
            }),
        }
    }
}

fn parse_mark(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(is_white_space) {
        return Err("a text without white space is wanted".to_owned());
    }
    Ok(text.to_owned())
}

impl Tool for Flags {
    const NAME: &'static str = "tokenize";
    const PAGE: &'static str = include_str!("../README.md");
    const INVALID: Invalid = Invalid::Replace;

    fn follows() -> String {
        let codes: Vec<_> = Language::codes().collect();
        format!("Unicode {}; languages: {}", unicode::VERSION, codes.join(" "))
    }

    fn shared(&self) -> &Shared {
        &self.shared
    }

    fn routes(&self) -> Option<&RouteFlags> {
        Some(&self.routes)
    }

    fn encode(&self) -> Option<&EncodeFlags> {
        Some(&self.encode)
    }

    fn run(self, engine: &mut Engine) -> Result<Answer, Error> {
        let tokenizer = self.tokenizer(engine.reading.cut.delimiter())?;
        let tongue = tokenizer.tongue.clone();
        engine.intake.judge = tongue.judge();
        engine.map(tokenizer)?;
        if let Some(counts) = tongue.counts() {
            engine.ledger.extra.insert("languages".to_owned(), counts);
        }
        Ok(Answer::Yes)
    }
}
