//! The hashes of a text's words: the same as folding the text and segmenting it would give, in a fraction of the time.
//!
//! Most words are letters and digits that no folding but lower-casing of ASCII changes, between white space or
//! punctuation: such a word is one segment of UAX #29 whatever stands around it. What is not of that kind sends the stretch
//! between two white spaces the long way. No folding and no boundary of words looks past white space.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr2;
use rewrite::{Key, KeyScratch};
use unicode::{Case, CaseLocale, Casing, Category, Form, space, utf8, word};

use super::shingle::{FOLDINGS, word_hash};

/// Code points below this are looked up.
const LOOKED_UP: u32 = 0x3000;

/// Hangul syllables are letters, and none of them changes.
const HANGUL: Range<u32> = 0xAC00..0xD7A4;

/// Conjoining jamo become syllables with their neighbours.
const JAMO: Range<u32> = 0x1100..0x1200;

const ZWNJ: char = '\u{200C}';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit that stays as it is.
    Letter,
    /// ZWNJ, which belongs to the word if it follows a letter.
    Joiner,
    /// White space of ASCII: what stands on its sides is apart.
    Space,
    /// What becomes space.
    Separator,
    /// A symbol of ASCII: a word by itself.
    Symbol,
    /// What asks for a closer look.
    Other,
}

/// Finds words.
#[derive(Clone)]
pub(super) struct Words {
    key: Key,
    classes: Arc<[Class]>,
}

/// Space that is used again from one text to the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    key: KeyScratch,
    lowered: Vec<u8>,
    folded: Vec<u8>,
}

impl Words {
    pub(super) fn new() -> Self {
        let key = Key::parse(FOLDINGS).expect("the foldings have their names");
        let mut scratch = KeyScratch::default();
        let classes = (0..LOOKED_UP).map(|code| class_of(&key, &mut scratch, code)).collect();
        Words { key, classes }
    }

    /// Appends the hashes of the words of a text.
    pub(super) fn hashes_into(&self, scratch: &mut Scratch, text: &[u8], hashes: &mut Vec<u64>) {
        let mut lowered = std::mem::take(&mut scratch.lowered);
        lowered.clear();
        lowered.extend_from_slice(text);
        lowered.make_ascii_lowercase();
        let mut at = 0;
        // Where the stretch without white space begins, and how many words stand before it.
        let mut stretch = (0, hashes.len());
        while at < text.len() {
            let (class, length) = self.class_at(&lowered, at);
            match class {
                Class::Letter => {
                    let end = self.end_of_word(&lowered, at + length);
                    hashes.push(word_hash(&lowered[at..end]));
                    at = end;
                }
                Class::Space => {
                    at += 1;
                    stretch = (at, hashes.len());
                }
                Class::Separator => at += length,
                Class::Symbol => {
                    hashes.push(word_hash(&lowered[at..at + 1]));
                    at += 1;
                }
                Class::Other | Class::Joiner => {
                    at = memchr2(b' ', b'\n', &text[at..]).map_or(text.len(), |length| at + length);
                    hashes.truncate(stretch.1);
                    self.fold_stretch(scratch, &text[stretch.0..at], hashes);
                }
            }
        }
        scratch.lowered = lowered;
    }

    /// The long way, for text between white space.
    fn fold_stretch(&self, scratch: &mut Scratch, text: &[u8], hashes: &mut Vec<u64>) {
        let folded = &mut scratch.folded;
        folded.clear();
        // A mark that nothing stands before belongs to the space.
        if !hashes.is_empty() {
            folded.push(b' ');
        }
        let start = folded.len();
        self.key.key_into(&mut scratch.key, text, folded);
        if folded.len() > start {
            word::for_each_token(folded, |word| hashes.push(word_hash(word)));
        }
    }

    #[inline]
    fn end_of_word(&self, text: &[u8], mut at: usize) -> usize {
        while at < text.len() {
            if text[at].is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            match self.class_at(text, at) {
                (Class::Letter | Class::Joiner, length) => at += length,
                _ => break,
            }
        }
        at
    }

