//! `--merge`: partial results back into one.

use textcore::partial::{PartialCheck, key_and_count, refuse};
use textcore::tally::Tally;
use textcore::{Answer, Error, Fold, Output, Record, Span};

use crate::answer::{Plan, SCHEMA};
use crate::parameters::Parameters;

/// Adds up the lines of partial results.
#[derive(Debug, Clone)]
pub struct Merge {
    /// What becomes of the sums.
    pub plan: Plan,
    /// How many states share the memory.
    pub workers: usize,
}

/// One worker's sums, and what it saw of the parts.
pub struct State {
    tally: Tally,
    check: PartialCheck,
}

impl Fold for Merge {
    type State = State;

    fn start(&self) -> State {
        let tally = Tally::new(self.plan.tally_bytes() / self.workers, &self.plan.temporary_directory);
        State { tally, check: PartialCheck::default() }
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
        state.tally.add(key, count).map_err(Error::Temporary)
    }

    fn finish(&self, states: Vec<State>, out: &mut dyn Output) -> Result<Answer, Error> {
        let mut check = PartialCheck::default();
        let mut tallies = Vec::new();
        for state in states {
            check.merge(state.check);
            tallies.push(state.tally);
        }
        let parameters = Parameters::from_json(&check.finish()?)?;
        self.plan.write(&parameters, tallies, out)
    }
}
