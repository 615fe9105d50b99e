//! Words that a full stop may follow without ending a sentence: "Dr", "etc", and "No" before a number.

use std::collections::HashMap;

/// When the full stop behind an abbreviation belongs to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Abbreviation {
    /// Whatever follows: "Dr. Smith".
    Always,
    /// Only if an ASCII digit follows: "No. 5".
    BeforeNumber,
}

/// The abbreviations of a language, each without its full stop, in letters of the case they are written in.
///
/// Single letters that stand for names are among them, and in some languages numbers, whose full stop makes ordinals of
/// them: [`Abbreviations::iter`] lists everything for who wants to choose.
///
/// ```
/// use language::{Abbreviation, Abbreviations};
///
/// let english = Abbreviations::for_code("en").unwrap();
/// assert_eq!(english.get(b"Dr"), Some(Abbreviation::Always));
/// assert_eq!(english.get(b"No"), Some(Abbreviation::BeforeNumber));
/// assert_eq!(english.get(b"cat"), None);
/// assert!(Abbreviations::for_code("xx").is_none());
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Abbreviations {
    words: HashMap<Box<[u8]>, Abbreviation>,
    length_bytes_max: usize,
}

/// Written by `build.rs`: the code of each folder that has abbreviations, and their text, in byte order.
const FOLDERS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/abbreviations.rs"));

/// What stands behind a word that is an abbreviation before numbers alone.
const NUMERIC_ONLY: &str = "#NUMERIC_ONLY#";

impl Abbreviations {
    /// The abbreviations of a language, or `None` if there is no list. Read anew at each call.
    ///
    /// Languages that [`Language`](crate::Language) does not know may have a list, and the other way round.
    #[must_use]
    pub fn for_code(code: &str) -> Option<Abbreviations> {
        let (_, text) = FOLDERS.iter().find(|(folder, _)| *folder == code)?;
        Some(Abbreviations::parse(text.as_bytes()).expect("the data is constant, and a test reads it"))
    }

    /// The codes of languages that have a list, in byte order.
    ///
    /// ```
    /// assert!(language::Abbreviations::codes().any(|code| code == "cs"));
    /// ```
    pub fn codes() -> impl Iterator<Item = &'static str> {
        FOLDERS.iter().map(|(code, _)| *code)
    }

    /// Abbreviations in the format of Moses' `nonbreaking_prefix` files: one to a line, without its full stop; with
    /// `#NUMERIC_ONLY#` and white space before it, one that counts before numbers alone, and what is behind that is
    /// not read. A line that opens with `#` is a comment. White space around a line does not count; a line that has some
    /// between words can match no word, and is left out. Of a word that is listed twice the last line counts.
    ///
    /// # Errors
    /// The number of the first line that is no UTF-8, from 1 on.
    ///
    /// ```
    /// use language::{Abbreviation, Abbreviations};
    ///
    /// let own = Abbreviations::parse(b"# ours\napprox\nFig #NUMERIC_ONLY#\n").unwrap();
    /// assert_eq!(own.get(b"Fig"), Some(Abbreviation::BeforeNumber));
    /// assert_eq!(Abbreviations::parse(b"a\n\xFF\n"), Err(2));
    /// ```
    pub fn parse(text: &[u8]) -> Result<Abbreviations, usize> {
        let mut abbreviations = Abbreviations::default();
        let text = text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(text); // BYTE ORDER MARK
        for (index, line) in text.split(|&byte| byte == b'\n').enumerate() {
            let line = std::str::from_utf8(line).map_err(|_| index + 1)?.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (word, kind) = match line.rsplit_once(NUMERIC_ONLY) {
                Some((word, _)) if word.ends_with(char::is_whitespace) => {
                    (word.trim_end(), Abbreviation::BeforeNumber)
                }
                _ => (line, Abbreviation::Always),
            };
            if !word.contains(char::is_whitespace) {
                abbreviations.length_bytes_max = abbreviations.length_bytes_max.max(word.len());
                abbreviations.words.insert(word.as_bytes().into(), kind);
            }
        }
        Ok(abbreviations)
    }

    /// Whether a word, without its full stop, is an abbreviation, and when.
    #[must_use]
    pub fn get(&self, word: &[u8]) -> Option<Abbreviation> {
        if word.len() > self.length_bytes_max {
            return None;
        }
        self.words.get(word).copied()
    }

    /// The length of the longest one: longer words need not be asked for.
    #[must_use]
    pub fn length_bytes_max(&self) -> usize {
        self.length_bytes_max
    }

    /// All of them, well-formed UTF-8, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], Abbreviation)> {
        self.words.iter().map(|(word, kind)| (&**word, *kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_well_formed_sorted_and_of_use() {
        assert!(FOLDERS.len() >= 38);
        for (code, text) in FOLDERS {
            let list =
                Abbreviations::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{code}: {error:?}"));
            let lines: Vec<&str> = text.lines().skip(1).collect();
            assert!(lines.len() >= 20 && list.iter().count() == lines.len(), "{code}");
            assert!(lines.iter().all(|line| !line.ends_with('.') && line.trim() == *line), "{code}");
            let words: Vec<&str> = lines.iter().map(|line| line.split(' ').next().unwrap()).collect();
            assert!(words.is_sorted(), "{code}");
        }
    }

    #[test]
    fn lists_hold_what_everyone_would_look_for() {
        for (code, word) in
            [("de", "Dr"), ("fr", "etc"), ("ru", "руб"), ("cs", "např"), ("es", "Sra"), ("fi", "esim")]
        {
            assert!(Abbreviations::for_code(code).unwrap().get(word.as_bytes()).is_some(), "{code} {word}");
        }
    }

    #[test]
    fn the_last_line_of_a_word_counts() {
        let list =
            Abbreviations::parse(b"p #NUMERIC_ONLY#\r\np\n#NUMERIC_ONLY#\nx#NUMERIC_ONLY#\n\xC2\xA0q\n")
                .unwrap();
        assert_eq!(list.get(b"p"), Some(Abbreviation::Always));
        assert_eq!(list.get(b"x#NUMERIC_ONLY#"), Some(Abbreviation::Always));
        assert_eq!(list.get(b"q"), Some(Abbreviation::Always));
        assert_eq!((list.length_bytes_max(), list.iter().count()), (15, 3));
    }

    #[test]
    fn a_line_that_is_no_text_is_named() {
        assert_eq!(Abbreviations::parse(b"a\n\n\xFF\n"), Err(3));
    }

    #[test]
    fn what_can_match_no_word_is_left_out() {
        let list = Abbreviations::parse("a\u{3000}b\nNo #NUMERIC_ONLY# number\n".as_bytes()).unwrap();
        assert_eq!(list.iter().collect::<Vec<_>>(), [(&b"No"[..], Abbreviation::BeforeNumber)]);
    }
}
