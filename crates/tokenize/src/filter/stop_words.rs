//! Words that say little, to be left out.

use std::collections::HashSet;
use std::path::Path;

use language::Language;
use unicode::{Case, CaseLocale, Casing, Form};

use crate::protect::list;

const FOLDING: Casing = Casing { case: Case::Fold, locale: CaseLocale::Root };

/// How many bytes of a token may become one of its key, at most: three do of KELVIN SIGN, and of some letters with marks.
const SHRINKING: usize = 4;

/// Words that are compared without regard to case and to composition: by the NFC of their full case folding.
#[derive(Debug, Clone, Default)]
pub struct StopWords {
    keys: HashSet<Box<[u8]>>,
    length_bytes_max: usize,
}

impl StopWords {
    /// Adds a language's own: its function words.
    pub fn add_language(&mut self, language: &Language) {
        language.function_words().iter().for_each(|word| self.add(word.as_bytes()));
    }

    /// Adds the words of a file, one to a line; lines that open with `#` are comments.
    ///
    /// # Errors
    /// What the system said, behind the file's name; or the number of a line that is no UTF-8.
    pub fn read(&mut self, path: &Path) -> Result<(), String> {
        let bytes = list::read(path, list::FILE_BYTES_MAX)?;
        for entry in list::entries(&path.display().to_string(), &bytes)? {
            if !entry.text.starts_with('#') {
                self.add(entry.text.as_bytes());
            }
        }
        Ok(())
    }

    /// Adds a word.
    pub fn add(&mut self, word: &[u8]) {
        let key = key(word);
        self.length_bytes_max = self.length_bytes_max.max(key.len());
        self.keys.insert(key.into());
    }

    /// Whether a token is one of the words.
    ///
    /// ```
    /// let mut words = tokenize::StopWords::default();
    /// words.add("Straße".as_bytes());
    /// assert!(words.has(b"STRASSE") && !words.has(b"STRASSEN"));
    /// ```
    pub fn has(&self, token: &[u8]) -> bool {
        if token.len() > SHRINKING * self.length_bytes_max {
            return false;
        }
        let mut buffer = [0; 32];
        match buffer.get_mut(..token.len()) {
            Some(small) if token.is_ascii() => {
                small.copy_from_slice(token);
                small.make_ascii_lowercase();
                self.keys.contains(&*small)
            }
            _ if FOLDING.is_unchanged(token) && Form::Nfc.is_normalized(token) => self.keys.contains(token),
            _ => self.keys.contains(&*key(token)),
        }
    }
}

fn key(word: &[u8]) -> Vec<u8> {
    let (mut folded, mut key) = (Vec::new(), Vec::new());
    FOLDING.convert_into(word, &mut folded);
    Form::Nfc.normalize_into(&folded, &mut key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn case_and_composition_do_not_count() {
        let mut words = StopWords::default();
        for word in ["été", "The", "از", "ΚΑΙ"] {
            words.add(word.as_bytes());
        }
        for token in ["E\u{301}TE\u{301}", "été", "THE", "the", "از", "και"] {
            assert!(words.has(token.as_bytes()), "{token}");
        }
        let long = "the".repeat(100);
        for token in ["", "ete", "then", long.as_str()] {
            assert!(!words.has(token.as_bytes()), "{token}");
        }
        assert!(!words.has(b"th\xFF"));
    }

    #[test]
    fn files_and_languages_have_lists() {
        let mut persian = StopWords::default();
        persian.add_language(Language::for_code("fa").expect("it has a folder"));
        assert!(persian.has("از".as_bytes()) && !persian.has("کتاب".as_bytes()));
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all("# ours\nBut \n".as_bytes()).expect("written");
        let mut words = StopWords::default();
        assert_eq!(words.read(file.path()), Ok(()));
        assert!(words.has(b"but") && !words.has(b"# ours"));
        assert!(words.read(Path::new("/nowhere/at/all")).is_err());
    }
}
