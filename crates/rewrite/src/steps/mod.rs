//! The steps: one idea per file.

pub mod entities;

pub use entities::Entities;
