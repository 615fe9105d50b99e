//! Places that no piece can reach across: a long text without words is cut there, and the pieces stay the same.
//!
//! What merging makes is in the vocabulary, so where no form of the vocabulary has two characters side by side,
//! nothing is merged across the place between them. The parts are short, and come again.

use std::ops::Range;

use unicode::utf8;

use crate::merges::{Merge, Merges};

/// Which characters stand side by side in a form.
#[derive(Debug)]
pub(crate) struct Seams {
    pairs: Merges,
}

/// In the place of a second character: the first is a form by itself.
const ALONE: u32 = u32::MAX - 1;
const SEEN: Merge = Merge { rank: 0, id: 0 };

impl Seams {
    /// The seams of a vocabulary.
    pub(crate) fn new<'a>(forms: impl Iterator<Item = &'a [u8]>) -> Seams {
        let mut pairs = Merges::with_room(1 << 12);
        for form in forms {
            let Ok(form) = std::str::from_utf8(form) else { continue };
            let mut before = None;
            for character in form.chars().map(u32::from) {
                if let Some(before) = before {
                    pairs.insert(before, character, SEEN);
                }
                before = Some(character);
            }
            if let Some(only) = before.filter(|_| form.chars().nth(1).is_none()) {
                pairs.insert(only, ALONE, SEEN);
            }
        }
        Seams { pairs }
    }

    /// Call `receive` with each part of a text.
    pub(crate) fn split(&self, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
        let (mut before, mut at) = utf8::decode(text);
        let mut start = 0;
        while at < text.len() {
            let (character, length) = utf8::decode(&text[at..]);
            if self.is_seam(before, character) {
                receive(start..at);
                start = at;
            }
            (before, at) = (character, at + length);
        }
        if start < text.len() {
            receive(start..text.len());
        }
    }

    /// Unknown characters side by side are not parted: they may be one piece.
    fn is_seam(&self, left: char, right: char) -> bool {
        let (left, right) = (u32::from(left), u32::from(right));
        self.pairs.get(left, right).is_none() && (self.is_known(left) || self.is_known(right))
    }

    fn is_known(&self, character: u32) -> bool {
        self.pairs.get(character, ALONE).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_no_form_goes_on() {
        let forms = ["▁the", "▁", "▁▁", "t", "h", "e", ",", "en"];
        let seams = Seams::new(forms.iter().map(|form| form.as_bytes()));
        let text = "▁the▁▁then,éßéx";
        let mut parts = Vec::new();
        seams.split(text.as_bytes(), |range| parts.push(&text[range]));
        assert_eq!(parts, ["▁the", "▁▁then", ",", "éßéx"]);
    }
}
