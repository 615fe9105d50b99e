//! The walk over a text: each character joins the word before it or ends it, and is looked at once or twice.

use std::ops::Range;

use unicode::Properties;

use super::Moses;
use super::apostrophe::Found;
use super::class::{Class, Kind, look, skip_controls};
use super::stop::{Behind, Next, stays};
use crate::scheme::run::{Side, last_stays};
use crate::scheme::token::{Token, escape};
use crate::scheme::word::Word;

/// Give every token of a text; `prefix` is room for the beginning of a word.
pub(super) fn walk<F: FnMut(Token<'_>)>(moses: &Moses, prefix: &mut Vec<u8>, text: &[u8], receive: F) {
    let mut walk = Walk {
        moses,
        prefix,
        text,
        receive,
        word: Word::default(),
        has_apostrophes: false,
        dots: Dots::default(),
        left: Class::ABSENT,
        place: 0,
        found: Found::default(),
    };
    let mut at = 0;
    while at < text.len() {
        at = walk.step(at);
    }
    walk.close(Behind::Space(text.len()));
}

struct Walk<'a, F> {
    moses: &'a Moses,
    prefix: &'a mut Vec<u8>,
    text: &'a [u8],
    receive: F,
    word: Word,
    has_apostrophes: bool,
    dots: Dots,
    /// The character before the next one.
    left: Class,
    /// The number of characters so far, with the spaces put in around marks; exact where apostrophes are close.
    place: usize,
    found: Found,
}

/// The full stops of a word; none is beside another.
#[derive(Clone, Copy, Default)]
struct Dots {
    count: usize,
    /// Where the word ends without the last one, which is here.
    before: usize,
    last: usize,
    /// Where the apostrophe is that follows the last one.
    apostrophe: usize,
}