    /// The class of a character and its length.
    #[inline]
    fn class_at(&self, text: &[u8], at: usize) -> (Class, usize) {
        let byte = text[at];
        if byte < 0x80 {
            return (self.classes[usize::from(byte)], 1);
        }
        if let (0xC2..=0xDF, Some(&second @ 0x80..=0xBF)) = (byte, text.get(at + 1)) {
            return (self.classes[usize::from(byte & 0x1F) << 6 | usize::from(second & 0x3F)], 2);
        }
        let (character, length) = utf8::decode(&text[at..]);
        let code = u32::from(character);
        let class = match self.classes.get(code as usize) {
            Some(&class) => class,
            None if HANGUL.contains(&code) => Class::Letter,
            None => Class::Other,
        };
        (class, length)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

fn class_of(key: &Key, scratch: &mut KeyScratch, code: u32) -> Class {
    // There are no surrogates among those that are looked up.
    let Some(character) = char::from_u32(code) else { return Class::Other };
    let mut buffer = [0; 4];
    let text: &[u8] = character.encode_utf8(&mut buffer).as_bytes();
    let mut folded = Vec::new();
    key.key_into(scratch, text, &mut folded);
    if character.is_ascii() && space::is_white_space(character) {
        return Class::Space;
    }
    if folded.is_empty() {
        return Class::Separator;
    }
    if character.is_ascii_alphanumeric() {
        return Class::Letter;
    }
    if character.is_ascii() && Category::of(character).is_symbol() {
        return Class::Symbol;
    }
    if character == ZWNJ {
        return Class::Joiner;
    }
    let lower = Casing { case: Case::Lower, locale: CaseLocale::Root };
    let stays = folded == text && Form::Nfkc.is_normalized(text) && lower.is_unchanged(text);
    let joins = |parts: [&[u8]; 2]| word::is_token(&parts.concat());
    let is_letter = joins([b"a", text]) && joins([text, b"a"]);
    if stays && is_letter && !JAMO.contains(&code) { Class::Letter } else { Class::Other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Folds and segments the whole text.
    fn long_way(text: &[u8]) -> Vec<u64> {
        let mut folded = Vec::new();
        let key = Key::parse(FOLDINGS).expect("names");
        key.key_into(&mut KeyScratch::default(), text, &mut folded);
        let mut hashes = Vec::new();
        word::for_each_token(&folded, |word| hashes.push(word_hash(word)));
        hashes
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        let pieces: Vec<&[u8]> = vec![
            b"a",
            b"Word",
            b"I",
            b"H",
            b"42",
            b"_",
            b" ",
            b"  ",
            b"\n",
            b"\r\n",
            b"\t",
            b"\0",
            b"\x1F",
            b".",
            b",",
            b"'",
            b"-",
            b"$",
            b"=",
            b"<",
            b"^",
            b"\xFF",
            b"\xE2\x80",
            b"\xD8",
            b"\xE0\x80\x80",
        ];
        let texts = [
            "\u{307}",
            "\u{331}",
            "\u{338}",
            "Σ",
            "σ",
            "𝚺",
            "é",
            "É",
            "ß",
            "ﬁ",
            "²",
            "½",
            "…",
            "’",
            "«",
            "—",
            "\u{A0}",
            "\u{AD}",
            "سلام",
            "می\u{200C}خواهم",
            "\u{200C}",
            "\u{200D}",
            "\u{64B}",
            "\u{653}",
            "ا",
            "۱۲",
            "٬",
            "،",
            "ﷲ",
            "ﻼ",
            "שלום",
            "״",
            "да",
            "Да",
            "й",
            "и\u{306}",
            "字宅",
            "猫である。",
            "カー",
            "ｶﾞ",
            "한국",
            "\u{1100}",
            "\u{1161}",
            "\u{11A8}",
            "กำ",
            "ที่",
            "क्षि",
            "\u{93C}",
            "🇮",
            "👩\u{200D}🚀",
            "\u{3000}",
            "\u{2028}",
            "\u{85}",
            "⁄",
            "\u{202F}",
            "İ",
            "K",
            "Å",
        ];
        let all: Vec<Vec<u8>> = pieces
            .into_iter()
            .map(<[u8]>::to_vec)
            .chain(texts.map(|text| text.as_bytes().to_vec()))
            .collect();
        prop::sample::select(all)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn both_ways_lead_to_the_same_words(pieces in prop::collection::vec(piece(), 0..14)) {
            thread_local! {
                static WORDS: Words = Words::new();
            }
            let text = pieces.concat();
            let mut hashes = Vec::new();
            WORDS.with(|words| words.hashes_into(&mut Scratch::default(), &text, &mut hashes));
            prop_assert_eq!(hashes, long_way(&text));
        }
    }

    #[test]
    fn no_character_leads_another_way() {
        let words = Words::new();
        let mut scratch = Scratch::default();
        // Everything that is looked up, and a few of what is not.
        let further = [0x30A1, 0x4E00, 0xABFF, 0xAC00, 0xD7A3, 0xD7B0, 0xFB01, 0xFE8D, 0x1_D6BA, 0x1_F600];
        for character in (0..LOOKED_UP).chain(further).filter_map(char::from_u32) {
            let text = format!("{character}a {character} b{character}c{character}");
            let mut hashes = Vec::new();
            words.hashes_into(&mut scratch, text.as_bytes(), &mut hashes);
            assert_eq!(hashes, long_way(text.as_bytes()), "{character:?}");
        }
    }
}
