//! Finds where a space comes or goes.

use std::collections::VecDeque;
use std::ops::Range;

use unicode::Category;

use super::pairs::Pairs;
use super::{AFTER, BEFORE, INSIDE, Mark, MarkSpace, OUTSIDE};
use crate::native;
use crate::neighbour::{after, after_spaces, before, before_spaces};
use crate::seek::Found;

/// Spaces that go, or a place where one comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// The mark that they stand beside.
    pub at: usize,
    /// The spaces; empty where one comes.
    pub spaces: Range<usize>,
    pub rule: usize,
}

impl Edit {
    pub fn is_deletion(&self) -> bool {
        !self.spaces.is_empty()
    }
}

/// The edits of a text in ascending order, protected or not.
pub(super) struct Finder<'s, 't> {
    step: &'s MarkSpace,
    text: &'t [u8],
    enabled: [bool; 4],
    from: usize,
    pairs: Pairs,
    /// Edits after the mark that was looked at last.
    waiting: VecDeque<Edit>,
}

impl<'s, 't> Finder<'s, 't> {
    pub fn new(step: &'s MarkSpace, text: &'t [u8], enabled: [bool; 4]) -> Self {
        Finder { step, text, enabled, from: 0, pairs: Pairs::default(), waiting: VecDeque::new() }
    }
}

impl Iterator for Finder<'_, '_> {
    type Item = Edit;

    fn next(&mut self) -> Option<Edit> {
        loop {
            if let Some(edit) = self.waiting.pop_front() {
                return Some(edit);
            }
            let found = self.step.seeker.next(self.text, self.from)?;
            self.from = found.end();
            self.look(found);
        }
    }
}

/// A mark and its neighbours.
struct Place<'s> {
    found: Found,
    mark: &'s Mark,
    /// What stands directly beside it.
    left: Option<char>,
    right: Option<char>,
}

impl Place<'_> {
    /// Whether a neighbour is one that a rule could care about: most marks stand as they should.
    fn is_worth_a_look(&self) -> bool {
        let is_space = |side: Option<char>| side == Some(' ');
        let is_beyond_ascii = |side: Option<char>| side.is_some_and(|it| !it.is_ascii());
        let Mark { takes_none_before, takes_one_after, opens, closes, is_quote, .. } = *self.mark;
        is_space(self.left) && (takes_none_before || closes.is_some())
            || is_space(self.right) && opens.is_some()
            || takes_one_after && self.right.is_some_and(|it| !it.is_ascii() || it.is_ascii_punctuation())
            || is_quote
                && (opens.is_some() && is_beyond_ascii(self.left)
                    || closes.is_some() && is_beyond_ascii(self.right))
    }
}

impl Finder<'_, '_> {
    fn look(&mut self, found: Found) {
        let Some(mark) = self.step.mark(found.character) else { return };
        let left = before(self.text, found.at).map(|(_, left)| left);
        let right = after(self.text, found.end()).map(|(_, right)| right);
        let place = Place { found, mark, left, right };
        if !place.is_worth_a_look() {
            return;
        }
        let edit_before = self.before(&place);
        let takes_spaces = edit_before.as_ref().is_some_and(Edit::is_deletion);
        let edit_after = self.after(&place, takes_spaces);
        self.waiting.extend(edit_before.into_iter().chain(edit_after));
    }

    fn before(&mut self, place: &Place<'_>) -> Option<Edit> {
        let Place { found, mark, left, .. } = *place;
        if left != Some(' ') {
            let is_gap = mark.is_quote && left.is_some_and(|left| self.ends_word(left));
            return (is_gap && self.is_on(OUTSIDE, found.at, mark.opens))
                .then(|| edit(found, found.at..found.at, OUTSIDE));
        }
        let start = before_spaces(self.text, found.at);
        let (_, outer) = before(self.text, start)?;
        if mark.takes_none_before {
            let goes = self.enabled[BEFORE]
                && self.is_after_word(mark, outer)
                && !place.right.is_some_and(native::is_digit)
                && (self.ends_something(place, outer) || self.belongs_before(place));
            return goes.then(|| edit(found, start..found.at, BEFORE));
        }
        let is_after_word =
            self.ends_word(outer) || self.step.mark(outer).is_some_and(|mark| mark.takes_none_before);
        (is_after_word && self.is_on(INSIDE, found.at, mark.closes))
            .then(|| edit(found, start..found.at, INSIDE))
    }

