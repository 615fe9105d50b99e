//! The classes of marks that can be stripped: their names, and what is in them.

use std::borrow::Cow;

use unicode::form::combining_class;
use unicode::{Category, Script, ignorable};

use crate::name::UnknownName;
use crate::rule::Rule;

pub(super) const TATWEEL: char = '\u{640}';

/// Marks that are stripped together, by one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkClass {
    /// The accents on letters of a script: nonspacing marks that can be put on letters of many scripts, or that this
    /// script has for tones, breathings and the like. In Cyrillic a mark that composes with its letter makes another
    /// letter (й, ё, ї, ў, ѓ) and stays, so that what goes is stress; see `CyrillicLetters`.
    Accents(Script),
    /// The marks of composed Cyrillic letters: й becomes и, ё е, ї і.
    CyrillicLetters,
    /// The vowel signs of Arabic script, shadda, sukun, superscript alef, honorifics and the marks of the Quran; not
    /// hamza and madda, which make letters.
    Harakat,
    /// U+0640, where it stands by a letter; alone it may be a dash.
    Tatweel,
    /// The points of Hebrew: vowels, dagesh, the dots of shin and sin.
    Niqqud,
    /// The accents of Hebrew for cantillation.
    Teamim,
}

/// The names of classes that are no script.
const NAMES: [(&str, MarkClass); 5] = [
    ("harakat", MarkClass::Harakat),
    ("tatweel", MarkClass::Tatweel),
    ("niqqud", MarkClass::Niqqud),
    ("teamim", MarkClass::Teamim),
    ("cyrillic-letters", MarkClass::CyrillicLetters),
];

impl MarkClass {
    /// What is stripped if no class is named: the marks that everyday writing leaves out, and the accents that searches
    /// do not ask for. Neither tatweel, which is no mark, nor what makes a letter of Cyrillic.
    pub const DEFAULT: [MarkClass; 6] = [
        MarkClass::Accents(Script::Latin),
        MarkClass::Accents(Script::Greek),
        MarkClass::Accents(Script::Cyrillic),
        MarkClass::Harakat,
        MarkClass::Niqqud,
        MarkClass::Teamim,
    ];

    /// The classes of a name: one of `harakat`, `tatweel`, `niqqud`, `teamim`, `cyrillic-letters`, or a script by its
    /// name or code, in any case. The marks of Arabic are its harakat, those of Hebrew niqqud and teamim.
    ///
    /// # Errors
    /// A name that no class has.
    ///
    /// ```
    /// use rewrite::steps::MarkClass;
    /// use unicode::Script;
    /// assert_eq!(MarkClass::parse("grek"), Ok(vec![MarkClass::Accents(Script::Greek)]));
    /// assert_eq!(MarkClass::parse("hebrew"), Ok(vec![MarkClass::Niqqud, MarkClass::Teamim]));
    /// assert!(MarkClass::parse("tashkil").is_err());
    /// ```
    pub fn parse(name: &str) -> Result<Vec<MarkClass>, UnknownName> {
        if let Some((_, class)) = NAMES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Ok(vec![class]);
        }
        let typed = name.replace('-', "_");
        let is_meant = |script: &Script| {
            [script.name(), script.code()].iter().any(|known| known.eq_ignore_ascii_case(&typed))
        };
        match Script::ALL.iter().copied().find(is_meant) {
            Some(Script::Arabic) => Ok(vec![MarkClass::Harakat]),
            Some(Script::Hebrew) => Ok(vec![MarkClass::Niqqud, MarkClass::Teamim]),
            Some(script) => Ok(vec![MarkClass::Accents(script)]),
            None => {
                let scripts = Script::ALL.iter().map(|script| script.name());
                Err(UnknownName::new(
                    "class of marks",
                    name,
                    NAMES.map(|(known, _)| known).into_iter().chain(scripts),
                ))
            }
        }
    }

    pub(super) fn rule(self) -> Rule {
        let (name, about) = match self {
            MarkClass::Accents(script) => {
                let name = script.name().to_ascii_lowercase().replace('_', "-");
                return Rule {
                    name: Cow::Owned(format!("mark-{name}")),
                    about: Cow::Owned(format!("letters of {} lose their accents", script.name())),
                    is_lossy: true,
                };
            }
            MarkClass::CyrillicLetters => {
                ("mark-cyrillic-letters", "й, ё and other letters of Cyrillic lose the mark that makes them")
            }
            MarkClass::Harakat => {
                ("mark-harakat", "vowel signs and marks of the Quran go from Arabic script")
            }
            MarkClass::Tatweel => ("tatweel", "tatweel beside a letter goes"),
            MarkClass::Niqqud => ("mark-niqqud", "points go from Hebrew letters"),
            MarkClass::Teamim => ("mark-teamim", "accents of cantillation go from Hebrew letters"),
        };
        Rule::lossy(name, about)
    }
}

/// Scripts whose own marks of these classes are tones, breathings, stress, titlos, lengths; in others they may be signs
/// for vowels.
const WITH_ACCENTS: [Script; 9] = [
    Script::Coptic,
    Script::Cyrillic,
    Script::Ethiopic,
    Script::Glagolitic,
    Script::Greek,
    Script::Lao,
    Script::Nko,
    Script::Syriac,
    Script::Thai,
];

