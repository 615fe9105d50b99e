//! Which characters are punctuation, and which may end a line of running text.
//!
//! datatrove's lists are those of its file `utils/text.py` (0.10.0, Apache-2.0), told here by how they differ from Unicode.

use clap::ValueEnum;
use unicode::{Category, sentence, utf8};

/// Whose punctuation is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Punctuation {
    /// What Unicode says of every script.
    #[default]
    Unicode,
    /// The lists of datatrove 0.10.
    Datatrove,
}

/// Marks above ASCII among datatrove's PUNCTUATION: one of them is a digit, by mistake.
const LISTED: &[char] = &[
    '«', '´', '»', '–', '—', '’', '“', '”', '„', '…', '∶', '━', '►', '、', '。', '〈', '〉', '《', '》',
    '「', '」', '【', '】', '！', '％', '（', '）', '，', '．', '１', '：', '；', '？', '～',
];

/// Characters that end a sentence in Unicode 18 and are not among datatrove's TERMINAL_PUNCTUATION.
const NOT_LISTED_TERMINALS: &[char] = &[
    '\u{1B4E}',  // BALINESE INVERTED CARIK SIKI
    '\u{1B4F}',  // BALINESE INVERTED CARIK PAREREN
    '\u{1B7F}',  // BALINESE PANTI BAWAK
    '\u{2024}',  // ONE DOT LEADER
    '\u{2CF9}',  // COPTIC OLD NUBIAN FULL STOP
    '\u{2CFA}',  // COPTIC OLD NUBIAN DIRECT QUESTION MARK
    '\u{2CFB}',  // COPTIC OLD NUBIAN INDIRECT QUESTION MARK
    '\u{2E60}',  // WIGGLY EXCLAMATION MARK
    '\u{2E61}',  // INVERTED WIGGLY EXCLAMATION MARK
    '\u{FE12}',  // PRESENTATION FORM FOR VERTICAL IDEOGRAPHIC FULL STOP
    '\u{FE15}',  // PRESENTATION FORM FOR VERTICAL EXCLAMATION MARK
    '\u{FE16}',  // PRESENTATION FORM FOR VERTICAL QUESTION MARK
    '\u{113D4}', // TULU-TIGALARI DANDA
    '\u{113D5}', // TULU-TIGALARI DOUBLE DANDA
    '\u{16D6E}', // KIRAT RAI DANDA
    '\u{16D6F}', // KIRAT RAI DOUBLE DANDA
];

/// Characters among datatrove's TERMINAL_PUNCTUATION that do not end a sentence in Unicode: Khmer camnuc pii kuuh, phnaek
/// muan, koomuut.
const LISTED_TERMINALS: &[char] = &['\u{17D6}', '\u{17D9}', '\u{17DA}'];

impl Punctuation {
    /// Whether a word is made of symbols alone, and no word to those who count words.
    ///
    /// By Unicode that is a word without letters and numbers (General_Category L and N); with datatrove one of which
    /// every character is on its list, which lacks the Arabic comma, bullets and emoji.
    pub fn is_symbol(self, word: &[u8]) -> bool {
        let mut at = 0;
        while at < word.len() {
            let (character, length) = utf8::decode(&word[at..]);
            let counts = match self {
                _ if character.is_ascii_alphanumeric() => true,
                Punctuation::Unicode => {
                    let category = Category::of(character);
                    category.is_letter() || category.is_number()
                }
                Punctuation::Datatrove => !is_listed(character),
            };
            if counts {
                return false;
            }
            at += length;
        }
        true
    }

    /// Whether a line that ends with the character ends as running text does: Sentence_Terminal, or datatrove's list.
    pub fn is_terminal(self, character: char) -> bool {
        match self {
            Punctuation::Unicode => sentence::is_terminal(character),
            Punctuation::Datatrove => is_listed_terminal(character),
        }
    }

    /// The same with the quotation marks that C4 lets follow: all that have the property Quotation_Mark, or ASCII alone.
    pub fn is_terminal_or_quote(self, character: char) -> bool {
        match self {
            Punctuation::Unicode => sentence::is_terminal(character) || is_quotation_mark(character),
            Punctuation::Datatrove => matches!(character, '.' | '?' | '!' | '"' | '\''),
        }
    }
}

fn is_listed(character: char) -> bool {
    character.is_ascii_punctuation()
        || (character.is_control() && character != '\t' && character != '\n')
        || LISTED.contains(&character)
        || is_listed_terminal(character)
}

fn is_listed_terminal(character: char) -> bool {
    LISTED_TERMINALS.contains(&character)
        || (sentence::is_terminal(character) && !NOT_LISTED_TERMINALS.contains(&character))
}

/// The property Quotation_Mark (PropList.txt of Unicode 18; no character got it since Unicode 9).
fn is_quotation_mark(character: char) -> bool {
    matches!(
        character,
        '"' | '\''
            | '«'
            | '»'
            | '\u{2018}'..='\u{201F}'
            | '‹'
            | '›'
            | '\u{2E42}'
            | '\u{300C}'..='\u{300F}'
            | '\u{301D}'..='\u{301F}'
            | '\u{FE41}'..='\u{FE44}'
            | '＂'
            | '＇'
            | '｢'
            | '｣'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_letters_or_numbers() {
        for (word, by_unicode, by_list) in [
            ("word", false, false),
            ("٣", false, false),
            ("،", true, false),
            ("🙂", true, false),
            ("...", true, true),
            ("。", true, true),
            ("１", false, true),
            ("a.b", false, false),
            ("\u{0}", true, true),
        ] {
            let is =
                [Punctuation::Unicode, Punctuation::Datatrove].map(|whose| whose.is_symbol(word.as_bytes()));
            assert_eq!(is, [by_unicode, by_list], "{word:?}");
        }
        assert!(Punctuation::Unicode.is_symbol(b"\xFF"));
        assert!(!Punctuation::Datatrove.is_symbol(b"\xFF"));
    }

    #[test]
    fn the_lists_are_as_long_as_those_they_describe() {
        let all = ('\0'..='\u{2FFFF}').filter(|&character| is_listed_terminal(character)).count();
        assert_eq!(all, 159);
        let all = ('\0'..='\u{2FFFF}').filter(|&character| is_listed(character)).count();
        assert_eq!(all, 281);
        assert!(NOT_LISTED_TERMINALS.iter().all(|&character| sentence::is_terminal(character)));
        assert!(!LISTED_TERMINALS.iter().any(|&character| sentence::is_terminal(character)));
    }

    #[test]
    fn lines_end_with_what_ends_sentences() {
        for character in ['.', '؟', '۔', '。', '!', '։'] {
            assert!(Punctuation::Unicode.is_terminal(character), "{character}");
            assert!(Punctuation::Datatrove.is_terminal(character), "{character}");
        }
        for character in ['"', '»', '”', '」'] {
            assert!(!Punctuation::Unicode.is_terminal(character), "{character}");
            assert!(Punctuation::Unicode.is_terminal_or_quote(character), "{character}");
        }
        assert!(Punctuation::Unicode.is_terminal_or_quote('؟'));
        assert!(!Punctuation::Datatrove.is_terminal_or_quote('؟'));
        assert!(!Punctuation::Unicode.is_terminal_or_quote(':'));
    }
}
