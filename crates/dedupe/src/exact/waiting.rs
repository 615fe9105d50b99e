//! Every record waits until all of its kind have come.

use std::marker::PhantomData;
use std::ops::Range;

use textcore::frame::Cut;
use textcore::{Answer, Aside, Decisions, Error, Gate, Output, Recalled, Run, Subject};

use super::group::{Counted, Keep, Member, Verdict};
use super::groups::{Groups, Separation};
use super::hash::HashKey;
use super::listing::Listing;
use super::memory::AllKeys;
use super::room::Room;
use super::spill::{Spill, Verdicts};
use crate::across::{Asked, KeyText, TextScratch};
use crate::seen::Saving;

/// Decides only when all records have come: which one of a kind stays, or that all do, group by group.
#[derive(Debug, Clone)]
pub struct Waiting<K> {
    /// What records are compared by.
    pub text: KeyText,
    /// Which one stays.
    pub keep: Keep,
    /// What is asked of those that stay.
    pub asked: Asked,
    /// All records that are repeated are written, in groups.
    pub grouped: Option<Separation>,
    /// How records end.
    pub cut: Cut,
    /// The width of keys.
    pub key: PhantomData<fn() -> K>,
}

/// What waits: the keys of all records.
///
/// Memory: what the run is given, whatever comes; beyond that, 18 to 24 bytes on disk for each record.
#[derive(Debug)]
pub struct WaitingState<K> {
    spill: Option<Spill<K, Counted>>,
    verdicts: Option<Verdicts<K>>,
    groups: Groups,
    /// The file of what is left out.
    pub listing: Option<Listing>,
    /// The file of seen keys.
    pub saving: Option<Saving>,
    unique: u64,
    /// How many records came, those of reference files first.
    records: u64,
    learned: u64,
    recalled: u64,
}

impl<K: HashKey> WaitingState<K> {
    /// Nothing came yet.
    pub fn new(room: &Room, keep: Keep, groups: Groups, listing: Option<Listing>) -> Self {
        WaitingState {
            spill: Some(room.spill(keep, false)),
            verdicts: None,
            groups,
            listing,
            saving: None,
            unique: 0,
            records: 0,
            learned: 0,
            recalled: 0,
        }
    }

    /// Remembers a key that no record came with.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn learn_key(&mut self, key: K) -> Result<(), Error> {
        let member = Member { is_learned: true, ..Member::default() };
        self.spill.as_mut().map_or(Ok(()), |spill| spill.learn(key, member))
    }

    /// How many different keys there were, once they are settled.
    pub fn unique(&self) -> u64 {
        self.unique
    }

    /// All keys, ascending, if they are wanted; none stays.
    fn take_keys(&mut self) -> Result<AllKeys<K>, Error> {
        let spilled = self.verdicts.take().map(Verdicts::into_keys).transpose()?;
        AllKeys::new(Box::new(std::iter::empty()), spilled)
    }

    fn add(&mut self, keys: &[(K, u64)], runs: &[Run], is_learned: bool) -> Result<(), Error> {
        if let Some(listing) = &mut self.listing {
            listing.add(runs);
        }
        let Some(spill) = &mut self.spill else { return Ok(()) };
        for &(key, length) in keys {
            self.records += 1;
            let member = Member { ordinal: self.records, length, is_learned };
            if is_learned { spill.learn(key, member) } else { spill.ask(key, member) }?;
        }
        Ok(())
    }

    fn drop(&mut self, kept: u64) -> Result<Recalled, Error> {
        if let Some(listing) = &mut self.listing {
            listing.row(self.recalled, kept)?;
        }
        Ok(Recalled::Drop)
    }

    fn take(&mut self, first: u64, record: &[u8]) -> Result<Recalled, Error> {
        self.groups.add(first, self.recalled, record)?;
        Ok(Recalled::Taken)
    }
}

impl<K: HashKey> Gate for Waiting<K> {
    /// The key and, where that matters, the length of the record.
    type Key = (K, u64);
    type State = WaitingState<K>;
    type Scratch = TextScratch;

    fn key(&self, scratch: &mut TextScratch, subject: Subject<'_>) -> (K, u64) {
        let length = if self.keep.asks_for_length() { subject.whole.len() as u64 } else { 0 };
        (K::of(self.text.of(scratch, subject.texts)), length)
    }

    fn decide(
        &self,
        state: &mut WaitingState<K>,
        keys: &mut Vec<(K, u64)>,
        runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        keys.iter().for_each(|_| decisions.later());
        state.add(keys, runs, false)
    }

    fn learn(
        &self,
        state: &mut WaitingState<K>,
        keys: &mut Vec<(K, u64)>,
        runs: &[Run],
    ) -> Result<(), Error> {
        state.add(keys, runs, true)?;
        state.learned = state.records;
        state.recalled = state.records;
        Ok(())
    }

    fn settle(&self, state: &mut WaitingState<K>) -> Result<(), Error> {
        state.verdicts = state.spill.take().map(Spill::settle).transpose()?;
        state.unique = state.verdicts.as_ref().map_or(0, Verdicts::unique);
        Ok(())
    }

    fn recall(
        &self,
        state: &mut WaitingState<K>,
        aside: Aside<'_>,
        label: &mut Vec<u8>,
        _cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        state.recalled += 1;
        let verdict = state.verdicts.as_mut().map_or(Ok(None), Verdicts::next)?;
        match verdict.map(|(verdict, _)| verdict) {
            Some(Verdict::Kept { count }) if self.grouped.is_some() && count > 1 => {
                state.take(state.recalled, aside.record)
            }
            Some(Verdict::Kept { count }) if self.grouped.is_none() && self.asked.wants(count, label) => {
                Ok(Recalled::Keep)
            }
            Some(Verdict::Dropped { kept }) if self.grouped.is_some() && kept > state.learned => {
                state.take(kept, aside.record)
            }
            // Where only what came once is asked for, nothing stays of what came more often.
            Some(Verdict::Dropped { kept }) if self.asked.times_max > 1 || kept <= state.learned => {
                state.drop(kept)
            }
            _ => state.drop(0),
        }
    }

    fn checkpoint(&self, state: &mut WaitingState<K>) -> Result<(), Error> {
        state.listing.as_mut().map_or(Ok(()), Listing::flush)
    }

    fn finish(&self, state: &mut WaitingState<K>, out: &mut dyn Output) -> Result<Answer, Error> {
        if let Some(mut saving) = state.saving.take() {
            saving.write(state.take_keys()?)?;
            state.saving = Some(saving);
        }
        if let Some(separation) = self.grouped {
            state.groups.write(separation, self.cut, out)?;
        }
        Ok(Answer::Yes)
    }

    fn reason(&self) -> &'static str {
        match self.grouped {
            Some(_) => "not repeated",
            None => self.asked.reason(),
        }
    }
}
