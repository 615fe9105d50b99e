//! Zero width: joiners, break opportunities and their like, kept where they mean something.

mod joiner;
mod nature;
mod zone;

use std::cell::OnceCell;
use std::ops::Range;

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};
use joiner::Joiners;
use zone::{CGJ, MVS, WORD_JOINER, ZWJ, ZWNJ, ZWSP, Zone};

/// What becomes of characters of zero width.
///
/// They are ZERO WIDTH SPACE, ZERO WIDTH NON-JOINER (ZWNJ), ZERO WIDTH JOINER (ZWJ) and WORD JOINER; MONGOLIAN VOWEL
/// SEPARATOR and COMBINING GRAPHEME JOINER, which are part of the spelling where they are used at all, are touched by
/// `Drop` and `Space` alone. U+FEFF and the controls of direction are the business of other steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZeroWidthPolicy {
    /// Keeps those that mean something where they stand, and drops the rest.
    ///
    /// A joiner is kept
    /// - after a virama, at the end of a word too (RFC 5892, A.1 and A.2: CONTEXTJ; there stand the old spellings of
    ///   Malayalam chillus and Bengali khanda ta), and between a letter and a virama or vowel sign (Bengali র‍্য);
    /// - where it changes how letters of a cursive script join: ZWNJ between two that would join (CONTEXTJ), ZWJ where a
    ///   letter has nothing to join («ه‍»), both where both have an effect;
    /// - ZWNJ between a letter of a cursive script and a letter or digit of another («PDF‌ها», «۵‌ها»), or after a
    ///   closing bracket, quotation mark or symbol, where a suffix follows;
    /// - ZWJ between two pictures (UAX #29, GB11).
    ///
    /// A run of joiners becomes the shortest one that does the same. ZERO WIDTH SPACE is kept beside scripts that do
    /// not part words by spaces, WORD JOINER wherever it has two neighbours, and neither beside white space.
    ///
    /// After a letter that does not join, ZWNJ changes nothing that can be seen and parts nothing that is searched:
    /// «بندر‌ها» and «بندرها» are one word. So it goes, but as it can show where a word is made of two («محمد‌مهدی»), by a
    /// lossy rule of its own, `zwnj-non-joining`. After a heh at a word's end it goes as well, by the rule `zwnj-after-heh`: in old
    /// Sorani text that is how U+06D5 was written. Texts that hold a letter of Sorani keep it.
    Contextual,
    /// Drops all but ZWJ between two pictures.
    Drop,
    /// Puts a space for ZWNJ and ZERO WIDTH SPACE, unless there is one, and drops the others as `Drop` does.
    Space,
}

impl ZeroWidthPolicy {
    /// Every policy, in the order of the enum.
    pub const ALL: [ZeroWidthPolicy; 3] =
        [ZeroWidthPolicy::Contextual, ZeroWidthPolicy::Drop, ZeroWidthPolicy::Space];

    /// The name that users type.
    pub fn name(self) -> &'static str {
        match self {
            ZeroWidthPolicy::Contextual => "contextual",
            ZeroWidthPolicy::Drop => "drop",
            ZeroWidthPolicy::Space => "space",
        }
    }

    /// The policy of a [name](ZeroWidthPolicy::name).
    ///
    /// ```
    /// use rewrite::steps::ZeroWidthPolicy;
    /// assert_eq!(ZeroWidthPolicy::parse("drop"), Some(ZeroWidthPolicy::Drop));
    /// assert_eq!(ZeroWidthPolicy::parse("keep"), None); // no step at all
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        ZeroWidthPolicy::ALL.into_iter().find(|policy| policy.name() == name)
    }
}

// The places of rules under Contextual.
const JOINER_EDGE: usize = 0;
const JOINER_DOUBLE: usize = 1;
const JOINER_STRAY: usize = 2;
const NON_JOINING: usize = 3;
const AFTER_HEH: usize = 4;
const ZWSP_EDGE: usize = 5;
const ZWSP_DOUBLE: usize = 6;
const ZWSP_STRAY: usize = 7;
const WORD_JOINER_EDGE: usize = 8;
const WORD_JOINER_DOUBLE: usize = 9;

static CONTEXTUAL: [Rule; 10] = [
    Rule::lossless(
        "joiner-edge",
        "ZWNJ or ZWJ at an edge or beside white space goes where no letter needs it",
    ),
    Rule::lossless("joiner-double", "ZWNJ or ZWJ that adds nothing to its neighbour goes"),
    Rule::lossless("joiner-stray", "ZWNJ or ZWJ goes where it changes no letter and no picture"),
    Rule::lossy(
        "zwnj-non-joining",
        "ZWNJ between letters that would not join anyway goes, and with it the boundary that it may show",
    ),
    Rule::lossy(
        "zwnj-after-heh",
        "ZWNJ after a heh at a word's end goes, unless the text holds letters of Sorani",
    ),
    Rule::lossless("zwsp-edge", "ZERO WIDTH SPACE at an edge or beside white space goes"),
    Rule::lossless("zwsp-double", "ZERO WIDTH SPACE after another goes"),
    Rule::lossless("zwsp-stray", "ZERO WIDTH SPACE goes in scripts that part words by spaces"),
    Rule::lossless("word-joiner-edge", "WORD JOINER at an edge or beside white space goes"),
    Rule::lossless("word-joiner-double", "WORD JOINER after another goes"),
];

// The places of rules under Drop and Space.
const FOR_ZWNJ: usize = 0;
const FOR_ZWJ: usize = 1;
const FOR_ZWSP: usize = 2;
const FOR_WORD_JOINER: usize = 3;
const FOR_CGJ: usize = 4;
const FOR_MVS: usize = 5;

