//! `--bloom`: first kept in a fixed number of bytes, for streams without end.

mod account;
mod filter;
mod gate;

pub use account::Account;
pub use filter::Filter;
pub use gate::FixedMemory;
