//! Star clusters: every member is similar enough to its representative, the first document of the cluster.

use textcore::Error;

use super::document::Document;
use super::known::{Alike, Known};

/// What becomes of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Star {
    /// It represents a cluster of its own, and is known from now on.
    New,
    /// It belongs to the cluster of a known document.
    Member(Alike),
}

/// Decides as documents come.
///
/// A document joins the representative before it that is most similar, if that is similar enough; of several, the
/// earliest. Otherwise it becomes a representative. So members of a cluster may be as unlike each other as two documents can be
/// that are both like a third, but no chain of documents makes a cluster.
#[derive(Debug)]
pub struct Stars {
    /// The representatives; with `lists_pairs` all documents.
    pub known: Known,
    lists_pairs: bool,
    /// Whether each known document is a representative, if not all are.
    represents: Vec<bool>,
}

impl Stars {
    /// No clusters yet. With `lists_pairs` documents are compared with all others, not only with representatives.
    pub fn new(known: Known, lists_pairs: bool) -> Self {
        Stars { known, lists_pairs, represents: Vec::new() }
    }

    /// Takes a document that represents itself in any case, unless one of the same content is there.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn take_reference(&mut self, document: &Document) -> Result<(), Error> {
        if !self.lists_pairs && self.known.same(document)?.is_some() {
            return Ok(());
        }
        self.add(document, true)
    }

    /// Takes the next document. If pairs are listed, all documents that are similar to it are in `alike` after that, ascending.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn take(&mut self, document: &Document, alike: &mut Vec<Alike>) -> Result<Star, Error> {
        alike.clear();
        if !self.lists_pairs
            && let Some(number) = self.known.same(document)?
        {
            return Ok(Star::Member(Alike { number, similarity: 1.0 }));
        }
        self.known.alike(document, alike)?;
        let represents = |one: &&Alike| !self.lists_pairs || self.represents[one.number as usize];
        // Of equals the first: later ones must be more similar.
        let best = alike
            .iter()
            .filter(represents)
            .copied()
            .reduce(|best, one| if one.similarity > best.similarity { one } else { best });
        if best.is_none() || self.lists_pairs {
            self.add(document, best.is_none())?;
        }
        Ok(best.map_or(Star::New, Star::Member))
    }

    fn add(&mut self, document: &Document, represents: bool) -> Result<(), Error> {
        if self.lists_pairs {
            self.represents.push(represents);
        }
        self.known.add(document).map(|_| ())
    }
}
