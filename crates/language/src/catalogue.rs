//! Everything that `data/` says, read once: the languages, and what their letters and words are evidence of.

use std::sync::LazyLock;

use crate::alphabet::Alphabet;
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::listing::DataError;
use crate::parse::parse_language;

/// The text files of one folder; empty if the language does without.
#[derive(Default)]
pub(crate) struct Folder {
    pub(crate) language: &'static str,
    pub(crate) letters: &'static str,
    pub(crate) function_words: &'static str,
    pub(crate) dates: &'static str,
    pub(crate) key: &'static str,
    pub(crate) characters: &'static str,
    pub(crate) spelling: &'static str,
    pub(crate) punctuation: &'static str,
}

/// Written by `build.rs`: one entry for each folder of `data/`, in byte order.
pub(crate) const FOLDERS: &[Folder] = include!(concat!(env!("OUT_DIR"), "/folders.rs"));

/// The languages, in the order of the folders.
pub(crate) fn languages() -> &'static [Language] {
    static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
        let languages = FOLDERS.iter().map(parse_language).collect::<Result<_, DataError>>();
        languages.expect("the data is constant, and a test reads it")
    });
    &LANGUAGES
}

/// What their letters and words are evidence of; a language is known by its index.
pub(crate) struct Catalogue {
    pub(crate) languages: &'static [Language],
    pub(crate) alphabet: Alphabet,
    pub(crate) lexicon: Lexicon,
}

/// The catalogue of the data that was compiled in: dearer to build than the languages alone, and never changed.
pub(crate) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        let languages = languages();
        let alphabet = Alphabet::new(languages);
        let lexicon = Lexicon::new(languages, &alphabet);
        Catalogue { languages, alphabet, lexicon }
    });
    &CATALOGUE
}

/// Who claims one letter or word, and what one sighting is worth to each of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Claim {
    /// Indexes of languages, rising.
    pub(crate) claimants: Vec<usize>,
    /// [`PIECE`] shared out among the claimants.
    pub(crate) points: u64,
}

/// Points of one whole piece of evidence: a letter or word that one language alone claims.
/// 60 divides evenly among up to six claimants.
pub(crate) const PIECE: u64 = 60;

impl Claim {
    /// The claim of these languages; each index once, rising.
    pub(crate) fn new(claimants: Vec<usize>) -> Claim {
        let points = if claimants.is_empty() { 0 } else { PIECE / claimants.len() as u64 };
        Claim { claimants, points }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_well_formed() {
        let errors: Vec<DataError> =
            FOLDERS.iter().filter_map(|folder| parse_language(folder).err()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert!(FOLDERS.len() >= 14);
    }

    #[test]
    fn a_shared_claim_is_worth_less_than_a_sole_one() {
        assert_eq!(Claim::new(vec![3]).points, PIECE);
        assert_eq!(Claim::new(vec![1, 3, 4]).points, PIECE / 3);
        assert_eq!(Claim::new(Vec::new()).points, 0);
    }
}
