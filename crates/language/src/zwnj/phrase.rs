//! Words that stand in a row, one space between them: as far as a decision may look.

use bstr::decode_utf8;

use super::hash::LETTERS_MAX;
use super::letters::{Sign, sign};

/// One word of a phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Where its letters begin among those of the phrase.
    pub(crate) from: usize,
    /// How many letters it has; 0 for a word that is to be left alone.
    pub(crate) length: usize,
    /// Bit n stands for a ZWNJ after n letters.
    pub(crate) zwnj: u64,
}

/// Words and, end to end, their letters.
#[derive(Debug, Default)]
pub(crate) struct Phrase {
    pub(crate) words: Vec<Word>,
    /// The letters by number.
    pub(crate) codes: Vec<u8>,
    /// For each letter, whether it joins the next one.
    pub(crate) joins: Vec<bool>,
    /// For each letter, where it and its marks end in the text.
    pub(crate) ends: Vec<usize>,
}

impl Phrase {
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.codes.clear();
        self.joins.clear();
        self.ends.clear();
    }

    /// The letters of a word by number.
    #[inline]
    pub(crate) fn codes_of(&self, word: &Word) -> &[u8] {
        &self.codes[word.from..word.from + word.length]
    }

    /// The places after which a ZWNJ can do something: bit n stands for the place after n letters.
    #[inline]
    pub(crate) fn places_of(&self, word: &Word) -> u64 {
        let joins = &self.joins[word.from..word.from + word.length];
        joins
            .iter()
            .take(word.length.saturating_sub(1))
            .rev()
            .fold(0, |mask, &joins| mask << 1 | u64::from(joins))
            << 1
    }
}

/// Shows every phrase of a text in order; `phrase` is the room they are built in.
pub(crate) fn for_each_phrase(text: &[u8], phrase: &mut Phrase, show: impl FnMut(&mut Phrase)) {
    phrase.clear();
    let mut scanner = Scanner { text, phrase, show, word: None };
    let mut at = 0;
    while at < text.len() {
        let gap = text[at..].iter().position(|byte| !is_space(*byte)).unwrap_or(text.len() - at);
        if text[at..at + gap] != *b" " {
            scanner.end_phrase();
        }
        at += gap;
        let length = text[at..].iter().position(|byte| is_space(*byte)).unwrap_or(text.len() - at);
        scanner.chunk(at, at + length);
        at += length;
    }
    scanner.end_phrase();
}

/// The word that is being read.
struct Open {
    word: Word,
    foreign: bool,
    /// A ZWNJ was the last character.
    pending: bool,
}

struct Scanner<'a, Show: FnMut(&mut Phrase)> {
    text: &'a [u8],
    phrase: &'a mut Phrase,
    show: Show,
    word: Option<Open>,
}

impl<Show: FnMut(&mut Phrase)> Scanner<'_, Show> {
    /// Reads what stands between two spaces.
    fn chunk(&mut self, from: usize, to: usize) {
        if is_protected(&self.text[from..to]) {
            self.open().foreign = true;
        } else {
            let mut at = from;
            while at < to {
                let (found, length) = next_sign(&self.text[at..to]);
                at += length;
                self.take(found, at);
            }
        }
        self.end_word();
    }

    #[inline]
    fn take(&mut self, found: Sign, end: usize) {
        match found {
            Sign::Letter { code, joins } => {
                let open = self.open();
                if open.pending {
                    open.word.zwnj |= 1_u64.checked_shl(open.word.length as u32).unwrap_or(0);
                    open.pending = false;
                }
                open.word.length += 1;
                self.phrase.codes.push(code);
                self.phrase.joins.push(joins);
                self.phrase.ends.push(end);
            }
            Sign::Mark => {
                let open = self.open();
                // A mark with no letter before it: nothing that a rule was written for.
                open.foreign |= open.pending || open.word.length == 0;
                if let Some(last) = self.phrase.ends.last_mut() {
                    *last = end;
                }
            }
            Sign::Zwnj => {
                let open = self.open();
                open.foreign |= open.word.length == 0;
                open.pending = true;
            }
            Sign::Foreign => self.open().foreign = true,
            Sign::Other => {
                self.end_word();
                self.end_phrase();
            }
        }
    }

    #[inline]
    fn open(&mut self) -> &mut Open {
        let from = self.phrase.codes.len();
        self.word.get_or_insert(Open {
            word: Word { from, length: 0, zwnj: 0 },
            foreign: false,
            pending: false,
        })
    }

    #[inline]
    fn end_word(&mut self) {
        let Some(mut open) = self.word.take() else { return };
        if open.foreign || open.pending || open.word.length > LETTERS_MAX {
            self.phrase.codes.truncate(open.word.from);
            self.phrase.joins.truncate(open.word.from);
            self.phrase.ends.truncate(open.word.from);
            open.word.length = 0;
            open.word.zwnj = 0;
        }
        self.phrase.words.push(open.word);
    }

    #[inline]
    fn end_phrase(&mut self) {
        if !self.phrase.words.is_empty() {
            (self.show)(self.phrase);
            self.phrase.clear();
        }
    }
}

