//! Affixes of Persian that stand alone when a ZWNJ became a space, and how to tell them from words.

use std::collections::HashSet;

use super::super::affix::{AFTER_HEH, BEFORE_VERBS, NOMINAL_ENDINGS};
use super::super::hash::LETTERS_MAX;
use super::super::phrase::one_word;

/// Endings of nouns and adjectives that are no words of their own.
const PLURAL_ENDINGS: &str = "ها های هایی هایم هایت هایش هایمان هایتان هایشان هاست";
/// Prefixes of verbs, before می.
const PREVERBS: &str = "بر در باز فرا فرو وا ور";
/// Letters after which the short endings keep their alef.
const HEH: &str = "ه";

/// The affixes by letters, and the forms of verbs.
pub struct Affixes {
    nominal: HashSet<Box<[u8]>>,
    plural: HashSet<Box<[u8]>>,
    after_heh: HashSet<Box<[u8]>>,
    before_verbs: HashSet<Box<[u8]>>,
    pub(super) preverbs: Vec<Box<[u8]>>,
    heh: u8,
    /// Forms that may follow می.
    pub(super) verbal: HashSet<Box<[u8]>>,
}

impl Affixes {
    pub(super) fn new() -> Affixes {
        let set = |words: &str| words.split(' ').map(|word| codes_of(word).into_boxed_slice()).collect();
        Affixes {
            nominal: set(NOMINAL_ENDINGS),
            plural: set(PLURAL_ENDINGS),
            after_heh: set(AFTER_HEH),
            before_verbs: set(BEFORE_VERBS),
            preverbs: PREVERBS.split(' ').map(|word| codes_of(word).into_boxed_slice()).collect(),
            heh: codes_of(HEH)[0],
            verbal: HashSet::new(),
        }
    }

    /// Whether a careful writer would not put a space between the two.
    pub(super) fn belong_together(&self, left: &[u8], right: &[u8]) -> bool {
        if left.len() < 2 {
            return false;
        }
        self.nominal.contains(right)
            || (self.after_heh.contains(right) && left.len() > 2 && left.last() == Some(&self.heh))
            || (self.before_verbs.contains(left) && self.verbal.contains(right))
    }

    /// Whether the word is می or نمی and a form of a verb, written as one.
    pub(super) fn is_progressive(&self, codes: &[u8]) -> bool {
        [2, 3].iter().any(|&cut| {
            codes.len() > cut
                && self.before_verbs.contains(&codes[..cut])
                && self.verbal.contains(&codes[cut..])
        })
    }

    /// Whether a word is divided where every careful writer divides it: after می, before ها.
    pub(super) fn is_plain_case(&self, codes: &[u8], zwnj: u64) -> bool {
        let last = 63 - zwnj.leading_zeros() as usize;
        let first = zwnj.trailing_zeros() as usize;
        zwnj != 0 && (self.nominal.contains(&codes[last..]) || self.before_verbs.contains(&codes[..first]))
    }

    /// Where a word that ends in ها and what may follow it begins with it.
    pub(super) fn plural_of(&self, codes: &[u8]) -> Option<usize> {
        let cut =
            (codes.len().saturating_sub(7)..codes.len()).find(|&cut| self.plural.contains(&codes[cut..]))?;
        (cut >= 2 && super::places::joins(codes[cut - 1])).then_some(cut)
    }

    /// The same, after a prefix of a verb: بر، در، باز.
    pub(super) fn is_prefixed_progressive(&self, codes: &[u8]) -> bool {
        self.preverbs
            .iter()
            .any(|prefix| codes.starts_with(prefix) && self.is_progressive(&codes[prefix.len()..]))
    }
}

/// The letters of one word by number, without ZWNJ; nothing if it is no Persian word.
pub(super) fn codes_of(word: &str) -> Vec<u8> {
    form_of(word).map_or_else(Vec::new, |(codes, _)| codes)
}

/// The letters of one word by number and its ZWNJ after letters that join; `None` if it is not exactly one word.
pub(super) fn form_of(word: &str) -> Option<(Vec<u8>, u64)> {
    let mut room = [0; LETTERS_MAX];
    let (word, codes) = one_word(word.as_bytes(), &mut room)?;
    Some((codes.to_vec(), word.zwnj & word.places()))
}
