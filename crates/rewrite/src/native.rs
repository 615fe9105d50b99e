//! What a language's own letters and digits are, as far as steps for its punctuation care.

use language::Language;
use unicode::{Category, Script};

/// The letters of the scripts of one language.
#[derive(Debug, Clone)]
pub(crate) struct Native {
    scripts: Vec<Script>,
}

impl Native {
    pub fn of(language: &Language) -> Self {
        let named = |name: &str| Script::ALL.iter().copied().find(|script| script.name() == name);
        Native { scripts: language.scripts().filter_map(named).collect() }
    }

    /// A letter of the language's scripts.
    pub fn is_letter(&self, character: char) -> bool {
        !character.is_ascii()
            && self.scripts.contains(&Script::of(character))
            && Category::of(character).is_letter()
    }

    /// Such a letter, or a digit that is not ASCII.
    pub fn is_wordly(&self, character: char) -> bool {
        self.is_letter(character) || is_own_digit(character)
    }
}

/// A digit that is not ASCII.
pub(crate) fn is_own_digit(character: char) -> bool {
    !character.is_ascii() && Category::of(character) == Category::DecimalNumber
}

/// A decimal digit of any script.
pub(crate) fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || is_own_digit(character)
}
