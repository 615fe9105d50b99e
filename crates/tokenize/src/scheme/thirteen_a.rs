//! `13a`: ASCII punctuation stands apart, but apostrophes, most hyphens, and full stops and commas inside numbers.
//!
//! What sacrebleu's Tokenizer13a does, after mteval-v13a.pl: `<skipped>` is removed, and so is a hyphen at the end of a line
//! with the line end, in this order; `&quot; &amp; &lt; &gt;` become what they stand for.

use std::ops::Range;

use unicode::Properties;

use super::intl::is_space;
use super::run::{Side, last_stays};
use super::token::Token;
use super::word::Word;

const SKIPPED: &[u8] = b"<skipped>";

/// What stands for a character, in the order in which they are replaced. What `&amp;` leaves may be one of those behind it.
const ENTITIES: [(&[u8], &[u8]); 4] =
    [(b"&quot;", b"\""), (b"&amp;", b"&"), (b"&lt;", b"<"), (b"&gt;", b">")];

/// Give every token of a text.
pub(super) fn for_each(text: &[u8], receive: impl FnMut(Token<'_>)) {
    let mut walk = Walk { text, receive, word: Word::default(), follows_digit: false };
    let mut at = 0;
    while at < text.len() {
        at = walk.step(at);
    }
    walk.close();
}

/// Append a word without what is removed.
pub(super) fn write_without_marks(word: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while at < word.len() {
        let next = skip(word, at);
        if next == at {
            out.push(word[at]);
            at += 1;
        }
        at = at.max(next);
    }
}

/// Where what is removed ends, from `at` on.
#[inline]
fn skip(text: &[u8], mut at: usize) -> usize {
    loop {
        match text.get(at) {
            Some(b'<') if text[at..].starts_with(SKIPPED) => at += SKIPPED.len(),
            Some(b'-') => {
                let next = skip_tags(text, at + 1);
                if text.get(next) != Some(&b'\n') {
                    return at;
                }
                at = next + 1;
            }
            _ => return at,
        }
    }
}

fn skip_tags(text: &[u8], mut at: usize) -> usize {
    while text.get(at) == Some(&b'<') && text[at..].starts_with(SKIPPED) {
        at += SKIPPED.len();
    }
    at
}

/// Where a row of characters ends that begins at `at`, if it does: something may be removed between them.
fn match_end(text: &[u8], mut at: usize, wanted: &[u8]) -> Option<usize> {
    for (index, byte) in wanted.iter().enumerate() {
        at = if index > 0 { skip(text, at) } else { at };
        if text.get(at) != Some(byte) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

struct Walk<'a, F> {
    text: &'a [u8],
    receive: F,
    word: Word,
    /// The character before the next one is an ASCII digit.
    follows_digit: bool,
}

impl<F: FnMut(Token<'_>)> Walk<'_, F> {
    #[inline]
    fn step(&mut self, at: usize) -> usize {
        let byte = self.text[at];
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'\'' => self.take_ascii(at),
            b'.' | b',' => self.points(at),
            b'<' | b'-' => match skip(self.text, at) {
                next if next > at => next,
                _ if byte == b'<' || self.follows_digit => self.give(Token::plain(self.text, at..at + 1)),
                _ => self.take(at, at + 1),
            },
            b'&' => self.entity(at),
            b'!'..=b'/' | b':'..=b'@' | b'['..=b'`' | b'{'..=b'~' => {
                self.give(Token::plain(self.text, at..at + 1))
            }
            _ => self.other(at),
        }
    }

    #[inline]
    fn take_ascii(&mut self, at: usize) -> usize {
        let more = self.text[at + 1..].iter().position(|byte| !byte.is_ascii_alphanumeric());
        let end = more.map_or(self.text.len(), |more| at + 1 + more);
        self.take(at, end);
        self.follows_digit = self.text[end - 1].is_ascii_digit();
        end
    }

    fn take(&mut self, at: usize, end: usize) -> usize {
        self.word.take(at, end);
        self.follows_digit = false;
        end
    }

    fn other(&mut self, at: usize) -> usize {
        let (properties, length) = Properties::at(self.text, at);
        if !is_space(self.text[at], properties) {
            return self.take(at, at + length);
        }
        self.close();
        self.follows_digit = false;
        at + length
    }

    fn entity(&mut self, at: usize) -> usize {
        for (name, form) in ENTITIES {
            let Some(end) = match_end(self.text, at, name) else { continue };
            if form != b"&" {
                return self.give(Token::fixed(form, at..end));
            }
            for (name, form) in &ENTITIES[2..] {
                let rest = skip(self.text, end);
                if let Some(end) = match_end(self.text, rest, &name[1..]) {
                    return self.give(Token::fixed(form, at..end));
                }
            }
            return self.give(Token::fixed(form, at..end));
        }
        self.give(Token::plain(self.text, at..at + 1))
    }

    /// Full stops and commas in a row: each is a token, all but the last, perhaps.
    fn points(&mut self, at: usize) -> usize {
        let (mut count, mut last, mut next) = (0, at, at);
        while let Some(b'.' | b',') = self.text.get(next) {
            (count, last, next) = (count + 1, next, skip(self.text, next + 1));
        }
        let behind =
            if self.text.get(next).is_some_and(u8::is_ascii_digit) { Side::Number } else { Side::Other };
        // A space stands before the text and behind it.
        let before = if self.follows_digit { Side::Number } else { Side::Other };
        let stays = last_stays(before, count, behind);
        if count > 1 || !stays {
            self.give_points(at, count - usize::from(stays));
        }
        if stays {
            self.take(last, last + 1);
        }
        last + 1
    }

    fn give_points(&mut self, mut at: usize, count: usize) {
        for _ in 0..count {
            at = skip(self.text, at);
            at = self.give(Token::plain(self.text, at..at + 1));
        }
    }

    /// End the word, and give a token behind it.
    fn give(&mut self, token: Token<'_>) -> usize {
        self.close();
        self.follows_digit = false;
        let Range { end, .. } = token.range;
        (self.receive)(token);
        end
    }

    #[inline]
    fn close(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let range = self.word.range();
        (self.receive)(if self.word.has_gaps() {
            Token::marked(self.text, range)
        } else {
            Token::plain(self.text, range)
        });
        self.word = Word::default();
    }
}
