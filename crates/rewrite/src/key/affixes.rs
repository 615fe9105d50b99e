//! Which spaces stand between a word and an affix of it, so that a key lets them go.

use std::ops::Range;

use language::zwnj::{Restorer, loose_endings, loose_prefixes};
use memchr::memchr_iter;
use unicode::{Category, utf8};

use super::fold::{Fold, FoldScratch};
use super::memo::Memo;

/// What is longer than this, in bytes, has no affixes.
const WORD_BYTES_MAX: usize = 256;

/// The affixes of a language, as the key makes them.
pub(super) struct Affixes {
    /// What follows a word.
    endings: Vec<Vec<u8>>,
    /// What stands before one.
    prefixes: Vec<Vec<u8>>,
}

/// What a word may be to its neighbours.
#[derive(Debug, Clone, Copy, Default)]
struct Role {
    is_ending: bool,
    is_prefix: bool,
}

/// What a worker remembers of words and pairs, and space.
#[derive(Default)]
pub(super) struct Memory {
    roles: Memo<Role>,
    pairs: Memo<bool>,
    /// A word with the affixes that it has by now.
    word: Vec<u8>,
    keys: [Vec<u8>; 2],
}

/// A word of a text, and what it may be.
struct Word {
    range: Range<usize>,
    role: Role,
}

impl Affixes {
    pub(super) fn new(fold: &Fold, scratch: &mut FoldScratch) -> Self {
        let mut key_of = |word: &str| {
            let mut key = Vec::new();
            fold.fold_into(word.as_bytes(), scratch, &mut key);
            key
        };
        Affixes {
            endings: loose_endings().map(&mut key_of).collect(),
            prefixes: loose_prefixes().map(&mut key_of).collect(),
        }
    }

    /// Puts the places of the spaces that go into `spaces`, ascending; whether there are any.
    ///
    /// A space is looked at if it is U+0020 and letters stand on both sides of it. On its left counts the whole word, with the
    /// affixes that were joined to it, so that it makes no difference whether they were written apart, with ZWNJ or together.
    pub(super) fn find(
        &self,
        text: &[u8],
        fold: &Fold,
        scratch: &mut FoldScratch,
        memory: &mut Memory,
        spaces: &mut Vec<usize>,
    ) -> bool {
        spaces.clear();
        let mut last = Word { range: 0..0, role: Role::default() };
        for space in memchr_iter(b' ', text).filter(|&space| may_join(text, space)) {
            let right_range = space + 1..end_of_word(text, space + 1);
            let role = self.role(&text[right_range.clone()], fold, scratch, memory);
            let right = Word { range: right_range, role };
            let left = std::mem::replace(&mut last, right);
            let left = if left.range.end == space && !left.range.is_empty() {
                left
            } else {
                let range = start_of_word(text, space)..space;
                Word { role: self.role(&text[range.clone()], fold, scratch, memory), range }
            };
            if !(left.role.is_prefix || last.role.is_ending) {
                continue;
            }
            if spaces.last().is_none_or(|&before| before + 1 != left.range.start) {
                memory.word.clear();
                memory.word.extend_from_slice(&text[left.range]);
            }
            let right = &text[last.range.clone()];
            if memory.is_affixed(right, fold, scratch) {
                memory.word.extend_from_slice(right);
                spaces.push(space);
            }
        }
        !spaces.is_empty()
    }

    fn role(&self, word: &[u8], fold: &Fold, scratch: &mut FoldScratch, memory: &mut Memory) -> Role {
        let key = &mut memory.keys[0];
        memory.roles.get(word, b"", || {
            key.clear();
            fold.fold_into(word, scratch, key);
            Role { is_ending: self.endings.contains(key), is_prefix: self.prefixes.contains(key) }
        })
    }
}

impl Memory {
    /// Whether `right` is an affix of the word, or the word of `right`.
    fn is_affixed(&mut self, right: &[u8], fold: &Fold, scratch: &mut FoldScratch) -> bool {
        let Memory { pairs, word: left, keys, .. } = self;
        if left.is_empty() || right.is_empty() || left.len().max(right.len()) > WORD_BYTES_MAX {
            return false;
        }
        pairs.get(left, right, || ask(keys, left, right, fold, scratch))
    }
}

/// Asks about the keys of two words: a spelling that the key forgives shall not part what another joins.
fn ask(keys: &mut [Vec<u8>; 2], left: &[u8], right: &[u8], fold: &Fold, scratch: &mut FoldScratch) -> bool {
    for (key, word) in keys.iter_mut().zip([left, right]) {
        key.clear();
        fold.fold_into(word, scratch, key);
    }
    Restorer::shared().is_affix_pair(&keys[0], &keys[1])
}

/// Appends a part of a text, which begins at `start` of it, without the spaces at some places.
pub(super) fn without(spaces: &[usize], part: &[u8], start: usize, bare: &mut Vec<u8>) {
    bare.clear();
    let mut from = 0;
    for space in spaces.iter().map(|space| space - start) {
        bare.extend_from_slice(&part[from..space]);
        from = space + 1;
    }
    bare.extend_from_slice(&part[from..]);
}

/// Whether what ends before a space and what begins after it could be a Persian word: a last byte that is not ASCII, and
/// the first byte of U+0600 to U+06FF, of a presentation form, or of a character that nobody sees.
#[inline]
fn may_join(text: &[u8], space: usize) -> bool {
    let after = text.get(space + 1).is_some_and(|byte| matches!(byte, 0xD8..=0xDB | 0xEF | 0xE2 | 0xC2));
    after && space > 0 && matches!(text[space - 1], 0x80..=0xBF)
}

/// Where the word before a space begins; one that is too long is cut, and too long still.
fn start_of_word(text: &[u8], space: usize) -> usize {
    let mut start = space;
    while start > 0 && space - start <= WORD_BYTES_MAX {
        let before = utf8::previous(text, 0, start);
        if !is_in_word(&text[before..]) {
            break;
        }
        start = before;
    }
    start
}

/// Where the word after a space ends, in the same way.
fn end_of_word(text: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < text.len() && end - start <= WORD_BYTES_MAX && is_in_word(&text[end..]) {
        end += utf8::decode(&text[end..]).1;
    }
    end
}

/// Whether text begins with a letter, a mark, a number, or a character that nobody sees, such as ZWNJ.
#[inline]
fn is_in_word(text: &[u8]) -> bool {
    let category = Category::of(utf8::decode(text).0);
    category.is_letter() || category.is_mark() || category.is_number() || category == Category::Format
}
