//! The steps: one idea per file.

pub mod zero_width;

pub use zero_width::{ZeroWidth, ZeroWidthPolicy};
