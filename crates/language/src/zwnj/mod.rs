//! Puts U+200C back into Persian text: inside words it was deleted from, and where it became a space.
//!
//! The way of a record: `guard` sets other languages aside, `phrase` reads words in a row, `state` divides and joins them until
//! nothing changes, under the thresholds that `policy` takes from what the record shows of its fate. `judge` asks the `model`: `table`
//! for what is settled, `weights` over the features of `insert` (a place inside a word) and `join` (a space) for all else.
//! `build` makes a model, with the same code for features.

mod affix;
mod bits;
pub mod build;
mod class;
mod context;
mod guard;
mod hash;
mod insert;
mod join;
mod judge;
mod key;
mod letters;
mod logistic;
mod loose;
mod model;
mod phrase;
mod policy;
mod restorer;
mod shared;
mod state;
mod table;
mod weights;

pub use key::key_of;
pub use loose::{loose_endings, loose_prefixes};
pub use model::ModelError;
pub use restorer::{CONFIDENCE, Expectation, Kind, Restorer, Scratch};

use crate::language::Language;

/// The model that this crate carries for a language.
///
/// ```
/// use language::{Language, zwnj::restorer_of};
///
/// assert!(Language::for_code("fa").and_then(restorer_of).is_some());
/// assert!(Language::for_code("ar").and_then(restorer_of).is_none());
/// ```
#[must_use]
pub fn restorer_of(language: &Language) -> Option<Restorer> {
    has_restorer(language).then(Restorer::builtin)
}

/// Whether there is one, without reading it.
#[must_use]
pub fn has_restorer(language: &Language) -> bool {
    language.code() == "fa"
}
