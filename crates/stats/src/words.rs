//! Words and how often they came, in bounded memory: rows that are added up, spilled and merged in order.
//!
//! A row is a key of [`Tally`]. Where nothing but the count of each word is wanted the row is the word. Else it is the word, with
//! NUL escaped, then NUL, then what the row says of it:
//!
//! | kind | what follows | the count |
//! |---|---|---|
//! | `f` | how the word stood in the text | so many times |
//! | `c` | the group | so many times in the group |
//! | `p` | the group, the size of a document in words, how often the word came in it | so many such documents |
//!
//! Documents are told by their size alone, so that rows of documents that nobody can tell apart are one; all that is asked
//! of them, dispersion too, follows.

use std::io;
use std::ops::Range;
use std::path::Path;

use textcore::tally::{Sorted, Tally, merge};

/// What a row says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row<'a> {
    /// How it stood in the text.
    Form(&'a [u8]),
    /// That it came in a group.
    Group(u32),
    /// That documents of this many words hold it this often.
    Documents {
        /// The group of the documents.
        group: u32,
        /// The number of words in each of them.
        size: u64,
        /// How often the word came in each.
        count: u64,
    },
}

/// Whether rows say more than the words themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// A row is a word.
    Words,
    /// Rows say something of words.
    Rows,
}

/// The rows of one worker.
pub struct Words {
    tally: Tally,
    detail: Detail,
    row: Vec<u8>,
}

impl Words {
    /// None yet; they take up to so many bytes of memory, and spill to a file in the folder.
    pub fn new(detail: Detail, limit_bytes: usize, temporary_directory: &Path) -> Words {
        Words { tally: Tally::new(limit_bytes, temporary_directory), detail, row: Vec::new() }
    }

    /// Counts a word, where rows are words.
    ///
    /// # Errors
    /// Temporary storage fails.
    #[inline]
    pub fn add(&mut self, word: &[u8], count: u64) -> io::Result<()> {
        debug_assert_eq!(self.detail, Detail::Words, "rows are words");
        self.tally.add(word, count)
    }

    /// Counts a word at a place of a text, where rows are words: faster than [`Words::add`].
    ///
    /// # Errors
    /// Temporary storage fails.
    #[inline(always)]
    pub fn add_at(&mut self, text: &[u8], range: Range<usize>, head: &[u8; 16]) -> io::Result<()> {
        debug_assert_eq!(self.detail, Detail::Words, "rows are words");
        self.tally.add_at(text, range, head)
    }

    /// Adds a row, where rows say something of words.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn add_row(&mut self, word: &[u8], row: Row<'_>, count: u64) -> io::Result<()> {
        debug_assert_eq!(self.detail, Detail::Rows, "rows say something");
        self.row.clear();
        escape_nul_into(word, &mut self.row);
        match row {
            Row::Form(form) => {
                self.row.extend_from_slice(b"\0f");
                self.row.extend_from_slice(form);
            }
            Row::Group(group) => {
                self.row.extend_from_slice(b"\0c");
                self.row.extend_from_slice(&group.to_be_bytes());
            }
            Row::Documents { group, size, count } => {
                self.row.extend_from_slice(b"\0p");
                self.row.extend_from_slice(&group.to_be_bytes());
                self.row.extend_from_slice(&size.to_be_bytes());
                self.row.extend_from_slice(&count.to_be_bytes());
            }
        }
        self.tally.add(&self.row, count)
    }

    /// Puts the rows in order, which [`Words::merge`] else does; nothing can be added afterwards but at the price of a file.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn sort(&mut self) -> io::Result<()> {
        self.tally.sort()
    }

    /// All rows of all workers, in order.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn merge(all: Vec<Words>) -> io::Result<Lexemes> {
        let detail = all.first().map_or(Detail::Words, |words| words.detail);
        let sorted = merge(all.into_iter().map(|words| words.tally).collect())?;
        Ok(Lexemes {
            sorted,
            detail,
            ahead: Vec::new(),
            ahead_count: 0,
            is_ahead: false,
            lexeme: Lexeme::default(),
        })
    }
}

/// All that is known of one word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is counted by: the word itself, or its key.
    pub key: Vec<u8>,
    /// How it stands in the text, each way with its count, bytewise in order; empty where that is the key.
    pub forms: Vec<(Vec<u8>, u64)>,
    /// In which groups, how often.
    pub groups: Vec<(u32, u64)>,
    /// In which documents: the group, the size of each document, how often the word came in each, how many documents; by
    /// group.
    pub documents: Vec<(u32, u64, u64, u64)>,
}

impl Lexeme {
    /// The commonest form; of equally common ones the first in byte order.
    pub fn form(&self) -> &[u8] {
        let best = self.forms.iter().rev().max_by_key(|(_, count)| *count);
        best.map_or(&self.key, |(form, _)| form)
    }

    /// Those of its documents that are in a group.
    pub fn documents_of(&self, group: u32) -> &[(u32, u64, u64, u64)] {
        let start = self.documents.partition_point(|row| row.0 < group);
        let end = self.documents.partition_point(|row| row.0 <= group);
        &self.documents[start..end]
    }
}

/// Words in the order of their keys.
pub struct Lexemes {
    sorted: Sorted,
    detail: Detail,
    ahead: Vec<u8>,
    ahead_count: u64,
    is_ahead: bool,
    lexeme: Lexeme,
}

