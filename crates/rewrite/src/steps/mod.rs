//! The steps: one idea per file.

pub mod dashes;
pub mod ellipsis;
pub mod quotes;

pub use dashes::{DashStyle, Dashes};
pub use ellipsis::{Ellipsis, EllipsisStyle};
pub use quotes::{Marks, QuoteStyle, Quotes};
