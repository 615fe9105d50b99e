//! One look over a text that tells which steps could have anything to say about it.

use unicode::sieve::{self, Sieve};

use crate::charset::CharSet;

/// A bit for each step, in order.
pub type Signs = u32;

/// The most steps that can be watched for.
pub const STEPS_MAX: usize = Signs::BITS as usize;

const BLOCK: usize = 64;

/// For each character, the steps that wait for it.
#[derive(Debug, Clone)]
pub struct Watch {
    /// By byte; what is not ASCII brings nothing.
    ascii: [Signs; 256],
    /// What ASCII can bring at all, and where: ranges of a first byte and how many follow it.
    any_ascii: Signs,
    ascii_ranges: Vec<(u8, u8)>,
    /// Where a character that brings something may begin.
    sieve: Box<Sieve>,
    /// Nothing but ASCII brings anything.
    is_ascii_only: bool,
    /// Block of each 64 code points.
    index: Vec<u16>,
    blocks: Vec<[Signs; BLOCK]>,
}

impl Watch {
    /// Watches for some sets, each with the bit of its step.
    pub fn new<'s>(sets: impl IntoIterator<Item = (usize, &'s CharSet)>) -> Self {
        let mut watch = Watch {
            ascii: [0; 256],
            any_ascii: 0,
            ascii_ranges: Vec::new(),
            sieve: Box::new([0; 256]),
            is_ascii_only: true,
            index: vec![0; 0x11_0000 / BLOCK],
            blocks: vec![[0; BLOCK]],
        };
        for (step, set) in sets {
            for &(first, last) in set.ranges() {
                watch.is_ascii_only &= last < 0x80;
                watch.add(first, last, 1 << step);
            }
        }
        for code in 0..128_u8 {
            let signs = watch.of(u32::from(code));
            watch.ascii[usize::from(code)] = signs;
            watch.any_ascii |= signs;
            match watch.ascii_ranges.last_mut() {
                _ if signs == 0 => {}
                Some((first, more)) if *first + *more + 1 == code => *more += 1,
                _ => watch.ascii_ranges.push((code, 0)),
            }
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
            if let Some(character) = char::from_u32(code) {
                sieve::add(&mut self.sieve, character);
            }
        }
    }

    fn of(&self, code: u32) -> Signs {
        self.blocks[usize::from(self.index[code as usize / BLOCK])][code as usize % BLOCK]
    }

    /// The steps that wait for a character of the text.
    pub fn signs(&self, text: &[u8]) -> Signs {
        self.signs_until(text, 0)
    }

    /// The same, or some of them as soon as one of `enough` is among them.
    pub fn signs_until(&self, text: &[u8], enough: Signs) -> Signs {
        if self.is_ascii_only {
            return self.signs_of_bytes(text);
        }
        let mut signs = 0;
        let mut at = 0;
        while at + WINDOW < text.len() && signs & enough == 0 {
            signs |= self.of_window(text, at, signs);
            at += WINDOW;
        }
        if signs & enough != 0 {
            return signs;
        }
        // Looking twice does no harm: the last window lies where it fits.
        if let Some(start) = text.len().checked_sub(WINDOW + 1) {
            signs |= self.of_window(text, start, signs);
            at = text.len() - 1;
        }
        for at in at..text.len() {
            if sieve::is_suspect(&self.sieve, text, at) {
                signs |= self.at(text, at);
            }
        }
        signs
    }

    /// What the bytes of the text bring, if that is all there is to see.
    fn signs_of_bytes(&self, text: &[u8]) -> Signs {
        let mut signs = 0;
        for block in text.chunks(BYTES) {
            if signs == self.any_ascii {
                break;
            }
            if self.may_bring(block) {
                signs |= self.of_ascii(block);
            }
        }
        signs
    }

    /// What begins in the window at `at`, after which there is at least one byte more; of ASCII perhaps only what is not
    /// `known`.
    #[inline(always)]
    fn of_window(&self, text: &[u8], at: usize, known: Signs) -> Signs {
        // One byte more than a window is needed to know a suspect.
        let window = &text[at..=at + WINDOW];
        if window[..WINDOW].is_ascii() {
            let is_news = self.any_ascii & !known != 0 && self.may_bring(&window[..WINDOW]);
            return if is_news { self.of_ascii(&window[..WINDOW]) } else { 0 };
        }
        let suspects = sieve::suspects(&self.sieve, window)
            | sieve::suspects(&self.sieve, &window[sieve::STEP..]) << sieve::STEP;
        self.of_suspects(suspects, text, at)
    }

    /// Whether an ASCII character brings anything.
    fn may_bring(&self, bytes: &[u8]) -> bool {
        let among = |&(first, more): &(u8, u8)| {
            bytes.iter().fold(0, |any, byte| any | u8::from(byte.wrapping_sub(first) <= more))
        };
        self.ascii_ranges.iter().any(|range| among(range) != 0)
    }

    fn of_ascii(&self, window: &[u8]) -> Signs {
        window.iter().fold(0, |signs, &byte| signs | self.ascii[usize::from(byte)])
    }

    fn of_suspects(&self, mut suspects: u32, text: &[u8], at: usize) -> Signs {
        let mut signs = 0;
        while suspects != 0 {
            signs |= self.at(text, at + suspects.trailing_zeros() as usize);
            suspects &= suspects - 1;
        }
        signs
    }

    /// The signs of the character at `at`.
    fn at(&self, text: &[u8], at: usize) -> Signs {
        match text[at] {
            byte @ ..0x80 => self.ascii[usize::from(byte)],
            _ => self.of(u32::from(unicode::utf8::decode(&text[at..]).0)),
        }
    }
}

/// Bytes that are asked together whether one of them is ASCII that brings something.
const BYTES: usize = 1024;

/// Bytes that are looked at together.
const WINDOW: usize = 2 * sieve::STEP;

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
        let text = ["&", &"a".repeat(70), "\u{200C}"].concat();
        assert_eq!((watch.signs_until(text.as_bytes(), 8), watch.signs_until(text.as_bytes(), 2)), (8, 9));
        assert_eq!(watch.signs(b"\xE2\x80& \xFF"), 8);
        let ascii = Watch::new([(1, &CharSet::from_chars(['\r'])), (2, &CharSet::from_chars(['<', '>']))]);
        let text = "é\u{8C}a".repeat(1000);
        assert_eq!(ascii.signs(text.as_bytes()), 0);
        assert_eq!(ascii.signs([text.as_str(), ">"].concat().as_bytes()), 4);
        assert_eq!(ascii.signs(["\r", &text, "<"].concat().as_bytes()), 6);
    }
}
