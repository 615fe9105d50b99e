//! How often each record comes: the first of each kind is kept aside until all have been counted.

use std::marker::PhantomData;
use std::ops::Range;

use textcore::{Answer, Aside, Decisions, Error, Gate, Output, Recalled, Run, Subject};

use super::group::{Counted, Member, Verdict};
use super::hash::HashKey;
use super::memory::{Known, Memory};
use super::room::Room;
use super::table::TOUCHED;
use crate::across::{Asked, KeyText, TextScratch};
use crate::seen::Saving;

/// Answers a question about how often records come with the first of each kind.
#[derive(Debug, Clone)]
pub struct Counting<K> {
    /// What records are compared by.
    pub text: KeyText,
    /// What is asked.
    pub asked: Asked,
    /// The width of keys.
    pub key: PhantomData<fn() -> K>,
}

/// Stands for the count of a kind of which no record is written.
const LEARNED: u64 = u64::MAX;

/// The counts.
///
/// Memory: 16 bytes for a key of 128 bits and 8 for its number among the first records, at a load of 0.82 to 0.92, and 8 for
/// its count.
#[derive(Debug)]
pub struct Tally<K> {
    /// The file of seen keys.
    pub saving: Option<Saving>,
    /// Which of the counts is that of a key.
    memory: Memory<K, u64, Counted>,
    /// In the order of first appearance.
    counts: Vec<u64>,
    spilled: u64,
}

impl<K: HashKey> Tally<K> {
    /// Nothing was counted.
    pub fn new(room: Room, has_sorted_keys: bool) -> Self {
        let memory = Memory::new(room, has_sorted_keys);
        Tally { saving: None, memory, counts: Vec::new(), spilled: 0 }
    }

    /// Remembers a key of which no record is written.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn learn_key(&mut self, key: K) -> Result<(), Error> {
        self.check();
        self.memory.learn(key, LEARNED, Member { is_learned: true, ..Member::default() })
    }

    fn check(&mut self) {
        self.memory.check_beside(self.counts.capacity() * size_of::<u64>());
    }

    /// Counts a record; true if it is kept aside.
    fn add(&mut self, key: K) -> Result<bool, Error> {
        match self.memory.meet(key, self.counts.len() as u64) {
            Known::First => self.counts.push(1),
            Known::In(&mut number) => {
                if let Some(count) = self.counts.get_mut(number as usize) {
                    *count += 1;
                }
                return Ok(false);
            }
            Known::Unknown => {
                self.spilled += 1;
                self.memory.ask(key, Member { ordinal: self.spilled, ..Member::default() })?;
            }
        }
        Ok(true)
    }

    /// How often the record came that was kept aside as the `index`-th; `None` if it was not the first.
    fn count(&mut self, index: u64) -> Result<Option<u64>, Error> {
        if let Some(&count) = self.counts.get(index as usize) {
            return Ok(Some(count));
        }
        Ok(match self.memory.verdict()? {
            Some((Verdict::Kept { count }, _)) => Some(count),
            _ => None,
        })
    }

    /// How many different keys there were, once they are settled.
    pub fn unique(&self) -> u64 {
        self.memory.unique()
    }
}

impl<K: HashKey> Gate for Counting<K> {
    type Key = K;
    type State = Tally<K>;
    type Scratch = TextScratch;

    fn key(&self, scratch: &mut TextScratch, subject: Subject<'_>) -> K {
        K::of(self.text.of(scratch, subject.texts))
    }

    fn decide(
        &self,
        state: &mut Tally<K>,
        keys: &mut Vec<K>,
        _runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        for keys in keys.chunks(TOUCHED) {
            state.check();
            state.memory.touch(keys);
            for &key in keys {
                if state.add(key)? {
                    decisions.later();
                } else {
                    decisions.drop();
                }
            }
        }
        Ok(())
    }

    fn learn(&self, state: &mut Tally<K>, keys: &mut Vec<K>, _runs: &[Run]) -> Result<(), Error> {
        keys.iter().try_for_each(|&key| state.learn_key(key))
    }

    fn settle(&self, state: &mut Tally<K>) -> Result<(), Error> {
        state.memory.settle()
    }

    fn recall(
        &self,
        state: &mut Tally<K>,
        aside: Aside<'_>,
        label: &mut Vec<u8>,
        _cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        let count = state.count(aside.index)?;
        Ok(match count {
            Some(count) if self.asked.wants(count, label) => Recalled::Keep,
            _ => Recalled::Drop,
        })
    }

    fn finish(&self, state: &mut Tally<K>, _out: &mut dyn Output) -> Result<Answer, Error> {
        if let Some(saving) = &mut state.saving {
            saving.write(state.memory.take_keys()?)?;
        }
        Ok(Answer::Yes)
    }

    fn reason(&self) -> &'static str {
        self.asked.reason()
    }
}
