//! What reaches across runs and files: other files' records, seen keys, parts of a whole, aligned files.

mod asked;
mod opened;
mod text;

pub use asked::Asked;
pub use opened::Opened;
pub use text::{KeyText, TextScratch};
