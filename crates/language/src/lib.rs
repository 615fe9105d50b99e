//! What is true of one language, kept as plain text in `data/CODE/` and compiled in; nothing here reads or writes.
//!
//! This first version answers one question: which language is a document written in? A tool makes one
//! [`Evidence`] per document, lets it [`observe`](Evidence::observe) the records, merges the parts that were
//! counted apart, and asks for the [`Verdict`]. When in doubt the verdict names no language, and then only
//! steps that are right for every language may be applied.
//!
//! ```
//! use language::Evidence;
//!
//! let mut evidence = Evidence::new();
//! evidence.observe("این کتاب را دیروز از کتابخانه گرفتم و هنوز نخوانده‌ام.".as_bytes());
//! assert_eq!(evidence.verdict().language.map(|language| language.code()), Some("fa"));
//! ```
//!
//! The way from text to verdict: `script` and `alphabet` say what one character is evidence of, `lexicon` says
//! it of one word, `scan` walks the bytes, `evidence` counts, `verdict` decides.
//!
//! [`spans`] finds what belongs together in running text, [`dates`] the dates among it.

mod abbreviations;
mod alphabet;
mod around;
mod catalogue;
mod conventions;
pub mod dates;
mod diagnosis;
mod evidence;
mod key_rules;
mod language;
pub mod letters;
mod lexicon;
mod listing;
mod numeral;
mod parse;
pub mod punctuation;
mod recogniser;
mod scan;
mod script;
pub mod spans;
pub mod spelling;
mod verdict;
pub mod zwnj;

pub use abbreviations::{Abbreviation, Abbreviations};
pub use diagnosis::{Diagnosis, ZwnjFate};
pub use evidence::{Evidence, UnknownCounter};
pub use key_rules::{KeyFold, KeyRules};
pub use language::Language;
pub use recogniser::Recogniser;
pub use verdict::{Doubt, LETTERS_MIN, MARGIN_PERCENT_MIN, PIECES_MIN, Verdict};

/// The examples of the README, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
