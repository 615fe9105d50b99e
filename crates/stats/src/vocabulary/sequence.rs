//! Measures of lexical diversity that depend on the order of the words of one document.

use std::borrow::Cow;
use std::collections::HashMap;

/// How long windows and segments are, and when a factor of MTLD ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SequenceOptions {
    /// Tokens in a window of MATTR.
    pub window: u32,
    /// Tokens in a segment of MSTTR.
    pub segment: u32,
    /// The type-token ratio at which a factor of MTLD ends.
    pub threshold: f64,
}

impl Default for SequenceOptions {
    fn default() -> SequenceOptions {
        SequenceOptions { window: 100, segment: 100, threshold: 0.72 }
    }
}

/// Order-bound measures of one document. They say nothing of a text that is cut in two: only whole documents have them.
///
/// | field | is | source |
/// |---|---|---|
/// | `mattr` | mean TTR of all windows of 100 tokens, each a token after the last; NaN below 100 tokens | Covington and McFall 2010 |
/// | `msttr` | mean TTR of segments of 100 tokens, side by side; a shorter rest is left out; NaN below 100 tokens | Johnson 1944 |
/// | `mtld` | mean length of stretches whose TTR stays above 0.72, forwards and backwards | McCarthy and Jarvis 2010 |
///
/// Of MTLD: a factor is complete when its TTR *reaches* the threshold, that is at TTR ≤ 0.72 (as in lexicalrichness; koRpus
/// and lexical_diversity want less than it, the latter ten tokens besides). What remains at the end is a part of a factor,
/// (1 - TTR) / (1 - 0.72). The number of tokens by that of factors is the measure of one direction, and the mean of both
/// directions is MTLD. Where no type is repeated there is no factor, and the number of tokens is taken, as lexicalrichness
/// does. It is not a number if there are no tokens.
///
/// Of MSTTR: lexicalrichness leaves out the last segment even where it is whole, so that its mean of 300 tokens is that of
/// 200. Here whole segments all count.
///
/// Types are counted in whole numbers, so that no rounding adds up over the windows.
///
/// ```
/// use stats::vocabulary::{Sequence, SequenceOptions};
///
/// let options = SequenceOptions { window: 2, segment: 2, threshold: 0.72 };
/// let sequence = Sequence::of(&[0, 1, 1, 0], options); // windows 01, 11, 10; segments 01, 10
/// assert_eq!((sequence.mattr, sequence.msttr), (2.5 / 3.0, 1.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sequence {
    /// How many tokens there are.
    pub tokens: u64,
    /// Moving-average type-token ratio.
    pub mattr: f64,
    /// Mean segmental type-token ratio.
    pub msttr: f64,
    /// Measure of textual lexical diversity.
    pub mtld: f64,
}

impl Sequence {
    /// The measures of one document; of many a [`SequenceMeter`] has them sooner.
    pub fn of(ids: &[u32], options: SequenceOptions) -> Sequence {
        SequenceMeter::new(options).measure(ids)
    }

    /// The measures with the names that programs know them by.
    pub fn named(&self) -> [(&'static str, f64); 3] {
        [("mattr", self.mattr), ("msttr", self.msttr), ("mtld", self.mtld)]
    }
}

/// Measures one document after the other, with one table for all of them.
///
/// ```
/// use stats::vocabulary::{SequenceMeter, SequenceOptions};
///
/// let mut meter = SequenceMeter::new(SequenceOptions::default());
/// assert_eq!(meter.measure(&[3, 4, 5]).mtld, 3.0);
/// assert_eq!(meter.measure(&[3, 3]).mtld, 2.0);
/// ```
#[derive(Debug, Clone)]
pub struct SequenceMeter {
    options: SequenceOptions,
    /// By type the token after its last one, of all tokens that were ever walked over.
    after: Vec<u64>,
    /// How many tokens were walked over.
    walked: u64,
}

/// Ids below this one are looked up in a table, of 32 MiB at most.
const TABLE_MAX: usize = 1 << 22;

impl SequenceMeter {
    /// A meter with these options.
    pub fn new(options: SequenceOptions) -> SequenceMeter {
        SequenceMeter { options, after: Vec::new(), walked: 0 }
    }

