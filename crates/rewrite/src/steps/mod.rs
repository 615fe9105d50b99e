//! The steps: one idea per file.

pub mod controls;
pub mod dehyphenate;
pub mod entities;
pub mod tags;
pub mod unwrap;

pub use controls::Controls;
pub use dehyphenate::Dehyphenate;
pub use entities::Entities;
pub use tags::Tags;
pub use unwrap::Unwrap;
