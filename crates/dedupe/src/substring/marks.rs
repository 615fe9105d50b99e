//! Marks: one bit for each byte of a text.

use std::ops::Range;

const BITS: usize = u64::BITS as usize;

/// Which bytes of a text are marked; an eighth of its size.
#[derive(Debug)]
pub struct Marks {
    words: Vec<u64>,
    length: usize,
}

impl Marks {
    /// No marks on a text of so many bytes.
    pub fn new(length: usize) -> Marks {
        Marks { words: vec![0; length.div_ceil(BITS)], length }
    }

    /// Marks a stretch, which must lie within the text.
    pub fn set(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let (first, last) = (range.start / BITS, (range.end - 1) / BITS);
        let head = !0 << (range.start % BITS);
        let tail = !0 >> (BITS - 1 - (range.end - 1) % BITS);
        if first == last {
            self.words[first] |= head & tail;
            return;
        }
        self.words[first] |= head;
        self.words[first + 1..last].fill(!0);
        self.words[last] |= tail;
    }

    /// Whether a byte of the text is marked.
    pub fn contains(&self, at: usize) -> bool {
        self.words[at / BITS] >> (at % BITS) & 1 == 1
    }

    /// The longest stretches that are marked all through, in order.
    pub fn runs(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = self.next(at, 0)?;
            at = self.next(start, !0).unwrap_or(self.length);
            Some(start..at)
        })
    }

    /// The first bit from `at` on that is set in the words, each taken exclusive-or `flip`.
    fn next(&self, at: usize, flip: u64) -> Option<usize> {
        let mut number = at / BITS;
        let mut word = (self.words.get(number)? ^ flip) & (!0 << (at % BITS));
        while word == 0 {
            number += 1;
            word = self.words.get(number)? ^ flip;
        }
        // Behind the text nothing is marked; what looks unmarked there ends a run no sooner than the text does.
        Some((number * BITS + word.trailing_zeros() as usize).min(self.length)).filter(|&at| at < self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_text_has_no_runs() {
        assert_eq!(Marks::new(0).runs().count(), 0);
    }

    proptest! {
        #[test]
        fn runs_are_what_was_set(
            length in 1usize..300, ranges in prop::collection::vec((0usize..300, 0usize..140), 0..6),
        ) {
            let mut marks = Marks::new(length);
            let mut wanted = vec![false; length];
            for (start, more) in ranges {
                let range = start.min(length)..(start + more).min(length);
                wanted[range.clone()].fill(true);
                marks.set(range);
            }
            let mut found = vec![false; length];
            let mut last_end = None;
            for run in marks.runs() {
                prop_assert!(!run.is_empty());
                prop_assert!(last_end.is_none_or(|end| end < run.start), "runs touch");
                last_end = Some(run.end);
                found[run].fill(true);
            }
            prop_assert_eq!(&found, &wanted);
            prop_assert!((0..length).all(|at| marks.contains(at) == wanted[at]));
        }
    }
}
