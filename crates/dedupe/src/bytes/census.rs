//! Every different text, told apart by its bytes: how often it came and which record was the first, in bounded memory.

use std::io;
use std::path::{Path, PathBuf};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Place;
use textcore::tally::{Sorted, Tally, merge};

use super::texts::{Span, Texts};

/// What is known of a text that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sighting {
    /// It came for the first time.
    New,
    /// It has come before.
    Known,
    /// The end will tell: memory is full, and it is none of those that are there.
    Unsure,
}

/// What the end is to tell of the records that were unsure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// How often the text came whose first record it is.
    Times,
    /// Of how many texts it is the first record.
    Texts,
}

/// All texts so far.
///
/// Up to three eighths of the memory hold texts and a table of hashes that leads to them: a text that looks known is
/// compared byte for byte, so the hash decides about speed alone. Once these are full they change no more. A text that
/// is none of them goes to sorted runs (a quarter of the memory, then temporary files), behind its hash and length and
/// before the ordinal of its record: in that order the same texts stand side by side, the first record first.
pub struct Census {
    entries: Vec<Entry>,
    table: HashTable<u32>,
    texts: Texts,
    /// How many of the entries come from reference files.
    references: usize,
    /// Pairs of different texts with one hash that were met.
    pub collisions: u64,
    limit_bytes: usize,
    memory_bytes: usize,
    temporary_directory: PathBuf,
    waiting: Option<Tally>,
    verdicts: Option<Verdicts>,
    key: Vec<u8>,
}

/// A text in memory.
#[derive(Debug)]
struct Entry {
    hash: u64,
    text: Span,
    times: u64,
}

/// Bytes of an entry and of its place in the table, at its emptiest.
const ENTRY_BYTES: usize = size_of::<Entry>() + 10;

/// Before the text: its hash and its length; after it, the ordinal.
const HEAD_BYTES: usize = size_of::<u64>() + size_of::<u32>();
const ORDINAL_BYTES: usize = size_of::<u64>();

impl Census {
    /// A census that takes up to five eighths of `memory_bytes`, and more in files in a folder.
    pub fn new(memory_bytes: usize, temporary_directory: &Path) -> Self {
        let limit_bytes = memory_bytes / 8 * 3;
        Census {
            entries: Vec::new(),
            table: HashTable::new(),
            texts: Texts::new((limit_bytes / 32).clamp(64, 1 << 20)),
            references: 0,
            collisions: 0,
            limit_bytes,
            memory_bytes,
            temporary_directory: temporary_directory.to_owned(),
            waiting: None,
            verdicts: None,
            key: Vec::new(),
        }
    }

    /// Sees a text `times` times; `ordinal` is what its record is called if the answer is [`Sighting::Unsure`].
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn see(&mut self, hash: u64, text: &[u8], ordinal: u64, times: u64) -> io::Result<Sighting> {
        let sighting = self.look(hash, text, times);
        if sighting == Sighting::Unsure {
            self.wait(hash, text, ordinal + 1, times)?;
        }
        Ok(sighting)
    }

    /// Sees a text of a reference file: all records with it are known. Reference files come before all records.
    ///
    /// # Errors
    /// As for [`Census::see`].
    pub fn learn(&mut self, hash: u64, text: &[u8]) -> io::Result<()> {
        match self.look(hash, text, 0) {
            Sighting::New => self.references += 1,
            Sighting::Known => {}
            Sighting::Unsure => self.wait(hash, text, 0, 1)?,
        }
        Ok(())
    }

    /// Whether a text is in memory.
    pub fn knows(&self, hash: u64, text: &[u8]) -> bool {
        let is_it = |&number: &u32| {
            let known = &self.entries[number as usize];
            known.hash == hash && self.texts.get(known.text) == text
        };
        self.table.find(hash, is_it).is_some()
    }

    /// How often the text came that was the `index`-th to be new, from 0; `None` if there were not so many.
    pub fn times(&self, index: u64) -> Option<u64> {
        let index = usize::try_from(index).ok()?.checked_add(self.references)?;
        self.entries.get(index).map(|entry| entry.times)
    }

