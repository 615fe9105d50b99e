//! From flags to what a token is.

use std::path::Path;
use std::sync::Arc;

use language::Language;
use regex_automata::meta::Regex;
use subword::{Model, Settings};
use textcore::Error;
use unicode::Unit;

use super::usage;
use crate::class::Class;
use crate::dictionary::Dictionary;
use crate::flags::{Flags, FormatFlag, UnitFlag, WordFlags};
use crate::protect::{Kind, KindSet, OwnAbbreviations, Patterns, Protector, Terms, list};
use crate::scheme::Scheme;
use crate::segmenter::{Pieces, Segmenter, Words};
use crate::tongue::Tongue;

/// The largest pattern, compiled.
const PATTERN_BYTES_MAX: usize = 10 << 20;

/// The largest file of a model.
const MODEL_BYTES_MAX: u64 = 512 << 20;

/// What a token is.
///
/// # Errors
/// [`Error::Usage`].
pub(super) fn segmenter(flags: &Flags, tongue: Tongue) -> Result<Segmenter, Error> {
    let (units, words) = (&flags.units, &flags.words);
    let protector = protector(flags)?;
    let is_about_words = words.lang.is_some() || words.split_zwnj || words.dictionary || protector.is_some();
    if is_about_words && !is_by_word(flags) {
        return Err(usage("--lang, --protect, --keep-…, --dictionary and --split-zwnj are for --unit word"));
    }
    if let Some(path) = &units.model {
        let model = model(flags, path, units.special_tokens)?;
        return Ok(Segmenter::Model(Pieces { model, as_ids: units.ids, has_special: units.special_tokens }));
    }
    if let Some(name) = &units.scheme {
        return scheme(flags, name).map(Arc::new).map(Segmenter::Scheme);
    }
    match (units.unit, &units.pattern) {
        (UnitFlag::Regex, Some(pattern)) => self::pattern(pattern).map(Segmenter::Pattern),
        (UnitFlag::Regex, None) => Err(usage("--unit regex needs --pattern RE")),
        (UnitFlag::Unit(_), Some(_)) => Err(usage("--pattern is for --unit regex")),
        (UnitFlag::Unit(_), None) if is_about_words => Ok(Segmenter::Words(Words {
            protector,
            tongue,
            dictionary: dictionary(words)?,
            splits_zwnj: words.split_zwnj,
        })),
        (UnitFlag::Unit(unit), None) => Ok(Segmenter::Unit(unit)),
    }
}

/// Whether tokens are words by the rules of Unicode, or begin as such.
fn is_by_word(flags: &Flags) -> bool {
    let units = &flags.units;
    units.model.is_none() && units.scheme.is_none() && units.unit == UnitFlag::Unit(Unit::Word)
}

fn scheme(flags: &Flags, name: &str) -> Result<Scheme, Error> {
    let mut scheme = Scheme::parse(name).map_err(Error::Usage)?;
    if let Some(path) = &flags.words.abbreviations {
        scheme = scheme.with_abbreviations(path).map_err(Error::Usage)?;
    }
    let units = &flags.units;
    match &mut scheme {
        Scheme::Moses(moses) => {
            moses.splits_hyphens = units.split_hyphens;
            moses.escapes = !units.no_escape;
        }
        Scheme::ThirteenA | Scheme::International if units.split_hyphens || units.no_escape => {
            return Err(usage("--split-hyphens and --no-escape are for --scheme moses:LANG"));
        }
        Scheme::ThirteenA | Scheme::International => {}
    }
    Ok(scheme)
}

/// The pieces of a model for a budget of tokens: without those that it puts around each text, and how many these are.
///
/// # Errors
/// [`Error::Usage`].
pub(super) fn within_budget(flags: &Flags, pieces: Pieces) -> Result<(Pieces, u64), Error> {
    let Some(path) = flags.units.model.as_ref().filter(|_| pieces.has_special) else {
        return Ok((pieces, 0));
    };
    let bare = Pieces { model: model(flags, path, false)?, has_special: false, ..pieces.clone() };
    let of_nothing = |pieces: &Pieces| pieces.model.count(&mut subword::Scratch::default(), b"");
    let around = of_nothing(&pieces) - of_nothing(&bare).min(of_nothing(&pieces));
    Ok((bare, around))
}

fn model(flags: &Flags, path: &Path, special_tokens: bool) -> Result<Arc<Model>, Error> {
    let name = path.display().to_string();
    let bytes = list::read(path, MODEL_BYTES_MAX).map_err(Error::Usage)?;
    let settings = Settings { special_tokens, encoding: flags.units.ranks_of.clone(), ..Settings::default() };
    let model = Model::open_with(&bytes, &name, &settings);
    model.map(Arc::new).map_err(|error| Error::Usage(error.to_string()))
}

