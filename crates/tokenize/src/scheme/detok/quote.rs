//! Which quotation marks open and which close: of one kind, they take turns.

use std::collections::HashSet;

/// On which side of what is quoted a mark stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Opening,
    Closing,
}

/// The kinds of quotation marks that are open.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    open: HashSet<Vec<u8>>,
}

impl Quotes {
    /// The side of a word of quotation marks. In Czech „ always opens and “ closes. `ends_possessive`: it is an apostrophe
    /// behind an s, and closes without having been opened, unless a quotation is open.
    pub(super) fn side(&mut self, word: &[u8], is_czech: bool, ends_possessive: bool) -> Side {
        let is_curly = word.chunks(3).all(|mark| mark == "„".as_bytes() || mark == "“".as_bytes());
        let kind = if is_curly { b"\"" } else { word };
        let is_open = match word {
            [0xE2, 0x80, 0x9E] if is_czech => false,
            [0xE2, 0x80, 0x9C] if is_czech => true,
            _ => self.open.contains(kind),
        };
        if is_open {
            self.open.remove(kind);
            return Side::Closing;
        }
        if ends_possessive {
            return Side::Closing;
        }
        self.open.insert(kind.to_vec());
        Side::Opening
    }
}
