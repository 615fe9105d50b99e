//! A language: its code, its name, and what its data folder says of it.

use std::fmt;

use crate::abbreviations::Abbreviations;
use crate::catalogue::{FOLDERS, languages};
use crate::conventions::Conventions;
use crate::letters::LetterRule;
use crate::parse::parse_code;
use crate::punctuation::Punctuation;
use crate::script::Script;
use crate::spelling::Spelling;

/// One language of `data/`, built once and shared.
pub struct Language {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) scripts: Vec<Script>,
    /// The least share of function words in running text, in per cent.
    pub(crate) coverage: u64,
    /// Letters that the language has and a neighbour lacks.
    pub(crate) own: Vec<char>,
    /// Letters that the language never has, of neighbours without a folder.
    pub(crate) foreign: Vec<char>,
    pub(crate) function_words: Vec<&'static str>,
    pub(crate) conventions: Conventions,
}

impl Language {
    /// Every language, in byte order of the codes.
    ///
    /// ```
    /// assert!(language::Language::all().iter().any(|language| language.name() == "Persian"));
    /// ```
    #[must_use]
    pub fn all() -> &'static [Language] {
        languages()
    }

    /// The code of every language, in byte order; unlike [`Language::all`], without reading the rest of their data.
    ///
    /// ```
    /// use language::Language;
    ///
    /// assert!(Language::codes().eq(Language::all().iter().map(Language::code)));
    /// ```
    pub fn codes() -> impl Iterator<Item = &'static str> {
        FOLDERS.iter().filter_map(|folder| parse_code(folder).ok())
    }

    /// The language of a code (ISO 639-1, else 639-3), or `None` if there is no such folder. Case matters.
    ///
    /// ```
    /// use language::Language;
    ///
    /// assert_eq!(Language::for_code("ckb").map(Language::name), Some("Central Kurdish"));
    /// assert!(Language::for_code("xx").is_none());
    /// ```
    #[must_use]
    pub fn for_code(code: &str) -> Option<&'static Language> {
        Language::all().iter().find(|language| language.code == code)
    }

    /// The language of a code as people type it: in any case, and with a region or script behind it that is not looked at.
    ///
    /// ```
    /// use language::Language;
    ///
    /// assert_eq!(Language::parse("fa_IR"), Language::for_code("fa"));
    /// assert_eq!(Language::parse("CKB"), Language::for_code("ckb"));
    /// assert!(Language::parse("").is_none());
    /// ```
    #[must_use]
    pub fn parse(code: &str) -> Option<&'static Language> {
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        Language::for_code(&primary.to_ascii_lowercase())
    }

    /// The words that tell the language: articles, pronouns, prepositions, conjunctions and the like, in small letters; a
    /// list of stop words, if a short one.
    ///
    /// ```
    /// use language::Language;
    ///
    /// let english = Language::for_code("en").expect("it has a folder");
    /// assert!(english.function_words().contains(&"the"));
    /// ```
    #[must_use]
    pub fn function_words(&self) -> &[&'static str] {
        &self.function_words
    }

    /// The code, which is also the name of the data folder: `fa`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The English name: `Persian`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The English names of the scripts the language is written in: `Arabic`; for Japanese `Han`, `Hiragana`, `Katakana`.
    pub fn scripts(&self) -> impl Iterator<Item = &'static str> {
        self.scripts.iter().map(|script| script.name())
    }

    /// What becomes of letters and marks that the language does without, from `characters.txt`; read when first asked for.
    ///
    /// ```
    /// let persian = language::Language::for_code("fa").unwrap();
    /// let yeh = persian.letter_rules().iter().find(|rule| rule.name == "arabic-yeh").unwrap();
    /// assert_eq!((yeh.pairs[0].from.as_str(), yeh.pairs[0].to.as_str()), ("ي", "ی"));
    /// assert!(language::Language::for_code("en").unwrap().letter_rules().is_empty());
    /// ```
    #[must_use]
    pub fn letter_rules(&self) -> &[LetterRule] {
        self.conventions.letter_rules()
    }

    /// The spellings that the language leaves open, from `spelling.txt`; read when first asked for.
    ///
    /// ```
    /// let persian = language::Language::for_code("fa").unwrap();
    /// assert!(persian.spellings().iter().any(|spelling| spelling.name == "teh-marbuta"));
    /// ```
    #[must_use]
    pub fn spellings(&self) -> &[Spelling] {
        self.conventions.spellings()
    }

    /// How the language sets its punctuation marks, from `punctuation.txt`; read when first asked for.
    ///
    /// ```
    /// let persian = language::Language::for_code("fa").unwrap();
    /// assert!(persian.punctuation().unwrap().no_space_before.contains(&'،'));
    /// assert!(language::Language::for_code("en").unwrap().punctuation().is_none());
    /// ```
    #[must_use]
    pub fn punctuation(&self) -> Option<&Punctuation> {
        self.conventions.punctuation()
    }

    /// Words that a full stop may follow without ending a sentence, from `abbreviations.txt`; read anew at each call.
    ///
    /// ```
    /// let french = language::Language::for_code("fr").unwrap();
    /// assert!(french.abbreviations().unwrap().get(b"etc").is_some());
    /// assert!(language::Language::for_code("fa").unwrap().abbreviations().is_none());
    /// ```
    #[must_use]
    pub fn abbreviations(&self) -> Option<Abbreviations> {
        Abbreviations::for_code(self.code)
    }

    /// Whether the folder says anything of how the language is written: a tool that is told the language can then act on it.
    #[must_use]
    pub fn has_conventions(&self) -> bool {
        self.conventions.are_any()
    }
}

impl PartialEq for Language {
    /// Two languages are the same when their codes are.
    fn eq(&self, other: &Language) -> bool {
        self.code == other.code
    }
}

impl Eq for Language {}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Language({})", self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_in_order_of_codes_and_found_by_code() {
        let codes: Vec<&str> = Language::all().iter().map(Language::code).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
        for language in Language::all() {
            assert_eq!(Language::for_code(language.code()), Some(language));
        }
    }

    #[test]
    fn the_promised_languages_are_there() {
        for code in ["ar", "ckb", "de", "en", "es", "fa", "fr", "ja", "ps", "ru", "th", "tr", "ur", "zh"] {
            assert!(Language::for_code(code).is_some(), "{code}");
        }
    }

    #[test]
    fn an_unknown_code_is_no_language() {
        for code in ["", "FA", "fa ", "xx"] {
            assert_eq!(Language::for_code(code), None, "{code}");
        }
    }
}
