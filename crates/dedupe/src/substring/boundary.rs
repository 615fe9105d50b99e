//! Boundaries: where a text may be cut.

use std::ops::Range;

use clap::ValueEnum;
use unicode::{utf8, word};

/// Between what a text may be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Boundary {
    /// Between words: at the word boundaries of UAX #29, so white space and punctuation are parts of their own.
    Word,
    /// Between characters (code points).
    Char,
}

impl Boundary {
    /// Shrinks stretches of a text, in order and apart from each other, until each begins and ends at a boundary; those of
    /// which nothing is left go.
    ///
    /// Time: linear in the text as far as the last stretch reaches.
    pub fn shrink(self, text: &[u8], spans: &mut Vec<Range<usize>>) {
        match self {
            Boundary::Word => shrink(word::words(text).map(<[u8]>::len), spans),
            Boundary::Char => {
                let mut rest = text;
                let lengths = std::iter::from_fn(|| {
                    let (_, length) = (!rest.is_empty()).then(|| utf8::decode(rest))?;
                    rest = &rest[length..];
                    Some(length)
                });
                shrink(lengths, spans);
            }
        }
    }
}

/// The same, given the lengths of what lies between boundaries.
fn shrink(mut lengths: impl Iterator<Item = usize>, spans: &mut Vec<Range<usize>>) {
    let mut at = 0;
    spans.retain_mut(|span| {
        while at < span.start {
            at += lengths.next().expect("a text ends at a boundary, and no stretch behind it");
        }
        let start = at;
        let mut end = at;
        while at <= span.end {
            end = at;
            match lengths.next() {
                Some(length) => at += length,
                None => break,
            }
        }
        *span = start..end;
        start < end
    });
}

#[cfg(test)]
mod tests {
    #![expect(clippy::single_range_in_vec_init, reason = "a text may have one stretch")]

    use super::*;
    use proptest::prelude::*;

    fn shrunk(boundary: Boundary, text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut spans = spans.to_vec();
        boundary.shrink(text.as_bytes(), &mut spans);
        spans
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(shrunk(Boundary::Word, "one two three", &[1..9, 11..13]), [3..8]);
        assert_eq!(shrunk(Boundary::Word, "one two", &[0..7]), [0..7]);
        assert_eq!(shrunk(Boundary::Char, "one two", &[1..3, 4..7]), [1..3, 4..7]);
        let zwnj = "می\u{200C}روم و می\u{200C}آیم"; // ZWNJ
        assert_eq!(shrunk(Boundary::Word, zwnj, &[2..17, 19..30]), [13..17]);
    }

    #[test]
    fn characters_stay_whole() {
        assert_eq!(shrunk(Boundary::Char, "éé", &[1..4]), [2..4]);
        assert!(shrunk(Boundary::Char, "éé", &[1..2]).is_empty());
    }

    proptest! {
        #[test]
        fn stretches_shrink_to_the_boundaries_inside(
            parts in prop::collection::vec(prop::sample::select(vec![&b"a"[..], b" ", b"\xC3\xA9", b".", b"\xE0\xA4", b"\xFF", b"\xCC\x81"]), 0..14),
            cuts in prop::collection::btree_set(0usize..40, 0..8),
            is_word: bool,
        ) {
            let text = parts.concat();
            let boundary = if is_word { Boundary::Word } else { Boundary::Char };
            let mut boundaries = vec![0];
            let mut add = |length: usize| boundaries.push(boundaries.last().expect("one") + length);
            if is_word {
                word::words(&text).for_each(|segment| add(segment.len()));
            } else {
                unicode::Unit::Char.for_each(&text, |character| add(character.len()));
            }
            let cuts: Vec<usize> = cuts.into_iter().filter(|&cut| cut <= text.len()).collect();
            let mut spans: Vec<Range<usize>> =
                cuts.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
            let wanted: Vec<Range<usize>> = spans.iter().filter_map(|span| {
                let inside: Vec<usize> = boundaries.iter().copied().filter(|at| (span.start..=span.end).contains(at)).collect();
                let range = *inside.first()?..*inside.last()?;
                (!range.is_empty()).then_some(range)
            }).collect();
            boundary.shrink(&text, &mut spans);
            prop_assert_eq!(spans, wanted);
        }
    }
}
