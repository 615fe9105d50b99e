//! Words with two readings between which only their neighbours decide: «نامهای» is «نام‌های» or «نامه‌ای».

use super::hash::{feature, pair, word_hash};
use super::letters::{ALEF, HEH, YEH};

/// A word that ends in های, and what the lexicon says of what it may be made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TwoFaced {
    /// The hash of what stands before های.
    stem: u64,
    /// The hash of its last two letters.
    tail: u64,
    /// The class of what stands before های, and of what stands before ای.
    classes: (u8, u8),
}

/// The letters after the place of «نام‌های».
pub(crate) const PLURAL: usize = 3;
/// The letters after the place of «نامه‌ای».
pub(crate) const INDEFINITE: usize = 2;

/// Having a place before a ZWNJ, being in a dictionary, having a kind: any of these makes a word.
const IS_WORD: u8 = 0b0011_1110;

impl TwoFaced {
    /// Of a word whose places may be divided as `places` says; `None` if it has at most one reading.
    pub(crate) fn of(codes: &[u8], places: u64, class: impl Fn(u64) -> u8) -> Option<TwoFaced> {
        let stem_length = codes.len().checked_sub(PLURAL)?;
        if stem_length < 2 || codes[stem_length..] != [HEH, ALEF, YEH] || places >> stem_length & 1 == 0 {
            return None;
        }
        let stem = word_hash(&codes[..stem_length]);
        let classes = (class(stem), class(word_hash(&codes[..=stem_length])));
        (classes.0 & IS_WORD != 0 && classes.1 & IS_WORD != 0).then(|| TwoFaced {
            stem,
            tail: word_hash(&codes[stem_length - 2..stem_length]),
            classes,
        })
    }

    /// Names every feature of the word between two others, given by hash.
    pub(crate) fn features(&self, before: u64, after: u64, mut emit: impl FnMut(u64)) {
        let classes = u64::from(self.classes.0) << 8 | u64::from(self.classes.1);
        emit(feature(201, 0));
        emit(feature(202, self.stem));
        emit(feature(203, before));
        emit(feature(204, after));
        emit(feature(205, classes));
        emit(feature(206, self.tail));
        emit(feature(207, pair(self.stem, before)));
        emit(feature(208, pair(self.stem, after)));
    }
}
