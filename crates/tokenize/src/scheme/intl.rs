//! `intl`: punctuation stands apart unless a number is on both sides of it, and symbols always do.
//!
//! What sacrebleu's TokenizerV14International does, after mteval-v14.pl. Nothing is escaped, nothing is dropped.

use std::ops::Range;

use unicode::Properties;

use super::run::{Side, is_passed_over, last_stays};
use super::token::Token;
use super::word::Word;

/// Give every token of a text.
pub(super) fn for_each(text: &[u8], receive: impl FnMut(Token<'_>)) {
    let mut walk = Walk { text, receive, word: Word::default(), left: Side::Absent };
    let mut at = 0;
    while at < text.len() {
        at = walk.step(at);
    }
    walk.close();
}

/// White space to Python: White_Space, and four separators among the controls.
pub(super) fn is_space(byte: u8, properties: Properties) -> bool {
    properties.is_white_space() || matches!(byte, 0x1C..=0x1F)
}

struct Walk<'a, F> {
    text: &'a [u8],
    receive: F,
    word: Word,
    /// The character before the next one.
    left: Side,
}

impl<F: FnMut(Token<'_>)> Walk<'_, F> {
    #[inline]
    fn step(&mut self, at: usize) -> usize {
        let byte = self.text[at];
        if byte.is_ascii_alphanumeric() {
            return self.take_ascii(at);
        }
        let (properties, length) = Properties::at(self.text, at);
        let end = at + length;
        if properties.is_punctuation() {
            return self.punctuation(at);
        }
        self.left = side(properties);
        if is_space(byte, properties) {
            self.close();
        } else if properties.is_symbol() {
            self.give(at..end);
        } else {
            self.word.take(at, end);
        }
        end
    }

    #[inline]
    fn take_ascii(&mut self, at: usize) -> usize {
        let more = self.text[at + 1..].iter().position(|byte| !byte.is_ascii_alphanumeric());
        let end = more.map_or(self.text.len(), |more| at + 1 + more);
        self.word.take(at, end);
        self.left = if self.text[end - 1].is_ascii_digit() { Side::Number } else { Side::Other };
        end
    }

    /// Punctuation in a row: each mark of it is a token, all but the last, perhaps.
    fn punctuation(&mut self, at: usize) -> usize {
        let (mut count, mut last, mut end) = (0, at, at);
        let mut behind = Side::Absent;
        while end < self.text.len() {
            let (properties, length) = Properties::at(self.text, end);
            if !properties.is_punctuation() {
                behind = side(properties);
                break;
            }
            (count, last, end) = (count + 1, end, end + length);
        }
        // At the very end there is nothing that the second expression could find behind the mark.
        let stays = match behind {
            Side::Absent => is_passed_over(self.left, count),
            _ => last_stays(self.left, count, behind),
        };
        let apart = if stays { last } else { end };
        if count > 1 || !stays {
            self.close();
        }
        self.give_each(at..apart);
        if stays {
            self.word.take(last, end);
        }
        self.left = Side::Other;
        end
    }

    fn give_each(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let length = Properties::at(self.text, at).1;
            self.give(at..at + length);
            at += length;
        }
    }

    /// End the word, and give a token behind it.
    fn give(&mut self, range: Range<usize>) {
        self.close();
        (self.receive)(Token::plain(self.text, range));
    }

    #[inline]
    fn close(&mut self) {
        if !self.word.is_empty() {
            (self.receive)(Token::plain(self.text, self.word.range()));
            self.word = Word::default();
        }
    }
}

fn side(properties: Properties) -> Side {
    if properties.is_number() { Side::Number } else { Side::Other }
}
