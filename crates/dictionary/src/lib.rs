//! Words of scripts that are written without spaces: Thai, Lao, Khmer, Burmese, Chinese and Japanese, by the
//! dictionaries of ICU4X; all other text by the rules of UAX #29.
//!
//! [`Segmenter`] has the promises. What is divided, and by which dictionary, says `script.rs`; how, `walk.rs`.

mod cluster;
mod letters;
mod lexicons;
mod part;
mod script;
mod segmenter;
mod units;
mod walk;

pub use segmenter::Segmenter;

/// The examples of the README are run with those of the code.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
