//! Which records are asked for, by how often they come.

use std::io::Write;

/// What is written at the end of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Only what comes at least so often.
    pub times_min: u64,
    /// Only what comes at most so often.
    pub times_max: u64,
    /// Each with its count before it.
    pub is_counted: bool,
}

impl Asked {
    /// Every record once, with its count.
    pub const COUNTS: Asked = Asked { times_min: 1, times_max: u64::MAX, is_counted: true };

    /// Every record once.
    pub const ONCE: Asked = Asked { is_counted: false, ..Asked::COUNTS };

    /// Whether a record that comes so often is written; if it is, its label is appended, as `uniq -c` writes it.
    pub fn wants(self, times: u64, label: &mut Vec<u8>) -> bool {
        let is_wanted = (self.times_min..=self.times_max).contains(&times);
        if is_wanted && self.is_counted {
            // Writing to memory cannot fail.
            let _ = write!(label, "{times:7} ");
        }
        is_wanted
    }

    /// Why other records are left out.
    pub fn reason(self) -> &'static str {
        match (self.times_min, self.times_max) {
            (2.., _) => "duplicate or not repeated",
            (_, 1) => "not unique",
            _ => "duplicate",
        }
    }
}
