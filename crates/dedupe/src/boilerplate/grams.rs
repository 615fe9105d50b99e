//! Runs of words, as hashes: what records are compared by.

use rewrite::{Key, KeyScratch, UnknownName};
use unicode::word;
use xxhash_rust::xxh3::xxh3_64;

/// What is always folded: capitals, compatibility characters and punctuation make no difference.
const FOLDINGS: &str = "nfkc,lower,punct";

const HASH_BYTES: usize = size_of::<u64>();

/// Makes the runs of a text's words.
///
/// A text is folded; its words are the segments of UAX #29 that are not white space. A run is `length` words that follow
/// each other, one run for each word that enough others follow; a text that has fewer words is one run of all of them, which
/// equals no run of another number of words. A text without words has none.
#[derive(Debug, Clone)]
pub struct Grams {
    key: Key,
    length: usize,
}

/// Space that is used again from one text to the next; it carries no meaning.
#[derive(Debug, Default)]
pub struct GramScratch {
    key: KeyScratch,
    folded: Vec<u8>,
    /// The hashes of the words, side by side.
    words: Vec<u8>,
}

impl Grams {
    /// Makes runs of `length` words, at least 1; `names` are more foldings, as in [`Key::parse`].
    ///
    /// # Errors
    /// A folding that does not exist.
    pub fn new(length: usize, names: Option<&Key>) -> Result<Self, UnknownName> {
        let names = names.map(|key| format!(",{key}")).unwrap_or_default();
        Ok(Grams { key: Key::parse(&format!("{FOLDINGS}{names}"))?, length })
    }

    /// Appends the hashes of all runs of a text, in order, and tells that of all its words; `None` if it has none.
    pub fn append(&self, scratch: &mut GramScratch, text: &[u8], grams: &mut Vec<u64>) -> Option<u64> {
        let GramScratch { key, folded, words } = scratch;
        folded.clear();
        words.clear();
        self.key.key_into(key, text, folded);
        word::for_each_token(folded, |word| words.extend_from_slice(&xxh3_64(word).to_le_bytes()));
        if words.is_empty() {
            return None;
        }
        let whole = xxh3_64(words);
        let run_bytes = self.length * HASH_BYTES;
        match words.len().checked_sub(run_bytes) {
            Some(last) => {
                let starts = (0..=last).step_by(HASH_BYTES);
                grams.extend(starts.map(|start| xxh3_64(&words[start..start + run_bytes])));
            }
            None => grams.push(whole),
        }
        Some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grams(length: usize, text: &str) -> (Vec<u64>, Option<u64>) {
        let mut found = Vec::new();
        let maker = Grams::new(length, None).expect("names");
        let whole = maker.append(&mut GramScratch::default(), text.as_bytes(), &mut found);
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
