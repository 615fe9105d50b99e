//! What stands around a place; what was found out about a gap, a word or a line is not looked for again.

use std::ops::Range;

use memchr::{memchr2, memmem, memrchr2};
use unicode::joining::is_cursive;
use unicode::{Category, JoiningType};

use crate::neighbour::{after, before};

const TATWEEL: char = '\u{640}';

/// A list of a rule, under a number of its own.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub number: usize,
    pub items: Vec<String>,
}

/// What is known of the surroundings of the last place asked about; places come in ascending order.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    gap: Gap,
    word: Stretch,
    line: Stretch,
}

/// A run of characters that may stand within a word.
#[derive(Debug, Default)]
struct Gap {
    range: Range<usize>,
    /// Letters of a cursive script stand on both sides.
    is_between: bool,
    /// The letter before joins the one after it.
    is_after_joining: bool,
}

/// A stretch of text, and which lists have an item in it, by number.
#[derive(Debug, Default)]
struct Stretch {
    range: Range<usize>,
    has: Vec<Option<bool>>,
}

impl Stretch {
    fn has(
        &mut self,
        text: &[u8],
        place: Range<usize>,
        list: &List,
        around: impl Fn() -> Range<usize>,
    ) -> bool {
        if place.start < self.range.start || place.end > self.range.end || self.range.is_empty() {
            self.range = around();
            self.has.clear();
        }
        if self.has.len() <= list.number {
            self.has.resize(list.number + 1, None);
        }
        let stretch = &text[self.range.clone()];
        *self.has[list.number].get_or_insert_with(|| {
            list.items.iter().any(|item| memmem::find(stretch, item.as_bytes()).is_some())
        })
    }
}

impl Surroundings {
    /// Whether the word around a place has an item of a list.
    pub fn word_has(&mut self, text: &[u8], start: usize, end: usize, list: &List) -> bool {
        self.word.has(text, start..end, list, || {
            let mut range = start..end;
            while let Some((place, character)) = before(text, range.start)
                && is_of_word(character)
            {
                range.start = place;
            }
            while let Some((end, character)) = after(text, range.end)
                && is_of_word(character)
            {
                range.end = end;
            }
            range
        })
    }

    /// Whether the line around a place has an item of a list.
    pub fn line_has(&mut self, text: &[u8], start: usize, end: usize, list: &List) -> bool {
        self.line.has(text, start..end, list, || {
            let line_start = memrchr2(b'\n', b'\r', &text[..start]).map_or(0, |place| place + 1);
            line_start..memchr2(b'\n', b'\r', &text[end..]).map_or(text.len(), |place| end + place)
        })
    }

    /// Whether letters of a cursive script stand on both sides.
    pub fn is_between(&mut self, text: &[u8], start: usize, end: usize) -> bool {
        self.gap(text, start, end).is_between
    }

    /// Whether the letter before joins the one after it.
    pub fn is_after_joining(&mut self, text: &[u8], start: usize, end: usize) -> bool {
        self.gap(text, start, end).is_after_joining
    }

    fn gap(&mut self, text: &[u8], start: usize, end: usize) -> &Gap {
        if start < self.gap.range.start || end > self.gap.range.end || self.gap.range.is_empty() {
            self.gap = Gap::around(text, start..end);
        }
        &self.gap
    }
}

impl Gap {
    fn around(text: &[u8], place: Range<usize>) -> Self {
        let mut range = place;
        let mut sides = [None; 2];
        while let Some((start, character)) = before(text, range.start) {
            if !is_looked_through(character) {
                sides[0] = Some(character);
                break;
            }
            range.start = start;
        }
        while let Some((end, character)) = after(text, range.end) {
            if !is_looked_through(character) {
                sides[1] = Some(character);
                break;
            }
            range.end = end;
        }
        Gap {
            range,
            is_between: sides.into_iter().all(|side| side.is_some_and(is_cursive)),
            is_after_joining: sides[0].is_some_and(joins_next),
        }
    }
}

/// Whether nothing of a word ends at `at`.
pub(super) fn is_word_start(text: &[u8], at: usize) -> bool {
    before(text, at).is_none_or(|(_, character)| !is_of_word(character))
}

/// Whether nothing of a word begins at `at`.
pub(super) fn is_word_end(text: &[u8], at: usize) -> bool {
    after(text, at).is_none_or(|(_, character)| !is_of_word(character))
}

/// Whether a letter follows, past marks and tatweel.
pub(super) fn is_before_letter(text: &[u8], at: usize) -> bool {
    let mut at = at;
    while let Some((end, character)) = after(text, at) {
        if is_letter(character) {
            return true;
        }
        if character != TATWEEL && !Category::of(character).is_mark() {
            return false;
        }
        at = end;
    }
    false
}

/// Whether one of some marks stands among those that follow.
pub(super) fn is_marked(text: &[u8], at: usize, marks: &[String]) -> bool {
    let mut at = at;
    while let Some((end, character)) = after(text, at)
        && Category::of(character).is_mark()
    {
        if marks.iter().any(|mark| mark.as_bytes() == &text[at..end]) {
            return true;
        }
        at = end;
    }
    false
}

fn is_letter(character: char) -> bool {
    character != TATWEEL && Category::of(character).is_letter()
}

/// A letter, a mark, ZWNJ, ZWJ or SOFT HYPHEN.
fn is_of_word(character: char) -> bool {
    let category = Category::of(character);
    category.is_letter() || category.is_mark() || matches!(character, '\u{200C}' | '\u{200D}' | '\u{AD}')
}

fn joins_next(character: char) -> bool {
    is_letter(character)
        && matches!(JoiningType::of(character), JoiningType::DualJoining | JoiningType::LeftJoining)
}

/// Marks, tatweel, ZWNJ, ZWJ, SOFT HYPHEN; and NOT SIGN, which stands in the place of one.
fn is_looked_through(character: char) -> bool {
    matches!(character, TATWEEL | '\u{200C}' | '\u{200D}' | '\u{AD}' | '\u{AC}')
        || Category::of(character).is_mark()
}
