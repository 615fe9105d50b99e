//! WordLevel: a word is one piece.

use crate::vocabulary::Vocabulary;

/// A model of whole words.
#[derive(Debug)]
pub(crate) struct WordLevel {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) unknown: u32,
}

impl WordLevel {
    pub(crate) fn encode(&self, word: &[u8], mut receive: impl FnMut(u32, usize)) {
        receive(self.vocabulary.id(word).unwrap_or(self.unknown), word.len());
    }
}
