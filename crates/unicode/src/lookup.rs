//! Looks properties up by bytes, without making a character first.

use crate::tables::Trie;
use crate::utf8;

impl<T: Copy> Trie<T> {
    /// The value of the character that begins at `at`, and its length in bytes; an ill-formed subpart has the
    /// value of U+FFFD. `at` must be inside the text.
    #[inline(always)]
    pub(crate) fn at(&self, text: &[u8], at: usize) -> (T, usize) {
        let first = text[at];
        if first < 0x80 {
            return (self.low_value(usize::from(first >> 6), usize::from(first)), 1);
        }
        if let Some(&second) = text.get(at + 1)
            && second & 0xC0 == 0x80
        {
            if (0xC2..0xE0).contains(&first) {
                return (self.low_value(usize::from(first & 0x1F), usize::from(second)), 2);
            }
            if let Some(&third) = text.get(at + 2)
                && third & 0xC0 == 0x80
                && utf8::opens_three(first, second)
            {
                let block = usize::from(first & 0xF) << 6 | usize::from(second & 0x3F);
                return (self.low_value(block, usize::from(third)), 3);
            }
        }
        let (character, length) = utf8::decode(&text[at..]);
        (self.of(character), length)
    }
}
