//! Repetitions: which bytes of a text stand in a stretch of so many bytes that came before.

use std::ops::Range;

use libsais::SuffixArrayConstruction;
use textcore::Error;

use super::common::CommonBeginnings;
use super::marks::Marks;
use super::texts::barriers;

/// What stands more than once in texts, by a suffix array: the places of all suffixes in the order of the suffixes, so
/// those that begin with the same bytes are neighbours.
///
/// A window is a stretch of `length` bytes within one text. The first of all windows with the same bytes stays as it is;
/// the bytes of every other are marked, but for those that the first one holds too (in `aaaa` each window overlaps the
/// one before). Whether a byte is marked thus depends on nothing that comes after its windows.
///
/// Time: linear, whatever the length and however much is repeated. Memory: up to 4.7 bytes for each byte of text, beside
/// the text.
#[derive(Debug)]
pub struct Repeats {
    length: usize,
    /// The suffix array. In each group of equal windows the first copy comes first, and the complement of the place
    /// (a negative number) stands for every other one.
    suffixes: Vec<i32>,
    marks: Marks,
}

impl Repeats {
    /// The repetitions of `length` bytes, at least 1, in texts as [`Texts`](super::texts::Texts) has them.
    ///
    /// # Errors
    /// [`Error::Internal`] if there is no suffix array: the texts are longer than
    /// [`BYTES_MAX`](super::texts::BYTES_MAX), or memory gave out.
    pub fn find(bytes: &[u8], length: usize) -> Result<Repeats, Error> {
        let mut suffixes = suffix_array(bytes)?;
        let windows = Windows::new(bytes, &suffixes, length);
        let (mut marks, mut starts) = (Marks::new(bytes.len()), Marks::new(bytes.len()));
        let mut rest = &mut suffixes[..];
        while !rest.is_empty() {
            let (group, others) = rest.split_at_mut(windows.count_equal(rest));
            if group.len() > 1 && windows.is_within_text(group[0]) {
                mark(&mut marks, &mut starts, group, length);
            }
            rest = others;
        }
        drop(windows);
        let mut marked = 0;
        for run in starts.runs() {
            marks.set(run.start.max(marked)..run.end - 1 + length);
            marked = run.end - 1 + length;
        }
        Ok(Repeats { length, suffixes, marks })
    }

    /// The marked stretches as long as they go, in order; none runs from one text into another.
    pub fn runs(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.marks.runs()
    }

    /// For each of some stretches, in order and each within a run of its own: where the bytes at its beginning came
    /// first.
    ///
    /// A run may be put together from several places; this one is that of the last window that holds its beginning.
    pub fn origins(&self, spans: &[Range<u32>]) -> Vec<u32> {
        // Of each span: the window with the highest place, and its first copy.
        let mut nearest: Vec<Option<(u32, u32)>> = vec![None; spans.len()];
        let length = self.length as u32;
        let mut first = 0;
        for &suffix in &self.suffixes {
            if suffix >= 0 {
                first = suffix as u32;
                continue;
            }
            let place = !suffix as u32;
            let marked = place.max(first + length)..place + length;
            let number = spans.partition_point(|span| span.start < marked.start);
            if spans.get(number).is_some_and(|span| span.start < marked.end) {
                nearest[number] = nearest[number].max(Some((place, first)));
            }
        }
        let origin = |(span, nearest): (&Range<u32>, Option<(u32, u32)>)| {
            nearest.map_or(span.start, |(place, first)| first + (span.start - place))
        };
        spans.iter().zip(nearest).map(origin).collect()
    }
}

fn suffix_array(bytes: &[u8]) -> Result<Vec<i32>, Error> {
    SuffixArrayConstruction::for_text(bytes)
        .in_owned_buffer32()
        .single_threaded()
        .run()
        .map(libsais::suffix_array::SuffixArrayWithText::into_vec)
        .map_err(|error| Error::Internal(format!("no suffix array of {} bytes: {error}", bytes.len())))
}

/// How far ahead a suffix is touched, so that cache misses overlap.
const AHEAD: usize = 16;

/// Longer windows are not compared from beginning to end.
const COMPARED_BYTES_MAX: usize = 256;

/// Which neighbours in a suffix array begin with the same window.
struct Windows<'a> {
    bytes: &'a [u8],
    length: usize,
    common: Option<CommonBeginnings>,
    /// Where windows begin that are not within one text.
    broken: Marks,
}

impl<'a> Windows<'a> {
    fn new(bytes: &'a [u8], suffixes: &[i32], length: usize) -> Self {
        let is_long = length > COMPARED_BYTES_MAX;
        let common = is_long.then(|| CommonBeginnings::new(bytes, suffixes, length));
        let mut broken = Marks::new(bytes.len());
        let mut done = 0;
        for barrier in barriers(bytes) {
            broken.set(done.max((barrier + 1).saturating_sub(length))..barrier + 1);
            done = barrier + 1;
        }
        Windows { bytes, length, common, broken }
    }

