//! Which characters a casing must look at: the sieves of every case and locale.

use super::{Case, CaseLocale, Casing};
use crate::sieve::{self, Sieve};
use crate::tables::case::{FOLD_SIEVE, GREEK_SIEVE, LOWER_SIEVE, UPPER_SIEVE};

/// How a casing finds what it may change.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    /// All that may change.
    pub(super) all: &'static Sieve,
    /// The same without the letters of ASCII that change as they always do.
    pub(super) special: &'static Sieve,
    /// `special` suspects no ASCII character.
    is_beyond_ascii: bool,
}

static LOWER: Sieve = beyond_ascii(&LOWER_SIEVE);
static LOWER_TURKIC_ALL: Sieve = with(&LOWER_SIEVE, &['\u{307}']);
static LOWER_TURKIC: Sieve = with(&LOWER, &['I', '\u{307}']);
static LOWER_LITHUANIAN: Sieve = with(&LOWER, &['I', 'J']);
static UPPER: Sieve = beyond_ascii(&UPPER_SIEVE);
static UPPER_TURKIC: Sieve = with(&UPPER, &['i']);
static UPPER_LITHUANIAN_ALL: Sieve = with(&UPPER_SIEVE, &['\u{307}']);
static UPPER_LITHUANIAN: Sieve = with(&UPPER, &['\u{307}']);
static UPPER_GREEK_ALL: Sieve = both(&UPPER_SIEVE, &GREEK_SIEVE);
static UPPER_GREEK: Sieve = both(&UPPER, &GREEK_SIEVE);
static FOLD: Sieve = beyond_ascii(&FOLD_SIEVE);
static FOLD_TURKIC: Sieve = with(&FOLD, &['I']);

impl Plan {
    pub(super) fn of(casing: Casing) -> Plan {
        let (all, special, is_beyond_ascii) = match (casing.case, casing.locale) {
            (Case::Lower, CaseLocale::Turkic) => (&LOWER_TURKIC_ALL, &LOWER_TURKIC, false),
            (Case::Lower, CaseLocale::Lithuanian) => (&LOWER_SIEVE, &LOWER_LITHUANIAN, false),
            (Case::Lower, CaseLocale::Root | CaseLocale::Greek) => (&LOWER_SIEVE, &LOWER, true),
            (Case::Upper, CaseLocale::Root) => (&UPPER_SIEVE, &UPPER, true),
            (Case::Upper, CaseLocale::Turkic) => (&UPPER_SIEVE, &UPPER_TURKIC, false),
            (Case::Upper, CaseLocale::Lithuanian) => (&UPPER_LITHUANIAN_ALL, &UPPER_LITHUANIAN, true),
            (Case::Upper, CaseLocale::Greek) => (&UPPER_GREEK_ALL, &UPPER_GREEK, true),
            (Case::Fold, CaseLocale::Turkic) => (&FOLD_SIEVE, &FOLD_TURKIC, false),
            (Case::Fold, _) => (&FOLD_SIEVE, &FOLD, true),
        };
        Plan { all, special, is_beyond_ascii }
    }

    /// Where the next character that ASCII's own rule does not change begins, or the length of the text.
    #[inline]
    pub(super) fn next_special(self, text: &[u8], from: usize) -> usize {
        if self.is_beyond_ascii {
            sieve::find_beyond_ascii(self.special, text, from)
        } else {
            sieve::find(self.special, text, from)
        }
    }
}

const fn beyond_ascii(sieve: &Sieve) -> Sieve {
    let (mut made, mut byte) = (*sieve, 0);
    while byte < 0x80 {
        made[byte] = 0;
        byte += 1;
    }
    made
}

const fn both(one: &Sieve, other: &Sieve) -> Sieve {
    let (mut made, mut byte) = (*one, 0);
    while byte < made.len() {
        made[byte] |= other[byte];
        byte += 1;
    }
    made
}

/// The sieve with more characters, of one byte or two.
const fn with(sieve: &Sieve, characters: &[char]) -> Sieve {
    let (mut made, mut place) = (*sieve, 0);
    while place < characters.len() {
        let code = characters[place] as usize;
        if code < 0x80 {
            made[code] = !0;
        } else {
            assert!(code < 0x800, "a character of one byte or two");
            made[0xC0 | code >> 6] |= 1 << (code & 63);
        }
        place += 1;
    }
    made
}