    /// Finds out about the records that were unsure.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn settle(&mut self, verdict: Verdict) -> io::Result<()> {
        let Some(waiting) = self.waiting.take() else { return Ok(()) };
        let mut firsts = Tally::new(self.memory_bytes / 8, &self.temporary_directory);
        let mut sorted = merge(vec![waiting])?;
        let mut group: Vec<u8> = Vec::new();
        let (mut first, mut times) = (0u64, 0u64);
        while let Some((key, count)) = sorted.next()? {
            let (text, ordinal) = key.split_at(key.len() - ORDINAL_BYTES);
            if text == group && !group.is_empty() {
                times = times.saturating_add(count);
                continue;
            }
            self.collisions += u64::from(text.first_chunk::<8>() == group.first_chunk::<8>());
            add_first(&mut firsts, first, times, verdict)?;
            group.clear();
            group.extend_from_slice(text);
            first = ordinal.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
            times = count;
        }
        add_first(&mut firsts, first, times, verdict)?;
        drop(sorted);
        self.verdicts = Some(Verdicts::new(merge(vec![firsts])?)?);
        Ok(())
    }

    /// What the end told of a record that was unsure, by its ordinal; `None` if it is the first of no text. Asked in
    /// ascending order, after [`Census::settle`].
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn verdict(&mut self, ordinal: u64) -> io::Result<Option<u64>> {
        self.verdicts.as_mut().map_or(Ok(None), |verdicts| verdicts.of(ordinal + 1))
    }

    fn look(&mut self, hash: u64, text: &[u8], times: u64) -> Sighting {
        let Census { entries, table, texts, collisions, .. } = self;
        let found = table.find(hash, |&number| {
            let known = &entries[number as usize];
            let is_same = known.hash == hash && texts.get(known.text) == text;
            *collisions += u64::from(known.hash == hash && !is_same);
            is_same
        });
        if let Some(&number) = found {
            let known = &mut entries[number as usize].times;
            *known = known.saturating_add(times);
            return Sighting::Known;
        }
        if self.waiting.is_none() && self.insert(hash, text, times).is_some() {
            return Sighting::New;
        }
        Sighting::Unsure
    }

    /// Adds a text that is not there; `None` if there is no room.
    fn insert(&mut self, hash: u64, text: &[u8], times: u64) -> Option<()> {
        if !self.has_room(text) {
            return None;
        }
        let number = u32::try_from(self.entries.len()).ok()?;
        let text = self.texts.push(text)?;
        if self.entries.len() == self.entries.capacity() {
            self.entries.reserve_exact((self.entries.len() / 2).max(16));
        }
        self.entries.push(Entry { hash, text, times });
        let entries = &self.entries;
        // Not the same text as any that is there, or it would not be inserted.
        match self.table.entry(hash, |_| false, |&number| entries[number as usize].hash) {
            Place::Vacant(vacant) => {
                vacant.insert(number);
            }
            Place::Occupied(_) => {}
        }
        Some(())
    }

    /// Growing takes half as much again of the entries, and twice the table beside the old one.
    fn has_room(&self, text: &[u8]) -> bool {
        let grows =
            self.entries.len() == self.entries.capacity() || self.table.len() == self.table.capacity();
        let entries = if grows { self.entries.len().max(16) * 5 / 2 } else { self.entries.capacity() };
        self.texts.bytes() + self.texts.cost_bytes(text) + entries * ENTRY_BYTES <= self.limit_bytes
    }

    fn wait(&mut self, hash: u64, text: &[u8], ordinal: u64, times: u64) -> io::Result<()> {
        let length = u32::try_from(text.len()).map_err(|_| io::Error::other("a text of 4 GiB"))?;
        self.key.clear();
        self.key.reserve(HEAD_BYTES + text.len() + ORDINAL_BYTES);
        self.key.extend_from_slice(&hash.to_be_bytes());
        self.key.extend_from_slice(&length.to_be_bytes());
        self.key.extend_from_slice(text);
        self.key.extend_from_slice(&ordinal.to_be_bytes());
        let (limit, folder) = (self.memory_bytes / 4, &self.temporary_directory);
        self.waiting.get_or_insert_with(|| Tally::new(limit, folder)).add(&self.key, times.max(1))
    }
}

/// Notes the first record of a text; 0 is that of a reference file.
fn add_first(firsts: &mut Tally, ordinal: u64, times: u64, verdict: Verdict) -> io::Result<()> {
    if ordinal == 0 {
        return Ok(());
    }
    firsts.add(&ordinal.to_be_bytes(), if verdict == Verdict::Times { times } else { 1 })
}

/// What was found, by ordinal.
struct Verdicts {
    sorted: Sorted,
    next: Option<(u64, u64)>,
}

