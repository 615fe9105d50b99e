//! The index: which earlier documents have a band in common with a new one.

/// How full a table may be: three quarters, since a search ends at a free place.
const LOAD: (usize, usize) = (3, 4);

/// A free place. No document has its number.
const FREE: u64 = u64::MAX;

/// The bit of a number that says: not a document, but where a chain of them begins.
const CHAIN: u32 = 1 << 31;

/// How many documents can be indexed: two links a document are still told from a chain's bit.
pub const DOCUMENTS_MAX: u32 = 1 << 30;

/// One table for each band, from the 32 bits that stand for it to the documents that have it.
///
/// Memory: 8 bytes a band and document, at a load between three fifths and three quarters: 11 to 14 bytes. The tables begin
/// at different sizes, so they do not grow at the same time, and growing one of them takes as much as that one again.
#[derive(Debug)]
pub struct Index {
    tables: Vec<Table>,
}

/// Open addressing with linear probing; documents of a band that others have already are in chains, so that a band that
/// half of all documents share makes no long runs.
#[derive(Debug)]
struct Table {
    /// The band's key above a document or the beginning of a chain.
    places: Vec<u64>,
    taken: usize,
    /// A document above the next link.
    links: Vec<u64>,
}

/// No further link.
const END: u32 = u32::MAX;

impl Index {
    /// An empty index of so many bands.
    pub fn new(bands: usize) -> Self {
        let first = |band: usize| 64 + 16 * band / bands.max(1);
        Index { tables: (0..bands).map(|band| Table::new(first(band))).collect() }
    }

    /// Adds a document, which must have a number of at most [`DOCUMENTS_MAX`], by the keys of its bands.
    pub fn insert(&mut self, document: u32, keys: &[u32]) {
        for (table, &key) in self.tables.iter_mut().zip(keys) {
            table.insert(key, document);
        }
    }

    /// Puts the documents that have a band in common with these into `documents`: ascending, each once.
    pub fn find(&self, keys: &[u32], documents: &mut Vec<u32>) {
        documents.clear();
        // Loads that do not wait for each other: when the keys are looked for in turn, they are in the cache.
        let touched =
            self.tables.iter().zip(keys).fold(0, |touched, (table, &key)| touched ^ table.first(key));
        std::hint::black_box(touched);
        for (table, &key) in self.tables.iter().zip(keys) {
            table.find(key, documents);
        }
        documents.sort_unstable();
        documents.dedup();
    }

    /// Bytes of memory.
    pub fn memory_bytes(&self) -> usize {
        self.tables.iter().map(|table| 8 * (table.places.capacity() + table.links.capacity())).sum()
    }
}

impl Table {
    fn new(places: usize) -> Self {
        Table { places: vec![FREE; places], taken: 0, links: Vec::new() }
    }

    /// The place of a key without neighbours: the key as a fraction of the table (Lemire 2019).
    #[inline]
    fn home(&self, key: u32) -> usize {
        ((u64::from(key) * self.places.len() as u64) >> 32) as usize
    }

    #[inline]
    fn first(&self, key: u32) -> u64 {
        self.places[self.home(key)]
    }

    /// Where the key is, or could be put.
    #[inline]
    fn place(&self, key: u32) -> usize {
        let mut at = self.home(key);
        while self.places[at] != FREE && upper(self.places[at]) != key {
            at += 1;
            if at == self.places.len() {
                at = 0;
            }
        }
        at
    }

    fn insert(&mut self, key: u32, document: u32) {
        if self.taken * LOAD.1 >= self.places.len() * LOAD.0 {
            self.grow();
        }
        let at = self.place(key);
        let value = match self.places[at] {
            FREE => {
                self.taken += 1;
                document
            }
            known => CHAIN | self.link(lower(known), document),
        };
        self.places[at] = joined(key, value);
    }

    /// A chain of a document and what there was.
    fn link(&mut self, known: u32, document: u32) -> u32 {
        if self.links.len() + 2 > self.links.capacity() {
            self.links.reserve_exact(self.links.len() / 4 + 16);
        }
        let next = if known & CHAIN != 0 {
            known & !CHAIN
        } else {
            self.links.push(joined(known, END));
            self.links.len() as u32 - 1
        };
        self.links.push(joined(document, next));
        self.links.len() as u32 - 1
    }

    fn find(&self, key: u32, documents: &mut Vec<u32>) {
        let known = self.places[self.place(key)];
        if known == FREE {
            return;
        }
        let value = lower(known);
        if value & CHAIN == 0 {
            documents.push(value);
            return;
        }
        let mut next = value & !CHAIN;
        while next != END {
            let link = self.links[next as usize];
            documents.push(upper(link));
            next = lower(link);
        }
    }

    fn grow(&mut self) {
        let larger = self.places.len() + self.places.len() / 4;
        let old = std::mem::replace(&mut self.places, vec![FREE; larger]);
        for known in old.into_iter().filter(|&known| known != FREE) {
            let at = self.place(upper(known));
            self.places[at] = known;
        }
    }
}

fn joined(upper: u32, lower: u32) -> u64 {
    u64::from(upper) << 32 | u64::from(lower)
}

fn upper(both: u64) -> u32 {
    (both >> 32) as u32
}

fn lower(both: u64) -> u32 {
    both as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_shares_a_band_is_found(
            documents in prop::collection::vec(prop::array::uniform3(0u32..40), 0..300), is_spread: bool,
        ) {
            let keys = |bands: [u32; 3]| bands.map(|key| if is_spread { key.wrapping_mul(0x9E37_79B1) } else { u32::MAX - key });
            let mut index = Index::new(3);
            let mut found = Vec::new();
            for (number, &bands) in (0u32..).zip(&documents) {
                index.find(&keys(bands), &mut found);
                let wanted: Vec<u32> = (0..number)
                    .filter(|&other| documents[other as usize].iter().zip(&bands).any(|(one, other)| one == other))
                    .collect();
                prop_assert_eq!(&found, &wanted);
                index.insert(number, &keys(bands));
            }
        }
    }

    #[test]
    fn memory_is_what_is_promised() {
        let mut index = Index::new(18);
        for document in 0..40_000u32 {
            let keys: Vec<u32> =
                (0..18u64).map(|band| super::super::mix(band << 32 | u64::from(document)) as u32).collect();
            index.insert(document, &keys);
            let bytes_per_band = index.memory_bytes() as f64 / 18.0 / f64::from(document + 1);
            assert!(document < 1000 || bytes_per_band < 13.0, "{bytes_per_band}");
        }
    }
}
