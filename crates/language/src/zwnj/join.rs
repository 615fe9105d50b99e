//! What is looked at to say whether the space between two words stands for a ZWNJ.

use super::hash::{feature, joined_hash, pair};

/// A word as a neighbour of a space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Side {
    pub(crate) hash: u64,
    pub(crate) length: usize,
    /// What the lexicon says of the word.
    pub(crate) class: u8,
    /// The hash of the two letters nearest to the space.
    pub(crate) near: u64,
    /// The hash of the three letters nearest to the space.
    pub(crate) nearer: u64,
}

/// A space, the words on both sides, and the words beyond them (0 where there is none).
pub(crate) struct Gap {
    pub(crate) left: Side,
    pub(crate) right: Side,
    pub(crate) beyond_left: u64,
    pub(crate) beyond_right: u64,
    /// What the lexicon says of the two words written as one.
    pub(crate) whole: u8,
}

impl Gap {
    /// The hash of the pair, as the table of pairs has it.
    #[inline]
    pub(crate) fn pair_hash(&self) -> u64 {
        pair(self.left.hash, self.right.hash)
    }

    /// The hash of the two words written as one.
    #[inline]
    pub(crate) fn whole_hash(&self) -> u64 {
        joined_hash(self.left.hash, self.right.hash, self.right.length)
    }

    /// Names every feature of the space.
    #[inline]
    pub(crate) fn features(&self, mut emit: impl FnMut(u64)) {
        self.first_features(&mut emit);
        self.other_features(emit);
    }

    /// Names the features of the two words alone, which mostly decide.
    #[inline]
    pub(crate) fn first_features(&self, mut emit: impl FnMut(u64)) {
        let (left, right) = (&self.left, &self.right);
        let (left_class, right_class) = (u64::from(left.class), u64::from(right.class));
        emit(feature(101, 0));
        emit(feature(102, left.hash));
        emit(feature(103, right.hash));
        emit(feature(104, left_class));
        emit(feature(105, right_class));
        emit(feature(106, left_class << 8 | right_class));
        emit(feature(107, pair(left.hash, right_class)));
        emit(feature(108, pair(left_class, right.hash)));
    }

    /// Names all the others.
    #[inline]
    pub(crate) fn other_features(&self, mut emit: impl FnMut(u64)) {
        let (left, right) = (&self.left, &self.right);
        let (left_class, right_class) = (u64::from(left.class), u64::from(right.class));
        let whole = u64::from(self.whole);
        let lengths = (left.length.min(7) << 3 | right.length.min(7)) as u64;
        emit(feature(109, whole << 16 | left_class << 8 | right_class));
        emit(feature(110, whole));
        emit(feature(111, pair(left.near, right.hash)));
        emit(feature(112, pair(left.nearer, right.hash)));
        emit(feature(113, pair(left.hash, right.near)));
        emit(feature(114, pair(left.hash, right.nearer)));
        emit(feature(115, pair(left.near, right.near)));
        emit(feature(116, lengths));
        emit(feature(117, pair(self.beyond_left, right.hash)));
        emit(feature(118, pair(left.hash, self.beyond_right)));
        emit(feature(119, pair(right.hash, self.beyond_right)));
        emit(feature(120, pair(right.nearer, lengths)));
        emit(feature(121, pair(left.nearer, lengths)));
        emit(feature(122, pair(left.hash, whole)));
        emit(feature(123, pair(right.hash, whole)));
    }
}
