//! Normalization forms: NFC, NFD, NFKC and NFKD of UAX #15, for any bytes.

mod kinds;
mod mixed;
mod rewrite;
mod rewriting;
mod span;

use std::ops::Range;

use crate::tables::form::{CLASSES, FORM};
use rewrite::Rewriter;
use span::Spans;

pub use kinds::{Compatibility, Kinds};
pub use rewriting::Rewriting;

/// A Unicode normalization form.
///
/// Ill-formed bytes are copied as they are; they neither compose nor let marks be ordered across them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Canonical decomposition, then canonical composition.
    Nfc,
    /// Canonical decomposition.
    Nfd,
    /// Compatibility decomposition, then canonical composition.
    Nfkc,
    /// Compatibility decomposition.
    Nfkd,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 4] = [Form::Nfc, Form::Nfd, Form::Nfkc, Form::Nfkd];

    /// Whether normalizing would change nothing.
    ///
    /// ```
    /// use unicode::Form;
    /// assert!(Form::Nfc.is_normalized("é".as_bytes()));
    /// assert!(!Form::Nfd.is_normalized("é".as_bytes()));
    /// ```
    pub fn is_normalized(self, text: &[u8]) -> bool {
        self.first_change(text).is_none()
    }

    /// Where the first span that normalizing changes begins, in bytes; `None` if it changes nothing.
    ///
    /// A span begins at a character before which no composition and no reordering can reach, so the bytes
    /// before it are the same in the normalized text.
    ///
    /// ```
    /// use unicode::Form;
    /// assert_eq!(Form::Nfc.first_change("ab\u{627}\u{653}".as_bytes()), Some(2)); // ARABIC MADDAH ABOVE
    /// ```
    pub fn first_change(self, text: &[u8]) -> Option<usize> {
        Spans::new(self, text).first_change(&mut Rewriter::new(self))
    }

    /// How many lines of a text, ended by `\n`, normalizing would change.
    ///
    /// ```
    /// assert_eq!(unicode::Form::Nfc.changed_lines("a\n\u{627}\u{653}\n".as_bytes()), 1); // ARABIC MADDAH ABOVE
    /// ```
    pub fn changed_lines(self, text: &[u8]) -> u64 {
        let (mut lines, mut from) = (0, 0);
        while let Some(change) = self.first_change(&text[from..]) {
            lines += 1;
            // A span may begin with the line end before a mark, which itself stays what it is.
            let inside = from + change + usize::from(text[from + change] == b'\n');
            match text[inside..].iter().position(|&byte| byte == b'\n') {
                Some(end) => from = inside + end + 1,
                None => break,
            }
        }
        lines
    }

    /// Call `change` with each span that normalizing changes: its place in the text, in bytes, and its
    /// normalized bytes, which differ.
    ///
    /// Spans come in order and do not overlap; each begins at a character before which no composition and no
    /// reordering can reach. The text with them replaced is what [`normalize_into`](Form::normalize_into)
    /// appends.
    ///
    /// ```
    /// use unicode::Form;
    /// let mut changes = Vec::new();
    /// let text = "ab\u{627}\u{653}"; // ALEF, ARABIC MADDAH ABOVE
    /// Form::Nfc.for_each_change(text.as_bytes(), |span, new| changes.push((span, new.to_vec())));
    /// assert_eq!(changes, [(2..6, "آ".into())]);
    /// ```
    pub fn for_each_change(self, text: &[u8], change: impl FnMut(Range<usize>, &[u8])) {
        Spans::new(self, text).for_each_change(&mut Rewriter::new(self), change);
    }

    /// Append the normalized text.
    ///
    /// Time grows as n log n at most, whatever the text, and memory as a few times the longest run of
    /// combining marks.
    ///
    /// ```
    /// use unicode::Form;
    /// let mut out = Vec::new();
    /// Form::Nfc.normalize_into("\u{627}\u{653}\u{644}".as_bytes(), &mut out); // ARABIC MADDAH ABOVE
    /// assert_eq!(out, "آل".as_bytes());
    /// ```
    pub fn normalize_into(self, text: &[u8], out: &mut Vec<u8>) {
        Spans::new(self, text).normalize_into(&mut Rewriter::new(self), out);
    }

    pub(self) fn composes(self) -> bool {
        matches!(self, Form::Nfc | Form::Nfkc)
    }

    pub(self) fn is_compatible(self) -> bool {
        matches!(self, Form::Nfkc | Form::Nfkd)
    }
}

/// The Canonical_Combining_Class of a character: 0 for all that are not ordered among marks.
///
/// ```
/// assert_eq!(unicode::form::combining_class('\u{301}'), 230); // COMBINING ACUTE ACCENT
/// assert_eq!(unicode::form::combining_class('a'), 0);
/// ```
#[inline]
pub fn combining_class(character: char) -> u8 {
    CLASSES[usize::from(FORM.of(character))] as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn normalized(form: Form, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        form.normalize_into(text, &mut out);
        assert_eq!(form.is_normalized(text), out == text);
        out
    }

    #[test]
    fn ill_formed_bytes_part_what_is_around_them() {
        for broken in [&b"\xFF"[..], b"\xCC", b"\xE0\xA4", b"\xF0\x9F\x92", b"\x80"] {
            let text =
                [b"e", broken, "\u{301}".as_bytes(), broken, "\u{301}\u{323}".as_bytes(), broken].concat();
            let want =
                [b"e", broken, "\u{301}".as_bytes(), broken, "\u{323}\u{301}".as_bytes(), broken].concat();
            assert_eq!(normalized(Form::Nfc, &text), want);
            assert_eq!(Form::Nfc.first_change(&text), Some(3 + 2 * broken.len()));
        }
    }

    proptest! {
        #[test]
        fn changed_lines_are_those_that_are_changed_by_themselves(text in "[a\u{301}\u{323}\u{627}\u{653}e\r\n]{0,60}") {
            let lines = text.split('\n').filter(|line| !Form::Nfc.is_normalized(line.as_bytes()));
            prop_assert_eq!(Form::Nfc.changed_lines(text.as_bytes()), lines.count() as u64);
        }
    }

    #[test]
    fn a_composed_letter_is_taken_apart_for_a_lower_mark() {
        assert_eq!(normalized(Form::Nfc, "xa\u{301}\u{323}".as_bytes()), "xạ\u{301}".as_bytes());
        assert_eq!(normalized(Form::Nfc, "xá\u{323}".as_bytes()), "xạ\u{301}".as_bytes());
    }

    #[test]
    fn hangul_is_composed_by_arithmetic() {
        let jamo = "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"; // HAN, GEUL
        assert_eq!(normalized(Form::Nfc, jamo.as_bytes()), "한글".as_bytes());
        assert_eq!(normalized(Form::Nfd, "한글".as_bytes()), jamo.as_bytes());
        assert_eq!(normalized(Form::Nfc, "\u{D558}\u{11AB}".as_bytes()), "한".as_bytes());
        assert_eq!(normalized(Form::Nfc, "한\u{11AB}".as_bytes()), "한\u{11AB}".as_bytes());
    }

    #[test]
    fn a_long_run_of_marks_is_sorted_in_good_time() {
        let text = ["a", &"\u{301}\u{323}\u{315}".repeat(200_000)].concat();
        let out = normalized(Form::Nfd, text.as_bytes());
        let want = ["a", &"\u{323}".repeat(200_000), &"\u{301}".repeat(200_000), &"\u{315}".repeat(200_000)]
            .concat();
        assert!(out == want.as_bytes());
    }
}
