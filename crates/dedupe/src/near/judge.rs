//! Judges: documents in, what becomes of them out, with everything that is listed about them.

use textcore::{Error, Run};

use super::document::Document;
use super::known::{Alike, Known};
use super::names::Names;
use super::single::Links;
use super::star::{Star, Stars};
use super::tables::{Membership, Tables};
use crate::place::Places;

/// Where a document comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The input.
    Input,
    /// Documents that were judged before and stand before the input.
    Loaded,
    /// Reference files: each document represents itself.
    Reference,
}

/// What becomes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is kept.
    Kept,
    /// It is left out.
    Dropped,
    /// The end of the input tells.
    Open,
}

/// What is kept about documents for the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// Ids.
    pub names: bool,
    /// Places.
    pub places: bool,
    /// All pairs.
    pub pairs: bool,
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Documents of the input.
    pub documents: u64,
    /// Those of them that are shorter than a shingle.
    pub short: u64,
    /// Those that are left out.
    pub dropped: u64,
    /// Clusters of more than one document.
    pub clusters: u64,
}

/// Judges documents in order.
#[derive(Debug)]
pub struct Judge {
    linked: Linked,
    names: Names,
    needs: Needs,
    places: Places,
    /// What is listed.
    pub tables: Tables,
    /// What was counted.
    pub tally: Tally,
    alike: Vec<Alike>,
}

/// The clusters, and what is remembered of documents with them.
#[derive(Debug)]
enum Linked {
    /// Numbers are of known documents.
    Star { stars: Stars, books: Vec<Book>, ordinals: Vec<u64>, kept: u32 },
    /// Numbers are of all documents, and are their ordinals.
    Single { links: Links, before: usize, open: Vec<u32> },
}

/// What a cluster looks like from its representative.
#[derive(Debug, Clone, Copy)]
struct Book {
    cluster: u32,
    has_members: bool,
}

impl Judge {
    /// Star clusters.
    pub fn star(known: Known, needs: Needs, tables: Tables) -> Self {
        let stars = Stars::new(known, needs.pairs);
        Judge::new(Linked::Star { stars, books: Vec::new(), ordinals: Vec::new(), kept: 0 }, needs, tables)
    }

    /// Clusters by single link.
    pub fn single(known: Known, needs: Needs, tables: Tables) -> Self {
        let links = Links::new(known, needs.pairs);
        Judge::new(Linked::Single { links, before: 0, open: Vec::new() }, needs, tables)
    }

    fn new(linked: Linked, needs: Needs, tables: Tables) -> Self {
        Judge {
            linked,
            names: Names::new(needs.names),
            needs,
            places: Places::default(),
            tables,
            tally: Tally::default(),
            alike: Vec::new(),
        }
    }

    /// Announces the next documents; gives the ordinal of the first.
    pub fn begin(&mut self, run: &Run) -> u64 {
        self.places.add(run)
    }

    /// The documents that are compared with.
    pub fn known(&self) -> &Known {
        match &self.linked {
            Linked::Star { stars, .. } => &stars.known,
            Linked::Single { links, .. } => &links.known,
        }
    }

    /// Bytes of memory.
    pub fn memory_bytes(&self) -> usize {
        let linked = match &self.linked {
            Linked::Star { stars, books, ordinals, .. } => {
                stars.known.memory_bytes() + books.capacity() * size_of::<Book>() + ordinals.capacity() * 8
            }
            Linked::Single { links, open, .. } => links.memory_bytes() + open.capacity() * 4,
        };
        linked + self.names.memory_bytes()
    }

    /// Judges the next document, which has this ordinal.
    ///
    /// # Errors
    /// When temporary storage or a table fails.
    pub fn take(&mut self, document: &Document, ordinal: u64, origin: Origin) -> Result<Fate, Error> {
        if origin == Origin::Input {
            self.tally.documents += 1;
            self.tally.short += u64::from(document.is_short);
        }
        let fate = match self.linked {
            Linked::Star { .. } => self.take_star(document, ordinal, origin)?,
            Linked::Single { .. } => self.take_single(document, origin)?,
        };
        self.tally.dropped += u64::from(origin == Origin::Input && fate == Fate::Dropped);
        Ok(fate)
    }

