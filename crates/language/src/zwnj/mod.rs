//! Puts U+200C back into Persian text: inside words it was deleted from, and where it became a space.

mod affix;
pub mod build;
mod class;
mod guard;
mod hash;
mod insert;
mod join;
mod judge;
mod letters;
mod logistic;
mod model;
mod phrase;
mod policy;
mod restorer;
mod state;
mod table;
mod weights;

pub use model::ModelError;
pub use restorer::{CONFIDENCE, Expectation, Kind, Restorer};
