//! Words that stand in a row, one space between them: as far as a decision may look.

use bstr::decode_utf8;

use super::hash::{LETTERS_MAX, extended_hash};
use super::letters::{Sign, block_sign, sign};

/// One word of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Where its letters begin among those of the block.
    pub(crate) from: usize,
    /// How many letters it has; 0 for a word that is to be left alone, and for what divides two phrases.
    pub(crate) length: usize,
    /// Bit n stands for a ZWNJ after n letters.
    pub(crate) zwnj: u64,
    /// Bit n says that the letter before it joins what follows.
    pub(crate) joins: u64,
    /// The hash of its letters.
    pub(crate) hash: u64,
    /// Where it begins in the text.
    pub(crate) start: usize,
    /// Latin letters or digits touch it, if only across a bracket: joined to more, it might be taken for an address and be left alone.
    pub(crate) named: bool,
}

/// Some phrases of a text, and their letters end to end. A word without letters stands between phrases.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) words: Vec<Word>,
    /// The letters by number.
    pub(crate) codes: Vec<u8>,
}

/// A block ends with the first phrase that makes it so long, in letters.
const BLOCK_LETTERS: usize = 8192;
/// A phrase so long is no phrase: the block ends inside it.
const BLOCK_LETTERS_MAX: usize = 8 * BLOCK_LETTERS;

impl Word {
    /// The places after which a ZWNJ can do something: bit n stands for the place after n letters.
    #[inline]
    pub(crate) fn places(&self) -> u64 {
        self.joins & !(1 << self.length)
    }

    /// Whether its last letter joins what follows.
    #[inline]
    pub(crate) fn joins_next(&self) -> bool {
        self.joins >> self.length & 1 == 1
    }
}

impl Block {
    /// Asked between two words. It depends on letters alone, so a block of the changed text ends where this one did.
    fn is_full(&self) -> bool {
        let letters = self.codes.len();
        letters >= BLOCK_LETTERS_MAX
            || letters >= BLOCK_LETTERS && self.words.last().is_some_and(|word| word.length == 0)
    }

    /// Of several words without letters in a row one is enough.
    #[inline]
    fn push(&mut self, word: Word) {
        if word.length > 0 || self.words.last().is_none_or(|last| last.length > 0) {
            self.words.push(word);
        }
    }

    /// The letters of a word by number.
    #[inline]
    pub(crate) fn codes_of(&self, word: &Word) -> &[u8] {
        &self.codes[word.from..word.from + word.length]
    }
}

/// Reads a text block by block.
#[derive(Clone, Debug)]
pub(crate) struct Blocks<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Blocks<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Blocks<'a> {
        Blocks { text, at: 0 }
    }

    /// Whether there is nothing left to read.
    pub(crate) fn is_done(&self) -> bool {
        self.at == self.text.len()
    }

    /// Reads the next phrases into `block`, as many as fit; `false` at the end of the text.
    pub(crate) fn read(&mut self, block: &mut Block) -> bool {
        block.words.clear();
        block.codes.clear();
        let mut scanner = Scanner { text: self.text, at: self.at, block, open: None };
        while let Some(&byte) = self.text.get(scanner.at) {
            if !is_space(byte) {
                scanner.chunk();
                // A run without spaces that was too long to be looked at as one was left between two of its words.
                let is_left = scanner.text.get(scanner.at).is_some_and(|&byte| !is_space(byte));
                if is_left && scanner.block.is_full() {
                    break;
                }
                continue;
            }
            let from = scanner.at;
            while self.text.get(scanner.at).is_some_and(|&byte| is_space(byte)) {
                scanner.at += 1;
            }
            if byte != b' ' || scanner.at - from > 1 {
                scanner.end_phrase();
            }
            if scanner.block.is_full() {
                break;
            }
        }
        self.at = scanner.at;
        !block.words.is_empty()
    }
}

/// A run without spaces is looked at as one, to tell addresses, up to this length in bytes.
const RUN_BYTES_MAX: usize = 16 * 1024;

/// The word that is being read.
struct Open {
    word: Word,
    foreign: bool,
    /// A ZWNJ was the last character.
    pending: bool,
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    block: &'a mut Block,
    open: Option<Open>,
}

