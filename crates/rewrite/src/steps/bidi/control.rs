//! The controls of direction of a text.

use std::ops::Range;

use memchr::{memchr, memmem};

/// U+2069
pub(super) const POP_DIRECTIONAL_ISOLATE: &str = "\u{2069}";
/// U+202C
pub(super) const POP_DIRECTIONAL_FORMATTING: &str = "\u{202C}";
/// U+061C
const ARABIC_LETTER_MARK: &[u8] = b"\xD8\x9C";

/// What a control does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// LRM, RLM, ALM, by the last byte.
    Mark(u8),
    /// LRE, RLE.
    Embedding,
    /// LRO, RLO.
    Override,
    /// PDF, of an embedding or override.
    EndOfEmbedding,
    /// LRI, RLI, FSI.
    Isolate,
    /// PDI.
    EndOfIsolate,
}

/// Iterator over the controls and where they stand.
pub(super) struct Controls<'t> {
    text: &'t [u8],
    at: usize,
    /// The next ALM: its first byte begins half the letters of Arabic, so it is looked for by itself.
    letter_mark: Option<usize>,
}

impl<'t> Controls<'t> {
    pub fn new(text: &'t [u8]) -> Self {
        Controls { text, at: 0, letter_mark: memmem::find(text, ARABIC_LETTER_MARK) }
    }

    fn next_other(&mut self) -> Option<(Range<usize>, Control)> {
        let end = self.letter_mark.unwrap_or(self.text.len());
        while let Some(skipped) = memchr(0xE2, &self.text[self.at..end]) {
            let at = self.at + skipped;
            if let Some(control) = control(&self.text[at..]) {
                self.at = at + 3;
                return Some((at..self.at, control));
            }
            self.at = at + 1;
        }
        None
    }
}

impl Iterator for Controls<'_> {
    type Item = (Range<usize>, Control);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(other) = self.next_other() {
            return Some(other);
        }
        let at = self.letter_mark?;
        self.at = at + ARABIC_LETTER_MARK.len();
        let next = memmem::find(&self.text[self.at..], ARABIC_LETTER_MARK);
        self.letter_mark = next.map(|skipped| self.at + skipped);
        Some((at..self.at, Control::Mark(ARABIC_LETTER_MARK[1])))
    }
}

fn control(text: &[u8]) -> Option<Control> {
    Some(match *text {
        [0xE2, 0x80, last @ (0x8E | 0x8F), ..] => Control::Mark(last),
        [0xE2, 0x80, 0xAA | 0xAB, ..] => Control::Embedding,
        [0xE2, 0x80, 0xAC, ..] => Control::EndOfEmbedding,
        [0xE2, 0x80, 0xAD | 0xAE, ..] => Control::Override,
        [0xE2, 0x81, 0xA6..=0xA8, ..] => Control::Isolate,
        [0xE2, 0x81, 0xA9, ..] => Control::EndOfIsolate,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_those_of_the_property() {
        for character in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer).as_bytes();
            let found = Controls::new(text).next().map(|(range, _)| range);
            let is_control = unicode::ignorable::is_bidi_control(character);
            assert_eq!(found, is_control.then_some(0..text.len()));
        }
    }

    #[test]
    fn controls_come_in_order() {
        let text = "\u{61C}a\u{200E}\u{61C}\u{200F}\u{2066}ا\u{202E}\u{202C}\u{2069}\u{202A}\u{61C}";
        let found: Vec<_> =
            Controls::new(text.as_bytes()).map(|(range, control)| (range.start, control)).collect();
        let want = [
            (0, Control::Mark(0x9C)),
            (3, Control::Mark(0x8E)),
            (6, Control::Mark(0x9C)),
            (8, Control::Mark(0x8F)),
            (11, Control::Isolate),
            (16, Control::Override),
            (19, Control::EndOfEmbedding),
            (22, Control::EndOfIsolate),
            (25, Control::Embedding),
            (28, Control::Mark(0x9C)),
        ];
        assert_eq!(found, want);
    }
}
