//! Which pairs of quotation marks are typography of a language's prose, and not of code, of data or of text in another script.

use unicode::space::is_white_space;
use unicode::{Category, ignorable};

use super::marks::{self, Marks};
use super::pairs::Paired;
use crate::native::Native;
use crate::neighbour::{after, before};

/// Tells them apart by what stands inside and outside; it carries nothing from one line to the next but its space.
#[derive(Debug, Clone)]
pub(super) struct Prose {
    native: Native,
    pairs: Vec<Pair>,
    /// Whether each list of pairs is one of prose.
    lists: Vec<bool>,
    /// The pairs that are open, by their places.
    open: Vec<usize>,
}

/// What is known of one pair.
#[derive(Debug, Clone, Copy)]
struct Pair {
    /// The pair around it.
    parent: Option<usize>,
    /// The list that it stands in.
    list: usize,
    has_letter: bool,
    /// Its marks are what the language writes.
    is_own: bool,
    is_prose: bool,
}

impl Prose {
    pub fn new(native: Native) -> Self {
        Prose { native, pairs: Vec::new(), lists: Vec::new(), open: Vec::new() }
    }

    /// Leaves those pairs of a line that are prose.
    ///
    /// A pair must hold a letter of the language's scripts, and stand between what [`Prose::may_open_after`] and
    /// [`Prose::may_close_before`] say. Pairs with nothing but commas, semicolons and colons between them are one list: all or none of
    /// them are prose. What stands in a pair that is to be changed is as that pair is, if it has a letter.
    pub fn retain(&mut self, line: &[u8], paired: &mut Vec<Paired>, target: Marks) {
        self.read(line, paired, target);
        for place in 0..self.pairs.len() {
            let Pair { parent, list, has_letter, .. } = self.pairs[place];
            let parent = parent.map(|parent| self.pairs[parent]).filter(|parent| !parent.is_own);
            self.pairs[place].is_prose =
                has_letter && parent.map_or(self.lists[list], |parent| parent.is_prose);
        }
        self.open.clear();
        let mut next = 0;
        paired.retain(|paired| {
            let place = if paired.opens {
                self.open.push(next);
                next += 1;
                next - 1
            } else {
                self.open.pop().unwrap_or_default()
            };
            self.pairs[place].is_prose
        });
    }

    /// Finds out about each pair, in the order of their opening marks.
    fn read(&mut self, line: &[u8], paired: &[Paired], target: Marks) {
        self.pairs.clear();
        self.lists.clear();
        self.open.clear();
        let mut from = 0;
        // The pair that was closed by the mark before.
        let mut last: Option<usize> = None;
        for &Paired { mark, opens, partner, .. } in paired {
            let (start, end) = (mark.found.at, mark.found.end());
            let between = &line[from..start];
            from = end;
            if self.has_letter(between)
                && let Some(&around) = self.open.last()
            {
                self.pairs[around].has_letter = true;
            }
            if opens {
                let list = last.filter(|_| is_separator(between)).map(|last| self.pairs[last].list);
                let list = list.unwrap_or_else(|| {
                    self.lists.push(true);
                    self.lists.len() - 1
                });
                self.lists[list] &= self.may_open_after(line, start);
                let is_own = (mark.found.character, partner.found.character) == target.outer;
                let parent = self.open.last().copied();
                self.open.push(self.pairs.len());
                self.pairs.push(Pair { parent, list, has_letter: false, is_own, is_prose: false });
                last = None;
            } else {
                last = self.open.pop();
                let Some(Pair { parent, list, has_letter, .. }) = last.map(|place| self.pairs[place]) else {
                    continue;
                };
                self.lists[list] &= self.may_close_before(line, end, partner.found.at);
                if let Some(parent) = parent {
                    self.pairs[parent].has_letter |= has_letter;
                }
            }
        }
    }

    fn has_letter(&self, text: &[u8]) -> bool {
        let mut at = 0;
        while let Some((end, character)) = after(text, at) {
            if self.native.is_letter(character) {
                return true;
            }
            at = end;
        }
        false
    }

