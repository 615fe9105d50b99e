//! Letters of Persian as small numbers, and what else may stand inside a word.

/// ZERO WIDTH NON-JOINER, in UTF-8.
pub(crate) const ZWNJ: &[u8] = "\u{200C}".as_bytes(); // ZWNJ

/// What one character is to a Persian word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    /// A letter: its number (1 to 36, variants of one letter share it) and whether it joins the letter that follows.
    Letter { code: u8, joins: bool },
    /// A vowel sign, hamza above or tatweel: it belongs to the letter before it.
    Mark,
    /// U+200C.
    Zwnj,
    /// A letter of another alphabet, or a digit: the word it touches is left alone.
    Foreign,
    /// Anything else: it ends a word.
    Other,
}

/// The letters in the order of their numbers; those that share a number stand in one string, the usual one first.
const LETTERS: [&str; 36] = [
    "ا\u{623}\u{625}",
    "آ",
    "ب",
    "پ",
    "ت",
    "ث",
    "ج",
    "چ",
    "ح",
    "خ",
    "د",
    "ذ",
    "ر",
    "ز",
    "ژ",
    "س",
    "ش",
    "ص",
    "ض",
    "ط",
    "ظ",
    "ع",
    "غ",
    "ف",
    "ق",
    "ک\u{643}",
    "گ",
    "ل",
    "م",
    "ن",
    "و",
    "ه\u{629}\u{6C0}",
    "ی\u{64A}\u{649}",
    "ئ",
    "ء",
    "ؤ",
];

/// The number of alef.
pub(crate) const ALEF: u8 = 1;
/// The number of teh.
pub(crate) const TEH: u8 = 5;
/// The number of tcheh.
pub(crate) const CHEH: u8 = 8;
/// The number of reh.
pub(crate) const REH: u8 = 13;
/// The number of keheh.
pub(crate) const KEHEH: u8 = 26;
/// The number of noon.
pub(crate) const NOON: u8 = 30;
/// The number of vav.
pub(crate) const VAV: u8 = 31;
/// The number of heh.
pub(crate) const HEH: u8 = 32;
/// The number of yeh.
pub(crate) const YEH: u8 = 33;

/// Letters that do not join the one that follows (Joining_Type R or U in ArabicShaping.txt).
const NON_JOINING: &str = "اآدذرزژوءؤ\u{623}\u{625}\u{629}\u{6C0}";

const MARK: u8 = 0x80;
const FOREIGN: u8 = 0x81;
const JOINS: u8 = 0x40;

/// U+0600 to U+06FF: 0, `MARK`, `FOREIGN`, or a letter's number with `JOINS`.
static BLOCK: [u8; 256] = block();

/// Whether U+0600 and so many is a letter, digit or mark that no Persian word has.
pub(crate) const fn is_foreign_in(block: &[u8; 256], low: usize) -> bool {
    block[low] == FOREIGN
}

/// The sign of a character.
#[inline]
pub(crate) fn sign(character: char) -> Sign {
    let point = u32::from(character);
    if point >> 8 == 6 {
        return block_sign((point & 0xFF) as u8);
    }
    match character {
        '\u{200C}' => Sign::Zwnj, // ZWNJ
        // ZWJ and variation selectors make the word something that no rule here was written for.
        '\u{200D}' | '\u{FE00}'..='\u{FE0F}' => Sign::Foreign, // ZWJ
        _ if character.is_alphanumeric() => Sign::Foreign,
        _ => Sign::Other,
    }
}

/// The sign of U+0600 and so many.
#[inline]
pub(crate) fn block_sign(low: u8) -> Sign {
    match BLOCK[usize::from(low)] {
        0 => Sign::Other,
        MARK => Sign::Mark,
        FOREIGN => Sign::Foreign,
        letter => Sign::Letter { code: letter & 0x3F, joins: letter & JOINS != 0 },
    }
}

/// The usual letter of a number.
pub(crate) fn letter(code: u8) -> Option<char> {
    LETTERS.get(usize::from(code).checked_sub(1)?)?.chars().next()
}

pub(crate) const fn block() -> [u8; 256] {
    let mut table = [0_u8; 256];
    let mut point = 0;
    while point < 256 {
        table[point] = match point {
            // Letters, digits and letter-like marks of the block that Persian does not use.
            0x20..=0x3F
            | 0x41..=0x4A
            | 0x60..=0x69
            | 0x6E..=0x6F
            | 0x71..=0xD3
            | 0xD5
            | 0xE5..=0xE6
            | 0xEE..=0xFF => FOREIGN,
            0x40 | 0x4B..=0x55 | 0x70 => MARK,
            0x56..=0x5F | 0x10..=0x1A | 0xD6..=0xDC | 0xDF..=0xE4 | 0xE7..=0xE8 | 0xEA..=0xED => FOREIGN,
            _ => 0,
        };
        point += 1;
    }
    let mut code = 0;
    while code < LETTERS.len() {
        let bytes = LETTERS[code].as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            // Every letter of the table lies in U+0600 to U+06FF: two bytes.
            let low = (((bytes[at] as usize) & 0x03) << 6) | ((bytes[at + 1] as usize) & 0x3F);
            let joins = if contains(NON_JOINING.as_bytes(), bytes[at], bytes[at + 1]) { 0 } else { JOINS };
            table[low] = (code as u8 + 1) | joins;
            at += 2;
        }
        code += 1;
    }
    table
}

const fn contains(letters: &[u8], lead: u8, trail: u8) -> bool {
    let mut at = 0;
    while at < letters.len() {
        if letters[at] == lead && letters[at + 1] == trail {
            return true;
        }
        at += 2;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_numbers_and_variants_share_them() {
        let code = |character| match sign(character) {
            Sign::Letter { code, .. } => code,
            other => panic!("{character}: {other:?}"),
        };
        for (index, letters) in LETTERS.iter().enumerate() {
            for character in letters.chars() {
                assert_eq!(usize::from(code(character)), index + 1, "{character}");
            }
            assert_eq!(letter(code(letters.chars().next().unwrap())), letters.chars().next());
        }
        assert_eq!([ALEF, HEH, YEH].map(letter), [Some('ا'), Some('ه'), Some('ی')]);
        assert_eq!(letter(0), None);
        assert_eq!(letter(37), None);
    }

    #[test]
    fn joining_letters_are_told_from_the_others() {
        for character in "بپتجچسشصطعفقکگلمنهیئيك".chars() {
            assert!(matches!(sign(character), Sign::Letter { joins: true, .. }), "{character}");
        }
        for character in NON_JOINING.chars() {
            assert!(matches!(sign(character), Sign::Letter { joins: false, .. }), "{character}");
        }
    }

    #[test]
    fn what_is_no_persian_letter_is_foreign_a_mark_or_an_end() {
        for character in "aé1۱١ےہھڑٹںەێۆڵټډښۍېٱﻻ中\u{200D}".chars() {
            assert_eq!(sign(character), Sign::Foreign, "{character}");
        }
        for character in "\u{64E}\u{651}\u{654}\u{640}\u{670}".chars() {
            assert_eq!(sign(character), Sign::Mark, "{:x}", u32::from(character));
        }
        for character in " ،؛؟٪٫٬«».-\u{200F}\u{FFFD}۔".chars() {
            assert_eq!(sign(character), Sign::Other, "{character}");
        }
        assert_eq!(sign('\u{200C}'), Sign::Zwnj); // ZWNJ
    }
}
