//! Proposes where U+200C was deleted or turned into a space.

use std::borrow::Cow;
use std::ops::Range;

use super::guard::is_foreign;
use super::hash::word_hash;
use super::insert::{Part, Parted};
use super::join::{Gap, Side};
use super::letters::ZWNJ;
use super::model::{Model, ModelError, UNIT};
use super::phrase::{Phrase, Word, for_each_phrase};

/// What kind of change is proposed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A ZWNJ is put between two letters of a word; the range is empty.
    Insert,
    /// The one space between two words becomes a ZWNJ; the range is that space.
    Join,
}

/// Knows where Persian words are divided by a ZWNJ.
#[derive(Clone, Debug)]
pub struct Restorer {
    model: Model,
}

/// The confidence that is right for most uses.
pub const CONFIDENCE: f32 = 0.5;

/// Logits below which nothing is proposed, in units of `UNIT` to one.
#[derive(Clone, Copy)]
pub(crate) struct Thresholds {
    pub(crate) insert: i32,
    pub(crate) join: i32,
}

impl Restorer {
    /// The model that this crate carries.
    #[must_use]
    pub fn builtin() -> Restorer {
        let bytes: &'static [u8] = include_bytes!("../../data/fa/zwnj.model");
        Restorer { model: Model::from_bytes(Cow::Borrowed(bytes)).expect("the model of the crate was checked by its tests") }
    }

    /// A model that `scripts/build-language` made.
    ///
    /// # Errors
    ///
    /// When the bytes are no model, of another version of the format, cut off, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Restorer, ModelError> {
        Ok(Restorer { model: Model::from_bytes(Cow::Owned(bytes.to_vec()))? })
    }

    pub(crate) fn of_model(model: Model) -> Restorer {
        Restorer { model }
    }

    /// Shows every change that is at least as sure as `confidence` (0.0 to 1.0), in ascending order.
    pub fn for_each_change(&self, text: &[u8], confidence: f32, mut show: impl FnMut(Range<usize>, &[u8], Kind)) {
        if is_foreign(text) {
            return;
        }
        let thresholds = Thresholds::of(confidence);
        for_each_phrase(text, &mut Phrase::default(), |phrase| {
            let mut state = State::new(phrase, &self.model, thresholds);
            state.settle();
            state.show(&mut show);
        });
    }
}

impl Thresholds {
    fn of(confidence: f32) -> Thresholds {
        let confidence = if confidence.is_nan() { CONFIDENCE } else { confidence.clamp(0.01, 0.99) };
        let logit = (confidence / (1.0 - confidence)).ln() * UNIT as f32;
        let logit = logit.round() as i32;
        Thresholds { insert: logit, join: logit + std::env::var("JT").ok().and_then(|v| v.parse().ok()).unwrap_or(24) }
    }
}

/// A word of the state: what the text has, what was added, and what of it is not yet looked at.
#[derive(Clone, Copy)]
struct Entry {
    word: Word,
    hash: u64,
    class: u8,
    /// The word is new, or has new divisions.
    look_inside: bool,
    /// This word or the next one is new.
    look_after: bool,
}

/// The words of a phrase on their way to a state in which nothing more is proposed. Every decision depends on the
/// state alone, and the state can be read off the changed text: so a second run begins where this one ended.
struct State<'a> {
    phrase: &'a Phrase,
    model: &'a Model,
    thresholds: Thresholds,
    entries: Vec<Entry>,
}

