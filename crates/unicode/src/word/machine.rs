//! The word boundary rules of UAX #29 (WB1 to WB999) as a machine that reads one character at a time.

use crate::space::WHITE_SPACE;
use crate::tables::word::WORD;

// Classes, in the order that scripts/gen-unicode numbers them.
const OTHER: u8 = 0;
const LETTER: u8 = 1;
const HEBREW: u8 = 2;
const NUMERIC: u8 = 3;
const EXTEND_NUM_LET: u8 = 4;
const KATAKANA: u8 = 5;
const MID_LETTER: u8 = 6;
const MID_NUM: u8 = 7;
const MID_NUM_LET: u8 = 8;
const SINGLE_QUOTE: u8 = 9;
const DOUBLE_QUOTE: u8 = 10;
const EXTEND: u8 = 11;
const FORMAT: u8 = 12;
const ZWJ: u8 = 13;
const SPACE: u8 = 14;
const REGIONAL: u8 = 15;
const CR: u8 = 16;
const LF: u8 = 17;
const NEWLINE: u8 = 18;

const CLASS: u8 = 0x1F;
const PICTOGRAPHIC: u8 = 0x40;

/// Where the segment that begins at `start` ends, and whether all of it is White_Space.
///
/// `start` must be a word boundary inside the text: no rule looks further back than the segment's own
/// beginning.
pub(super) fn segment_end(text: &[u8], start: usize) -> (usize, bool) {
    let (value, length) = WORD.at(text, start);
    let class = value & CLASS;
    let at = start + length;
    match class {
        CR if text.get(at) == Some(&b'\n') => (at + 1, true), // WB3
        CR | LF | NEWLINE => (at, true),                      // WB3a
        _ => Segment { text, at, last: value, base: class, blank: value }.end(),
    }
}

/// A segment that is being read.
struct Segment<'t> {
    text: &'t [u8],
    /// What has been joined ends here.
    at: usize,
    /// Value of the last character.
    last: u8,
    /// Class of the last character that WB4 does not hide; OTHER also after a pair of regional indicators.
    base: u8,
    /// All values joined so far, by AND: only White_Space is of interest.
    blank: u8,
}

impl Segment<'_> {
    fn end(mut self) -> (usize, bool) {
        while self.at < self.text.len() {
            let (value, length) = WORD.at(self.text, self.at);
            let joined = match value & CLASS {
                EXTEND | FORMAT | ZWJ => true, // WB4
                class => self.joins(value, class, self.at + length),
            };
            if !joined {
                break;
            }
            self.at += length;
            self.last = value;
            self.blank &= value;
        }
        (self.at, self.blank & WHITE_SPACE != 0)
    }

    /// Whether a character that WB4 does not hide, which ends at `after`, belongs to the segment.
    #[inline]
    fn joins(&mut self, value: u8, class: u8, after: usize) -> bool {
        let last = self.last & CLASS;
        let joined = (last == ZWJ && value & PICTOGRAPHIC != 0) // WB3c
            || (last == SPACE && class == SPACE) // WB3d
            || match (self.base, class) {
                (LETTER | HEBREW | NUMERIC, LETTER | HEBREW | NUMERIC) => true, // WB5, WB8, WB9, WB10
                (HEBREW, SINGLE_QUOTE) => true,                                  // WB7a
                (LETTER | HEBREW, MID_LETTER | MID_NUM_LET | SINGLE_QUOTE) => {
                    matches!(self.class_after(after), LETTER | HEBREW) // WB6
                }
                (HEBREW, DOUBLE_QUOTE) => self.class_after(after) == HEBREW, // WB7b
                (NUMERIC, MID_NUM | MID_NUM_LET | SINGLE_QUOTE) => self.class_after(after) == NUMERIC, // WB12
                (MIDDLE_OF_LETTERS, LETTER | HEBREW) | (MIDDLE_OF_NUMBER, NUMERIC) => true, // WB7, WB7c, WB11
                (KATAKANA, KATAKANA) => true,                                // WB13
                (LETTER | HEBREW | NUMERIC | KATAKANA | EXTEND_NUM_LET, EXTEND_NUM_LET) => true, // WB13a
                (EXTEND_NUM_LET, LETTER | HEBREW | NUMERIC | KATAKANA) => true, // WB13b
                (REGIONAL, REGIONAL) => true,                                // WB15, WB16
                _ => false,
            };
        if joined {
            self.base = match (self.base, class) {
                (REGIONAL, REGIONAL) => OTHER,
                (LETTER | HEBREW, MID_LETTER | MID_NUM_LET | SINGLE_QUOTE | DOUBLE_QUOTE) => {
                    MIDDLE_OF_LETTERS
                }
                (NUMERIC, MID_NUM | MID_NUM_LET | SINGLE_QUOTE) => MIDDLE_OF_NUMBER,
                _ => class,
            };
        }
        joined
    }

    /// The class of the next character from `at` on that WB4 does not hide.
    #[cold]
    fn class_after(&self, mut at: usize) -> u8 {
        while at < self.text.len() {
            let (value, length) = WORD.at(self.text, at);
            let class = value & CLASS;
            if !matches!(class, EXTEND | FORMAT | ZWJ) {
                return class;
            }
            at += length;
        }
        OTHER
    }
}

/// Bases that no character has: the mark inside a word or a number, of which the next letter or digit is
/// known.
const MIDDLE_OF_LETTERS: u8 = 32;
const MIDDLE_OF_NUMBER: u8 = 33;
