//! Which spaces stand between a word and an affix of it, so that a key lets them go.

use std::sync::LazyLock;

use language::zwnj::Restorer;
use memchr::memchr_iter;
use unicode::{Category, utf8};

use super::fold::{Fold, FoldScratch};

/// Read in place when it is first asked.
static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::builtin);

/// What is longer than this, in bytes, has no affixes.
const WORD_BYTES_MAX: usize = 256;

/// Finds spaces, and remembers what it was told of pairs.
#[derive(Default)]
pub(super) struct Affixes {
    /// By a hash of both words: 1 MiB, made when it is needed.
    pairs: Vec<Pair>,
    /// A word with the affixes that it has by now.
    word: Vec<u8>,
    keys: [Vec<u8>; 2],
}

const PAIRS_BITS: u32 = 14;
const PAIR_BYTES: usize = 61;

/// Two words that fit side by side, and what is known of them.
#[derive(Clone)]
struct Pair {
    bytes: [u8; PAIR_BYTES],
    /// 0 where there is no pair.
    left_length: u8,
    right_length: u8,
    is_affixed: bool,
}

const NO_PAIR: Pair = Pair { bytes: [0; PAIR_BYTES], left_length: 0, right_length: 0, is_affixed: false };

impl Affixes {
    /// Puts the places of the spaces into `spaces`, ascending; whether there are any.
    ///
    /// A space is looked at if it is U+0020 and letters stand on both sides of it. On its left counts the whole word, with the
    /// affixes that were joined to it, so that it makes no difference whether they were written apart, with ZWNJ or together.
    pub(super) fn find(
        &mut self,
        text: &[u8],
        fold: &Fold,
        scratch: &mut FoldScratch,
        spaces: &mut Vec<usize>,
    ) -> bool {
        spaces.clear();
        for space in memchr_iter(b' ', text).filter(|&space| may_join(text, space)) {
            let start = start_of_word(text, space);
            let right = &text[space + 1..end_of_word(text, space + 1)];
            let is_chained = spaces.last().is_some_and(|&last| last + 1 == start);
            if !is_chained {
                self.word.clear();
                self.word.extend_from_slice(&text[start..space]);
            }
            if self.is_affixed(right, fold, scratch) {
                self.word.extend_from_slice(right);
                spaces.push(space);
            }
        }
        !spaces.is_empty()
    }

    /// Whether `right` is an affix of the word, or the word of `right`.
    fn is_affixed(&mut self, right: &[u8], fold: &Fold, scratch: &mut FoldScratch) -> bool {
        let left = &self.word;
        if left.is_empty() || right.is_empty() || left.len().max(right.len()) > WORD_BYTES_MAX {
            return false;
        }
        if left.len() + right.len() > PAIR_BYTES {
            return ask(&mut self.keys, left, right, fold, scratch);
        }
        if self.pairs.is_empty() {
            self.pairs = vec![NO_PAIR; 1 << PAIRS_BITS];
        }
        let pair = &mut self.pairs[home(left, right)];
        if !pair.is(left, right) {
            *pair = Pair::new(left, right, ask(&mut self.keys, left, right, fold, scratch));
        }
        pair.is_affixed
    }
}

/// Asks about the keys of two words: a spelling that the key forgives shall not part what another joins.
fn ask(keys: &mut [Vec<u8>; 2], left: &[u8], right: &[u8], fold: &Fold, scratch: &mut FoldScratch) -> bool {
    for (key, word) in keys.iter_mut().zip([left, right]) {
        key.clear();
        fold.fold_into(word, scratch, key);
    }
    RESTORER.is_affix_pair(&keys[0], &keys[1])
}

impl Pair {
    fn new(left: &[u8], right: &[u8], is_affixed: bool) -> Self {
        let mut pair =
            Pair { left_length: left.len() as u8, right_length: right.len() as u8, is_affixed, ..NO_PAIR };
        pair.bytes[..left.len()].copy_from_slice(left);
        pair.bytes[left.len()..left.len() + right.len()].copy_from_slice(right);
        pair
    }

    fn is(&self, left: &[u8], right: &[u8]) -> bool {
        let (length, end) = (usize::from(self.left_length), left.len() + right.len());
        length == left.len()
            && usize::from(self.right_length) == right.len()
            && self.bytes[..length] == *left
            && self.bytes[length..end] == *right
    }
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

/// FNV-1a, 64 bits, folded.
fn home(left: &[u8], right: &[u8]) -> usize {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    let hash = left.iter().chain(b" ").chain(right).fold(0xCBF2_9CE4_8422_2325, step);
    ((hash ^ hash >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PAIRS_BITS)) as usize
}
