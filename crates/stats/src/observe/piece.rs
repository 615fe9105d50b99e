//! What is known of a document, or of a part of it, until its end.

use std::ops::Range;

use language::{Diagnosis, Evidence, Language};
use memchr::{memchr, memrchr};
use textcore::document::OPENING_BYTES_MAX;
use unicode::Census;

use crate::parameters::Areas;
use crate::sums::Sums;

/// ZWNJ are looked for in samples, since what is expected is dear to tell: in so many bytes at the beginning of each stretch
/// of a document.
pub const ZWNJ_BYTES: u64 = 8 * 1024;

/// How long a stretch is.
pub const ZWNJ_STRETCH_BYTES: u64 = 1024 * 1024;

/// The code of the language that is diagnosed.
pub const PERSIAN: &str = "fa";

/// A longer document, in words, is not looked at word by word in order: its sequence takes eight bytes for each.
pub const SEQUENCE_WORDS_MAX: usize = 1 << 22;

/// One document, or a part of it.
#[derive(Debug, Default)]
pub struct Piece {
    pub(super) evidence: Evidence,
    pub(super) zwnj: Diagnosis,
    /// Code points, where they are asked for.
    pub census: Census,
    /// How many words.
    pub words: u64,
    /// A number for each word, the same for the same word, in order; of no use where there are more than [`SEQUENCE_WORDS_MAX`].
    pub sequence: Vec<u64>,
}

impl Piece {
    /// Looks at text that begins at an offset of the document, to know its language.
    pub fn observe_language(&mut self, text: &[u8], offset: u64) {
        let place = offset.min(OPENING_BYTES_MAX as u64) as usize;
        if place < OPENING_BYTES_MAX {
            self.evidence.observe(&text[..text.len().min(OPENING_BYTES_MAX - place)]);
        }
    }

    /// Looks at text that begins at an offset of the document, in case that it is Persian.
    pub fn observe_zwnj(&mut self, text: &[u8], offset: u64) {
        for_each_sample(text, offset, |sample| self.zwnj.observe_zwnj(sample));
    }

    /// Looks for ZWNJ in whole lines side by side, of which the first begins at an offset of the document: the same as if each
    /// was looked at by itself.
    pub fn observe_zwnj_of_lines(&mut self, text: &[u8], offset: u64) {
        for_each_sampled_line(text, offset, |line, offset| self.observe_zwnj(line, offset));
    }

    /// Adds another part of the document, but for the order of its words.
    pub fn add(&mut self, other: &Piece) {
        self.evidence.merge(&other.evidence);
        self.zwnj.merge(other.zwnj);
        self.census.merge(&other.census);
        self.words = self.words.saturating_add(other.words);
    }

    /// The document is whole: decides on its language, and adds its characters to the sums.
    pub fn close(&mut self, areas: Areas, sums: &mut Sums) {
        sums.documents += 1;
        sums.document_lengths.add(self.words, 1);
        if !areas.has_language() {
            return;
        }
        let code = self.evidence.verdict().language.map_or("unknown", Language::code);
        *sums.languages.entry(code.to_owned()).or_default() += 1;
        if !areas.health {
            return;
        }
        if code == PERSIAN {
            self.census.iter().for_each(|(character, count)| self.zwnj.observe_character(character, count));
            sums.persian.merge(self.zwnj);
        }
        sums.census.merge(&self.census);
    }
}

/// The lines of a text that lie in samples, if only in part; others may be among them.
fn for_each_sampled_line(text: &[u8], offset: u64, mut see: impl FnMut(&[u8], u64)) {
    let mut start = 0;
    while start < text.len() {
        let at = offset + start as u64;
        if at % ZWNJ_STRETCH_BYTES >= ZWNJ_BYTES {
            // On to the line in which the next stretch begins.
            let next = ((at / ZWNJ_STRETCH_BYTES + 1) * ZWNJ_STRETCH_BYTES - offset) as usize;
            if next >= text.len() {
                return;
            }
            start += memrchr(b'\n', &text[start..next]).map_or(0, |end| end + 1);
        }
        let end = memchr(b'\n', &text[start..]).map_or(text.len(), |end| start + end);
        let line = text[start..end].strip_suffix(b"\r").unwrap_or(&text[start..end]);
        see(line, offset + start as u64);
        start = end + 1;
    }
}

