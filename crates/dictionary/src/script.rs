//! Which characters are divided by a dictionary, and by which one.

use unicode::sieve::{self, STEP, Sieve};

/// What a character counts as in a run that has no spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Script {
    /// None: the rules of UAX #29 divide it.
    Plain,
    Thai,
    Lao,
    Burmese,
    Khmer,
    /// Han and Hiragana, which share a dictionary.
    Han,
    /// Written without spaces, but of no dictionary: Tai Le, New Tai Lue, Tai Tham, Tai Viet, Ahom.
    Undivided,
}

const SCRIPTS: [Script; 7] = [
    Script::Plain,
    Script::Thai,
    Script::Lao,
    Script::Burmese,
    Script::Khmer,
    Script::Han,
    Script::Undivided,
];

/// First and last character, and what they count as: the class SA of ICU4X's word rules, by the script that picks
/// its dictionary (icu_segmenter 2.4, Unicode 18).
const RANGES: [(u32, u32, Script); 63] = [
    (0x0E01, 0x0E3A, Script::Thai),
    (0x0E40, 0x0E4E, Script::Thai),
    (0x0E81, 0x0E82, Script::Lao),
    (0x0E84, 0x0E84, Script::Lao),
    (0x0E86, 0x0E8A, Script::Lao),
    (0x0E8C, 0x0EA2, Script::Lao),
    // LAO LETTER LO LING, which ICU4X leaves out of Lao.
    (0x0EA3, 0x0EA3, Script::Undivided),
    (0x0EA5, 0x0EA5, Script::Lao),
    (0x0EA7, 0x0EBD, Script::Lao),
    (0x0EC0, 0x0EC4, Script::Lao),
    (0x0EC6, 0x0EC6, Script::Lao),
    (0x0EC8, 0x0ECE, Script::Lao),
    (0x0EDC, 0x0EDF, Script::Lao),
    (0x1000, 0x103F, Script::Burmese),
    (0x1050, 0x108F, Script::Burmese),
    (0x109A, 0x109F, Script::Burmese),
    (0x1780, 0x17D3, Script::Khmer),
    (0x17D7, 0x17D7, Script::Khmer),
    (0x17DC, 0x17DD, Script::Khmer),
    (0x1950, 0x196D, Script::Undivided),
    (0x1970, 0x1974, Script::Undivided),
    (0x1980, 0x19AB, Script::Undivided),
    (0x19B0, 0x19C9, Script::Undivided),
    (0x19DE, 0x19DF, Script::Undivided),
    (0x1A20, 0x1A5E, Script::Undivided),
    (0x1A60, 0x1A7C, Script::Undivided),
    (0x1AA0, 0x1AAD, Script::Undivided),
    (0x2E80, 0x2E99, Script::Han),
    (0x2E9B, 0x2EF3, Script::Han),
    (0x2F00, 0x2FD5, Script::Han),
    (0x3005, 0x3005, Script::Han),
    (0x3007, 0x3007, Script::Han),
    (0x3021, 0x3029, Script::Han),
    (0x3038, 0x303B, Script::Han),
    (0x3041, 0x3096, Script::Han),
    (0x309D, 0x309F, Script::Han),
    (0x3400, 0x4DBF, Script::Han),
    (0x4E00, 0x9FFF, Script::Han),
    (0xA9E0, 0xA9EF, Script::Burmese),
    (0xA9FA, 0xA9FE, Script::Burmese),
    (0xAA60, 0xAA7F, Script::Burmese),
    (0xAA80, 0xAAC2, Script::Undivided),
    (0xAADB, 0xAADF, Script::Undivided),
    (0xF900, 0xFA6D, Script::Han),
    (0xFA70, 0xFAD9, Script::Han),
    (0x11700, 0x1171A, Script::Undivided),
    (0x1171D, 0x1172B, Script::Undivided),
    (0x1173A, 0x1173B, Script::Undivided),
    (0x1173F, 0x11746, Script::Undivided),
    (0x16FE2, 0x16FE3, Script::Han),
    (0x16FF0, 0x16FF6, Script::Han),
    (0x1B001, 0x1B11F, Script::Han),
    (0x1B132, 0x1B132, Script::Han),
    (0x1B150, 0x1B152, Script::Han),
    (0x1F200, 0x1F200, Script::Han),
    (0x20000, 0x2A6DF, Script::Han),
    (0x2A700, 0x2B81D, Script::Han),
    (0x2B820, 0x2CEAD, Script::Han),
    (0x2CEB0, 0x2EBE0, Script::Han),
    (0x2EBF0, 0x2EE5D, Script::Han),
    (0x2F800, 0x2FA1D, Script::Han),
    (0x30000, 0x3134A, Script::Han),
    (0x31350, 0x33479, Script::Han),
];

