//! The property tables, and the trie that all of them are kept in.

#[rustfmt::skip]
pub(crate) mod case;
#[rustfmt::skip]
pub(crate) mod category;
#[rustfmt::skip]
pub(crate) mod digit;
#[rustfmt::skip]
pub(crate) mod display;
#[rustfmt::skip]
pub(crate) mod emoji;
#[rustfmt::skip]
pub(crate) mod form;
#[rustfmt::skip]
pub(crate) mod grapheme;
#[rustfmt::skip]
pub(crate) mod ignorable;
#[rustfmt::skip]
pub(crate) mod joining;
#[rustfmt::skip]
pub(crate) mod property;
#[rustfmt::skip]
pub(crate) mod script;
#[rustfmt::skip]
pub(crate) mod sentence;
#[rustfmt::skip]
pub(crate) mod word;

/// A value for every code point, in blocks of 64: the last byte of a UTF-8 sequence is the index in a block.
pub(crate) struct Trie<T: 'static> {
    /// Block of each 64 code points of the Basic Multilingual Plane.
    low: &'static [u16; 1024],
    /// Group of 64 blocks for each 4,096 code points above it.
    high: &'static [u8; 256],
    middles: &'static [[u16; 64]],
    blocks: &'static [[T; 64]],
}

impl<T: Copy> Trie<T> {
    /// The value of a character.
    pub(crate) fn of(&self, character: char) -> T {
        let code = character as usize;
        if code < 0x1_0000 {
            return self.low_value(code >> 6, code);
        }
        let middle = self.high[((code - 0x1_0000) >> 12) & 0xFF];
        let block = self.middles[usize::from(middle)][(code >> 6) & 0x3F];
        self.blocks[usize::from(block)][code & 0x3F]
    }

    /// The value in a block of the Basic Multilingual Plane, by the code point's last six bits.
    #[inline(always)]
    pub(crate) fn low_value(&self, block: usize, last: usize) -> T {
        self.blocks[usize::from(self.low[block & 0x3FF])][last & 0x3F]
    }
}
