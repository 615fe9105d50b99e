//! The pass over a record's bytes that turns runs of letters into evidence.

use bstr::decode_utf8;

use crate::alphabet::Role;
use crate::catalogue::{Catalogue, catalogue};
use crate::evidence::{Evidence, OfLanguage, OfScript};
use crate::lexicon::WordHash;
use crate::script::Script;

/// Adds what the text says to the evidence. Bytes that are no UTF-8 end a word.
pub(crate) fn scan(text: &[u8], evidence: &mut Evidence) {
    let mut scanner = Scanner { catalogue: catalogue(), evidence, run: Run::new(Script::LATIN) };
    let mut rest = text;
    while let Some(&byte) = rest.first() {
        if byte.is_ascii_alphabetic() {
            let length = rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
            scanner.ascii_letters(&rest[..length]);
            rest = &rest[length..];
        } else if byte.is_ascii() {
            scanner.end_run();
            rest = &rest[1..];
        } else {
            let (character, length) = decode(rest);
            rest = &rest[length..];
            // The mark itself says nothing.
            let letter = character.filter(|&letter| takes_marks(letter));
            let whole = letter.and_then(|letter| composed(letter, mark_on(rest)?));
            scanner.character(whole.or(character));
        }
    }
    scanner.end_run();
}

/// The first character and its length in bytes; `None` for bytes that are no character, of which it takes at
/// least one. Two-byte characters, which is to say most alphabets, take the short way.
#[inline]
fn decode(text: &[u8]) -> (Option<char>, usize) {
    if let [lead @ 0xC2..=0xDF, trail @ 0x80..=0xBF, ..] = *text {
        (char::from_u32(u32::from(lead & 0x1F) << 6 | u32::from(trail & 0x3F)), 2)
    } else {
        decode_utf8(text)
    }
}

/// Madda above, hamza above or hamza below on a letter, given what follows it: the last byte of U+0653 to U+0655. Vowel signs and
/// the small alef may stand between, as they may for NFC.
#[inline]
fn mark_on(mut text: &[u8]) -> Option<u8> {
    loop {
        match *text {
            [0xD9, mark @ 0x93..=0x95, ..] => return Some(mark),
            [0xD9, 0x8B..=0x92 | 0xB0, ref rest @ ..] => text = rest,
            _ => return None,
        }
    }
}

/// Whether [`composed`] knows the letter.
fn takes_marks(letter: char) -> bool {
    matches!(letter, 'ا' | 'و' | 'ي' | 'ە' | 'ہ' | 'ے')
}

/// The letter that NFC makes of a letter of Arabic script and a mark, so that both ways to write it say the same.
fn composed(letter: char, mark: u8) -> Option<char> {
    match (letter, mark) {
        ('ا', 0x93) => Some('آ'),
        ('ا', 0x94) => Some('أ'),
        ('ا', 0x95) => Some('إ'),
        ('و', 0x94) => Some('ؤ'),
        ('ي', 0x94) => Some('ئ'),
        ('ە', 0x94) => Some('ۀ'),
        ('ہ', 0x94) => Some('ۂ'),
        ('ے', 0x94) => Some('ۓ'),
        _ => None,
    }
}

/// Letters of one script without a break.
struct Run {
    script: Script,
    hash: WordHash,
    letters: u64,
}

impl Run {
    fn new(script: Script) -> Run {
        Run { script, hash: WordHash::EMPTY, letters: 0 }
    }
}

struct Scanner<'a> {
    catalogue: &'static Catalogue,
    evidence: &'a mut Evidence,
    run: Run,
}