/// What the character that begins at `at`, inside the text, counts as, and its length in bytes; the length is that
/// of the character only if it is not plain.
#[inline(always)]
pub(crate) fn at(text: &[u8], at: usize) -> (Script, usize) {
    let first = text[at];
    if first < 0xE0 {
        return (Script::Plain, 1);
    }
    match text.get(at + 1..at + 3) {
        Some(&[second, third]) if (second & third) & 0xC0 == 0x80 && (second | third) & 0x40 == 0 => {
            if first < 0xF0 {
                let row = LEAF_OF_ROW[usize::from(first & 0xF) << 6 | usize::from(second & 0x3F)];
                (LEAVES[usize::from(row)][usize::from(third & 0x3F)], 3)
            } else {
                (beyond_three_bytes(text, at), 4)
            }
        }
        _ => (Script::Plain, 1),
    }
}

/// The same for a character of four bytes.
fn beyond_three_bytes(text: &[u8], at: usize) -> Script {
    let (character, _) = unicode::utf8::decode(&text[at..]);
    of(character)
}

/// What a character counts as.
pub(crate) fn of(character: char) -> Script {
    let code = u32::from(character);
    let place = RANGES.partition_point(|range| range.1 < code);
    RANGES.get(place).filter(|range| range.0 <= code).map_or(Script::Plain, |range| range.2)
}

/// Where characters end that count as `script`, from `from` on.
#[inline]
pub(crate) fn end(text: &[u8], from: usize, script: Script) -> usize {
    let mut end = from;
    while end < text.len() {
        let (next, length) = at(text, end);
        if next != script {
            break;
        }
        end += length;
    }
    end
}

/// Where the next character that is not plain begins, at or after `from`, or the length of the text.
#[inline]
pub(crate) fn find(text: &[u8], from: usize) -> usize {
    let mut start = from;
    while let Some(window) = text[start..].first_chunk() {
        if may_hold(window)
            && let Some(found) = find_in(text, start, start + WINDOW)
        {
            return found;
        }
        start += WINDOW;
    }
    find_in_tail(text, start)
}

/// As [`find`], for a rest that fills no window.
#[inline]
fn find_in_tail(text: &[u8], from: usize) -> usize {
    let may_hold = match text.last_chunk() {
        // Nothing but ASCII begins at the last byte, which is not counted.
        Some(window) => may_hold(window),
        None => {
            let mut window = [0; WINDOW + 1];
            window[..text.len()].copy_from_slice(text);
            may_hold(&window)
        }
    };
    let found = if may_hold { find_in(text, from, text.len()) } else { None };
    found.unwrap_or(text.len())
}

/// How many bytes [`find`] looks at together.
const WINDOW: usize = 64;

/// Whether a character that is not plain may begin in a window, the last byte not counted.
#[inline(always)]
fn may_hold(window: &[u8; WINDOW + 1]) -> bool {
    // Latin, Cyrillic, Arabic and all else of two bytes at most goes by here.
    window[..WINDOW].iter().fold(false, |any, &byte| any | (byte >= 0xE0)) && may_hold_long(window)
}

/// The same by the first two bytes, roughly, as comparisons that vectors can make: for the quotation marks, dashes and
/// joiners among shorter characters, for Hangul and the scripts of India.
#[inline(never)]
fn may_hold_long(window: &[u8; WINDOW + 1]) -> bool {
    let mut found = false;
    for place in 0..WINDOW {
        let (first, second) = (window[place], window[place + 1]);
        found |= (first == 0xE0) & (second >= 0xB8)
            | (first == 0xE1) & (second < 0xAC)
            | (first == 0xE2) & (second >= 0xBA)
            | (0xE3..=0xE9).contains(&first)
            | (first == 0xEA) & (second < 0xAC)
            | (first == 0xEF) & (0xA4..0xAC).contains(&second)
            | (first >= 0xF0);
    }
    found
}

/// As [`find`], between two places.
fn find_in(text: &[u8], from: usize, to: usize) -> Option<usize> {
    let mut start = from;
    while start < to {
        let mut suspects = match text.get(start..=start + STEP) {
            Some(window) => sieve::suspects(&SIEVE, window),
            None => {
                // What follows the text makes no character of its last byte.
                let mut window = [0; STEP + 1];
                window[..text.len() - start].copy_from_slice(&text[start..]);
                sieve::suspects(&SIEVE, &window)
            }
        };
        while suspects != 0 {
            let place = start + suspects.trailing_zeros() as usize;
            if at(text, place).0 != Script::Plain {
                return Some(place);
            }
            suspects &= suspects - 1;
        }
        start += STEP;
    }
    None
}

/// The first two bytes of all characters that are not plain.
static SIEVE: Sieve = sieve_of_ranges();

