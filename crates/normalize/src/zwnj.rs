//! `--zwnj`: the flags, and the model they ask for.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum, ValueHint};
use language::Language;
use language::zwnj::{CONFIDENCE, Restorer, has_restorer, restorer_of};
use rewrite::steps::ZwnjRestore;

/// The flags, as typed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Text")]
pub(crate) struct ZwnjFlags {
    /// Deleted ZWNJ: restore or keep [keep]
    ///
    /// restore puts them back inside words («میدهد») and between a word and its affix («می دهد»), where the model for
    /// the language of --lang is sure; forms that could be another word stay. Lossy for the spaces it joins. A text in which ZWNJ stand
    /// already gets few more. Default: keep. Example: --lang fa --zwnj restore
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true)]
    pub(crate) zwnj: Option<ZwnjFlag>,

    /// How sure --zwnj restore must be, from 0.01 to 0.99 [0.5]
    ///
    /// More is surer, and finds less. Default: 0.5, at which nine of ten changes or more were right in texts that the
    /// model had not seen. Example: --lang fa --zwnj restore --confidence 0.9
    #[arg(long, value_name = "P", value_parser = parse_confidence, requires = "zwnj", hide_short_help = true)]
    pub(crate) confidence: Option<f32>,

    /// The model for --zwnj restore
    ///
    /// A file that scripts/build-language made. Default: the one that is built in, for fa.
    /// Example: --lang fa --zwnj restore --lexicon my.model
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "zwnj", hide_short_help = true)]
    pub(crate) lexicon: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ZwnjFlag {
    Restore,
    Keep,
}

fn parse_confidence(text: &str) -> Result<f32, String> {
    let confidence = text.parse().ok().filter(|confidence| (0.01..=0.99).contains(confidence));
    confidence.ok_or_else(|| "a confidence is a number from 0.01 to 0.99".to_owned())
}

/// A model is some MiB; what is longer is none, and not read to its end.
const MODEL_BYTES_MAX: u64 = 64 << 20;

fn read_model(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MODEL_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What restores, and how sure it must be.
#[derive(Clone)]
pub(crate) struct Restoring {
    restorer: Option<Arc<Restorer>>,
    confidence: f32,
}

impl Restoring {
    /// What the flags ask for, if they do.
    ///
    /// # Errors
    /// A model that cannot be read, or is none.
    pub(crate) fn of(flags: &ZwnjFlags) -> Result<Option<Self>, String> {
        if flags.zwnj != Some(ZwnjFlag::Restore) {
            return match (&flags.lexicon, flags.confidence) {
                (None, None) => Ok(None),
                _ => Err("--lexicon and --confidence go with --zwnj restore".to_owned()),
            };
        }
        let read = |path: &PathBuf| {
            let named = |what: String| format!("{}: {what}", path.display());
            let bytes = read_model(path).map_err(|error| named(textcore::error::system_message(&error)))?;
            Restorer::from_bytes(&bytes).map(Arc::new).map_err(|error| named(error.to_string()))
        };
        let restorer = flags.lexicon.as_ref().map(read).transpose()?;
        Ok(Some(Restoring { restorer, confidence: flags.confidence.unwrap_or(CONFIDENCE) }))
    }

    /// The step for texts in a language, if there is a model for it.
    pub(crate) fn step(&self, language: Option<&Language>) -> Option<ZwnjRestore> {
        let language = language.filter(|language| has_restorer(language))?;
        let restorer = self.restorer.clone().or_else(|| restorer_of(language).map(Arc::new))?;
        Some(ZwnjRestore::new(restorer, self.confidence))
    }
}
