//! From flags to a stream of tokens: which of them, and how they are written.

use std::path::PathBuf;
use std::sync::Arc;

use language::Language;
use textcore::Error;
use unicode::{Case, CaseLocale, Casing};

use super::segmenter::{segmenter, tongue};
use crate::class::ClassSet;
use crate::filter::{Filter, StopWords};
use crate::flags::{CaseFlag, Flags};
use crate::stream::{Dress, Stream};
use crate::tongue::Tongue;

/// The tokens that flags ask for.
///
/// # Errors
/// [`Error::Usage`].
pub(super) fn stream(flags: &Flags) -> Result<Stream, Error> {
    let tongue = tongue(flags)?;
    let locale = match &tongue {
        Tongue::One(language) => CaseLocale::parse(language.code()).unwrap_or(CaseLocale::Root),
        _ => CaseLocale::Root,
    };
    let case = flags.choice.case.and_then(|case| match case {
        CaseFlag::Lower => Some(Case::Lower),
        CaseFlag::Upper => Some(Case::Upper),
        CaseFlag::Fold => Some(Case::Fold),
        CaseFlag::Keep => None,
    });
    let dress = Dress {
        case: case.map(|case| Casing { case, locale }),
        masks: flags.choice.mask.clone(),
        join: flags.choice.join.clone(),
    };
    Ok(Stream { segmenter: segmenter(flags, tongue)?, filter: filter(flags)?, dress })
}

fn filter(flags: &Flags) -> Result<Option<Filter>, Error> {
    let choice = &flags.choice;
    let filter = Filter {
        only: choice.only_class.unwrap_or(ClassSet::ALL),
        drop: choice.drop_class.unwrap_or(ClassSet::NONE),
        length_min: choice.min_length,
        length_max: choice.max_length.unwrap_or(u64::MAX),
        stop_words: stop_words(&choice.stop_words)?.map(Arc::new),
        scripts: choice.script.clone(),
    };
    Ok(if filter.takes_all() { None } else { Some(filter) })
}

fn stop_words(names: &[PathBuf]) -> Result<Option<StopWords>, Error> {
    let mut words: Option<StopWords> = None;
    for name in names {
        let list = words.get_or_insert_default();
        match name.to_str().and_then(Language::parse) {
            Some(language) => list.add_language(language),
            None => list.read(name).map_err(|problem| Error::Usage(format!("--stop-words: {problem}")))?,
        }
    }
    Ok(words)
}
