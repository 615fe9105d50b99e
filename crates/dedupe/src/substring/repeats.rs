//! Repetitions: which bytes of a text stand in a stretch of so many bytes that came before.

use std::ops::Range;

use libsais::SuffixArrayConstruction;
use textcore::Error;

use super::marks::Marks;
use super::texts::is_within_one;

/// What stands more than once in texts, by a suffix array: the places of all suffixes in the order of the suffixes, so
/// those that begin with the same bytes are neighbours.
///
/// A window is a stretch of `length` bytes within one text. The first of all windows with the same bytes stays as it is;
/// the bytes of every other are marked, but for those that the first one holds too (in `aaaa` each window overlaps the
/// one before). Whether a byte is marked thus depends on nothing that comes after its windows.
///
/// Time: linear for the suffix array (libsais), and one comparison of up to `length` bytes for each suffix. Memory: four
/// bytes and a bit for each byte of text.
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
        let mut repeats = Repeats { length, suffixes: suffix_array(bytes)?, marks: Marks::new(bytes.len()) };
        let mut rest = &mut repeats.suffixes[..];
        while !rest.is_empty() {
            let (group, others) = rest.split_at_mut(equal_windows(bytes, rest, length));
            let is_repeated = group.len() > 1;
            if is_repeated && window(bytes, group[0], length).is_some_and(is_within_one) {
                mark(&mut repeats.marks, group, length);
            }
            rest = others;
        }
        Ok(repeats)
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

/// The window that begins at a place, if the texts are long enough.
fn window(bytes: &[u8], place: i32, length: usize) -> Option<&[u8]> {
    bytes.get(place as usize..).and_then(|rest| rest.get(..length))
}

/// How many of some suffixes, of which there is at least one, begin with the same window as the first; 1 if that one is
/// shorter.
fn equal_windows(bytes: &[u8], suffixes: &[i32], length: usize) -> usize {
    let Some(first) = window(bytes, suffixes[0], length) else { return 1 };
    let is_equal = |number: usize, place: i32| {
        let ahead = suffixes.get(number + AHEAD).map_or(0, |&place| bytes[place as usize]);
        std::hint::black_box(ahead);
        window(bytes, place, length) == Some(first)
    };
    suffixes.iter().enumerate().skip(1).take_while(|&(number, &place)| is_equal(number, place)).count() + 1
}

/// Marks all but the first copy of a group of equal windows, as [`Repeats`] has it.
fn mark(marks: &mut Marks, group: &mut [i32], length: usize) {
    let first = group.iter().enumerate().min_by_key(|&(_, &place)| place).map_or(0, |(number, _)| number);
    group.swap(0, first);
    let first_end = group[0] as usize + length;
    for place in &mut group[1..] {
        let start = *place as usize;
        marks.set(start.max(first_end)..start + length);
        *place = !*place;
    }
}

#[cfg(test)]
mod tests {
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
