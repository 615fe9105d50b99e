//! Near-duplicates: documents that are alike, by the Jaccard similarity of their shingles.
//!
//! A worker makes a [`document::Document`]: its shingles, and the keys of the bands of their MinHash signature. The judge
//! takes them in input order: documents that have a band in common with a known one are compared with it, truly.
//!
//! Memory: for each document that later ones are compared with (with star clusters the representatives, otherwise all) 13.5
//! bytes a band at most, 14 for its content as a whole, 8 for where its shingles are, and 8 for its cluster; its id and
//! 8 bytes if documents are listed, 8 bytes if removed ones are; by single link 12 more for every document. A table that
//! grows takes as much as itself once more. With 128 hashes there are at most 66 bands above a threshold of 0.1, hence less than
//! 1 kB. Up to 16 MiB of shingles are in memory, the others in a temporary file. The tables are not spilled: what passes three quarters of the
//! memory that is allowed ends the run, with what is needed.

pub mod bands;
mod distinct;
pub mod document;
mod flags;
mod gate;
mod index;
mod judge;
mod known;
mod merge;
pub mod minhash;
mod names;
mod note;
pub mod shingle;
pub mod signatures;
mod single;
mod star;
mod store;
mod tables;
mod verify;
mod word_hash;
mod word_masks;
mod words;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rewrite::Key;
use textcore::{Answer, Engine, Error};

use crate::id::Ids;
use crate::tsv::TsvFile;
use bands::Bands;
use document::{Maker, Measure};
pub use flags::{Link, NearFlags};
use gate::{NearGate, SignatureFile, State};
use judge::{Judge, Needs};
use known::Known;
use merge::Merged;
use note::Note;
use shingle::{ShingleShape, Shingler};
use tables::Tables;

/// Shingles that are kept in memory, at most, in bytes; the rest is in a temporary file.
const STORE_BYTES_MAX: usize = 16 << 20;

/// What other flags ask of near-duplicates.
#[derive(Debug)]
pub struct Request {
    /// How similar documents must be.
    pub threshold: f64,
    /// Foldings beside those that are always there.
    pub norm: Option<Key>,
    /// How documents are named.
    pub ids: Ids,
    /// Where documents that are left out are listed.
    pub removed: Option<PathBuf>,
    /// Reference files.
    pub against: Vec<OsString>,
    /// The operands are files of signatures.
    pub is_merge: bool,
}

impl NearFlags {
    /// Drops near-duplicates, or with [`Request::is_merge`] writes the ids of documents that would be kept.
    ///
    /// # Errors
    /// Whatever ends a run: see [`Error`].
    pub fn run(self, request: Request, engine: &mut Engine) -> Result<Answer, Error> {
        let Request { threshold, .. } = request;
        let mut merged = request.is_merge.then(|| Merged::open(engine)).transpose()?;
        let shape = match &mut merged {
            Some(merged) => self.shape().or(merged.shape()?),
            None => self.shape(),
        };
        let maker = shape.maker(threshold, request.norm.as_ref())?;
        let needs = Needs {
            names: self.clusters.is_some() || self.pairs.is_some(),
            places: request.removed.is_some(),
            pairs: self.pairs.is_some(),
        };
        let mut state = self.state(engine, &maker, threshold, needs, request.removed.as_deref())?;
        let note = Note { maker: &maker, threshold, link: self.link };
        engine.ledger.warn(&note.curve_line());
        let is_named = needs.names || self.save_signatures.is_some();
        let gate = NearGate {
            maker: maker.clone(),
            ids: is_named.then_some(request.ids),
            memory_bytes_max: engine.memory_bytes / 4 * 3,
        };
        merge::load(&self.load_signatures, &gate, &mut state, engine)?;
        let (answer, state) = match merged {
            Some(merged) => (Answer::Yes, merged.run(&gate, state, engine)?),
            None => engine.gate_after(gate, state, request.against)?,
        };
        engine.ledger.warn(&note.result_line(&state.judge));
        engine.ledger.extra.insert("near".to_owned(), note.report(&state.judge));
        state.judge.tables.finish()?;
        state.saved.map_or(Ok(()), SignatureFile::finish)?;
        Ok(answer)
    }

    fn shape(&self) -> Shape {
        let measure = self.no_verify.then(|| Measure::Estimate(usize::from(self.hashes)));
        Shape { shingle: self.shingle, foldings: None, measure, functions: usize::from(self.hashes) }
    }

    fn state(
        &self,
        engine: &mut Engine,
        maker: &Maker,
        threshold: f64,
        needs: Needs,
        removed: Option<&Path>,
    ) -> Result<State, Error> {
        let mut table = |path: Option<&Path>| path.map(|path| TsvFile::create(engine, path)).transpose();
        let tables = Tables {
            clusters: table(self.clusters.as_deref())?,
            pairs: table(self.pairs.as_deref())?,
            removed: table(removed)?,
        };
        let saved = self.save_signatures.as_deref().map(|path| engine.side_file(path)).transpose()?;
        let store_bytes = (engine.memory_bytes / 16).min(STORE_BYTES_MAX);
        let directory = &engine.temporary_directory;
        let known = Known::new(maker.measure(), threshold, maker.bands().count, store_bytes, directory);
        let judge = match self.link {
            Link::Star => Judge::star(known, needs, tables),
            Link::Single => Judge::single(known, needs, tables),
        };
        Ok(State { judge, saved: saved.map(|file| SignatureFile::new(file, maker)) })
    }
}

/// What makes documents, as far as anything was said about it.
#[derive(Debug, Clone)]
struct Shape {
    shingle: Option<ShingleShape>,
    /// All foldings, those that are always there included.
    foldings: Option<String>,
    measure: Option<Measure>,
    functions: usize,
}

impl Shape {
    /// What was not said is as in another shape.
    fn or(self, other: Shape) -> Shape {
        Shape {
            shingle: self.shingle.or(other.shingle),
            foldings: self.foldings.or(other.foldings),
            measure: self.measure.or(other.measure),
            functions: self.functions,
        }
    }

    /// What was not said is as it is by default; `norm` are further foldings.
    fn maker(self, threshold: f64, norm: Option<&Key>) -> Result<Maker, Error> {
        let names = norm.map(Key::to_string).or(self.foldings).unwrap_or_default();
        let shingle = self.shingle.unwrap_or(ShingleShape::DEFAULT);
        let shingler = Shingler::new(shingle, &names).map_err(|unknown| Error::Usage(unknown.to_string()))?;
        let measure = self.measure.unwrap_or(Measure::Jaccard);
        let functions = match measure {
            Measure::Jaccard => self.functions,
            Measure::Estimate(values) => values,
        };
        Ok(Maker::new(shingler, Bands::choose(threshold, functions), measure))
    }
}

/// Every bit of the result depends on every bit of the number (Steele, Lea and Flood 2014: the finalizer of SplitMix64).
#[inline]
fn mix(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ number >> 31
}
