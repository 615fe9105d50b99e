//! What is counted in a part of a text; parts are joined to the whole, exactly, wherever they were cut.

use memchr::memchr_iter;

use super::class::Class;
use super::columns::{Columns, Counts};
use super::ruler::Ruler;
use super::sequence::{complete_length, decode};
use super::{characters, measure, words};

/// Counts of a part that begins and ends where sequences do (see [`super::sequence::boundary`]).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    lines: u64,
    /// Words, as if none were under way before the part.
    words: u64,
    chars: u64,
    pub(super) bytes: u64,
    ruler: Ruler,
    /// Whether the part begins with a piece of a word.
    begins_inside: bool,
    /// Whether a word is under way at its end; `None` if it holds neither parts of words nor white space.
    ends_inside: Option<bool>,
}

/// Text is validated in blocks of so many bytes, so that it lies in the nearest cache for what comes then.
const BLOCK_BYTES: usize = 8 * 1024;

/// A block that is not well-formed is validated again in pieces, so that few characters are walked one by one.
const PIECE_BYTES: usize = 256;

impl Tally {
    /// Counts what is wanted; everything else may be 0.
    pub(super) fn of(text: &[u8], wanted: Columns) -> Tally {
        let mut tally = Tally { bytes: text.len() as u64, ..Tally::default() };
        if !wanted.needs_characters() {
            tally.lines = if wanted.lines { line_ends(text) } else { 0 };
            return tally;
        }
        let mut is_inside = false;
        for_each_piece(text, BLOCK_BYTES, |block| {
            tally.lines += if wanted.lines { line_ends(block) } else { 0 };
            tally.add_block(block, wanted, &mut is_inside);
        });
        if wanted.words {
            let first = first_of_words(text);
            tally.begins_inside = first == Some(true);
            tally.ends_inside = first.map(|_| is_inside);
        }
        tally
    }

    /// The counts, if nothing comes before the part and nothing after it.
    pub(super) fn counts(self) -> Counts {
        let Tally { lines, words, chars, bytes, ruler, .. } = self;
        Counts { lines, words, chars, bytes, width: ruler.widest() }
    }

    fn add_block(&mut self, block: &[u8], wanted: Columns, is_inside: &mut bool) {
        if let Ok(valid) = simdutf8::basic::from_utf8(block) {
            return self.add_valid(valid, wanted, is_inside);
        }
        for_each_piece(block, PIECE_BYTES, |piece| match simdutf8::basic::from_utf8(piece) {
            Ok(valid) => self.add_valid(valid, wanted, is_inside),
            Err(_) => self.add_any(piece, is_inside),
        });
    }

    fn add_valid(&mut self, text: &str, wanted: Columns, is_inside: &mut bool) {
        if wanted.chars {
            self.chars += characters::count(text);
        }
        if wanted.words {
            self.words += words::count(text.as_bytes(), is_inside);
        }
        if wanted.width {
            measure::measure(text.as_bytes(), &mut self.ruler);
        }
    }

    /// The same of any bytes, one sequence after the other; counts everything but lines and bytes.
    fn add_any(&mut self, text: &[u8], is_inside: &mut bool) {
        let mut at = 0;
        while at < text.len() {
            let (code, length) = decode(&text[at..]);
            at += length;
            let Some(code) = code else { continue };
            let class = Class::of(code);
            self.chars += 1;
            self.words += u64::from(class.is_word() && !*is_inside);
            *is_inside = class.is_word() || *is_inside && !class.is_space();
            measure::step(&mut self.ruler, code, class);
        }
    }

    /// Adds what follows on it in the text.
    pub(super) fn join(&mut self, next: Tally) {
        let is_one_word = self.ends_inside == Some(true) && next.begins_inside;
        self.words = (self.words - u64::from(is_one_word)).saturating_add(next.words);
        self.begins_inside |= self.ends_inside.is_none() && next.begins_inside;
        self.ends_inside = next.ends_inside.or(self.ends_inside);
        self.lines = self.lines.saturating_add(next.lines);
        self.chars = self.chars.saturating_add(next.chars);
        self.bytes = self.bytes.saturating_add(next.bytes);
        self.ruler.join(next.ruler);
    }
}

