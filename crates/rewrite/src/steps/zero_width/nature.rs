//! What a neighbour is, as far as characters of zero width care.

use unicode::form::combining_class;
pub(super) use unicode::joining::is_cursive;
use unicode::{Category, JoiningType, Script, emoji, ignorable, joining};

/// The presentation forms of Arabic letters, which have a shape of their own and no joining type.
const PRESENTATION_FORMS: std::ops::RangeInclusive<char> = '\u{FB50}'..='\u{FEFC}';

/// The letter after which, in old Sorani text, ZWNJ makes U+06D5.
pub(super) const HEH: char = '\u{647}';

/// A mark that a joiner before or after it has to do with in the scripts of India and their kin: a virama, or a vowel
/// sign or nukta, which are not ordered among marks or before all others. Cursive scripts have marks of these classes
/// that joining looks through: they are none.
pub(super) fn is_sign(character: char) -> bool {
    matches!(combining_class(character), 0 | 7 | 9)
        && matches!(Category::of(character), Category::NonspacingMark | Category::SpacingMark)
        && !ignorable::is_default_ignorable(character)
        && !matches!(Script::of(character), Script::Adlam | Script::Arabic | Script::Mongolian)
}

pub(super) fn is_virama(character: char) -> bool {
    joining::is_virama(character)
}

pub(super) fn is_letter_or_mark(character: char) -> bool {
    let category = Category::of(character);
    category.is_letter() || category.is_mark()
}

pub(super) fn joins_following(character: char) -> bool {
    JoiningType::of(character).joins_following() || is_presentation_form(character)
}

pub(super) fn joins_preceding(character: char) -> bool {
    JoiningType::of(character).joins_preceding() || is_presentation_form(character)
}

/// Once such forms are letters again, a joiner beside them has a meaning.
fn is_presentation_form(character: char) -> bool {
    PRESENTATION_FORMS.contains(&character) && is_cursive(character)
}

/// A letter or number.
pub(super) fn is_wordly(character: char) -> bool {
    let category = Category::of(character);
    category.is_letter() || category.is_number()
}

/// What a suffix can be put to, besides letters and numbers: a closing bracket or quotation mark, a symbol.
pub(super) fn is_closing(character: char) -> bool {
    let category = Category::of(character);
    matches!(category, Category::ClosePunctuation | Category::FinalPunctuation)
        || (category.is_symbol() && character != char::REPLACEMENT_CHARACTER)
        || matches!(character, '"' | '\'' | '#' | '%' | '\u{66A}') // ARABIC PERCENT SIGN
}

/// What ZWJ may follow in a sequence of pictures.
pub(super) fn ends_picture(character: char) -> bool {
    emoji::is_pictographic(character) || emoji::is_modifier(character)
}

pub(super) fn is_picture(character: char) -> bool {
    emoji::is_pictographic(character)
}

/// A character of a script that does not put spaces between words, where ZERO WIDTH SPACE shows where one ends.
pub(super) fn is_written_without_spaces(character: char) -> bool {
    matches!(
        Script::of(character),
        Script::Ahom
            | Script::Balinese
            | Script::Bopomofo
            | Script::Han
            | Script::Hiragana
            | Script::Javanese
            | Script::Katakana
            | Script::Khmer
            | Script::Lao
            | Script::Myanmar
            | Script::NewTaiLue
            | Script::TaiLe
            | Script::TaiTham
            | Script::TaiViet
            | Script::Thai
            | Script::Tibetan
            | Script::Yi
    )
}

/// Whether a text holds a letter that of all languages written in Arabic letters Sorani is known by.
pub(super) fn is_sorani(text: &[u8]) -> bool {
    // AE, YEH WITH SMALL V, OE, LAM WITH SMALL V, REH WITH SMALL V BELOW; no character ends in their first byte.
    text.windows(2)
        .any(|pair| matches!(pair, [0xDB, 0x95] | [0xDB, 0x8E] | [0xDB, 0x86] | [0xDA, 0xB5] | [0xDA, 0x95]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_no_marks_that_joining_looks_through() {
        // A script that has letters of both kinds would need its signs looked at, as Adlam, Arabic and Mongolian did.
        let cursive: Vec<Script> = ('\0'..=char::MAX)
            .filter(|&character| JoiningType::of(character) == JoiningType::DualJoining)
            .map(Script::of)
            .collect();
        let signs = ('\0'..=char::MAX).filter(|&character| is_sign(character));
        let both: Vec<char> = signs.filter(|&sign| cursive.contains(&Script::of(sign))).collect();
        assert_eq!(both, []);
    }

    #[test]
    fn sorani_is_known_by_its_letters() {
        assert!(is_sorani("کوردستان گەورە".as_bytes()));
        assert!(!is_sorani("ایران، پاکستان اور بلوچستان؛ جمهورية".as_bytes()));
    }
}
