//! `dedupe`: drops repeated records; the first one stays, in input order.

mod across;
mod bloom;
mod boilerplate;
mod bytes;
pub mod exact;
mod id;
pub mod near;
mod partial;
mod place;
mod plan;
pub mod seen;
pub mod substring;
mod tsv;

use std::path::PathBuf;

use across::{AcrossFlags, KeyText};
use plan::Mode;

use clap::{Parser, ValueHint};
use rewrite::Key;
use textcore::frame::Selection;
use textcore::json::Pointer;
use textcore::{Answer, Engine, Error, Invalid, RouteFlags, Shared, Tool};

pub use across::{Asked, Kind};
pub use exact::table::Table;

/// The flags of `dedupe`, as typed.
#[derive(Debug, Parser)]
pub struct Flags {
    #[command(flatten)]
    exact: exact::ExactFlags,

    /// Compare by a key that forgives these differences
    ///
    /// A list, with commas; what is written is the first record as it came. nfc, nfkc: the form. lower, fold: case.
    /// marks: accents, harakat, niqqud. digits: their script. zwnj: ZWNJ and ZWJ. space: how much stands in a row and at
    /// the ends. punct: punctuation, which counts as space. fa, ar, ckb, ps, ur: what spellings of a word differ in; fa
    /// also joins affixes to their words. Lossy. Default: every byte counts. Example: dedupe --key-norm fa,space page.txt
    #[arg(long, value_name = "NAMES")]
    key_norm: Option<Key>,

    /// List in FILE what is left out, and which one was kept
    ///
    /// A row for each record that is left out, tab-separated, in input order. Records are numbered from 1 in their file.
    /// Default: no list. Example: dedupe --removed removed.tsv a.txt b.txt
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    removed: Option<PathBuf>,

    /// With --jsonl: the field that names a document [id]
    ///
    /// A name or a JSON pointer. A document without it, and every record that is no JSON line, is named by its place,
    /// as in file:record. Default: id. Example: dedupe --near --jsonl --id url --clusters clusters.tsv docs.jsonl
    #[arg(
        long,
        value_name = "FIELD",
        default_value = "id",
        hide_default_value = true,
        hide_short_help = true
    )]
    id: Pointer,

    #[command(flatten)]
    across: AcrossFlags,

    #[command(flatten)]
    boilerplate: boilerplate::BoilerplateFlags,

    #[command(flatten)]
    substring: substring::SubstringFlags,

    #[command(flatten)]
    near: near::NearFlags,

    #[command(flatten)]
    shared: Shared,

    #[command(flatten)]
    routes: RouteFlags,
}

impl Tool for Flags {
    const NAME: &'static str = "dedupe";
    const PAGE: &'static str = include_str!("../README.md");
    const INVALID: Invalid = Invalid::Keep;

    fn follows() -> String {
        "keys: XXH3-128".to_owned()
    }

    fn shared(&self) -> &Shared {
        &self.shared
    }

    fn routes(&self) -> Option<&RouteFlags> {
        Some(&self.routes)
    }

    fn run(self, engine: &mut Engine) -> Result<Answer, Error> {
        let mode = Mode::of(&self, &self.shared)?;
        let removed = self.removed.as_deref();
        match mode {
            Mode::Near | Mode::NearMerge => {
                let is_jsonl = matches!(engine.reading.selection, Selection::Json(_));
                let request = near::Request {
                    threshold: self.near.near.unwrap_or_default(),
                    norm: self.key_norm,
                    ids: if is_jsonl { id::Ids::Field(self.id) } else { id::Ids::Place },
                    removed: self.removed,
                    against: self.across.against.clone(),
                    is_merge: mode == Mode::NearMerge,
                };
                self.near.run(request, engine)
            }
            Mode::Boilerplate => boilerplate::run(&self.boilerplate, self.key_norm.as_ref(), removed, engine),
            Mode::Substring => {
                let length = self.substring.substring.unwrap_or_default();
                substring::run(length, self.substring.substring_at, removed, engine)
            }
            Mode::Exact => {
                let text = self.key_text(engine);
                exact::run(&self.exact, &self.across, text, removed, engine)
            }
            _ => self.across.run(mode, engine, self.key_text(engine), self.exact.asked()),
        }
    }
}

impl Flags {
    fn key_text(&self, engine: &Engine) -> KeyText {
        let is_manifold = matches!(engine.reading.selection, Selection::Columns { .. })
            || self.across.parallel_text.is_some();
        KeyText { norm: self.key_norm.clone(), is_manifold }
    }
}
