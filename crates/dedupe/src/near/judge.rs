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
