//! What a model says of one place: inside a word, or between two words.

use super::affix::{
    is_affixed, is_before_verb, is_free, is_loose, is_noun_ending, is_optional, is_second_part, takes_endings,
};
use super::bits::bits;
use super::class::{COMPOUND, KIND_SHIFT, VERBAL, of_joined, of_whole};
use super::context::{INDEFINITE, PLURAL, TwoFaced};
use super::hash::{LETTERS_MAX, joined_hash, pair, word_hash};
use super::insert::{Part, Parted};
use super::join::{Gap, Side};
use super::letters::YEH;
use super::logistic::UNIT;
use super::model::Model;
use super::phrase::Word;
use super::policy::{SITE_MIN, Site};

/// A word, its letters by number, and what the lexicon says of it.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) codes: &'a [u8],
    pub(crate) word: &'a Word,
    pub(crate) class: u8,
}

/// How many places inside one word are kept in mind, the likeliest ones.
const PLACES_MAX: usize = 3;
/// What is less likely than this is not kept in mind: no confidence asks for it.
const UNLIKELY: i32 = -5 * UNIT;

/// If the two words alone make a ZWNJ so unlikely, nothing else is asked about the space between them.
const HOPELESS: i32 = -5 * UNIT;

/// Where inside a word a ZWNJ may belong, and how likely.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Places {
    /// The place after so many letters, and its logit; 0 for none.
    found: [(u8, i16); PLACES_MAX],
    optional: bool,
    faces: Option<TwoFaced>,
}

impl Places {
    /// Of a word that has no ZWNJ.
    pub(crate) fn of(model: &Model, codes: &[u8], word: &Word, class: impl FnOnce() -> u8) -> Places {
        let mut places = Places::default();
        let mask = word.places();
        if codes.len() < 3 || mask == 0 {
            return places;
        }
        if let Some(decision) = model.decision(word.hash) {
            if decision.logit() >= UNLIKELY {
                bits(decision.mask() & mask).for_each(|at| places.keep(at, decision.logit()));
            }
        } else {
            let parted = parted(model, codes, mask, class());
            bits(mask).for_each(|at| places.keep(at, place_logit(model, &parted, at)));
        }
        if places.found[0].0 != 0 {
            places.faces = TwoFaced::of(codes, mask, |hash| model.class(hash));
        }
        places.optional = places.found[0].0 != 0 && is_optional(codes);
        places
    }

    #[inline]
    fn keep(&mut self, at: usize, logit: i32) {
        if logit < UNLIKELY {
            return;
        }
        let mut new = (at as u8, logit as i16);
        for old in &mut self.found {
            if old.0 == 0 || old.1 < new.1 {
                std::mem::swap(old, &mut new);
            }
        }
    }

    /// The likeliest place and its logit.
    #[inline]
    pub(crate) fn likeliest(&self) -> Option<i32> {
        (self.found[0].0 != 0).then_some(i32::from(self.found[0].1))
    }

    /// The places between which the neighbours decide, as a mask, and the one they choose; nothing for other words.
    pub(crate) fn reading(&self, model: &Model, length: usize, before: u64, after: u64) -> (u64, u64) {
        let Some(faces) = self.faces else { return (0, 0) };
        let mut sum = 0;
        faces.features(before, after, |feature| sum += model.context_weight(feature));
        let (plural, indefinite) = (1 << (length - PLURAL), 1 << (length - INDEFINITE));
        (plural | indefinite, if sum >= 0 { indefinite } else { plural })
    }

    /// What kind of site the places are.
    #[inline]
    pub(crate) fn site(&self) -> Site {
        if self.optional { Site::Optional } else { Site::Inside }
    }

    /// The places that are as likely as a threshold: bit n stands for the place after n letters.
    #[inline]
    pub(crate) fn mask(&self, threshold: i32) -> u64 {
        let likely = |&&(at, logit): &&(u8, i16)| at != 0 && i32::from(logit) >= threshold;
        self.found.iter().filter(likely).fold(0, |mask, &(at, _)| mask | 1 << at)
    }
}

/// A word and the classes of its parts at some places.
pub(crate) fn parted(model: &Model, codes: &[u8], places: u64, class: u8) -> Parted {
    Parted::new(codes, places, |part, hash| match part {
        Part::Whole => of_whole(class),
        Part::Left | Part::Right => model.class(hash),
    })
}

/// The logit of a ZWNJ after `at` letters.
#[inline]
pub(crate) fn place_logit(model: &Model, parted: &Parted, at: usize) -> i32 {
    let mut sum = 0;
    parted.features(at, |feature| sum += model.insert_weight(feature));
    sum
}

