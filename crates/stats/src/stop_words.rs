//! Which words are function words.

use std::collections::{BTreeMap, HashSet};

use language::Language;
use unicode::{Case, CaseLocale, Casing};

/// Words that say little of what a text is about.
#[derive(Debug, Clone, Default)]
pub struct StopWords {
    words: HashSet<Vec<u8>>,
    longest_bytes: usize,
}

impl StopWords {
    /// The function words of the languages that documents are in, as the project's data has them.
    pub fn of(languages: &BTreeMap<String, u64>) -> StopWords {
        let languages = languages.keys().filter_map(|code| Language::for_code(code));
        let words = languages.flat_map(Language::function_words);
        StopWords::new(words.map(|word| lower(word.as_bytes())))
    }

    /// The words of a list, one to a line; what case they are in does not matter.
    pub fn listed(text: &[u8]) -> StopWords {
        let lines =
            text.split(|&byte| byte == b'\n').map(unicode::space::trim).filter(|line| !line.is_empty());
        StopWords::new(lines.map(lower))
    }

    fn new(words: impl Iterator<Item = Vec<u8>>) -> StopWords {
        let words: HashSet<_> = words.collect();
        let longest_bytes = words.iter().map(Vec::len).max().unwrap_or(0);
        StopWords { words, longest_bytes }
    }

    /// Whether a word, in any case, is one.
    pub fn contains(&self, word: &[u8]) -> bool {
        // In lower case ASCII is as long as before; other characters may be of a third of their bytes (U+212A KELVIN SIGN).
        let least_bytes = if word.is_ascii() { word.len() } else { word.len() / 3 };
        least_bytes <= self.longest_bytes && !self.words.is_empty() && self.words.contains(&lower(word))
    }
}

fn lower(word: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len());
    Casing { case: Case::Lower, locale: CaseLocale::Root }.convert_into(word, &mut out);
    out
}

/// Whether a word has a letter or a digit.
pub fn is_lexical(word: &[u8]) -> bool {
    String::from_utf8_lossy(word).chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_known_in_any_case() {
        let languages = [("en".to_owned(), 1), ("fa".to_owned(), 1), ("unknown".to_owned(), 2)].into();
        let words = StopWords::of(&languages);
        for word in ["the", "The", "THE", "از"] {
            assert!(words.contains(word.as_bytes()), "{word}");
        }
        assert!(!words.contains("corpus".as_bytes()));
        let listed = StopWords::listed("Corpus\r\n\n die ".as_bytes());
        assert!(StopWords::listed(b"k").contains("\u{212A}".as_bytes())); // KELVIN SIGN
        assert!(listed.contains(b"corpus") && listed.contains(b"Die") && !listed.contains(b""));
    }

    #[test]
    fn no_character_has_less_than_a_third_of_its_bytes_in_lower_case() {
        for character in '\0'..=char::MAX {
            let bytes = character.to_string().into_bytes();
            let lower = lower(&bytes).len();
            assert!(lower >= bytes.len().div_ceil(3) && (lower == 1 || !character.is_ascii()), "{character}");
        }
    }

    #[test]
    fn punctuation_is_not_lexical() {
        assert!(["a", "۱", "漢", "don't"].iter().all(|word| is_lexical(word.as_bytes())));
        assert!(![".", "،", "…", "😀"].iter().any(|word| is_lexical(word.as_bytes())));
    }
}