static DROP: [Rule; 6] = [
    Rule::lossy("zwnj-drop", "ZWNJ goes"),
    Rule::lossy("zwj-drop", "ZWJ goes, but not between pictures"),
    Rule::lossy("zwsp-drop", "ZERO WIDTH SPACE goes"),
    Rule::lossy("word-joiner-drop", "WORD JOINER goes"),
    Rule::lossy("grapheme-joiner-drop", "COMBINING GRAPHEME JOINER goes"),
    Rule::lossy("vowel-separator-drop", "MONGOLIAN VOWEL SEPARATOR goes"),
];

static SPACE: [Rule; 6] = [
    Rule::lossy("zwnj-space", "ZWNJ becomes a space, or goes beside one"),
    Rule::lossy("zwj-drop", "ZWJ goes, but not between pictures"),
    Rule::lossy("zwsp-space", "ZERO WIDTH SPACE becomes a space, or goes beside one"),
    Rule::lossy("word-joiner-drop", "WORD JOINER goes"),
    Rule::lossy("grapheme-joiner-drop", "COMBINING GRAPHEME JOINER goes"),
    Rule::lossy("vowel-separator-drop", "MONGOLIAN VOWEL SEPARATOR goes"),
];

/// Keeps, drops or replaces characters of zero width.
#[derive(Debug, Clone)]
pub struct ZeroWidth {
    policy: ZeroWidthPolicy,
}

impl ZeroWidth {
    /// A step with a policy; to keep all is to have no step.
    pub fn new(policy: ZeroWidthPolicy) -> Self {
        ZeroWidth { policy }
    }
}

impl Step for ZeroWidth {
    fn name(&self) -> &'static str {
        "zero width"
    }

    fn rules(&self) -> &[Rule] {
        match self.policy {
            ZeroWidthPolicy::Contextual => &CONTEXTUAL,
            ZeroWidthPolicy::Drop => &DROP,
            ZeroWidthPolicy::Space => &SPACE,
        }
    }

    fn triggers(&self) -> Triggers {
        let common = [ZWSP, ZWNJ, ZWJ, WORD_JOINER];
        let spelt: &[char] = if self.policy == ZeroWidthPolicy::Contextual { &[] } else { &[CGJ, MVS] };
        Triggers::Characters(CharSet::from_chars(common.iter().chain(spelt).copied()))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        let sorani = OnceCell::new();
        let is_contextual = self.policy == ZeroWidthPolicy::Contextual;
        let mut from = 0;
        while let Some(zone) = Zone::next(text, from, !is_contextual) {
            from = zone.range.end;
            if !is_contextual {
                self.empty(draft, &zone);
            } else if !zone.holds_mvs {
                let is_sorani = || *sorani.get_or_init(|| nature::is_sorani(text));
                tidy(draft, &zone, is_sorani);
            }
        }
    }
}

impl ZeroWidth {
    /// Drop and Space.
    fn empty(&self, draft: &mut Draft<'_>, zone: &Zone<'_>) {
        let picture = zone.joins_pictures().then_some(zone.joiners.last_zwj).flatten();
        let is_parting = self.policy == ZeroWidthPolicy::Space;
        let mut wants_space = is_parting && picture.is_none() && !zone.is_at_edge();
        for (range, character) in zone.members() {
            let rule = match character {
                ZWNJ => FOR_ZWNJ,
                ZWJ if picture == Some(range.start) => continue,
                ZWJ => FOR_ZWJ,
                ZWSP => FOR_ZWSP,
                WORD_JOINER => FOR_WORD_JOINER,
                CGJ => FOR_CGJ,
                MVS => FOR_MVS,
                _ => continue,
            };
            if wants_space && matches!(rule, FOR_ZWNJ | FOR_ZWSP) && draft.is_enabled(rule) {
                draft.replace(range, b" ", rule);
                wants_space = false;
            } else {
                draft.delete(range, rule);
            }
        }
    }
}

/// Contextual.
fn tidy(draft: &mut Draft<'_>, zone: &Zone<'_>, is_sorani: impl Fn() -> bool) {
    let joiners = Joiners::of(zone, is_sorani);
    let breaks = breaks(zone);
    let glue = if zone.is_at_edge() { Fate::none(WORD_JOINER_EDGE) } else { Fate::first(WORD_JOINER_DOUBLE) };
    let (mut zwsp_seen, mut glue_seen) = (false, false);
    for (range, character) in zone.members() {
        match character {
            ZWNJ | ZWJ => {
                if let Some(rule) = joiners.rule_against(character, &range) {
                    draft.delete(range, rule);
                }
            }
            ZWSP => breaks.apply(draft, range, &mut zwsp_seen),
            WORD_JOINER => glue.apply(draft, range, &mut glue_seen),
            _ => {}
        }
    }
}

/// What becomes of several of a kind: the first may stay, the others go by a rule.
struct Fate {
    keeps_first: bool,
    rule: usize,
}

impl Fate {
    fn none(rule: usize) -> Self {
        Fate { keeps_first: false, rule }
    }

    fn first(rule: usize) -> Self {
        Fate { keeps_first: true, rule }
    }

    fn apply(&self, draft: &mut Draft<'_>, range: Range<usize>, seen: &mut bool) {
        if *seen || !self.keeps_first {
            draft.delete(range, self.rule);
        }
        *seen = true;
    }
}

fn breaks(zone: &Zone<'_>) -> Fate {
    if zone.is_at_edge() {
        Fate::none(ZWSP_EDGE)
    } else if [zone.before, zone.after].into_iter().flatten().any(nature::is_written_without_spaces) {
        Fate::first(ZWSP_DOUBLE)
    } else {
        Fate::none(ZWSP_STRAY)
    }
}
