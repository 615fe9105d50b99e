//! The decisions: first kept, or what only the end of the input knows.

use std::io::Write;

use rewrite::{Key, KeyScratch};
use textcore::{Decision, Gate, Record};

use crate::keys::{KeyCounts, KeySet, key};

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
    text: Vec<u8>,
}

/// The hash of a record's key.
fn key_of(norm: Option<&Key>, scratch: &mut Scratch, record: Record<'_>) -> u128 {
    let Some(norm) = norm else { return key(record.text) };
    scratch.text.clear();
    norm.key_into(&mut scratch.norm, record.text, &mut scratch.text);
    key(&scratch.text)
}

impl Gate for FirstKept {
    type Key = u128;
    type State = KeySet;
    type Scratch = Scratch;

    fn key(&self, scratch: &mut Scratch, record: Record<'_>) -> u128 {
        key_of(self.norm.as_ref(), scratch, record)
    }

    fn start(&self) -> KeySet {
        KeySet::default()
    }

    fn decide(&self, state: &mut KeySet, keys: &[u128], decisions: &mut Vec<Decision>) {
        decisions
            .extend(keys.iter().map(|&key| if state.insert(key) { Decision::Keep } else { Decision::Drop }));
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

    fn key(&self, scratch: &mut Scratch, record: Record<'_>) -> u128 {
        key_of(self.norm.as_ref(), scratch, record)
    }

    fn start(&self) -> KeyCounts {
        KeyCounts::default()
    }

    fn decide(&self, state: &mut KeyCounts, keys: &[u128], decisions: &mut Vec<Decision>) {
        decisions
            .extend(keys.iter().map(|&key| if state.add(key) { Decision::Later } else { Decision::Drop }));
    }

    fn reason(&self) -> &'static str {
        match self.question {
            None => "duplicate",
            Some(Question::Repeated) => "duplicate or not repeated",
            Some(Question::Unique) => "not unique",
        }
    }

    fn recall(&self, state: &KeyCounts, index: u64, label: &mut Vec<u8>) -> bool {
        let count = state.count(index);
        let is_wanted = match self.question {
            None => true,
            Some(Question::Repeated) => count > 1,
            Some(Question::Unique) => count == 1,
        };
        if is_wanted && self.is_counted {
            // Writing to memory cannot fail.
            let _ = write!(label, "{count:7} ");
        }
        is_wanted
    }
}
