//! What upstream did to Persian text: sums that tell whether ZWNJ were stripped and letters of other keyboards left in.

use crate::zwnj::Restorer;

/// Sums over Persian text, in any order.
///
/// ```
/// use language::{Diagnosis, ZwnjFate};
///
/// let mut diagnosis = Diagnosis::default();
/// for _ in 0..30 {
///     let text = "رسانهها این را نشان میدهند و ميگويند".as_bytes();
///     diagnosis.observe(text);
///     diagnosis.observe_zwnj(text);
/// }
/// assert_eq!((diagnosis.yeh_persian, diagnosis.yeh_arabic), (60, 60));
/// assert_eq!(diagnosis.fate(), ZwnjFate::Stripped);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Diagnosis {
    /// Persian words, in the text that ZWNJ were looked for in.
    pub words: u64,
    /// U+200C inside these words.
    pub zwnj: u64,
    /// U+200C that would be there if none had been lost, those that are there included.
    pub zwnj_expected: u64,
    /// U+06CC ARABIC LETTER FARSI YEH.
    pub yeh_persian: u64,
    /// U+064A ARABIC LETTER YEH.
    pub yeh_arabic: u64,
    /// U+0649 ARABIC LETTER ALEF MAKSURA.
    pub alef_maksura: u64,
    /// U+06A9 ARABIC LETTER KEHEH.
    pub kaf_persian: u64,
    /// U+0643 ARABIC LETTER KAF.
    pub kaf_arabic: u64,
    /// U+06F0 to U+06F9.
    pub digits_persian: u64,
    /// U+0660 to U+0669.
    pub digits_arabic: u64,
    /// 0 to 9.
    pub digits_ascii: u64,
    /// U+FB50 to U+FDFF and U+FE70 to U+FEFE.
    pub presentation_forms: u64,
    /// U+0640 ARABIC TATWEEL.
    pub tatweel: u64,
}

/// What became of the ZWNJ of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ZwnjFate {
    /// Too few words, or none that should have a ZWNJ.
    Unknown,
    /// At least seven in ten of those expected are there.
    Kept,
    /// Between one in ten and seven in ten are there.
    PartlyLost,
    /// No more than one in ten is there.
    Stripped,
}

/// Fewer expected ZWNJ than this say nothing.
const EXPECTED_MIN: u64 = 10;

impl Diagnosis {
    /// Counts so many of a character, if it is one of the letters, digits and forms that are told apart.
    pub fn observe_character(&mut self, character: char, count: u64) {
        let sum = match u32::from(character) {
            0x30..=0x39 => &mut self.digits_ascii,
            0x06CC => &mut self.yeh_persian,
            0x064A => &mut self.yeh_arabic,
            0x0649 => &mut self.alef_maksura,
            0x06A9 => &mut self.kaf_persian,
            0x0643 => &mut self.kaf_arabic,
            0x06F0..=0x06F9 => &mut self.digits_persian,
            0x0660..=0x0669 => &mut self.digits_arabic,
            0x0640 => &mut self.tatweel,
            0xFB50..=0xFDFF | 0xFE70..=0xFEFE => &mut self.presentation_forms,
            _ => return,
        };
        *sum = sum.saturating_add(count);
    }

    /// Counts letters, digits and forms of a text.
    pub fn observe(&mut self, text: &[u8]) {
        for character in String::from_utf8_lossy(text).chars() {
            self.observe_character(character, 1);
        }
    }

    /// Counts words and ZWNJ of one record, and how many there should be: some 15 MB/s, so best of a sample.
    pub fn observe_zwnj(&mut self, text: &[u8]) {
        if has_arabic_script(text) {
            let found = Restorer::shared().expected_zwnj(text);
            self.words += found.words;
            self.zwnj += found.present;
            self.zwnj_expected += found.expected;
        }
    }

    /// Adds the sums of other text.
    pub fn merge(&mut self, mut other: Diagnosis) {
        for ((_, mine), (_, theirs)) in self.named().into_iter().zip(other.named()) {
            *mine = mine.saturating_add(*theirs);
        }
    }

