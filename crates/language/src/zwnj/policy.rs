//! How sure is sure enough: what a text shows of its fate decides which spaces and words are in doubt.

use super::logistic::{UNIT, logit, probability};

/// What became of the ZWNJ of a text, as far as its words and spaces show: how likely each fate would have made them.
///
/// A word that lacks a ZWNJ speaks for texts whose ZWNJ were deleted, an affix that stands alone for texts in which they
/// became spaces; both together for a text that suffered both, or for several texts in one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Fate {
    deleted: f32,
    spaced: f32,
    mixed: f32,
    /// Nothing happened, and no word needed a ZWNJ.
    whole: f32,
    /// There are ZWNJ: nothing happened to this text.
    divided: bool,
    /// An affix stands alone.
    loose: bool,
}

/// How likely each fate is before anything of a text was seen.
const NOTHING_SEEN: Fate =
    Fate { deleted: 0.3, spaced: 0.3, mixed: 0.2, whole: 0.2, divided: false, loose: false };
/// A site less likely than this says nothing.
pub(crate) const SITE_MIN: i32 = -UNIT;
/// The likelihood of a fate never falls below this share of all: no text is of one hand from end to end.
const LEAST: f32 = 1e-6;

/// What a place or a space is, for how much it says of the fate of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Site {
    /// Inside a word that few writers would leave undivided.
    Inside,
    /// Inside a word before ها and its like, where many writers want nothing.
    Optional,
    /// Between a word and an affix.
    Affix,
    /// Between two other words.
    Words,
    /// The same, when the second one is hardly ever a word of its own: بندی، کننده.
    Bound,
    /// Between two words that no text or list is known to write as one.
    Strange,
    /// Between two other words, after a word that many put a space after: این، هیچ، به.
    Loose,
}

/// How far the models are to be believed about a site: writers differ more than the models know.
const BELIEF: [f32; 7] = [0.98, 0.6, 0.98, 0.4, 0.4, 0.1, 0.2];

impl Default for Fate {
    fn default() -> Fate {
        NOTHING_SEEN
    }
}

impl Fate {
    /// Takes note of a ZWNJ that is there.
    #[inline]
    pub(crate) fn has_zwnj(&mut self) {
        self.divided = true;
    }

    /// Takes note of a site by the logit that a ZWNJ belongs there.
    #[inline]
    pub(crate) fn lacks_zwnj(&mut self, site: Site, logit: i32) {
        if logit < SITE_MIN {
            return;
        }
        let share = BELIEF[site as usize] * probability(logit as f32 / UNIT as f32);
        match site {
            Site::Inside | Site::Optional => self.spaced *= 1.0 - share,
            Site::Affix | Site::Words | Site::Bound | Site::Strange | Site::Loose => {
                self.deleted *= 1.0 - share;
            }
        }
        self.loose |= site == Site::Affix && logit >= 0;
        self.mixed *= 1.0 - share / 2.0;
        self.whole *= 1.0 - share;
        self.balance();
    }

    fn balance(&mut self) {
        let sum = self.deleted + self.spaced + self.mixed + self.whole;
        for likelihood in [&mut self.deleted, &mut self.spaced, &mut self.mixed, &mut self.whole] {
            *likelihood = (*likelihood / sum).max(LEAST);
        }
    }

    /// How likely it is that a ZWNJ, if there was one, was deleted, and that it became a space.
    fn losses(&self) -> (f32, f32) {
        let sum = self.deleted + self.spaced + self.mixed + self.whole;
        ((self.deleted + self.mixed / 2.0) / sum, (self.spaced + self.mixed / 2.0) / sum)
    }
}

/// Logits from which on a change is proposed, in units of `UNIT` to one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Policy {
    /// Inside a word.
    pub(crate) insert: i32,
    /// Inside a word before ها and its like, where many writers want nothing.
    pub(crate) insert_optional: i32,
    /// Between a word and an affix.
    pub(crate) affix: i32,
    /// Between two other words.
    pub(crate) join: i32,
    /// Before the second part of a compound.
    pub(crate) join_bound: i32,
    /// Between two words that are not known as one.
    pub(crate) join_strange: i32,
    /// Between two other words, after این and its like.
    pub(crate) join_loose: i32,
}

