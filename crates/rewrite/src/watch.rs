//! One look over a text that tells which steps could have anything to say about it.

use crate::charset::CharSet;

/// A bit for each step, in order.
pub type Signs = u32;

/// The most steps that can be watched for.
pub const STEPS_MAX: usize = Signs::BITS as usize;

const BLOCK: usize = 64;

/// For each character, the steps that wait for it.
#[derive(Debug, Clone)]
pub struct Watch {
    ascii: [Signs; 128],
    /// What ASCII can bring at all.
    any_ascii: Signs,
    /// Block of each 64 code points.
    index: Vec<u16>,
    blocks: Vec<[Signs; BLOCK]>,
}

impl Watch {
    /// Watches for some sets, each with the bit of its step.
    pub fn new<'s>(sets: impl IntoIterator<Item = (usize, &'s CharSet)>) -> Self {
        let mut watch = Watch {
            ascii: [0; 128],
            any_ascii: 0,
            index: vec![0; 0x11_0000 / BLOCK],
            blocks: vec![[0; BLOCK]],
        };
        for (step, set) in sets {
            for &(first, last) in set.ranges() {
                watch.add(first, last, 1 << step);
            }
        }
        for code in 0..128 {
            watch.ascii[code] = watch.of(code as u32);
            watch.any_ascii |= watch.ascii[code];
        }
        watch
    }

    fn add(&mut self, first: u32, last: u32, sign: Signs) {
        for code in first..=last {
            let (block, place) = (code as usize / BLOCK, code as usize % BLOCK);
            if self.index[block] == 0 {
                self.index[block] = self.blocks.len() as u16;
                self.blocks.push([0; BLOCK]);
            }
            self.blocks[usize::from(self.index[block])][place] |= sign;
        }
    }

    fn of(&self, code: u32) -> Signs {
        self.blocks[usize::from(self.index[code as usize / BLOCK])][code as usize % BLOCK]
    }

    /// The steps that wait for a character of the text.
    pub fn signs(&self, text: &[u8]) -> Signs {
        let mut signs = 0;
        let mut at = 0;
        while at < text.len() {
            if let Some(window) = text[at..].first_chunk::<WINDOW>()
                && window.is_ascii()
            {
                if self.any_ascii & !signs != 0 {
                    signs |= self.of_ascii(window);
                }
                at += WINDOW;
                continue;
            }
            let stop = text.len().min(at + WINDOW);
            while at < stop {
                let (more, length) = self.at(text, at);
                signs |= more;
                at += length;
            }
        }
        signs
    }

    fn of_ascii(&self, window: &[u8; WINDOW]) -> Signs {
        window.iter().fold(0, |signs, &byte| signs | self.ascii[usize::from(byte & 0x7F)])
    }

    /// The signs of the character at `at`, and its length.
    #[inline(always)]
    fn at(&self, text: &[u8], at: usize) -> (Signs, usize) {
        let first = text[at];
        if first < 0x80 {
            return (self.ascii[usize::from(first)], 1);
        }
        let (character, length) = unicode::utf8::decode(&text[at..]);
        (self.of(u32::from(character)), length)
    }
}

/// Bytes that are looked at together if all of them are ASCII.
const WINDOW: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_looked_at() {
        let wide = CharSet::new([('\u{200B}', '\u{200F}'), ('\u{E0001}', '\u{E007F}')]);
        let narrow = CharSet::from_chars(['&', 'é']);
        let watch = Watch::new([(0, &wide), (3, &narrow)]);
        for before in 0..70 {
            for (sign, found) in
                [("\u{200C}", 1), ("\u{E0020}", 1), ("&", 8), ("é", 8), ("\u{2010}", 0), ("%", 0)]
            {
                let text = ["a".repeat(before).as_str(), sign, "bcd"].concat();
                assert_eq!(watch.signs(text.as_bytes()), found, "{sign:?} after {before}");
            }
        }
        assert_eq!(watch.signs(b"\xE2\x80& \xFF"), 8);
    }
}
