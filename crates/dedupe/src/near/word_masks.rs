//! Text by blocks: which of 64 bytes belong to words, and which ask for a closer look.

/// Bytes that are looked at together.
pub const WIDTH: usize = 64;

/// A block, and the bytes after it that a character of it may have.
pub type Window = [u8; WIDTH + 2];

/// One bit for each byte of a block, the first byte the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Masks {
    /// Small letters and digits, all bytes of each; ZWNJ after them.
    pub letters: u64,
    /// White space of ASCII.
    pub spaces: u64,
    /// Neither these nor punctuation.
    pub odd: u64,
}

impl Masks {
    /// The masks of a block without capital letters of ASCII, which begins with a character.
    #[inline(always)]
    pub fn of(window: &Window) -> Masks {
        let letters = matches(window, |byte, _, _| is_letter(byte));
        let spaces = matches(window, |byte, _, _| is_space(byte));
        let odd = matches(window, |byte, _, _| !(is_letter(byte) | is_space(byte) | is_punctuation(byte)));
        let ascii = Masks { letters, spaces, odd };
        if odd == 0 || window[..WIDTH].is_ascii() { ascii } else { ascii.beyond(window) }
    }

    /// The same, with characters of two and three bytes.
    #[inline(always)]
    fn beyond(self, window: &Window) -> Masks {
        // A character that is not whole in the block is odd.
        let letters = matches(window, |byte, next, _| is_letter_by_two(byte, next)) & !(1 << 63);
        let punctuation = matches(window, |byte, next, _| is_punctuation_by_two(byte, next)) & !(1 << 63);
        let dashes = matches(window, is_punctuation_by_three) & !(3 << 62);
        let joiners = matches(window, is_joiner) & !(3 << 62);
        let two = |leads: u64| leads | leads << 1;
        let three = |leads: u64| leads | leads << 1 | leads << 2;
        let all_letters = self.letters | two(letters) | three(joiners);
        // A joiner that follows no letter belongs to what is before it.
        let loose = joiners & !(all_letters << 1);
        let known = two(letters | punctuation) | three(dashes | joiners);
        Masks { letters: all_letters, spaces: self.spaces, odd: self.odd & !known | loose }
    }
}

