//! Affixes that are no words of their own: where one stands alone, a ZWNJ became a space.

use std::sync::LazyLock;

use super::class::{KIND_SHIFT, VERBAL};
use super::hash::word_hash;
use super::letters::{ALEF, CHEH, HEH, KEHEH, NOON, REH, Sign, TEH, VAV, YEH, sign};

/// Endings of nouns and adjectives.
pub(crate) const NOMINAL_ENDINGS: &str =
    "ها های هایی هایم هایت هایش هایمان هایتان هایشان هاست هایند تر ترین تری ترها ترهای ترینها ترینهای";
/// Endings that only follow the silent heh.
pub(crate) const AFTER_HEH: &str = "ام ات اش ای ایم اید اند";
/// What stands before a form of a verb.
pub(crate) const BEFORE_VERBS: &str = "می نمی";

/// Determiners and prepositions: whether they are joined to the next word is a matter of taste, and a space is right too.
const LOOSE_WORDS: &str = "این آن همین همان هیچ یک به چه هر";

static ENDINGS: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(NOMINAL_ENDINGS));
static HEH_ENDINGS: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(AFTER_HEH));
static PREFIXES: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(BEFORE_VERBS));
static LOOSE: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(LOOSE_WORDS));

/// Whether a word takes a space after it in the spelling of many.
#[inline]
pub(crate) fn is_loose(codes: &[u8], hash: u64) -> bool {
    codes.len() <= 4 && LOOSE.binary_search(&hash).is_ok()
}

/// Whether two words look like a word and an affix of it.
#[inline]
pub(crate) fn is_affixed(left: (&[u8], u64), right: (&[u8], u64), right_class: u8) -> bool {
    let (codes, hash) = left;
    if right.0.len() <= 7 && ENDINGS.binary_search(&right.1).is_ok() {
        return true;
    }
    if right.0.len() <= 3
        && codes.last() == Some(&HEH)
        && codes.len() > 2
        && HEH_ENDINGS.binary_search(&right.1).is_ok()
    {
        return true;
    }
    codes.len() <= 3 && PREFIXES.binary_search(&hash).is_ok() && right_class >> KIND_SHIFT & 3 == VERBAL
}

/// Whether many writers want no ZWNJ in a word, so that its lack says little: before ها, but after the silent heh, before تر,
/// and after این and its like.
pub(crate) fn is_optional(codes: &[u8]) -> bool {
    let plural = codes.windows(2).rposition(|near| near == [HEH, ALEF]);
    if plural.is_some_and(|at| at > 0 && codes.len() - at <= 6 && !ends_in_silent_heh(&codes[..at])) {
        return true;
    }
    let comparative = codes.windows(2).rposition(|near| near == [TEH, REH]);
    comparative.is_some_and(|at| at > 1 && COMPARATIVE_RESTS.iter().any(|rest| codes[at + 2..] == **rest))
        || OPTIONAL_PREFIXES.iter().any(|prefix| codes.len() > prefix.len() + 1 && codes.starts_with(prefix))
}

/// A heh after a long vowel is sounded: راه، گروه.
fn ends_in_silent_heh(codes: &[u8]) -> bool {
    matches!(codes, [.., before, HEH] if !matches!(*before, ALEF | VAV)) || matches!(codes, [HEH])
}

/// What may follow تر at the end of a word: nothing, ین, ی.
const COMPARATIVE_RESTS: [&[u8]; 4] = [&[], &[YEH, NOON], &[YEH], &[YEH, NOON, HEH, ALEF]];
/// این، هیچ، یک.
const OPTIONAL_PREFIXES: [&[u8]; 3] = [&[ALEF, YEH, NOON], &[HEH, YEH, CHEH], &[YEH, KEHEH]];

fn hashes(words: &str) -> Vec<u64> {
    let mut hashes: Vec<u64> = words.split(' ').map(|word| word_hash(&codes_of(word))).collect();
    hashes.sort_unstable();
    hashes
}

/// The letters of a word by number.
pub(crate) fn codes_of(word: &str) -> Vec<u8> {
    word.chars()
        .filter_map(|character| match sign(character) {
            Sign::Letter { code, .. } => Some(code),
            _ => None,
        })
        .collect()
}
