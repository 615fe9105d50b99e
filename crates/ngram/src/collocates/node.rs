//! The node: the word, or the words in a row, whose company is asked for.

use memchr::memmem::Finder;

/// Tokens in a row that are looked for.
#[derive(Debug, Clone)]
pub struct Node {
    tokens: Vec<Box<[u8]>>,
    /// How many tokens the node begins with, and what comes before each of its places ends with: where to go on when the
    /// next token is another (Knuth, Morris and Pratt 1977).
    fallbacks: Vec<usize>,
    /// Finds the longest token.
    finder: Finder<'static>,
}

impl Node {
    /// The node of these tokens; `None` if there are none.
    pub fn new(tokens: Vec<Box<[u8]>>) -> Option<Node> {
        let longest = tokens.iter().max_by_key(|token| token.len())?;
        let finder = Finder::new(longest).into_owned();
        let mut node = Node { fallbacks: vec![0; tokens.len() + 1], tokens, finder };
        for end in 1..node.tokens.len() {
            node.fallbacks[end + 1] = node.advance(node.fallbacks[end], &node.tokens[end]);
        }
        Some(node)
    }

    /// How many tokens it has.
    pub fn length(&self) -> usize {
        self.tokens.len()
    }

    /// Whether a text of which its tokens are parts may have it.
    pub fn may_be_in(&self, text: &[u8]) -> bool {
        self.finder.find(text).is_some()
    }

    /// How many of its first tokens a row of tokens ends with, once `token` is behind it; before, those were `matched`. It is
    /// there whenever that is [`Node::length`].
    pub fn advance(&self, matched: usize, token: &[u8]) -> usize {
        let mut matched = if matched == self.length() { self.fallbacks[matched] } else { matched };
        loop {
            if *self.tokens[matched] == *token {
                return matched + 1;
            }
            if matched == 0 {
                return 0;
            }
            matched = self.fallbacks[matched];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn node(tokens: &[u8]) -> Option<Node> {
        Node::new(tokens.chunks(1).map(Box::from).collect())
    }

    #[test]
    fn nothing_is_no_node() {
        assert!(node(b"").is_none());
        let one = node(b"a").expect("a node");
        assert!(one.may_be_in(b"bab") && !one.may_be_in(b"bbb"));
    }

    proptest! {
        #[test]
        fn every_place_is_found(text in "[ab]{0,40}", wanted in "[ab]{1,5}") {
            let node = node(wanted.as_bytes()).expect("a node");
            let mut matched = 0;
            for end in 1..=text.len() {
                matched = node.advance(matched, &text.as_bytes()[end - 1..end]);
                prop_assert_eq!(matched == node.length(), text[..end].ends_with(&wanted), "{}", &text[..end]);
            }
        }
    }
}
