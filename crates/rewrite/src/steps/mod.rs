//! The steps: one idea per file.

pub mod ellipsis;

pub use ellipsis::{Ellipsis, EllipsisStyle};
