//! The steps: one idea per file.

pub mod bidi;
pub mod blank_lines;
pub mod case;
pub mod controls;
pub mod dashes;
pub mod dehyphenate;
pub mod digits;
pub mod ellipsis;
pub mod entities;
pub mod form;
pub mod newlines;
pub mod nmt_nfkc;
pub mod quotes;
pub mod space;
pub mod tags;
pub mod unwrap;
pub mod user_rules;
pub mod zero_width;

pub use bidi::{Bidi, BidiPolicy};
pub use blank_lines::BlankLines;
pub use case::CaseStep;
pub use controls::Controls;
pub use dashes::{DashStyle, Dashes};
pub use dehyphenate::Dehyphenate;
pub use digits::Digits;
pub use ellipsis::{Ellipsis, EllipsisStyle};
pub use entities::Entities;
pub use form::Forms;
pub use newlines::{LineEnd, Newlines};
pub use quotes::{Marks, QuoteStyle, Quotes};
pub use space::{Space, SpaceOptions};
pub use tags::Tags;
pub use unwrap::Unwrap;
pub use user_rules::UserRules;
pub use zero_width::{ZeroWidth, ZeroWidthPolicy};