/// CoNLL-U is read by those who look at words: without flags that say otherwise, it has what they take for one.
fn is_for_linguists(flags: &Flags) -> bool {
    flags.output.format == Some(FormatFlag::Conllu) && is_by_word(flags) && flags.words.protect.is_none()
}

/// The kinds of spans whose classes are asked for by name: without them there would be no such token.
fn kinds_asked_for(flags: &Flags) -> Vec<Kind> {
    if !is_by_word(flags) {
        return Vec::new();
    }
    let choice = &flags.choice;
    let masked = choice.mask.iter().map(|(class, _)| *class);
    let chosen = choice.only_class.iter().chain(&choice.drop_class).flat_map(|classes| classes.iter());
    let kinds = masked.chain(chosen).filter_map(|class| match class {
        Class::Url => Some(Kind::Url),
        Class::Email => Some(Kind::Email),
        Class::Mention => Some(Kind::Mention),
        Class::Hashtag => Some(Kind::Hashtag),
        Class::Path => Some(Kind::Path),
        Class::Date => Some(Kind::Date),
        Class::Time => Some(Kind::Time),
        _ => None,
    });
    kinds.collect()
}

fn protector(flags: &Flags) -> Result<Option<Protector>, Error> {
    let words = &flags.words;
    // A scheme has abbreviations of its own.
    let abbreviations = words.abbreviations.as_ref().filter(|_| flags.units.scheme.is_none());
    let has_own = abbreviations.is_some() || !words.keep_pattern.is_empty() || !words.keep_words.is_empty();
    let asked_for = kinds_asked_for(flags);
    let mut protector = match words.protect {
        Some(kinds) if kinds.is_empty() => Protector::new(kinds),
        Some(kinds) => Protector::new(asked_for.iter().fold(kinds, |kinds, &kind| kinds.with(kind))),
        None if is_for_linguists(flags) => Protector::new(KindSet::ALL),
        None if words.lang.is_some() => Protector::of_language(words.dates),
        None if has_own || !asked_for.is_empty() => Protector::new(asked_for.into_iter().collect()),
        None => return Ok(None),
    };
    protector.has_worded_dates = words.dates || is_for_linguists(flags);
    if words.dates {
        protector.kinds = protector.kinds.with(Kind::Date);
    }
    if let Some(path) = abbreviations {
        protector.abbreviations = Some(Arc::new(OwnAbbreviations::read(path).map_err(Error::Usage)?));
        protector.kinds = protector.kinds.with(Kind::Abbreviation);
    }
    if !words.keep_pattern.is_empty() {
        let patterns = Patterns::new(&words.keep_pattern);
        let patterns = patterns.map_err(|problem| Error::Usage(format!("--keep-pattern {problem}")))?;
        protector.patterns = Some(Arc::new(patterns));
    }
    if !words.keep_words.is_empty() {
        let terms = Terms::read(&words.keep_words, words.ignore_case).map_err(Error::Usage)?;
        protector.terms = Some(Arc::new(terms));
    }
    let is_nothing = protector.kinds.is_empty() && !has_own;
    Ok(if is_nothing { None } else { Some(protector) })
}

fn dictionary(words: &WordFlags) -> Result<Dictionary, Error> {
    if !words.dictionary {
        return Ok(Dictionary::default());
    }
    Dictionary::load().ok_or_else(|| usage("--dictionary: this program was built without dictionaries"))
}

fn pattern(pattern: &str) -> Result<Box<Regex>, Error> {
    let config = Regex::config().utf8_empty(true).nfa_size_limit(Some(PATTERN_BYTES_MAX));
    let syntax = regex_automata::util::syntax::Config::new().utf8(true);
    let built = Regex::builder().configure(config).syntax(syntax).build(pattern);
    built.map(Box::new).map_err(|error| Error::Usage(format!("--pattern {pattern}: {}", reason(&error))))
}

/// What is wrong with a pattern, and where.
fn reason(error: &regex_automata::meta::BuildError) -> String {
    match error.syntax_error() {
        Some(error) => error.to_string(),
        None => {
            error.size_limit().map_or_else(|| error.to_string(), |limit| format!("larger than {limit} bytes"))
        }
    }
}

/// How the language of records is known.
///
/// # Errors
/// [`Error::Usage`].
pub(super) fn tongue(flags: &Flags) -> Result<Tongue, Error> {
    match flags.words.lang.as_deref() {
        None if !is_for_linguists(flags) => Ok(Tongue::Unknown),
        None | Some("auto") => Ok(Tongue::judged(flags.shared.has_documents_in_records())),
        Some(code) => Language::parse(code).map(Tongue::One).ok_or_else(|| {
            let codes: Vec<_> = Language::codes().collect();
            Error::Usage(format!("'{code}' is no known language: auto or one of {}", codes.join(", ")))
        }),
    }
}
