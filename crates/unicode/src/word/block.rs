//! The word boundaries of up to 64 bytes at once: one bit for each byte, the rules as arithmetic on the bits.
//!
//! Each byte is looked up with its successor, which gives the flags of most characters without a branch; the
//! flags become bit planes, and a rule such as WB5 is then `letters & letters << 1` for all 64 places. What
//! the planes cannot say (Hebrew, emoji sequences, flags, carriage returns alone, ill-formed bytes) ends the block,
//! and the machine takes over.

use crate::beginning;
use crate::lanes;
use crate::tables::word::{FLAG_CELLS, FLAG_ROWS, FLAGS_OF_VALUE, WORD};

/// Bytes that a block looks at.
pub(super) const WIDTH: usize = 64;

/// A block and what follows it; beyond the end of the text, NUL.
pub(super) type Window = [u8; 2 * WIDTH];

/// The last places of a block whose boundaries may depend on bytes beyond it: a mark of three bytes and what
/// follows.
const MARGIN: usize = 4;

/// The same where all is ASCII: a mark, and the character after it.
const ASCII_MARGIN: usize = 2;

/// So many characters are faster looked up one by one than all at once.
const FEW: u32 = 7;

const STOP_OR_CLOSER: usize = 7;
const CLOSER: u8 = 0x81;

/// Word boundaries near the beginning of a block.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Boundaries {
    /// Where segments end, as offsets from the beginning of the block; never bit 0.
    pub(super) ends: u64,
    /// Where segments that are not White_Space begin, of those that end.
    pub(super) tokens: u64,
    /// The bytes of White_Space.
    pub(super) space: u64,
    /// Those of U+0020.
    pub(super) plain_space: u64,
}

impl Boundaries {
    #[inline(always)]
    fn new(ends: u64, space: u64, plain_space: u64) -> Self {
        let last = (1u64 << 63).checked_shr(ends.leading_zeros()).unwrap_or(1);
        Boundaries { ends, tokens: (ends | 1) & !space & (last - 1), space, plain_space }
    }

    /// The last boundary; 0 if there is none.
    #[inline(always)]
    pub(super) fn last_end(self) -> usize {
        63_usize.saturating_sub(self.ends.leading_zeros() as usize)
    }

    /// Take the first boundary; there must be one.
    #[inline(always)]
    pub(super) fn next_end(&mut self) -> usize {
        let end = self.ends.trailing_zeros() as usize;
        self.ends &= self.ends.wrapping_sub(1);
        end
    }

    /// Take the first token: where it begins and ends.
    #[inline(always)]
    pub(super) fn next_token(&mut self) -> Option<(usize, usize)> {
        if self.tokens == 0 {
            return None;
        }
        let start = self.tokens.trailing_zeros();
        self.tokens &= self.tokens - 1;
        let end = (self.ends & (!1 << start)).trailing_zeros();
        Some((start as usize, end as usize))
    }
}

/// The boundaries after `start`, itself a boundary inside the text, as far as a block can tell; perhaps none.
#[inline(always)]
pub(super) fn boundaries(window: &Window, text: &[u8], start: usize) -> Boundaries {
    let bytes = window.first_chunk::<WIDTH>().expect("a window is wider than a block");
    let length = text.len() - start;
    // NUL is of class Other: it joins nothing, so the end of the text is found as a boundary like any other.
    let limit = |margin: usize| if length < WIDTH { length } else { WIDTH - margin };
    let high = lanes::plane(bytes, 7);
    if high == 0 {
        return Planes::of_ascii(bytes).boundaries(limit(ASCII_MARGIN));
    }
    Planes::new(window, high, text, start).boundaries(limit(MARGIN))
}

/// One bit for each byte of a block, the first byte the lowest.
struct Planes {
    /// Continuation bytes.
    inner: u64,
    /// All other planes hold the first bytes of characters.
    letter: u64,
    numeric: u64,
    joiner: u64,
    katakana: u64,
    extend: u64,
    letter_middle: u64,
    number_middle: u64,
    space: u64,
    segment_space: u64,
    /// Carriage returns before line feeds, which are `space` too.
    line_return: u64,
    /// Characters that the planes cannot speak of.
    stop: u64,
}

impl Planes {
    /// The planes of ASCII, without a look-up or a byte of flags.
    #[inline(always)]
    fn of_ascii(bytes: &[u8; WIDTH]) -> Planes {
        let any_control = bytes.iter().fold(0, |any, byte| any | u8::from(*byte < b' ')) != 0;
        let of = |byte: u8| move |other: u8| other == byte;
        let blank = lanes::matches(bytes, of(b' '));
        let (control, returns) = if any_control {
            (lanes::matches(bytes, |byte| byte.wrapping_sub(b'\t') < 4), lanes::matches(bytes, of(b'\r')))
        } else {
            (0, 0)
        };
        let line_return = line_returns(bytes, returns);
        let both = lanes::matches(bytes, |byte| (byte == b'.') | (byte == b'\''));
        Planes {
            inner: 0,
            letter: lanes::matches(bytes, is_ascii_letter),
            numeric: lanes::matches(bytes, |byte| byte.wrapping_sub(b'0') < 10),
            katakana: 0,
            joiner: lanes::matches(bytes, of(b'_')),
            extend: 0,
            letter_middle: both | lanes::matches(bytes, of(b':')),
            number_middle: both | lanes::matches(bytes, |byte| (byte == b',') | (byte == b';')),
            space: blank | control | line_return,
            segment_space: blank,
            line_return,
            stop: returns & !line_return,
        }
    }

