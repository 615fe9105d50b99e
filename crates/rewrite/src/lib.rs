//! Rewrites text by named rules, and says what each of them did.
//!
//! A [`Step`] is one idea: it looks at a text and proposes replacements, each in the name of a [`Rule`]. A [`Draft`]
//! takes them down: it copies nothing until something changes, leaves out rules that are switched off and, where
//! asked, keeps a journal. A [`Rewriter`] runs steps in a fixed order, and over again until no step has anything to
//! say: its result is a fixed point, unless steps undo each other. The [`watch`] over a text tells it which steps could have, so a text that needs
//! nothing costs one look. [`trace`] carries the places of changes back to the text that came in.
//!
//! Text is UTF-8 that may be ill-formed; ill-formed bytes are never touched. Nothing here does input or output.

mod by_language;
mod by_token;
pub mod charset;
pub mod draft;
pub mod key;
pub mod name;
mod native;
mod neighbour;
#[cfg(test)]
mod promise;
pub mod protect;
pub mod rewriter;
pub mod rule;
mod scan;
pub mod seam;
pub mod seek;
pub mod step;
pub mod steps;
pub mod trace;
#[cfg(test)]
mod trial;
pub mod watch;

pub use charset::CharSet;
pub use draft::{Draft, Edit};
pub use key::{Key, KeyScratch};
pub use name::UnknownName;
pub use rewriter::{Rewriter, Scratch, UnknownRule};
pub use rule::Rule;
pub use seam::Seam;
pub use step::{Step, Triggers};
pub use trace::{Change, Piece, Trace};
