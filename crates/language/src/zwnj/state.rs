//! The words of a phrase on their way to a state in which nothing more is proposed.

use std::ops::Range;

use super::affix::{is_loose, is_optional};
use super::hash::word_hash;
use super::join::Gap;
use super::judge::{division, gap_logit, left_side, looks_affixed, may_join, right_side};
use super::letters::ZWNJ;
use super::model::Model;
use super::phrase::{Phrase, Word};
use super::policy::{LOOSE_WORD, Policy};
use super::restorer::Kind;

/// A word of the state: what the text has, what was added, and what of it is not yet looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    word: Word,
    hash: u64,
    /// The word is new, or has new divisions.
    look_inside: bool,
    /// This word or one near it is new.
    look_after: bool,
}

/// The words of a phrase. Every decision depends on the state alone, and the state can be read off the changed text: so a
/// second run begins where this one ended.
pub(crate) struct State<'a> {
    phrase: &'a Phrase,
    model: &'a Model,
    policy: Policy,
    entries: &'a mut Vec<Entry>,
}

impl<'a> State<'a> {
    /// The state that the text is in; `entries` is the room it is built in.
    pub(crate) fn new(
        phrase: &'a Phrase,
        model: &'a Model,
        policy: Policy,
        entries: &'a mut Vec<Entry>,
    ) -> State<'a> {
        entries.clear();
        let state = State { phrase, model, policy, entries };
        for &word in &phrase.words {
            let entry = state.entry(word);
            state.entries.push(entry);
        }
        state
    }

    /// Divides and joins until nothing changes. Every round but the last adds a ZWNJ and looks only at words near one that
    /// changed; a word has at most `LETTERS_MAX` letters, so the number of rounds is bounded.
    pub(crate) fn settle(&mut self) {
        while self.join_words() | self.divide_words() {}
    }

    /// Whether some word has a ZWNJ.
    pub(crate) fn is_divided(&self) -> bool {
        self.entries.iter().any(|entry| entry.word.zwnj != 0)
    }

    /// How many affixes stand alone.
    pub(crate) fn loose_affixes(&self) -> usize {
        (1..self.entries.len()).filter(|&at| self.is_affixed(at) && self.is_joined_before(at)).count()
    }

    /// How many spaces seem to stand for a ZWNJ.
    pub(crate) fn loose_words(&self) -> usize {
        (1..self.entries.len()).filter(|&at| self.is_joined_before(at)).count()
    }

    /// Whether some undivided word lacks a ZWNJ.
    pub(crate) fn lacks_division(&self) -> bool {
        self.entries.iter().any(|entry| entry.word.zwnj == 0 && self.part_division(&entry.word) != 0)
    }

    fn entry(&self, word: Word) -> Entry {
        Entry { word, hash: word_hash(self.phrase.codes_of(&word)), look_inside: true, look_after: true }
    }

    fn divide_words(&mut self) -> bool {
        let mut changed = false;
        for at in 0..self.entries.len() {
            if !std::mem::take(&mut self.entries[at].look_inside) {
                continue;
            }
            let word = self.entries[at].word;
            let added = self.word_division(&word) & !word.zwnj;
            if added != 0 {
                self.entries[at].word.zwnj |= added;
                self.entries[at].look_inside = true;
                changed = true;
            }
        }
        changed
    }

    /// Where a word is to be divided: the whole word, or each part of one that is divided already.
    fn word_division(&self, word: &Word) -> u64 {
        let (mut from, mut mask) = (0, 0);
        while from < word.length {
            let rest = word.zwnj >> (from + 1);
            let to = if rest == 0 { word.length } else { from + 1 + rest.trailing_zeros() as usize };
            let part = Word { from: word.from + from, length: to - from, zwnj: 0 };
            mask |= self.part_division(&part) << from;
            from = to;
        }
        mask
    }

    fn part_division(&self, part: &Word) -> u64 {
        let codes = self.phrase.codes_of(part);
        let threshold = if self.policy.insert_optional == Some(self.policy.insert) || !is_optional(codes) {
            self.policy.insert
        } else {
            let Some(threshold) = self.policy.insert_optional else { return 0 };
            threshold
        };
        division(self.model, codes, self.phrase.places_of(part), threshold)
    }

    fn join_words(&mut self) -> bool {
        let mut kept = 0;
        let count = self.entries.len();
        let mut changed = false;
        for at in 0..count {
            if kept > 0 && std::mem::take(&mut self.entries[kept - 1].look_after) {
                let beyond_left = if kept > 1 { self.entries[kept - 2].hash } else { 0 };
                let beyond_right = if at + 1 < count { self.entries[at + 1].hash } else { 0 };
                let (left, right) = (self.entries[kept - 1], self.entries[at]);
                if self.is_joined(&left, &right, beyond_left, beyond_right) {
                    self.entries[kept - 1] = self.joined(&left.word, &right.word);
                    // The two spaces before see this word, the next one as a neighbour, the other beyond it.
                    for near in [kept.checked_sub(3), kept.checked_sub(2), Some(at + 1)].into_iter().flatten()
                    {
                        if let Some(entry) = self.entries.get_mut(near) {
                            entry.look_after = true;
                        }
                    }
                    changed = true;
                    continue;
                }
            }
            self.entries[kept] = self.entries[at];
            kept += 1;
        }
        self.entries.truncate(kept);
        changed
    }

    fn joined(&self, left: &Word, right: &Word) -> Entry {
        let zwnj = left.zwnj | 1 << left.length | right.zwnj << left.length;
        self.entry(Word { from: left.from, length: left.length + right.length, zwnj })
    }

    fn is_affixed(&self, at: usize) -> bool {
        let (left, right) = (&self.entries[at - 1], &self.entries[at]);
        let letters = |entry: &Entry| self.phrase.codes_of(&entry.word);
        looks_affixed(self.model, (letters(left), left.hash), (letters(right), right.hash))
    }

    fn is_joined_before(&self, at: usize) -> bool {
        let beyond_left = at.checked_sub(2).map_or(0, |at| self.entries[at].hash);
        let beyond_right = self.entries.get(at + 1).map_or(0, |entry| entry.hash);
        self.is_joined(&self.entries[at - 1], &self.entries[at], beyond_left, beyond_right)
    }

    fn is_joined(&self, left: &Entry, right: &Entry, beyond_left: u64, beyond_right: u64) -> bool {
        if !may_join(self.phrase, &left.word, &right.word) {
            return false;
        }
        let (first, second) = (self.phrase.codes_of(&left.word), self.phrase.codes_of(&right.word));
        let threshold = if looks_affixed(self.model, (first, left.hash), (second, right.hash)) {
            self.policy.affix
        } else {
            let Some(threshold) = self.policy.join else { return false };
            threshold + if is_loose(first, left.hash) { LOOSE_WORD } else { 0 }
        };
        let gap = Gap {
            left: left_side(first, left.hash, self.model.class(left.hash)),
            right: right_side(second, right.hash, self.model.class(right.hash)),
            beyond_left,
            beyond_right,
            whole: 0,
        };
        gap_logit(self.model, gap) >= threshold
    }

    /// Compares the state with the text it was read from.
    pub(crate) fn show(&self, show: &mut impl FnMut(Range<usize>, &[u8], Kind)) {
        let mut words = self.phrase.words.iter();
        let mut original = words.next();
        for entry in self.entries.iter() {
            for at in 1..entry.word.length {
                if entry.word.zwnj >> at & 1 == 0 {
                    continue;
                }
                let letter = entry.word.from + at;
                // The word of the text in which this letter stands; one that is left alone has no letters.
                while original.is_some_and(|word| word.from + word.length <= letter) {
                    original = words.next();
                }
                let Some(word) = original else { return };
                let end = self.phrase.ends[letter - 1];
                if word.from == letter {
                    show(end..end + 1, ZWNJ, Kind::Join);
                } else if word.zwnj >> (letter - word.from) & 1 == 0 {
                    show(end..end, ZWNJ, Kind::Insert);
                }
            }
        }
    }
}