    #[inline(always)]
    fn new(window: &Window, high: u64, text: &[u8], start: usize) -> Self {
        let bytes = window.first_chunk::<WIDTH>().expect("a window is wider than a block");
        let (inner, broken) = structure(window, high);
        // Scripts of which a block is full: a comparison of vectors tells what most of their characters are.
        let (letters, others) =
            (lanes::pairs(window, beginning::is_letter), lanes::matches(bytes, beginning::is_han));
        let ascii_letters = lanes::matches(bytes, is_ascii_letter);
        let blank = lanes::matches(bytes, |byte| byte == b' ');
        let rest = !(inner | letters | others | ascii_letters | blank);
        let [p0, p1, p2, p3, p4, p5, p6, p7] = if rest.count_ones() <= FEW {
            let mut planes = planes_of_few(window, rest, text, start);
            planes[0] |= ascii_letters;
            planes[2] |= blank;
            planes[6] |= blank;
            planes
        } else {
            let mut flags = [0u8; WIDTH];
            for (flag, &byte) in flags.iter_mut().zip(window) {
                *flag = ascii_flags(byte);
            }
            look_up(&mut flags, window, high & !inner & !letters & !others);
            look_closer(&mut flags, text, start);
            lanes::planes(&flags)
        };
        let line_return = line_returns(bytes, p7);
        Planes {
            inner,
            letter: p0 & !p1 | letters,
            numeric: p1 & !p0,
            katakana: p0 & p1,
            joiner: p2 & !p6,
            extend: p3,
            letter_middle: p4,
            number_middle: p5,
            space: p6 | line_return,
            segment_space: p6 & p2,
            line_return,
            stop: p7 & !line_return | broken,
        }
    }

    /// The boundaries at places up to `limit`, or to where the block stops.
    #[inline(always)]
    fn boundaries(&self, limit: usize) -> Boundaries {
        // From here on a plane also holds the continuation bytes of its characters, and the Extend and Format
        // characters after them (WB4): whatever stands at a place, the bit before it says what it follows.
        let extend = self.whole(self.extend);
        let word = self.letter | self.numeric | self.joiner;
        let words = self.extended(word, extend);
        let space = self.whole(self.space);
        let segment_space = self.whole(self.segment_space);

        let mut joined = self.inner | extend | self.line_return << 1; // WB3
        joined |= words << 1 & word; // WB5, WB8, WB9, WB10, WB13a, WB13b
        joined |= segment_space << 1 & self.segment_space; // WB3d
        if self.katakana != 0 {
            let katakana = self.katakana | self.joiner;
            joined |= self.extended(katakana, extend) << 1 & katakana; // WB13, WB13a, WB13b
        }
        if self.around(self.letter_middle | self.number_middle, words, word) != 0 {
            let (letter, numeric) = (self.extended(self.letter, extend), self.extended(self.numeric, extend));
            joined |= self.around(self.letter_middle, letter, self.letter); // WB6, WB7
            joined |= self.around(self.number_middle, numeric, self.numeric); // WB11, WB12
        }

        // Marks after white space: no boundary after a line end, and a token that begins with white space.
        let middle = self.whole(self.letter_middle | self.number_middle);
        let stop = self.stop | (space | middle) << 1 & self.extend;
        let told = if stop == 0 {
            limit
        } else {
            limit.min((stop.trailing_zeros() as usize).saturating_sub(MARGIN))
        };
        let plain_space = self.segment_space & !(self.inner >> 1);
        Boundaries::new(!joined & (2u64 << told).wrapping_sub(2), space, plain_space)
    }

    /// First bytes, and the rest of the same characters.
    #[inline(always)]
    fn whole(&self, first: u64) -> u64 {
        let two = first | first << 1 & self.inner;
        two | two << 2 & self.inner & (self.inner << 1)
    }

    /// Whole characters, and the Extend characters that follow them.
    #[inline(always)]
    fn extended(&self, first: u64, extend: u64) -> u64 {
        let whole = self.whole(first);
        let begins = whole << 1 & extend & !whole;
        // The carry runs through each run of Extend bytes that begins so.
        whole | (extend.wrapping_add(begins) ^ extend) & extend
    }

    /// The places before marks that stand between two of a kind, and before what follows the marks.
    #[inline(always)]
    fn around(&self, middle: u64, before: u64, after: u64) -> u64 {
        let candidates = middle & before << 1;
        let ends = self.whole(candidates) & after >> 1;
        ends << 1 | candidates & (ends | ends >> 1 | ends >> 2)
    }
}

