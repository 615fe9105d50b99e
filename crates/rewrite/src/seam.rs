//! The place where the result so far meets the rest of the text, as if what lies between were gone.

use unicode::utf8;

/// How many bytes before the place are known: those of the longest character.
const BEFORE_MAX: usize = 4;

/// What a step must know before it takes something out: what would stand side by side then.
#[derive(Debug, Clone)]
pub struct Seam<'t> {
    before: [u8; BEFORE_MAX],
    length: usize,
    after: &'t [u8],
}

impl<'t> Seam<'t> {
    /// A seam between `before`, given in two parts, and `after`.
    pub(crate) fn new(before: (&[u8], &[u8]), after: &'t [u8]) -> Self {
        let mut last = [0; BEFORE_MAX];
        let bytes = before.1.iter().rev().chain(before.0.iter().rev());
        let mut length = 0;
        for (place, byte) in last.iter_mut().rev().zip(bytes) {
            *place = *byte;
            length += 1;
        }
        last.rotate_left(BEFORE_MAX - length);
        Seam { before: last, length, after }
    }

    /// The last four bytes of the result, or all if it has less.
    pub fn before(&self) -> &[u8] {
        &self.before[..self.length]
    }

    /// The rest of the text.
    pub fn after(&self) -> &'t [u8] {
        self.after
    }

    /// The last character of the result; none at the beginning.
    pub fn last(&self) -> Option<char> {
        let before = self.before();
        (!before.is_empty()).then(|| utf8::decode(&before[utf8::previous(before, 0, before.len())..]).0)
    }

    /// The first character of the rest; none at the end.
    pub fn next(&self) -> Option<char> {
        (!self.after.is_empty()).then(|| utf8::decode(self.after).0)
    }

    /// Whether ill-formed bytes on both sides would make one character, or one ill-formed subpart, where they meet.
    ///
    /// Well-formed text has no such place.
    pub fn joins_bytes(&self) -> bool {
        if !self.after.first().is_some_and(|byte| (0x80..0xC0).contains(byte)) {
            return false;
        }
        let before = self.before();
        // A first byte of two to four that its followers have not yet filled up.
        let Some(lead) = before.iter().rposition(|byte| !(0x80..0xC0).contains(byte)) else { return false };
        let mut both = [0; 2 * BEFORE_MAX];
        let have = before.len() - lead;
        both[..have].copy_from_slice(&before[lead..]);
        let more = self.after.len().min(BEFORE_MAX);
        both[have..have + more].copy_from_slice(&self.after[..more]);
        utf8::decode(&both[..have + more]).1 > have
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_are_told() {
        let seam = Seam::new((b"abc\xE2", b"\x80\x8C"), "é!".as_bytes());
        assert_eq!(seam.before(), b"c\xE2\x80\x8C");
        assert_eq!((seam.last(), seam.next()), (Some('\u{200C}'), Some('é'))); // ZWNJ
        let seam = Seam::new((b"", b""), b"");
        assert_eq!((seam.before(), seam.last(), seam.next()), (&b""[..], None, None));
        assert!(!seam.joins_bytes());
    }

    #[test]
    fn bytes_that_would_make_a_character_are_found() {
        let joins = |before: &[u8], after: &[u8]| Seam::new((b"", before), after).joins_bytes();
        assert!(joins(b"\xC2", b"\x85"));
        assert!(joins(b"a\xE2\x80", b"\x8B b"));
        assert!(joins(b"\xF0\x9F", b"\x98"));
        assert!(!joins("é".as_bytes(), b"\x85"));
        assert!(!joins(b"\xE2", b"\xE2\x80\x8B"));
        assert!(!joins(b"\xE2\x80", b"a"));
        assert!(!joins(b"\x80\x80\x80\x80", b"\x80"));
        assert!(!joins(b"\xE0", b"\x80"));
    }
}
