//! The window: tokens pass through it, and leave when it is known how many nodes they are near.

use std::collections::VecDeque;

use super::node::Node;

/// A token that takes more is not worth keeping memory for.
const TOKEN_BYTES_MAX: usize = 1 << 10;

/// The tokens of a record that nodes behind them may still be near to: no more than the window and the node are long.
#[derive(Debug)]
pub struct Window {
    width: u64,
    /// Those that have not left.
    tokens: VecDeque<Vec<u8>>,
    /// The place of the first of them in the record.
    first: u64,
    /// Memory of those that left.
    spare: Vec<Vec<u8>>,
    /// How many tokens the node begins with that were the last to come.
    matched: usize,
    /// The places where nodes begin, as far as they are near to a token that has not left.
    starts: VecDeque<u64>,
}

/// A token near nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neighbour<'a> {
    /// The token.
    pub token: &'a [u8],
    /// How many nodes it stands before.
    pub left: u64,
    /// How many nodes it stands behind.
    pub right: u64,
}

impl Window {
    /// Nothing yet. Tokens are near a node if at most `width - 1` others stand between.
    pub fn new(width: u32) -> Window {
        Window {
            width: u64::from(width),
            tokens: VecDeque::new(),
            first: 0,
            spare: Vec::new(),
            matched: 0,
            starts: VecDeque::new(),
        }
    }

    /// Takes the next token of a record; true if it ends a node. A token that leaves is given to `each`, if it is near one.
    ///
    /// # Errors
    /// Those of `each`.
    pub fn push<E>(
        &mut self,
        node: &Node,
        token: &[u8],
        each: impl FnOnce(Neighbour<'_>) -> Result<(), E>,
    ) -> Result<bool, E> {
        let mut kept = self.spare.pop().unwrap_or_default();
        kept.extend_from_slice(token);
        self.tokens.push_back(kept);
        self.matched = node.advance(self.matched, token);
        let is_node = self.matched == node.length();
        if is_node {
            self.starts.push_back(self.first + (self.tokens.len() - node.length()) as u64);
        }
        // A node that ends with the next token begins too far behind the first.
        if self.tokens.len() as u64 == self.width + node.length() as u64 {
            self.leave(node, each)?;
        }
        Ok(is_node)
    }

    /// The record is over: all tokens leave.
    ///
    /// # Errors
    /// Those of `each`.
    pub fn end<E>(
        &mut self,
        node: &Node,
        mut each: impl FnMut(Neighbour<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        while !self.tokens.is_empty() {
            self.leave(node, &mut each)?;
        }
        (self.first, self.matched) = (0, 0);
        self.starts.clear();
        Ok(())
    }

    fn leave<E>(&mut self, node: &Node, each: impl FnOnce(Neighbour<'_>) -> Result<(), E>) -> Result<(), E> {
        let Some(mut token) = self.tokens.pop_front() else { return Ok(()) };
        let (place, width, length) = (self.first, self.width, node.length() as u64);
        self.first += 1;
        while self.starts.front().is_some_and(|start| start + length + width <= place) {
            self.starts.pop_front();
        }
        let mut result = Ok(());
        if !self.starts.is_empty() {
            let up_to = |place: u64| self.starts.partition_point(|&start| start <= place);
            let left = up_to(place + width) - up_to(place);
            let right = place.checked_sub(length).map_or(0, up_to);
            if left + right > 0 {
                result = each(Neighbour { token: &token, left: left as u64, right: right as u64 });
            }
        }
        if token.capacity() <= TOKEN_BYTES_MAX {
            token.clear();
            self.spare.push(token);
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each near token of a text of one-byte tokens, and how many nodes there are.
    fn neighbours(window: &mut Window, text: &[u8], wanted: &[u8]) -> (Vec<(u8, u64, u64)>, usize) {
        let node = Node::new(wanted.chunks(1).map(Box::from).collect()).expect("a node");
        let (mut seen, mut nodes) = (Vec::new(), 0);
        let mut see = |near: Neighbour<'_>| {
            seen.push((near.token[0], near.left, near.right));
            Ok::<(), ()>(())
        };
        for token in text.chunks(1) {
            nodes += usize::from(window.push(&node, token, &mut see).expect("seen"));
            assert!(window.tokens.len() as u64 <= window.width + node.length() as u64);
        }
        window.end(&node, see).expect("seen");
        (seen, nodes)
    }

    #[test]
    fn a_token_counts_once_for_each_node_that_it_is_near() {
        let mut window = Window::new(2);
        let (seen, nodes) = neighbours(&mut window, b"abcxdxefg", b"x");
        assert_eq!(nodes, 2);
        let wanted = [
            (b'b', 1, 0),
            (b'c', 1, 0),
            (b'x', 1, 0),
            (b'd', 1, 1),
            (b'x', 0, 1),
            (b'e', 0, 1),
            (b'f', 0, 1),
        ];
        assert_eq!(seen, wanted);
        assert_eq!(
            neighbours(&mut window, b"ab", b"x"),
            (vec![], 0),
            "a record knows nothing of the one before"
        );
        assert_eq!(neighbours(&mut window, b"xy", b"xy"), (vec![], 1), "a phrase is not near itself");
    }

    proptest! {
        #[test]
        fn windows_are_those_of_a_look_at_every_place(
            text in "[abc]{0,40}", wanted in "[ab]{1,3}", width in 1u32..6,
        ) {
            let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
            let starts: Vec<usize> = (0..text.len()).filter(|&at| text[at..].starts_with(wanted)).collect();
            let reach = width as usize;
            let mut all = Vec::new();
            for (place, &token) in text.iter().enumerate() {
                let left = starts.iter().filter(|&&start| place < start && start - place <= reach).count();
                let ends = starts.iter().map(|start| start + wanted.len());
                let right = ends.filter(|&end| end <= place && place - end < reach).count();
                if left + right > 0 {
                    all.push((token, left as u64, right as u64));
                }
            }
            prop_assert_eq!(neighbours(&mut Window::new(width), text, wanted), (all, starts.len()));
        }
    }
}
