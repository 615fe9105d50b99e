//! What is known of a document before its language is: evidence, and sums that count if it is Persian.

use std::ops::Range;

use language::{Diagnosis, Evidence};
use textcore::document::OPENING_BYTES_MAX;

use crate::totals::Totals;

/// ZWNJ are looked for in samples, since what is expected is dear to tell: in so many bytes at the beginning of each stretch
/// of a document.
pub const ZWNJ_BYTES: u64 = 8 * 1024;

/// How long a stretch is.
pub const ZWNJ_STRETCH_BYTES: u64 = 256 * 1024;

/// One document, or a part of it. Parts merge in any order.
#[derive(Debug, Default)]
pub struct Document {
    evidence: Evidence,
    diagnosis: Diagnosis,
}

impl Document {
    /// Adds a record that begins at an offset of the document.
    pub fn observe(&mut self, text: &[u8], offset: u64) {
        self.diagnosis.observe(text);
        let place = offset.min(OPENING_BYTES_MAX as u64) as usize;
        self.evidence.observe(&text[..text.len().min(OPENING_BYTES_MAX - place)]);
        for_each_sample(text, offset, |sample| self.diagnosis.observe_zwnj(sample));
    }

    /// Adds another part.
    pub fn merge(&mut self, other: &Document) {
        self.evidence.merge(&other.evidence);
        self.diagnosis.merge(other.diagnosis);
    }

    /// Decides on the language.
    pub fn close(&self, totals: &mut Totals) {
        let code = self.evidence.verdict().language.map_or("unknown", language::Language::code);
        *totals.languages.entry(code.to_owned()).or_default() += 1;
        if code == PERSIAN {
            totals.persian.merge(self.diagnosis);
        }
    }
}

/// The code of the language that sums are kept for.
pub const PERSIAN: &str = "fa";

/// The parts of a record that lie in samples, of whole words if it has spaces. The record begins at an offset of its document.
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
    fn only_persian_documents_are_diagnosed() {
        let mut totals = Totals::default();
        for text in ["این کتاب را دیروز از کتابخانه گرفتم و هنوز نخواندهام.", "The page that they have read."]
        {
            let mut document = Document::default();
            document.observe(text.as_bytes(), 0);
            document.observe("كتاب".as_bytes(), OPENING_BYTES_MAX as u64);
            document.close(&mut totals);
        }
        assert_eq!(totals.persian.kaf_arabic, 1, "of the Persian one, its end too");
        assert!(totals.persian.words > 5);
    }
}
