//! Subword models that others trained: which pieces a text has, which ids, and how many.
//!
//! A [`Model`] is opened from the bytes of a `tokenizer.json` (the format of the `tokenizers` library) or of a
//! rank file (that of `tiktoken`). It is immutable and may be shared; each worker has a [`Scratch`] of its own.
//!
//! ```
//! use subword::{Model, Scratch};
//!
//! let file = br#"{
//!   "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
//!   "decoder": {"type": "ByteLevel"},
//!   "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2, "\u0120": 3}, "merges": ["a b"]}
//! }"#;
//! let model = Model::open(file, "tiny.json")?;
//! let mut scratch = Scratch::default();
//! let mut pieces = Vec::new();
//! model.encode(&mut scratch, b"ab ba", |piece| pieces.push((piece.id, piece.range)));
//! assert_eq!(pieces, [(2, 0..2), (3, 2..3), (1, 3..4), (0, 4..5)]);
//! assert_eq!(model.count(&mut scratch, b"ab ba"), 4);
//! # Ok::<(), subword::ModelError>(())
//! ```

mod added;
mod base64;
mod bpe;
mod byte_level;
mod cache;
mod decode;
mod engine;
mod error;
mod hash;
mod load;
mod merges;
mod model;
mod node;
mod rewrite;
mod scratch;
mod settings;
mod span;
mod splitter;
mod stage;
mod unigram;
mod vocabulary;
mod word_level;
mod word_piece;

pub use error::{ModelError, Place};
pub use model::{Model, Piece};
pub use scratch::Scratch;
pub use settings::Settings;

/// The examples of the README, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
