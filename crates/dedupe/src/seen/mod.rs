//! Files of keys that were seen: written at the end of one run, known to another, merged.

mod merge;
mod number;
mod parameters;
mod reader;
mod rice;
mod saving;
mod store;
#[cfg(test)]
mod tests;
mod unsorted;
mod writer;

pub use merge::{Ascending, Keys, Union};
pub use number::Number;
pub use parameters::{MAGIC_ANY, Parameters};
pub use reader::{SeenFile, SeenKeys};
pub use saving::{Saved, Saving, SeenKey};
pub use store::{load, merge, save};
pub use unsorted::{Sorted, Unsorted};
pub use writer::SeenWriter;
