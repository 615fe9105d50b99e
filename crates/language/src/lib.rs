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

mod alphabet;
mod catalogue;
mod diagnosis;
mod evidence;
mod key_rules;
mod language;
mod lexicon;
mod parse;
mod scan;
mod script;
mod verdict;
pub mod zwnj;

pub use diagnosis::{Diagnosis, ZwnjFate};
pub use evidence::{Evidence, UnknownCounter};
pub use key_rules::{KeyFold, KeyRules};
pub use language::Language;
pub use verdict::{Doubt, LETTERS_MIN, MARGIN_PERCENT_MIN, PIECES_MIN, Verdict};

/// The examples of the README, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
