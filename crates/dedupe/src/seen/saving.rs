//! A gate whose keys are remembered, to be saved at the end.

use std::ops::Range;

use textcore::{Answer, Aside, Decision, Decisions, Error, Gate, Output, Recalled, Run, Subject};

use super::number::Number;
use super::unsorted::Unsorted;

/// The key of a gate that can be saved and loaded.
pub trait SeenKey: Send + 'static {
    /// The hash in it.
    type Number: Number;

    /// What is saved.
    fn number(&self) -> Self::Number;

    /// What was loaded.
    fn of(number: Self::Number) -> Self;
}

impl<N: Number> SeenKey for N {
    type Number = N;

    fn number(&self) -> N {
        *self
    }

    fn of(number: N) -> N {
        number
    }
}

/// Another gate, of which every key is remembered.
pub struct Saving<G>(pub G);

/// What the other gate remembers, and the keys.
pub struct Saved<G: Gate<Key: SeenKey>> {
    /// What the other gate remembers.
    pub state: G::State,
    /// All keys of records and reference files.
    pub keys: Unsorted<<G::Key as SeenKey>::Number>,
}

fn numbers<K: SeenKey>(keys: &[K]) -> Vec<K::Number> {
    keys.iter().map(SeenKey::number).collect()
}

impl<G: Gate<Key: SeenKey>> Gate for Saving<G> {
    type Key = G::Key;
    type State = Saved<G>;
    type Scratch = G::Scratch;

    fn key(&self, scratch: &mut G::Scratch, subject: Subject<'_>) -> G::Key {
        self.0.key(scratch, subject)
    }

    fn decide(
        &self,
        state: &mut Saved<G>,
        keys: &mut Vec<G::Key>,
        runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        let numbers = numbers(keys);
        let earlier = decisions.as_slice().len();
        self.0.decide(&mut state.state, keys, runs, decisions)?;
        // What is left out at once has been seen before, and noted.
        let mut decided = numbers.into_iter().zip(&decisions.as_slice()[earlier..]);
        decided.try_for_each(|(number, decision)| match decision {
            Decision::Drop => Ok(()),
            _ => state.keys.push(number),
        })
    }

    fn learn(&self, state: &mut Saved<G>, keys: &mut Vec<G::Key>, runs: &[Run]) -> Result<(), Error> {
        numbers(keys).into_iter().try_for_each(|number| state.keys.push(number))?;
        self.0.learn(&mut state.state, keys, runs)
    }

    fn settle(&self, state: &mut Saved<G>) -> Result<(), Error> {
        self.0.settle(&mut state.state)
    }

    fn recall(
        &self,
        state: &mut Saved<G>,
        aside: Aside<'_>,
        label: &mut Vec<u8>,
        cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        self.0.recall(&mut state.state, aside, label, cuts)
    }

    fn finish(&self, state: &mut Saved<G>, out: &mut dyn Output) -> Result<Answer, Error> {
        self.0.finish(&mut state.state, out)
    }

    fn reason(&self) -> &'static str {
        self.0.reason()
    }
}
