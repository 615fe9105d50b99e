//! The words of one document: a number for each, what is true of it, and the text that they make together.

use unicode::{Category, Unit, utf8};

use super::lexicon::Lexicon;
use super::punctuation::Punctuation;

/// The words of a document, read anew for each.
///
/// Memory: 8 bytes for each word and as many bytes as all of them have; 32 for each different word, and its index.
#[derive(Debug, Default)]
pub struct Words {
    /// All words, with nothing between them.
    pub joined: Vec<u8>,
    /// Where each word ends in `joined`.
    pub ends: Vec<u32>,
    /// The number of each word.
    pub numbers: Vec<u32>,
    /// What leads from a word to its number.
    pub lexicon: Lexicon,
    /// What is true of the word of each number.
    pub kinds: Vec<Kind>,
}

/// About so many bytes of a page there are for each different word.
const TYPE_BYTES: usize = 8;

/// What is true of a word.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// How many code points it has.
    pub characters: u32,
    /// It has no letter and no number, or whatever makes it a symbol.
    pub is_symbol: bool,
    /// It has a letter: a character of General_Category L.
    pub has_letter: bool,
}

impl Words {
    /// Reads the words of a text that is shorter than 4 GiB.
    pub fn read(&mut self, text: &[u8], unit: Unit, punctuation: Punctuation) {
        self.clear();
        self.lexicon.clear(text.len() / TYPE_BYTES);
        unit.for_each(text, |word| {
            // Units are slices of the text.
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            self.join(text, start, word);
            let (number, is_new) = self.lexicon.add(text, start, start + word.len());
            if is_new {
                self.kinds.push(Kind::of(word, punctuation));
            }
            self.ends.push(self.joined.len() as u32);
            self.numbers.push(number);
        });
    }

    /// Copies of a short word more than it has and forgets the rest, for that many bytes are copied at once.
    #[inline]
    fn join(&mut self, text: &[u8], start: usize, word: &[u8]) {
        match text[start..].first_chunk::<16>() {
            Some(chunk) if word.len() <= chunk.len() => {
                let end = self.joined.len() + word.len();
                self.joined.extend_from_slice(chunk);
                self.joined.truncate(end);
            }
            _ => self.joined.extend_from_slice(word),
        }
    }

    fn clear(&mut self) {
        self.joined.clear();
        self.ends.clear();
        self.numbers.clear();
        self.kinds.clear();
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Each different word with how often it came.
    pub fn kinds(&self) -> impl Iterator<Item = (&Kind, u64)> {
        (0..).zip(&self.kinds).map(|(number, kind)| (kind, u64::from(self.lexicon.count(number))))
    }

    /// Whether a word came in the text that was read.
    pub fn contains(&self, text: &[u8], word: &str) -> bool {
        self.lexicon.contains(text, word.as_bytes())
    }

    /// Where in `joined` the word at a place begins; the place after the last word is the end.
    #[inline]
    pub fn start(&self, place: usize) -> usize {
        if place == 0 { 0 } else { self.ends[place - 1] as usize }
    }

    /// So many words from a place on, with nothing between them.
    #[inline]
    pub fn text(&self, place: usize, count: usize) -> &[u8] {
        &self.joined[self.start(place)..self.start(place + count)]
    }

    /// How many code points the word at a place has.
    pub fn characters(&self, place: usize) -> u64 {
        u64::from(self.kinds[self.numbers[place] as usize].characters)
    }
}

impl Kind {
    fn of(word: &[u8], punctuation: Punctuation) -> Kind {
        if word.is_ascii() {
            let has_letter = word.iter().any(u8::is_ascii_alphabetic);
            let is_symbol = !has_letter && punctuation.is_symbol(word);
            return Kind { characters: word.len() as u32, is_symbol, has_letter };
        }
        Kind {
            characters: utf8::count_chars(word) as u32,
            is_symbol: punctuation.is_symbol(word),
            has_letter: has_letter(word),
        }
    }
}

fn has_letter(word: &[u8]) -> bool {
    let mut at = 0;
    while at < word.len() {
        let (category, length) = Category::at(word, at);
        if category.is_letter() {
            return true;
        }
        at += length;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbered_in_the_order_they_come() {
        let mut words = Words::default();
        words.read(b"a bc, a 1\xCC", Unit::Word, Punctuation::Unicode);
        let text = "سلام، b سلام 1 ،".as_bytes();
        words.read(text, Unit::Word, Punctuation::Unicode);
        assert_eq!(words.numbers, [0, 1, 2, 0, 3, 1]);
        assert_eq!(words.joined, "سلام،bسلام1،".as_bytes());
        let kinds: Vec<_> = words
            .kinds()
            .map(|(kind, count)| (kind.characters, kind.is_symbol, kind.has_letter, count))
            .collect();
        assert_eq!(
            kinds,
            [(4, false, true, 2), (1, true, false, 2), (1, false, true, 1), (1, false, false, 1)]
        );
        assert!(words.contains(text, "b") && !words.contains(text, "bس"));
        assert_eq!(words.text(1, 2), "،b".as_bytes());
        assert_eq!(words.characters(3), 4);
    }
}
