//! The steps: one idea per file.

pub mod bidi;
pub mod zero_width;

pub use bidi::{Bidi, BidiPolicy};
pub use zero_width::{ZeroWidth, ZeroWidthPolicy};