/// The sign at the start of bytes and its length; bytes that are no character count as a foreign one.
#[inline]
fn next_sign(text: &[u8]) -> (Sign, usize) {
    if let [lead @ 0xC2..=0xDF, trail @ 0x80..=0xBF, ..] = *text {
        let point = u32::from(lead & 0x1F) << 6 | u32::from(trail & 0x3F);
        return (char::from_u32(point).map_or(Sign::Foreign, sign), 2);
    }
    match decode_utf8(text) {
        (Some(character), length) => (sign(character), length),
        (None, length) => (Sign::Foreign, length.max(1)),
    }
}

/// Addresses, names of files, tags and the like: runs without a space that hold what words do not hold.
fn is_protected(chunk: &[u8]) -> bool {
    let (mut named, mut divided) = (false, false);
    for &byte in chunk {
        match byte {
            b'#' | b'@' | b'_' | b'\\' => return true,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => named = true,
            b'/' | b'.' | b'-' | b'=' | b'&' | b'%' | b'?' | b':' | b'+' => divided = true,
            _ => {}
        }
    }
    named && divided
}

/// Spaces that end a chunk; any other kind of space ends a word and a phrase like punctuation does.
#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::super::letters::letter;
    use super::*;

    /// Phrases as text: words as letters with `|` for ZWNJ, `*` for a word that is left alone.
    fn phrases(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for_each_phrase(text.as_bytes(), &mut Phrase::default(), |phrase| {
            let words: Vec<String> = phrase.words.iter().map(|word| written(phrase, word)).collect();
            found.push(words.join(" "));
        });
        found
    }

    fn written(phrase: &Phrase, word: &Word) -> String {
        if word.length == 0 {
            return "*".to_owned();
        }
        let mut text = String::new();
        for (at, &code) in phrase.codes_of(word).iter().enumerate() {
            if word.zwnj >> at & 1 == 1 {
                text.push('|');
            }
            text.extend(letter(code));
        }
        text
    }

    #[test]
    fn one_space_holds_words_together_and_nothing_else_does() {
        assert_eq!(phrases("کتاب ها را"), ["کتاب ها را"]);
        assert_eq!(phrases("کتاب  ها\nرا، او\tو\u{A0}من"), ["کتاب", "ها", "را", "او", "و", "من"]);
        assert_eq!(phrases("«کتاب» ها"), ["کتاب", "ها"]);
        assert_eq!(phrases(""), Vec::<String>::new());
    }

    #[test]
    fn joiners_and_marks_belong_to_the_letters() {
        assert_eq!(phrases("می\u{200C}رود كتابِ"), ["می|رود کتاب"]); // ZWNJ
        assert_eq!(phrases("می\u{200C}\u{200C}رود"), ["می|رود"]); // ZWNJ
    }

    #[test]
    fn what_is_not_all_persian_is_left_alone() {
        for text in [
            "PDFها",
            "۵ساله",
            "کتاب\u{200C}",
            "\u{200C}ها",
            "ہے",
            "a.b/کتابها",
            "#کتابها",
            "نام_ها",
            "\u{64E}ب",
        ] {
            assert_eq!(phrases(text), ["*"], "{text}");
        }
        assert_eq!(phrases(&"ب".repeat(LETTERS_MAX + 1)), ["*"]);
        assert_eq!(phrases("س.ن"), ["س", "ن"]);
    }

    #[test]
    fn places_are_those_after_joining_letters() {
        for_each_phrase("کارها".as_bytes(), &mut Phrase::default(), |phrase| {
            assert_eq!(phrase.places_of(&phrase.words[0]), 0b10010);
        });
    }
}
