//! `normalize`: Unicode normalization forms and line ends, for streams of text.

mod check;
mod normalizer;

use clap::{Parser, ValueEnum};
use textcore::{Answer, EncodeFlags, Engine, Error, Invalid, RouteFlags, Shared, Tool};
use unicode::Form;

pub use check::{Check, Finding};
pub use normalizer::{Newlines, Normalizer, Scratch};

/// The flags of `normalize`, as typed.
#[derive(Debug, Parser)]
pub struct Flags {
    /// Normalization form: nfc, nfd, nfkc, nfkd or none [nfc]
    ///
    /// nfkc and nfkd are lossy: they also replace compatibility characters, such as ligatures, full-width letters
    /// and Arabic presentation forms (UAX #15). Default: nfc. Example: --form nfkc
    #[arg(
        long,
        value_name = "FORM",
        value_enum,
        hide_possible_values = true,
        default_value = "nfc",
        hide_default_value = true
    )]
    form: FormFlag,

    /// Line ends: lf, crlf or keep [lf]
    ///
    /// lf turns CR LF into LF, crlf turns LF into CR LF; a CR alone is no line end. The ends of JSON lines and of
    /// lines whose columns are selected stay as they are. Default: lf. Example: --newlines keep
    #[arg(
        long,
        value_name = "ENDS",
        value_enum,
        hide_possible_values = true,
        default_value = "lf",
        hide_default_value = true
    )]
    newlines: NewlinesFlag,

    /// Change nothing: name each file that would change, and its first place
    ///
    /// The exit status is 1 if any file would change. Default: write the normalized text.
    /// Example: normalize --check -r docs
    #[arg(long, conflicts_with_all = ["out_dir", "in_place", "to", "bom"])]
    check: bool,

    #[command(flatten)]
    shared: Shared,

    #[command(flatten)]
    routes: RouteFlags,

    #[command(flatten)]
    encode: EncodeFlags,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormFlag {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
    None,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum NewlinesFlag {
    Lf,
    Crlf,
    Keep,
}

impl Flags {
    fn normalizer(&self) -> Normalizer {
        let form = match self.form {
            FormFlag::Nfc => Some(Form::Nfc),
            FormFlag::Nfd => Some(Form::Nfd),
            FormFlag::Nfkc => Some(Form::Nfkc),
            FormFlag::Nfkd => Some(Form::Nfkd),
            FormFlag::None => None,
        };
        let newlines = match self.newlines {
            NewlinesFlag::Lf => Newlines::Lf,
            NewlinesFlag::Crlf => Newlines::CrLf,
            NewlinesFlag::Keep => Newlines::Keep,
        };
        Normalizer { form, newlines }
    }
}

impl Tool for Flags {
    const NAME: &'static str = "normalize";
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
        let normalizer = self.normalizer();
        if self.check {
            engine.fold(Check { normalizer })
        } else {
            engine.map(normalizer).map(|()| Answer::Yes)
        }
    }
}
