//! The function words of all languages in one table, found by the hash of their folded letters.

use std::collections::BTreeMap;

use crate::alphabet::{Alphabet, Role};
use crate::catalogue::Claim;
use crate::language::Language;

/// The hash of a word, taken letter by letter. Fixed: no seed, no platform.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct WordHash(u64);

impl WordHash {
    /// The hash of no letters.
    pub(crate) const EMPTY: WordHash = WordHash(0x9E37_79B9_7F4A_7C15);

    /// Takes one more folded letter.
    #[inline]
    pub(crate) fn with(self, letter: u32) -> WordHash {
        WordHash((self.0.rotate_left(5) ^ u64::from(letter)).wrapping_mul(0x9FB2_1C65_1E98_DF25))
    }
}

/// Open addressing; a power of two of slots, at most an eighth full, so that most look-ups end at once. A foreign word whose 64-bit hash meets one of the
/// table's is possible (about one in 10^16) and counts as that word.
pub(crate) struct Lexicon {
    slots: Vec<(WordHash, u32)>,
    claims: Vec<Claim>,
    /// Letters of the longest word: longer runs need no look-up.
    letters_max: u64,
}

/// A slot that holds no word.
const VACANT: u32 = u32::MAX;

impl Lexicon {
    pub(crate) fn new(languages: &[Language], alphabet: &Alphabet) -> Lexicon {
        let mut claimants: BTreeMap<WordHash, Vec<usize>> = BTreeMap::new();
        let mut letters_max = 0;
        for (index, language) in languages.iter().enumerate() {
            for word in &language.function_words {
                let (hash, letters) = hash_of(word, alphabet);
                letters_max = letters_max.max(letters);
                let indexes = claimants.entry(hash).or_default();
                if indexes.last() != Some(&index) {
                    indexes.push(index);
                }
            }
        }
        let mut lexicon = Lexicon { slots: Vec::new(), claims: Vec::new(), letters_max };
        lexicon.slots.resize((claimants.len() * 8).max(1).next_power_of_two(), (WordHash(0), VACANT));
        for (hash, indexes) in claimants {
            let slot = lexicon.slot_of(hash);
            lexicon.slots[slot] = (hash, lexicon.claims.len() as u32);
            lexicon.claims.push(Claim::new(indexes));
        }
        lexicon
    }

    /// Who claims the word of this hash and number of letters.
    #[inline]
    pub(crate) fn find(&self, hash: WordHash, letters: u64) -> Option<&Claim> {
        if letters > self.letters_max {
            return None;
        }
        self.claims.get(self.slots[self.slot_of(hash)].1 as usize)
    }

    /// The slot of the hash, or the vacant one where it would stand.
    #[inline]
    fn slot_of(&self, hash: WordHash) -> usize {
        let mask = self.slots.len() - 1;
        // The high bits are the best mixed by a multiplication.
        let mut slot = (hash.0 >> 32) as usize & mask;
        while self.slots[slot].1 != VACANT && self.slots[slot].0 != hash {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// Hash and number of letters of a word, as the scanner sees it.
fn hash_of(word: &str, alphabet: &Alphabet) -> (WordHash, u64) {
    let letters = word.chars().filter(|&character| matches!(alphabet.sign(character).role, Role::Letter(_)));
    letters
        .fold((WordHash::EMPTY, 0), |(hash, count), letter| (hash.with(alphabet.folded(letter)), count + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::catalogue;

    fn claimants(word: &str) -> Vec<&'static str> {
        let catalogue = catalogue();
        let (hash, letters) = hash_of(word, &catalogue.alphabet);
        let claim = catalogue.lexicon.find(hash, letters);
        claim.iter().flat_map(|claim| &claim.claimants).map(|&index| Language::all()[index].code()).collect()
    }

    #[test]
    fn words_are_found_with_their_languages() {
        assert_eq!(claimants("the"), ["en"]);
        assert_eq!(claimants("THE"), ["en"]);
        assert_eq!(claimants("این"), ["fa"]);
        assert_eq!(claimants("می‌شود"), ["fa"]);
        assert_eq!(claimants("میشود"), ["fa"]);
        assert_eq!(claimants("من"), ["ar", "ckb", "fa"]);
        assert_eq!(claimants("的"), ["zh"]);
        assert_eq!(claimants("zebra"), [""; 0]);
        assert_eq!(claimants(""), [""; 0]);
    }

    #[test]
    fn every_word_is_one_run_of_letters_of_its_languages_scripts() {
        let alphabet = &catalogue().alphabet;
        for language in Language::all() {
            for word in &language.function_words {
                for character in word.chars() {
                    let fits = match alphabet.sign(character).role {
                        Role::Break => false,
                        Role::Ignored => true,
                        Role::Letter(script) => language.scripts.contains(&script),
                    };
                    assert!(fits, "{}: {word}", language.code());
                }
                assert!(claimants(word).contains(&language.code()), "{}: {word}", language.code());
            }
        }
    }

    #[test]
    fn a_language_of_han_lists_single_characters() {
        let chinese = Language::for_code("zh").unwrap();
        assert!(chinese.function_words.iter().all(|word| word.chars().count() == 1));
    }
}
