//! The steps: one idea per file.

pub mod bidi;
pub mod blank_lines;
pub mod case;
pub mod entities;
pub mod form;
pub mod marks;
pub mod newlines;
pub mod space;
pub mod tags;
pub mod user_rules;
pub mod zero_width;

pub use bidi::{Bidi, BidiPolicy};
pub use blank_lines::BlankLines;
pub use case::CaseStep;
pub use entities::Entities;
pub use form::Forms;
pub use marks::{MarkClass, Marks};
pub use newlines::{LineEnd, Newlines};
pub use space::Space;
pub use tags::Tags;
pub use user_rules::UserRules;
pub use zero_width::{ZeroWidth, ZeroWidthPolicy};
