//! Exact duplicates: records are the same if their keys are.

mod counting;
mod first;
mod flags;
mod group;
mod groups;
pub mod hash;
mod listing;
mod memory;
mod room;
mod run;
pub mod spill;
mod streams;
pub mod table;
mod waiting;

pub use flags::{ExactFlags, Width};
pub use group::Keep;
pub use hash::key;
pub use run::run;
