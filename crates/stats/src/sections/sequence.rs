//! What depends on the order of words: of each document by itself, and only sums and means go beyond it.

use std::collections::{HashMap, HashSet};

use crate::observe::SEQUENCE_WORDS_MAX;
use crate::sums::Sums;
use crate::vocabulary::{Sequence, SequenceOptions};

/// Of these n-grams it is told how many come again inside their document.
pub const NGRAM_LENGTHS: [usize; 4] = [2, 3, 5, 10];

/// The names of the means, whether there are documents that have them or not.
pub const MEANS: [&str; 3] = ["mattr", "msttr", "mtld"];

/// The name of the sum of documents that were too long to be looked at.
pub const TOO_LONG: &str = "documents_too_long";

/// The name of the sum of n-grams that came earlier in their document.
pub fn repeated_name(length: usize) -> String {
    format!("repeated_{length}")
}

/// The name of the sum of all n-grams.
pub fn windows_name(length: usize) -> String {
    format!("windows_{length}")
}

/// Adds what a document's sequence says: a number for each word, the same for the same word.
pub fn observe(words: &[u64], sums: &mut Sums) {
    if words.len() > SEQUENCE_WORDS_MAX {
        *sums.sequences.entry(TOO_LONG.to_owned()).or_default() += 1;
        return;
    }
    let mut numbers = HashMap::with_capacity(words.len() / 2);
    let ids: Vec<u32> = words
        .iter()
        .map(|&word| {
            let next = numbers.len() as u32;
            *numbers.entry(word).or_insert(next)
        })
        .collect();
    for (name, value) in Sequence::of(&ids, SequenceOptions::default()).named() {
        sums.means.entry(name.to_owned()).or_default().add(value, 1);
    }
    for length in NGRAM_LENGTHS {
        let windows = ids.windows(length);
        let (all, distinct) = (windows.len(), windows.collect::<HashSet<_>>().len());
        *sums.sequences.entry(windows_name(length)).or_default() += all as u64;
        *sums.sequences.entry(repeated_name(length)).or_default() += (all - distinct) as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ngrams_that_come_again_are_counted() {
        let mut sums = Sums::default();
        observe(&[7, 8, 9, 7, 8, 9, 7], &mut sums);
        let sum = |name: &str| sums.sequences[name];
        assert_eq!((sum("windows_2"), sum("repeated_2")), (6, 3));
        assert_eq!((sum("windows_3"), sum("repeated_3")), (5, 2));
        assert_eq!((sum("windows_10"), sum("repeated_10")), (0, 0));
        assert_eq!(sums.means.keys().collect::<Vec<_>>(), MEANS.iter().collect::<Vec<_>>());
        assert_eq!(sums.means["mtld"].weight(), 1);
        assert_eq!(sums.means["mattr"].weight(), 0, "too short for a window");
    }

    #[test]
    fn a_document_that_is_too_long_is_only_counted() {
        let mut sums = Sums::default();
        observe(&vec![1; SEQUENCE_WORDS_MAX + 1], &mut sums);
        assert_eq!((sums.sequences[TOO_LONG], sums.means.len()), (1, 0));
    }
}