    /// Every sum by name, always in the same order: to be written down, and to be read again.
    pub fn named(&mut self) -> [(&'static str, &mut u64); 13] {
        [
            ("words", &mut self.words),
            ("zwnj", &mut self.zwnj),
            ("zwnj_expected", &mut self.zwnj_expected),
            ("yeh_persian", &mut self.yeh_persian),
            ("yeh_arabic", &mut self.yeh_arabic),
            ("alef_maksura", &mut self.alef_maksura),
            ("kaf_persian", &mut self.kaf_persian),
            ("kaf_arabic", &mut self.kaf_arabic),
            ("digits_persian", &mut self.digits_persian),
            ("digits_arabic", &mut self.digits_arabic),
            ("digits_ascii", &mut self.digits_ascii),
            ("presentation_forms", &mut self.presentation_forms),
            ("tatweel", &mut self.tatweel),
        ]
    }

    /// What became of the ZWNJ.
    #[must_use]
    pub fn fate(&self) -> ZwnjFate {
        let (present, expected) = (u128::from(self.zwnj) * 10, u128::from(self.zwnj_expected));
        match () {
            () if self.zwnj_expected < EXPECTED_MIN => ZwnjFate::Unknown,
            () if present <= expected => ZwnjFate::Stripped,
            () if present < 7 * expected => ZwnjFate::PartlyLost,
            () => ZwnjFate::Kept,
        }
    }
}

impl ZwnjFate {
    /// As a word of a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ZwnjFate::Unknown => "unknown",
            ZwnjFate::Kept => "kept",
            ZwnjFate::PartlyLost => "partly-lost",
            ZwnjFate::Stripped => "stripped",
        }
    }
}

/// Whether some byte begins a character of U+0600 to U+06FF, or a presentation form may be there.
fn has_arabic_script(text: &[u8]) -> bool {
    // Without branches, so that it runs on vectors of bytes.
    text.chunks(256).any(|block| {
        block.iter().fold(0, |any, &byte| any | u8::from(byte.wrapping_sub(0xD8) < 4 || byte == 0xEF)) != 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &[u8]) -> Diagnosis {
        let mut diagnosis = Diagnosis::default();
        diagnosis.observe(text);
        diagnosis.observe_zwnj(text);
        diagnosis
    }

    #[test]
    fn letters_digits_and_forms_are_counted() {
        let found = of("ی ي ي ى ک كـك ۱۲٣4 \u{FEFB}\u{FB56}\u{FEFF}、".as_bytes()); // the last but one is a BOM
        let wanted = Diagnosis {
            yeh_persian: 1,
            yeh_arabic: 2,
            alef_maksura: 1,
            kaf_persian: 1,
            kaf_arabic: 2,
            digits_persian: 2,
            digits_arabic: 1,
            digits_ascii: 1,
            presentation_forms: 2,
            tatweel: 1,
            ..found
        };
        assert_eq!(found, wanted);
        let none = of("ещё \u{FB01}nd".as_bytes());
        assert_eq!(none, Diagnosis::default());
    }

    #[test]
    fn any_bytes_will_do() {
        for text in [&b"\xD9"[..], b"\xDB\x8C\xDB", b"\xEF", b"\xEF\xAD", b"\xD8\xFF1\xEF\xFF\xFF"] {
            of(text);
        }
        assert_eq!(of(b"\xDB\x8C\xDB").yeh_persian, 1);
    }

    #[test]
    fn sums_of_parts_are_those_of_the_whole() {
        let lines = ["این کتابها را میخواهم", "می\u{200C}رود ۱۲", "كتاب ي"]; // ZWNJ
        let mut sum = Diagnosis::default();
        lines.iter().rev().for_each(|line| sum.merge(of(line.as_bytes())));
        let mut whole = Diagnosis::default();
        for line in lines {
            whole.observe(line.as_bytes());
            whole.observe_zwnj(line.as_bytes());
        }
        assert_eq!(sum, whole);
        assert_eq!(whole.zwnj, 1);
        assert!(whole.zwnj_expected >= 2);
    }

    #[test]
    fn a_fate_is_told_from_enough_words() {
        let fate = |zwnj, zwnj_expected| Diagnosis { zwnj, zwnj_expected, ..Diagnosis::default() }.fate();
        assert_eq!(fate(0, 9), ZwnjFate::Unknown);
        assert_eq!(fate(0, 10), ZwnjFate::Stripped);
        assert_eq!(fate(10, 100), ZwnjFate::Stripped);
        assert_eq!(fate(11, 100), ZwnjFate::PartlyLost);
        assert_eq!(fate(69, 100), ZwnjFate::PartlyLost);
        assert_eq!(fate(70, 100), ZwnjFate::Kept);
    }
}