    /// Whether prose may stand before a quotation that begins at `at`: white space, a letter or mark of the language, punctuation of
    /// sentences, or a round bracket that calls no function; and no sign of code or key of JSON before the white space.
    fn may_open_after(&self, line: &[u8], at: usize) -> bool {
        let (start, spaced) = nearest_before(line, at);
        let is_code = spaced.is_some_and(is_of_code)
            || spaced == Some(':') && nearest_before(line, start).1.is_some_and(marks::is_quotation_mark);
        match before(line, seen_before(line, at)).map(|(_, left)| left) {
            None => true,
            Some('(') => {
                let outer = before(line, seen_before(line, start)).map(|(_, outer)| outer);
                !outer.is_some_and(|outer| outer.is_ascii_alphanumeric() || "_$])".contains(outer))
            }
            Some(',' | ';') => false,
            Some(left) => !is_code && self.is_of_prose(left),
        }
    }

    /// The same for what follows a quotation that ends at `at` and began at `start`: commas and full stops must end something, and no
    /// value of JSON follows.
    fn may_close_before(&self, line: &[u8], at: usize, start: usize) -> bool {
        let Some((end, right)) = after(line, seen_after(line, at)) else { return true };
        let (spaced_end, spaced) = nearest_after(line, at);
        let next = after(line, end).map(|(_, next)| next);
        let is_value = |next: char| {
            marks::is_quotation_mark(next) || next.is_ascii_alphanumeric() || "[{-".contains(next)
        };
        if spaced.is_some_and(is_of_code)
            || spaced == Some(':') && nearest_after(line, spaced_end).1.is_some_and(is_value)
        {
            return false;
        }
        match right {
            // A line of its own in an array.
            ',' if next.is_none() => nearest_before(line, start).1.is_some(),
            ',' | ';' => next.is_none_or(is_white_space),
            '.' => !next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '_'),
            ')' => next != Some(';'),
            right => self.is_of_prose(right),
        }
    }

    fn is_of_prose(&self, character: char) -> bool {
        let category = Category::of(character);
        is_white_space(character)
            || category == Category::Control
            || self.native.is_letter(character)
            || "()!?.:-".contains(character)
            || !character.is_ascii()
                && (category.is_mark() || category.is_punctuation())
                && !marks::is_quotation_mark(character)
    }
}

/// Signs that stand beside strings of code and data, spaces apart too; `>` then is the mark of a mail that is quoted.
fn is_of_code(character: char) -> bool {
    "={}[]\\|+".contains(character)
}

/// Whether pairs with this between them stand in one list.
fn is_separator(between: &[u8]) -> bool {
    let is_sign = |byte: &u8| matches!(byte, b',' | b';' | b':');
    between.iter().any(is_sign) && between.iter().all(|byte| is_sign(byte) || byte.is_ascii_whitespace())
}

/// Where characters that nobody sees begin before `at`.
fn seen_before(line: &[u8], at: usize) -> usize {
    back_over(line, at, ignorable::is_default_ignorable)
}

fn seen_after(line: &[u8], at: usize) -> usize {
    over(line, at, ignorable::is_default_ignorable)
}

/// The nearest character before `at` that is no space, and where it begins.
fn nearest_before(line: &[u8], at: usize) -> (usize, Option<char>) {
    let end = back_over(line, at, is_passed);
    before(line, end).map_or((0, None), |(start, character)| (start, Some(character)))
}

/// The nearest character after `at` that is no space, and where it ends.
fn nearest_after(line: &[u8], at: usize) -> (usize, Option<char>) {
    let start = over(line, at, is_passed);
    after(line, start).map_or((line.len(), None), |(end, character)| (end, Some(character)))
}

fn is_passed(character: char) -> bool {
    is_white_space(character) || ignorable::is_default_ignorable(character)
}

fn back_over(line: &[u8], at: usize, passes: impl Fn(char) -> bool) -> usize {
    let mut start = at;
    while let Some((place, _)) = before(line, start).filter(|&(_, character)| passes(character)) {
        start = place;
    }
    start
}

fn over(line: &[u8], at: usize, passes: impl Fn(char) -> bool) -> usize {
    let mut end = at;
    while let Some((place, _)) = after(line, end).filter(|&(_, character)| passes(character)) {
        end = place;
    }
    end
}
