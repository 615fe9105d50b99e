//! What the first two bytes of a character tell, by comparisons alone: a block of text is asked at once, without a look-up.
//!
//! Each is true of characters that a text may be full of, and false of some others of the kind. Of what is ill-formed they may
//! say anything.

/// Whether these bytes begin a letter of a word.
#[inline(always)]
pub(crate) fn is_letter(byte: u8, next: u8) -> bool {
    (byte == 0xD8) & (next >= 0xA0) // Arabic
        | (byte == 0xD9) & (next <= 0x8A)
        | (byte == 0xDA)
        | (byte == 0xDB) & (next <= 0x93)
        | (byte & 0xFE == 0xD0) // Cyrillic
        | (byte.wrapping_sub(0xEB) < 2) // Hangul
}

/// Whether a character that begins so is one of Han, which are of no class of UAX #29.
#[inline(always)]
pub(crate) fn is_han(byte: u8) -> bool {
    byte.wrapping_sub(0xE5) < 5
}

/// Whether these bytes begin a character that is composed, composes with none before it, and is a cluster by itself unless the
/// next one joins it.
#[inline(always)]
pub(crate) fn is_plain(byte: u8, next: u8) -> bool {
    is_letter(byte, next) | is_han(byte) | (byte == 0xC3) // Latin with accents
}
