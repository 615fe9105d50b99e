//! `--merge`: partial results back into one report.

use textcore::partial::{PartialCheck, key_and_count, refuse};
use textcore::tally::Tally;
use textcore::{Answer, Error, Fold, Output, Record, Span};

use crate::summary::{Parameters, Plan, SCHEMA};
use crate::totals::Totals;

/// Adds up the lines of partial results.
#[derive(Debug, Clone)]
pub struct Merge {
    /// What becomes of the sums.
    pub plan: Plan,
}

/// One worker's sums, and what it saw of the parts.
pub struct State {
    totals: Totals,
    words: Tally,
    check: PartialCheck,
}

impl Fold for Merge {
    type State = State;

    fn start(&self) -> State {
        State {
            totals: Totals::default(),
            words: Tally::new(self.plan.memory_bytes, &self.plan.temporary_directory),
            check: PartialCheck::default(),
        }
    }

    fn needs_every_operand(&self) -> bool {
        true
    }

    fn fold_span(&self, state: &mut State, span: Span<'_>) -> Result<bool, Error> {
        if span.starts {
            state.check.start(span);
        }
        Ok(false)
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        let Some(line) = state.check.line(SCHEMA, record)? else { return Ok(()) };
        let (key, count) =
            key_and_count(line).ok_or_else(|| refuse(record, "no count after the last tab"))?;
        let tab = memchr::memchr(b'\t', key)
            .ok_or_else(|| refuse(record, "a kind, a name and a count are wanted"))?;
        let (kind, name) = (&key[..tab], &key[tab + 1..]);
        if kind == b"word" {
            return state.words.add(name, count).map_err(Error::Temporary);
        }
        let is_known = std::str::from_utf8(name).is_ok_and(|name| state.totals.read(kind, name, count));
        if is_known { Ok(()) } else { Err(refuse(record, "nothing of this kind is counted")) }
    }

    fn finish(&self, states: Vec<State>, out: &mut dyn Output) -> Result<Answer, Error> {
        let mut check = PartialCheck::default();
        let mut totals = Totals::default();
        let mut words = Vec::new();
        for state in states {
            check.merge(state.check);
            totals.merge(state.totals);
            words.push(state.words);
        }
        let parameters = Parameters::from_json(&check.finish()?)?;
        self.plan.write(&parameters, totals, words, out)
    }
}
