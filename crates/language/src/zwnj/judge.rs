//! What a model says of one place: inside a word, or between two words.

use super::affix::is_affixed;
use super::class::{of_joined, of_whole};
use super::hash::{LETTERS_MAX, word_hash};
use super::insert::{Part, Parted};
use super::join::{Gap, Side};
use super::letters::YEH;
use super::model::Model;
use super::phrase::{Phrase, Word};

/// Where a run of letters without a ZWNJ is to be divided; bit n of `places` and of the answer stands for the place after n letters.
pub(crate) fn division(model: &Model, codes: &[u8], places: u64, threshold: i32) -> u64 {
    if codes.len() < 3 || places == 0 {
        return 0;
    }
    if let Some(decision) = model.decision(word_hash(codes)) {
        return if decision.logit() >= threshold { decision.mask() & places } else { 0 };
    }
    let parted = parted(model, codes, places);
    let mut mask = 0;
    for at in 1..codes.len() {
        if places >> at & 1 == 1 && place_logit(model, &parted, at) >= threshold {
            mask |= 1 << at;
        }
    }
    mask
}

/// A word and the classes of its parts at some places.
pub(crate) fn parted(model: &Model, codes: &[u8], places: u64) -> Parted {
    Parted::new(codes, places, |part, hash| {
        let class = model.class(hash);
        if part == Part::Whole { of_whole(class) } else { class }
    })
}

/// The logit of a ZWNJ after `at` letters.
#[inline]
pub(crate) fn place_logit(model: &Model, parted: &Parted, at: usize) -> i32 {
    let mut sum = 0;
    parted.features(at, |feature| sum += model.insert_weight(feature));
    sum
}

/// Whether two words may be joined at all: both are words, the first one ends in a joining letter, the second one is
/// no single letter (but ی, as in «خانه ی»), and together they are not too long.
pub(crate) fn may_join(phrase: &Phrase, left: &Word, right: &Word) -> bool {
    left.length >= 2
        && right.length >= 1
        && left.length + right.length <= LETTERS_MAX
        && phrase.joins[left.from + left.length - 1]
        && (right.length > 1 || phrase.codes[right.from] == YEH)
}

/// Whether the second of two words looks like an affix of the first, or the other way round.
pub(crate) fn looks_affixed(model: &Model, left: (&[u8], u64), right: (&[u8], u64)) -> bool {
    is_affixed(left, right, || model.class(right.1))
}

/// The logit that a space stands for a ZWNJ.
pub(crate) fn gap_logit(model: &Model, mut gap: Gap) -> i32 {
    if let Some(logit) = model.pair(gap.pair_hash()) {
        return logit;
    }
    gap.whole = of_joined(model.class(gap.whole_hash()));
    let mut sum = 0;
    gap.features(|feature| sum += model.join_weight(feature));
    sum
}

/// The word before a space.
pub(crate) fn left_side(codes: &[u8], hash: u64, class: u8) -> Side {
    let tail = |count: usize| word_hash(&codes[codes.len().saturating_sub(count)..]);
    Side { hash, length: codes.len(), class, near: tail(2), nearer: tail(3) }
}

/// The word after a space.
pub(crate) fn right_side(codes: &[u8], hash: u64, class: u8) -> Side {
    let head = |count: usize| word_hash(&codes[..codes.len().min(count)]);
    Side { hash, length: codes.len(), class, near: head(2), nearer: head(3) }
}
