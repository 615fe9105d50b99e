//! Where in a stream of rows we are: at which n-gram, and which of its tokens are those of the one before.

use memchr::memchr_iter;
use textcore::tally::shared_bytes;

use crate::key::END;

/// The n-gram that was come to.
#[derive(Debug, Default)]
pub struct Cursor {
    key: Vec<u8>,
    /// Where each of its tokens ends, the end byte included.
    ends: Vec<usize>,
    shared: usize,
}

/// What a row says.
#[derive(Debug, PartialEq, Eq)]
pub enum Row<'a> {
    /// How often the next n-gram came: the cursor is there.
    Count,
    /// In how many documents the n-gram came.
    Documents,
    /// How often it came in the form of this key.
    Form(&'a [u8]),
}

impl Cursor {
    /// Moves on to a row, by its key.
    pub fn advance<'a>(&mut self, row: &'a [u8]) -> Row<'a> {
        let shared = shared_bytes(&self.key, row);
        if shared == self.key.len() && shared > 0 && row.get(shared) == Some(&END) {
            let form = &row[shared + 1..];
            return if form.is_empty() { Row::Documents } else { Row::Form(form) };
        }
        self.shared = self.ends.iter().take_while(|&&end| end <= shared).count();
        self.ends.truncate(self.shared);
        let known = self.ends.last().copied().unwrap_or_default();
        self.key.truncate(known);
        self.key.extend_from_slice(&row[known..]);
        self.ends.extend(memchr_iter(END, &row[known..]).map(|end| known + end + 1));
        Row::Count
    }

    /// The key of the n-gram.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// The order of the n-gram.
    pub fn order(&self) -> usize {
        self.ends.len()
    }

    /// How many of its tokens the n-gram before began with.
    pub fn shared(&self) -> usize {
        self.shared
    }

    /// The token at a place, as it stands in the key.
    pub fn token(&self, place: usize) -> &[u8] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.key[start..self.ends[place] - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_apart_and_shared_tokens_are_counted() {
        let mut cursor = Cursor::default();
        for (row, what, order, shared) in [
            (&b"a\0"[..], Row::Count, 1, 0),
            (b"a\0\0", Row::Documents, 1, 0),
            (b"a\0\0A\0", Row::Form(b"A\0"), 1, 0),
            (b"a\0b\0", Row::Count, 2, 1),
            (b"a\0bc\0", Row::Count, 2, 1),
            (b"a\0bc\0d\0", Row::Count, 3, 2),
            (b"ab\0", Row::Count, 1, 0),
        ] {
            assert_eq!(cursor.advance(row), what, "{}", row.escape_ascii());
            assert_eq!((cursor.order(), cursor.shared()), (order, shared), "{}", row.escape_ascii());
        }
        assert_eq!((cursor.key(), cursor.token(0)), (&b"ab\0"[..], &b"ab"[..]));
    }
}
