//! The writing system of a letter, by block: coarse, and enough to tell which languages may be meant.

/// A script of the table below; its index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Script(pub(crate) u8);

/// How many scripts there are.
pub(crate) const SCRIPT_COUNT: usize = SCRIPTS.len();

/// Name and ranges of code points (inclusive). Ranges are whole blocks of the Unicode Standard; what in them is
/// no letter is sorted out by `char::is_alphabetic`.
const SCRIPTS: [(&str, &[(u32, u32)]); 30] = [
    ("Latin", &[(0x41, 0x24F), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xFF21, 0xFF5A)]),
    ("Greek", &[(0x370, 0x3FF), (0x1F00, 0x1FFF)]),
    ("Cyrillic", &[(0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)]),
    ("Armenian", &[(0x530, 0x58F)]),
    ("Hebrew", &[(0x590, 0x5FF), (0xFB1D, 0xFB4F)]),
    ("Arabic", &[(0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)]),
    ("Syriac", &[(0x700, 0x74F)]),
    ("Devanagari", &[(0x900, 0x97F), (0xA8E0, 0xA8FF)]),
    ("Bengali", &[(0x980, 0x9FF)]),
    ("Gurmukhi", &[(0xA00, 0xA7F)]),
    ("Gujarati", &[(0xA80, 0xAFF)]),
    ("Oriya", &[(0xB00, 0xB7F)]),
    ("Tamil", &[(0xB80, 0xBFF)]),
    ("Telugu", &[(0xC00, 0xC7F)]),
    ("Kannada", &[(0xC80, 0xCFF)]),
    ("Malayalam", &[(0xD00, 0xD7F)]),
    ("Sinhala", &[(0xD80, 0xDFF)]),
    ("Thai", &[(0xE00, 0xE7F)]),
    ("Lao", &[(0xE80, 0xEFF)]),
    ("Tibetan", &[(0xF00, 0xFFF)]),
    ("Myanmar", &[(0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)]),
    ("Georgian", &[(0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)]),
    ("Hangul", &[(0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF)]),
    ("Ethiopic", &[(0x1200, 0x139F), (0x2D80, 0x2DDF)]),
    ("Khmer", &[(0x1780, 0x17FF)]),
    ("Mongolian", &[(0x1800, 0x18AF)]),
    ("Hiragana", &[(0x3040, 0x309F)]),
    ("Katakana", &[(0x30A0, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F)]),
    ("Han", &[(0x3005, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]),
    // Any other letter: counted, so that a text in a script without a name is not taken for its few Latin words.
    ("Other", &[(0x80, 0x10_FFFF)]),
];

impl Script {
    /// The script of ASCII letters.
    pub(crate) const LATIN: Script = Script(0);

    /// The script in which a letter by itself is looked up as a word.
    pub(crate) const HAN: Script = Script(28);

    /// The script of a letter; `None` for what is no letter.
    pub(crate) fn of(character: char) -> Option<Script> {
        if !character.is_alphabetic() {
            return None;
        }
        let point = u32::from(character);
        let holds = |&(low, high): &(u32, u32)| (low..=high).contains(&point);
        (0_u8..)
            .zip(&SCRIPTS)
            .find(|(_, (_, ranges))| ranges.iter().any(holds))
            .map(|(index, _)| Script(index))
    }

    /// The script of an English name, as in the Unicode Standard.
    pub(crate) fn named(name: &str) -> Option<Script> {
        (0_u8..).zip(&SCRIPTS).find(|(_, (known, _))| *known == name).map(|(index, _)| Script(index))
    }

    /// Every script, in the order of the table.
    pub(crate) fn all() -> impl Iterator<Item = Script> {
        (0_u8..).take(SCRIPT_COUNT).map(Script)
    }

    pub(crate) fn name(self) -> &'static str {
        SCRIPTS[self.index()].0
    }

    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_a_script_and_other_characters_have_none() {
        let cases = [
            ('a', Some("Latin")),
            ('ß', Some("Latin")),
            ('ы', Some("Cyrillic")),
            ('گ', Some("Arabic")),
            ('の', Some("Hiragana")),
            ('ー', Some("Katakana")),
            ('漢', Some("Han")),
            ('\u{20000}', Some("Han")),
            ('ก', Some("Thai")),
            ('한', Some("Hangul")),
            ('Ꭰ', Some("Other")),
            ('1', None),
            ('،', None),
            ('\u{200C}', None), // ZWNJ
            ('😀', None),
        ];
        for (character, name) in cases {
            assert_eq!(Script::of(character).map(Script::name), name, "{character}");
        }
    }

    #[test]
    fn constants_stand_where_the_table_has_them() {
        assert_eq!(Script::named("Latin"), Some(Script::LATIN));
        assert_eq!(Script::named("Han"), Some(Script::HAN));
    }

    #[test]
    fn names_lead_back_to_scripts() {
        for script in Script::all() {
            assert_eq!(Script::named(script.name()), Some(script));
        }
        assert_eq!(Script::named("latin"), None);
    }
}