/// The flags of an ASCII character, without a look-up, so that the loop over a block runs on vectors; 0 for others.
#[inline(always)]
fn ascii_flags(byte: u8) -> u8 {
    let flag = |is: bool, flags: u8| if is { flags } else { 0 };
    flag(is_ascii_letter(byte), 0x01)
        | flag(byte.wrapping_sub(b'0') < 10, 0x02)
        | flag(byte == b'_', 0x04)
        | flag((byte == b':') | (byte == b'.') | (byte == b'\''), 0x10)
        | flag((byte == b',') | (byte == b';') | (byte == b'.') | (byte == b'\''), 0x20)
        | flag(byte == b' ', 0x44)
        | flag(byte.wrapping_sub(b'\t') < 4, 0x40)
        | flag(byte == b'\r', 0x80)
}

#[inline(always)]
fn is_ascii_letter(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') < 26
}

/// The carriage returns before line feeds, among places that the planes cannot speak of.
#[inline(always)]
fn line_returns(bytes: &[u8; WIDTH], stop: u64) -> u64 {
    if stop == 0 {
        return 0;
    }
    let of = |byte: u8| move |other: u8| other == byte;
    stop & lanes::matches(bytes, of(b'\r')) & lanes::matches(bytes, of(b'\n')) >> 1
}

/// Give each character beyond ASCII the flags that its first two bytes decide.
#[inline(always)]
fn look_up(flags: &mut [u8; WIDTH], window: &Window, mut leads: u64) {
    while leads != 0 {
        let place = leads.trailing_zeros() as usize % WIDTH;
        let row = usize::from(FLAG_ROWS[usize::from(window[place])]);
        flags[place] = FLAG_CELLS[(row << 6 | usize::from(window[place + 1] & 63)) & 0xFFF];
        leads &= leads - 1;
    }
}

/// The planes of the flags of the characters that begin at a few places.
#[inline(always)]
fn planes_of_few(window: &Window, mut places: u64, text: &[u8], start: usize) -> [u64; 8] {
    let mut planes = [0; 8];
    while places != 0 {
        let place = places.trailing_zeros() as usize % WIDTH;
        let byte = window[place];
        let second = if byte < 0x80 { 0 } else { window[place + 1] & 63 };
        let row = usize::from(FLAG_ROWS[usize::from(byte)]);
        let mut flags = FLAG_CELLS[(row << 6 | usize::from(second)) & 0xFFF];
        if flags == CLOSER {
            flags = FLAGS_OF_VALUE[usize::from(WORD.at(text, start + place).0)];
        }
        for (number, plane) in planes.iter_mut().enumerate() {
            *plane |= u64::from(flags >> number & 1) << place;
        }
        places &= places - 1;
    }
    planes
}

/// Give the characters whose first two bytes do not decide it their exact flags.
#[inline(always)]
fn look_closer(flags: &mut [u8; WIDTH], text: &[u8], start: usize) {
    let mut marked = lanes::plane(flags, STOP_OR_CLOSER);
    while marked != 0 {
        let place = marked.trailing_zeros() as usize;
        if flags[place] == CLOSER {
            flags[place] = FLAGS_OF_VALUE[usize::from(WORD.at(text, start + place).0)];
        }
        marked &= marked - 1;
    }
}

/// Continuation bytes, and where characters or bytes that break the structure of UTF-8 begin.
#[inline(always)]
fn structure(window: &Window, high: u64) -> (u64, u64) {
    let bytes = window.first_chunk::<WIDTH>().expect("a window is wider than a block");
    let leads = high & lanes::plane(bytes, 6);
    let three = leads & lanes::plane(bytes, 5);
    let four = three & lanes::plane(bytes, 4);
    let inner = high & !leads;
    let expected = leads << 1 | three << 2 | four << 3;
    let missing = expected & !inner;
    let short = leads & missing >> 1 | three & missing >> 2 | four & missing >> 3;
    (inner, inner & !expected | short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comparisons_tell_is_true() {
        for character in '\u{80}'..=char::MAX {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes);
            let flags = FLAGS_OF_VALUE[usize::from(WORD.of(character))];
            assert!(!beginning::is_letter(bytes[0], bytes[1]) || flags == 0x01, "{character:?}");
            assert!(!beginning::is_han(bytes[0]) || flags == 0, "{character:?}");
        }
        assert!(
            beginning::is_letter(0xDB, 0x8C) && !beginning::is_letter(b'D', b'a') && !beginning::is_han(b'a')
        );
    }

    #[test]
    fn ascii_flags_are_those_of_the_table() {
        for byte in 0..0x80 {
            let flags = FLAGS_OF_VALUE[usize::from(WORD.of(char::from(byte)))];
            assert_eq!(ascii_flags(byte), flags, "{byte:#x}");
            assert_eq!(FLAG_CELLS[usize::from(FLAG_ROWS[usize::from(byte)]) << 6], flags, "{byte:#x}");
        }
    }
}
