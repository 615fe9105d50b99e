//! Finds the next character that may need attention, without decoding the ones that do not.
//!
//! A sieve has one row for each byte that can open a character: the set of second bytes, by their low six
//! bits, that may follow it in a suspect. Continuation bytes have empty rows, so every position can be asked
//! at once and no branch depends on where characters begin. A suspect is never missed; some that are found
//! prove innocent.

use std::ops::Range;

use crate::lanes;

/// One row of second bytes, by their low six bits, for each first byte. The row of an ASCII character is all or nothing,
/// those of continuation bytes are empty.
pub type Sieve = [u64; 256];

/// Make a character one of the suspects.
pub fn add(sieve: &mut Sieve, character: char) {
    match character.encode_utf8(&mut [0; 4]).as_bytes() {
        [only] => sieve[usize::from(*only)] = !0,
        [first, second, ..] => sieve[usize::from(*first)] |= 1 << (second & 63),
        [] => {}
    }
}

/// The code points of all suspects, as ascending ranges.
pub fn ranges(sieve: &Sieve) -> impl Iterator<Item = Range<u32>> + '_ {
    let of_row = |(first, &row): (usize, &u64)| {
        let first = first as u32;
        // What the first byte says of the code point, and how many its second byte leaves open.
        let (start, open) = match first {
            // Its row is all or nothing.
            0..0x80 => (first & 0x40, 1),
            0x80..0xE0 => ((first & 0x1F) << 6, 1),
            0xE0..0xF0 => ((first & 0xF) << 12, 1 << 6),
            _ => ((first & 7) << 18, 1 << 12),
        };
        let is_of = move |second: &u32| first >= 0x80 || *second == first & 63;
        let seconds = (0..64).filter(move |second| row >> second & 1 != 0).filter(is_of);
        seconds.map(move |second| start + second * open..start + (second + 1) * open)
    };
    sieve.iter().enumerate().flat_map(of_row)
}

/// How many positions are asked about at once.
pub const STEP: usize = 16;

/// Where the next suspect at or after `from` begins, or the length of the text.
#[inline]
pub fn find(sieve: &Sieve, text: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(window) = text.get(at..at + STEP + 1) {
        let found = suspects(sieve, window);
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += STEP;
    }
    find_in_tail(sieve, text, at)
}

/// As [`find`], for a sieve that suspects no ASCII character.
#[inline]
pub fn find_beyond_ascii(sieve: &Sieve, text: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(window) = text.get(at..at + 2 * STEP + 1) {
        if !is_ascii(window) {
            let found = suspects(sieve, window) | suspects(sieve, &window[STEP..]) << STEP;
            if found != 0 {
                return at + found.trailing_zeros() as usize;
            }
        }
        at += 2 * STEP;
    }
    if text[at.min(text.len())..].is_ascii() { text.len() } else { find(sieve, text, at) }
}

/// As [`find_beyond_ascii`], where a test without branches takes many pairs of first and second bytes that open no suspect.
#[inline]
pub(crate) fn find_beyond(
    sieve: &Sieve,
    text: &[u8],
    from: usize,
    is_innocent: impl Fn(u8, u8) -> bool,
) -> usize {
    let mut at = from;
    while let Some(window) = text.get(at..).and_then(<[u8]>::first_chunk::<{ lanes::WIDTH + 1 }>) {
        let bytes = window.first_chunk().expect("a window is wider than the lanes");
        let high = lanes::plane(bytes, 7);
        if high != 0 {
            let mut places = high & lanes::plane(bytes, 6) & !lanes::pairs(window, &is_innocent);
            while places != 0 {
                let place = places.trailing_zeros() as usize % lanes::WIDTH;
                if is_suspect(sieve, window, place) {
                    return at + place;
                }
                places &= places - 1;
            }
        }
        at += lanes::WIDTH;
    }
    find_beyond_ascii(sieve, text, at)
}

/// Whether a suspect may begin at `at`, which must be inside the text.
#[inline(always)]
pub fn is_suspect(sieve: &Sieve, text: &[u8], at: usize) -> bool {
    // A first byte that ends the text opens no character, unless it is ASCII, whose row is all or nothing.
    let second = text.get(at + 1).copied().unwrap_or(0);
    sieve[usize::from(text[at])] >> (second & 63) & 1 != 0
}

/// Whether the first `2 * STEP` bytes are ASCII.
#[inline(always)]
fn is_ascii(window: &[u8]) -> bool {
    let words = window[..2 * STEP].as_chunks::<8>().0;
    words.iter().fold(0, |all, word| all | u64::from_ne_bytes(*word)) & 0x8080_8080_8080_8080 == 0
}

/// The positions in the first [`STEP`] bytes of a window where a suspect may begin, as bits; the window has at least one
/// byte more.
#[inline(always)]
pub fn suspects(sieve: &Sieve, window: &[u8]) -> u32 {
    let mut found = 0;
    for place in 0..STEP {
        let row = sieve[usize::from(window[place])];
        found |= ((row >> (window[place + 1] & 63)) as u32 & 1) << place;
    }
    found
}

/// As [`find`], for a rest shorter than a window: the last window of the text is looked at, partly again.
#[inline]
fn find_in_tail(sieve: &Sieve, text: &[u8], from: usize) -> usize {
    let Some(window) = text.last_chunk::<{ STEP + 1 }>() else {
        return (from..text.len()).find(|&at| is_suspect(sieve, text, at)).unwrap_or(text.len());
    };
    let start = text.len() - window.len();
    let found = suspects(sieve, window) & (!0 << (from - start));
    if found != 0 {
        return start + found.trailing_zeros() as usize;
    }
    let last = text.len() - 1;
    if from <= last && is_suspect(sieve, text, last) { last } else { text.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_suspects_are_listed() {
        let mut sieve = [0; 256];
        for character in ['a', '\u{653}', '\u{2018}', '\u{1F600}'] {
            add(&mut sieve, character);
        }
        let listed: Vec<char> = ranges(&sieve).flatten().filter_map(char::from_u32).collect();
        assert!(
            listed.is_sorted()
                && listed.iter().all(|character| character.len_utf8() > 1 || *character == 'a')
        );
        assert_eq!(listed.len(), 1 + 1 + 64 + 4096);
        for character in ['a', '\u{653}', '\u{2018}', '\u{1F600}'] {
            assert!(listed.contains(&character), "{character:?}");
        }
    }

    #[test]
    fn a_suspect_is_found_at_every_place() {
        let mut sieve = [0; 256];
        sieve[0xD9] = 1 << 0x13; // U+0653
        for before in 0..70 {
            for after in 0..40 {
                let mut text = vec![b'a'; before];
                text.extend_from_slice("م\u{653}".as_bytes());
                text.extend(vec![b'b'; after]);
                assert_eq!(find(&sieve, &text, 0), before + 2);
                assert_eq!(find_beyond_ascii(&sieve, &text, 0), before + 2);
                let is_meem = |byte, next| (byte == 0xD9) & (next == 0x85);
                assert_eq!(find_beyond(&sieve, &text, 0, is_meem), before + 2);
                assert_eq!(find_beyond(&sieve, &text, before + 4, is_meem), text.len());
                assert_eq!(find(&sieve, &text, before + 4), text.len());
                assert_eq!(find(&sieve, &text[..before + 3], 0), before + 3);
                assert_eq!(find_beyond_ascii(&sieve, &text, before + 4), text.len());
            }
        }
    }
}
