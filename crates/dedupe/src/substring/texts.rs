//! All texts in one: what a suffix array is made of.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2_iter};

/// Stands after each text. No UTF-8 holds it; where an ill-formed text does, [`STRAY`] stands for it.
const END: u8 = 0xFF;

/// No UTF-8 holds this one either: nothing that does can be a repetition.
const STRAY: u8 = 0xFE;

/// The most bytes that positions of 32 bits with a sign can name.
pub const BYTES_MAX: usize = i32::MAX as usize;

/// Texts one after the other, each with a byte after it that no repetition can run across.
#[derive(Debug, Default)]
pub struct Texts {
    bytes: Vec<u8>,
}

impl Texts {
    /// Adds a text; false, and nothing added, if it does not fit in [`BYTES_MAX`].
    pub fn push(&mut self, text: &[u8]) -> bool {
        let start = self.bytes.len();
        if text.len() >= BYTES_MAX - start {
            return false;
        }
        self.bytes.extend_from_slice(text);
        let mut at = start;
        while let Some(found) = memchr(END, &self.bytes[at..]) {
            at += found;
            self.bytes[at] = STRAY;
        }
        self.bytes.push(END);
        true
    }

    /// The texts and what parts them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where the text lies that begins at a place.
    pub fn range_from(&self, start: usize) -> Range<usize> {
        let rest = self.bytes.get(start..).unwrap_or_default();
        start..start + memchr(END, rest).unwrap_or(rest.len())
    }

    /// Where each text lies, in order.
    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut start = 0;
        memchr_iter(END, &self.bytes).map(move |end| std::mem::replace(&mut start, end + 1)..end)
    }
}

/// Where bytes stand that no repetition runs across: ends of texts, and what only ill-formed text has.
pub fn barriers(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    memchr2_iter(END, STRAY, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lie_one_after_the_other() {
        let mut texts = Texts::default();
        for text in [&b"ab"[..], b"", b"\xFF\xFEc"] {
            assert!(texts.push(text));
        }
        assert_eq!(texts.bytes(), b"ab\xFF\xFF\xFE\xFEc\xFF");
        assert_eq!(texts.ranges().collect::<Vec<_>>(), [0..2, 3..3, 4..7]);
        assert_eq!(barriers(texts.bytes()).collect::<Vec<_>>(), [2, 3, 4, 5, 7]);
    }
}