/// Whether a mark is an accent on letters of a script: by its canonical combining class it is an overlay (1), stands
/// anywhere around the letter (202 to 240), or is a tone of Thai or Lao (107, 122), whose vowel signs are of others.
pub(super) fn is_accent_of(mark: char, script: Script) -> bool {
    if !is_nonspacing(mark) || !matches!(combining_class(mark), 1 | 107 | 122 | 202..=240) {
        return false;
    }
    match Script::of(mark) {
        Script::Inherited => !is_arabic_mark(mark),
        own => own == script && WITH_ACCENTS.contains(&own),
    }
}

pub(super) fn is_harakat(mark: char) -> bool {
    // Madda, hamza above and below, wavy hamza below make letters.
    is_arabic_mark(mark) && !matches!(mark, '\u{653}'..='\u{655}' | '\u{65F}')
}

/// A mark of Arabic script, if ordered among marks: an overlay of alef is a letter's part.
fn is_arabic_mark(mark: char) -> bool {
    let is_arabic = Script::of(mark) == Script::Arabic || matches!(mark, '\u{64B}'..='\u{655}' | '\u{670}');
    is_arabic && is_nonspacing(mark) && combining_class(mark) != 0
}

pub(super) fn is_teamim(mark: char) -> bool {
    matches!(mark, '\u{591}'..='\u{5AF}')
}

pub(super) fn is_niqqud(mark: char) -> bool {
    Script::of(mark) == Script::Hebrew && is_nonspacing(mark) && !is_teamim(mark)
}

fn is_nonspacing(character: char) -> bool {
    Category::of(character) == Category::NonspacingMark && !ignorable::is_default_ignorable(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(is_member: impl Fn(char) -> bool) -> Vec<char> {
        ('\0'..=char::MAX).filter(|&character| is_member(character)).collect()
    }

    #[test]
    fn no_class_holds_what_makes_a_letter() {
        let mut makers = String::from("\u{653}\u{654}\u{655}\u{65F}"); // madda, hamza above and below, wavy hamza below
        makers += "\u{93C}\u{94D}\u{93F}\u{941}\u{9CD}\u{D4D}\u{B82}"; // nukta, viramas, vowel signs
        makers += "\u{E34}\u{E38}\u{EB8}\u{F71}\u{F72}\u{17B7}\u{102D}\u{1039}"; // vowel signs of Thai, Lao, Tibetan, …
        makers += "\u{3099}\u{309A}\u{1161}\u{11A8}\u{FE0F}\u{34F}\u{180B}\u{7A6}\u{C55}"; // kana, Hangul, selectors, …
        for maker in makers.chars() {
            let is_accent = Script::ALL.iter().any(|&script| is_accent_of(maker, script));
            assert!(!is_accent && !is_harakat(maker) && !is_niqqud(maker) && !is_teamim(maker), "{maker:?}");
        }
        // Nukta, kana voicing, virama, and marks that are not ordered.
        let is_unordered = |mark| is_nonspacing(mark) && matches!(combining_class(mark), 0 | 7..=9);
        let unordered = members(is_unordered);
        assert!(unordered.iter().all(|&mark| !Script::ALL.iter().any(|&script| is_accent_of(mark, script))));
    }

    #[test]
    fn marks_of_hebrew_and_arabic_are_those_of_the_database() {
        assert_eq!(members(is_teamim).iter().filter(|&&mark| is_nonspacing(mark)).count(), 31);
        for mark in ['\u{5B0}', '\u{5BC}', '\u{5BD}', '\u{5BF}', '\u{5C1}', '\u{5C2}', '\u{5C7}', '\u{FB1E}']
        {
            assert!(is_niqqud(mark));
        }
        for mark in ['\u{610}', '\u{64B}', '\u{651}', '\u{652}', '\u{656}', '\u{670}', '\u{6D6}', '\u{8F0}'] {
            assert!(is_harakat(mark));
        }
        // Maqaf, sof pasuq, small waw, end of ayah, sajdah: no marks.
        assert!(
            ['\u{5BE}', '\u{5C3}', '\u{6E5}', '\u{6DD}', '\u{6E9}']
                .iter()
                .all(|&other| { !is_harakat(other) && !is_niqqud(other) && !is_teamim(other) })
        );
    }

    #[test]
    fn scripts_are_named_in_many_ways() {
        for name in ["Old_Church", "", "latinn"] {
            assert!(MarkClass::parse(name).is_err(), "{name}");
        }
        assert_eq!(MarkClass::parse("LATN"), MarkClass::parse("latin"));
        assert_eq!(MarkClass::parse("old-permic"), MarkClass::parse("Old_Permic"));
        assert_eq!(MarkClass::parse("arab"), MarkClass::parse("Harakat"));
        let message = MarkClass::parse("haraka").expect_err("no class").to_string();
        assert!(message.contains("harakat"), "{message}");
    }
}
