//! What depends on the order of words: of each document by itself, and only sums and means go beyond it.

mod numbering;

use crate::sums::Sums;
use crate::vocabulary::{SequenceMeter, SequenceOptions};
use numbering::Numbering;

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

/// Looks at one document after the other, with the same memory for all of them.
pub struct Sequences {
    numbering: Numbering,
    meter: SequenceMeter,
    /// By [`NGRAM_LENGTHS`], a number for each n-gram, the same for the same one; before them those of the words.
    ids: [Vec<u32>; 5],
}

impl Default for Sequences {
    fn default() -> Sequences {
        let meter = SequenceMeter::new(SequenceOptions::default());
        Sequences { numbering: Numbering::default(), meter, ids: Default::default() }
    }
}

impl Sequences {
    /// A document is too long to be looked at.
    pub fn pass_over(sums: &mut Sums) {
        *sums.sequences.entry(TOO_LONG.to_owned()).or_default() += 1;
    }

    /// Adds what a document's sequence says: a number for each word, the same for the same word.
    pub fn observe(&mut self, words: &[u64], sums: &mut Sums) {
        let Sequences { numbering, meter, ids: [ones, twos, threes, fives, tens] } = self;
        numbering.number(words.iter().copied(), ones);
        for (name, value) in meter.measure(ones).named() {
            sums.means.entry(name.to_owned()).or_default().add(value, 1);
        }
        // Two n-grams are the same if their two halves are; numbers for these are there.
        let distinct = [
            numbering.number(pairs(ones, ones, 1), twos),
            numbering.number(pairs(twos, ones, 2), threes),
            numbering.number(pairs(threes, twos, 3), fives),
            numbering.number(pairs(fives, fives, 5), tens),
        ];
        for (length, distinct) in NGRAM_LENGTHS.into_iter().zip(distinct) {
            let all = (words.len() + 1).saturating_sub(length);
            *sums.sequences.entry(windows_name(length)).or_default() += all as u64;
            *sums.sequences.entry(repeated_name(length)).or_default() += (all - distinct) as u64;
        }
    }
}

/// Each number of one list and the number of another so many places further on.
fn pairs<'n>(one: &'n [u32], other: &'n [u32], distance: usize) -> impl ExactSizeIterator<Item = u64> {
    let other = other.get(distance..).unwrap_or_default();
    one.iter().zip(other).map(|(&one, &other)| u64::from(one) << 32 | u64::from(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    proptest! {
        #[test]
        fn ngrams_are_those_of_sets(documents in prop::collection::vec(prop::collection::vec(0u64..4, 0..60), 1..4)) {
            let mut sequences = Sequences::default();
            for words in documents {
                let mut sums = Sums::default();
                sequences.observe(&words, &mut sums);
                for length in NGRAM_LENGTHS {
                    let (all, set) = (words.windows(length).len(), words.windows(length).collect::<HashSet<_>>());
                    prop_assert_eq!(sums.sequences[&windows_name(length)], all as u64);
                    prop_assert_eq!(sums.sequences[&repeated_name(length)], (all - set.len()) as u64);
                }
            }
        }
    }

    #[test]
    fn ngrams_that_come_again_are_counted() {
        let mut sums = Sums::default();
        Sequences::default().observe(&[7, 8, 9, 7, 8, 9, 7], &mut sums);
        let sum = |name: &str| sums.sequences[name];
        assert_eq!((sum("windows_2"), sum("repeated_2")), (6, 3));
        assert_eq!((sum("windows_3"), sum("repeated_3")), (5, 2));
        assert_eq!((sum("windows_10"), sum("repeated_10")), (0, 0));
        assert_eq!(sums.means.keys().collect::<Vec<_>>(), MEANS.iter().collect::<Vec<_>>());
        assert_eq!(sums.means["mtld"].weight(), 1);
        assert_eq!(sums.means["mattr"].weight(), 0, "too short for a window");
    }
}
