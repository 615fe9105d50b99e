//! From flags to what is to be run, everything checked that can be before anything is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use language::Language;
use regex_automata::meta::Regex;
use subword::{Model, Settings};
use textcore::Error;
use textcore::frame::{Cut, Selection};
use textcore::visit::Reading;
use unicode::{Case, CaseLocale, Casing, Unit};

use crate::budget::{Budget, Rest};
use crate::class::ClassSet;
use crate::count::CountBy;
use crate::detok::Detokenizer;
use crate::dictionary::Dictionary;
use crate::filter::{Filter, StopWords};
use crate::flags::{CaseFlag, CountFlag, Flags, FormatFlag, OffsetFlag, UnitFlag, WordFlags};
use crate::format::Format;
use crate::joiner::Joiner;
use crate::offsets::OffsetUnit;
use crate::protect::{Kind, KindSet, OwnAbbreviations, Patterns, Protector, Terms};
use crate::segmenter::{Pieces, Segmenter, Words};
use crate::stream::{Dress, Stream};
use crate::tokenizer::Tokenizer;
use crate::tongue::Tongue;

/// What is to be run.
#[derive(Debug, Clone)]
pub enum Plan {
    /// Write tokens.
    Tokenize(Box<Tokenizer>),
    /// Count them.
    Count(Box<Stream>, CountBy),
    /// Write text of tokens.
    Detokenize(Box<Detokenizer>),
    /// Ask whether the way back leads there.
    RoundTrip(Box<(Tokenizer, Detokenizer)>),
    /// Write text, so many tokens of it.
    Budget(Box<Budget>),
}

/// The largest pattern, compiled.
const PATTERN_BYTES_MAX: usize = 10 << 20;

impl Plan {
    /// Checks flags.
    ///
    /// # Errors
    /// [`Error::Usage`].
    pub fn new(flags: &Flags, reading: &Reading) -> Result<Self, Error> {
        let modes = &flags.modes;
        let joiner = flags.output.joiner.as_deref().map(Joiner::new).transpose();
        let joiner = joiner.map_err(|problem| Error::Usage(format!("--joiner: {problem}")))?;
        if modes.detok {
            return Ok(Plan::Detokenize(Box::new(Detokenizer::Joiner(
                joiner.map_or_else(default_joiner, Ok)?,
            ))));
        }
        let stream = stream(flags)?;
        if let Some(by) = modes.count {
            let by = match by {
                CountFlag::Total => CountBy::Total,
                CountFlag::File => CountBy::File,
                CountFlag::Record => CountBy::Record,
            };
            return Ok(Plan::Count(Box::new(stream), by));
        }
        if let Some(tokens_max) = modes.budget {
            let rest = if modes.split { split(reading)? } else { Rest::Truncate };
            return Ok(Plan::Budget(Box::new(Budget { stream, tokens_max, rest })));
        }
        let joiner = match joiner {
            None if modes.roundtrip => Some(default_joiner()?),
            joiner => joiner,
        };
        let tokenizer = tokenizer(flags, stream, joiner, reading)?;
        match &tokenizer.joiner {
            Some(joiner) if modes.roundtrip => {
                let detokenizer = Detokenizer::Joiner(joiner.clone());
                Ok(Plan::RoundTrip(Box::new((tokenizer, detokenizer))))
            }
            _ => Ok(Plan::Tokenize(Box::new(tokenizer))),
        }
    }

    /// How the language of records is known.
    pub fn tongue(&self) -> Tongue {
        let stream = match self {
            Plan::Tokenize(tokenizer) => &tokenizer.stream,
            Plan::RoundTrip(both) => &both.0.stream,
            Plan::Count(stream, _) => stream,
            Plan::Budget(budget) => &budget.stream,
            Plan::Detokenize(_) => return Tongue::Unknown,
        };
        match &stream.segmenter {
            Segmenter::Words(words) => words.tongue.clone(),
            _ => Tongue::Unknown,
        }
    }
}

fn usage(problem: &str) -> Error {
    Error::Usage(problem.to_owned())
}

fn default_joiner() -> Result<Joiner, Error> {
    Joiner::new(crate::joiner::DEFAULT_MARK).map_err(Error::Usage)
}

fn split(reading: &Reading) -> Result<Rest, Error> {
    match (&reading.selection, reading.cut) {
        (Selection::Json(pointer), _) => Ok(Rest::SplitJson(pointer.clone())),
        (Selection::Columns { .. }, _) => {
            Err(usage("--split makes records of parts, and --field has none to make"))
        }
        (Selection::All, Cut::Null) => Ok(Rest::Split(b"\0")),
        (Selection::All, Cut::Paragraphs) => Ok(Rest::Split(b"\n\n")),
        (Selection::All, Cut::Lines | Cut::Whole) => Ok(Rest::Split(b"\n")),
    }
}

