//! Exact duplicates: records are the same if their keys are.

pub mod gate;
pub mod group;
pub mod keys;
pub mod spill;
pub mod streams;
pub mod table;

pub use keys::key;
