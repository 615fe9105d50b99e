//! SentencePiece's normalization `nmt_nfkc`, but for the zero width non-joiner, which stays.
//!
//! SentencePiece replaces, in one pass and leftmost-longest, by a table that was compiled from these rules:
//!
//! - a character becomes its NFKC form;
//! - a sequence of characters, each with a one-character NFKD form, becomes one character if those forms, in canonical
//!   order as they stand, compose to it: `e` and U+0301, half-width `ｶ` and `ﾞ`, three conjoining jamo. So marks are not
//!   reordered, and nothing composes with a letter that is composed already: this is not quite NFKC;
//! - before that, some characters become a space ([`SPACES`], line ends), some are left out ([`CONTROLS`]), and
//!   U+FF5E FULLWIDTH TILDE stays.
//!
//! Then runs of spaces become one, and spaces at either end are left out. What a replacement wrote is not looked at
//! again, so doing all this twice is not always the same as doing it once: U+0344 after `i` becomes U+0308 U+0301, and
//! the next time they meet the `i`. Nor are lines kept apart: line ends inside a text become spaces.
//!
//! The rules are those that `builder.cc` and `nmt_nfkc.tsv` of SentencePiece 0.2.3 show; `SOURCES.md` says what was
//! compared. Where Unicode 18 has characters that Unicode 17 had not, they are mapped here and not there. Ill-formed
//! bytes stay here; there each becomes U+FFFD. The mark that SentencePiece puts in front of a text and for its spaces,
//! U+2581, belongs to its models and is not added.

mod map;
mod matcher;
mod spaces;
mod table;

use crate::step::Step;

pub use map::NmtMap;
pub use spaces::NmtSpaces;
pub use table::{CONTROLS, SPACES};

/// What becomes of U+200C ZERO WIDTH NON-JOINER, which parts words from suffixes in Persian and other languages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NonJoiner {
    /// It stays.
    #[default]
    Keep,
    /// It becomes a space, as in SentencePiece.
    Space,
}

/// The steps of `nmt_nfkc`, in order.
///
/// ```
/// use rewrite::steps::nmt_nfkc::{NonJoiner, nmt_nfkc};
/// use rewrite::{Rewriter, Scratch};
/// let rewriter = Rewriter::new(nmt_nfkc(NonJoiner::Keep));
/// let text = "\u{FEFF} Ｎﬁ½\t\u{A0}e\u{301}～ می\u{200C}رود\r";
/// let mut scratch = Scratch::default();
/// assert_eq!(rewriter.rewrite(text.as_bytes(), &mut scratch), "Nfi1⁄2 é～ می\u{200C}رود".as_bytes());
/// ```
pub fn nmt_nfkc(non_joiner: NonJoiner) -> Vec<Box<dyn Step>> {
    vec![Box::new(NmtMap::new(non_joiner)), Box::new(NmtSpaces::new())]
}
