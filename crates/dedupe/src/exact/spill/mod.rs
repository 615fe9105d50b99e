//! Keys that memory has no room for: put aside by their bits, so that part after part fits.

mod strands;
mod verdicts;

use std::io;
use std::path::{Path, PathBuf};

use super::table::TableKey;
use strands::{StrandReader, Strands, push_number};

pub use verdicts::{VerdictReader, Verdicts};

/// How many parts keys are put into at once.
const PARTS_MIN: usize = 8;
const PARTS_MAX: usize = 256;

/// A part's buffer; smaller ones make too many small writes.
const BUFFER_BYTES_MIN: usize = 1 << 10;
const BUFFER_BYTES_MAX: usize = 1 << 16;

/// How often a part that is still too large is put into parts again: so many bytes of a key are used.
const DEPTH_MAX: u32 = 4;

/// A key as bytes; parts are chosen by its lowest bits, which places in a table do not depend on until the very end.
pub trait SpillKey: TableKey {
    /// Its bytes, the lowest first.
    type Bytes: AsRef<[u8]>;

    /// As bytes.
    fn to_bytes(self) -> Self::Bytes;

    /// Reads one; `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read, or ends within a key.
    fn read(reader: &mut StrandReader<'_>) -> io::Result<Option<Self>>;

    /// Its byte of this number, from the lowest.
    fn byte(self, number: u32) -> u8;
}

impl SpillKey for u64 {
    type Bytes = [u8; 8];

    fn to_bytes(self) -> [u8; 8] {
        self.to_le_bytes()
    }

    fn read(reader: &mut StrandReader<'_>) -> io::Result<Option<Self>> {
        Ok(reader.array()?.map(u64::from_le_bytes))
    }

    fn byte(self, number: u32) -> u8 {
        (self >> (8 * number)) as u8
    }
}

impl SpillKey for u128 {
    type Bytes = [u8; 16];

    fn to_bytes(self) -> [u8; 16] {
        self.to_le_bytes()
    }

    fn read(reader: &mut StrandReader<'_>) -> io::Result<Option<Self>> {
        Ok(reader.array()?.map(u128::from_le_bytes))
    }

    fn byte(self, number: u32) -> u8 {
        (self >> (8 * number)) as u8
    }
}

/// A key that was put aside, and the record it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<K> {
    /// The key.
    pub key: K,
    /// The record's number among those put aside.
    pub ordinal: u64,
    /// What records of one key are told apart by, such as their length.
    pub measure: u64,
}

/// Entries on disk, in parts: all entries of a key are in one part, in the order in which they were pushed.
///
/// Disk: the bytes of a key and two to ten more for each entry. Keys are hashes, and no compressor makes those smaller.
/// Memory: an eighth of the limit for buffers while entries come.
#[derive(Debug)]
pub struct Spill<K> {
    strands: Strands,
    parts: Vec<Part>,
    /// Which byte of a key chooses its part.
    depth: u32,
    limit_bytes: usize,
    directory: PathBuf,
    entry: Vec<u8>,
    key: std::marker::PhantomData<K>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Part {
    entries: u64,
    last: u64,
}

impl<K: SpillKey> Spill<K> {
    /// Nothing yet, within a limit of memory.
    pub fn new(limit_bytes: usize, directory: &Path) -> Self {
        Spill::at(0, limit_bytes, directory)
    }

    fn at(depth: u32, limit_bytes: usize, directory: &Path) -> Self {
        let parts = (limit_bytes / 8 / BUFFER_BYTES_MIN).clamp(PARTS_MIN, PARTS_MAX);
        let buffer_bytes = (limit_bytes / 8 / parts).clamp(BUFFER_BYTES_MIN, BUFFER_BYTES_MAX);
        Spill {
            strands: Strands::new(parts, buffer_bytes, directory),
            parts: vec![Part::default(); parts],
            depth,
            limit_bytes,
            directory: directory.to_owned(),
            entry: Vec::new(),
            key: std::marker::PhantomData,
        }
    }