impl Lexemes {
    /// The next word; `None` at the end.
    ///
    /// # Errors
    /// Temporary storage fails.
    pub fn next(&mut self) -> io::Result<Option<&Lexeme>> {
        self.lexeme.groups.clear();
        if self.detail == Detail::Words {
            let Some((word, count)) = self.sorted.next()? else { return Ok(None) };
            self.lexeme.key.clear();
            self.lexeme.key.extend_from_slice(word);
            self.lexeme.groups.push((0, count));
            return Ok(Some(&self.lexeme));
        }
        self.lexeme.forms.clear();
        self.lexeme.documents.clear();
        if !self.is_ahead && !self.read_ahead()? {
            return Ok(None);
        }
        let end = word_end(&self.ahead);
        self.lexeme.key.clear();
        unescape_nul_into(&self.ahead[..end], &mut self.lexeme.key);
        let escaped = self.ahead[..end].to_vec();
        while self.is_ahead && word_end(&self.ahead) == end && self.ahead[..end] == escaped[..] {
            self.lexeme.take(&self.ahead[end..], self.ahead_count);
            self.read_ahead()?;
        }
        Ok(Some(&self.lexeme))
    }

    fn read_ahead(&mut self) -> io::Result<bool> {
        self.is_ahead = false;
        if let Some((row, count)) = self.sorted.next()? {
            self.ahead.clear();
            self.ahead.extend_from_slice(row);
            self.ahead_count = count;
            self.is_ahead = true;
        }
        Ok(self.is_ahead)
    }
}

impl Lexeme {
    /// Takes in what follows the word in a row.
    fn take(&mut self, rest: &[u8], count: u64) {
        let number = |at: usize| {
            rest.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes)
        };
        let group = || rest.get(2..6).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
        match rest.get(1) {
            Some(b'f') => self.forms.push((rest[2..].to_vec(), count)),
            Some(b'c') => self.groups.push((group(), count)),
            _ => {
                let (group, size, each) = (group(), number(6), number(14));
                self.documents.push((group, size, each, count));
                let more = each.saturating_mul(count);
                match self.groups.last_mut() {
                    Some((last, sum)) if *last == group => *sum = sum.saturating_add(more),
                    _ => self.groups.push((group, more)),
                }
            }
        }
    }
}

/// Where the word of a row ends: NUL stands in it only escaped.
fn word_end(row: &[u8]) -> usize {
    memchr::memchr(0, row).unwrap_or(row.len())
}

/// NUL and U+0001 become U+0001 with one more than themselves, so that NUL is free to end a word, and order is kept.
fn escape_nul_into(word: &[u8], out: &mut Vec<u8>) {
    if memchr::memchr2(0, 1, word).is_none() {
        return out.extend_from_slice(word);
    }
    for &byte in word {
        match byte {
            0 | 1 => out.extend_from_slice(&[1, byte + 1]),
            byte => out.push(byte),
        }
    }
}

fn unescape_nul_into(escaped: &[u8], out: &mut Vec<u8>) {
    let mut bytes = escaped.iter();
    while let Some(&byte) = bytes.next() {
        match byte {
            1 => out.extend(bytes.next().map(|&byte| byte - 1)),
            byte => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn rows_come_back_by_word(
            rows in prop::collection::vec((prop::sample::select(vec!["a", "a\0", "a\u{1}", "ab", "", "\0"]), 0u32..3, 1u64..4, 1u64..3), 0..80),
            split in 0usize..80,
        ) {
            let directory = std::env::temp_dir();
            let mut all = [0, 1].map(|_| Words::new(Detail::Rows, 0, &directory));
            let mut wanted: BTreeMap<Vec<u8>, BTreeMap<u32, u64>> = BTreeMap::new();
            for (number, &(word, group, size, count)) in rows.iter().enumerate() {
                let words = &mut all[usize::from(number >= split)];
                words.add_row(word.as_bytes(), Row::Documents { group, size, count }, 1).expect("added");
                words.add_row(word.as_bytes(), Row::Form(word.as_bytes()), count).expect("added");
                *wanted.entry(word.into()).or_default().entry(group).or_default() += count;
            }
            let mut lexemes = Words::merge(all.into()).expect("merged");
            for (word, groups) in wanted {
                let lexeme = lexemes.next().expect("read").expect("a word");
                prop_assert_eq!(&lexeme.key, &word);
                prop_assert_eq!(lexeme.form(), &word[..]);
                prop_assert_eq!(&lexeme.groups, &groups.into_iter().collect::<Vec<_>>());
            }
            prop_assert!(lexemes.next().expect("read").is_none());
        }
    }

    #[test]
    fn the_commonest_form_stands_for_all() {
        let mut words = Words::new(Detail::Rows, 1 << 16, &std::env::temp_dir());
        for (form, count) in [("Go", 2), ("GO", 1), ("go", 2)] {
            words.add_row(b"go", Row::Form(form.as_bytes()), count).expect("added");
            words.add_row(b"go", Row::Group(0), count).expect("added");
        }
        let mut lexemes = Words::merge(vec![words]).expect("merged");
        let lexeme = lexemes.next().expect("read").expect("a word");
        assert_eq!((lexeme.form(), &lexeme.groups[..]), (&b"Go"[..], &[(0, 5)][..]));
    }
}
