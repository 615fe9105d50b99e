//! What one character says: its script, how it is folded for the lexicon, and which languages claim it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::catalogue::Claim;
use crate::language::Language;
use crate::script::{SCRIPT_COUNT, Script};

/// What the scanner does with a character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// Ends a word.
    Break,
    /// Stands inside a word and says nothing: marks, joiners, tatweel.
    Ignored,
    /// Belongs to a word of this script.
    Letter(Script),
}

/// Everything that one character says.
#[derive(Clone, Debug)]
pub(crate) struct Sign {
    pub(crate) role: Role,
    /// Languages that have this letter where a neighbour lacks it.
    pub(crate) own: Claim,
    /// Indexes of languages that never have this letter.
    pub(crate) foreign: Vec<usize>,
}

/// A table of signs: direct for the Basic Multilingual Plane, by script alone above it.
pub(crate) struct Alphabet {
    signs: Vec<Sign>,
    /// Index into `signs` of the characters that languages list.
    listed: BTreeMap<u32, u16>,
    /// Index into `signs` of each code point below U+10000, 256 to a page, which is filled when it is first asked for: a text has
    /// few of them.
    pages: Vec<OnceLock<Page>>,
    /// The folded letter of each code point below U+0800.
    folded: Vec<u16>,
}

type Page = [u16; PAGE_SIZE];

const PAGE_SIZE: usize = 256;
const BASIC_END: usize = 0x1_0000;
const FOLDED_END: u32 = 0x800;

impl Alphabet {
    pub(crate) fn new(languages: &[Language]) -> Alphabet {
        let mut signs: Vec<Sign> = plain_signs();
        let mut listed = BTreeMap::new();
        for (character, (own, foreign)) in listed_characters(languages) {
            let role = signs[plain_index(character)].role;
            listed.insert(u32::from(character), signs.len() as u16);
            signs.push(Sign { role, own: Claim::new(own), foreign });
        }
        let folded = (0..FOLDED_END).map(|point| char::from_u32(point).map_or(0, fold) as u16).collect();
        let pages = (0..BASIC_END / PAGE_SIZE).map(|_| OnceLock::new()).collect();
        Alphabet { signs, listed, pages, folded }
    }

    fn page(&self, number: usize) -> Page {
        let index_of = |place| {
            let point = (number * PAGE_SIZE + place) as u32;
            let plain = || char::from_u32(point).map_or(BREAK, plain_index) as u16;
            self.listed.get(&point).copied().unwrap_or_else(plain)
        };
        std::array::from_fn(index_of)
    }

    /// What the character says.
    pub(crate) fn sign(&self, character: char) -> &Sign {
        let point = character as usize;
        let index = match self.pages.get(point / PAGE_SIZE) {
            Some(page) => usize::from(page.get_or_init(|| self.page(point / PAGE_SIZE))[point % PAGE_SIZE]),
            // A listed character above the plane would need a larger table; no alphabet in use has one.
            None => plain_index(character),
        };
        &self.signs[index]
    }

    /// The letter under which the lexicon keeps words that are written with this one.
    pub(crate) fn folded(&self, character: char) -> u32 {
        self.folded.get(character as usize).map_or(character as u32, |&letter| u32::from(letter))
    }
}

/// One sign for each script, then the ignored one, then the one that breaks.
fn plain_signs() -> Vec<Sign> {
    let roles = Script::all().map(Role::Letter).chain([Role::Ignored, Role::Break]);
    roles.map(|role| Sign { role, own: Claim::default(), foreign: Vec::new() }).collect()
}

/// Index into [`plain_signs`] of the sign that is ignored, and of the one that breaks.
const IGNORED: usize = SCRIPT_COUNT;
const BREAK: usize = SCRIPT_COUNT + 1;

/// Index into [`plain_signs`].
fn plain_index(character: char) -> usize {
    if is_ignored(character) { IGNORED } else { Script::of(character).map_or(BREAK, Script::index) }
}

/// Combining marks of Latin, Cyrillic, Hebrew and Arabic, joiners, direction marks, soft hyphen, tatweel, variation selectors.
pub(crate) fn is_ignored(character: char) -> bool {
    matches!(u32::from(character),
        0xAD | 0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x610..=0x61A | 0x640 | 0x64B..=0x65F | 0x670
        | 0x6D6..=0x6DC | 0x6DF..=0x6E4 | 0x6E7 | 0x6E8 | 0x6EA..=0x6ED
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFE00..=0xFE0F | 0xFEFF)
}