    /// The measures of a document, whose tokens are given as numbers of their types, in order.
    ///
    /// Any numbers will do, also those of a vocabulary that other documents share; of a document that has one of 2^22 or more
    /// they are hashed first. Time is linear in the number of tokens.
    pub fn measure(&mut self, ids: &[u32]) -> Sequence {
        let (ids, types) = dense(ids);
        if self.after.len() < types {
            self.after.resize(types, 0);
        }
        let tokens = ids.len();
        let mut windows = Windows::new(tokens, self.options.window);
        let mut segments = Segments::new(self.options.segment);
        let mut forwards = Factors::new(self.options.threshold);
        let mut backwards = Factors::new(self.options.threshold);
        self.walk(ids.iter(), |place, unseen_from| {
            windows.add(place, unseen_from);
            segments.add(place, unseen_from);
            forwards.add(place, unseen_from);
        });
        self.walk(ids.iter().rev(), |place, unseen_from| backwards.add(place, unseen_from));
        Sequence {
            tokens: tokens as u64,
            mattr: windows.mean(),
            msttr: segments.mean(),
            mtld: f64::midpoint(forwards.mean_length(tokens), backwards.mean_length(tokens)),
        }
    }

    /// Shows every token by its place and the first place from which on its type has not been seen: a stretch that begins
    /// there, or later, gains a type by it, and one that begins earlier does not.
    fn walk<'a>(&mut self, ids: impl Iterator<Item = &'a u32>, mut visit: impl FnMut(usize, usize)) {
        // What earlier walks left in the table lies before this one, and so counts as never seen.
        let start = self.walked;
        for (place, &id) in ids.enumerate() {
            self.walked += 1;
            let unseen_from = std::mem::replace(&mut self.after[id as usize], self.walked);
            visit(place, unseen_from.saturating_sub(start) as usize);
        }
    }
}

/// The ids as they are, or other ones where a table for them would be too long; and how long it has to be.
fn dense(ids: &[u32]) -> (Cow<'_, [u32]>, usize) {
    let types = ids.iter().max().map_or(0, |&id| id as usize + 1);
    if types <= TABLE_MAX {
        return (Cow::Borrowed(ids), types);
    }
    let mut numbers = HashMap::new();
    let numbered = ids.iter().map(|&id| {
        let next = numbers.len() as u32;
        *numbers.entry(id).or_insert(next)
    });
    let numbered: Vec<u32> = numbered.collect();
    (Cow::Owned(numbered), numbers.len())
}

/// Types in all windows, token by token: a token counts in those that hold it and not its type before it.
struct Windows {
    length: usize,
    count: usize,
    types: u64,
}

impl Windows {
    fn new(tokens: usize, length: u32) -> Windows {
        let length = length.max(1) as usize;
        Windows { length, count: (tokens + 1).saturating_sub(length), types: 0 }
    }

    fn add(&mut self, place: usize, unseen_from: usize) {
        let first = unseen_from.max((place + 1).saturating_sub(self.length));
        let end = (place + 1).min(self.count);
        self.types += end.saturating_sub(first) as u64;
    }

    fn mean(&self) -> f64 {
        self.types as f64 / (self.count as f64 * self.length as f64)
    }
}

/// Types in segments, side by side.
struct Segments {
    length: usize,
    start: usize,
    types_here: u64,
    types: u64,
    count: u64,
}

impl Segments {
    fn new(length: u32) -> Segments {
        Segments { length: length.max(1) as usize, start: 0, types_here: 0, types: 0, count: 0 }
    }

    fn add(&mut self, place: usize, unseen_from: usize) {
        self.types_here += u64::from(unseen_from <= self.start);
        if place + 1 - self.start == self.length {
            self.types += self.types_here;
            self.count += 1;
            (self.start, self.types_here) = (place + 1, 0);
        }
    }

    fn mean(&self) -> f64 {
        self.types as f64 / (self.count as f64 * self.length as f64)
    }
}

/// Stretches whose type-token ratio stays above a threshold.
struct Factors {
    threshold: f64,
    complete: u64,
    start: usize,
    tokens: u32,
    types: u32,
}

impl Factors {
    fn new(threshold: f64) -> Factors {
        Factors { threshold, complete: 0, start: 0, tokens: 0, types: 0 }
    }

    fn add(&mut self, place: usize, unseen_from: usize) {
        self.tokens += 1;
        self.types += u32::from(unseen_from <= self.start);
        if f64::from(self.types) / f64::from(self.tokens) <= self.threshold {
            self.complete += 1;
            (self.start, self.tokens, self.types) = (place + 1, 0, 0);
        }
    }

