//! The documents that later ones are compared with.

use std::path::Path;

use textcore::Error;

use super::distinct::Distinct;
use super::document::{Document, Measure};
use super::index::{DOCUMENTS_MAX, Index};
use super::store::Store;
use super::verify::{estimate, jaccard, may_be_alike};

/// A document that is known, by its number from 0, and how similar it is to another one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// Its number.
    pub number: u32,
    /// From 0 to 1.
    pub similarity: f64,
}

/// What was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Comparisons {
    /// Pairs that had a band in common.
    pub candidates: u64,
    /// Those of them that are similar enough.
    pub alike: u64,
}

/// Documents, found by their bands and measured by their content.
#[derive(Debug)]
pub struct Known {
    measure: Measure,
    threshold: f64,
    index: Index,
    /// By all of their content.
    same: Index,
    store: Store,
    /// What was compared so far.
    pub comparisons: Comparisons,
    candidates: Vec<u32>,
    probe: Distinct,
    buffer: Vec<u8>,
}

impl Known {
    /// No documents yet. Their contents take `store_bytes` of memory, and the rest is in an unnamed file.
    pub fn new(measure: Measure, threshold: f64, bands: usize, store_bytes: usize, directory: &Path) -> Self {
        Known {
            measure,
            threshold,
            index: Index::new(bands),
            same: Index::new(1),
            store: Store::new(store_bytes, directory),
            comparisons: Comparisons::default(),
            candidates: Vec::new(),
            probe: Distinct::default(),
            buffer: Vec::new(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.store.count()
    }

    /// Bytes of memory.
    pub fn memory_bytes(&self) -> usize {
        self.index.memory_bytes() + self.same.memory_bytes() + self.store.memory_bytes()
    }

    /// Adds a document, and gives its number.
    ///
    /// # Errors
    /// When temporary storage fails; when there are too many documents.
    pub fn add(&mut self, document: &Document) -> Result<u32, Error> {
        let number = u32::try_from(self.count()).ok().filter(|&number| number < DOCUMENTS_MAX);
        let number =
            number.ok_or_else(|| Error::Usage(format!("more than {DOCUMENTS_MAX} documents to compare")))?;
        self.store.push(&document.content)?;
        self.index.insert(number, &document.bands);
        self.same.insert(number, &[document.fingerprint()]);
        Ok(number)
    }

    /// The first document of the same content.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn same(&mut self, document: &Document) -> Result<Option<u32>, Error> {
        let mut candidates = std::mem::take(&mut self.candidates);
        self.same.find(&[document.fingerprint()], &mut candidates);
        let mut found = None;
        for &number in &candidates {
            if self.is_same(document, number)? {
                self.comparisons.candidates += 1;
                self.comparisons.alike += 1;
                found = Some(number);
                break;
            }
        }
        self.candidates = candidates;
        Ok(found)
    }

    fn is_same(&mut self, document: &Document, number: u32) -> Result<bool, Error> {
        if self.store.length(number) != document.content.len() {
            return Ok(false);
        }
        let content = self.store.get(number, &mut self.buffer)?;
        Ok(match self.measure {
            Measure::Estimate(_) => {
                content.iter().zip(&document.content).all(|(one, other)| u64::from_le_bytes(*one) == *other)
            }
            Measure::Jaccard => {
                fill(&mut self.probe, &document.content);
                jaccard(&self.probe, document.content.len(), content, 1.0).is_some()
            }
        })
    }

    /// Puts the documents that have a band in common with this one, and a similarity of at least the threshold, into
    /// `found`; ascending.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn alike(&mut self, document: &Document, found: &mut Vec<Alike>) -> Result<(), Error> {
        found.clear();
        let mut candidates = std::mem::take(&mut self.candidates);
        self.index.find(&document.bands, &mut candidates);
        let size = document.content.len();
        let mut is_filled = false;
        self.comparisons.candidates += candidates.len() as u64;
        for &number in &candidates {
            let similarity = match self.measure {
                Measure::Estimate(values) => {
                    let content = self.store.get(number, &mut self.buffer)?;
                    estimate(&document.content, content, values, self.threshold)
                }
                Measure::Jaccard if !may_be_alike(size, self.store.length(number), self.threshold) => None,
                Measure::Jaccard => {
                    if !std::mem::replace(&mut is_filled, true) {
                        fill(&mut self.probe, &document.content);
                    }
                    jaccard(&self.probe, size, self.store.get(number, &mut self.buffer)?, self.threshold)
                }
            };
            found.extend(similarity.map(|similarity| Alike { number, similarity }));
        }
        self.comparisons.alike += found.len() as u64;
        self.candidates = candidates;
        Ok(())
    }

    /// How similar two documents are that are known both.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn similarity(&mut self, one: u32, other: u32) -> Result<f64, Error> {
        let own: Vec<u64> =
            self.store.get(one, &mut self.buffer)?.iter().map(|part| u64::from_le_bytes(*part)).collect();
        let content = self.store.get(other, &mut self.buffer)?;
        let similarity = match self.measure {
            Measure::Estimate(values) => estimate(&own, content, values, 0.0),
            Measure::Jaccard => {
                fill(&mut self.probe, &own);
                jaccard(&self.probe, own.len(), content, 0.0)
            }
        };
        Ok(similarity.unwrap_or_default())
    }
}

fn fill(probe: &mut Distinct, content: &[u64]) {
    probe.clear(content.len());
    for &part in content {
        probe.insert(part);
    }
}
