//! An exact run: which gate answers what is asked, what it knows before and what is said after it.

use std::marker::PhantomData;
use std::path::Path;

use serde_json::json;
use textcore::{Answer, Engine, Error, Gate};

use super::counting::{Counting, Tally};
use super::first::{FirstKept, FirstState};
use super::flags::{ExactFlags, Width};
use super::group::{First, Group, Keep};
use super::groups::Groups;
use super::hash::{HashKey, expected_loss};
use super::listing::Listing;
use super::memory::Memory;
use super::room::Room;
use super::waiting::{Waiting, WaitingState};
use crate::across::{AcrossFlags, Asked, KeyText};
use crate::seen::{self, Parameters, Saving};

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
        let saving = self.saving(engine)?;
        let listing = removed.map(|path| Listing::create(engine, path)).transpose()?;
        let room = Room::of(engine, saving.is_some());
        let asked = self.flags.asked();
        let waits = self.flags.keep != Keep::First || self.flags.all_repeated.is_some();
        match (asked, listing) {
            (asked, listing) if waits || (asked.is_some() && listing.is_some()) => {
                self.run_waiting(engine, &room, asked.unwrap_or(Asked::ONCE), listing, saving)
            }
            (Some(asked), _) => self.run_counting(engine, room, asked, saving),
            (None, None) => self.run_first::<()>(engine, room, None, saving),
            (None, listing) => self.run_first::<First>(engine, room, listing, saving),
        }
    }

    fn run_first<G: Group>(
        &self,
        engine: &mut Engine,
        room: Room,
        listing: Option<Listing>,
        saving: Option<Saving>,
    ) -> Result<Answer, Error> {
        let memory: Memory<K, G> = Memory::new(room, saving.is_some());
        let mut state = FirstState::new(memory, listing);
        state.saving = saving;
        self.load(engine, |key| state.learn_key(key))?;
        let (answer, state) = self.drive(engine, FirstKept::new(self.text.clone()), state)?;
        self.account(engine, state.memory.unique());
        finish(engine, state.listing, state.saving)?;
        Ok(answer)
    }

    fn run_counting(
        &self,
        engine: &mut Engine,
        room: Room,
        asked: Asked,
        saving: Option<Saving>,
    ) -> Result<Answer, Error> {
        let mut state = Tally::new(room, saving.is_some());
        state.saving = saving;
        self.load(engine, |key| state.learn_key(key))?;
        let gate = Counting { text: self.text.clone(), asked, key: PhantomData };
        let (answer, state) = self.drive(engine, gate, state)?;
        self.account(engine, state.unique());
        finish(engine, None, state.saving)?;
        Ok(answer)
    }

    fn run_waiting(
        &self,
        engine: &mut Engine,
        room: &Room,
        asked: Asked,
        listing: Option<Listing>,
        saving: Option<Saving>,
    ) -> Result<Answer, Error> {
        let groups = Groups::new(engine.memory_bytes / 4, &engine.temporary_directory);
        let mut state = WaitingState::new(room, self.flags.keep, groups, listing);
        state.saving = saving;
        self.load(engine, |key| state.learn_key(key))?;
        let gate = Waiting {
            text: self.text.clone(),
            keep: self.flags.keep,
            asked,
            grouped: self.flags.all_repeated,
            cut: engine.reading.cut,
            key: PhantomData,
        };
        let (answer, state) = self.drive(engine, gate, state)?;
        self.account(engine, state.unique());
        finish(engine, state.listing, state.saving)?;
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

    /// Opens the file of `--save-seen`.
    fn saving(&self, engine: &mut Engine) -> Result<Option<Saving>, Error> {
        let file = self.across.saved().map(|path| engine.side_file(path)).transpose()?;
        Ok(file.map(|file| Saving::new(file, self.parameters.clone())))
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

/// Gives the files beside the output their names.
fn finish(engine: &mut Engine, listing: Option<Listing>, saving: Option<Saving>) -> Result<(), Error> {
    listing.map_or(Ok(()), Listing::finish)?;
    saving.map_or(Ok(()), |saving| saving.finish(engine))
}
