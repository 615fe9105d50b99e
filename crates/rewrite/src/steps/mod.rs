//! The steps: one idea per file.

pub mod entities;
pub mod form;

pub use entities::Entities;
pub use form::Forms;
