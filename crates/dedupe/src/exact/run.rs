//! An exact run: which gate answers what is asked, what it knows before and what is said after it.

use std::marker::PhantomData;
use std::path::Path;

use serde_json::json;
use textcore::side::SideFile;
use textcore::{Answer, Engine, Error, Gate};

use super::counting::{Counting, Tally};
use super::first::{FirstKept, FirstState};
use super::flags::{ExactFlags, Width};
use super::group::{First, Group, Keep};
use super::groups::Groups;
use super::hash::{HashKey, expected_loss};
use super::listing::Listing;
use super::memory::{AllKeys, Memory};
use super::room::Room;
use super::waiting::{Waiting, WaitingState};
use crate::across::{AcrossFlags, Asked, KeyText};
use crate::seen::{self, Parameters};

/// More lost records than this are warned of.
const LOSS_MAX: f64 = 0.001;

/// Drops records whose keys came before, or answers what else is asked about them.
///
/// # Errors
/// Whatever ends a run: see [`Error`].
pub fn run(
    flags: &ExactFlags,
    across: &AcrossFlags,
    text: KeyText,
    removed: Option<&Path>,
    engine: &mut Engine,
) -> Result<Answer, Error> {
    match flags.hash {
        Width::Bits64 => Exact::<u64>::new(flags, across, text).run(removed, engine),
        Width::Bits128 => Exact::<u128>::new(flags, across, text).run(removed, engine),
    }
}

/// A run with keys of one width.
struct Exact<'a, K> {
    flags: &'a ExactFlags,
    across: &'a AcrossFlags,
    text: KeyText,
    parameters: Parameters,
    key: PhantomData<fn() -> K>,
}

impl<'a, K: HashKey> Exact<'a, K> {
    fn new(flags: &'a ExactFlags, across: &'a AcrossFlags, text: KeyText) -> Self {
        let parameters = Parameters { key_bits: <K as crate::seen::Number>::BITS, key_norm: text.name() };
        Exact { flags, across, text, parameters, key: PhantomData }
    }

    fn run(&self, removed: Option<&Path>, engine: &mut Engine) -> Result<Answer, Error> {
        let saved = self.across.saved().map(|path| engine.side_file(path)).transpose()?;
        let listing = removed.map(|path| Listing::create(engine, path)).transpose()?;
        let room = Room::of(engine, saved.is_some());
        let asked = self.flags.asked();
        let waits = self.flags.keep != Keep::First || self.flags.all_repeated.is_some();
        match (asked, listing) {
            (asked, listing) if waits || (asked.is_some() && listing.is_some()) => {
                self.run_waiting(engine, &room, asked.unwrap_or(Asked::ONCE), listing, saved)
            }
            (Some(asked), _) => self.run_counting(engine, room, asked, saved),
            (None, None) => self.run_first::<()>(engine, room, None, saved),
            (None, listing) => self.run_first::<First>(engine, room, listing, saved),
        }
    }

    fn run_first<G: Group>(
        &self,
        engine: &mut Engine,
        room: Room,
        listing: Option<Listing>,
        saved: Option<SideFile>,
    ) -> Result<Answer, Error> {
        let memory: Memory<K, G> = Memory::new(room, saved.is_some());
        let mut state = FirstState::new(memory, listing);
        self.load(engine, |key| state.learn_key(key))?;
        let (answer, state) = self.drive(engine, FirstKept::new(self.text.clone()), state)?;
        self.account(engine, state.memory.unique());
        self.save(engine, saved, || state.memory.into_keys())?;
        state.listing.map_or(Ok(()), Listing::finish)?;
        Ok(answer)
    }

    fn run_counting(
        &self,
        engine: &mut Engine,
        room: Room,
        asked: Asked,
        saved: Option<SideFile>,
    ) -> Result<Answer, Error> {
        let mut state = Tally::new(room, saved.is_some());
        self.load(engine, |key| state.learn_key(key))?;
        let gate = Counting { text: self.text.clone(), asked, key: PhantomData };
        let (answer, state) = self.drive(engine, gate, state)?;
        self.account(engine, state.unique());
        self.save(engine, saved, || state.into_keys())?;
        Ok(answer)
    }

    fn run_waiting(
        &self,
        engine: &mut Engine,
        room: &Room,
        asked: Asked,
        listing: Option<Listing>,
        saved: Option<SideFile>,
    ) -> Result<Answer, Error> {
        let groups = Groups::new(engine.memory_bytes / 4, &engine.temporary_directory);
        let mut state = WaitingState::new(room, self.flags.keep, groups, listing);
        self.load(engine, |key| state.learn_key(key))?;
        let gate = Waiting {
            text: self.text.clone(),
            keep: self.flags.keep,
            asked,
            grouped: self.flags.all_repeated,
            cut: engine.reading.cut,
            key: PhantomData,
        };
        let (answer, mut state) = self.drive(engine, gate, state)?;
        self.account(engine, state.unique());
        let listing = state.listing.take();
        self.save(engine, saved, || state.into_keys())?;
        listing.map_or(Ok(()), Listing::finish)?;
        Ok(answer)
    }

    fn drive<G: Gate>(
        &self,
        engine: &mut Engine,
        gate: G,
        state: G::State,
    ) -> Result<(Answer, G::State), Error> {
        self.across.drive(engine, gate, state)
    }

    /// Learns the keys of `--load-seen`.
    fn load(&self, engine: &mut Engine, learn: impl FnMut(K) -> Result<(), Error>) -> Result<(), Error> {
        seen::load(engine, self.across.loaded(), &self.parameters, learn)
    }

    /// Writes the file of `--save-seen`.
    fn save(
        &self,
        engine: &mut Engine,
        file: Option<SideFile>,
        keys: impl FnOnce() -> Result<AllKeys<K>, Error>,
    ) -> Result<(), Error> {
        match file {
            Some(file) => seen::save(engine, file, &self.parameters, keys()?),
            None => Ok(()),
        }
    }

    /// Says how many records are to be expected to be lost.
    fn account(&self, engine: &mut Engine, unique: u64) {
        let bits = self.parameters.key_bits;
        let expected = expected_loss(unique, bits);
        engine.ledger.extra.insert(
            "dedupe".to_owned(),
            json!({ "key_bits": bits, "unique": unique, "expected_lost_records": expected }),
        );
        if expected > LOSS_MAX {
            engine.ledger.warn(&format!(
                "{unique} different keys of {bits} bits: {expected:.3} records are lost on the average"
            ));
        }
    }
}
