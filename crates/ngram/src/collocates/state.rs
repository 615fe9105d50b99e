//! What a worker remembers of the records it saw.

use std::io;
use std::path::Path;

use rewrite::KeyScratch;
use textcore::tally::Tally;

use super::node::Node;
use super::sums::Sums;
use super::window::{Neighbour, Window};
use crate::key::push_token;

/// The share of the memory of each of the two counts of tokens near nodes, which are few.
const SIDE_SHARE: usize = 8;

/// Counts of tokens, and of those near nodes.
pub struct State {
    /// How often each token comes; with keys, each key and form.
    pub frequencies: Tally,
    sides: Sides,
    /// Sums over what was seen.
    pub sums: Sums,
    window: Window,
    /// A key and its form.
    entry: Vec<u8>,
    /// Space for keys.
    pub scratch: KeyScratch,
}

/// How often each token stands before nodes, and how often behind them.
struct Sides {
    left: Tally,
    right: Tally,
}

impl State {
    /// Nothing yet, in so many bytes of memory.
    pub fn new(width: u32, memory_bytes: usize, directory: &Path) -> State {
        let side = || Tally::new(memory_bytes / SIDE_SHARE, directory);
        State {
            frequencies: Tally::new(memory_bytes - 2 * (memory_bytes / SIDE_SHARE), directory),
            sides: Sides { left: side(), right: side() },
            sums: Sums::default(),
            window: Window::new(width),
            entry: Vec::new(),
            scratch: KeyScratch::default(),
        }
    }

    /// Counts a token of a record that has no node.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn add_far(&mut self, token: &[u8]) -> io::Result<()> {
        self.sums.tokens += 1;
        self.frequencies.add(token, 1)
    }

    /// Counts a token of a record that may have nodes.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn add(&mut self, node: &Node, token: &[u8]) -> io::Result<()> {
        self.add_far(token)?;
        let State { window, sides, sums, .. } = self;
        let is_node = window.push(node, token, |near| sides.add(near, sums))?;
        sums.nodes += u64::from(is_node);
        Ok(())
    }

    /// Counts a token that stands for a key.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn add_form(&mut self, node: &Node, key: &[u8], form: &[u8]) -> io::Result<()> {
        let State { window, sides, sums, entry, .. } = self;
        entry.clear();
        push_token(key, entry);
        let is_node = window.push(node, entry, |near| sides.add(near, sums))?;
        sums.nodes += u64::from(is_node);
        sums.tokens += 1;
        entry.extend_from_slice(form);
        self.frequencies.add(&self.entry, 1)
    }

    /// The record is over.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn end_record(&mut self, node: &Node) -> io::Result<()> {
        let State { window, sides, sums, .. } = self;
        window.end(node, |near| sides.add(near, sums))
    }

    /// The counts: of all tokens, before nodes and behind them.
    pub fn into_tallies(self) -> [Tally; 3] {
        [self.frequencies, self.sides.left, self.sides.right]
    }
}

impl Sides {
    fn add(&mut self, near: Neighbour<'_>, sums: &mut Sums) -> io::Result<()> {
        sums.slots = sums.slots.saturating_add(near.left + near.right);
        for (tally, count) in [(&mut self.left, near.left), (&mut self.right, near.right)] {
            if count > 0 {
                tally.add(near.token, count)?;
            }
        }
        Ok(())
    }
}