#[inline(always)]
fn is_letter(byte: u8) -> bool {
    (byte.wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

#[inline(always)]
fn is_space(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// General_Category P, without what is rare in text: that may be odd.
#[inline(always)]
fn is_punctuation(byte: u8) -> bool {
    ((byte.wrapping_sub(b'!') < 15) & (byte != b'$') & (byte != b'+')) // up to the slash
        | (byte | 1 == b';') // and the colon
        | (byte == b'?')
}

/// Letters and digits of Arabic script, small letters of Cyrillic and Latin that no folding changes, by their bytes.
#[inline(always)]
fn is_letter_by_two(byte: u8, next: u8) -> bool {
    (byte == 0xD8) & (next.wrapping_sub(0xA0) < 0x20)
        | (byte == 0xD9) & ((next.wrapping_sub(0x80) < 0x0B) | (next.wrapping_sub(0xA0) < 0x0A))
        | (byte == 0xDA) & (next & 0xC0 == 0x80)
        | (byte == 0xDB) & ((next.wrapping_sub(0x80) < 0x14) | (next.wrapping_sub(0xB0) < 0x0A))
        | (byte == 0xD0) & (next.wrapping_sub(0xB0) < 0x10)
        | (byte == 0xD1) & (next.wrapping_sub(0x80) < 0x20)
        | (byte == 0xC3) & (next.wrapping_sub(0x9F) < 0x21) & (next != 0xB7)
}

/// `«`, `»`, and comma, semicolon and question mark of Arabic script.
#[inline(always)]
fn is_punctuation_by_two(byte: u8, next: u8) -> bool {
    (byte == 0xC2) & (next | 0x10 == 0xBB) | (byte == 0xD8) & ((next == 0x8C) | (next | 0x04 == 0x9F))
}

/// Dashes, quotation marks and the ellipsis.
#[inline(always)]
fn is_punctuation_by_three(byte: u8, next: u8, third: u8) -> bool {
    let is_dash = (third == 0x93) | (third == 0x94) | (third.wrapping_sub(0x98) < 8) | (third == 0xA6);
    (byte == 0xE2) & (next == 0x80) & is_dash
}

/// ZWNJ.
#[inline(always)]
fn is_joiner(byte: u8, next: u8, third: u8) -> bool {
    (byte == 0xE2) & (next == 0x80) & (third == 0x8C)
}

/// The places where a test without branches takes a byte and the two that follow it. A loop by place: iterators are calls
/// here, which keep it from vectors.
#[inline(always)]
fn matches(window: &Window, is: impl Fn(u8, u8, u8) -> bool) -> u64 {
    let mut marks = [0; WIDTH];
    for place in 0..WIDTH {
        let is = is(window[place], window[place + 1], window[place + 2]);
        marks[place] = if is { 0x80 } else { 0 };
    }
    gather(&marks)
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[expect(
    unsafe_code,
    reason = "words of ASCII are found a third faster than by `portable`, its twin in the tests"
)]
fn gather(marks: &[u8; WIDTH]) -> u64 {
    // SAFETY: SSE2 is part of every x86_64.
    unsafe { vectors(marks) }
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "sse2")]
fn vectors(marks: &[u8; WIDTH]) -> u64 {
    use std::arch::x86_64::{_mm_movemask_epi8, _mm_set_epi64x};
    let mut mask = 0;
    for (place, quarter) in marks.as_chunks::<16>().0.iter().enumerate() {
        let value = u128::from_le_bytes(*quarter);
        let vector = _mm_set_epi64x((value >> 64) as i64, value as i64);
        mask |= u64::from(_mm_movemask_epi8(vector) as u16) << (16 * place);
    }
    mask
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn gather(marks: &[u8; WIDTH]) -> u64 {
    portable(marks)
}

/// The same without vectors: a multiplication moves the bits of eight bytes into the top byte.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn portable(marks: &[u8; WIDTH]) -> u64 {
    marks.as_chunks::<8>().0.iter().rev().fold(0, |mask, eighth| {
        let bits = u64::from_le_bytes(*eighth) >> 7 & 0x0101_0101_0101_0101;
        mask << 8 | bits.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode::{Category, space};

    #[test]
    fn classes_are_those_of_unicode() {
        for byte in 0..=u8::MAX {
            let character = char::from(byte);
            assert_eq!(is_letter(byte), byte.is_ascii_lowercase() || byte.is_ascii_digit());
            assert!(!is_letter(byte) || byte.is_ascii());
            assert_eq!(is_space(byte), byte.is_ascii() && space::is_white_space(character));
            assert!(!is_punctuation(byte) || byte.is_ascii() && Category::of(character).is_punctuation());
        }
    }

    #[test]
    fn characters_of_several_bytes_are_what_they_are_taken_for() {
        for character in ('\u{80}'..='\u{FFFF}').filter(|character| character.len_utf8() < 4) {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes);
            let [first, second, third, _] = bytes;
            let is_two = character.len_utf8() == 2;
            if is_punctuation_by_two(first, second) || is_punctuation_by_three(first, second, third) {
                assert!(Category::of(character).is_punctuation(), "{character:?}");
            }
            if is_two && is_letter_by_two(first, second) {
                let is_number = Category::of(character).is_number();
                assert!(is_number || Category::of(character).is_letter(), "{character:?}");
            }
            assert_eq!(is_joiner(first, second, third), character == '\u{200C}', "ZWNJ");
        }
        // What is ill-formed is taken for nothing.
        for (byte, next) in
            (0x80..=0xFF).flat_map(|byte| (0..0x80).chain(0xC0..=0xFF).map(move |next| (byte, next)))
        {
            assert!(!is_letter_by_two(byte, next) && !is_punctuation_by_two(byte, next));
        }
    }

    proptest! {
        #[test]
        fn vectors_gather_what_their_twin_does(bits: u64) {
            let marks: [u8; WIDTH] = std::array::from_fn(|place| if bits >> place & 1 == 1 { 0x80 } else { 0 });
            prop_assert_eq!((gather(&marks), portable(&marks)), (bits, bits));
        }
    }
}