    /// Puts a key aside; ordinals ascend.
    ///
    /// # Errors
    /// When the temporary file cannot be made or written.
    pub fn push(&mut self, entry: Entry<K>) -> io::Result<()> {
        let number = usize::from(entry.key.byte(self.depth)) * self.parts.len() / 256;
        let part = &mut self.parts[number];
        self.entry.clear();
        self.entry.extend_from_slice(entry.key.to_bytes().as_ref());
        push_number(entry.ordinal - part.last, &mut self.entry);
        push_number(entry.measure, &mut self.entry);
        part.last = entry.ordinal;
        part.entries += 1;
        self.strands.push(number, &self.entry)
    }

    /// Shows part after part, each of at most `entries_max` entries unless their keys are so alike that they cannot be
    /// told apart by their bits.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read, and what `each` says.
    pub fn resolve(
        mut self,
        entries_max: u64,
        each: &mut dyn FnMut(&Entries<'_, K>) -> io::Result<()>,
    ) -> io::Result<()> {
        for number in 0..self.parts.len() {
            let part = self.parts[number];
            if part.entries == 0 {
                continue;
            }
            let entries = Entries { strands: &self.strands, number, key: std::marker::PhantomData };
            if part.entries <= entries_max || self.depth + 1 == DEPTH_MAX {
                each(&entries)?;
            } else {
                let mut finer = Spill::at(self.depth + 1, self.limit_bytes, &self.directory);
                entries.for_each(|entry| finer.push(entry))?;
                self.strands.clear(number);
                finer.resolve(entries_max, each)?;
            }
            self.strands.clear(number);
        }
        Ok(())
    }
}

/// The entries of one part.
#[derive(Debug)]
pub struct Entries<'a, K> {
    strands: &'a Strands,
    number: usize,
    key: std::marker::PhantomData<K>,
}

impl<K: SpillKey> Entries<'_, K> {
    /// Shows each entry, in the order in which they were pushed. May be called again.
    ///
    /// # Errors
    /// When the temporary file cannot be read, and what `each` says.
    pub fn for_each(&self, mut each: impl FnMut(Entry<K>) -> io::Result<()>) -> io::Result<()> {
        let mut reader = self.strands.read(self.number);
        let mut ordinal = 0;
        while let Some(key) = K::read(&mut reader)? {
            ordinal += reader.number()?.unwrap_or_default();
            let measure = reader.number()?.unwrap_or_default();
            each(Entry { key, ordinal, measure })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::key;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn every_key_comes_whole_and_in_order(
            numbers in prop::collection::vec(0u32..200, 0..3000), is_hashed: bool, entries_max in 1u64..400,
        ) {
            let keys: Vec<u128> = numbers
                .iter()
                .map(|number| if is_hashed { key(&number.to_le_bytes()) } else { u128::from(*number) << 100 })
                .collect();
            let mut spill = Spill::new(1 << 10, &std::env::temp_dir());
            let mut wanted: BTreeMap<u128, Vec<(u64, u64)>> = BTreeMap::new();
            for (ordinal, &key) in (0..).step_by(3).zip(&keys) {
                spill.push(Entry { key, ordinal, measure: ordinal * 7 }).expect("pushed");
                wanted.entry(key).or_default().push((ordinal, ordinal * 7));
            }
            let mut found: BTreeMap<u128, Vec<(u64, u64)>> = BTreeMap::new();
            let mut parts = 0;
            spill.resolve(entries_max, &mut |entries| {
                parts += 1;
                let mut part: BTreeMap<u128, Vec<(u64, u64)>> = BTreeMap::new();
                entries.for_each(|entry| {
                    part.entry(entry.key).or_default().push((entry.ordinal, entry.measure));
                    Ok(())
                })?;
                for (key, entries) in part {
                    assert!(found.insert(key, entries).is_none(), "a key is in one part only");
                }
                Ok(())
            }).expect("resolved");
            prop_assert_eq!(found, wanted);
            prop_assert!(parts <= keys.len());
        }
    }
}