impl Scanner<'_> {
    /// Takes a character above ASCII; `None` stands for bytes that are none.
    #[inline]
    fn character(&mut self, character: Option<char>) {
        let Some(character) = character else { return self.end_run() };
        let sign = self.catalogue.alphabet.sign(character);
        for &language in &sign.own.claimants {
            self.evidence.add_to_language(language, OfLanguage::LetterPoints, sign.own.points);
        }
        for &language in &sign.foreign {
            self.evidence.add_to_language(language, OfLanguage::ForeignLetters, 1);
        }
        match sign.role {
            Role::Letter(script) => self.letter(script, self.catalogue.alphabet.folded(character)),
            Role::Ignored => {}
            Role::Break => self.end_run(),
        }
    }

    #[inline]
    fn ascii_letters(&mut self, letters: &[u8]) {
        self.enter(Script::LATIN);
        let hash =
            letters.iter().fold(self.run.hash, |hash, byte| hash.with(u32::from(byte.to_ascii_lowercase())));
        self.run.hash = hash;
        self.run.letters += letters.len() as u64;
    }

    #[inline]
    fn letter(&mut self, script: Script, folded: u32) {
        self.enter(script);
        self.run.hash = self.run.hash.with(folded);
        self.run.letters += 1;
    }

    /// Ends a run of another script; and every run of Han, where a letter stands for itself.
    #[inline]
    fn enter(&mut self, script: Script) {
        if self.run.script != script || script == Script::HAN {
            self.end_run();
            self.run.script = script;
        }
    }

    /// Counts the run and looks its word up, if there is one.
    #[inline]
    fn end_run(&mut self) {
        if self.run.letters == 0 {
            return;
        }
        let Run { script, hash, letters } = std::mem::replace(&mut self.run, Run::new(Script::LATIN));
        self.evidence.add_to_script(script, OfScript::Letters, letters);
        self.evidence.add_to_script(script, OfScript::Words, 1);
        if let Some(claim) = self.catalogue.lexicon.find(hash, letters) {
            for &language in &claim.claimants {
                self.evidence.add_to_language(language, OfLanguage::WordPoints, claim.points);
                self.evidence.add_to_language(language, OfLanguage::Words, 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_letter_say_the_same() {
        let pairs = |text: &str| {
            let mut evidence = Evidence::new();
            scan(text.as_bytes(), &mut evidence);
            evidence.to_pairs()
        };
        for (composed, parts) in [
            ("أن", "ا\u{654}ن"),
            ("إلى", "ا\u{655}لى"),
            ("آب", "ا\u{653}ب"),
            ("أَن", "ا\u{64E}\u{654}ن"),
            ("خانۀ", "خان\u{6D5}\u{654}"),
        ] {
            assert_eq!(pairs(composed), pairs(parts), "{composed}");
        }
    }

    fn count(text: &[u8], name: &str) -> u64 {
        let mut evidence = Evidence::new();
        scan(text, &mut evidence);
        evidence.to_pairs().into_iter().find(|(found, _)| found == name).map_or(0, |(_, count)| count)
    }

    #[test]
    fn words_end_where_letters_end() {
        for text in ["the", "the.", "\"the\"", "THE", "1the2", "the\n", "\u{FEFF}the", "the猫"] {
            assert_eq!(count(text.as_bytes(), "en.words"), 1, "{text}");
        }
        for text in ["", "thes", "\u{436}", "thé"] {
            assert_eq!(count(text.as_bytes(), "en.words"), 0, "{text}");
        }
        assert_eq!(count("l'or d'une".as_bytes(), "fr.words"), 4);
    }

    #[test]
    fn bytes_that_are_no_text_end_a_word() {
        assert_eq!(count(b"the\xFFthe\xE2\x82the\xD8", "en.words"), 3);
        assert_eq!(count(b"th\xFFese", "en.words"), 0);
    }

    #[test]
    fn the_short_way_of_decoding_agrees_with_the_long_one() {
        for first in 0x80..=0xFF_u8 {
            for second in 0..=0xFF_u8 {
                let text = [first, second, b'a'];
                assert_eq!(decode(&text), decode_utf8(text), "{text:?}");
            }
            assert_eq!(decode(&[first]), decode_utf8([first]));
        }
    }

    #[test]
    fn persian_words_are_found_however_they_were_broken() {
        let broken = [
            "می\u{200C}شود", // ZWNJ kept
            "میشود",         // ZWNJ deleted
            "مي\u{200C}شود", // Arabic yeh
            "ميـــشود",      // tatweel
            "مِی\u{200C}شوَد", // harakat
        ];
        for text in broken {
            assert_eq!(count(text.as_bytes(), "fa.words"), 1, "{text}");
        }
        assert_eq!(count("ا\u{653}ن".as_bytes(), "fa.words"), count("آن".as_bytes(), "fa.words"));
    }

    #[test]
    fn every_letter_of_han_is_a_word() {
        assert_eq!(count("我的書".as_bytes(), "Han.words"), 3);
        assert_eq!(count("我的書".as_bytes(), "zh.words"), 2);
        assert_eq!(count("ภาษาไทย".as_bytes(), "Thai.words"), 1);
    }
}
