//! The words of a block on their way to a state in which nothing more is proposed.

use std::ops::Range;

use super::bits::bits;
use super::hash::{joined_hash, word_hash};
use super::judge::{Known, Places, closing_logit, gap_of};
use super::letters::ZWNJ;
use super::model::Model;
use super::phrase::{Block, Word, letter_start};
use super::policy::{Confidence, Fate, Policy, Site};
use super::restorer::Kind;

/// A word of the state: what the text has, what was added, and what the model says of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    word: Word,
    class: u8,
    /// Where a word without a ZWNJ may be divided.
    places: Places,
    /// The space before it; `None` if no rule would touch it.
    gap: Option<(Site, i32)>,
    /// The word, or one that the space before it depends on, is new.
    gap_is_stale: bool,
    /// The word is new, or has new divisions.
    look_inside: bool,
}

/// The words of a block. Every decision depends on the state alone, and the state can be read off the changed text: so a
/// second run begins where this one ended.
pub(crate) struct State<'a> {
    block: &'a Block,
    model: &'a Model,
    entries: &'a mut Vec<Entry>,
}

impl<'a> State<'a> {
    /// The state that the text is in once affixes are closed up that no ZWNJ stands before; `entries` is the room it is built
    /// in. Closing comes first and asks the two words alone, so that the text says the same of its fate when it is done.
    pub(crate) fn new(
        block: &'a Block,
        model: &'a Model,
        entries: &'a mut Vec<Entry>,
        confidence: Confidence,
    ) -> State<'a> {
        entries.clear();
        let mut state = State { block, model, entries };
        for word in &block.words {
            let closed = state.closed(word, confidence);
            if closed.is_some() {
                state.entries.pop();
            }
            let entry = state.entry(closed.unwrap_or(*word));
            state.entries.push(entry);
        }
        for at in 1..state.entries.len() {
            state.look_before(at, at);
        }
        state
    }

    /// Tells what the words and spaces show of the fate of the text.
    pub(crate) fn observe(&self, fate: &mut Fate) {
        for entry in self.entries.iter() {
            if entry.word.zwnj != 0 {
                fate.has_zwnj();
            } else if let Some(logit) = entry.places.likeliest() {
                fate.lacks_zwnj(entry.places.site(), logit);
            }
            if let Some((site, logit)) = entry.gap {
                fate.lacks_zwnj(site, logit);
            }
        }
    }

    /// Divides and joins until nothing changes. Every round but the last adds a ZWNJ and looks only at words near one that
    /// changed; a word has at most `LETTERS_MAX` letters, so the number of rounds is bounded.
    pub(crate) fn settle(&mut self, policy: &Policy) {
        while self.join_words(policy) | self.divide_words(policy) {}
    }

    /// The last word with an affix that is closed up to it.
    #[inline]
    fn closed(&self, word: &Word, confidence: Confidence) -> Option<Word> {
        let last = self.entries.last()?;
        if last.word.length == 0 || last.word.joins_next() {
            return None;
        }
        let right = Known { codes: self.block.codes_of(word), word, class: 0 };
        let logit = closing_logit(self.known(last), right)?;
        confidence.allows(logit).then(|| Word { zwnj: 0, ..joined(&last.word, word) })
    }

    fn entry(&self, word: Word) -> Entry {
        let mut entry = Entry {
            word,
            class: 0,
            places: Places::default(),
            gap: None,
            gap_is_stale: true,
            look_inside: word.length > 0,
        };
        if word.length > 0 {
            entry.class = self.model.class(word.hash);
            if word.zwnj == 0 {
                entry.places = Places::of(self.model, self.block.codes_of(&word), &word, || entry.class);
            }
        }
        entry
    }

    #[inline]
    fn known<'b>(&'b self, entry: &'b Entry) -> Known<'b> {
        Known { codes: self.block.codes_of(&entry.word), word: &entry.word, class: entry.class }
    }

    /// Looks at the space between the last of `kept` words and the word at `at`.
    fn look_before(&mut self, kept: usize, at: usize) {
        let (left, right) = (self.known(&self.entries[kept - 1]), self.known(&self.entries[at]));
        let beyond_left = kept.checked_sub(2).map_or(0, |at| self.entries[at].word.hash);
        let beyond_right = self.entries.get(at + 1).map_or(0, |entry| entry.word.hash);
        let gap = gap_of(self.model, left, right, (beyond_left, beyond_right));
        self.entries[at].gap = gap;
        self.entries[at].gap_is_stale = false;
    }

    fn divide_words(&mut self, policy: &Policy) -> bool {
        let mut changed = false;
        for at in 0..self.entries.len() {
            if !std::mem::take(&mut self.entries[at].look_inside) {
                continue;
            }
            let word = self.entries[at].word;
            let added = self.division(at, policy) & !word.zwnj;
            if added != 0 {
                self.entries[at].word.zwnj |= added;
                self.entries[at].look_inside = true;
                changed = true;
            }
        }
        changed
    }

    /// Where a word is to be divided: the whole word, or each part of one that is divided already.
    fn division(&self, at: usize, policy: &Policy) -> u64 {
        let entry = &self.entries[at];
        let word = &entry.word;
        if word.zwnj == 0 {
            let mask = chosen(&entry.places, policy);
            let hash_at =
                |at: Option<usize>| at.and_then(|at| self.entries.get(at)).map_or(0, |entry| entry.word.hash);
            let (before, after) = (hash_at(at.checked_sub(1)), hash_at(Some(at + 1)));
            let (either, reading) = entry.places.reading(self.model, word.length, before, after);
            return if mask & either == 0 { mask } else { mask & !either | reading };
        }
        let (mut from, mut mask) = (0, 0);
        while from < word.length {
            let rest = word.zwnj >> (from + 1);
            let to = if rest == 0 { word.length } else { from + 1 + rest.trailing_zeros() as usize };
            let part = self.part(word, from, to);
            let class = || self.model.class(part.hash);
            let places = Places::of(self.model, self.block.codes_of(&part), &part, class);
            mask |= chosen(&places, policy) << from;
            from = to;
        }
        mask
    }

    fn part(&self, word: &Word, from: usize, to: usize) -> Word {
        let mut part = Word { from: word.from + from, length: to - from, ..Word::default() };
        part.joins = word.joins >> from & !1 & ((2 << part.length) - 1);
        part.hash = word_hash(self.block.codes_of(&part));
        part
    }

    /// One pass from left to right; what a join makes new is looked at in the next one.
    fn join_words(&mut self, policy: &Policy) -> bool {
        let (mut kept, count) = (0, self.entries.len());
        for at in 0..count {
            if kept > 0 && self.is_joined(kept, at, policy) {
                let (left, right) = (self.entries[kept - 1].word, self.entries[at].word);
                self.entries[kept - 1] = self.entry(joined(&left, &right));
                // The spaces that see the new word as a neighbour or beyond one.
                for near in [kept.checked_sub(2), Some(at + 1), Some(at + 2)].into_iter().flatten() {
                    if let Some(entry) = self.entries.get_mut(near) {
                        entry.gap_is_stale = true;
                    }
                }
                continue;
            }
            self.entries[kept] = self.entries[at];
            kept += 1;
        }
        self.entries.truncate(kept);
        kept < count
    }

    /// Whether the word at `at` is joined to the last one of those that are kept.
    #[inline]
    fn is_joined(&mut self, kept: usize, at: usize, policy: &Policy) -> bool {
        if self.entries[at].gap_is_stale {
            self.look_before(kept, at);
        }
        let Some((site, logit)) = self.entries[at].gap else { return false };
        logit
            >= match site {
                Site::Affix => policy.affix,
                Site::Strange => policy.join_strange,
                Site::Bound => policy.join_bound,
                Site::Loose => policy.join_loose,
                _ => policy.join,
            }
    }

    /// Compares the state with the text it was read from.
    pub(crate) fn show(&self, text: &[u8], show: &mut impl FnMut(Range<usize>, &[u8], Kind)) {
        let mut entries = self.entries.iter().filter(|entry| entry.word.length > 0).peekable();
        // A word of the text is one of the state or lies in one.
        for word in self.block.words.iter().filter(|word| word.length > 0) {
            while entries.peek().is_some_and(|entry| entry.word.from + entry.word.length <= word.from) {
                entries.next();
            }
            let Some(entry) = entries.peek() else { return };
            let before = word.from - entry.word.from;
            let zwnj = entry.word.zwnj >> before;
            if before > 0 {
                let (with, kind) = if zwnj & 1 == 1 { (ZWNJ, Kind::Join) } else { (&[][..], Kind::Close) };
                show(word.start - 1..word.start, with, kind);
            }
            for at in bits(zwnj & !word.zwnj & !1 & ((1 << word.length) - 1)) {
                let end = letter_start(text, word.start, at);
                show(end..end, ZWNJ, Kind::Insert);
            }
        }
    }
}

/// The places of a word without a ZWNJ that are likely enough.
fn chosen(places: &Places, policy: &Policy) -> u64 {
    match places.site() {
        Site::Optional => places.mask(policy.insert_optional),
        _ => places.mask(policy.insert),
    }
}

/// Two words as one, divided where the space was.
fn joined(left: &Word, right: &Word) -> Word {
    Word {
        from: left.from,
        length: left.length + right.length,
        zwnj: left.zwnj | 1 << left.length | right.zwnj << left.length,
        joins: left.joins | right.joins << left.length,
        hash: joined_hash(left.hash, right.hash, right.length),
        start: left.start,
        named: left.named | right.named,
    }
}
