//! Clusters by single link: two documents belong together if similar ones lead from one to the other.

use textcore::Error;

use super::document::Document;
use super::known::{Alike, Known};

/// Joins documents as they come; the clusters are known at the end.
///
/// A cluster's representative is its first document, to which others need not be similar.
#[derive(Debug)]
pub struct Links {
    /// The documents; without `lists_pairs` only the first one of the same content.
    pub known: Known,
    lists_pairs: bool,
    /// For each document an earlier one of its cluster, or itself.
    parents: Vec<u32>,
    /// For each document the known one of its content.
    contents: Vec<u32>,
    /// For each known document which one it is.
    documents: Vec<u32>,
}

impl Links {
    /// No documents yet. With `lists_pairs` all that are similar are found, otherwise enough to tell the clusters.
    pub fn new(known: Known, lists_pairs: bool) -> Self {
        Links { known, lists_pairs, parents: Vec::new(), contents: Vec::new(), documents: Vec::new() }
    }

    /// How many documents there are.
    pub fn count(&self) -> usize {
        self.parents.len()
    }

    /// Takes the next document, and says whether it is linked to an earlier one. Those that are similar to it are in `alike` after that,
    /// by their numbers among all, ascending; all of them if pairs are listed.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn take(&mut self, document: &Document, alike: &mut Vec<Alike>) -> Result<bool, Error> {
        alike.clear();
        let number = self.parents.len() as u32;
        self.parents.push(number);
        if !self.lists_pairs
            && let Some(same) = self.known.same(document)?
        {
            self.contents.push(same);
            self.join(self.documents[same as usize], number);
            return Ok(true);
        }
        self.known.alike(document, alike)?;
        for one in alike.iter_mut() {
            one.number = self.documents[one.number as usize];
            self.join(one.number, number);
        }
        self.contents.push(self.known.add(document)?);
        self.documents.push(number);
        Ok(!alike.is_empty())
    }

    /// The first document of a document's cluster.
    pub fn first(&mut self, mut number: u32) -> u32 {
        loop {
            let parent = self.parents[number as usize];
            if parent == number {
                return number;
            }
            let grandparent = self.parents[parent as usize];
            self.parents[number as usize] = grandparent;
            number = grandparent;
        }
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.first(one), self.first(other));
        self.parents[one.max(other) as usize] = one.min(other);
    }

    /// How similar two documents are.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn similarity(&mut self, one: u32, other: u32) -> Result<f64, Error> {
        let (one, other) = (self.contents[one as usize], self.contents[other as usize]);
        if one == other { Ok(1.0) } else { self.known.similarity(one, other) }
    }

    /// Bytes of memory.
    pub fn memory_bytes(&self) -> usize {
        let numbers = self.parents.capacity() + self.contents.capacity() + self.documents.capacity();
        self.known.memory_bytes() + numbers * size_of::<u32>()
    }
}