/// The parts of a text that lie in samples, of whole words if it has spaces. The text begins at an offset of its document.
fn for_each_sample(text: &[u8], offset: u64, mut see: impl FnMut(&[u8])) {
    let end = offset + text.len() as u64;
    let mut stretch = offset - offset % ZWNJ_STRETCH_BYTES;
    while stretch < end {
        let sample = offset.max(stretch)..end.min(stretch + ZWNJ_BYTES);
        if !sample.is_empty() {
            see(whole_words(text, (sample.start - offset) as usize..(sample.end - offset) as usize));
        }
        stretch += ZWNJ_STRETCH_BYTES;
    }
}

/// A part of a text without the words that it cuts off; a character that is cut off counts for nothing.
fn whole_words(text: &[u8], range: Range<usize>) -> &[u8] {
    let mut part = &text[range.clone()];
    if range.end < text.len() {
        let end = part.iter().rposition(u8::is_ascii_whitespace);
        part = &part[..end.unwrap_or(part.len())];
    }
    if range.start > 0 {
        let start = part.iter().position(u8::is_ascii_whitespace);
        part = &part[start.unwrap_or(0)..];
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_of_whole_words() {
        assert_eq!(whole_words(b"ab cd", 0..5), b"ab cd");
        assert_eq!(whole_words(b"ab cd", 0..4), b"ab");
        assert_eq!(whole_words(b"abcd", 0..2), b"ab");
        assert_eq!(whole_words(b"ab cd ef", 1..7), b" cd");
        assert_eq!(whole_words(b"ab", 0..0), b"");
    }

    #[test]
    fn samples_stand_at_the_beginning_of_each_stretch() {
        let (stretch, length) = (ZWNJ_STRETCH_BYTES as usize, ZWNJ_BYTES as usize);
        let sampled = |bytes: usize, offset: usize| {
            let mut lengths = Vec::new();
            for_each_sample(&vec![b'x'; bytes], offset as u64, |sample| lengths.push(sample.len()));
            lengths
        };
        assert_eq!(sampled(10, 0), [10]);
        assert_eq!(sampled(10, length - 3), [3]);
        assert_eq!(sampled(10, length), [0; 0]);
        assert_eq!(sampled(10, 2 * stretch - 4), [6]);
        assert_eq!(sampled(2 * stretch + 5, 0), [length, length, 5]);
        assert_eq!(sampled(0, 0), [0; 0]);
    }

    #[test]
    fn lines_side_by_side_are_sampled_as_they_are_one_by_one() {
        let (stretch, length) = (ZWNJ_STRETCH_BYTES as usize, ZWNJ_BYTES as usize);
        for line_bytes in [1, 7, 100, length + 3, stretch - 5, 3 * stretch] {
            let line = [vec![b'x'; line_bytes], b"\n".to_vec()].concat();
            let text = line.repeat(2 * stretch / line_bytes.max(50) + 3);
            let offset = stretch as u64 - 20;
            let (mut one_by_one, mut side_by_side) = (Vec::new(), Vec::new());
            for (number, line) in text.split_inclusive(|&byte| byte == b'\n').enumerate() {
                let at = offset + (number * (line_bytes + 1)) as u64;
                for_each_sample(&line[..line.len() - 1], at, |sample| one_by_one.push(sample.len()));
            }
            for_each_sampled_line(&text, offset, |line, at| {
                for_each_sample(line, at, |sample| side_by_side.push(sample.len()));
            });
            assert_eq!(side_by_side, one_by_one, "{line_bytes}");
        }
    }

    #[test]
    fn only_persian_documents_are_diagnosed() {
        let mut sums = Sums::default();
        for text in ["این کتاب را دیروز از کتابخانه گرفتم و هنوز نخواندهام.", "The page that they have read."]
        {
            let mut document = Piece::default();
            document.observe_language(text.as_bytes(), 0);
            document.observe_zwnj(text.as_bytes(), 0);
            document.census.add('ك', 1);
            document.close(Areas::GLANCE, &mut sums);
        }
        assert_eq!(sums.persian.kaf_arabic, 1, "of the Persian one");
        assert!(sums.persian.words > 5);
        assert_eq!((sums.census.of('ك'), sums.documents), (2, 2));
    }
}