impl Verdicts {
    fn new(sorted: Sorted) -> io::Result<Self> {
        let mut verdicts = Verdicts { sorted, next: None };
        verdicts.advance()?;
        Ok(verdicts)
    }

    fn of(&mut self, ordinal: u64) -> io::Result<Option<u64>> {
        while let Some((next, count)) = self.next
            && next <= ordinal
        {
            self.advance()?;
            if next == ordinal {
                return Ok(Some(count));
            }
        }
        Ok(None)
    }

    fn advance(&mut self) -> io::Result<()> {
        self.next = self
            .sorted
            .next()?
            .and_then(|(key, count)| key.first_chunk().map(|bytes| (u64::from_be_bytes(*bytes), count)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// What a run over these texts finds: for each first record its ordinal, and how often its text came.
    fn firsts(
        texts: &[Vec<u8>],
        references: &[Vec<u8>],
        memory_bytes: usize,
        hash: fn(&[u8]) -> u64,
    ) -> Vec<(usize, u64)> {
        let mut census = Census::new(memory_bytes, &std::env::temp_dir());
        references.iter().for_each(|text| census.learn(hash(text), text).expect("learnt"));
        let mut asked = Vec::new();
        let mut new = 0;
        for (at, text) in texts.iter().enumerate() {
            match census.see(hash(text), text, at as u64, 1).expect("seen") {
                Sighting::New => {
                    asked.push((at, Some(new)));
                    new += 1;
                }
                Sighting::Known => {}
                Sighting::Unsure => asked.push((at, None)),
            }
        }
        census.settle(Verdict::Times).expect("settled");
        let mut found = Vec::new();
        for (at, index) in asked {
            let times = match index {
                Some(index) => census.times(index),
                None => census.verdict(at as u64).expect("a verdict"),
            };
            found.extend(times.map(|times| (at, times)));
        }
        found
    }

    fn wanted(texts: &[Vec<u8>], references: &[Vec<u8>]) -> Vec<(usize, u64)> {
        let mut known: HashMap<&[u8], usize> = HashMap::new();
        let mut found: Vec<(usize, u64)> = Vec::new();
        for (at, text) in texts.iter().enumerate().filter(|(_, text)| !references.contains(text)) {
            let index = *known.entry(text).or_insert(found.len());
            if index == found.len() {
                found.push((at, 0));
            }
            found[index].1 += 1;
        }
        found
    }

    fn text() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![prop::collection::vec(0u8..2, 0..12), prop::collection::vec(97u8..100, 0..3)]
    }

    proptest! {
        /// Whatever the hash says (nothing, little, all) and however little memory there is.
        #[test]
        fn a_census_knows_every_text(
            texts in prop::collection::vec(text(), 0..200), references in prop::collection::vec(text(), 0..20),
            memory_bytes in prop_oneof![Just(0usize), 0usize..20_000, Just(1 << 20)],
        ) {
            let wanted = wanted(&texts, &references);
            for hash in [|_: &[u8]| 7, |text: &[u8]| text.len() as u64, xxhash_rust::xxh3::xxh3_64] {
                prop_assert_eq!(firsts(&texts, &references, memory_bytes, hash), wanted.clone());
            }
        }
    }

    #[test]
    fn collisions_are_counted_in_memory_and_outside() {
        for memory_bytes in [0, 1 << 20] {
            let mut census = Census::new(memory_bytes, &std::env::temp_dir());
            for (ordinal, text) in [b"a", b"b", b"a"].iter().enumerate() {
                census.see(7, *text, ordinal as u64, 1).expect("seen");
            }
            census.settle(Verdict::Times).expect("settled");
            assert_eq!(census.collisions, 1, "{memory_bytes}");
        }
    }

    #[test]
    fn memory_is_bounded() {
        let mut census = Census::new(1 << 20, &std::env::temp_dir());
        let mut news = 0;
        for number in 0..50_000u64 {
            let text = format!("a text of some length, number {number}");
            let hash = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
            news += u64::from(census.see(hash, text.as_bytes(), number, 1).expect("seen") == Sighting::New);
        }
        let taken = census.texts.bytes()
            + census.entries.capacity() * size_of::<Entry>()
            + census.table.allocation_size();
        assert!(taken <= (1 << 20) / 8 * 3, "{taken}");
        assert!(census.waiting.is_some() && news > 1000, "{news}");
    }
}
