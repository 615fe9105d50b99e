//! Proposes where U+200C was deleted or turned into a space.

use std::borrow::Cow;
use std::ops::Range;

use super::affix::{is_before_verb, is_noun_ending};
use super::guard::is_foreign;
use super::hash::LETTERS_MAX;
use super::judge::{Known, gap_logit, gap_site, may_join, may_meet};
use super::model::{Model, ModelError};
use super::phrase::{Block, Blocks, one_word};
use super::policy::{Confidence, Fate, Site};
use super::state::{Entry, State};

/// What kind of change is proposed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A ZWNJ is put between two letters of a word; the range is empty.
    Insert,
    /// The one space between two words becomes a ZWNJ; the range is that space.
    Join,
    /// The one space between a word and its affix goes, for the last letter of the word joins nothing: «صدا ها». The range is that
    /// space, and nothing replaces it.
    Close,
}

/// The confidence that is right for most uses.
pub const CONFIDENCE: f32 = 0.5;

/// Knows where Persian words are divided by a ZWNJ.
///
/// ```
/// use language::zwnj::{CONFIDENCE, Restorer};
///
/// let restorer = Restorer::builtin();
/// assert_eq!(restorer.restored("رسانهها میدهند", CONFIDENCE), "رسانه\u{200C}ها می\u{200C}دهند"); // ZWNJ
/// ```
#[derive(Clone, Debug)]
pub struct Restorer {
    model: Model,
}

/// How many ZWNJ a text has and should have.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Expectation {
    /// Persian words, as they stand between spaces and punctuation.
    pub words: u64,
    /// ZWNJ that would be there if nothing had been lost.
    pub expected: u64,
    /// ZWNJ that are there.
    pub present: u64,
}

/// Room that is used again for each record: keep one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    block: Block,
    entries: Vec<Entry>,
}

impl Restorer {
    /// The model that this crate carries, from `data/fa/zwnj.model`: read in place, nothing is copied. The model is a file of its
    /// own licence, CC BY-SA 4.0; see `data/SOURCES.md`.
    #[must_use]
    pub fn builtin() -> Restorer {
        Restorer::carried(include_bytes!("../../data/fa/zwnj.model"))
    }

    /// A model from sources under permissive licences alone, `data/fa/zwnj-permissive.model`: it finds somewhat less.
    #[must_use]
    pub fn permissive() -> Restorer {
        Restorer::carried(include_bytes!("../../data/fa/zwnj-permissive.model"))
    }

    fn carried(bytes: &'static [u8]) -> Restorer {
        let model = Model::from_bytes(Cow::Borrowed(bytes)).expect("the tests read the models of the crate");
        Restorer { model }
    }

