//! What is true of every text: segmentation, normalization forms, case, scripts and other properties of
//! characters, of one Unicode version.
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
//! | [`form`] | NFC, NFD, NFKC, NFKD, and forms with some compatibility mappings | UAX #15 |
//! | [`case`] | lower case, upper case, case folding, by locale | Unicode Standard 3.13, CLDR |
//! | [`script`] | the Script property | UAX #24 |
//! | [`space`] | the White_Space property | UAX #44 |
//! | [`category`] | the General_Category property | UAX #44 |
//! | [`census`] | how often each code point stands in a text | – |
//! | [`property`] | several properties of a character at one look | UAX #44 |
//! | [`joining`] | Joining_Type and viramas | Unicode Standard 9.2 |
//! | [`digit`] | decimal digits, their values and sets | UAX #44, CLDR |
//! | [`direction`] | which way a text is written | UAX #9 |
//! | [`width`] | columns of a terminal | UAX #11 |
//! | [`emoji`] | properties of emoji characters | UTS #51 |
//! | [`ignorable`] | ignorable and bidi characters, selectors, tags, noncharacters | UAX #44 |
//! | [`lanes`] | masks with a bit for each of 64 bytes | – |
//! | [`mod@line`] | lines and their characters | – |
//! | [`mod@unit`] | the units that the tools count and list | – |
//!
//! The tables in `src/tables` are written by `scripts/gen-unicode` from the Unicode Character Database;
//! `SOURCES.md` lists the files, `LICENSE-UNICODE` is their licence.

mod beginning;
pub mod case;
pub mod category;
pub mod census;
pub mod digit;
pub mod direction;
pub mod emoji;
pub mod form;
pub mod grapheme;
pub mod ignorable;
pub mod joining;
pub mod lanes;
pub mod line;
mod lookup;
pub mod property;
pub mod script;
pub mod sentence;
pub mod sieve;
pub mod space;
mod tables;
pub mod unit;
pub mod utf8;
pub mod width;
pub mod word;

pub use case::{Case, CaseLocale, Casing};
pub use category::Category;
pub use census::Census;
pub use digit::DigitSet;
pub use form::{Compatibility, Form, Kinds, Rewriting};
pub use joining::JoiningType;
pub use property::Properties;
pub use script::Script;
pub use unit::Unit;

/// The Unicode version of every table and rule.
pub const VERSION: &str = "18.0.0";

/// The examples of the README are run with those of the code.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
