//! Controls of direction: stripped, or repaired where they do not pair.

mod control;
mod repair;

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};
use control::{Control, Controls};
use repair::Repair;

/// What becomes of the controls of direction of UAX #9, U+061C ARABIC LETTER MARK included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BidiPolicy {
    /// Drops all of them.
    Strip,
    /// Makes every embedding, override and isolate end inside its paragraph, and begin there, properly nested.
    ///
    /// What a paragraph leaves open is closed at its end, what an isolate leaves open before the end of the isolate: that
    /// is where UAX #9 closes it (X6a, X8). Terminators that end nothing go (X6a, X7), as do pairs with nothing between
    /// them, those that are nested deeper than the 125 levels of BD2, and marks that repeat the mark before them. Other
    /// marks stay. The order in which text is shown does not change, within each paragraph.
    Repair,
}

impl BidiPolicy {
    /// Every policy, in the order of the enum.
    pub const ALL: [BidiPolicy; 2] = [BidiPolicy::Strip, BidiPolicy::Repair];

    /// The name that users type.
    pub fn name(self) -> &'static str {
        match self {
            BidiPolicy::Strip => "strip",
            BidiPolicy::Repair => "repair",
        }
    }

    /// The policy of a [name](BidiPolicy::name).
    ///
    /// ```
    /// use rewrite::steps::BidiPolicy;
    /// assert_eq!(BidiPolicy::parse("repair"), Some(BidiPolicy::Repair));
    /// assert_eq!(BidiPolicy::parse("keep"), None); // no step at all
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        BidiPolicy::ALL.into_iter().find(|policy| policy.name() == name)
    }
}

// The places of rules under Strip.
const MARK: usize = 0;
const EMBEDDING: usize = 1;
const OVERRIDE: usize = 2;
const ISOLATE: usize = 3;

static STRIP: [Rule; 4] = [
    Rule::lossy("bidi-mark", "LEFT-TO-RIGHT, RIGHT-TO-LEFT and ARABIC LETTER MARK go"),
    Rule::lossy("bidi-embedding", "the beginning of an embedding, and POP DIRECTIONAL FORMATTING, go"),
    Rule::lossy("bidi-override", "the beginning of an override of direction goes"),
    Rule::lossy("bidi-isolate", "the beginning and the end of an isolate go"),
];

// The places of rules under Repair.
const UNMATCHED: usize = 0;
const UNCLOSED: usize = 1;
const EMPTY: usize = 2;
const DOUBLE: usize = 3;
const DEEP: usize = 4;

static REPAIR: [Rule; 5] = [
    Rule::lossless("bidi-unmatched", "the end of an embedding, override or isolate that did not begin goes"),
    Rule::lossless("bidi-unclosed", "an embedding, override or isolate that does not end is ended"),
    Rule::lossless("bidi-empty", "an embedding, override or isolate with nothing in it goes"),
    Rule::lossless("bidi-double", "a mark of direction right after the same mark goes"),
    Rule::lossless("bidi-deep", "what is nested deeper than 125 levels loses its controls"),
];

/// Strips or repairs controls of direction.
#[derive(Debug, Clone)]
pub struct Bidi {
    policy: BidiPolicy,
}

impl Bidi {
    /// A step with a policy; to keep all is to have no step.
    pub fn new(policy: BidiPolicy) -> Self {
        Bidi { policy }
    }
}

impl Step for Bidi {
    fn name(&self) -> &'static str {
        "bidi"
    }

    fn rules(&self) -> &[Rule] {
        match self.policy {
            BidiPolicy::Strip => &STRIP,
            BidiPolicy::Repair => &REPAIR,
        }
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(CharSet::new([
            ('\u{61C}', '\u{61C}'),
            ('\u{200E}', '\u{200F}'),
            ('\u{202A}', '\u{202E}'),
            ('\u{2066}', '\u{2069}'),
        ]))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        match self.policy {
            BidiPolicy::Strip => strip(draft),
            BidiPolicy::Repair => Repair::new(draft).run(),
        }
    }
}

fn strip(draft: &mut Draft<'_>) {
    for (range, control) in Controls::new(draft.text()) {
        let rule = match control {
            Control::Mark(_) => MARK,
            Control::Embedding | Control::EndOfEmbedding => EMBEDDING,
            Control::Override => OVERRIDE,
            Control::Isolate | Control::EndOfIsolate => ISOLATE,
        };
        draft.delete(range, rule);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triggers_are_those_of_the_property() {
        let Triggers::Characters(set) = Bidi::new(BidiPolicy::Strip).triggers() else { panic!("characters") };
        assert_eq!(set, CharSet::of(unicode::ignorable::is_bidi_control));
    }
}