    fn mean_length(&self, tokens: usize) -> f64 {
        let repeated = f64::from(self.tokens - self.types);
        let begun =
            if repeated > 0.0 { repeated / f64::from(self.tokens) / (1.0 - self.threshold) } else { 0.0 };
        let factors = self.complete as f64 + begun;
        if tokens == 0 {
            f64::NAN
        } else if factors == 0.0 {
            tokens as f64
        } else {
            tokens as f64 / factors
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn types(ids: &[u32]) -> f64 {
        ids.iter().collect::<HashSet<_>>().len() as f64
    }

    /// The mean over stretches, each looked at for itself.
    fn naive<'a>(stretches: impl Iterator<Item = &'a [u32]>) -> f64 {
        let ratios: Vec<f64> = stretches.map(|stretch| types(stretch) / stretch.len() as f64).collect();
        ratios.iter().sum::<f64>() / ratios.len() as f64
    }

    /// MTLD as the article tells it: a factor is counted when the ratio reaches the threshold, and all begins anew.
    fn naive_mtld(ids: &[u32]) -> f64 {
        let length = |ids: &[u32]| {
            let (mut factors, mut start) = (0.0, 0);
            for end in 1..=ids.len() {
                let ratio = types(&ids[start..end]) / (end - start) as f64;
                if ratio <= 0.72 {
                    factors += 1.0;
                    start = end;
                } else if end == ids.len() {
                    factors += (1.0 - ratio) / (1.0 - 0.72);
                }
            }
            if factors == 0.0 { ids.len() as f64 } else { ids.len() as f64 / factors }
        };
        let reversed: Vec<u32> = ids.iter().rev().copied().collect();
        (length(ids) + length(&reversed)) / 2.0
    }

    fn is_close(one: f64, other: f64) -> bool {
        one.is_nan() && other.is_nan() || (one - other).abs() <= 1e-12 * other.abs().max(1.0)
    }

    #[test]
    fn of_nothing_nothing_is_known() {
        let nothing = Sequence::of(&[], SequenceOptions::default());
        assert!(nothing.named().iter().all(|(_, value)| value.is_nan()), "{nothing:?}");
    }

    #[test]
    fn a_text_without_repetition_is_one_stretch() {
        let ids: Vec<u32> = (0..99).collect();
        let sequence = Sequence::of(&ids, SequenceOptions::default());
        assert_eq!(sequence.mtld, 99.0);
        assert!(sequence.mattr.is_nan() && sequence.msttr.is_nan());
    }

    #[test]
    fn the_threshold_itself_ends_a_factor() {
        // 18 types in 25 tokens are 0.72.
        let ids: Vec<u32> = (0..18).chain(0..7).collect();
        assert_eq!(Sequence::of(&ids, SequenceOptions::default()).mtld, 25.0);
    }

    #[test]
    fn a_whole_last_segment_counts() {
        let ids: Vec<u32> = (0..100).chain(std::iter::repeat_n(7, 100)).collect();
        assert_eq!(Sequence::of(&ids, SequenceOptions::default()).msttr, 0.505);
        assert_eq!(Sequence::of(&ids[..199], SequenceOptions::default()).msttr, 1.0);
    }

    #[test]
    fn ids_may_be_any_numbers_and_options_too() {
        let large = [u32::MAX, 5, u32::MAX - 1, 5, u32::MAX];
        let options = SequenceOptions { window: 3, segment: 2, ..SequenceOptions::default() };
        assert_eq!(Sequence::of(&large, options), Sequence::of(&[0, 1, 2, 1, 0], options));
        for (length, threshold) in [(0, 0.0), (u32::MAX, 1.0), (1, f64::NAN), (1, -1.0), (1, 2.0)] {
            let _ = Sequence::of(&large, SequenceOptions { window: length, segment: length, threshold });
        }
    }

    proptest! {
        #[test]
        fn measures_are_those_of_counting_each_stretch(
            ids in prop::collection::vec(0u32..40, 1..400),
            window in 1u32..120,
            segment in 1u32..120,
        ) {
            let found = Sequence::of(&ids, SequenceOptions { window, segment, threshold: 0.72 });
            prop_assert!(is_close(found.mattr, naive(ids.windows(window as usize))));
            prop_assert!(is_close(found.msttr, naive(ids.chunks_exact(segment as usize))));
            prop_assert!(is_close(found.mtld, naive_mtld(&ids)), "{} {}", found.mtld, naive_mtld(&ids));
        }

        #[test]
        fn a_meter_forgets_the_documents_before(
            documents in prop::collection::vec(prop::collection::vec(0u32..50, 0..150), 1..6),
        ) {
            let mut meter = SequenceMeter::new(SequenceOptions::default());
            for ids in documents {
                let bits = |sequence: Sequence| sequence.named().map(|(_, value)| value.to_bits());
                prop_assert_eq!(bits(meter.measure(&ids)), bits(Sequence::of(&ids, SequenceOptions::default())));
            }
        }

        #[test]
        fn reading_backwards_changes_neither_mattr_nor_mtld(ids in prop::collection::vec(0u32..60, 0..300)) {
            let reversed: Vec<u32> = ids.iter().rev().copied().collect();
            let [found, wanted] = [&reversed, &ids].map(|ids| Sequence::of(ids, SequenceOptions::default()));
            prop_assert!(found.mattr.to_bits() == wanted.mattr.to_bits());
            prop_assert!(found.mtld.to_bits() == wanted.mtld.to_bits());
        }
    }
}
