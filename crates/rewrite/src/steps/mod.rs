//! The steps: one idea per file.

pub mod user_rules;

pub use user_rules::UserRules;
