//! How a word is spelt before anything is merged: in bytes or in characters.

use unicode::utf8;

use super::Work;
use crate::vocabulary::Vocabulary;

/// The symbols that words are spelt in.
#[derive(Debug)]
pub(crate) enum Alphabet {
    /// Every byte is a symbol.
    Bytes(Box<ByteAlphabet>),
    /// Every character is a symbol.
    Characters(Box<CharacterAlphabet>),
}

/// A symbol for each byte.
#[derive(Debug)]
pub(crate) struct ByteAlphabet {
    /// The id of each byte.
    pub(crate) ids: [Option<u32>; 256],
    pub(crate) unknown: Option<u32>,
    /// Whether unknown neighbours are one piece.
    pub(crate) fuse: bool,
}

/// A symbol for each character, which may be written otherwise inside a word than at its end.
#[derive(Debug, Default)]
pub(crate) struct CharacterAlphabet {
    /// What stands before every character but the first, in its form.
    pub(crate) prefix: Vec<u8>,
    /// What follows the last one.
    pub(crate) suffix: Vec<u8>,
    /// Ids of the bytes of characters that the vocabulary lacks.
    pub(crate) bytes: Option<Box<[Option<u32>; 256]>>,
    pub(crate) unknown: Option<u32>,
    /// Whether unknown neighbours are one piece.
    pub(crate) fuse: bool,
}

impl Alphabet {
    /// What stands for symbols that the vocabulary lacks.
    pub(crate) fn unknown(&self) -> Option<u32> {
        match self {
            Alphabet::Bytes(bytes) => bytes.unknown,
            Alphabet::Characters(characters) => characters.unknown,
        }
    }

    /// Spell the word from a place on, until it ends or there are so many symbols; where that is.
    pub(crate) fn spell(
        &self,
        vocabulary: &Vocabulary,
        word: &[u8],
        from: usize,
        symbols: usize,
        work: &mut Work,
    ) -> usize {
        match self {
            Alphabet::Bytes(bytes) => bytes.spell(word, from, symbols, work),
            Alphabet::Characters(characters) => characters.spell(vocabulary, word, from, symbols, work),
        }
    }
}

impl ByteAlphabet {
    fn spell(&self, word: &[u8], from: usize, symbols: usize, work: &mut Work) -> usize {
        let mut pending = Pending { unknown: self.unknown, fuse: self.fuse, end: None };
        for (at, &byte) in word.iter().enumerate().skip(from) {
            if work.len() >= symbols && pending.end.is_none() {
                return at;
            }
            match self.ids[usize::from(byte)] {
                Some(id) => {
                    pending.flush(work);
                    work.push(id, at + 1);
                }
                None => pending.add(work, at + 1),
            }
        }
        pending.flush(work);
        word.len()
    }
}

impl CharacterAlphabet {
    fn spell(
        &self,
        vocabulary: &Vocabulary,
        word: &[u8],
        from: usize,
        symbols: usize,
        work: &mut Work,
    ) -> usize {
        let mut pending = Pending { unknown: self.unknown, fuse: self.fuse, end: None };
        let mut form = Vec::new();
        let mut at = from;
        while at < word.len() {
            if work.len() >= symbols && pending.end.is_none() {
                return at;
            }
            let end = at + utf8::decode(&word[at..]).1;
            let form = self.form(word, at, end, &mut form);
            if let Some(id) = vocabulary.id(form) {
                pending.flush(work);
                work.push(id, end);
            } else if !self.spell_bytes(form, end - at, end, work) {
                pending.add(work, end);
            }
            at = end;
        }
        pending.flush(work);
        word.len()
    }

    /// How a character is written in the vocabulary.
    fn form<'a>(&self, word: &'a [u8], at: usize, end: usize, form: &'a mut Vec<u8>) -> &'a [u8] {
        let prefix: &[u8] = if at == 0 { b"" } else { &self.prefix };
        let suffix: &[u8] = if end == word.len() { &self.suffix } else { b"" };
        if prefix.is_empty() && suffix.is_empty() {
            return &word[at..end];
        }
        form.clear();
        form.extend_from_slice(prefix);
        form.extend_from_slice(&word[at..end]);
        form.extend_from_slice(suffix);
        form
    }

    /// A symbol for each byte of a form, if each has one. Bytes of what was written around the character count
    /// as its first and its last.
    fn spell_bytes(&self, form: &[u8], length: usize, end: usize, work: &mut Work) -> bool {
        let Some(bytes) = &self.bytes else { return false };
        if form.iter().any(|&byte| bytes[usize::from(byte)].is_none()) {
            return false;
        }
        for (index, &byte) in form.iter().enumerate() {
            if let Some(id) = bytes[usize::from(byte)] {
                work.push(id, end - length + (index + 1).min(length));
            }
        }
        true
    }
}

/// An unknown symbol that is not told yet: the next may be fused with it.
struct Pending {
    unknown: Option<u32>,
    fuse: bool,
    end: Option<usize>,
}

impl Pending {
    fn add(&mut self, work: &mut Work, end: usize) {
        if self.unknown.is_some() {
            if !self.fuse {
                self.flush(work);
            }
            self.end = Some(end);
        }
    }

    fn flush(&mut self, work: &mut Work) {
        if let (Some(id), Some(end)) = (self.unknown, self.end.take()) {
            work.push(id, end);
        }
    }
}