    /// A model that `scripts/build-language` made.
    ///
    /// # Errors
    ///
    /// When the bytes are no model, of another version of the format, cut off, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Restorer, ModelError> {
        Ok(Restorer { model: Model::from_bytes(Cow::Owned(bytes.to_vec()))? })
    }

    /// Which model this is: its name, the version of the format, and a checksum that tells two builds apart.
    ///
    /// ```
    /// assert!(language::zwnj::Restorer::builtin().version().starts_with("fa (format 2, "));
    /// ```
    #[must_use]
    pub fn version(&self) -> String {
        self.model.version()
    }

    /// Shows every change that is at least as sure as `confidence` (0.01 to 0.99), for one record.
    ///
    /// The ranges are of bytes of `text`, ascend and do not overlap; the bytes shown replace them. Letters are never touched, and
    /// of spaces only a single U+0020 between two words, or a word and its affix. A ZWNJ never comes to stand at the edge of a word, beside another one, or
    /// after a letter that does not join. In the changed text nothing more is proposed at the same confidence. Words with other
    /// letters than Persian ones or with digits, addresses, names of files and tags are left alone, and so is a text that
    /// is plainly of another language. Any bytes will do; those that are no UTF-8 count as a foreign letter.
    ///
    /// The record decides how far this goes: where affixes stand alone («می کند»), other spaces are in doubt too; where
    /// ZWNJ were deleted («میکند»), or are there, the spaces between words stay.
    pub fn for_each_change(&self, text: &[u8], confidence: f32, show: impl FnMut(Range<usize>, &[u8], Kind)) {
        self.for_each_change_with(&mut Scratch::default(), text, confidence, show);
    }

    /// The same, in room that was used before.
    pub fn for_each_change_with(
        &self,
        room: &mut Scratch,
        text: &[u8],
        confidence: f32,
        mut show: impl FnMut(Range<usize>, &[u8], Kind),
    ) {
        if is_foreign(text) {
            return;
        }
        let (mut fate, mut blocks) = (Fate::default(), Blocks::new(text));
        let confidence = Confidence::new(confidence);
        let Scratch { block, entries } = room;
        let mut is_first = true;
        while blocks.read(block) {
            let mut state = State::new(block, &self.model, entries, confidence);
            state.observe(&mut fate);
            if blocks.is_done() && is_first {
                // One block: what was found out about it is still at hand.
                state.settle(&confidence.policy(&fate));
                state.show(text, &mut show);
                return;
            }
            is_first = false;
        }
        let policy = confidence.policy(&fate);
        blocks = Blocks::new(text);
        while blocks.read(block) {
            let mut state = State::new(block, &self.model, entries, confidence);
            state.settle(&policy);
            state.show(text, &mut show);
        }
    }

    /// The text with every change made.
    #[must_use]
    pub fn restored(&self, text: &str, confidence: f32) -> String {
        let mut result = String::with_capacity(text.len() + text.len() / 16);
        let mut written = 0;
        self.for_each_change(text.as_bytes(), confidence, |range, _, kind| {
            result.push_str(&text[written..range.start]);
            if kind != Kind::Close {
                result.push('\u{200C}'); // ZWNJ
            }
            written = range.end;
        });
        result.push_str(&text[written..]);
        result
    }

    /// How many ZWNJ one record has, and would have if none had been lost.
    ///
    /// ```
    /// use language::zwnj::{Expectation, Restorer};
    ///
    /// let found = Restorer::builtin().expected_zwnj("رسانهها این را نشان میدهند".as_bytes());
    /// assert_eq!(found, Expectation { words: 5, expected: 2, present: 0 });
    /// ```
    #[must_use]
    pub fn expected_zwnj(&self, text: &[u8]) -> Expectation {
        let mut found = Expectation::default();
        let (mut blocks, mut block) = (Blocks::new(text), Block::default());
        while blocks.read(&mut block) {
            for word in block.words.iter().filter(|word| word.length > 0) {
                found.words += 1;
                found.present += u64::from(word.zwnj.count_ones());
            }
        }
        found.expected = found.present;
        self.for_each_change(text, CONFIDENCE, |_, _, kind| found.expected += u64::from(kind != Kind::Close));
        found
    }

    /// Whether two words that stand next to each other are one word that lost its ZWNJ, whatever stands around them.
    /// For joining on a stream of tokens, as keys do: «تحریم» and «های», but also «صدا» and «ها», of which no ZWNJ was lost. Each must
    /// be one Persian word.
    ///
    /// ```
    /// use language::zwnj::Restorer;
    ///
    /// let restorer = Restorer::builtin();
    /// assert!(restorer.is_affix_pair("تحریم".as_bytes(), "های".as_bytes()));
    /// assert!(!restorer.is_affix_pair("جمهوری".as_bytes(), "اسلامی".as_bytes()));
    /// ```
    #[must_use]
    pub fn is_affix_pair(&self, left: &[u8], right: &[u8]) -> bool {
        let (mut left_room, mut right_room) = ([0; LETTERS_MAX], [0; LETTERS_MAX]);
        let (Some(left), Some(right)) = (one_word(left, &mut left_room), one_word(right, &mut right_room))
        else {
            return false;
        };
        let right_class = self.model.class(right.0.hash);
        let right = Known { codes: right.1, word: &right.0, class: right_class };
        if !may_meet(&left.0, right) {
            return false;
        }
        let left = Known { codes: left.1, word: &left.0, class: self.model.class(left.0.hash) };
        let (left_word, right_word) = ((left.codes, left.word.hash), (right.codes, right.word.hash));
        is_noun_ending(right.codes, right.word.hash) && left.class != 0
            || is_before_verb(left_word, right_word, right_class)
            || may_join(left.word, right)
                && gap_site(left, right) == Site::Affix
                && gap_logit(&self.model, left, right, (0, 0)) >= 0
    }
}
