//! A dictionary of an alphabet: a ZeroTrie of letters numbered from 0 on.
//!
//! The form is that of the crate zerotrie, of its variant "simple ASCII": a node is a letter (below 0x80), a value
//! (0x80 to 0x9F) or a branch (0xC0 and above). A branch says how many letters it has and how many bytes an offset
//! takes, lists the letters in order, then the offsets of all subtries but the first, most significant bytes first.

use crate::cluster::Class;
use crate::walk::{Lexicon, Step};

/// What stands for a character outside of the alphabet; no trie has it.
const STRANGER: u8 = 0xFF;

/// How many characters from the first of a script are kept in a table.
const NEAR: usize = 256;

/// The words of an alphabet.
#[derive(Debug)]
pub(crate) struct Letters {
    trie: &'static [u8],
    /// The first character of the script's first block.
    base: u32,
    near: Box<[Letter; NEAR]>,
    first: Box<[Step<Node>; 128]>,
}

/// A character: its number in the alphabet, and what it does to clusters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter {
    number: u8,
    class: Class,
}

/// A part of the trie's bytes that is a trie of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    start: u32,
    end: u32,
}

impl Letters {
    /// A dictionary whose letters are, in their order, the characters of the alphabet.
    pub(crate) fn new(trie: &'static [u8], alphabet: impl Iterator<Item = u32>, base: u32) -> Self {
        let mut near = Box::new([Letter { number: STRANGER, class: Class::Other }; NEAR]);
        for (code, letter) in (base..).zip(near.iter_mut()) {
            letter.class = Class::of(code);
        }
        for (number, code) in (0..STRANGER).zip(alphabet) {
            // Alphabets also hold joiners, which no piece has.
            if let Some(letter) = code.checked_sub(base).and_then(|place| near.get_mut(place as usize)) {
                letter.number = number;
            }
        }
        let root = Node { start: 0, end: trie.len() as u32 };
        let first = Box::new(std::array::from_fn(|number| step(trie, root, number as u8)));
        Letters { trie, base, near, first }
    }
}

impl Lexicon for Letters {
    type Node = Node;
    type Letter = Letter;

    #[inline(always)]
    fn read(&self, piece: &[u8], at: usize) -> (Letter, usize) {
        // All characters of these scripts take three bytes.
        let [first, second, third] = [piece[at], piece[at + 1], piece[at + 2]].map(u32::from);
        let code = (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F;
        let place = code.wrapping_sub(self.base) as usize;
        let letter = self.near.get(place).copied();
        (letter.unwrap_or_else(|| Letter { number: STRANGER, class: Class::of(code) }), 3)
    }

    #[inline(always)]
    fn class(&self, letter: Letter) -> Class {
        letter.class
    }

    #[inline(always)]
    fn first(&self, letter: Letter) -> Step<Node> {
        self.first.get(usize::from(letter.number)).copied().unwrap_or(NOWHERE)
    }

    #[inline(always)]
    fn next(&self, node: Node, letter: Letter) -> Step<Node> {
        step(self.trie, node, letter.number)
    }
}

const NOWHERE: Step<Node> = Step { node: Node { start: 0, end: 0 }, is_word: false, goes_on: false };

/// Where a letter leads from a node that no value begins.
#[inline]
fn step(trie: &[u8], node: Node, number: u8) -> Step<Node> {
    let (start, end) = (node.start as usize, node.end as usize);
    let (start, end) = match trie[start] {
        letter if letter < 0x80 => {
            if letter != number {
                return NOWHERE;
            }
            (start + 1, end)
        }
        _ => match branch(&trie[start..end], number) {
            Some((from, to)) => (start + from, start + to),
            None => return NOWHERE,
        },
    };
    // Values say nothing but that a word ends here.
    let is_word = start < end && trie[start] & 0xE0 == 0x80;
    let start = if is_word { start + variable_length(&trie[start..], 0x0F).1 } else { start };
    Step { node: Node { start: start as u32, end: end as u32 }, is_word, goes_on: start < end }
}

/// Where the subtrie of a letter lies, from the first byte of its branch on.
#[inline]
fn branch(trie: &[u8], number: u8) -> Option<(usize, usize)> {
    let (header, at) = variable_length(trie, 0x1F);
    let (width, count) = (header >> 8, if header & 0xFF == 0 { 256 } else { header & 0xFF });
    let (letters, rest) = trie[at..].split_at(count);
    let place = letters.iter().position(|&letter| letter >= number)?;
    if letters[place] != number {
        return None;
    }
    let offsets = count - 1;
    let base = at + count + offsets * (width + 1);
    // The bytes of one weight stand together.
    let offset = |number: usize| {
        (0..=width).fold(0, |sum, weight| sum << 8 | usize::from(rest[weight * offsets + number]))
    };
    let from = if place == 0 { 0 } else { offset(place - 1) };
    let to = if place == offsets { trie.len() - base } else { offset(place) };
    Some((base + from, base + to))
}

/// A number of variable length, of whose first byte `mask` is part, and how many bytes it takes.
///
/// The bit above the mask, and the top bit of each later byte, say that a byte follows; so that no number can be
/// written twice, longer ones begin where shorter ones end.
#[inline]
fn variable_length(bytes: &[u8], mask: u8) -> (usize, usize) {
    let latent = usize::from(mask) + 1;
    let mut value = usize::from(bytes[0] & mask);
    let mut more = bytes[0] & (mask + 1) != 0;
    let mut at = 1;
    while more {
        value = (value << 7) + usize::from(bytes[at] & 0x7F) + latent;
        more = bytes[at] & 0x80 != 0;
        at += 1;
    }
    (value, at)
}
