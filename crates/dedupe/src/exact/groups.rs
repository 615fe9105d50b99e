//! Repeated records side by side: groups in the order of their first records, in bounded memory.

use std::path::Path;

use clap::ValueEnum;
use textcore::frame::Cut;
use textcore::tally::{self, Tally};
use textcore::{Error, Output};

/// What stands between groups: the end of an empty record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Separation {
    /// Nothing
    None,
    /// One before each group
    Prepend,
    /// One between two groups
    Separate,
}

/// Bytes of the two numbers that records are sorted by.
const NUMBER_BYTES: usize = size_of::<u64>();

/// Records with the ordinals of their groups' first records and their own.
pub struct Groups {
    records: Option<Tally>,
    entry: Vec<u8>,
}

impl std::fmt::Debug for Groups {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Groups").finish_non_exhaustive()
    }
}

impl Groups {
    /// No records; up to `limit_bytes` stay in memory.
    pub fn new(limit_bytes: usize, directory: &Path) -> Self {
        Groups { records: Some(Tally::new(limit_bytes, directory)), entry: Vec::new() }
    }

    /// Adds a record of the group whose first one has the ordinal `first`.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, first: u64, ordinal: u64, record: &[u8]) -> Result<(), Error> {
        self.entry.clear();
        self.entry.extend_from_slice(&first.to_be_bytes());
        self.entry.extend_from_slice(&ordinal.to_be_bytes());
        self.entry.extend_from_slice(record);
        self.records.as_mut().map_or(Ok(()), |records| records.add(&self.entry, 1)).map_err(Error::Temporary)
    }

    /// Writes all groups. A record's end that is missing is supplied before another record.
    ///
    /// # Errors
    /// When the temporary file cannot be read, or what the output says.
    pub fn write(&mut self, separation: Separation, cut: Cut, out: &mut dyn Output) -> Result<(), Error> {
        let Some(records) = self.records.take() else { return Ok(()) };
        let empty: &[u8] = if cut == Cut::Null { b"\0" } else { b"\n" };
        let mut sorted = tally::merge(vec![records]).map_err(Error::Temporary)?;
        let (mut group, mut owed) = (None, &b""[..]);
        while let Some((entry, _)) = sorted.next().map_err(Error::Temporary)? {
            let (first, rest) = entry.split_at(NUMBER_BYTES.min(entry.len()));
            let record = rest.get(NUMBER_BYTES..).unwrap_or_default();
            let begins = group.as_deref() != Some(first);
            let is_separated = match separation {
                Separation::None => false,
                Separation::Prepend => begins,
                Separation::Separate => begins && group.is_some(),
            };
            out.put(owed)?;
            if is_separated {
                out.put(empty)?;
            }
            if begins {
                group = Some(first.to_vec());
            }
            out.put(record)?;
            owed = cut.missing_end_of(record);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_in_the_order_of_their_first_records() {
        for (separation, wanted) in [
            (Separation::None, "c\nc\nb\nb\nb"),
            (Separation::Prepend, "\nc\nc\n\nb\nb\nb"),
            (Separation::Separate, "c\nc\n\nb\nb\nb"),
        ] {
            let mut groups = Groups::new(0, &std::env::temp_dir());
            for (first, ordinal, record) in
                [(300, 300, "b\n"), (2, 2, "c\n"), (2, 400, "c\n"), (300, 301, "b\n"), (300, 500, "b")]
            {
                groups.add(first, ordinal, record.as_bytes()).expect("added");
            }
            let mut out = Vec::new();
            groups.write(separation, Cut::Lines, &mut out).expect("written");
            assert_eq!(String::from_utf8(out).expect("text"), wanted);
        }
    }

    #[test]
    fn a_missing_end_is_supplied_before_another_record_only() {
        let mut groups = Groups::new(0, &std::env::temp_dir());
        for (first, ordinal, record) in [(1, 1, "a\n"), (2, 2, "b\n"), (2, 3, "b\n"), (1, 4, "a")] {
            groups.add(first, ordinal, record.as_bytes()).expect("added");
        }
        let mut out = Vec::new();
        groups.write(Separation::Separate, Cut::Lines, &mut out).expect("written");
        assert_eq!(String::from_utf8(out).expect("text"), "a\na\n\nb\nb\n");
    }
}
