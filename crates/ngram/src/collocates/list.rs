//! The list: collocates that stay, in the order that was asked for.

use std::cmp::Reverse;
use std::path::Path;

use textcore::tally::Ranked;
use textcore::{Error, Output};

use super::lines::Lines;
use super::plan::Plan;
use super::sums::{Collocate, Sums};
use crate::answer::{Kept, Sort, Top, rank_of};
use crate::key::tokens_into;

/// A list under way.
pub struct List<'a> {
    plan: &'a Plan,
    sums: Sums,
    lines: Lines,
    store: Store,
    /// Collocates are keys.
    has_forms: bool,
    line: Vec<u8>,
}

/// Where lines wait.
enum Store {
    /// Nowhere.
    Direct,
    /// All of them, for the last.
    Ranked(Box<Ranked>),
    /// The best, and how many have come.
    Top(Top, u64),
}

impl<'a> List<'a> {
    /// Begins a list; where all lines wait, in so much memory.
    ///
    /// # Errors
    /// What the output says.
    pub fn begin(
        plan: &'a Plan,
        sums: Sums,
        has_forms: bool,
        (memory_bytes, directory): (usize, &Path),
        out: &mut dyn Output,
    ) -> Result<List<'a>, Error> {
        let lines = Lines::new(plan, sums);
        if plan.has_header {
            out.put(&lines.header())?;
        }
        let store = match plan.top {
            Some(size) => Store::Top(Top::new(size), 0),
            None if plan.ranks_all() => Store::Ranked(Box::new(Ranked::new(memory_bytes, directory))),
            None => Store::Direct,
        };
        Ok(List { plan, sums, lines, store, has_forms, line: Vec::new() })
    }

    /// Takes a collocate, of a key that is greater than those before.
    ///
    /// # Errors
    /// What the output or temporary storage say.
    pub fn push(&mut self, collocate: &Collocate<'_>, out: &mut dyn Output) -> Result<(), Error> {
        if collocate.count() < self.plan.count_min || self.is_stop_word(collocate) {
            return Ok(());
        }
        let rank = match self.plan.sort {
            Sort::Score(score) => rank_of(self.sums.score(score, collocate)),
            Sort::Key | Sort::Left | Sort::Right | Sort::Count | Sort::Documents => collocate.count(),
        };
        self.line.clear();
        match &mut self.store {
            Store::Direct => {
                self.lines.push(collocate, &mut self.line);
                out.put(&self.line)
            }
            Store::Ranked(ranked) => {
                self.lines.push(collocate, &mut self.line);
                ranked.push(&self.line, rank).map_err(Error::Temporary)
            }
            Store::Top(top, sequence) => {
                if top.admits(rank) {
                    self.lines.push(collocate, &mut self.line);
                    top.push(Kept { rank: Reverse(rank), sequence: *sequence, line: self.line.clone() });
                }
                *sequence += 1;
                Ok(())
            }
        }
    }

    /// Writes what waited for the last collocate.
    ///
    /// # Errors
    /// What the output or temporary storage say.
    pub fn finish(self, out: &mut dyn Output) -> Result<(), Error> {
        match self.store {
            Store::Direct => Ok(()),
            Store::Ranked(ranked) => {
                let mut ranking = ranked.finish().map_err(Error::Temporary)?;
                while let Some((line, _)) = ranking.next().map_err(Error::Temporary)? {
                    out.put(line)?;
                }
                Ok(())
            }
            Store::Top(top, _) => {
                let mut kept = top.into_kept();
                if self.plan.sort == Sort::Key {
                    kept.sort_unstable_by_key(|kept| kept.sequence);
                } else {
                    kept.sort_unstable();
                }
                kept.iter().try_for_each(|kept| out.put(&kept.line))
            }
        }
    }

    fn is_stop_word(&self, collocate: &Collocate<'_>) -> bool {
        let words = &self.plan.stop_words;
        if words.is_empty() || !self.has_forms {
            return words.has(collocate.key);
        }
        let mut key = Vec::new();
        tokens_into(collocate.key, &mut key, &mut Vec::new());
        words.has(&key)
    }
}
