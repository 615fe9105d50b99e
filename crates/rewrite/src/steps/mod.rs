//! The steps: one idea per file.

pub mod dashes;
pub mod ellipsis;

pub use dashes::{DashStyle, Dashes};
pub use ellipsis::{Ellipsis, EllipsisStyle};
