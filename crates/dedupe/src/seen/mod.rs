//! Files of keys that were seen: written at the end of one run, known to another, merged.

mod merge;
mod number;
mod parameters;
mod passes;
mod reader;
mod rice;
mod store;
#[cfg(test)]
mod tests;
mod writer;

pub use merge::{Keys, Union};
pub use number::Number;
pub use parameters::{MAGIC_ANY, Parameters};
pub use passes::merge;
pub use reader::{SeenFile, SeenKeys};
pub use store::{Saving, load};
pub use writer::SeenWriter;
