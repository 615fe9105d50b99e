//! `--bloom`: first kept in a fixed number of bytes, for streams without end.

mod account;
mod filter;

pub use account::Account;
pub use filter::{BLOCK_BYTES, Filter, Sighting};