fn line_ends(text: &[u8]) -> u64 {
    memchr_iter(b'\n', text).count() as u64
}

/// Whether the first character that is part of a word or white space is part of a word; `None` if there is none.
fn first_of_words(mut text: &[u8]) -> Option<bool> {
    while !text.is_empty() {
        let (code, length) = decode(text);
        if let Some(class) = code.map(Class::of)
            && (class.is_word() || class.is_space())
        {
            return Some(class.is_word());
        }
        text = &text[length..];
    }
    None
}

/// Pieces of about so many bytes that begin and end where sequences do.
fn for_each_piece<'a>(mut text: &'a [u8], length_bytes: usize, mut see: impl FnMut(&'a [u8])) {
    while text.len() > length_bytes {
        let (piece, rest) = text.split_at(complete_length(&text[..length_bytes]));
        see(piece);
        text = rest;
    }
    if !text.is_empty() {
        see(text);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::sequence::boundary;
    use super::*;
    use proptest::prelude::*;

    pub(crate) const ALL: Columns =
        Columns { lines: true, words: true, chars: true, bytes: true, width: true };

    /// What wc does, one sequence after the other.
    fn plainly(text: &[u8]) -> Counts {
        let mut counts = Counts { bytes: text.len() as u64, ..Counts::default() };
        let (mut is_inside, mut column, mut at) = (false, 0, 0);
        while at < text.len() {
            let (code, length) = decode(&text[at..]);
            at += length;
            let Some(code) = code else { continue };
            let class = Class::of(code);
            counts.chars += 1;
            counts.lines += u64::from(code == 0x0A);
            column = match code {
                0x09 => (column / 8 + 1) * 8,
                0x0A | 0x0C | 0x0D => 0,
                _ => column + class.width(),
            };
            counts.width = counts.width.max(column);
            if class.is_space() {
                is_inside = false;
            } else if class.is_word() && !is_inside {
                is_inside = true;
                counts.words += 1;
            }
        }
        counts
    }

    /// Text and what is none, in runs of which some are longer than pieces and blocks.
    pub(crate) fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let some = prop_oneof![
            "[a-z \t\n]{1,400}".prop_map(String::into_bytes),
            "([ء-ي ]|\u{A0}|\u{3000}|\u{2028}|[\u{85}-\u{88}]|\u{378}|\r|日|😀|.){1,300}"
                .prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 1..40),
            prop::collection::vec(
                prop::sample::select(&b" a\x80\x88\xA0\xBF\xC2\xE2\xED\xF0\xF4\xF8\xFC\xFF"[..]),
                1..40
            ),
            (1..40usize).prop_map(|times| b"a bc\tde\xD9\x85 ".repeat(20 * times)),
        ];
        prop::collection::vec(some, 0..6).prop_map(|runs| runs.concat())
    }

    #[test]
    fn ill_formed_bytes_are_no_characters_and_end_no_word() {
        for (text, words, chars, width) in [
            (&b"a\xFFb"[..], 1, 2, 2),
            (b"a \xFF b", 2, 4, 4),
            (b"\xFF", 0, 0, 0),
            (b"\x01 \x00", 0, 3, 1),
            (b"a\xED\xA0\x80b", 1, 2, 2),
            (b"\xF4\x90\x80\x80", 0, 1, 0),
            (b"a\xE2\x82", 1, 1, 1),
        ] {
            let counts = Tally::of(text, ALL).counts();
            assert_eq!((counts.words, counts.chars, counts.width), (words, chars, width), "{text:x?}");
        }
    }

    proptest! {
        #[test]
        fn blocks_say_what_sequences_say(text in bytes()) {
            prop_assert_eq!(Tally::of(&text, ALL).counts(), plainly(&text));
        }

        #[test]
        fn parts_joined_are_the_whole(text in bytes(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
            let mut cuts: Vec<_> = cuts.iter().map(|cut| boundary(&text, cut.index(text.len() + 1))).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let mut joined = Tally::default();
            for cut in cuts.windows(2) {
                joined.join(Tally::of(&text[cut[0]..cut[1]], ALL));
            }
            prop_assert_eq!(joined, Tally::of(&text, ALL));
        }
    }
}