/// Whether two words may become one at all: both are words, the second one is no single letter (but ی, as in «خانه ی»), and
/// together they are not too long.
#[inline]
pub(crate) fn may_meet(left: &Word, right: Known<'_>) -> bool {
    left.length >= 2
        && right.word.length >= 1
        && !left.named
        && !right.word.named
        && left.length + right.word.length <= LETTERS_MAX
        && (right.word.length > 1 || right.codes[0] == YEH)
}

/// Whether a ZWNJ may stand between two words: they may become one, and the first one ends in a joining letter.
#[inline]
pub(crate) fn may_join(left: &Word, right: Known<'_>) -> bool {
    left.joins_next() && may_meet(left, right)
}

/// What kind of site the space between two words is.
#[inline]
pub(crate) fn gap_site(left: Known<'_>, right: Known<'_>) -> Site {
    if is_affixed((left.codes, left.word.hash), (right.codes, right.word.hash), right.class) {
        Site::Affix
    } else if is_loose(left.codes, left.word.hash) {
        Site::Loose
    } else if is_second_part(right.codes, right.word.hash) {
        Site::Bound
    } else {
        Site::Words
    }
}

/// How likely a ZWNJ before a sure affix is at least.
const SURE: i32 = UNIT;
/// How sure it is that a space before an affix goes.
const CLOSED: i32 = 3 * UNIT;

/// The logit that the space between a word and an affix goes without a ZWNJ, if that may be: the word ends in a letter that
/// joins nothing, dictionaries know it, and it takes endings. It is the same in whatever text, for it is no sign of its fate.
#[inline]
pub(crate) fn closing_logit(left: Known<'_>, right: Known<'_>) -> Option<i32> {
    let is_closed = !left.word.joins_next()
        && is_noun_ending(right.codes, right.word.hash)
        && left.word.zwnj | right.word.zwnj == 0
        && left.class & 3 > 1
        && left.class >> KIND_SHIFT & 3 != VERBAL
        && takes_endings(left.codes, left.word.hash)
        && may_meet(left.word, right);
    is_closed.then_some(CLOSED)
}

/// What the space between two words is, and the logit that it stands for a ZWNJ; `None` if no rule would touch it. `beyond` are
/// the hashes of the words before and after them.
#[inline]
pub(crate) fn gap_of(
    model: &Model,
    left: Known<'_>,
    right: Known<'_>,
    beyond: (u64, u64),
) -> Option<(Site, i32)> {
    if !may_join(left.word, right) {
        return None;
    }
    let (site, logit) = (gap_site(left, right), gap_logit(model, left, right, beyond));
    if site == Site::Affix {
        return Some((site, if is_sure(left, right) { logit.max(SURE) } else { logit }));
    }
    if logit <= SITE_MIN {
        return Some((site, logit));
    }
    if right.word.length == 1 || is_free(right.word.hash, beyond.1) {
        return None;
    }
    let is_strange = site == Site::Words && !is_attested(model, left, right);
    Some((if is_strange { Site::Strange } else { site }, logit))
}

/// Whether an affix goes with a known word or verb, whatever stands around them.
fn is_sure(left: Known<'_>, right: Known<'_>) -> bool {
    is_before_verb((left.codes, left.word.hash), (right.codes, right.word.hash), right.class)
        || left.class != 0 && is_noun_ending(right.codes, right.word.hash)
}

/// Whether texts or lists write two words as one with a ZWNJ between them.
pub(crate) fn is_attested(model: &Model, left: Known<'_>, right: Known<'_>) -> bool {
    if model.pair(pair(left.word.hash, right.word.hash)).is_some_and(|logit| logit >= 0) {
        return true;
    }
    let whole = joined_hash(left.word.hash, right.word.hash, right.word.length);
    match model.decision(whole) {
        Some(decision) => decision.logit() >= 0 && decision.mask() >> left.word.length & 1 == 1,
        None => model.class(whole) >> KIND_SHIFT & 3 == COMPOUND,
    }
}

/// The logit that the space between two words stands for a ZWNJ; `beyond` are the hashes of the words before and after them.
pub(crate) fn gap_logit(model: &Model, left: Known<'_>, right: Known<'_>, beyond: (u64, u64)) -> i32 {
    let gap = Gap {
        left: left_side(left.codes, left.word.hash, left.class),
        right: right_side(right.codes, right.word.hash, right.class),
        beyond_left: beyond.0,
        beyond_right: beyond.1,
        whole: 0,
    };
    logit_of(model, gap)
}

/// The logit of a space as the table of pairs or the weights have it.
pub(crate) fn logit_of(model: &Model, mut gap: Gap) -> i32 {
    if let Some(logit) = model.pair(gap.pair_hash()) {
        return logit;
    }
    let mut sum = 0;
    gap.first_features(|feature| sum += model.join_weight(feature));
    if sum < HOPELESS {
        return sum;
    }
    gap.whole = of_joined(model.class(gap.whole_hash()));
    gap.other_features(|feature| sum += model.join_weight(feature));
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