    /// The window that begins at a place, if the text goes on so long.
    fn at(&self, place: i32) -> Option<&'a [u8]> {
        self.bytes.get(place as usize..).and_then(|rest| rest.get(..self.length))
    }

    /// Whether a window lies within one text and is free of bytes that only ill-formed text has.
    fn is_within_text(&self, place: i32) -> bool {
        !self.broken.contains(place as usize)
    }

    /// How many of the next suffixes, of which there is at least one, begin with the same window; 1 if the first is
    /// shorter.
    fn count_equal(&self, suffixes: &[i32]) -> usize {
        let Some(mut before) = self.at(suffixes[0]) else { return 1 };
        let mut count = 1;
        while let Some(&place) = suffixes.get(count) {
            let ahead = suffixes.get(count + AHEAD).map_or(0, |&place| self.bytes[place as usize]);
            std::hint::black_box(ahead);
            match self.at(place) {
                Some(window) if self.is_equal(before, window, place) => before = window,
                _ => break,
            }
            count += 1;
        }
        count
    }

    /// Whether the window at a place is the same as that of the suffix before it.
    fn is_equal(&self, before: &[u8], window: &[u8], place: i32) -> bool {
        let Some(common) = &self.common else { return before == window };
        if before[..COMPARED_BYTES_MAX] != window[..COMPARED_BYTES_MAX] {
            return false;
        }
        let known = common.length_min(place as usize).clamp(COMPARED_BYTES_MAX, self.length);
        before[known..] == window[known..]
    }
}

/// Marks where all but the first copy of a group of equal windows start, or what is left of those that the first one
/// overlaps, as [`Repeats`] has it.
fn mark(marks: &mut Marks, starts: &mut Marks, group: &mut [i32], length: usize) {
    let first = group.iter().enumerate().min_by_key(|&(_, &place)| place).map_or(0, |(number, _)| number);
    group.swap(0, first);
    let first_end = group[0] as usize + length;
    let mut overlap_end = first_end;
    for place in &mut group[1..] {
        let start = *place as usize;
        if start < first_end {
            overlap_end = overlap_end.max(start + length);
        } else {
            starts.set(start..start + 1);
        }
        *place = !*place;
    }
    marks.set(first_end..overlap_end);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::single_range_in_vec_init, reason = "a text may have one stretch")]

    use super::*;
    use crate::substring::texts::Texts;
    use proptest::prelude::*;

    /// By the definition, window by window.
    fn marked_naively(bytes: &[u8], length: usize) -> Vec<bool> {
        let mut marked = vec![false; bytes.len()];
        let windows: Vec<&[u8]> = bytes.windows(length).collect();
        for (place, window) in windows.iter().enumerate() {
            if window.iter().any(|byte| *byte >= 0xFE) {
                continue;
            }
            let first = windows.iter().position(|other| other == window).expect("its own");
            if first < place {
                marked[place.max(first + length)..place + length].fill(true);
            }
        }
        marked
    }

    fn join(texts: &[Vec<u8>]) -> Texts {
        let mut joined = Texts::default();
        texts.iter().for_each(|text| assert!(joined.push(text)));
        joined
    }

    fn runs(text: &[u8], length: usize) -> Vec<Range<usize>> {
        let joined = join(&[text.to_vec()]);
        Repeats::find(joined.bytes(), length).expect("found").runs().collect()
    }

    #[test]
    fn a_first_copy_stays_whole_though_the_second_runs_into_it() {
        assert_eq!(runs(b"aaaaaaaaaa", 4), [4..10]);
        assert_eq!(runs(b"ababababab", 4), [4..10]);
        assert!(runs(b"aaa", 4).is_empty());
        assert!(runs(b"", 4).is_empty());
    }

    #[test]
    fn what_is_marked_is_what_came_before() {
        assert_eq!(runs(b"one two. three. one two.", 8), [16..24]);
        assert!(runs(b"one two. three. One two.", 8).is_empty());
    }

    #[test]
    fn nothing_is_equal_across_texts() {
        let joined = join(&[b"ab".to_vec(), b"cd".to_vec(), b"ab".to_vec(), b"cd".to_vec()]);
        assert_eq!(Repeats::find(joined.bytes(), 4).expect("found").runs().count(), 0);
    }

    #[test]
    fn long_windows_are_found_as_short_ones_are() {
        let part: Vec<u8> =
            (0..400u32).map(|number| b'a' + (number * number * number % 997 % 23) as u8).collect();
        let texts = [&part[..], b"so", &part[..399], &part[1..], &part[..], &part[..]].concat();
        for length in [255, 256, 257, 350, 399, 400] {
            let joined = join(&[texts.clone(), part.clone()]);
            let mut marked = vec![false; joined.bytes().len()];
            for run in Repeats::find(joined.bytes(), length).expect("found").runs() {
                marked[run].fill(true);
            }
            assert_eq!(marked, marked_naively(joined.bytes(), length), "{length}");
        }
    }

    proptest! {
        #[test]
        fn repeats_are_those_of_the_definition(
            texts in prop::collection::vec("[abé\u{FF}]{0,14}|(abcdeé){0,9}", 0..6),
            broken in prop::collection::vec(prop::sample::select(vec![b'a', b'b', 0x80, 0xC3, 0xFE, 0xFF]), 0..20),
            length in 1usize..9,
        ) {
            let mut texts: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
            texts.push(broken.clone());
            texts.insert(0, broken);
            let joined = join(&texts);
            let bytes = joined.bytes();
            let repeats = Repeats::find(bytes, length).expect("found");
            let runs: Vec<Range<usize>> = repeats.runs().collect();
            let mut marked = vec![false; bytes.len()];
            runs.iter().for_each(|run| marked[run.clone()].fill(true));
            prop_assert_eq!(marked, marked_naively(bytes, length));

            // What stands at the origin is what stands at the beginning, and came before it.
            let spans: Vec<Range<u32>> = runs.iter().map(|run| run.start as u32..run.end as u32).collect();
            for (span, origin) in spans.iter().zip(repeats.origins(&spans)) {
                prop_assert!(origin < span.start);
                prop_assert_eq!(bytes[origin as usize], bytes[span.start as usize]);
            }
        }
    }
}