    fn after(&mut self, place: &Place<'_>, takes_spaces: bool) -> Option<Edit> {
        let Place { found, mark, left, .. } = *place;
        let (end, right) = (found.end(), place.right?);
        if right == ' ' {
            let end_of_spaces = after_spaces(self.text, end);
            let (_, outer) = after(self.text, end_of_spaces)?;
            let opens = self.step.mark(outer).is_some_and(|mark| mark.opens.is_some() && !outer.is_ascii());
            let is_before_word = self.step.native.is_wordly(outer) || opens;
            let goes = is_before_word && self.is_on(INSIDE, found.at, mark.opens);
            return goes.then(|| edit(found, end..end_of_spaces, INSIDE));
        }
        if mark.takes_one_after {
            let is_after_word = takes_spaces
                || left.is_some_and(|left| {
                    self.ends_word(left) || !mark.character.is_ascii() && left.is_ascii_alphanumeric()
                });
            let comes = self.enabled[AFTER] && is_after_word && self.begins_word(right, end);
            return comes.then(|| edit(found, end..end, AFTER));
        }
        let is_gap = mark.is_quote && self.step.native.is_letter(right) && !self.begins_suffix(end);
        (is_gap && self.is_on(OUTSIDE, found.at, mark.closes)).then(|| edit(found, end..end, OUTSIDE))
    }

    /// Whether a rule for pairs is switched on and a mark belongs to a kind of pairs that the line closes.
    fn is_on(&mut self, rule: usize, at: usize, kind: Option<usize>) -> bool {
        self.enabled[rule] && kind.is_some_and(|kind| self.pairs.are_closed(self.step, self.text, at, kind))
    }

    fn ends_word(&self, character: char) -> bool {
        self.step.native.is_wordly(character)
            || self.step.mark(character).is_some_and(|mark| mark.closes.is_some())
            || !character.is_ascii() && Category::of(character).is_mark()
    }

    /// Whether spaces may go between a character and a mark.
    fn is_after_word(&self, mark: &Mark, outer: char) -> bool {
        if mark.is_of_numbers {
            return native::is_digit(outer);
        }
        self.ends_word(outer) || !mark.character.is_ascii() && outer.is_ascii_alphanumeric()
    }

    fn begins_word(&mut self, character: char, at: usize) -> bool {
        let opens = self.step.mark(character).and_then(|mark| mark.opens);
        self.step.native.is_letter(character)
            || opens.is_some_and(|kind| self.pairs.are_closed(self.step, self.text, at, kind))
    }

    /// Whether a mark after `outer` and some spaces ends something there.
    fn ends_something(&self, place: &Place<'_>, outer: char) -> bool {
        let is_ascii = place.mark.character.is_ascii();
        let next = if is_ascii { after_spaces(self.text, place.found.end()) } else { place.found.end() };
        let is_between_digits =
            native::is_digit(outer) && after(self.text, next).is_some_and(|(_, next)| native::is_digit(next));
        let is_end = place.right.is_none_or(|right| {
            let mark = self.step.mark(right);
            let is_repeated = right == '.' && place.mark.character == '.';
            // NUL ends records.
            right.is_whitespace()
                || right == '\0'
                || mark
                    .is_some_and(|mark| mark.takes_none_before || mark.closes.is_some() && !right.is_ascii())
                    && !is_repeated
        });
        !is_between_digits && (is_end || !is_ascii)
    }

    /// Whether a colon at the beginning of a word or quotation is one of the word before it.
    fn belongs_before(&mut self, place: &Place<'_>) -> bool {
        let at = place.found.end();
        let Some(right) = place.right.filter(|right| !right.is_ascii() && place.mark.character == ':') else {
            return false;
        };
        let word = self.word(at, "");
        let is_face = self.step.faces.iter().any(|face| face.as_bytes() == word);
        let name = self.word(at, "\u{200C}_-"); // ZWNJ
        let is_shortcode = self.text[at + name.len()..].starts_with(b":");
        self.begins_word(right, at) && !is_face && !is_shortcode
    }

    /// Whether the word at `at` is one that belongs to the quotation before it.
    fn begins_suffix(&self, at: usize) -> bool {
        let word = self.word(at, "");
        self.step.suffixes.iter().any(|suffix| suffix.as_bytes() == word)
    }

    /// Letters of the language, marks, and characters of `others` from `at` on.
    fn word(&self, at: usize, others: &str) -> &[u8] {
        let is_letter = |character| self.step.native.is_letter(character);
        let mut end = at;
        while let Some((next, character)) = after(self.text, end)
            && (is_letter(character) || Category::of(character).is_mark() || others.contains(character))
        {
            end = next;
        }
        &self.text[at..end]
    }
}

fn edit(found: Found, spaces: Range<usize>, rule: usize) -> Edit {
    Edit { at: found.at, spaces, rule }
}
