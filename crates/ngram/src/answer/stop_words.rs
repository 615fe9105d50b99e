//! Words whose n-grams are left out.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rewrite::{Key, KeyScratch};
use textcore::Error;
use textcore::error::system_message;
use textcore::partial::unescape_key_into;
use unicode::Unit;

/// Where a stop word must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum StopPlace {
    /// In any place.
    #[default]
    Any,
    /// In the first or the last.
    Ends,
}

/// Words, each of one token.
#[derive(Debug, Clone, Default)]
pub struct StopWords {
    words: HashSet<Box<[u8]>>,
}

impl StopWords {
    /// The words of files: white space between them, escaped as in TSV; lines that begin with `#` are comments.
    ///
    /// # Errors
    /// [`Error::Usage`] for a file that cannot be read.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Error> {
        let mut words = StopWords::default();
        for path in paths {
            words.add(&read(path)?);
        }
        Ok(words)
    }

    fn add(&mut self, text: &[u8]) {
        let text = text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(text); // BYTE ORDER MARK
        for line in text.split(|&byte| byte == b'\n').filter(|line| !line.starts_with(b"#")) {
            Unit::Space.for_each(line, |word| {
                let mut plain = Vec::with_capacity(word.len());
                unescape_key_into(word, &mut plain);
                self.words.insert(plain.into());
            });
        }
    }

    /// The words as tokens are counted by a key.
    pub fn by(&self, key: &Key) -> StopWords {
        let mut words = HashSet::new();
        let mut scratch = KeyScratch::default();
        for word in &self.words {
            key.for_each_unit(Unit::Space, &mut scratch, word, |key, _| {
                words.insert(key.into());
            });
        }
        StopWords { words }
    }

    /// Whether a token is one of them.
    pub fn has(&self, token: &[u8]) -> bool {
        self.words.contains(token)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path)
        .map_err(|error| Error::Usage(format!("{}: {}", path.display(), system_message(&error))))
}

/// Finds stop words in n-grams that come in the order of their keys: what two of them begin with is looked up once.
#[derive(Debug, Default)]
pub struct StopFinder {
    /// Whether the tokens of the n-gram that was looked at last are stop words.
    found: Vec<bool>,
    /// How many of them the present one begins with.
    kept: usize,
}

impl StopFinder {
    /// Comes to an n-gram that begins with so many tokens of the one before.
    #[inline]
    pub fn advance(&mut self, shared: usize) {
        self.kept = self.kept.min(shared);
    }

    /// Whether the present n-gram has a stop word in such a place.
    pub fn has(&mut self, tokens: &[&[u8]], words: &StopWords, place: StopPlace) -> bool {
        self.found.truncate(self.kept.min(tokens.len()));
        let rest = &tokens[self.found.len()..];
        self.found.extend(rest.iter().map(|token| words.words.contains(*token)));
        self.kept = tokens.len();
        match place {
            StopPlace::Any => self.found.contains(&true),
            StopPlace::Ends => self.found.first() == Some(&true) || self.found.last() == Some(&true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> StopWords {
        let mut words = StopWords::default();
        words.add(text.as_bytes());
        words
    }

    #[test]
    fn places_are_told_apart() {
        let stop = words("\u{FEFF}# comment of\nthe a\t\r\nto");
        let mut finder = StopFinder::default();
        for (shared, tokens, any, ends) in [
            (0, &["of", "the", "world"][..], true, false),
            (2, &["of", "the", "sea"], true, false),
            (1, &["of", "to"], true, true),
            (0, &["to", "be"], true, true),
            (0, &["world"], false, false),
        ] {
            let tokens: Vec<&[u8]> = tokens.iter().map(|token| token.as_bytes()).collect();
            finder.advance(shared);
            assert_eq!(finder.has(&tokens, &stop, StopPlace::Any), any, "{tokens:?}");
            assert_eq!(finder.has(&tokens, &stop, StopPlace::Ends), ends, "{tokens:?}");
        }
    }

    #[test]
    fn words_are_found_by_their_keys() {
        let stop = words("The").by(&Key::parse("lower").expect("a key"));
        assert!(StopFinder::default().has(&[b"the"], &stop, StopPlace::Any));
        assert!(!StopFinder::default().has(&[b"The"], &stop, StopPlace::Any));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let problem = StopWords::read(&["/nowhere/at/all".into()]).expect_err("it is not there");
        assert!(problem.to_string().starts_with("/nowhere/at/all: no such file"), "{problem}");
    }
}
