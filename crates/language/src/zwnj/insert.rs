//! What is looked at to say whether a ZWNJ belongs at one place inside a word.

use super::hash::{LETTERS_MAX, WordHash, feature, pair};

/// A word and what the lexicon says of its parts.
pub(crate) struct Parted {
    length: usize,
    hash: WordHash,
    /// The class of the first n letters.
    left: [u8; LETTERS_MAX + 1],
    /// The class of what follows the first n letters.
    right: [u8; LETTERS_MAX + 1],
    whole: u8,
}

/// Which part of a word a class is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    Left,
    Right,
    Whole,
}

impl Parted {
    /// Of the letters by number, at most [`LETTERS_MAX`]; `class` says what the lexicon knows of a part by its hash. Features
    /// may be asked for at the places of the mask.
    pub(crate) fn new(codes: &[u8], places: u64, class: impl Fn(Part, u64) -> u8) -> Parted {
        let hash = WordHash::new(codes);
        let length = codes.len().min(LETTERS_MAX);
        let (mut left, mut right) = ([0; LETTERS_MAX + 1], [0; LETTERS_MAX + 1]);
        for at in (1..length).filter(|at| places >> at & 1 == 1) {
            left[at] = class(Part::Left, hash.part(0, at));
            right[at] = class(Part::Right, hash.part(at, length));
        }
        let whole = class(Part::Whole, hash.part(0, length));
        Parted { length, hash, left, right, whole }
    }

    /// Names every feature of the place after `at` letters.
    #[inline]
    pub(crate) fn features(&self, at: usize, mut emit: impl FnMut(u64)) {
        let (left, right) = (u64::from(self.left[at]), u64::from(self.right[at]));
        let whole = u64::from(self.whole);
        let (head, tail) = (self.hash.part(0, at), self.hash.part(at, self.length));
        emit(feature(1, 0));
        emit(feature(2, left));
        emit(feature(3, right));
        emit(feature(4, left << 8 | right));
        emit(feature(5, whole));
        emit(feature(6, whole << 16 | left << 8 | right));
        emit(feature(7, head));
        emit(feature(8, tail));
        emit(feature(9, pair(head, right)));
        emit(feature(10, pair(left, tail)));
        emit(feature(11, pair(self.before(at, 1), tail)));
        emit(feature(12, pair(self.before(at, 2), tail)));
        emit(feature(13, pair(head, self.after(at, 2))));
        for (kind, (before, after)) in (14..).zip(WINDOWS) {
            emit(feature(kind, pair(self.before(at, before), self.after(at, after))));
        }
    }

    /// The last letters before a place, and whether the word begins with them or before.
    #[inline]
    fn before(&self, at: usize, count: usize) -> u64 {
        if count > at { self.hash.part(0, at) ^ EDGE } else { self.hash.part(at - count, at) }
    }

    /// The first letters after a place, and whether the word ends with them or before.
    #[inline]
    fn after(&self, at: usize, count: usize) -> u64 {
        if at + count > self.length {
            self.hash.part(at, self.length) ^ EDGE
        } else {
            self.hash.part(at, at + count)
        }
    }
}

/// Says that a window reaches over an edge of the word.
const EDGE: u64 = 0x8000_0000_0000_0001;

/// How many letters before and after a place are looked at together.
const WINDOWS: [(usize, usize); 15] = [
    (1, 1),
    (2, 1),
    (1, 2),
    (2, 2),
    (3, 1),
    (1, 3),
    (3, 2),
    (2, 3),
    (3, 3),
    (4, 0),
    (0, 4),
    (3, 0),
    (0, 3),
    (4, 2),
    (2, 4),
];