impl Scanner<'_> {
    /// Reads what stands between two spaces; of what is very long, a part that ends between words.
    fn chunk(&mut self) {
        let before = (self.block.words.len(), self.block.codes.len());
        let start = self.at;
        let mut seen = 0;
        while let Some(&byte) = self.text.get(self.at) {
            let from = self.at;
            let found = match byte {
                0xD8..=0xDB => match self.text.get(self.at + 1) {
                    Some(&trail @ 0x80..=0xBF) => {
                        self.at += 2;
                        block_sign((byte & 3) << 6 | trail & 0x3F)
                    }
                    _ => self.decoded(),
                },
                0x80.. => self.decoded(),
                _ if is_space(byte) => break,
                _ => {
                    self.at += 1;
                    seen |= clue(byte);
                    if byte.is_ascii_alphanumeric() { Sign::Foreign } else { Sign::Other }
                }
            };
            self.take(found, from);
            if found == Sign::Other && self.at - start >= RUN_BYTES_MAX {
                break;
            }
        }
        if seen & TAG != 0 || seen == NAMED | DIVIDED {
            // An address, the name of a file, a tag and the like: one word that is left alone.
            self.open = None;
            self.block.words.truncate(before.0);
            self.block.codes.truncate(before.1);
            self.open(start).foreign = true;
        }
        self.end_word();
        if seen & NAMED != 0 {
            self.block.words[before.0..].iter_mut().for_each(|word| word.named = true);
        }
    }

    /// The sign of any character; bytes that are no character count as a foreign one.
    fn decoded(&mut self) -> Sign {
        let (character, length) = decode_utf8(&self.text[self.at..]);
        self.at += length.max(1);
        character.map_or(Sign::Foreign, sign)
    }

    #[inline]
    fn take(&mut self, found: Sign, from: usize) {
        match found {
            Sign::Letter { code, joins } => {
                let open = self.open(from);
                let word = &mut open.word;
                if open.pending {
                    word.zwnj |= 1_u64.checked_shl(word.length as u32).unwrap_or(0);
                    open.pending = false;
                }
                word.length += 1;
                word.joins |= u64::from(joins).checked_shl(word.length as u32).unwrap_or(0);
                word.hash = extended_hash(word.hash, code);
                self.block.codes.push(code);
            }
            Sign::Mark => {
                let open = self.open(from);
                // A mark with no letter before it: nothing that a rule was written for.
                open.foreign |= open.pending || open.word.length == 0;
            }
            Sign::Zwnj => {
                let open = self.open(from);
                open.foreign |= open.word.length == 0;
                open.pending = true;
            }
            Sign::Foreign => self.open(from).foreign = true,
            Sign::Other => {
                self.end_word();
                self.end_phrase();
            }
        }
    }

    #[inline]
    fn open(&mut self, start: usize) -> &mut Open {
        let from = self.block.codes.len();
        self.open.get_or_insert(Open {
            word: Word { from, start, ..Word::default() },
            foreign: false,
            pending: false,
        })
    }

    #[inline]
    fn end_word(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mut word = open.word;
        if open.foreign || open.pending || word.length > LETTERS_MAX {
            self.block.codes.truncate(word.from);
            word = Word { from: word.from, start: word.start, ..Word::default() };
        }
        self.block.push(word);
    }

    #[inline]
    fn end_phrase(&mut self) {
        if !self.block.words.is_empty() {
            let (from, start) = (self.block.codes.len(), self.at);
            self.block.push(Word { from, start, ..Word::default() });
        }
    }
}

/// One word and its letters, if a text is one Persian word from end to end; `room` is where the letters go.
pub(crate) fn one_word<'a>(text: &[u8], room: &'a mut [u8; LETTERS_MAX]) -> Option<(Word, &'a [u8])> {
    let (mut word, mut at) = (Word::default(), 0);
    while at < text.len() {
        let (character, length) = decode_utf8(&text[at..]);
        at += length.max(1);
        match sign(character?) {
            Sign::Letter { code, joins } => {
                *room.get_mut(word.length)? = code;
                word.length += 1;
                word.joins |= u64::from(joins) << word.length;
                word.hash = extended_hash(word.hash, code);
            }
            Sign::Zwnj if word.length > 0 => word.zwnj |= 1 << word.length,
            Sign::Mark if word.length > 0 => {}
            _ => return None,
        }
    }
    (word.length > 0 && word.zwnj >> word.length == 0).then(|| (word, &room[..word.length]))
}

/// What makes a run without a space a tag.
const TAG: u8 = 1;
/// Letters and digits as names have them.
const NAMED: u8 = 2;
/// What divides the parts of names.
const DIVIDED: u8 = 4;

