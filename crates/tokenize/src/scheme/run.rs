//! Which marks of a row of them stand apart, and whether the last one stays with the number behind it.
//!
//! The expressions of Perl that set marks apart, `([^\p{IsN}])[,]` and then `[,]([^\p{IsN}])`, take the character before
//! a mark along, so that of a row of marks every second one is passed over by the first of them. The second one finds
//! these, too, all but the last before a number.

/// The character before or behind a row of marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    /// None: the text begins or ends here.
    Absent,
    /// A number that the mark touches.
    Number,
    /// Anything else.
    Other,
}

/// Whether the last of `count` marks stays with the number behind it; all others are tokens.
///
/// A single mark that stays does so on both sides.
pub(super) fn last_stays(before: Side, count: usize, behind: Side) -> bool {
    behind == Side::Number && is_passed_over(before, count)
}

/// Whether the expression that asks for a character before the mark leaves the last one alone.
pub(super) fn is_passed_over(before: Side, count: usize) -> bool {
    (before == Side::Other) == count.is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first expression, as it reads: `s/(OTHER)[,]/$1 , /g`, of which the marks that were found are told.
    fn found(before: Side, count: usize) -> Vec<bool> {
        let mut found = vec![false; count];
        // A mark is no number: it serves as the character before the next one, unless it was taken.
        let mut is_free = before == Side::Other;
        for mark in &mut found {
            *mark = is_free;
            is_free = !is_free;
        }
        found
    }

    #[test]
    fn every_second_mark_is_passed_over() {
        for before in [Side::Absent, Side::Number, Side::Other] {
            for count in 1..6 {
                assert_eq!(
                    is_passed_over(before, count),
                    !found(before, count)[count - 1],
                    "{before:?} {count}"
                );
            }
        }
        assert!(last_stays(Side::Number, 1, Side::Number) && !last_stays(Side::Number, 1, Side::Absent));
        assert!(!last_stays(Side::Other, 1, Side::Number) && last_stays(Side::Other, 2, Side::Number));
    }
}
