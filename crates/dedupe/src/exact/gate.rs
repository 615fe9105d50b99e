//! The decisions: first kept, or what only the end of the input knows.

use std::io::Write;

use rewrite::{Key, KeyScratch};
use textcore::{Decision, Gate};

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

    fn key(&self, scratch: &mut Scratch, texts: &[&[u8]]) -> u128 {
        key_of(self.norm.as_ref(), scratch, texts)
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

    fn key(&self, scratch: &mut Scratch, texts: &[&[u8]]) -> u128 {
        key_of(self.norm.as_ref(), scratch, texts)
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
