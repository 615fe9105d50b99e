//! What is true of every text: segmentation, normalization forms, scripts and white space, of one Unicode
//! version.
//!
//! Every function takes bytes and is total. Text is UTF-8 that may be ill-formed: each maximal subpart of an
//! ill-formed sequence behaves as U+FFFD does and keeps its own bytes, so nothing is lost. Nothing here reads
//! a file, keeps state or knows a language.
//!
//! | module | what it answers | source |
//! |---|---|---|
//! | [`utf8`] | characters, validity, replacement | Unicode Standard 3.9 |
//! | [`word`] | word boundaries and tokens | UAX #29 |
//! | [`grapheme`] | extended grapheme clusters | UAX #29 |
//! | [`sentence`] | sentence boundaries | UAX #29 |
//! | [`form`] | NFC, NFD, NFKC, NFKD | UAX #15 |
//! | [`script`] | the Script property | UAX #24 |
//! | [`space`] | the White_Space property | UAX #44 |
//! | [`mod@unit`] | the units that the tools count and list | – |
//!
//! The tables in `src/tables` are written by `scripts/gen-unicode` from the Unicode Character Database;
//! `SOURCES.md` lists the files, `LICENSE-UNICODE` is their licence.

pub mod form;
pub mod grapheme;
mod lookup;
pub mod script;
pub mod sentence;
mod sieve;
pub mod space;
mod tables;
pub mod unit;
pub mod utf8;
pub mod word;

pub use form::Form;
pub use script::Script;
pub use unit::Unit;

/// The Unicode version of every table and rule.
pub const VERSION: &str = "18.0.0";

/// The examples of the README are run with those of the code.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