const fn sieve_of_ranges() -> Sieve {
    let mut sieve = [0; 256];
    let mut number = 0;
    while number < RANGES.len() {
        let (first, last, _) = RANGES[number];
        // The bits of a code point that the third byte has, and the fourth.
        let (shift, lead) = if first <= 0xFFFF { (6, 0xE0) } else { (12, 0xF0) };
        let mut row = first >> shift;
        while row <= last >> shift {
            sieve[lead | (row >> 6) as usize] |= 1 << (row & 63);
            row += 1;
        }
        number += 1;
    }
    sieve
}

/// Characters of three bytes, by the six bits of their last byte.
type Leaf = [Script; 64];

/// Leaves below this number are all one script, the one of that number.
const UNIFORM: usize = SCRIPTS.len();

/// How many leaves hold several scripts.
const MIXED: usize = 24;

static LEAVES: [Leaf; UNIFORM + MIXED] = tables().1;

/// The leaf of each pair of a first byte, of which four bits tell, and a second, of which six do.
static LEAF_OF_ROW: [u8; 1 << 10] = tables().0;

const fn tables() -> ([u8; 1 << 10], [Leaf; UNIFORM + MIXED]) {
    let mut leaf_of_row = [0; 1 << 10];
    let mut leaves = [[Script::Plain; 64]; UNIFORM + MIXED];
    let mut uniform = 0;
    while uniform < UNIFORM {
        leaves[uniform] = [SCRIPTS[uniform]; 64];
        uniform += 1;
    }
    let mut used = UNIFORM;
    let mut number = 0;
    while number < RANGES.len() && RANGES[number].1 <= 0xFFFF {
        let (first, last, script) = RANGES[number];
        let mut row = first >> 6;
        while row <= last >> 6 {
            let low = if first > row << 6 { first & 63 } else { 0 };
            let high = if last < row << 6 | 63 { last & 63 } else { 63 };
            if low == 0 && high == 63 {
                leaf_of_row[row as usize] = script as u8;
            } else {
                if leaf_of_row[row as usize] == 0 {
                    leaf_of_row[row as usize] = used as u8;
                    used += 1;
                }
                let mut cell = low;
                while cell <= high {
                    leaves[leaf_of_row[row as usize] as usize][cell as usize] = script;
                    cell += 1;
                }
            }
            row += 1;
        }
        number += 1;
    }
    assert!(used == UNIFORM + MIXED, "the number of mixed leaves is written down");
    (leaf_of_row, leaves)
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_provider::prelude::{DataProvider, DataResponse};
    use icu_segmenter::provider::{Baked, SegmenterBreakWordV1};

    #[test]
    fn the_characters_are_those_of_the_rules_of_icu4x() {
        let rules: DataResponse<SegmenterBreakWordV1> = Baked.load(Default::default()).unwrap();
        let rules = rules.payload.get();
        let mut buffer = [0; 4];
        for character in '\0'..=char::MAX {
            let is_complex = rules.property_table.get(character) == rules.complex_property;
            assert_eq!(of(character) != Script::Plain, is_complex, "{character:?}");
            let bytes = character.encode_utf8(&mut buffer).as_bytes();
            let (script, length) = at(bytes, 0);
            assert_eq!(script, of(character), "{character:?}");
            assert!(script == Script::Plain || length == bytes.len(), "{character:?}");
        }
    }

    #[test]
    fn no_window_is_passed_over_that_holds_one() {
        for (first, row) in SIEVE.iter().enumerate() {
            for second in (0x80..0xC0).filter(|second| row >> (second & 63) & 1 != 0) {
                let mut window = [0; WINDOW + 1];
                (window[9], window[10]) = (first as u8, second);
                assert!(may_hold(&window), "{first:x} {second:x}");
            }
        }
    }

    #[test]
    fn numbers_are_those_of_the_list() {
        assert!(SCRIPTS.iter().enumerate().all(|(number, &script)| script as usize == number));
    }

    #[test]
    fn the_first_is_found_at_every_place() {
        for before in 0..150 {
            for after in [0, 1, 2, 70] {
                for found in ["ก", "字", "\u{20000}"] {
                    let text = format!("{}{found}{}", "a".repeat(before), "€".repeat(after));
                    assert_eq!(find(text.as_bytes(), 0), before);
                    assert_eq!(find(text.as_bytes(), before + 1), text.len());
                }
            }
        }
    }

    #[test]
    fn ill_formed_bytes_are_plain() {
        for text in [
            &b"\xE0\xB8"[..],
            b"\xE0\xB8a",
            b"\xE0\x81\x81",
            b"\xF0\xA0\x80",
            b"\xF5\xA0\x80\x80",
            b"\xE4\xFF\x80",
        ] {
            assert_eq!(find(text, 0), text.len(), "{text:x?}");
        }
    }
}
