//! How much memory each part of an exact run may take, and where the rest goes.

use std::path::PathBuf;

use textcore::Engine;

use super::group::{Group, Keep};
use super::spill::{Budget, Plan, Spill};
use super::table::TableKey;

/// What a run is given.
#[derive(Debug, Clone)]
pub struct Room {
    /// A table of keys that has become larger is closed: half of what the run is given.
    pub table_bytes: usize,
    memory_bytes: usize,
    directory: PathBuf,
    has_sorted_keys: bool,
}

impl Room {
    /// What an engine gives; a quarter of it is for the records that are kept aside.
    pub fn of(engine: &Engine, has_sorted_keys: bool) -> Self {
        let (memory_bytes, directory) = (engine.memory_bytes, engine.temporary_directory.clone());
        Room { table_bytes: memory_bytes / 2, memory_bytes, directory, has_sorted_keys }
    }

    /// A spill beside a table, or in its place.
    pub fn spill<K: TableKey, G: Group>(&self, keep: Keep, is_beside_table: bool) -> Spill<K, G> {
        let mut budget = Budget::of(self.memory_bytes);
        if !is_beside_table {
            budget.resident_bytes += self.table_bytes.saturating_sub(budget.table_bytes);
        }
        Spill::new(Plan { budget, keep, has_sorted_keys: self.has_sorted_keys }, &self.directory)
    }
}
