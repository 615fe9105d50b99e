//! The first record of each key passes as it comes.

use std::marker::PhantomData;
use std::ops::Range;

use textcore::{Answer, Aside, Decisions, Error, Gate, Output, Recalled, Run, Subject};

use super::group::{Group, Member, Verdict};
use super::hash::HashKey;
use super::listing::Listing;
use super::memory::{Known, Memory};
use super::table::TOUCHED;
use crate::across::{KeyText, TextScratch};
use crate::seen::Saving;

/// Keeps the first record of each key. With groups that have no ordinals nothing is remembered but keys, and nothing
/// can be listed.
///
/// Once the keys have no room, records with keys that are not in the table are kept aside until the end.
#[derive(Debug, Clone)]
pub struct FirstKept<K, G> {
    text: KeyText,
    kind: PhantomData<fn() -> (K, G)>,
}

impl<K, G> FirstKept<K, G> {
    /// Records are compared by that text.
    pub fn new(text: KeyText) -> Self {
        FirstKept { text, kind: PhantomData }
    }
}

/// What is remembered.
#[derive(Debug)]
pub struct FirstState<K, G> {
    /// The keys.
    pub memory: Memory<K, G>,
    /// The file of what is left out.
    pub listing: Option<Listing>,
    /// The file of seen keys.
    pub saving: Option<Saving>,
    /// How many records came, reference files included.
    records: u64,
    /// How many of them have been listed or passed by.
    settled: u64,
    /// Records have been kept aside: what is left out has its place among them in the list.
    has_asked: bool,
    /// The verdict on the next record kept aside, where all before it had to be listed already.
    ahead: Option<Verdict>,
}

impl<K: HashKey, G: Group> FirstState<K, G> {
    /// Nothing came yet.
    pub fn new(memory: Memory<K, G>, listing: Option<Listing>) -> Self {
        FirstState { memory, listing, saving: None, records: 0, settled: 0, has_asked: false, ahead: None }
    }

    /// Remembers a key that no record came with.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn learn_key(&mut self, key: K) -> Result<(), Error> {
        let member = Member { is_learned: true, ..Member::default() };
        self.memory.check();
        self.memory.learn(key, G::of(member), member)
    }

    fn number(&mut self, runs: &[Run]) {
        if let Some(listing) = &mut self.listing {
            listing.add(runs);
        }
    }

    fn next_member(&mut self) -> Member {
        self.records += 1;
        Member { ordinal: self.records, ..Member::default() }
    }

    fn decide_one(&mut self, key: K, decisions: &mut Decisions) -> Result<(), Error> {
        let member = self.next_member();
        match self.memory.meet(key, G::of(member)) {
            Known::First => decisions.keep(),
            Known::In(group) => {
                let verdict = group.verdict(member.ordinal);
                decisions.drop();
                match (&mut self.listing, verdict) {
                    (None, _) | (_, Verdict::Kept { .. }) => {}
                    (Some(listing), Verdict::Dropped { kept }) if !self.has_asked => {
                        listing.row(member.ordinal, kept)?;
                    }
                    _ => self.memory.tell(verdict)?,
                }
            }
            Known::Unknown => {
                decisions.later();
                self.has_asked = true;
                self.memory.ask(key, member)?;
            }
        }
        if !self.has_asked {
            self.settled = self.records;
        }
        Ok(())
    }

    /// The verdict on the next record kept aside; what is told before it is listed.
    fn next_verdict(&mut self) -> Result<Option<Verdict>, Error> {
        if let Some(verdict) = self.ahead.take() {
            return Ok(Some(verdict));
        }
        while let Some((verdict, is_told)) = self.memory.verdict()? {
            self.settled += 1;
            if let (Some(listing), Verdict::Dropped { kept }) = (&mut self.listing, verdict) {
                listing.row(self.settled, kept)?;
            }
            if !is_told {
                return Ok(Some(verdict));
            }
        }
        Ok(None)
    }
}

impl<K: HashKey, G: Group> Gate for FirstKept<K, G> {
    type Key = K;
    type State = FirstState<K, G>;
    type Scratch = TextScratch;

    fn key(&self, scratch: &mut TextScratch, subject: Subject<'_>) -> K {
        K::of(self.text.of(scratch, subject.texts))
    }

    fn decide(
        &self,
        state: &mut FirstState<K, G>,
        keys: &mut Vec<K>,
        runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        state.number(runs);
        let mut rest = keys.as_slice();
        while !rest.is_empty() {
            state.memory.check();
            let (keys, later) = rest.split_at(rest.len().min(state.memory.batch()));
            rest = later;
            if !G::HAS_ORDINALS && !state.memory.is_closed() {
                state
                    .memory
                    .insert_all(keys, |is_new| if is_new { decisions.keep() } else { decisions.drop() });
                continue;
            }
            for keys in keys.chunks(TOUCHED) {
                state.memory.touch(keys);
                keys.iter().try_for_each(|&key| state.decide_one(key, decisions))?;
            }
        }
        Ok(())
    }

    fn learn(&self, state: &mut FirstState<K, G>, keys: &mut Vec<K>, runs: &[Run]) -> Result<(), Error> {
        state.number(runs);
        for keys in keys.chunks(TOUCHED) {
            state.memory.check();
            state.memory.touch(keys);
            for &key in keys {
                let member = Member { is_learned: true, ..state.next_member() };
                state.memory.learn(key, G::of(member), member)?;
            }
        }
        state.settled = state.records;
        Ok(())
    }

    fn settle(&self, state: &mut FirstState<K, G>) -> Result<(), Error> {
        state.memory.settle()
    }

    fn recall(
        &self,
        state: &mut FirstState<K, G>,
        _aside: Aside<'_>,
        _label: &mut Vec<u8>,
        _cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        Ok(match state.next_verdict()? {
            Some(Verdict::Kept { .. }) => Recalled::Keep,
            _ => Recalled::Drop,
        })
    }

    fn checkpoint(&self, state: &mut FirstState<K, G>) -> Result<(), Error> {
        if state.listing.is_some() {
            state.ahead = state.next_verdict()?;
        }
        state.listing.as_mut().map_or(Ok(()), Listing::flush)
    }

    fn finish(&self, state: &mut FirstState<K, G>, _out: &mut dyn Output) -> Result<Answer, Error> {
        while state.next_verdict()?.is_some() {}
        if let Some(saving) = &mut state.saving {
            saving.write(state.memory.take_keys()?)?;
        }
        Ok(Answer::Yes)
    }

    fn reason(&self) -> &'static str {
        "duplicate"
    }
}
