//! How sure is sure enough: what a text shows of its fate decides which spaces and words are in doubt.

use super::logistic::{UNIT, logit};

/// What can be seen of what happened to the ZWNJ of a text.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Signs {
    /// How many affixes stand alone: ZWNJ became spaces.
    pub(crate) loose: usize,
    /// A word lacks a ZWNJ that few writers would leave out: ZWNJ were deleted.
    pub(crate) glued: bool,
    /// There are ZWNJ.
    pub(crate) divided: bool,
}

impl Signs {
    /// Whether it makes a difference if a word is glued.
    pub(crate) fn is_glue_in_question(self) -> bool {
        self.loose > 1 || self.divided
    }
}

/// Logits from which on a change is proposed, in units of `UNIT` to one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Policy {
    /// Inside a word.
    pub(crate) insert: i32,
    /// Inside a word before ها and its like, where many writers want nothing; `None` for never.
    pub(crate) insert_optional: Option<i32>,
    /// Between a word and an affix.
    pub(crate) affix: i32,
    /// Between two other words; `None` for never.
    pub(crate) join: Option<i32>,
}

/// How much surer a join must be after a word that many put a space after: این، هیچ، به.
pub(crate) const LOOSE_WORD: i32 = 2 * UNIT;

/// How much surer a lacking ZWNJ must be to say that all were deleted.
const GLUED: i32 = UNIT;
const SURE_PLACE: i32 = 3 * UNIT / 2;
/// Chosen, with the next one, on lines that were kept out of training; see docs/PERSIAN.md.
const JOIN: i32 = 0;
const JOIN_IN_DOUBT: i32 = 17 * UNIT / 4;

/// The thresholds that a confidence stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Confidence(i32);

impl Confidence {
    /// Of a probability; what is not between 0.01 and 0.99 counts as the nearer of the two, and NaN as 0.99.
    pub(crate) fn new(probability: f32) -> Confidence {
        let probability = if probability.is_nan() { 0.99 } else { probability.clamp(0.01, 0.99) };
        Confidence(logit(probability))
    }

    /// What is looked at to see the signs of a text.
    pub(crate) fn signs(self) -> Policy {
        let insert = self.0 + GLUED;
        Policy { insert, insert_optional: None, affix: self.0, join: Some(self.0 + JOIN) }
    }

    /// For a text in which affixes stand alone: other spaces are in doubt as well.
    pub(crate) fn open(self, signs: Signs) -> Policy {
        self.policy(signs, Some(self.0 + JOIN))
    }

    /// For a text that has ZWNJ, or lost them without a trace: its spaces are spaces.
    pub(crate) fn closed(self, signs: Signs) -> Policy {
        self.policy(signs, None)
    }

    /// For a text that shows nothing: two doubtful spaces make each other likely, one must be all but certain.
    pub(crate) fn in_doubt(self, signs: Signs, loose_words: usize) -> Policy {
        self.policy(signs, Some(self.0 + if loose_words > 1 { JOIN } else { JOIN_IN_DOUBT }))
    }

    /// A text with ZWNJ, or with spaces in their place, that lacks none elsewhere was not stripped: what is written as one
    /// word there was meant so.
    fn policy(self, signs: Signs, join: Option<i32>) -> Policy {
        let stripped = signs.glued || !signs.is_glue_in_question();
        let (insert, insert_optional) =
            if stripped { (self.0, Some(self.0)) } else { (self.0 + SURE_PLACE, None) };
        Policy { insert, insert_optional, affix: self.0, join }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_never_dares_more() {
        let confidence = Confidence::new(0.5);
        // What is left after a run: no loose affix, nothing glued, and ZWNJ if anything was changed.
        let after = confidence.closed(Signs { divided: true, ..Signs::default() });
        for loose in 0..3 {
            for glued in [false, true] {
                for divided in [false, true] {
                    let signs = Signs { loose, glued, divided };
                    for before in
                        [confidence.open(signs), confidence.closed(signs), confidence.in_doubt(signs, 2)]
                    {
                        assert!(after.insert >= before.insert && after.insert_optional.is_none());
                        assert!(after.affix >= before.affix && after.join.is_none());
                    }
                }
            }
        }
    }

    #[test]
    fn any_number_is_a_confidence() {
        assert_eq!(Confidence::new(0.5), Confidence(0));
        assert_eq!(Confidence::new(f32::NAN), Confidence::new(7.0));
        assert!(Confidence::new(-1.0).0 < Confidence::new(0.3).0);
    }
}
