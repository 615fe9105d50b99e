//! The decisions about aligned files where one known side is enough.

use std::ops::Range;

use textcore::{Aside, Decisions, Error, Gate, Recalled, Run, Subject};

use super::{KeyText, TextScratch};
use crate::bytes::{Census, Sighting, Verdict};
use crate::exact;

/// Drops records of which any side came before on the same side, be it with records that were dropped themselves.
#[derive(Debug, Clone)]
pub struct AnySide {
    /// What sides are compared by.
    pub text: KeyText,
}

/// What is remembered.
pub struct Sides {
    census: Census,
    /// How many records have been kept aside.
    later: u64,
    /// How many sides of the first of them were unsure; of all others all are.
    unsure_of_first: u64,
    sides: u64,
}

impl Sides {
    /// Nothing yet.
    pub fn new(census: Census) -> Self {
        Sides { census, later: 0, unsure_of_first: 0, sides: 0 }
    }
}

/// The texts of different sides are different texts: the side stands before the key.
fn tagged(side: usize, key: u128) -> (u64, [u8; 24]) {
    let mut text = [0; 24];
    text[..8].copy_from_slice(&(side as u64).to_be_bytes());
    text[8..].copy_from_slice(&key.to_be_bytes());
    (key as u64, text)
}

impl Gate for AnySide {
    type Key = Box<[u128]>;
    type State = Sides;
    type Scratch = TextScratch;

    fn key(&self, scratch: &mut TextScratch, subject: Subject<'_>) -> Box<[u128]> {
        subject.texts.iter().map(|text| exact::key(self.text.of(scratch, &[text]))).collect()
    }

    fn decide(
        &self,
        state: &mut Sides,
        keys: &mut Vec<Box<[u128]>>,
        _runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        for sides in keys.drain(..) {
            let texts = || sides.iter().enumerate().map(|(side, &key)| tagged(side, key));
            let is_known = texts().any(|(hash, text)| state.census.knows(hash, &text));
            // Records that are dropped at once stand between those that are kept aside.
            let ordinal = 2 * state.later + u64::from(!is_known);
            let mut unsure = 0;
            for (hash, text) in texts() {
                let sighting = state.census.see(hash, &text, ordinal, 1).map_err(Error::Temporary)?;
                unsure += u64::from(sighting == Sighting::Unsure);
            }
            if is_known {
                decisions.drop();
            } else if unsure == 0 {
                decisions.keep();
            } else {
                if state.later == 0 {
                    state.unsure_of_first = unsure;
                }
                state.sides = sides.len() as u64;
                state.later += 1;
                decisions.later();
            }
        }
        Ok(())
    }

    fn settle(&self, state: &mut Sides) -> Result<(), Error> {
        state.census.settle(Verdict::Texts).map_err(Error::Temporary)
    }

    fn recall(
        &self,
        state: &mut Sides,
        aside: Aside<'_>,
        _label: &mut Vec<u8>,
        _cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        let wanted = if aside.index == 0 { state.unsure_of_first } else { state.sides };
        let firsts = state.census.verdict(2 * aside.index + 1).map_err(Error::Temporary)?;
        Ok(if firsts == Some(wanted) { Recalled::Keep } else { Recalled::Drop })
    }

    fn reason(&self) -> &'static str {
        "duplicate"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;
    use textcore::Decision;
    use textcore::source::Operand;

    fn kept(pairs: &[[u8; 2]], memory_bytes: usize) -> Vec<bool> {
        let gate = AnySide { text: KeyText::default() };
        let mut state = Sides::new(Census::new(memory_bytes, &std::env::temp_dir()));
        let operand = Operand { index: 0, typed: 0, path: None, mirror: "x".into() };
        let mut scratch = TextScratch::default();
        let mut keys: Vec<Box<[u128]>> = pairs
            .iter()
            .map(|[one, other]| {
                let texts: &[&[u8]] = &[&[*one], &[*other]];
                gate.key(&mut scratch, Subject { texts, whole: texts[0], operand: &operand, number: 1 })
            })
            .collect();
        let mut decisions = Decisions::default();
        gate.decide(&mut state, &mut keys, &[], &mut decisions).expect("decided");
        gate.settle(&mut state).expect("settled");
        let mut index = 0;
        let mut recall = || {
            let aside = Aside { index, record: b"" };
            index += 1;
            gate.recall(&mut state, aside, &mut Vec::new(), &mut Vec::new()).expect("recalled")
                == Recalled::Keep
        };
        let decisions = decisions.as_slice().iter();
        decisions
            .map(|decision| if *decision == Decision::Later { recall() } else { *decision == Decision::Keep })
            .collect()
    }

    proptest! {
        #[test]
        fn one_known_side_is_enough(
            pairs in prop::collection::vec([0u8..60, 0u8..60], 0..120), memory_bytes in prop_oneof![Just(0usize), 0usize..9000, Just(1 << 20)],
        ) {
            let (mut ones, mut others) = (HashSet::new(), HashSet::new());
            let wanted: Vec<bool> = pairs.iter().map(|&[one, other]| ones.insert(one) & others.insert(other)).collect();
            prop_assert_eq!(kept(&pairs, memory_bytes), wanted);
        }
    }
}
