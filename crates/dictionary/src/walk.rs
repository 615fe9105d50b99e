//! How a dictionary divides a piece: the longest word from the left, and again from where it ended.

use crate::cluster::{Chain, Class};

/// The words of one script as a trie.
pub(crate) trait Lexicon {
    /// A place in the trie.
    type Node: Copy;
    /// A character as the trie has it.
    type Letter: Copy;

    /// The character that begins at `at` and its length in bytes.
    fn read(&self, piece: &[u8], at: usize) -> (Self::Letter, usize);

    /// What the character does to clusters.
    fn class(&self, letter: Self::Letter) -> Class;

    /// Where the first character of a word leads.
    fn first(&self, letter: Self::Letter) -> Step<Self::Node>;

    /// Where a further character leads.
    fn next(&self, node: Self::Node, letter: Self::Letter) -> Step<Self::Node>;
}

/// What a trie says of the characters so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<Node> {
    /// Of no meaning if nothing follows.
    pub(crate) node: Node,
    /// Whether they are a word.
    pub(crate) is_word: bool,
    /// Whether longer words begin with them.
    pub(crate) goes_on: bool,
}

/// Where the word that begins at `start` ends, in a piece of which all characters are of the lexicon's script.
///
/// That is the longest word of the dictionary that ends with a grapheme cluster. If there is none, it is the cluster
/// in which the dictionary finds that no word begins so: the characters that it read before are part of the segment.
pub(crate) fn word_end<L: Lexicon>(lexicon: &L, piece: &[u8], start: usize) -> usize {
    let (letter, length) = lexicon.read(piece, start);
    let mut step = lexicon.first(letter);
    // A word begins where a cluster does, so what is before has no say.
    let mut chain = Chain::None.with(lexicon.class(letter));
    let mut at = start + length;
    let mut longest = None;
    while at < piece.len() {
        let (letter, length) = lexicon.read(piece, at);
        let class = lexicon.class(letter);
        if step.is_word && !chain.joins(class) {
            longest = Some(at);
        }
        if !step.goes_on {
            return longest.unwrap_or_else(|| cluster_end(lexicon, piece, at, chain));
        }
        step = lexicon.next(step.node, letter);
        chain = chain.with(class);
        at += length;
    }
    if step.is_word { at } else { longest.unwrap_or(at) }
}

/// Where the cluster ends whose characters before `at` left this chain.
#[cold]
fn cluster_end<L: Lexicon>(lexicon: &L, piece: &[u8], mut at: usize, mut chain: Chain) -> usize {
    while at < piece.len() {
        let (letter, length) = lexicon.read(piece, at);
        let class = lexicon.class(letter);
        if !chain.joins(class) {
            break;
        }
        chain = chain.with(class);
        at += length;
    }
    at
}
