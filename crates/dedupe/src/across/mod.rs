//! What reaches across runs and files: other files' records, seen keys, parts of a whole, aligned files.

mod any;
mod asked;
mod flags;
mod merge;
mod text;

pub use any::{AnySide, Sides};
pub use asked::Asked;
pub use flags::{AcrossFlags, Which};
pub use merge::{Kind, MergePlan, merge};
pub use text::{KeyText, TextScratch};
