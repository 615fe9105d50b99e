//! Affixes that are no words of their own: where one stands alone, a ZWNJ became a space.

use std::sync::LazyLock;

use super::class::{KIND_SHIFT, VERBAL};
use super::hash::word_hash;
use super::letters::{Sign, sign};

/// Endings of nouns and adjectives.
pub(crate) const NOMINAL_ENDINGS: &str =
    "ها های هایی هایم هایت هایش هایمان هایتان هایشان هاست هایند تر ترین تری ترها ترهای ترینها ترینهای";
/// Endings that only follow the silent heh.
pub(crate) const AFTER_HEH: &str = "ام ات اش ای ایم اید اند";
/// What stands before a form of a verb.
pub(crate) const BEFORE_VERBS: &str = "می نمی";

const HEH: u8 = 32;

static ENDINGS: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(NOMINAL_ENDINGS));
static HEH_ENDINGS: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(AFTER_HEH));
static PREFIXES: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(BEFORE_VERBS));

/// Whether two words look like a word and an affix of it.
#[inline]
pub(crate) fn is_affixed(left: (&[u8], u64), right: (&[u8], u64), right_class: u8) -> bool {
    let (codes, hash) = left;
    if right.0.len() <= 7 && ENDINGS.binary_search(&right.1).is_ok() {
        return true;
    }
    if right.0.len() <= 3 && codes.last() == Some(&HEH) && codes.len() > 2 && HEH_ENDINGS.binary_search(&right.1).is_ok() {
        return true;
    }
    codes.len() <= 3 && right_class >> KIND_SHIFT & 3 == VERBAL && PREFIXES.binary_search(&hash).is_ok()
}

fn hashes(words: &str) -> Vec<u64> {
    let mut hashes: Vec<u64> = words.split(' ').map(|word| word_hash(&codes_of(word))).collect();
    hashes.sort_unstable();
    hashes
}

fn codes_of(word: &str) -> Vec<u8> {
    word.chars()
        .filter_map(|character| match sign(character) {
            Sign::Letter { code, .. } => Some(code),
            _ => None,
        })
        .collect()
}
