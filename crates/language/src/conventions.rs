//! How a language is written, read from its folder when somebody asks.

use std::sync::OnceLock;

use crate::catalogue::Folder;
use crate::letters::{LetterRule, parse_characters};
use crate::punctuation::{Punctuation, parse_punctuation};
use crate::spelling::{Spelling, parse_spellings};

/// The conventions of one language: the texts, and what they say once they are read.
#[derive(Default)]
pub(crate) struct Conventions {
    characters: &'static str,
    spelling: &'static str,
    punctuation: &'static str,
    letter_rules: OnceLock<Vec<LetterRule>>,
    spellings: OnceLock<Vec<Spelling>>,
    marks: OnceLock<Option<Punctuation>>,
}

const CONSTANT: &str = "the data is constant, and a test reads it";

impl Conventions {
    /// Those of a folder.
    pub(crate) fn new(folder: &Folder) -> Conventions {
        let Folder { characters, spelling, punctuation, .. } = *folder;
        Conventions { characters, spelling, punctuation, ..Conventions::default() }
    }

    pub(crate) fn letter_rules(&self) -> &[LetterRule] {
        self.letter_rules.get_or_init(|| parse_characters(self.characters).expect(CONSTANT))
    }

    pub(crate) fn spellings(&self) -> &[Spelling] {
        self.spellings.get_or_init(|| parse_spellings(self.spelling).expect(CONSTANT))
    }

    pub(crate) fn punctuation(&self) -> Option<&Punctuation> {
        self.marks.get_or_init(|| parse_punctuation(self.punctuation).expect(CONSTANT)).as_ref()
    }

    /// Whether there is any text to read.
    pub(crate) fn are_any(&self) -> bool {
        !(self.characters.is_empty() && self.spelling.is_empty() && self.punctuation.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::Language;
    use crate::catalogue::FOLDERS;
    use crate::listing::DataError;

    #[test]
    fn every_folder_is_well_formed() {
        let mut errors: Vec<DataError> = Vec::new();
        for folder in FOLDERS {
            errors.extend(parse_characters(folder.characters).err());
            errors.extend(parse_spellings(folder.spelling).err());
            errors.extend(parse_punctuation(folder.punctuation).err());
        }
        assert!(errors.is_empty(), "{errors:?}");
    }

    #[test]
    fn names_are_given_once_in_a_language() {
        for language in Language::all() {
            let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
            for rule in language.letter_rules() {
                assert!(owners.insert(rule.name, "").is_none(), "{}: {}", language.code(), rule.name);
                assert!(!rule.pairs.is_empty(), "{}: {}", language.code(), rule.name);
            }
            let mut choices = BTreeSet::new();
            for spelling in language.spellings() {
                assert!(choices.insert((spelling.name, spelling.value)), "{}: {spelling:?}", language.code());
                for rule in &spelling.rules {
                    // Choices that exclude each other may share a rule's name.
                    let owner = owners.insert(rule.name, spelling.name);
                    assert!(owner.is_none_or(|owner| owner == spelling.name), "{}", rule.name);
                    assert!(rule.is_lossy && !rule.pairs.is_empty(), "{}: {}", language.code(), rule.name);
                }
            }
        }
    }

    #[test]
    fn no_language_gives_up_a_letter_of_its_own() {
        // Facts of the alphabets, apart from the files that are tested.
        for (code, letters) in [
            ("fa", "پ چ ژ گ ک ی ه ء آ أ ؤ ئ ۀ"),
            ("ar", "ي ى ئ ك ة ه أ إ آ ؤ ء"),
            ("ur", "ہ ھ ۂ ۃ ے ۓ ں ٹ ڈ ڑ ی ئ ک گ ۔"),
            ("ckb", "ە ێ ۆ ڵ ڕ ڤ ھ ئ ی ک گ"),
            ("ps", "ي ی ې ۍ ئ ګ گ ښ ږ ځ څ ړ ټ ډ ڼ ک ه ۀ"),
        ] {
            let language = Language::for_code(code).unwrap();
            assert!(!language.letter_rules().is_empty(), "{code}");
            for pair in language.letter_rules().iter().flat_map(|rule| &rule.pairs) {
                assert!(letters.split(' ').all(|letter| pair.from != letter), "{code}: {pair:?}");
            }
        }
    }
}
