//! The decisions, when records are compared byte for byte.

use std::hash::BuildHasher;
use std::ops::Range;

use serde_json::{Value, json};
use textcore::{Aside, Decisions, Error, Gate, Recalled, Run, Subject};

use super::census::{Census, Sighting, Verdict};
use crate::across::{Asked, KeyText, TextScratch};

/// Keeps the first record of each text, or answers what is asked about them.
///
/// The hash comes from a keyed family, so that nobody can choose texts that collide; no answer depends on it.
#[derive(Debug, Clone)]
pub struct ByBytes<S> {
    /// What records are compared by.
    pub text: KeyText,
    /// What is asked at the end; `None` keeps the first records as they come.
    pub asked: Option<Asked>,
    /// Makes the hashes.
    pub hasher: S,
}

/// A text with its hash.
#[derive(Debug)]
pub struct Hashed {
    hash: u64,
    text: Box<[u8]>,
}

/// What is remembered.
pub struct Texts {
    census: Census,
    /// How many records have been kept aside.
    later: u64,
}

impl Texts {
    /// Nothing yet.
    pub fn new(census: Census) -> Self {
        Texts { census, later: 0 }
    }

    /// For the report.
    pub fn to_json(&self) -> Value {
        json!({ "collisions": self.census.collisions })
    }
}

impl<S: BuildHasher + Send + Sync + 'static> Gate for ByBytes<S> {
    type Key = Hashed;
    type State = Texts;
    type Scratch = TextScratch;

    fn key(&self, scratch: &mut TextScratch, subject: Subject<'_>) -> Hashed {
        let text = self.text.of(scratch, subject.texts);
        Hashed { hash: self.hasher.hash_one(text), text: text.into() }
    }

    fn decide(
        &self,
        state: &mut Texts,
        keys: &mut Vec<Hashed>,
        _runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        for Hashed { hash, text } in keys.drain(..) {
            let sighting = state.census.see(hash, &text, state.later, 1).map_err(Error::Temporary)?;
            match sighting {
                Sighting::Known => decisions.drop(),
                Sighting::New if self.asked.is_none() => decisions.keep(),
                Sighting::New | Sighting::Unsure => {
                    state.later += 1;
                    decisions.later();
                }
            }
        }
        Ok(())
    }

    fn learn(&self, state: &mut Texts, keys: &mut Vec<Hashed>, _runs: &[Run]) -> Result<(), Error> {
        keys.drain(..)
            .try_for_each(|Hashed { hash, text }| state.census.learn(hash, &text).map_err(Error::Temporary))
    }

    fn settle(&self, state: &mut Texts) -> Result<(), Error> {
        state.census.settle(Verdict::Times).map_err(Error::Temporary)
    }

    fn recall(
        &self,
        state: &mut Texts,
        aside: Aside<'_>,
        label: &mut Vec<u8>,
        _cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        // Where all new texts were kept aside, they were the first to be.
        let known = self.asked.and_then(|_| state.census.times(aside.index));
        let times = match known {
            Some(times) => Some(times),
            None => state.census.verdict(aside.index).map_err(Error::Temporary)?,
        };
        let is_wanted = times.is_some_and(|times| self.asked.is_none_or(|asked| asked.wants(times, label)));
        Ok(if is_wanted { Recalled::Keep } else { Recalled::Drop })
    }

    fn reason(&self) -> &'static str {
        self.asked.map_or("duplicate", Asked::reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasherDefault, Hasher, RandomState};
    use textcore::Decision;
    use textcore::source::Operand;

    /// A hash that never tells two texts apart.
    #[derive(Default)]
    struct Blind;

    impl Hasher for Blind {
        fn write(&mut self, _bytes: &[u8]) {}

        fn finish(&self) -> u64 {
            42
        }
    }

    const LINES: [&str; 9] = ["b", "a", "b", "", "c", "a", "", "b", "d"];

    /// What is written of [`LINES`]: labels and texts.
    fn run<S: BuildHasher + Send + Sync + 'static>(
        hasher: S,
        asked: Option<Asked>,
        memory_bytes: usize,
    ) -> String {
        let gate = ByBytes { text: KeyText::default(), asked, hasher };
        let mut state = Texts::new(Census::new(memory_bytes, &std::env::temp_dir()));
        let operand = Operand { index: 0, typed: 0, path: None, mirror: "x".into() };
        let mut scratch = TextScratch::default();
        let mut key = |line: &str| {
            let texts: &[&[u8]] = &[line.as_bytes()];
            gate.key(&mut scratch, Subject { texts, whole: texts[0], operand: &operand, number: 1 })
        };
        let mut reference = vec![key("d")];
        let mut keys = LINES.map(key).into();
        gate.learn(&mut state, &mut reference, &[]).expect("learnt");
        let mut decisions = Decisions::default();
        gate.decide(&mut state, &mut keys, &[], &mut decisions).expect("decided");
        gate.settle(&mut state).expect("settled");
        let mut out = String::new();
        let mut index = 0;
        for (line, decision) in LINES.iter().zip(decisions.as_slice()) {
            let mut label = Vec::new();
            let is_kept = match decision {
                Decision::Later => {
                    let aside = Aside { index, record: b"" };
                    index += 1;
                    gate.recall(&mut state, aside, &mut label, &mut Vec::new()).expect("recalled")
                        == Recalled::Keep
                }
                other => *other == Decision::Keep,
            };
            if is_kept {
                out.push_str(std::str::from_utf8(&label).expect("ASCII").trim_start());
                out.push_str(line);
                out.push(',');
            }
        }
        out
    }

    #[test]
    fn the_bytes_decide_whatever_the_hash_says() {
        let repeated = Asked { times_min: 2, times_max: u64::MAX, is_counted: false };
        let unique = Asked { times_min: 1, times_max: 1, is_counted: false };
        for memory_bytes in [0, 1 << 20] {
            for (asked, wanted) in [
                (None, "b,a,,c,"),
                (Some(Asked::COUNTS), "3 b,2 a,2 ,1 c,"),
                (Some(repeated), "b,a,,"),
                (Some(unique), "c,"),
            ] {
                assert_eq!(run(RandomState::new(), asked, memory_bytes), wanted);
                assert_eq!(run(BuildHasherDefault::<Blind>::default(), asked, memory_bytes), wanted);
            }
        }
    }
}
