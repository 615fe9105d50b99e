//! Which spaces stand between a word and an affix of it, so that a key lets them go.

use std::fmt;
use std::sync::LazyLock;

use language::zwnj::Restorer;
use memchr::memchr_iter;

/// Read in place when it is first asked.
static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::builtin);

/// What is longer than this, in bytes, is no word that has affixes.
const WORD_BYTES_MAX: usize = 256;

/// Finds spaces, and remembers what it was told of pairs.
#[derive(Default)]
pub(super) struct Affixes {
    /// By a hash of both words: 1 MiB, made when it is needed.
    pairs: Vec<Pair>,
    /// A word with the affixes that it has by now.
    word: Vec<u8>,
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
    /// A space is looked at if it is U+0020 and stands alone. On its left counts the whole word, with the affixes that were
    /// joined to it, so that it makes no difference whether they were written apart, with ZWNJ or together.
    pub(super) fn find(&mut self, text: &[u8], spaces: &mut Vec<usize>) -> bool {
        spaces.clear();
        for space in memchr_iter(b' ', text).filter(|&space| may_join(text, space)) {
            let start = text[..space].iter().rposition(is_ascii_space).map_or(0, |before| before + 1);
            let right = &text[space + 1..];
            let right = &right[..right.iter().position(is_ascii_space).unwrap_or(right.len())];
            let is_chained = spaces.last().is_some_and(|&last| last + 1 == start);
            if !is_chained {
                self.word.clear();
                self.word
                    .extend_from_slice(&text[start.max(space.saturating_sub(WORD_BYTES_MAX + 1))..space]);
            }
            if self.is_affixed(right) {
                self.word.extend_from_slice(right);
                spaces.push(space);
            }
        }
        !spaces.is_empty()
    }

    /// Whether `right` is an affix of the word, or the word of `right`.
    fn is_affixed(&mut self, right: &[u8]) -> bool {
        let left = &self.word;
        if left.len() > WORD_BYTES_MAX || right.len() > WORD_BYTES_MAX {
            return false;
        }
        if left.len() + right.len() > PAIR_BYTES {
            return RESTORER.is_affix_pair(left, right);
        }
        if self.pairs.is_empty() {
            self.pairs = vec![NO_PAIR; 1 << PAIRS_BITS];
        }
        let pair = &mut self.pairs[home(left, right)];
        if !pair.is(left, right) {
            *pair = Pair::new(left, right, RESTORER.is_affix_pair(left, right));
        }
        pair.is_affixed
    }
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

impl fmt::Debug for Affixes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Affixes").finish_non_exhaustive()
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

/// Whether what ends before a space and what begins after it could be Persian letters: a last byte that is not ASCII, and
/// the first byte of U+0600 to U+06FF.
#[inline]
fn may_join(text: &[u8], space: usize) -> bool {
    let after = text.get(space + 1).is_some_and(|byte| matches!(byte, 0xD8..=0xDB));
    after && space > 0 && matches!(text[space - 1], 0x80..=0xBF)
}

fn is_ascii_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// FNV-1a, 64 bits, folded.
fn home(left: &[u8], right: &[u8]) -> usize {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    let hash = left.iter().chain(b" ").chain(right).fold(0xCBF2_9CE4_8422_2325, step);
    ((hash ^ hash >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PAIRS_BITS)) as usize
}
