//! Vocabulary: how rich it is, how it grows, how its frequencies fall.
//!
//! A [`Spectrum`] is made of the counts of words, and is all that [`Indices`], [`Interpolation`] and the fits need; measures
//! that depend on the order of words are those of a [`Sequence`], one document, and only their [`Mean`] goes beyond it.

mod fits;
mod growth;
mod indices;
mod mean;
mod ranks;
mod sequence;
mod spectrum;
mod sum;
pub mod zipfr;

pub use fits::{Heaps, Zipf};
pub use growth::{Interpolation, Point};
pub use indices::{HDD_SAMPLE, Indices};
pub use mean::Mean;
pub use ranks::{Ranks, Run};
pub use sequence::{Sequence, SequenceMeter, SequenceOptions};
pub use spectrum::Spectrum;
