//! Counts from files, added up by every worker in a tally of its own.

use textcore::partial::refuse;
use textcore::tally::{Tally, merge};
use textcore::{Answer, Engine, Error, Fold, Missed, Output, Record};

use super::{read_line, web1t};
use crate::answer::Answering;
use crate::key::END;
use crate::merge::{Means, ReadFormat, finish};
use crate::orders::Orders;
use crate::parameters::Parameters;

/// Adds up counts.
pub(super) struct Counts {
    format: ReadFormat,
    answering: Answering,
    means: Means,
    workers: usize,
}

/// One worker's sums.
pub(super) struct State {
    tally: Tally,
    key: Vec<u8>,
    /// The orders that came.
    orders: Option<Orders>,
}

impl Counts {
    pub fn new(engine: &Engine, format: ReadFormat, answering: Answering) -> Self {
        let means = Means::beside(&answering, engine);
        Counts { format, answering, means, workers: engine.threads }
    }
}

impl State {
    fn add(&mut self, format: ReadFormat, record: Record<'_>) -> Result<(), Error> {
        self.key.clear();
        let count = read_line(format, record.text, &mut self.key).map_err(|what| refuse(record, what))?;
        let order = memchr::memchr_iter(END, &self.key).count() as u8;
        self.orders = joined(self.orders, Some(Orders { first: order, last: order }));
        self.tally.add(&self.key, count).map_err(Error::Temporary)
    }
}

/// The range from the smallest to the largest order.
fn joined(one: Option<Orders>, other: Option<Orders>) -> Option<Orders> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Some(Orders { first: one.first.min(other.first), last: one.last.max(other.last) })
        }
        (one, other) => one.or(other),
    }
}

impl Fold for Counts {
    type State = State;

    fn start(&self) -> State {
        // Margins are summed while the tables of the tallies are still there.
        let memory_bytes = self.means.memory_bytes / if self.answering.needs().margins { 2 } else { 1 };
        let tally = Tally::new(memory_bytes / self.workers, &self.means.temporary_directory);
        State { tally, key: Vec::new(), orders: None }
    }

    fn needs_every_operand(&self) -> bool {
        true
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        if self.format == ReadFormat::Web1t && web1t::is_no_shard(&record.operand.mirror) {
            return Ok(());
        }
        state.add(self.format, record)
    }

    fn finish(&self, states: Vec<State>, _: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        let orders = states.iter().fold(None, |orders, state| joined(orders, state.orders));
        let parameters = Parameters {
            orders: orders.unwrap_or_default(),
            unit: unicode::Unit::Space.name().to_owned(),
            ..Parameters::default()
        };
        let tallies = states.into_iter().map(|state| state.tally).collect();
        let rows = merge(tallies).map_err(Error::Temporary)?;
        finish(&self.answering, &parameters, 0, rows, &self.means, out)
    }
}
