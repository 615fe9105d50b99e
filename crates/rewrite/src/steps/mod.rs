//! The steps: one idea per file.
pub mod form;

pub use form::Forms;
