//! The steps: one idea per file.

pub mod nmt_nfkc;
pub mod user_rules;

pub use user_rules::UserRules;
