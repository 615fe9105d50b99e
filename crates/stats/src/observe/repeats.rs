//! Records, lines and paragraphs that come again, told by a hash of 128 bits.

use std::io;
use std::path::{Path, PathBuf};

use textcore::Error;
use textcore::tally::{Tally, merge};
use xxhash_rust::xxh3::xxh3_128;

use crate::sums::Sums;

/// What comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A record, where records are not lines.
    Record,
    /// A line that is not blank.
    Line,
    /// A paragraph inside a record.
    Paragraph,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 3] = [Kind::Record, Kind::Line, Kind::Paragraph];

    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Record => "record",
            Kind::Line => "line",
            Kind::Paragraph => "paragraph",
        }
    }
}

/// How often each unit of text came; those of one worker.
pub struct Repeats {
    /// The kind, the hash, the length in bytes, the group.
    tally: Option<Tally>,
    limit_bytes: usize,
    temporary_directory: PathBuf,
}

const ROW_BYTES: usize = 1 + 16 + 8 + 4;

impl Repeats {
    /// None yet; memory is taken when the first is added.
    pub fn new(limit_bytes: usize, temporary_directory: &Path) -> Repeats {
        Repeats { tally: None, limit_bytes, temporary_directory: temporary_directory.to_owned() }
    }

    /// Adds a unit of text, unless it is blank, and counts it in the sums.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn add(&mut self, kind: Kind, group: u32, text: &[u8], sums: &mut Sums) -> io::Result<()> {
        if unicode::space::trim(text).is_empty() {
            return Ok(());
        }
        let length = text.len() as u64;
        let unit = match sums.units.get_mut(kind.name()) {
            Some(unit) => unit,
            None => sums.units.entry(kind.name().to_owned()).or_default(),
        };
        *unit = [unit[0] + 1, unit[1] + length];
        self.add_hash(kind, xxh3_128(text), length, group, 1)
    }

    /// Adds to the count of a unit that is known by its hash.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn add_hash(
        &mut self,
        kind: Kind,
        hash: u128,
        length: u64,
        group: u32,
        count: u64,
    ) -> io::Result<()> {
        let mut row = [0; ROW_BYTES];
        row[0] = kind as u8;
        row[1..17].copy_from_slice(&hash.to_be_bytes());
        row[17..25].copy_from_slice(&length.to_be_bytes());
        row[25..].copy_from_slice(&group.to_be_bytes());
        let (limit_bytes, directory) = (self.limit_bytes, &self.temporary_directory);
        self.tally.get_or_insert_with(|| Tally::new(limit_bytes, directory)).add(&row, count)
    }

    /// Puts the units in order, which [`Repeats::merge`] else does.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn sort(&mut self) -> io::Result<()> {
        self.tally.as_mut().map_or(Ok(()), Tally::sort)
    }

    /// Gives each unit in a fixed order: its kind, its hash, its length, and in which groups it came how often.
    ///
    /// # Errors
    /// Temporary storage fails, or what the receiver says.
    pub fn merge(
        all: Vec<Repeats>,
        mut receive: impl FnMut(Kind, u128, u64, &[(u32, u64)]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let tallies = all.into_iter().filter_map(|repeats| repeats.tally).collect();
        let mut sorted = merge(tallies).map_err(Error::Temporary)?;
        let mut groups: Vec<(u32, u64)> = Vec::new();
        let mut last: Option<[u8; 25]> = None;
        let mut show = |row: [u8; 25], groups: &mut Vec<(u32, u64)>| {
            let kind = Kind::ALL[usize::from(row[0]).min(2)];
            let hash = row[1..17].try_into().map_or(0, u128::from_be_bytes);
            let length = row[17..].try_into().map_or(0, u64::from_be_bytes);
            receive(kind, hash, length, groups)?;
            groups.clear();
            Ok::<(), Error>(())
        };
        while let Some((row, count)) = sorted.next().map_err(Error::Temporary)? {
            let Some((unit, group)) = row.split_first_chunk::<25>() else { continue };
            if let Some(before) = last
                && before != *unit
            {
                show(before, &mut groups)?;
            }
            last = Some(*unit);
            groups.push((group.try_into().map_or(0, u32::from_be_bytes), count));
        }
        last.map_or(Ok(()), |row| show(row, &mut groups))
    }
}
