//! Measures documents, as far as their rules or their reader ask for it.

use language::Language;
use textcore::Record;
use unicode::{Unit, utf8};

use super::c4::Inspector;
use super::fineweb::FineWeb;
use super::gopher::Gopher;
use super::lexicon::Lexicon;
use super::measures::Measures;
use super::policy::Policy;
use super::punctuation::Punctuation;
use super::repetition::{self, Repetition};
use super::rules::Family;
use super::tongue::Tongue;
use super::words::Words;

/// Records above this size leave no space behind them.
const KEPT_BYTES_MAX: usize = 1 << 20;

/// What is measured, and how.
#[derive(Debug)]
pub struct Assessor {
    unit: Unit,
    punctuation: Punctuation,
    /// The rules.
    pub policy: Policy,
    /// Whose stop words count.
    pub tongue: Tongue,
    inspector: Inspector,
    wants: Wants,
}

/// Which families are measured.
#[derive(Debug, Clone, Copy)]
struct Wants {
    quality: bool,
    repetition: bool,
    c4: bool,
    fineweb: bool,
}

/// Space for one document after the other.
#[derive(Debug, Default)]
pub struct Bench {
    words: Words,
    lexicon: Lexicon,
    repetition: repetition::Bench,
}

/// What was found out about a document.
pub struct Assessment {
    /// Its language, if it is known.
    pub language: Option<&'static Language>,
    /// What was measured.
    pub measures: Measures,
}

impl Assessor {
    /// Prepares to measure what the rules of the policy ask for, or everything.
    pub fn new(
        unit: Unit,
        punctuation: Punctuation,
        policy: Policy,
        tongue: Tongue,
        is_all: bool,
    ) -> Assessor {
        let wants = Wants {
            quality: is_all || policy.asks(Family::Quality),
            repetition: is_all || policy.asks(Family::Repetition),
            c4: is_all || policy.asks(Family::C4),
            fineweb: is_all || policy.asks(Family::FineWeb),
        };
        let inspector = Inspector::new(policy.lines, punctuation);
        Assessor { unit, punctuation, policy, tongue, inspector, wants }
    }

    /// Measures a record.
    pub fn assess(&self, record: &Record<'_>, bench: &mut Bench) -> Assessment {
        let language = if self.wants.quality { self.tongue.of(record) } else { None };
        let measures = self.measure(record.text, language, bench);
        if record.text.len() > KEPT_BYTES_MAX {
            *bench = Bench::default();
        }
        Assessment { language, measures }
    }

    fn measure(&self, text: &[u8], language: Option<&'static Language>, bench: &mut Bench) -> Measures {
        let Bench { words, lexicon, repetition } = bench;
        let characters = utf8::count_chars(text);
        let wants = self.wants;
        if wants.quality || wants.repetition || wants.fineweb {
            words.read(text, self.unit, self.punctuation);
        }
        let stop_words = language.and_then(|language| self.tongue.stop_words(language));
        Measures {
            characters: characters as f64,
            gopher: wants.quality.then(|| Gopher::of(text, words, stop_words)),
            repetition: wants
                .repetition
                .then(|| Repetition::of(text, characters, words, repetition, lexicon)),
            c4: wants.c4.then(|| self.inspector.inspect(text)),
            fineweb: wants.fineweb.then(|| {
                let tokens = words.len() as u64;
                FineWeb::of(text, characters, tokens, self.punctuation, self.policy.short_line, lexicon)
            }),
        }
    }
}
