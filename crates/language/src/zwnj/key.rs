//! A Persian word without what spellings differ in.

use super::letters::{Sign, letter, sign};

/// The key under which spellings of one word are equal: without ZWNJ, marks and tatweel, with the letters of Arabic keyboards
/// and the variants of alef and heh folded. Appends to `key`; `false`, and nothing is appended, if the word holds anything else
/// than Persian letters.
///
/// ```
/// use language::zwnj::key_of;
///
/// let (mut first, mut second) = (String::new(), String::new());
/// assert!(key_of("تحریم\u{200C}های", &mut first)); // ZWNJ
/// assert!(key_of("تحريمهاي", &mut second)); // Arabic yeh
/// assert_eq!(first, second);
/// assert!(!key_of("PDFها", &mut second));
/// ```
#[must_use]
pub fn key_of(word: &str, key: &mut String) -> bool {
    let before = key.len();
    for character in word.chars() {
        match sign(character) {
            Sign::Letter { code, .. } => key.extend(letter(code)),
            Sign::Mark | Sign::Zwnj => {}
            Sign::Foreign | Sign::Other => {
                key.truncate(before);
                return false;
            }
        }
    }
    key.len() > before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_letters_or_nothing() {
        let mut key = "x".to_owned();
        for word in ["", "\u{200C}", "a", "کتاب۱", "دو کلمه"] {
            assert!(!key_of(word, &mut key), "{word}");
            assert_eq!(key, "x");
        }
        assert!(key_of("خانهٔ", &mut key) && key_of("أَحمد", &mut key));
        assert_eq!(key, "xخانهاحمد");
    }
}
