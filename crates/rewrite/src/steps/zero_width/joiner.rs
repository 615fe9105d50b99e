//! Which joiners of a zone are kept, and by which rule the others go.

use std::ops::Range;

use unicode::space;

use super::nature;
use super::zone::{ZWJ, ZWNJ, Zone};
use super::{AFTER_HEH, JOINER_DOUBLE, JOINER_EDGE, JOINER_STRAY, NON_JOINING};

/// What becomes of the joiners of one zone.
///
/// Whatever is switched off, what is left of a zone is judged as before: which joiners are kept depends on the first
/// of them, the last, and the first ZWNJ only where these are kept or all go by the same rule.
pub(super) struct Joiners {
    /// Where those that stay begin.
    kept: [Option<usize>; 3],
    zwnj_rule: usize,
    zwj_rule: usize,
}

impl Joiners {
    /// Judges a zone. Whether the text is Sorani is asked only where that matters.
    pub fn of(zone: &Zone<'_>, is_sorani: impl Fn() -> bool) -> Self {
        let ends = &zone.joiners;
        let first = ends.first.map(|(at, _)| at);
        if is_spelt(zone.before, zone.after) {
            return Joiners { kept: [first, None, None], zwnj_rule: JOINER_DOUBLE, zwj_rule: JOINER_DOUBLE };
        }
        if zone.joins_pictures() && ends.last_zwj.is_some() {
            let kept = [ends.last_zwj, None, None];
            return Joiners { kept, zwnj_rule: JOINER_STRAY, zwj_rule: JOINER_DOUBLE };
        }
        Joiners::of_letters(zone, is_sorani)
    }

    /// Between letters that may join.
    fn of_letters(zone: &Zone<'_>, is_sorani: impl Fn() -> bool) -> Self {
        let ends = &zone.joiners;
        let (left, right) = joins(zone);
        // What ZWJ makes join: the letter before it if nothing comes between, and so the letter after.
        let zwj = |end: Option<(usize, char)>| end.filter(|&(_, joiner)| joiner == ZWJ).map(|(at, _)| at);
        let shaped = [zwj(ends.first).filter(|_| left), zwj(ends.last).filter(|_| right)];
        let stray = if zone.is_at_edge() { JOINER_EDGE } else { JOINER_STRAY };
        if ends.first_zwnj.is_none() {
            return match shaped {
                // They join by themselves, or neither does.
                _ if left == right => Joiners { kept: [None; 3], zwnj_rule: stray, zwj_rule: stray },
                [one, other] => {
                    Joiners { kept: [one, other, None], zwnj_rule: stray, zwj_rule: JOINER_DOUBLE }
                }
            };
        }
        match against_zwnj(zone, is_sorani) {
            None => {
                let kept = [shaped[0], ends.first_zwnj, shaped[1]];
                Joiners { kept, zwnj_rule: JOINER_DOUBLE, zwj_rule: JOINER_DOUBLE }
            }
            Some(rule) if shaped == [None; 2] => Joiners { kept: [None; 3], zwnj_rule: rule, zwj_rule: rule },
            Some(rule) => {
                Joiners { kept: [shaped[0], shaped[1], None], zwnj_rule: rule, zwj_rule: JOINER_DOUBLE }
            }
        }
    }

    /// The rule by which a joiner goes, if it goes.
    pub fn rule_against(&self, joiner: char, range: &Range<usize>) -> Option<usize> {
        if self.kept.contains(&Some(range.start)) {
            return None;
        }
        Some(if joiner == ZWNJ { self.zwnj_rule } else { self.zwj_rule })
    }
}

/// Joiners beside a virama or vowel sign are part of how the syllable is spelled.
fn is_spelt(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(nature::is_virama)
        || (after.is_some_and(nature::is_sign) && before.is_some_and(nature::is_letter_or_mark))
}

/// Whether the neighbours can join each other's side.
fn joins(zone: &Zone<'_>) -> (bool, bool) {
    (zone.before.is_some_and(nature::joins_following), zone.after.is_some_and(nature::joins_preceding))
}

/// The rule by which ZWNJ goes, if it goes.
fn against_zwnj(zone: &Zone<'_>, is_sorani: impl Fn() -> bool) -> Option<usize> {
    let visible = |neighbour: Option<char>| neighbour.filter(|&character| !space::is_white_space(character));
    let (before, after) = (visible(zone.before), visible(zone.after));
    if let (Some(before), Some(after)) = (before, after) {
        match (nature::is_cursive(before), nature::is_cursive(after)) {
            (true, true) if joins(zone) == (true, true) => return None,
            (true, true) => return Some(NON_JOINING),
            (true, false) if nature::is_wordly(after) => return None,
            (false, true) if nature::is_wordly(before) || nature::is_closing(before) => return None,
            _ => {}
        }
    }
    if before == Some(nature::HEH) {
        return if is_sorani() { None } else { Some(AFTER_HEH) };
    }
    Some(if zone.is_at_edge() { JOINER_EDGE } else { JOINER_STRAY })
}