/// Never.
const NEVER: i32 = i32::MAX / 2;

/// How much more is asked of two independent words where no affix stands alone.
const NO_SIGN: i32 = 7 * UNIT / 2;

/// What is asked of a place inside a word: at even odds one ZWNJ more is worth the risk.
const INSERT: i32 = -12;
/// No threshold inside a word or before an affix is raised by more.
const INSERT_MOST: i32 = 5 * UNIT / 2;
const AFFIX_MOST: i32 = UNIT;
/// Where many want nothing, the part of a raise above this counts for more: a lack there and a loss elsewhere are of one hand.
const OPTIONAL_FROM: i32 = 6 * UNIT / 5;
const OPTIONAL_TIMES: i32 = 16;
/// What is asked of a space between two words where an affix stands alone, more where nobody is known to join them, and after این
/// and its like. Where no affix is loose, more again; only a second part that is no word is joined as if one were.
const JOIN: i32 = -10;
const NOTHING_LOOSE: i32 = UNIT / 2;
const STRANGE: i32 = 2 * UNIT;
const LOOSE_WORD: i32 = 4 * UNIT;

/// The thresholds that a confidence stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Confidence(i32);

impl Confidence {
    /// Of a probability; what is not between 0.01 and 0.99 counts as the nearer of the two, and NaN as 0.99.
    pub(crate) fn new(probability: f32) -> Confidence {
        let probability = if probability.is_nan() { 0.99 } else { probability.clamp(0.01, 0.99) };
        Confidence(logit(probability))
    }

    /// Whether a change of this logit is sure enough, whatever the text.
    pub(crate) fn allows(self, logit: i32) -> bool {
        logit >= self.0
    }

    /// For a text of some fate. One that has ZWNJ gets the highest thresholds of all, so that a second run dares nothing
    /// that the first one did not.
    pub(crate) fn policy(self, fate: &Fate) -> Policy {
        if fate.divided {
            return Policy {
                insert: self.0 + INSERT_MOST,
                insert_optional: NEVER,
                affix: self.0 + AFFIX_MOST,
                join: NEVER,
                join_bound: NEVER,
                join_strange: NEVER,
                join_loose: NEVER,
            };
        }
        let (deleted, spaced) = fate.losses();
        // The logarithm of the share: logit(x / (1 + x)) = ln(x).
        let (insert, affix) = (-logit(deleted / (1.0 + deleted)), -logit(spaced / (1.0 + spaced)));
        let bound = self.0 + affix + JOIN + if fate.loose { 0 } else { NOTHING_LOOSE };
        let join = if fate.loose { bound } else { bound + NO_SIGN };
        Policy {
            insert: self.0 + (insert + INSERT).min(INSERT_MOST),
            insert_optional: self.0 + insert + INSERT + OPTIONAL_TIMES * (insert - OPTIONAL_FROM).max(0),
            affix: self.0 + affix.min(AFFIX_MOST),
            join,
            join_bound: bound,
            join_strange: join + STRANGE,
            join_loose: join + LOOSE_WORD,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_never_dares_more() {
        let confidence = Confidence::new(0.5);
        let mut divided = Fate::default();
        divided.has_zwnj();
        let after = confidence.policy(&divided);
        for sites in 0..64 {
            let mut fate = Fate::default();
            for at in 0..sites {
                let site = if at % 3 == sites % 3 { Site::Inside } else { Site::Affix };
                fate.lacks_zwnj(site, UNIT * (sites % 5));
            }
            let before = confidence.policy(&fate);
            assert!(after.insert >= before.insert && after.insert_optional >= before.insert_optional);
            assert!(after.affix >= before.affix && after.join >= before.join);
        }
    }

    #[test]
    fn any_number_is_a_confidence() {
        assert_eq!(Confidence::new(0.5), Confidence(0));
        assert_eq!(Confidence::new(f32::NAN), Confidence::new(7.0));
        assert!(Confidence::new(-1.0).0 < Confidence::new(0.3).0);
    }
}
