//! Upper case as Greek is written: without accents, as CLDR's `el-Upper` and ICU do it.

use super::context;
use crate::tables::case::GREEK;
use crate::utf8;

// Bits of a value in `GREEK`, whose low byte is the base letter, as scripts/gen-unicode numbers them.
const VOWEL: u16 = 0x100;
const ACCENT: u16 = 0x200;
const DIALYTIKA: u16 = 0x400;
const YPOGEGRAMMENI: u16 = 0x800;
/// Not in the table: a combining dialytika follows the letter.
const LOOSE_DIALYTIKA: u16 = 0x1000;

/// The code point that base letters are counted from.
const FIRST: u32 = 0x36F;

const ETA: char = 'Η';
const IOTA: char = 'Ι';
const UPSILON: char = 'Υ';

/// A letter with its marks, in upper case.
pub(super) struct Letter {
    /// Where it ends in the text.
    pub(super) end: usize,
    /// It is a vowel that lost an accent and has no dialytika: one more vowel would now read as a diphthong
    /// with it.
    pub(super) parts: bool,
}

/// Whether upper case of Greek is more than the table's mapping for the character at `at`.
pub(super) fn is_letter(character: char) -> bool {
    GREEK.of(character) != 0
}

/// Append the letter at `at` and the marks on it in upper case; `after_parting` says that the letter before
/// it [parts](Letter::parts).
///
/// Accents and breathings go; a dialytika stays, and iota and upsilon get one where an accent that went had
/// parted them from the vowel before (μάιος, ΜΑΪΟΣ); an iota below becomes a capital beside; the word ή alone
/// keeps its accent, for η is another word.
pub(super) fn upper(text: &[u8], at: usize, after_parting: bool, out: &mut Vec<u8>) -> Letter {
    let (mut value, length) = GREEK.at(text, at);
    let mut base = char::from_u32(FIRST + u32::from(value & 0xFF)).unwrap_or(char::REPLACEMENT_CHARACTER);
    if after_parting && (base == IOTA || base == UPSILON) {
        value |= DIALYTIKA;
    }
    let is_composed = value & ACCENT != 0;
    let (mut end, mut iotas) = (at + length, usize::from(value & YPOGEGRAMMENI != 0));
    while let Some((mark, length)) = mark_at(text, end) {
        value |= mark;
        iotas += usize::from(mark & YPOGEGRAMMENI != 0);
        end += length;
    }
    let mut has_tonos =
        base == ETA && value & ACCENT != 0 && iotas == 0 && context::stands_alone(text, at, end);
    if has_tonos && is_composed && value & LOOSE_DIALYTIKA == 0 {
        (base, has_tonos) = ('Ή', false);
    } else if value & DIALYTIKA != 0 && (base == IOTA || base == UPSILON) {
        base = if base == IOTA { 'Ϊ' } else { 'Ϋ' };
    }
    let mut push = |character: char| out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    push(base);
    if value & (DIALYTIKA | LOOSE_DIALYTIKA) != 0 && base != 'Ϊ' && base != 'Ϋ' {
        push('\u{308}'); // COMBINING DIAERESIS
    }
    if has_tonos {
        push('\u{301}'); // COMBINING ACUTE ACCENT
    }
    (0..iotas).for_each(|_| push(IOTA));
    let is_parted = value & (DIALYTIKA | LOOSE_DIALYTIKA) != 0;
    Letter { end, parts: value & VOWEL != 0 && value & ACCENT != 0 && !is_parted }
}

/// What a mark of Greek at `at` says of its letter, and its length; `None` if there is none.
fn mark_at(text: &[u8], at: usize) -> Option<(u16, usize)> {
    let (character, length) = utf8::decode(&text[at..]);
    let mark = match character {
        '\u{300}' | '\u{301}' | '\u{302}' | '\u{303}' | '\u{311}' | '\u{342}' => ACCENT,
        '\u{304}' | '\u{306}' | '\u{313}' | '\u{314}' | '\u{343}' => 0,
        '\u{308}' => LOOSE_DIALYTIKA,
        '\u{344}' => LOOSE_DIALYTIKA | ACCENT,
        '\u{345}' => YPOGEGRAMMENI,
        _ => return None,
    };
    Some((mark, length))
}
