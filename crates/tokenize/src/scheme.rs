//! Tokenization schemes of machine translation: those of Moses' scripts and of the scorers of BLEU.
//!
//! | file | the idea |
//! |---|---|
//! | `token` | a token, the part of the text it stands for, how it reads |
//! | `word` | the word that a walk over a text is in |
//! | `run` | which marks of a row of them stand apart, and which stay with a number |
//! | `moses`, `moses/` | tokenizer.perl |
//! | `detok`, `detok/` | detokenizer.perl |
//! | `thirteen_a`, `intl` | mteval-v13a and the international mteval-v14, as in sacrebleu |

mod detok;
mod intl;
mod moses;
mod run;
mod thirteen_a;
mod token;
mod word;

use std::fmt;
use std::path::Path;

use crate::protect::abbreviation;
use rewrite::UnknownName;

pub use moses::Moses;
pub use token::Token;

/// How text becomes tokens for a system of machine translation, or for a score of what it wrote.
#[derive(Debug, Clone)]
pub enum Scheme {
    /// `moses:LANG`: Moses' tokenizer.perl, with the rules and abbreviations of a language.
    Moses(Box<Moses>),
    /// `13a`: mteval-v13a.pl, as sacrebleu does it.
    ThirteenA,
    /// `intl`: the international tokenization of mteval-v14.pl, as sacrebleu does it.
    International,
}

/// What a worker keeps between texts; holds no text.
#[derive(Debug, Default)]
pub struct Scratch {
    bytes: Vec<u8>,
}

const NAMES: [&str; 3] = ["moses:LANG", "13a", "intl"];

impl Scheme {
    /// The scheme of a name: `moses:LANG`, `13a` or `intl`.
    ///
    /// # Errors
    /// What a person should read: which schemes or languages there are, or the nearest.
    ///
    /// ```
    /// use tokenize::Scheme;
    ///
    /// assert_eq!(Scheme::parse("moses:de").unwrap().to_string(), "moses:de");
    /// assert!(Scheme::parse("moses:dee").unwrap_err().starts_with("no language of moses is called 'dee'"));
    /// assert!(Scheme::parse("moses").unwrap_err().contains("moses:LANG"));
    /// ```
    pub fn parse(name: &str) -> Result<Scheme, String> {
        match name.split_once(':') {
            Some(("moses", code)) => {
                Moses::new(code).map(|moses| Scheme::Moses(Box::new(moses))).map_err(|unknown| {
                    format!("{unknown}; there are {}", Moses::codes().collect::<Vec<_>>().join(" "))
                })
            }
            None if name == "13a" => Ok(Scheme::ThirteenA),
            None if name == "intl" => Ok(Scheme::International),
            _ => Err(UnknownName::new("scheme", name, NAMES).to_string()),
        }
    }

    /// The same scheme with the abbreviations of a file in place of those of its language, in the format of Moses'
    /// `nonbreaking_prefix` files: see `language::Abbreviations::parse`.
    ///
    /// # Errors
    /// What a person should read, with the name of the file, and the number of the line if one is wrong; and that a
    /// scheme knows no abbreviations.
    pub fn with_abbreviations(self, path: &Path) -> Result<Scheme, String> {
        let Scheme::Moses(mut moses) = self else {
            return Err(format!("the scheme {self} knows no abbreviations"));
        };
        moses.abbreviations = abbreviation::read(path)?;
        Ok(Scheme::Moses(moses))
    }

    /// Give every token of a text, in order. Their ranges ascend, lie apart, and hold every character of the text but
    /// white space, C0 controls in Moses' scheme, and what [`Scheme::ThirteenA`] removes.
    ///
    /// ```
    /// use tokenize::{Scheme, SchemeScratch};
    ///
    /// let scheme = Scheme::parse("moses:en").unwrap();
    /// let (mut out, mut ranges) = (Vec::new(), Vec::new());
    /// scheme.for_each(&mut SchemeScratch::default(), b"It's \"here\".", |token| {
    ///     token.write(&mut out);
    ///     out.push(b' ');
    ///     ranges.push(token.range);
    /// });
    /// assert_eq!(out, b"It &apos;s &quot; here &quot; . ");
    /// assert_eq!(ranges, [0..2, 2..4, 5..6, 6..10, 10..11, 11..12]);
    /// ```
    pub fn for_each(&self, scratch: &mut Scratch, text: &[u8], receive: impl FnMut(Token<'_>)) {
        match self {
            Scheme::Moses(moses) => moses.for_each(scratch, text, receive),
            Scheme::ThirteenA => thirteen_a::for_each(text, receive),
            Scheme::International => intl::for_each(text, receive),
        }
    }

    /// Whether there is a way back from tokens to text: [`Scheme::detokenize`].
    pub fn has_way_back(&self) -> bool {
        matches!(self, Scheme::Moses(_))
    }

    /// Append the text that the tokens of a line make, as Moses' detokenizer.perl does: characters that were escaped
    /// come back, and spaces go where the language has none. A line of white space, and one that opens with `<` and
    /// ends with `>`, stay as they are, and so does every line where there is no way back.
    ///
    /// ```
    /// use tokenize::{Scheme, SchemeScratch};
    ///
    /// let mut out = Vec::new();
    /// let scheme = Scheme::parse("moses:en").unwrap();
    /// scheme.detokenize(&mut SchemeScratch::default(), b"It &apos;s &quot; here &quot; .", &mut out);
    /// assert_eq!(out, b"It's \"here\".");
    /// ```
    pub fn detokenize(&self, scratch: &mut Scratch, line: &[u8], out: &mut Vec<u8>) {
        match self {
            Scheme::Moses(moses) => detok::detokenize(moses.code(), &mut scratch.bytes, line, out),
            Scheme::ThirteenA | Scheme::International => out.extend_from_slice(line),
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scheme::Moses(moses) => write!(formatter, "moses:{}", moses.code()),
            Scheme::ThirteenA => formatter.write_str("13a"),
            Scheme::International => formatter.write_str("intl"),
        }
    }
}
