//! Runs of words, as hashes: what records are compared by.

use rewrite::{Key, UnknownName};
use xxhash_rust::xxh3::xxh3_64;

use crate::near::shingle::{ShingleScratch, ShingleShape, ShingleUnit, Shingler};

const HASH_BYTES: usize = size_of::<u64>();

/// Makes the runs of a text's words, which are those that `--near` finds.
///
/// A run is `length` words that follow each other, one for each word that enough others follow; a text that has fewer
/// words is one run of all of them, which equals no run of another number of words. A text without words has none.
#[derive(Debug, Clone)]
pub struct Grams {
    words: Shingler,
    length: usize,
}

/// Space that is used again from one text to the next; it carries no meaning.
#[derive(Debug, Default)]
pub struct GramScratch {
    shingles: ShingleScratch,
    words: Vec<u64>,
    /// The hashes of the words, side by side.
    bytes: Vec<u8>,
}

impl Grams {
    /// Makes runs of `length` words, at least 1; `names` are foldings beside those that are always there.
    ///
    /// # Errors
    /// A folding that does not exist.
    pub fn new(length: usize, names: Option<&Key>) -> Result<Self, UnknownName> {
        let names = names.map(Key::to_string).unwrap_or_default();
        let words = Shingler::new(ShingleShape { unit: ShingleUnit::Word, length }, &names)?;
        Ok(Grams { words, length })
    }

    /// Appends the hashes of all runs of a text, in order, and tells that of all its words; `None` if it has none.
    pub fn append(&self, scratch: &mut GramScratch, text: &[u8], grams: &mut Vec<u64>) -> Option<u64> {
        let GramScratch { shingles, words, bytes } = scratch;
        words.clear();
        self.words.units_into(shingles, text, words);
        if words.is_empty() {
            return None;
        }
        bytes.clear();
        words.iter().for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
        let whole = xxh3_64(bytes);
        if words.len() < self.length {
            grams.push(whole);
        } else {
            let run_bytes = self.length * HASH_BYTES;
            let starts = (0..=bytes.len() - run_bytes).step_by(HASH_BYTES);
            grams.extend(starts.map(|start| xxh3_64(&bytes[start..start + run_bytes])));
        }
        Some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// Of 0 words (for nobody) to 5.
    static MAKERS: LazyLock<Vec<Grams>> =
        LazyLock::new(|| (0..6).map(|length| Grams::new(length, None).expect("names")).collect());

    fn grams(length: usize, text: &str) -> (Vec<u64>, Option<u64>) {
        let mut found = Vec::new();
        let whole = MAKERS[length].append(&mut GramScratch::default(), text.as_bytes(), &mut found);
        (found, whole)
    }

    #[test]
    fn case_and_punctuation_make_no_difference() {
        assert_eq!(
            grams(3, "One two, three - four!"),
            grams(3, "«ONE» two three... ﬁve".replace("ﬁve", "four").as_str())
        );
        assert_ne!(grams(3, "one two three").0, grams(3, "two one three").0);
    }

    #[test]
    fn few_words_are_one_run_and_no_words_none() {
        assert_eq!(grams(5, "a b c").0.len(), 1);
        assert_ne!(grams(5, "a b c").0, grams(5, "a b").0);
        assert!(!grams(2, "a b c d").0.contains(&grams(5, "a b c").0[0]));
        assert_eq!(grams(5, " -- … "), (Vec::new(), None));
    }

    #[test]
    fn more_may_be_folded() {
        let fa = Grams::new(5, Some(&Key::parse("fa").expect("names"))).expect("names");
        let of = |text: &str| {
            let mut found = Vec::new();
            fa.append(&mut GramScratch::default(), text.as_bytes(), &mut found);
            found
        };
        assert_eq!(of("تحریمهای"), of("تحریم های"));
    }

    proptest! {
        #[test]
        fn runs_are_those_of_the_words(words in prop::collection::vec("[a-c]{1,2}", 0..12), length in 1usize..6) {
            let (found, whole) = grams(length, &words.join(" "));
            let wanted: Vec<Vec<String>> = if words.len() < length && !words.is_empty() {
                vec![words.clone()]
            } else {
                words.windows(length).map(<[String]>::to_vec).collect()
            };
            prop_assert_eq!(found.len(), wanted.len());
            prop_assert_eq!(whole.is_some(), !words.is_empty());
            for (left, one) in found.iter().zip(&wanted) {
                for (right, other) in found.iter().zip(&wanted) {
                    prop_assert_eq!(left == right, one == other);
                }
            }
        }
    }
}
