//! Asks of every record whether its text can be had back from its tokens.

use std::collections::BTreeMap;

use textcore::{Answer, Error, Fold, Map, Missed, Output, Record};

use crate::detok::Detokenizer;
use crate::scheme;
use crate::tokenizer::{self, Tokenizer};

/// Tokenizes, goes the way back, and compares.
#[derive(Debug, Clone)]
pub struct RoundTrip {
    /// The way there.
    pub tokenizer: Tokenizer,
    /// The way back.
    pub detokenizer: Detokenizer,
}

/// The first record of an operand that does not come back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Difference {
    record: u64,
    /// Where in its text it comes back otherwise, in bytes.
    byte: usize,
    operand: String,
}

/// What a worker found, and its space for the next record.
#[derive(Debug, Default)]
pub struct State {
    found: BTreeMap<u64, Difference>,
    scratch: tokenizer::Scratch,
    back: scheme::Scratch,
    line: Vec<u8>,
    text: Vec<u8>,
}

impl Fold for RoundTrip {
    type State = State;

    fn start(&self) -> State {
        State::default()
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        let State { found, scratch, back, line, text } = state;
        line.clear();
        text.clear();
        let _ = self.tokenizer.map(scratch, record, line);
        // What was replaced is not there to come back.
        let there = if record.is_repaired && !record.is_part { record.whole } else { record.text };
        let is_read = self.detokenizer.read(back, line, text).is_ok();
        if !is_read || record.is_repaired || text != there {
            let byte = text.iter().zip(there).take_while(|(back, there)| back == there).count();
            let difference = Difference { record: record.number, byte, operand: record.operand.name() };
            note(found, record.operand.index, difference);
        }
        Ok(())
    }

    fn finish(&self, states: Vec<State>, _: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        let mut all = BTreeMap::new();
        for (index, difference) in states.into_iter().flat_map(|state| state.found) {
            note(&mut all, index, difference);
        }
        for Difference { record, byte, operand } in all.values() {
            out.put(
                format!("{operand}: record {record} (byte {byte} of its text): does not come back\n")
                    .as_bytes(),
            )?;
        }
        Ok(if all.is_empty() { Answer::Yes } else { Answer::No })
    }
}

/// Keeps the earlier of two differences in the same operand.
fn note(found: &mut BTreeMap<u64, Difference>, index: u64, difference: Difference) {
    let entry = found.entry(index).or_insert_with(|| difference.clone());
    if difference < *entry {
        *entry = difference;
    }
}