    fn take_star(&mut self, document: &Document, ordinal: u64, origin: Origin) -> Result<Fate, Error> {
        let Linked::Star { stars, books, ordinals, kept } = &mut self.linked else { return Ok(Fate::Kept) };
        let known = stars.known.count();
        let star = if origin == Origin::Reference {
            stars.take_reference(document)?;
            Star::New
        } else {
            stars.take(document, &mut self.alike)?
        };
        *kept += u32::from(origin == Origin::Input && star == Star::New);
        if stars.known.count() > known {
            let cluster = if origin == Origin::Input { *kept } else { 0 };
            books.push(Book { cluster, has_members: false });
            self.names.push(&document.id);
            if self.needs.places {
                ordinals.push(ordinal);
            }
        }
        if let Star::Member(best) = star {
            let book = &mut books[best.number as usize];
            self.tally.clusters += u64::from(!std::mem::replace(&mut book.has_members, true));
        }
        if origin != Origin::Input {
            return Ok(if star == Star::New { Fate::Kept } else { Fate::Dropped });
        }
        for one in self.alike.iter().filter(|_| self.needs.pairs) {
            self.tables.pair(self.names.get(one.number), &document.id, one.similarity)?;
        }
        let id = &*document.id;
        let Star::Member(best) = star else {
            self.tables.member(Membership { id, cluster: *kept, representative: id, similarity: 1.0 })?;
            return Ok(Fate::Kept);
        };
        let cluster = books[best.number as usize].cluster;
        let representative = self.names.get(best.number);
        self.tables.member(Membership { id, cluster, representative, similarity: best.similarity })?;
        if self.needs.places {
            let kept = self.places.get(ordinals[best.number as usize]);
            self.tables.removed(self.places.get(ordinal), kept)?;
        }
        Ok(Fate::Dropped)
    }

    fn take_single(&mut self, document: &Document, origin: Origin) -> Result<Fate, Error> {
        let Linked::Single { links, before, open } = &mut self.linked else { return Ok(Fate::Kept) };
        let number = links.count() as u32;
        let is_linked = links.take(document, &mut self.alike)?;
        self.names.push(&document.id);
        if origin != Origin::Input {
            *before += 1;
            return Ok(Fate::Open);
        }
        for one in self.alike.iter().filter(|_| self.needs.pairs) {
            self.tables.pair(self.names.get(one.number), &document.id, one.similarity)?;
        }
        if is_linked {
            return Ok(Fate::Dropped);
        }
        open.push(number);
        Ok(Fate::Open)
    }

    /// Lists what only the end of the input tells.
    ///
    /// # Errors
    /// When temporary storage or a table fails.
    pub fn settle(&mut self) -> Result<(), Error> {
        let Linked::Single { links, before, .. } = &mut self.linked else { return Ok(()) };
        let (mut kept, mut dropped) = (0u32, 0);
        let mut books = vec![Book { cluster: 0, has_members: false }; links.count()];
        for number in 0..links.count() as u32 {
            let first = links.first(number);
            let is_input = number as usize >= *before;
            if first == number {
                kept += u32::from(is_input);
                books[number as usize].cluster = if is_input { kept } else { 0 };
            } else {
                let book = &mut books[first as usize];
                self.tally.clusters += u64::from(!std::mem::replace(&mut book.has_members, true));
            }
            if !is_input {
                continue;
            }
            if self.tables.clusters.is_some() {
                let similarity = links.similarity(number, first)?;
                let (id, representative) = (self.names.get(number), self.names.get(first));
                let cluster = books[first as usize].cluster;
                self.tables.member(Membership { id, cluster, representative, similarity })?;
            }
            if first != number {
                dropped += 1;
                self.tables.removed(self.places.get(u64::from(number)), self.places.get(u64::from(first)))?;
            }
        }
        self.tally.dropped = dropped;
        Ok(())
    }