impl<'a> State<'a> {
    fn new(phrase: &'a Phrase, model: &'a Model, thresholds: Thresholds) -> State<'a> {
        let mut state = State { phrase, model, thresholds, entries: Vec::with_capacity(phrase.words.len()) };
        for &word in &phrase.words {
            let entry = state.entry(word);
            state.entries.push(entry);
        }
        state
    }

    fn entry(&self, word: Word) -> Entry {
        let hash = word_hash(self.phrase.codes_of(&word));
        Entry { word, hash, class: self.model.class(hash), look_inside: true, look_after: true }
    }

    /// Divides and joins until nothing changes. Every round but the last adds a ZWNJ, and looks only at words that changed
    /// and their neighbours; a word has at most `LETTERS_MAX` letters, so the number of rounds is bounded.
    fn settle(&mut self) {
        while self.join_words() | self.divide_words() {}
    }

    fn divide_words(&mut self) -> bool {
        let mut changed = false;
        for at in 0..self.entries.len() {
            if !std::mem::take(&mut self.entries[at].look_inside) {
                continue;
            }
            let word = self.entries[at].word;
            let added = self.division(&word) & !word.zwnj;
            if added != 0 {
                self.entries[at].word.zwnj |= added;
                self.entries[at].look_inside = true;
                changed = true;
            }
        }
        changed
    }

    /// Where a word is to be divided: the whole word, or each part of one that is divided already.
    fn division(&self, word: &Word) -> u64 {
        let (mut from, mut mask) = (0, 0);
        while from < word.length {
            let rest = word.zwnj >> (from + 1);
            let to = if rest == 0 { word.length } else { from + 1 + rest.trailing_zeros() as usize };
            let part = Word { from: word.from + from, length: to - from, zwnj: 0 };
            mask |= division_of(self.model, self.phrase.codes_of(&part), self.phrase.places_of(&part), self.thresholds.insert) << from;
            from = to;
        }
        mask
    }

    fn join_words(&mut self) -> bool {
        let mut kept = 0;
        let count = self.entries.len();
        let mut changed = false;
        for at in 0..count {
            if kept > 0 && self.entries[kept - 1].look_after {
                let beyond_left = if kept > 1 { self.entries[kept - 2].hash } else { 0 };
                let beyond_right = if at + 1 < count { self.entries[at + 1].hash } else { 0 };
                let (left, right) = (self.entries[kept - 1], self.entries[at]);
                if self.is_joined(&left, &right, beyond_left, beyond_right) {
                    let zwnj = left.word.zwnj | 1 << left.word.length | right.word.zwnj << left.word.length;
                    let word = Word { from: left.word.from, length: left.word.length + right.word.length, zwnj };
                    self.entries[kept - 1] = self.entry(word);
                    for near in [kept.checked_sub(3), kept.checked_sub(2)].into_iter().flatten() {
                        self.entries[near].look_after = true;
                    }
                    if at + 1 < count {
                        self.entries[at + 1].look_after = true;
                    }
                    changed = true;
                    continue;
                }
                self.entries[kept - 1].look_after = false;
            }
            self.entries[kept] = self.entries[at];
            kept += 1;
        }
        self.entries.truncate(kept);
        changed
    }

    fn is_joined(&self, left: &Entry, right: &Entry, beyond_left: u64, beyond_right: u64) -> bool {
        let (first, second) = (&left.word, &right.word);
        if !may_join(self.phrase, first, second) {
            return false;
        }
        let gap = Gap {
            left: left_side(self.phrase.codes_of(first), left.hash, left.class),
            right: right_side(self.phrase.codes_of(second), right.hash, right.class),
            beyond_left,
            beyond_right,
            whole: 0,
        };
        gap_logit(self.model, gap) >= self.thresholds.join
    }

    /// Compares the state with the text it was read from.
    fn show(&self, show: &mut impl FnMut(Range<usize>, &[u8], Kind)) {
        let mut words = self.phrase.words.iter();
        let mut original = words.next();
        for entry in &self.entries {
            for at in 1..entry.word.length {
                let letter = entry.word.from + at;
                // Words that were joined: the next word of the text begins here. One that is left alone has no letters.
                while original.is_some_and(|word| word.from + word.length <= letter) {
                    original = words.next();
                }
                let Some(word) = original else { return };
                let end = self.phrase.ends[letter - 1];
                if entry.word.zwnj >> at & 1 == 0 {
                    continue;
                }
                if word.from == letter {
                    show(end..end + 1, ZWNJ, Kind::Join);
                } else if word.zwnj >> (letter - word.from) & 1 == 0 {
                    show(end..end, ZWNJ, Kind::Insert);
                }
            }
        }
    }
}

/// Where a run of letters without a ZWNJ is to be divided.
pub(crate) fn division_of(model: &Model, codes: &[u8], places: u64, threshold: i32) -> u64 {
    if codes.len() < 3 || places == 0 {
        return 0;
    }
    if let Some(decision) = model.decision(word_hash(codes)) {
        return if decision.logit() >= threshold { decision.mask() & places } else { 0 };
    }
    let parted = parted(model, codes);
    let mut mask = 0;
    for at in 1..codes.len() {
        if places >> at & 1 == 1 && place_logit(model, &parted, at) >= threshold {
            mask |= 1 << at;
        }
    }
    mask
}

pub(crate) fn parted(model: &Model, codes: &[u8]) -> Parted {
    Parted::new(codes, |part, hash| {
        let class = model.class(hash);
        if part == Part::Whole { super::class::of_whole(class) } else { class }
    })
}

/// The logit of a ZWNJ after `at` letters.
#[inline]
pub(crate) fn place_logit(model: &Model, parted: &Parted, at: usize) -> i32 {
    let mut sum = 0;
    parted.features(at, |feature| sum += model.insert_weight(feature));
    sum
}

/// Whether two words may be joined at all: both are words, the first one ends in a joining letter, the second one is
/// no single letter (but ی, as in «خانه ی»), and together they are not too long.
pub(crate) fn may_join(phrase: &Phrase, left: &Word, right: &Word) -> bool {
    left.length >= 2
        && right.length >= 1
        && left.length + right.length <= super::hash::LETTERS_MAX
        && phrase.joins[left.from + left.length - 1]
        && (right.length > 1 || phrase.codes[right.from] == YEH)
}

const YEH: u8 = 33;

/// The logit that a space stands for a ZWNJ.
pub(crate) fn gap_logit(model: &Model, mut gap: Gap) -> i32 {
    if let Some(logit) = model.pair(gap.pair_hash()) {
        return logit;
    }
    gap.whole = super::class::of_joined(model.class(gap.whole_hash()));
    let mut sum = 0;
    gap.features(|feature| sum += model.join_weight(feature));
    sum
}

pub(crate) fn left_side(codes: &[u8], hash: u64, class: u8) -> Side {
    let tail = |count: usize| word_hash(&codes[codes.len().saturating_sub(count)..]);
    Side { hash, length: codes.len(), class, near: tail(2), nearer: tail(3) }
}

pub(crate) fn right_side(codes: &[u8], hash: u64, class: u8) -> Side {
    let head = |count: usize| word_hash(&codes[..codes.len().min(count)]);
    Side { hash, length: codes.len(), class, near: head(2), nearer: head(3) }
}
