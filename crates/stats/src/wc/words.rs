//! How many words well-formed text holds: 64 bytes at a time, by masks with a bit for each byte.
//!
//! A word begins at a character that is part of words where none is under way. Only there must it be known whether a
//! character is part of words at all, and not, say, a control: anywhere else it makes no difference. So but for white space,
//! which has few forms, only the first characters of words are looked up.

use unicode::lanes;

use super::class::{Class, continuation_length, may_be_wide_space, opens_letter, wide_space};
use super::sequence::is_continuation;

/// Bytes of a block.
const BLOCK: usize = 64;

/// How far beyond the block the text must go: a character of three bytes may begin with the block's last.
const AHEAD: usize = 2;

/// Counts the words that begin in well-formed text. `is_inside` says whether a word is under way, before and after.
pub(super) fn count(text: &[u8], is_inside: &mut bool) -> u64 {
    let mut walk = Walk { text, at: 0, words: 0, is_inside: *is_inside, spilled: 0 };
    while let Some(window) = text[walk.at..].first_chunk::<{ BLOCK + AHEAD }>() {
        walk.block(window);
    }
    walk.at += continuation_length(&text[walk.at..]);
    walk.characters(text.len());
    *is_inside = walk.is_inside;
    walk.words
}

struct Walk<'a> {
    text: &'a [u8],
    at: usize,
    words: u64,
    is_inside: bool,
    /// The bytes of the next block that go on with white space of the block before it.
    spilled: u64,
}

impl Walk<'_> {
    #[inline(always)]
    fn block(&mut self, window: &[u8; BLOCK + AHEAD]) {
        let bytes = window.first_chunk::<BLOCK>().expect("a window begins with a block");
        let blank = lanes::matches(bytes, |byte| (byte == b' ') | (byte.wrapping_sub(b'\t') < 5));
        let high = lanes::plane(bytes, 7);
        let (wide, spilled) = if high == 0 { (0, 0) } else { wide_spaces(window) };
        let space = blank | wide | self.spilled;
        let starts = !space & (space << 1 | u64::from(!self.is_inside));
        let printable = lanes::matches(bytes, |byte| byte.wrapping_sub(b' ') < 0x5F);
        let letters = if high == 0 { 0 } else { lanes::matches(bytes, opens_letter) };
        if !self.are_words(starts & !(printable | letters)) {
            return self.walk_block();
        }
        self.words += u64::from(starts.count_ones());
        self.is_inside = space >> (BLOCK - 1) == 0;
        self.spilled = spilled;
        self.at += BLOCK;
    }

    /// Whether at each of these places of the block a character begins that is part of words.
    #[inline(always)]
    fn are_words(&self, mut places: u64) -> bool {
        while places != 0 {
            let at = self.at + places.trailing_zeros() as usize;
            if is_continuation(self.text[at]) || !Class::at(self.text, at).0.is_word() {
                return false;
            }
            places &= places - 1;
        }
        true
    }

    /// One character after the other, for what the masks cannot say.
    #[cold]
    fn walk_block(&mut self) {
        let end = self.at + BLOCK;
        self.at += continuation_length(&self.text[self.at..end]);
        self.characters(end);
        let beyond = self.at - end;
        // What goes on in the next block is white space to it unless a word is under way.
        self.spilled = if self.is_inside { 0 } else { (1 << beyond) - 1 };
        self.at = end;
    }

    /// One character after the other, of those that begin before `end`.
    fn characters(&mut self, end: usize) {
        while self.at < end {
            let (class, length) = Class::at(self.text, self.at);
            self.words += u64::from(class.is_word() && !self.is_inside);
            self.is_inside = class.is_word() || self.is_inside && !class.is_space();
            self.at += length;
        }
    }
}

/// The bytes of white space that is no ASCII, and of what of it lies beyond the block.
#[inline(always)]
fn wide_spaces(window: &[u8; BLOCK + AHEAD]) -> (u64, u64) {
    let mut marks = [0; BLOCK];
    for (mark, pair) in marks.iter_mut().zip(window.windows(2)) {
        *mark = if may_be_wide_space(pair[0], pair[1]) { 0x80 } else { 0 };
    }
    let (mut candidates, mut spaces) = (lanes::plane(&marks, 7), 0u128);
    while candidates != 0 {
        let place = candidates.trailing_zeros() as usize;
        let length = wide_space(window[place], window[place + 1], window[place + 2]);
        spaces |= ((1 << length) - 1) << place;
        candidates &= candidates - 1;
    }
    (spaces as u64, (spaces >> BLOCK) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One character after the other.
    fn plainly(text: &str, is_inside: &mut bool) -> u64 {
        let mut words = 0;
        for character in text.chars() {
            let class = Class::of(u32::from(character));
            if class.is_space() {
                *is_inside = false;
            } else if class.is_word() && !*is_inside {
                *is_inside = true;
                words += 1;
            }
        }
        words
    }

    fn agrees(text: &str) {
        for begins_inside in [false, true] {
            let (mut inside, mut wanted_inside) = (begins_inside, begins_inside);
            let words = count(text.as_bytes(), &mut inside);
            assert_eq!((words, inside), (plainly(text, &mut wanted_inside), wanted_inside), "{text:?}");
        }
    }

    #[test]
    fn every_character_at_every_place_of_a_block() {
        let kinds = "a é\u{A0}\u{1680}\u{2000}\u{200C}\u{2028}\u{202F}\u{2060}\u{3000}あ\u{85}\u{1}\u{378}😀\u{3FFFF}\t";
        for kind in kinds.chars() {
            for before in ["", "x", " ", "\u{3000}", "\u{1}", "\u{3FFFF}"] {
                for place in 0..140 {
                    let fill = if place % 2 == 0 { "x" } else { "x " };
                    let head: String = fill.chars().cycle().take(place).collect();
                    agrees(&format!("{head}{before}{kind}{before}b{kind}{kind} {head}"));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn masks_say_what_characters_say(
            text in "([a-z]|[ \t\n]|[ء-ي]|\u{A0}|[\u{1F00}-\u{20FF}]|[\u{3000}-\u{3002}]|[\0-\u{1F}]|[\u{378}-\u{37A}]|[😀-😏]|.){0,400}",
        ) {
            agrees(&text);
        }
    }
}
