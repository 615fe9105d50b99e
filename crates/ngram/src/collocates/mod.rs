//! `--collocates`: which words go with a word.
//!
//! Surface co-occurrence (Evert 2008, *Corpora and collocations*): a token is near a node, which is the word or the words in a row
//! that are asked for, if at most so many tokens before it or behind it in the same record. It counts once for each node that it is
//! near. The tokens of a node are not near it, but another node may be; nodes may overlap.
//!
//! ```text
//! record -> tokens -> frequencies ─────────┐
//!              └> window -> left, right ───┴> join -> list
//! ```
//!
//! All three counts are tallies, so that memory is bounded; they are joined in the order of their keys.

mod flags;
mod join;
mod lines;
mod list;
mod node;
mod plan;
mod state;
mod sums;
#[cfg(test)]
mod tests;
mod window;

use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rewrite::{Key, KeyScratch};
use textcore::tally::{Tally, merge};
use textcore::{Answer, Engine, Error, Fold, Missed, Output, Record};
use unicode::Unit;

use crate::answer::AnswerFlags;
use crate::count::{CountFlags, UnitFlag};
use crate::key::push_token;
use join::Join;
use list::List;
use node::Node;
use plan::Plan;
use state::State;
use sums::Sums;

pub use flags::CollocateFlags;

/// How many tokens on each side are near, where nothing else is said.
const WIDTH: u32 = 5;

/// The share of the memory that a ranking of all lines takes.
const RANKING_SHARE: usize = 4;

/// Lists what stands near a word. A word that never comes is warned of.
///
/// # Errors
/// [`Error::Usage`] for a word without a token, and for what cannot be asked of collocates; whatever ends a run.
pub fn collocates(
    engine: &mut Engine,
    word: &OsStr,
    count: CountFlags,
    answer: &AnswerFlags,
) -> Result<Answer, Error> {
    answer.stop_words.iter().try_for_each(|path| engine.refuse_as_output(path))?;
    let unit = count.unit.map_or(Unit::Word, UnitFlag::unit);
    let mut plan = Plan::new(answer)?;
    if let Some(norm) = &count.key_norm {
        plan.stop_words = plan.stop_words.by(norm);
    }
    let shown = word.to_string_lossy();
    let Some(node) = node_of(word.as_encoded_bytes(), unit, count.key_norm.as_ref()) else {
        return Err(Error::Usage(format!(
            "--collocates '{shown}': there is no token of --unit {} in it",
            unit.name()
        )));
    };
    let nodes = Arc::<AtomicU64>::default();
    let answer = engine.fold(Collocates {
        unit,
        key_norm: count.key_norm,
        node,
        width: count.window.unwrap_or(WIDTH),
        plan,
        workers: engine.threads,
        memory_bytes: engine.memory_bytes,
        temporary_directory: engine.temporary_directory.clone(),
        nodes: Arc::clone(&nodes),
    })?;
    if nodes.load(Ordering::Relaxed) == 0 {
        engine.ledger.warn(&format!("'{shown}' does not come"));
    }
    Ok(answer)
}

/// The tokens of a word as they are compared with those of records: as they stand, or their keys, each with its end.
fn node_of(word: &[u8], unit: Unit, key_norm: Option<&Key>) -> Option<Node> {
    let mut tokens: Vec<Box<[u8]>> = Vec::new();
    match key_norm {
        None => unit.for_each(word, |token| tokens.push(token.into())),
        Some(norm) => norm.for_each_unit(unit, &mut KeyScratch::default(), word, |key, _| {
            let mut token = Vec::new();
            push_token(key, &mut token);
            tokens.push(token.into());
        }),
    }
    Node::new(tokens)
}

/// Counts tokens, and those near nodes.
struct Collocates {
    unit: Unit,
    /// What tokens are counted by; `None` is the token itself.
    key_norm: Option<Key>,
    node: Node,
    width: u32,
    plan: Plan,
    workers: usize,
    memory_bytes: usize,
    temporary_directory: PathBuf,
    /// How many nodes came, when all is done.
    nodes: Arc<AtomicU64>,
}

impl Collocates {
    fn ranking_bytes(&self) -> usize {
        if self.plan.ranks_all() { self.memory_bytes / RANKING_SHARE } else { 0 }
    }

    fn add_tokens(&self, state: &mut State, text: &[u8]) -> Result<(), Error> {
        let is_near = self.node.may_be_in(text);
        let mut result = Ok(());
        self.unit.for_each(text, |token| {
            if result.is_ok() {
                result = if is_near { state.add(&self.node, token) } else { state.add_far(token) };
            }
        });
        result.map_err(Error::Temporary)
    }

    fn add_keys(&self, state: &mut State, norm: &Key, text: &[u8]) -> Result<(), Error> {
        let mut scratch = std::mem::take(&mut state.scratch);
        let mut result = Ok(());
        norm.for_each_unit(self.unit, &mut scratch, text, |key, form| {
            if result.is_ok() && !key.is_empty() {
                result = state.add_form(&self.node, key, form);
            }
        });
        state.scratch = scratch;
        result.map_err(Error::Temporary)
    }
}

impl Fold for Collocates {
    type State = State;

    fn start(&self) -> State {
        let memory_bytes = (self.memory_bytes - self.ranking_bytes()) / self.workers;
        State::new(self.width, memory_bytes, &self.temporary_directory)
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        match &self.key_norm {
            None => self.add_tokens(state, record.text)?,
            Some(norm) => self.add_keys(state, norm, record.text)?,
        }
        state.end_record(&self.node).map_err(Error::Temporary)
    }

    fn finish(&self, states: Vec<State>, _: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        let sums = states.iter().fold(Sums::default(), |sums, state| sums.and(state.sums));
        self.nodes.store(sums.nodes, Ordering::Relaxed);
        let mut tallies: [Vec<Tally>; 3] = Default::default();
        for state in states {
            tallies.iter_mut().zip(state.into_tallies()).for_each(|(all, tally)| all.push(tally));
        }
        let [frequencies, left, right] = tallies.map(|tallies| merge(tallies).map_err(Error::Temporary));
        let has_forms = self.key_norm.is_some();
        let join = Join::new(frequencies?, left?, right?, has_forms)?;
        let room = (self.ranking_bytes(), self.temporary_directory.as_path());
        let mut list = List::begin(&self.plan, sums, has_forms, room, out)?;
        join.each(|collocate| list.push(collocate, out))?;
        list.finish(out)?;
        Ok(Answer::Yes)
    }
}
