//! The decisions: first kept, or what only the end of the input knows.

use std::io::Write;

use rewrite::{Key, KeyScratch};
use std::ops::Range;

use textcore::{Aside, Decisions, Error, Gate, Recalled, Run, Subject};

use super::keys::{KeyCounts, KeySet, key};

/// Keeps the first record of each key, as they come.
#[derive(Debug, Clone)]
pub struct FirstKept {
    /// What records are compared by; `None` is their text.
    pub norm: Option<Key>,
}

/// Space for the key of a record, before it is hashed.
#[derive(Debug, Default)]
pub struct Scratch {
    norm: KeyScratch,
    joined: Vec<u8>,
}

/// The hash of a record's key. Columns are folded each by itself, and told apart by their lengths.
fn key_of(norm: Option<&Key>, scratch: &mut Scratch, texts: &[&[u8]]) -> u128 {
    if let (None, [text]) = (norm, texts) {
        return key(text);
    }
    let joined = &mut scratch.joined;
    joined.clear();
    for text in texts {
        let start = joined.len();
        joined.extend_from_slice(&[0; size_of::<u64>()]);
        match norm {
            Some(norm) => norm.key_into(&mut scratch.norm, text, joined),
            None => joined.extend_from_slice(text),
        }
        let length = (joined.len() - start) as u64;
        joined[start..start + size_of::<u64>()].copy_from_slice(&length.to_le_bytes());
    }
    key(joined)
}

impl Gate for FirstKept {
    type Key = u128;
    type State = KeySet;
    type Scratch = Scratch;

    fn key(&self, scratch: &mut Scratch, subject: Subject<'_>) -> u128 {
        key_of(self.norm.as_ref(), scratch, subject.texts)
    }

    fn decide(
        &self,
        state: &mut KeySet,
        keys: &mut Vec<u128>,
        _runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        state.insert_all(keys, |is_new| if is_new { decisions.keep() } else { decisions.drop() });
        Ok(())
    }

    fn reason(&self) -> &'static str {
        "duplicate"
    }
}

/// Which records are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Those that came more than once.
    Repeated,
    /// Those that came exactly once.
    Unique,
}

/// Keeps the first record of each key aside until all have been counted.
#[derive(Debug, Clone)]
pub struct Repeats {
    /// What records are compared by; `None` is their text.
    pub norm: Option<Key>,
    /// Which records are written; `None` means all.
    pub question: Option<Question>,
    /// Each is written with its count before it.
    pub is_counted: bool,
}

impl Gate for Repeats {
    type Key = u128;
    type State = KeyCounts;
    type Scratch = Scratch;

    fn key(&self, scratch: &mut Scratch, subject: Subject<'_>) -> u128 {
        key_of(self.norm.as_ref(), scratch, subject.texts)
    }

    fn decide(
        &self,
        state: &mut KeyCounts,
        keys: &mut Vec<u128>,
        _runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        for &key in keys.iter() {
            if state.add(key) { decisions.later() } else { decisions.drop() }
        }
        Ok(())
    }

    fn reason(&self) -> &'static str {
        match self.question {
            None => "duplicate",
            Some(Question::Repeated) => "duplicate or not repeated",
            Some(Question::Unique) => "not unique",
        }
    }

    fn recall(
        &self,
        state: &mut KeyCounts,
        aside: Aside<'_>,
        label: &mut Vec<u8>,
        _cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        let count = state.count(aside.index);
        let is_wanted = match self.question {
            None => true,
            Some(Question::Repeated) => count > 1,
            Some(Question::Unique) => count == 1,
        };
        if is_wanted && self.is_counted {
            // Writing to memory cannot fail.
            let _ = write!(label, "{count:7} ");
        }
        Ok(if is_wanted { Recalled::Keep } else { Recalled::Drop })
    }
}
