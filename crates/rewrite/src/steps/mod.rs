//! The steps: one idea per file.

pub mod entities;
pub mod form;
pub mod user_rules;

pub use entities::Entities;
pub use form::Forms;
pub use user_rules::UserRules;