/// What a byte says of the run it stands in.
#[inline]
fn clue(byte: u8) -> u8 {
    match byte {
        b'#' | b'@' | b'_' | b'\\' => TAG,
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => NAMED,
        b'/' | b'.' | b'-' | b'=' | b'&' | b'%' | b'?' | b':' | b'+' => DIVIDED,
        _ => 0,
    }
}

/// Where in a text the letter after `count` letters of the word at `start` begins.
pub(crate) fn letter_start(text: &[u8], start: usize, count: usize) -> usize {
    let (mut at, mut letters) = (start, 0);
    while at < text.len() {
        let (character, length) = decode_utf8(&text[at..]);
        if character.map(sign).is_some_and(|sign| matches!(sign, Sign::Letter { .. })) {
            if letters == count {
                break;
            }
            letters += 1;
        }
        at += length.max(1);
    }
    at
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

    /// The words of a text: letters with `|` for ZWNJ, `*` for a word that is left alone and for what divides phrases.
    fn phrases(text: &str) -> String {
        let (mut blocks, mut block, mut found) = (Blocks::new(text.as_bytes()), Block::default(), Vec::new());
        while blocks.read(&mut block) {
            found.extend(block.words.iter().map(|word| written(&block, word)));
        }
        found.join(" ")
    }

    fn written(phrase: &Block, word: &Word) -> String {
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
        assert_eq!(phrases("کتاب ها را"), "کتاب ها را");
        assert_eq!(phrases("کتاب  ها\nرا، او\tو\u{A0}من"), "کتاب * ها * را * او * و * من");
        assert_eq!(phrases("«کتاب» ها"), "کتاب * ها");
        assert_eq!(phrases(""), "");
    }

    #[test]
    fn joiners_and_marks_belong_to_the_letters() {
        assert_eq!(phrases("می\u{200C}رود كتابِ"), "می|رود کتاب"); // ZWNJ
        assert_eq!(phrases("می\u{200C}\u{200C}رود"), "می|رود"); // ZWNJ
        let text = "می\u{64E}رود";
        assert_eq!(&text[letter_start(text.as_bytes(), 0, 2)..], "رود");
    }

    #[test]
    fn what_is_not_all_persian_is_left_alone() {
        for text in [
            "PDFها",
            "۵ساله",
            "کتاب\u{200C}", // ZWNJ
            "\u{200C}ها",   // ZWNJ
            "ہے",
            "a.b/کتابها",
            "کتابها.txt",
            "#کتابها",
            "نام_ها",
            "\u{64E}ب",
        ] {
            assert_eq!(phrases(text), "*", "{text}");
        }
        assert_eq!(phrases(&"ب".repeat(LETTERS_MAX + 1)), "*");
        assert_eq!(phrases("س.ن"), "س * ن");
    }

    #[test]
    fn blocks_end_between_phrases() {
        let text = "کتاب ها. ".repeat(BLOCK_LETTERS);
        let (mut blocks, mut block) = (Blocks::new(text.as_bytes()), Block::default());
        let (mut words, mut count) = (0, 0);
        while blocks.read(&mut block) {
            words += block.words.iter().filter(|word| word.length > 0).count();
            count += 1;
            assert_eq!(block.words.last().map(|word| word.length), Some(0));
        }
        assert!(count > 2 && words == 2 * BLOCK_LETTERS && blocks.is_done());
    }

    #[test]
    fn no_text_makes_a_block_without_bounds() {
        for text in ["کتاب ", "word ", "a, ", "کتاب،", "a,"].map(|piece| piece.repeat(BLOCK_LETTERS_MAX))
        {
            let (mut blocks, mut block) = (Blocks::new(text.as_bytes()), Block::default());
            while blocks.read(&mut block) {
                // A run without spaces may be held beyond what fills a block.
                assert!(
                    block.words.len() <= BLOCK_LETTERS_MAX / 4 + RUN_BYTES_MAX / 4,
                    "{}",
                    block.words.len()
                );
                assert!(block.codes.len() <= BLOCK_LETTERS_MAX + LETTERS_MAX + RUN_BYTES_MAX / 2);
            }
            assert!(blocks.is_done());
        }
    }

    #[test]
    fn places_are_those_after_joining_letters() {
        let mut block = Block::default();
        assert!(Blocks::new("کارها".as_bytes()).read(&mut block));
        assert_eq!(block.words[0].places(), 0b10010);
    }
}
