//! Byte-pair encoding: a word is spelt in symbols, and neighbours are merged in the order of their ranks.

mod alphabet;
mod merging;

pub(crate) use alphabet::{Alphabet, ByteAlphabet, CharacterAlphabet};
pub(crate) use merging::Work;

use crate::merges::Merges;
use crate::vocabulary::Vocabulary;

/// A byte-pair model.
#[derive(Debug)]
pub(crate) struct Bpe {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) alphabet: Alphabet,
    pub(crate) merges: Merges,
    /// A word that is in the vocabulary is one piece, whatever the merges say.
    pub(crate) whole_words: bool,
}

/// Symbols that are spelt at once, so what a word of any length costs in memory; doubled, up to the second, as long
/// as two windows that overlap have no piece in common.
const WINDOW_SYMBOLS: usize = 1 << 13;
const WINDOW_SYMBOLS_MAX: usize = 1 << 20;

/// The id of a piece and where it ends.
type Ended = (u32, usize);

impl Bpe {
    /// The pieces of a word: the id of each and where it ends; each begins where the one before it ended.
    ///
    /// Symbols that the vocabulary lacks and that have no stand-in are in no piece of their own: they belong to
    /// the piece that follows, if there is one.
    pub(crate) fn encode(&self, work: &mut Work, word: &[u8], mut receive: impl FnMut(u32, usize)) {
        if self.whole_words
            && let Some(id) = self.vocabulary.id(word)
        {
            return receive(id, word.len());
        }
        if self.encode_window(work, word, 0, WINDOW_SYMBOLS) == word.len() {
            work.pieces().for_each(|(id, end)| receive(id, end));
        } else {
            self.encode_long(work, word, &mut receive);
        }
    }

    /// Spell and merge what follows `from`, at most so many symbols; the end of what was spelt.
    fn encode_window(&self, work: &mut Work, word: &[u8], from: usize, symbols: usize) -> usize {
        work.clear();
        let reached = self.alphabet.spell(&self.vocabulary, word, from, symbols, work);
        work.merge(&self.merges);
        reached
    }

    /// Pieces of a word window by window, in bounded memory.
    ///
    /// A sequence of pieces is what merging gives if it is so for every two neighbours: until a merge crosses a
    /// border between two pieces, what happens inside of them is what happens in the two alone, in the same
    /// order. So two windows that overlap may be joined at a piece which both have: the neighbours on its left
    /// are right by the first window, those on its right by the second.
    fn encode_long(&self, work: &mut Work, word: &[u8], receive: &mut impl FnMut(u32, usize)) {
        let mut symbols = WINDOW_SYMBOLS;
        let (mut base, mut joint) = (0, 0);
        let mut reached = self.encode_window(work, word, base, symbols);
        let mut kept: Vec<Ended> = work.pieces().collect();
        while reached < word.len() {
            let middle = kept.len() / 2;
            let border = kept.get(middle).map_or(reached, |&(_, end)| end);
            let reached_next = self.encode_window(work, word, border, symbols);
            let next: Vec<Ended> = work.pieces().collect();
            if let Some((in_kept, in_next)) = self.common(&kept, middle + 1, &next, border) {
                kept[..=in_kept].iter().for_each(|&(id, end)| receive(id, end));
                joint = kept[in_kept].1;
                kept = next[in_next + 1..].to_vec();
            } else if symbols < WINDOW_SYMBOLS_MAX && !kept.is_empty() {
                symbols *= 2;
                reached = self.encode_window(work, word, base, symbols);
                kept = work.pieces().filter(|&(_, end)| end > joint).collect();
                continue;
            } else {
                kept.iter().take(middle + 1).for_each(|&(id, end)| receive(id, end));
                joint = border;
                kept = next;
            }
            (base, reached, symbols) = (border, reached_next, WINDOW_SYMBOLS);
        }
        kept.iter().for_each(|&(id, end)| receive(id, end));
    }

    /// The first piece that both windows have in the same place, by its index in each. Stand-ins for what is
    /// unknown don't count: a window may have cut them.
    fn common(&self, kept: &[Ended], from: usize, next: &[Ended], border: usize) -> Option<(usize, usize)> {
        let begin = |pieces: &[Ended], index: usize| index.checked_sub(1).map_or(border, |at| pieces[at].1);
        let (mut left, mut right) = (from, 0);
        while let (Some(one), Some(other)) = (kept.get(left), next.get(right)) {
            if one == other
                && begin(kept, left) == begin(next, right)
                && Some(one.0) != self.alphabet.unknown()
            {
                return Some((left, right));
            }
            if one.1 <= other.1 {
                left += 1;
            } else {
                right += 1;
            }
        }
        None
    }
}
