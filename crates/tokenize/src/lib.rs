//! `tokenize`: splits text into words and other units, by the rules of Unicode.

mod tokenizer;

use clap::{Parser, ValueEnum};
use textcore::{Answer, EncodeFlags, Engine, Error, Invalid, RouteFlags, Shared, Tool};
use unicode::Unit;

pub use tokenizer::{Format, Tokenizer};

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
    fn tokenizer(&self, separator: u8) -> Tokenizer {
        let format = match (self.format, self.lines) {
            (Some(FormatFlag::Spaced), _) => Format::Spaced,
            (Some(FormatFlag::Lines), _) | (None, true) => Format::Lines,
            (None, false) => match self.unit {
                Unit::Sentence | Unit::Paragraph | Unit::Line => Format::Lines,
                Unit::Word | Unit::Space | Unit::Grapheme | Unit::Char | Unit::Byte => Format::Spaced,
            },
        };
        Tokenizer { unit: self.unit, format, line_end: separator }
    }
}

impl Tool for Flags {
    const NAME: &'static str = "tokenize";
    const PAGE: &'static str = include_str!("../README.md");
    const INVALID: Invalid = Invalid::Replace;

    fn follows() -> String {
        format!("Unicode {}", unicode::VERSION)
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
        let tokenizer = self.tokenizer(engine.reading.cut.delimiter());
        engine.map(tokenizer).map(|()| Answer::Yes)
    }
}
