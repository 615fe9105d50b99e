//! Proposes where U+200C was deleted or turned into a space.

use std::borrow::Cow;
use std::ops::Range;

use super::affix::is_affixed;
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
    /// For a word and an affix.
    pub(crate) affix: i32,
    /// For two other words.
    pub(crate) join: i32,
    /// The same, in a text that has nothing to tell by.
    pub(crate) join_doubtful: i32,
    /// The same, if there is more than one such space.
    pub(crate) join_several: i32,
    /// The same, in a text that has ZWNJ or lost them without a trace: its spaces are spaces.
    pub(crate) join_closed: i32,
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
        let mut phrase = Phrase::default();
        let signs = self.signs(text, thresholds, &mut phrase);
        let places = if signs.glued || !(signs.loose >= std::env::var("LN").ok().and_then(|v| v.parse().ok()).unwrap_or(2) || signs.divided) { Places::All } else { Places::Sure };
        if signs.loose > 0 {
            self.run(text, Policy { thresholds, join: thresholds.join, places }, &mut phrase, &mut show);
        } else if !self.run(text, Policy { thresholds, join: thresholds.join_closed, places }, &mut phrase, &mut show) {
            let join = if self.loose_words(text, thresholds, &mut phrase) > 1 { thresholds.join_several } else { thresholds.join_doubtful };
            self.run(text, Policy { thresholds, join, places }, &mut phrase, &mut show);
        }
    }

    /// Shows the changes of a text; whether it now has a ZWNJ.
    fn run(
        &self,
        text: &[u8],
        policy: Policy,
        phrase: &mut Phrase,
        show: &mut impl FnMut(Range<usize>, &[u8], Kind),
    ) -> bool {
        let mut divided = false;
        for_each_phrase(text, phrase, |phrase| {
            let mut state = State::new(phrase, &self.model, policy);
            state.settle();
            divided |= state.entries.iter().any(|entry| entry.word.zwnj != 0);
            state.show(show);
        });
        divided
    }
}

impl Restorer {
    /// How many spaces between words seem to stand for a ZWNJ.
    fn loose_words(&self, text: &[u8], thresholds: Thresholds, phrase: &mut Phrase) -> usize {
        let mut count = 0;
        for_each_phrase(text, phrase, |phrase| {
            let policy = Policy { thresholds, join: thresholds.join_several, places: Places::All };
            count += State::new(phrase, &self.model, policy).loose_words();
        });
        count
    }

    /// What a text shows of its fate.
    fn signs(&self, text: &[u8], thresholds: Thresholds, phrase: &mut Phrase) -> Signs {
        let mut signs = Signs::default();
        for_each_phrase(text, phrase, |phrase| {
            let policy = Policy { thresholds, join: thresholds.join, places: Places::All };
            let state = State::new(phrase, &self.model, policy);
            signs.divided |= phrase.words.iter().any(|word| word.zwnj != 0);
            signs.loose += state.loose_affixes();
            signs.glued = signs.glued || state.has_glued_affix();
        });
        signs
    }
}

/// What can be seen of what happened to a text.
#[derive(Clone, Copy, Default)]
struct Signs {
    /// An affix stands alone: ZWNJ became spaces.
    loose: usize,
    /// An affix hangs on a word as no writer would have it: ZWNJ were deleted.
    glued: bool,
    /// There are ZWNJ.
    divided: bool,
}

/// Which places inside words are in question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    All,
    /// Not those where many writers want nothing.
    Sure,
}

#[derive(Clone, Copy)]
struct Policy {
    thresholds: Thresholds,
    /// For the space between two words that are no affixes.
    join: i32,
    places: Places,
}

impl Thresholds {
    fn of(confidence: f32) -> Thresholds {
        let confidence = if confidence.is_nan() { CONFIDENCE } else { confidence.clamp(0.01, 0.99) };
        let logit = (confidence / (1.0 - confidence)).ln() * UNIT as f32;
        let logit = logit.round() as i32;
        let env = |name: &str, default: i32| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default);
        Thresholds { insert: logit+env("IT",0), affix: logit + env("AT",0), join: logit + env("JT",24), join_doubtful: logit + env("JD",128), join_several: logit + env("JS",40), join_closed: logit + env("JC",400) }
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
    policy: Policy,
    entries: Vec<Entry>,
}

impl<'a> State<'a> {
    fn new(phrase: &'a Phrase, model: &'a Model, policy: Policy) -> State<'a> {
        let mut state = State { phrase, model, policy, entries: Vec::with_capacity(phrase.words.len()) };
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
            mask |= self.division_of_part(&part) << from;
            from = to;
        }
        mask
    }

    fn division_of_part(&self, part: &Word) -> u64 {
        let codes = self.phrase.codes_of(part);
        let mut threshold = self.policy.thresholds.insert;
        if self.policy.places == Places::Sure {
            if optional(codes) { return 0; }
            threshold += std::env::var("ST").ok().and_then(|v| v.parse().ok()).unwrap_or(48);
        }
        division_of(self.model, codes, self.phrase.places_of(part), threshold)
    }

    /// Whether some word lacks a ZWNJ that few writers would leave out: «میکند», «رسانهها», «شرکتکنندگان».
    fn has_glued_affix(&self) -> bool {
        let threshold = self.policy.thresholds.insert + std::env::var("GT").ok().and_then(|v| v.parse().ok()).unwrap_or(32);
        self.entries.iter().filter(|entry| entry.word.zwnj == 0).any(|entry| {
            let codes = self.phrase.codes_of(&entry.word);
            !optional(codes) && division_of(self.model, codes, self.phrase.places_of(&entry.word), threshold) != 0
        })
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
        let affixed = is_affixed((self.phrase.codes_of(first), left.hash), (self.phrase.codes_of(second), right.hash), right.class);
        gap_logit(self.model, gap) >= if affixed { self.policy.thresholds.affix } else { self.policy.join }
    }

    fn loose_affixes(&self) -> usize {
        (1..self.entries.len()).filter(|&at| self.is_affixed(at) && self.is_joined_before(at)).count()
    }

    fn loose_words(&self) -> usize {
        (1..self.entries.len()).filter(|&at| self.is_joined_before(at)).count()
    }

    fn is_affixed(&self, at: usize) -> bool {
        let (left, right) = (&self.entries[at - 1], &self.entries[at]);
        is_affixed((self.phrase.codes_of(&left.word), left.hash), (self.phrase.codes_of(&right.word), right.hash), right.class)
    }

    fn is_joined_before(&self, at: usize) -> bool {
        let beyond_left = at.checked_sub(2).map_or(0, |at| self.entries[at].hash);
        let beyond_right = self.entries.get(at + 1).map_or(0, |entry| entry.hash);
        self.is_joined(&self.entries[at - 1], &self.entries[at], beyond_left, beyond_right)
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
const HEH: u8 = 32;
const ALEF: u8 = 1;

/// Whether a word ends in ها and so on after a letter other than heh.
fn optional(codes: &[u8]) -> bool {
    let at = codes.windows(2).rposition(|near| near == [HEH, ALEF]);
    at.is_some_and(|at| at > 0 && codes[at - 1] != HEH && codes.len() - at <= 6)
}

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
