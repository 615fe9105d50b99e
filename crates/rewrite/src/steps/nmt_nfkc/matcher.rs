//! Finds what `nmt_nfkc` replaces, leftmost and longest.

use std::ops::Range;

use unicode::form::{Form, combining_class};
use unicode::sieve::{self, Sieve};
use unicode::utf8;

use super::NonJoiner;
use super::table::{Fact, Kind, Table};

/// The table, and where to look for what is in it.
pub(super) struct Matcher {
    table: Table,
    sieve: Box<Sieve>,
}

impl Matcher {
    pub fn new(non_joiner: NonJoiner) -> Self {
        let table = Table::new(non_joiner);
        let mut sieve = Box::new([0; 256]);
        table.chars().for_each(|character| sieve::add(&mut sieve, character));
        Matcher { table, sieve }
    }

    /// The characters that every match has one of.
    pub fn chars(&self) -> impl Iterator<Item = char> {
        self.table.chars()
    }

    /// Shows every replacement, in order.
    pub fn for_each(&self, text: &[u8], mut see: impl FnMut(Kind, Range<usize>, &[u8])) {
        // What lies before `floor` was replaced, what lies before `at` stays.
        let (mut floor, mut at) = (0, 0);
        let mut composer = Composer::default();
        while let Some((fact, Range { start, end })) = self.next(text, at) {
            at = end;
            // The one before began no match by itself, or it would be gone: it can only begin this one.
            let before = (fact.follows && floor < start).then(|| utf8::previous(text, floor, start));
            let sequence =
                before.into_iter().chain([start]).find_map(|start| self.sequence(text, start, &mut composer));
            if let Some((range, whole)) = sequence {
                (floor, at) = (range.end, range.end);
                see(Kind::Form, range, whole.encode_utf8(&mut [0; 4]).as_bytes());
            } else if let Some((kind, with)) = self.table.alone(fact) {
                floor = end;
                see(kind, start..end, with);
            }
        }
    }

    /// The next character with a fact, and where it is.
    #[inline]
    fn next(&self, text: &[u8], from: usize) -> Option<(&Fact, Range<usize>)> {
        let mut at = from;
        loop {
            at = sieve::find(&self.sieve, text, at);
            if at >= text.len() {
                return None;
            }
            let (character, length) = utf8::decode(&text[at..]);
            let range = at..at + length;
            at = range.end;
            if let Some(fact) = self.table.get(character) {
                // Ill-formed bytes are read as U+FFFD, but they are not that.
                if character != char::REPLACEMENT_CHARACTER || text[range.clone()] == *utf8::REPLACEMENT {
                    return Some((fact, range));
                }
            }
        }
    }

    /// The longest sequence at `start` that becomes one character, if it is longer than that character.
    fn sequence(&self, text: &[u8], start: usize, composer: &mut Composer) -> Option<(Range<usize>, char)> {
        let (first, length) = utf8::decode(&text[start..]);
        let (mut end, mut whole, mut last_class) = (start + length, None, 0);
        loop {
            let (character, length) = utf8::decode(&text[end..]);
            let fact = self.table.get(character).filter(|fact| fact.follows);
            let Some(simple) = fact.and_then(|fact| fact.simple) else { break };
            let class = combining_class(simple);
            let Some(base) = whole.or_else(|| self.simple(first)).filter(|_| class >= last_class) else {
                break;
            };
            let Some(composed) = composer.compose(base, simple) else { break };
            whole = Some(composed);
            last_class = class;
            end += length;
        }
        whole.map(|whole| (start..end, whole))
    }

    /// The character's NFKD form if that is one character.
    fn simple(&self, character: char) -> Option<char> {
        match self.table.get(character) {
            Some(fact) => fact.simple,
            None => {
                Form::Nfkd.is_normalized(character.encode_utf8(&mut [0; 4]).as_bytes()).then_some(character)
            }
        }
    }
}

/// Composes pairs, in space that is used again.
#[derive(Default)]
struct Composer {
    pair: Vec<u8>,
    composed: Vec<u8>,
}

impl Composer {
    /// The primary composite of two characters.
    fn compose(&mut self, first: char, second: char) -> Option<char> {
        self.pair.clear();
        self.composed.clear();
        self.pair.extend_from_slice(first.encode_utf8(&mut [0; 4]).as_bytes());
        self.pair.extend_from_slice(second.encode_utf8(&mut [0; 4]).as_bytes());
        Form::Nfc.normalize_into(&self.pair, &mut self.composed);
        let (whole, length) = utf8::decode(&self.composed);
        (length == self.composed.len()).then_some(whole)
    }
}
