//! `--partial`: counts that travel, and how they become one.

mod gate;
mod line;
mod merge;
mod parameters;

use textcore::partial::Schema;

pub use gate::{Counting, Counts};
pub use merge::{Wanted, merge};
pub use parameters::parameters;

/// The partial results of this version: `record<TAB>key<TAB>count`, in the order of first appearance.
pub const SCHEMA: Schema = Schema { tool: "dedupe", number: 2 };
