//! Sentences: the default sentence boundaries of UAX #29.

use crate::sieve;
use crate::tables::sentence::{SENTENCE, SENTENCE_SIEVE};
use crate::utf8;

// Classes, in the order that scripts/gen-unicode numbers them.
const CR: u8 = 1;
const LF: u8 = 2;
const SEP: u8 = 3;
const EXTEND: u8 = 4;
const FORMAT: u8 = 5;
const SPACE: u8 = 6;
const LOWER: u8 = 7;
const UPPER: u8 = 8;
const OTHER_LETTER: u8 = 9;
const NUMERIC: u8 = 10;
const A_TERM: u8 = 11;
const S_TERM: u8 = 12;
const CLOSE: u8 = 13;
const CONTINUE: u8 = 14;

/// The sentences of a text, white space included (UAX #29, section 5.1); concatenated they are the text
/// again.
///
/// ```
/// let text = "Mr. smith left. \"He did?\" سلام؟ بله.";
/// let sentences: Vec<&[u8]> = unicode::sentence::sentences(text.as_bytes()).collect();
/// assert_eq!(sentences.len(), 4);
/// assert_eq!(sentences[0], b"Mr. smith left. ");
/// ```
pub fn sentences(text: &[u8]) -> Sentences<'_> {
    Sentences { text, at: 0 }
}

/// Whether a character may end a sentence: Sentence_Terminal of UAX #44, as the classes ATerm and STerm of UAX #29 have it.
///
/// ```
/// use unicode::sentence::is_terminal;
/// assert!(['.', '؟', '۔', '。', '।'].map(is_terminal) == [true; 5]);
/// assert!(!is_terminal('،') && !is_terminal('…') && !is_terminal('"'));
/// ```
#[inline]
pub fn is_terminal(character: char) -> bool {
    matches!(SENTENCE.of(character), A_TERM | S_TERM)
}

/// Iterator over sentences; see [`sentences`].
#[derive(Debug, Clone)]
pub struct Sentences<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Iterator for Sentences<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        if self.at == self.text.len() {
            return None;
        }
        let start = self.at;
        self.at = sentence_end(self.text, start);
        Some(&self.text[start..self.at])
    }
}

/// What follows a terminator.
enum After {
    /// The sentence ends here.
    End(usize),
    /// It goes on; the next terminator is to be looked for from here.
    Goes(usize),
}

fn sentence_end(text: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        at = sieve::find(&SENTENCE_SIEVE, text, at);
        if at == text.len() {
            return at;
        }
        let (class, length) = SENTENCE.at(text, at);
        match class {
            CR | LF | SEP => return separator_end(text, at), // SB3, SB4
            A_TERM | S_TERM => match after_terminator(text, start, at, class) {
                After::End(end) => return end,
                After::Goes(from) => at = from,
            },
            _ => at += length,
        }
    }
}

/// The end of the paragraph separator that begins at `at`.
fn separator_end(text: &[u8], at: usize) -> usize {
    let (class, length) = SENTENCE.at(text, at);
    let end = at + length;
    end + usize::from(class == CR && text.get(end) == Some(&b'\n'))
}

/// Apply SB6 to SB11 after the terminator at `at`, in a sentence that begins at `start`.
fn after_terminator(text: &[u8], start: usize, at: usize, terminator: u8) -> After {
    // The class of the last of the terminator, Close* and Sp*, which the rules ask for in this order.
    let mut last = terminator;
    let mut next = at + SENTENCE.at(text, at).1;
    while next < text.len() {
        let (class, length) = SENTENCE.at(text, next);
        let joined = After::Goes(next + length);
        match class {
            EXTEND | FORMAT => {}                                                               // SB5
            NUMERIC if last == A_TERM => return joined,                                         // SB6
            UPPER if last == A_TERM && follows_cased(text, start, at) => return joined,         // SB7
            CONTINUE => return joined,                                                          // SB8a
            A_TERM | S_TERM => return After::Goes(next),                                        // SB8a
            CLOSE if last != SPACE => last = CLOSE,                                             // SB9
            SPACE => last = SPACE,                                                              // SB9, SB10
            CR | LF | SEP => return After::End(separator_end(text, next)), // SB9, SB10, SB11
            _ if terminator == A_TERM && lower_follows(text, next) => return After::Goes(next), // SB8
            _ => return After::End(next),                                  // SB11
        }
        next += length;
    }
    After::End(text.len())
}

/// Whether the character before `at` that SB5 does not hide is Upper or Lower.
fn follows_cased(text: &[u8], start: usize, mut at: usize) -> bool {
    while at > start {
        at = utf8::previous(text, start, at);
        match SENTENCE.at(text, at).0 {
            EXTEND | FORMAT => {}
            class => return matches!(class, UPPER | LOWER),
        }
    }
    false
}

/// Whether Lower comes from `at` on before any other letter, separator or terminator (SB8).
fn lower_follows(text: &[u8], mut at: usize) -> bool {
    while at < text.len() {
        let (class, length) = SENTENCE.at(text, at);
        match class {
            LOWER => return true,
            OTHER_LETTER | UPPER | SEP | CR | LF | S_TERM | A_TERM => return false,
            _ => at += length,
        }
    }
    false
}
