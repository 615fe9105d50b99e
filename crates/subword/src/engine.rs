//! The models: what makes pieces of a word.

use crate::bpe::Bpe;
use crate::cache;
use crate::scratch::Parts;
use crate::unigram::Unigram;
use crate::vocabulary::Vocabulary;
use crate::word_level::WordLevel;
use crate::word_piece::WordPiece;

/// A model of words.
#[derive(Debug)]
pub(crate) enum Engine {
    Bpe(Bpe),
    WordPiece(WordPiece),
    Unigram(Unigram),
    WordLevel(WordLevel),
}

impl Engine {
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        match self {
            Engine::Bpe(model) => &model.vocabulary,
            Engine::WordPiece(model) => &model.vocabulary,
            Engine::Unigram(model) => &model.vocabulary,
            Engine::WordLevel(model) => &model.vocabulary,
        }
    }

    /// The pieces of `text[start..end]`: ids, and ends counted from `start`.
    #[inline]
    pub(crate) fn encode(
        &self,
        parts: &mut Parts,
        text: &[u8],
        start: usize,
        end: usize,
        mut receive: impl FnMut(u32, usize),
    ) {
        if end - start > cache::WORD_BYTES_MAX {
            return self.encode_anew(parts, &text[start..end], receive);
        }
        let key = cache::key(text, start, end);
        if let Some(found) = parts.cache.get(&key, end - start) {
            return found.each(receive);
        }
        self.learn(parts, key, &text[start..end]);
        parts.pieces.iter().for_each(|&(id, end)| receive(id, end));
    }

    /// How many pieces `text[start..end]` has.
    #[inline]
    pub(crate) fn count(&self, parts: &mut Parts, text: &[u8], start: usize, end: usize) -> u64 {
        if end - start > cache::WORD_BYTES_MAX {
            let mut count = 0;
            self.encode_anew(parts, &text[start..end], |_, _| count += 1);
            return count;
        }
        let key = cache::key(text, start, end);
        if let Some(found) = parts.cache.get(&key, end - start) {
            return found.count();
        }
        self.learn(parts, key, &text[start..end]);
        parts.pieces.len() as u64
    }

    /// Encode a word into `pieces` and remember it.
    #[inline(never)]
    fn learn(&self, parts: &mut Parts, key: cache::Key, word: &[u8]) {
        let mut pieces = std::mem::take(&mut parts.pieces);
        pieces.clear();
        self.encode_anew(parts, word, |id, end| pieces.push((id, end)));
        parts.cache.put(&key, word.len(), &pieces);
        parts.pieces = pieces;
    }

    fn encode_anew(&self, parts: &mut Parts, word: &[u8], receive: impl FnMut(u32, usize)) {
        match self {
            Engine::Bpe(model) => model.encode(&mut parts.bpe, word, receive),
            Engine::WordPiece(model) => model.encode(&mut parts.word_piece, word, receive),
            Engine::Unigram(model) => model.encode(&mut parts.unigram, word, receive),
            Engine::WordLevel(model) => model.encode(word, receive),
        }
    }
}