/// Lower case; and in Arabic script one letter for the yehs, kafs, hehs and alefs that keyboards mix up, so that
/// a Persian page typed with Arabic letters, or an Arabic one typed with Persian letters, keeps its words.
pub(crate) fn fold(character: char) -> u32 {
    let folded = match character {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ھ' => 'ه',
        'آ' => 'ا',
        'İ' => 'i',
        // Arabic has one case, which its table would be searched for.
        other @ '\u{600}'..='\u{6FF}' => other,
        other => other.to_lowercase().next().unwrap_or(other),
    };
    u32::from(folded)
}

/// The claims of each listed character, both cases of it: who has it, who never has it.
fn listed_characters(languages: &[Language]) -> BTreeMap<char, (Vec<usize>, Vec<usize>)> {
    let mut listed: BTreeMap<char, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, language) in languages.iter().enumerate() {
        for character in language.own.iter().flat_map(|&letter| both_cases(letter)) {
            push_once(&mut listed.entry(character).or_default().0, index);
        }
        for character in language.foreign.iter().flat_map(|&letter| both_cases(letter)) {
            push_once(&mut listed.entry(character).or_default().1, index);
        }
    }
    listed
}

/// The letter and its capital, if that is one character other than plain ASCII (as the capital of dotless i is).
fn both_cases(letter: char) -> impl Iterator<Item = char> {
    let mut capitals = letter.to_uppercase();
    let capital = capitals.next().filter(|capital| !capital.is_ascii() && capitals.next().is_none());
    [Some(letter), capital].into_iter().flatten()
}

fn push_once(indexes: &mut Vec<usize>, index: usize) {
    if indexes.last() != Some(&index) {
        indexes.push(index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{PIECE, catalogue};

    fn owners(character: char) -> Vec<&'static str> {
        let own = &catalogue().alphabet.sign(character).own;
        own.claimants.iter().map(|&index| Language::all()[index].code()).collect()
    }

    #[test]
    fn exclusive_letters_belong_to_their_language() {
        assert_eq!(owners('ہ'), ["ur"]);
        assert_eq!(owners('ۆ'), ["ckb"]);
        assert_eq!(owners('ښ'), ["ps"]);
        assert_eq!(owners('ة'), ["ar"]);
        assert_eq!(owners('ی'), ["ckb", "fa", "ps", "ur"]);
        assert_eq!(owners('Ğ'), ["tr"]);
        assert_eq!(owners('ぁ'), ["ja"]);
        assert_eq!(owners('a'), [""; 0]);
        assert_eq!(catalogue().alphabet.sign('ہ').own.points, PIECE);
        assert_eq!(catalogue().alphabet.sign('ی').own.points, PIECE / 4);
    }

    #[test]
    fn the_capital_of_dotless_i_stays_plain() {
        assert_eq!(owners('ı'), ["tr"]);
        assert_eq!(owners('I'), [""; 0]);
    }

    #[test]
    fn roles() {
        let role = |character| catalogue().alphabet.sign(character).role;
        assert_eq!(role('\u{200C}'), Role::Ignored); // ZWNJ
        assert_eq!(role('\u{0640}'), Role::Ignored); // tatweel
        assert_eq!(role('\u{0653}'), Role::Ignored); // madda above
        assert_eq!(role(' '), Role::Break);
        assert_eq!(role('۔'), Role::Break);
        assert_eq!(role('😀'), Role::Break);
        assert_eq!(Script::of('\u{20000}').map(Role::Letter), Some(role('\u{20000}')));
    }

    #[test]
    fn keyboards_that_mix_letters_up_are_folded() {
        let alphabet = &catalogue().alphabet;
        for (left, right) in
            [('ي', 'ی'), ('ى', 'ی'), ('ك', 'ک'), ('آ', 'ا'), ('Ä', 'ä'), ('Ж', 'ж'), ('A', 'a')]
        {
            assert_eq!(alphabet.folded(left), alphabet.folded(right), "{left} {right}");
        }
        assert_ne!(alphabet.folded('ە'), alphabet.folded('ه'));
        assert_ne!(alphabet.folded('ہ'), alphabet.folded('ه'));
    }
}
