//! The steps: one idea per file.

pub mod entities;
pub mod form;
pub mod user_rules;
pub mod zero_width;

pub use entities::Entities;
pub use form::Forms;
pub use user_rules::UserRules;
pub use zero_width::{ZeroWidth, ZeroWidthPolicy};
