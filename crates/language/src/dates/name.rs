//! A name as it stands in a text: in any case, with marks or without, its parts joined or apart.

use crate::alphabet::{fold, is_ignored};
use crate::around::{after, before};

/// A name of a month or a day, or another word of dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    letters: Vec<Sign>,
    /// Its first letter is a capital.
    is_capital: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A letter, folded as [`fold`] does.
    Letter(u32),
    /// A space or ZWNJ.
    Space,
    /// A space, ZWNJ or nothing.
    Joint,
}

impl Sign {
    fn letter(self) -> Option<u32> {
        if let Sign::Letter(letter) = self { Some(letter) } else { None }
    }
}

/// Marks in a row that are passed over.
const MARKS_MAX: usize = 3;

/// White space in a row that is one gap.
const GAP_MAX: usize = 3;

const ZWNJ: char = '\u{200C}';

impl Name {
    /// The name as a data file writes it: a ZWNJ stands for ZWNJ, a space or nothing.
    pub(super) fn new(text: &str) -> Name {
        let sign = |character| match character {
            ZWNJ => Sign::Joint,
            ' ' => Sign::Space,
            _ => Sign::Letter(fold(character)),
        };
        let letters = text.chars().filter(|&character| character == ZWNJ || !is_ignored(character)).map(sign);
        Name { letters: letters.collect(), is_capital: text.chars().next().is_some_and(char::is_uppercase) }
    }

    /// Where the name ends that begins at a place.
    pub(super) fn end(&self, text: &[u8], at: usize) -> Option<usize> {
        let mut at = at;
        for sign in &self.letters {
            at = match sign {
                Sign::Letter(letter) => after_letter(text, over_marks(text, at), *letter)?,
                Sign::Space => over_space(text, at)?,
                Sign::Joint => over_space(text, at).unwrap_or(at),
            };
        }
        Some(over_marks(text, at))
    }

    /// Where the name begins that ends at a place.
    pub(super) fn start(&self, text: &[u8], at: usize) -> Option<usize> {
        let mut at = back_over_marks(text, at);
        for (index, sign) in self.letters.iter().enumerate().rev() {
            at = match sign {
                Sign::Letter(letter) => before_letter(text, at, *letter)?,
                Sign::Space => back_over_space(text, at)?,
                Sign::Joint => back_over_space(text, at).unwrap_or(at),
            };
            at = if index > 0 { back_over_marks(text, at) } else { at };
        }
        Some(at)
    }

    /// Whether the name may begin where [`letter_after`] says this: a look that spares most names a longer one.
    pub(super) fn may_begin(&self, letter: Option<u32>) -> bool {
        self.first().is_none_or(|first| letter == Some(first))
    }

    /// Whether the name may end where [`letter_before`] says this.
    pub(super) fn may_end(&self, letter: Option<u32>) -> bool {
        self.last().is_none_or(|last| letter == Some(last))
    }

    /// The letter, folded, that the name begins with, if it does with one.
    pub(super) fn first(&self) -> Option<u32> {
        self.letters.first().copied().and_then(Sign::letter)
    }

    /// The letter that it ends with.
    pub(super) fn last(&self) -> Option<u32> {
        self.letters.last().copied().and_then(Sign::letter)
    }

    /// Whether the text at a place begins with a capital if the name does.
    pub(super) fn has_case_of(&self, text: &[u8], start: usize) -> bool {
        !self.is_capital || after(text, start).is_some_and(|(character, _)| character.is_uppercase())
    }
}

/// The letter that begins at a place, folded.
pub(super) fn letter_after(text: &[u8], at: usize) -> Option<u32> {
    after(text, over_marks(text, at)).map(|(character, _)| fold(character))
}

/// The letter that ends at a place, folded.
pub(super) fn letter_before(text: &[u8], at: usize) -> Option<u32> {
    before(text, back_over_marks(text, at)).map(|(character, _)| fold(character))
}

fn after_letter(text: &[u8], at: usize, letter: u32) -> Option<usize> {
    after(text, at).filter(|&(character, _)| fold(character) == letter).map(|(_, length)| at + length)
}

fn before_letter(text: &[u8], at: usize, letter: u32) -> Option<usize> {
    before(text, at).filter(|&(character, _)| fold(character) == letter).map(|(_, length)| at - length)
}

fn over_space(text: &[u8], at: usize) -> Option<usize> {
    after(text, at).filter(|&(character, _)| is_gap(character)).map(|(_, length)| at + length)
}

fn back_over_space(text: &[u8], at: usize) -> Option<usize> {
    before(text, at).filter(|&(character, _)| is_gap(character)).map(|(_, length)| at - length)
}

fn over_marks(text: &[u8], at: usize) -> usize {
    let mark =
        |at| after(text, at).filter(|&(character, _)| is_mark(character)).map(|(_, length)| at + length);
    std::iter::successors(Some(at), |&at| mark(at)).take(MARKS_MAX + 1).last().unwrap_or(at)
}

fn back_over_marks(text: &[u8], at: usize) -> usize {
    let mark =
        |at| before(text, at).filter(|&(character, _)| is_mark(character)).map(|(_, length)| at - length);
    std::iter::successors(Some(at), |&at| mark(at)).take(MARKS_MAX + 1).last().unwrap_or(at)
}

/// Where the gap ends that begins at a place: nothing, or a few spaces of one line.
pub(super) fn over_gap(text: &[u8], at: usize) -> usize {
    std::iter::successors(Some(at), |&at| over_space(text, at)).take(GAP_MAX + 1).last().unwrap_or(at)
}

/// Where the gap begins that ends at a place.
pub(super) fn back_over_gap(text: &[u8], at: usize) -> usize {
    std::iter::successors(Some(at), |&at| back_over_space(text, at)).take(GAP_MAX + 1).last().unwrap_or(at)
}

fn is_mark(character: char) -> bool {
    character != ZWNJ && is_ignored(character)
}

/// A space within a line, but for the tab, which sets columns apart; or a ZWNJ.
fn is_gap(character: char) -> bool {
    matches!(character, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}' | ZWNJ) // NO-BREAK, THIN and NARROW NO-BREAK SPACE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(name: &str, text: &str) -> bool {
        let (name, bytes) = (Name::new(name), text.as_bytes());
        let forward = name.end(bytes, 0) == Some(bytes.len());
        assert_eq!(forward, name.start(bytes, bytes.len()) == Some(0), "{text}");
        forward
    }

    #[test]
    fn names_are_known_in_every_dress() {
        let tuesday = "سه\u{200C}شنبه"; // ZWNJ
        for text in [tuesday, "سه شنبه", "سهشنبه", "سه\u{A0}شنبه", "سه\u{200C}شنبهٔ", "سـه\u{200C}شنبه"]
        {
            assert!(whole(tuesday, text), "{text}");
        }
        assert!(!whole(tuesday, "سه  شنبه"));
        assert!(whole("می", "مي") && whole("آبان", "ابان") && whole("آبان", "ا\u{653}بان"));
        assert!(whole("January", "JANUARY") && whole("Jan.", "jan.") && !whole("Jan", "Jam"));
        assert!(whole("كانون الثاني", "كانون الثاني") && !whole("كانون الثاني", "كانونالثاني"));
    }

    #[test]
    fn a_name_may_ask_for_a_capital() {
        let name = Name::new("May");
        assert!(name.has_case_of(b"May", 0) && !name.has_case_of(b"may", 0));
        assert!(Name::new("mai").has_case_of(b"Mai", 0));
    }
}