fn tokenizer(
    flags: &Flags,
    stream: Stream,
    joiner: Option<Joiner>,
    reading: &Reading,
) -> Result<Tokenizer, Error> {
    let format = format(flags);
    if joiner.is_some() {
        let is_changed = stream.filter.is_some() || !stream.dress.is_plain() || flags.words.split_zwnj;
        if format != Format::Spaced && !flags.modes.roundtrip {
            return Err(usage("--joiner is for --format spaced"));
        }
        if is_changed || flags.units.unit == UnitFlag::Unit(Unit::Byte) {
            return Err(usage(
                "--joiner and --roundtrip are for tokens as they stand: not with flags that leave out or change any, nor for --unit byte",
            ));
        }
    }
    let format = if joiner.is_some() { Format::Spaced } else { format };
    let has_spaces_within = stream.segmenter.has_spaces_within();
    if has_spaces_within && format == Format::Spaced && joiner.is_none() && stream.dress.join.is_none() {
        return Err(usage(
            "tokens that hold spaces, on one line with others, need --join MARK or --joiner; or -l for one token a line",
        ));
    }
    let offset_unit = flags.output.offset_unit.map(|unit| match unit {
        OffsetFlag::Byte => OffsetUnit::Byte,
        OffsetFlag::Char => OffsetUnit::Char,
        OffsetFlag::Utf16 => OffsetUnit::Utf16,
    });
    if offset_unit.is_some() && !matches!(format, Format::Tsv | Format::Jsonl | Format::Conllu) {
        return Err(usage("--offset-unit is for --format tsv, jsonl and conllu"));
    }
    Ok(Tokenizer { stream, format, line_end: reading.cut.delimiter(), joiner, offset_unit })
}

fn format(flags: &Flags) -> Format {
    match (flags.output.format, flags.output.lines) {
        (Some(FormatFlag::Spaced), _) => Format::Spaced,
        (Some(FormatFlag::Lines), _) | (None, true) => Format::Lines,
        (Some(FormatFlag::Vertical), _) => Format::Vertical,
        (Some(FormatFlag::Tsv), _) => Format::Tsv,
        (Some(FormatFlag::Jsonl), _) => Format::Jsonl,
        (Some(FormatFlag::Conllu), _) => Format::Conllu,
        (None, false) => match flags.units.unit {
            UnitFlag::Unit(Unit::Sentence | Unit::Paragraph | Unit::Line)
                if flags.output.joiner.is_none() =>
            {
                Format::Lines
            }
            _ => Format::Spaced,
        },
    }
}

fn stream(flags: &Flags) -> Result<Stream, Error> {
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

fn segmenter(flags: &Flags, tongue: Tongue) -> Result<Segmenter, Error> {
    let words = &flags.words;
    let protector = protector(flags)?;
    let is_about_words = words.lang.is_some() || words.split_zwnj || words.dictionary || protector.is_some();
    if let Some(path) = &flags.units.model {
        return match is_about_words {
            false => Ok(Segmenter::Model(Pieces { model: model(flags, path)?, as_ids: flags.units.ids })),
            true => Err(usage(
                "--lang, --protect, --keep-…, --dictionary and --split-zwnj are for --unit word, not for --model",
            )),
        };
    }
    match (flags.units.unit, &flags.units.pattern) {
        (UnitFlag::Regex, Some(pattern)) if !is_about_words => self::pattern(pattern).map(Segmenter::Pattern),
        (UnitFlag::Regex, None) => Err(usage("--unit regex needs --pattern RE")),
        (UnitFlag::Unit(_), Some(_)) => Err(usage("--pattern is for --unit regex")),
        (UnitFlag::Unit(Unit::Word), None) if is_about_words => Ok(Segmenter::Words(Words {
            protector,
            tongue,
            dictionary: dictionary(words)?,
            splits_zwnj: words.split_zwnj,
        })),
        (UnitFlag::Unit(unit), None) if !is_about_words => Ok(Segmenter::Unit(unit)),
        _ => Err(usage("--lang, --protect, --keep-…, --dictionary and --split-zwnj are for --unit word")),
    }
}

fn model(flags: &Flags, path: &Path) -> Result<Arc<Model>, Error> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| Error::Usage(format!("{name}: {error}")))?;
    let settings = Settings {
        special_tokens: flags.units.special_tokens,
        encoding: flags.units.ranks_of.clone(),
        ..Settings::default()
    };
    let model = Model::open_with(&bytes, &name, &settings);
    model.map(Arc::new).map_err(|error| Error::Usage(error.to_string()))
}

/// CoNLL-U is read by those who look at words: without flags that say otherwise, it has what they take for one.
fn is_for_linguists(flags: &Flags) -> bool {
    flags.output.format == Some(FormatFlag::Conllu)
        && flags.units.model.is_none()
        && flags.units.unit == UnitFlag::Unit(Unit::Word)
        && flags.words.protect.is_none()
}

fn protector(flags: &Flags) -> Result<Option<Protector>, Error> {
    let words = &flags.words;
    let has_own =
        words.abbreviations.is_some() || !words.keep_pattern.is_empty() || !words.keep_words.is_empty();
    let mut protector = match words.protect {
        Some(kinds) => Protector::new(kinds),
        None if is_for_linguists(flags) => Protector::new(KindSet::ALL),
        None if words.lang.is_some() => Protector::of_language(words.dates),
        None if has_own => Protector::new(KindSet::NONE),
        None => return Ok(None),
    };
    protector.has_worded_dates = words.dates || is_for_linguists(flags);
    if let Some(path) = &words.abbreviations {
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
    let syntax = regex_automata::util::syntax::Config::new().utf8(false);
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

fn tongue(flags: &Flags) -> Result<Tongue, Error> {
    match flags.words.lang.as_deref() {
        None if !is_for_linguists(flags) => Ok(Tongue::Unknown),
        None | Some("auto") => Ok(Tongue::judged(flags.shared.has_documents_in_records())),
        Some(code) => Language::parse(code).map(Tongue::One).ok_or_else(|| {
            let codes: Vec<_> = Language::codes().collect();
            Error::Usage(format!("'{code}' is no known language: auto or one of {}", codes.join(", ")))
        }),
    }
}
