//! The steps: one idea per file.

pub mod entities;
pub mod tags;

pub use entities::Entities;
pub use tags::Tags;