impl<F: FnMut(Token<'_>)> Walk<'_, F> {
    /// Take in what begins at `at`, and say where the next one begins.
    #[inline]
    fn step(&mut self, at: usize) -> usize {
        match self.kind(at) {
            Kind::Word => self.take_ascii(at),
            Kind::Space => self.space(at, at + 1),
            Kind::Control => at + 1,
            Kind::Mark => self.mark(at, at + 1),
            Kind::Hyphen => self.hyphen(at),
            Kind::Dot => self.dots(at),
            Kind::Comma => self.commas(at),
            Kind::Apostrophe => self.apostrophe(at),
            Kind::Colon if look(self.text, at + 1).1.is_lowercase_letter() => {
                self.take(at, at + 1, Class::OTHER)
            }
            Kind::Colon => self.mark(at, at + 1),
            Kind::BeyondAscii => self.beyond_ascii(at),
        }
    }

    #[inline]
    fn kind(&self, at: usize) -> Kind {
        self.moses.kinds[usize::from(self.text[at])]
    }

    #[inline]
    fn take_ascii(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        let more = rest.iter().position(|&byte| self.moses.kinds[usize::from(byte)] != Kind::Word);
        let end = more.map_or(self.text.len(), |more| at + 1 + more);
        self.place += end - at - 1;
        // Most words stand between spaces, and then there is nothing to ask.
        if self.word.is_empty() && self.text.get(end) == Some(&b' ') {
            (self.receive)(Token::plain(self.text, at..end));
            self.place += 2;
            self.left = Class::SPACE;
            return end + 1;
        }
        self.take(at, end, Class::of_ascii(self.text[end - 1]))
    }

    /// The word grows; the last character it takes in is of a class.
    #[inline]
    fn take(&mut self, at: usize, end: usize, class: Class) -> usize {
        self.word.take(at, end);
        self.place += 1;
        self.left = class;
        end
    }

    #[inline]
    fn space(&mut self, at: usize, end: usize) -> usize {
        self.close(Behind::Space(at));
        if self.left.exists() && !self.left.is_space() {
            self.left = Class::SPACE;
            self.place += 1;
        }
        end
    }

    /// A character that is a token.
    fn mark(&mut self, at: usize, end: usize) -> usize {
        self.close(Behind::Mark);
        self.give_mark(at..end);
        end
    }

    fn give_mark(&mut self, range: Range<usize>) {
        let form = escape(self.text[range.start]).filter(|_| self.moses.escapes);
        (self.receive)(match form {
            Some(form) => Token::fixed(form, range),
            None => Token::plain(self.text, range),
        });
        self.set_apart();
    }

    /// What was taken in last stands between spaces now.
    fn set_apart(&mut self) {
        self.left = Class::OTHER;
        self.place += 3;
    }

    fn hyphen(&mut self, at: usize) -> usize {
        let splits = self.moses.splits_hyphens && self.left.is_alphanumeric();
        if !splits || !look(self.text, at + 1).1.is_alphanumeric() {
            return self.take(at, at + 1, Class::OTHER);
        }
        self.close(Behind::Mark);
        (self.receive)(Token::fixed(b"@-@", at..at + 1));
        self.set_apart();
        at + 1
    }

    /// How many of a byte follow each other from `at` on, and where the last one is.
    fn run(&self, at: usize) -> (usize, usize) {
        let (mut count, mut last) = (1, at);
        loop {
            let next = skip_controls(self.text, last + 1);
            if self.text.get(next) != Some(&self.text[at]) {
                return (count, last);
            }
            (count, last) = (count + 1, next);
        }
    }

    /// Full stops in a row are a token.
    fn dots(&mut self, at: usize) -> usize {
        let (count, last) = self.run(at);
        if count == 1 {
            let before = if self.word.is_empty() { at } else { self.word.range().end };
            let count = if self.word.is_empty() { 1 } else { self.dots.count + 1 };
            self.dots = Dots { count, before, last: at, apostrophe: 0 };
            return self.take(at, at + 1, Class::OTHER);
        }
        self.close(Behind::Mark);
        let has_gaps = last + 1 - at > count;
        self.give(at..last + 1, has_gaps, false);
        self.set_apart();
        last + 1
    }

    fn commas(&mut self, at: usize) -> usize {
        let (count, last) = self.run(at);
        let before = side(self.left);
        if !last_stays(before, count, side(look(self.text, last + 1).1)) {
            self.close(Behind::Mark);
            self.give_commas(at, count);
        } else if count == 1 {
            return self.take(at, at + 1, Class::OTHER);
        } else {
            self.close(Behind::Mark);
            self.give_commas(at, count - 1);
            return self.take(last, last + 1, Class::OTHER);
        }
        last + 1
    }

    fn give_commas(&mut self, mut at: usize, count: usize) {
        for _ in 0..count {
            at = skip_controls(self.text, at);
            self.give_mark(at..at + 1);
            at += 1;
        }
    }

    fn apostrophe(&mut self, at: usize) -> usize {
        let (next, right) = look(self.text, at + 1);
        let is_s = self.text.get(next) == Some(&b's');
        let split = self.found.split(self.moses.apostrophes, self.place, self.left, right, is_s);
        if split.before {
            self.close(Behind::Mark);
        }
        if split.before && split.behind {
            self.give_mark(at..at + 1);
            // The expressions for apostrophes see none of the spaces that they put in.
            self.place -= 2;
            return at + 1;
        }
        if self.ends_with_dot() {
            self.dots.apostrophe = at;
        }
        self.has_apostrophes = true;
        self.take(at, at + 1, Class::OTHER);
        if split.behind {
            self.close(Behind::Mark);
        }
        at + 1
    }

    fn ends_with_dot(&self) -> bool {
        self.dots.count > 0 && self.word.range().end == self.dots.last + 1
    }

    fn beyond_ascii(&mut self, at: usize) -> usize {
        let (properties, length) = Properties::at(self.text, at);
        let end = at + length;
        if properties.is_alphanumeric() {
            return self.take(at, end, Class::of(properties));
        }
        if properties.is_white_space() {
            return self.space(at, end);
        }
        if self.moses.keeps_middle_dots && &self.text[at..end] == "·".as_bytes() {
            return self.take(at, end, Class::OTHER);
        }
        self.mark(at, end)
    }

    /// End the word, if there is one, and give its tokens.
    #[inline]
    fn close(&mut self, behind: Behind) {
        if self.word.is_empty() {
            return;
        }
        let (word, has_apostrophes, dots) = (self.word, self.has_apostrophes, self.dots);
        if dots.count == 0 {
            self.give(word.range(), word.has_gaps(), has_apostrophes);
        } else {
            self.close_dotted(word, has_apostrophes, dots, behind);
        }
        self.word = Word::default();
        self.has_apostrophes = false;
        self.dots = Dots::default();
    }

    fn close_dotted(&mut self, word: Word, has_apostrophes: bool, dots: Dots, behind: Behind) {
        let Range { start, end } = word.range();
        let has_gaps = word.has_gaps();
        let is_last = end == dots.last + 1;
        if is_last && dots.last > start {
            let next = behind.next(self.text);
            if !self.stop_stays(start..dots.before, has_gaps, dots.count > 1, next) {
                self.give(start..dots.before, has_gaps, has_apostrophes);
                return self.give(dots.last..dots.last + 1, false, false);
            }
        } else if dots.apostrophe > 0 && end == dots.apostrophe + 1 && behind.next(self.text) == Next::Nothing
        {
            // A text that ends with .' and nothing between the two.
            if dots.last > start {
                self.give(start..dots.before, has_gaps, has_apostrophes);
            }
            self.give(dots.last..dots.last + 1, false, false);
            return self.give(dots.apostrophe..end, false, true);
        }
        self.give(start..end, has_gaps, has_apostrophes);
    }

    fn stop_stays(&mut self, range: Range<usize>, has_gaps: bool, has_dots: bool, next: Next) -> bool {
        let (word, abbreviations) = (&self.text[range], &self.moses.abbreviations);
        if !has_gaps {
            return stays(abbreviations, word, word, has_dots, next);
        }
        self.prefix.clear();
        let kept = word.iter().copied().filter(|&byte| byte >= 0x20);
        self.prefix.extend(kept.take(abbreviations.length_bytes_max() + 1));
        stays(abbreviations, word, self.prefix, has_dots, next)
    }

    /// Give a token that is a word.
    #[inline]
    fn give(&mut self, range: Range<usize>, has_gaps: bool, has_apostrophes: bool) {
        let is_escaped = has_apostrophes && self.moses.escapes;
        (self.receive)(if has_gaps || is_escaped {
            Token::controlled(self.text, range, is_escaped)
        } else {
            Token::plain(self.text, range)
        });
    }
}

fn side(class: Class) -> Side {
    match class {
        Class::ABSENT => Side::Absent,
        class if class.is_number() => Side::Number,
        _ => Side::Other,
    }
}
