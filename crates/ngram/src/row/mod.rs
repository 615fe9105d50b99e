//! Counted rows of numbers on disk: sorted runs, and the merge that joins them.
//!
//! A row is an n-gram as numbers: its tokens, noughts up to the largest order, then what else tells it apart (see
//! [`Layout`]), and a count. Rows stand in a [`Run`] in the order of their tokens' *ranks*, whatever their numbers are:
//! a [`Translation`] turns numbers into ranks while runs are merged.
//!
//! ```
//! use ngram::row::{Layout, Options, Source, Spool, Translation, merge};
//! use std::sync::Arc;
//!
//! let directory = std::env::temp_dir();
//! let mut spool = Spool::new(&directory);
//! // Numbers were given in the order of the text, "to be or not to be"; 3 (or) comes after 2 (be).
//! let mut writer = spool.write(2)?;
//! writer.push(&[2, 0], 2)?; // be
//! writer.push(&[2, 3], 1)?; // be or
//! writer.push(&[3, 0], 1)?; // or
//! let run = writer.finish()?;
//! // Bytewise "be" is the first of all tokens, "or" the third; 0 is no number.
//! let layout = Layout { order: 2, has_forms: false, has_documents: false };
//! let translation = Arc::new(Translation::new(layout, vec![0, 4, 1, 3, 2], Vec::new()));
//!
//! let options = Options { memory_bytes: 1 << 20, threads: 1, temporary_directory: &directory };
//! let mut merged = merge(vec![Source { run, translation }], &options)?;
//! let mut rows = Vec::new();
//! while let Some(row) = merged.next()? {
//!     rows.push((row.numbers.to_vec(), row.shared, row.count));
//! }
//! assert_eq!(rows, [(vec![1, 0], 0, 2), (vec![1, 3], 1, 1), (vec![3, 0], 0, 1)]);
//! # Ok::<(), std::io::Error>(())
//! ```

mod code;
mod layout;
mod merge;
mod run;
mod shape;
mod spool;
#[cfg(test)]
mod tests;
mod translation;
mod tree;

pub use layout::{COLUMNS_MAX, Layout};
pub use merge::{Merged, Options, Row, Runs, Source, merge, reduce};
pub use run::Run;
pub use spool::{Spool, Writer};
pub use translation::Translation;