    /// What becomes of the `index`-th document of the input whose fate was open.
    pub fn recall(&mut self, index: u64) -> Fate {
        let Linked::Single { links, open, .. } = &mut self.linked else { return Fate::Kept };
        match open.get(index as usize) {
            Some(&number) if links.first(number) != number => Fate::Dropped,
            _ => Fate::Kept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::bands::Bands;
    use super::super::document::{Maker, MakerScratch, Measure};
    use super::super::shingle::{ShingleShape, ShingleUnit, Shingler};
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const THRESHOLD: f64 = 0.5;

    /// Words that a document has; shingles are single words.
    type Words = BTreeSet<u8>;

    fn documents(sets: &[Words], measure: Measure) -> Vec<Document> {
        // Its tables take long to make.
        thread_local! {
            static SHINGLER: Shingler =
                Shingler::new(ShingleShape { unit: ShingleUnit::Word, length: 1 }, "").expect("names");
        }
        let shingler = SHINGLER.with(Shingler::clone);
        // With one row in each of many bands nothing is missed.
        let maker = Maker::new(shingler, Bands { count: 128, rows: 1 }, measure);
        let mut scratch = MakerScratch::default();
        let text = |set: &Words| set.iter().map(|word| format!("w{word} ")).collect::<String>();
        sets.iter().map(|set| maker.document(&mut scratch, text(set).as_bytes(), Vec::new())).collect()
    }

    fn known() -> Known {
        Known::new(Measure::Jaccard, THRESHOLD, 128, 64, &std::env::temp_dir())
    }

    fn jaccard(one: &Words, other: &Words) -> f64 {
        one.intersection(other).count() as f64 / one.union(other).count() as f64
    }

    fn fates(mut judge: Judge, documents: &[Document]) -> Vec<bool> {
        let fates: Vec<Fate> = (0..)
            .zip(documents)
            .map(|(ordinal, document)| judge.take(document, ordinal, Origin::Input).expect("judged"))
            .collect();
        judge.settle().expect("settled");
        let mut open = 0;
        let mut settled = |fate| {
            if fate != Fate::Open {
                return fate == Fate::Kept;
            }
            open += 1;
            judge.recall(open - 1) == Fate::Kept
        };
        let kept = fates.into_iter().map(&mut settled).collect::<Vec<_>>();
        assert_eq!(judge.tally.dropped, kept.iter().filter(|kept| !**kept).count() as u64);
        kept
    }

    fn needs(pairs: bool) -> Needs {
        Needs { names: false, places: false, pairs }
    }

    /// The rule of star clusters, by comparing everything.
    fn stars_by_force(sets: &[Words]) -> Vec<bool> {
        let mut kept: Vec<bool> = Vec::new();
        for (place, set) in sets.iter().enumerate() {
            let is_member = (0..place).any(|other| kept[other] && jaccard(&sets[other], set) >= THRESHOLD);
            kept.push(!is_member);
        }
        kept
    }

    /// The components of the graph of similar documents, by walking until nothing changes.
    fn components_by_force(sets: &[Words]) -> Vec<bool> {
        let mut first: Vec<usize> = (0..sets.len()).collect();
        let mut is_changed = true;
        while std::mem::take(&mut is_changed) {
            for one in 0..sets.len() {
                for other in 0..sets.len() {
                    if first[other] < first[one] && jaccard(&sets[one], &sets[other]) >= THRESHOLD {
                        first[one] = first[other];
                        is_changed = true;
                    }
                }
            }
        }
        first.iter().enumerate().map(|(place, first)| place == *first).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn clusters_are_what_brute_force_says(
            sets in prop::collection::vec(prop::collection::btree_set(0u8..12, 1..9), 0..30), pairs: bool,
        ) {
            let documents = documents(&sets, Measure::Jaccard);
            let star = Judge::star(known(), needs(pairs), Tables::default());
            prop_assert_eq!(fates(star, &documents), stars_by_force(&sets));
            let single = Judge::single(known(), needs(pairs), Tables::default());
            prop_assert_eq!(fates(single, &documents), components_by_force(&sets));
        }
    }

    #[test]
    fn a_chain_is_no_star() {
        // Each document is like the next two: five words of seven are shared, then four of eight, then three of nine.
        let chain: Vec<Words> = (0..40).map(|start| (start..start + 6).collect()).collect();
        let documents = documents(&chain, Measure::Jaccard);
        let stars = fates(Judge::star(known(), needs(false), Tables::default()), &documents);
        let single = fates(Judge::single(known(), needs(false), Tables::default()), &documents);
        let count = |kept: Vec<bool>| kept.into_iter().filter(|kept| *kept).count();
        assert_eq!((count(stars), count(single)), (14, 1));
    }

    #[test]
    fn references_represent_themselves_and_loaded_documents_are_judged() {
        let sets: Vec<Words> = vec![(0..6).collect(), (1..7).collect(), (3..9).collect()];
        let documents = documents(&sets, Measure::Jaccard);
        // The third is like the second, which is like the first: only as a reference does the second stand for it.
        for (origin, wanted) in [(Origin::Reference, Fate::Dropped), (Origin::Loaded, Fate::Kept)] {
            let mut judge = Judge::star(known(), needs(false), Tables::default());
            for document in &documents[..2] {
                judge.take(document, 0, origin).expect("judged");
            }
            assert_eq!(judge.take(&documents[2], 2, Origin::Input).expect("judged"), wanted, "{origin:?}");
            assert_eq!(judge.tally.documents, 1);
        }
    }

    #[test]
    fn estimates_join_what_is_the_same() {
        let sets: Vec<Words> = vec![(0..6).collect(), (0..6).collect(), (100..120).collect()];
        let documents = documents(&sets, Measure::Estimate(128));
        let known = Known::new(Measure::Estimate(128), THRESHOLD, 128, 64, &std::env::temp_dir());
        assert_eq!(
            fates(Judge::star(known, needs(true), Tables::default()), &documents),
            [true, false, true]
        );
    }
}
