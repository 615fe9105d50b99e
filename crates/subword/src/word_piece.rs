//! WordPiece: the longest piece that a word begins with, then the longest of what remains.

use unicode::utf8;

use crate::vocabulary::Vocabulary;

/// A WordPiece model.
#[derive(Debug)]
pub(crate) struct WordPiece {
    pub(crate) vocabulary: Vocabulary,
    /// What stands before every piece but the first, in the vocabulary.
    pub(crate) prefix: Vec<u8>,
    pub(crate) unknown: u32,
    /// Longer words are unknown.
    pub(crate) characters_max: usize,
}

impl WordPiece {
    /// The id of each piece and where it ends; a word that is not made of pieces is unknown as a whole.
    pub(crate) fn encode(
        &self,
        pieces: &mut Vec<(u32, usize)>,
        word: &[u8],
        mut receive: impl FnMut(u32, usize),
    ) {
        pieces.clear();
        if self.is_too_long(word) || !self.collect(pieces, word) {
            return receive(self.unknown, word.len());
        }
        pieces.drain(..).for_each(|(id, end)| receive(id, end));
    }

    fn is_too_long(&self, word: &[u8]) -> bool {
        if word.len() <= self.characters_max {
            return false;
        }
        let (mut at, mut count) = (0, 0);
        while at < word.len() && count <= self.characters_max {
            at += utf8::decode(&word[at..]).1;
            count += 1;
        }
        count > self.characters_max
    }

    fn collect(&self, pieces: &mut Vec<(u32, usize)>, word: &[u8]) -> bool {
        let mut form = Vec::new();
        let mut start = 0;
        while start < word.len() {
            let prefix = if start == 0 { 0 } else { self.prefix.len() };
            let most = self.vocabulary.longest().saturating_sub(prefix);
            form.clear();
            form.extend_from_slice(&self.prefix[..prefix]);
            form.extend_from_slice(&word[start..word.len().min(start + most)]);
            let Some((id, length)) = self.longest(&form, prefix) else { return false };
            start += length;
            pieces.push((id, start));
        }
        true
    }

    /// The longest piece that a form begins with, and its length without the prefix.
    fn longest(&self, form: &[u8], prefix: usize) -> Option<(u32, usize)> {
        let mut end = form.len();
        while end > prefix {
            if let Some(id) = self.vocabulary.id(&form[..end]) {
                return Some((id, end - prefix));
            }
            end = utf8::previous(form, prefix, end);
        }
        None
    }
}
