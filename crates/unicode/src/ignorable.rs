//! Characters that have no shape of their own or must not be exchanged: ignorable ones, bidi controls, variation
//! selectors, tags, noncharacters.

use crate::tables::ignorable::IGNORABLE;

// Bits, in the order that scripts/gen-unicode numbers them.
const DEFAULT_IGNORABLE: u8 = 1;
const BIDI_CONTROL: u8 = 1 << 1;
const VARIATION_SELECTOR: u8 = 1 << 2;
const NONCHARACTER: u8 = 1 << 3;

/// Default_Ignorable_Code_Point: shows nothing where it is not supported, as SOFT HYPHEN, ZWNJ and unassigned
/// code points that are reserved for such characters.
///
/// ```
/// assert!(unicode::ignorable::is_default_ignorable('\u{AD}')); // SOFT HYPHEN
/// assert!(!unicode::ignorable::is_default_ignorable('\u{A0}')); // NO-BREAK SPACE
/// ```
pub fn is_default_ignorable(character: char) -> bool {
    has(character, DEFAULT_IGNORABLE)
}

/// Bidi_Control: marks, embeddings, overrides and isolates of UAX #9, U+061C among them.
///
/// ```
/// assert!(unicode::ignorable::is_bidi_control('\u{200F}')); // RIGHT-TO-LEFT MARK
/// assert!(!unicode::ignorable::is_bidi_control('\u{200D}')); // ZWJ
/// ```
pub fn is_bidi_control(character: char) -> bool {
    has(character, BIDI_CONTROL)
}

/// VARIATION SELECTOR-1 to -256. The Mongolian ones stand apart: [`is_mongolian_variation_selector`].
///
/// ```
/// assert!(unicode::ignorable::is_variation_selector('\u{FE0F}')); // VARIATION SELECTOR-16
/// ```
pub fn is_variation_selector(character: char) -> bool {
    has(character, VARIATION_SELECTOR) && !is_mongolian_variation_selector(character)
}

/// MONGOLIAN FREE VARIATION SELECTOR ONE to FOUR, which are letters' shapes and part of the spelling.
pub fn is_mongolian_variation_selector(character: char) -> bool {
    matches!(character, '\u{180B}'..='\u{180D}' | '\u{180F}')
}

/// The tag characters U+E0020 to U+E007F, and the deprecated LANGUAGE TAG U+E0001.
///
/// ```
/// assert!(unicode::ignorable::is_tag('\u{E0067}')); // TAG LATIN SMALL LETTER G
/// ```
pub fn is_tag(character: char) -> bool {
    matches!(character, '\u{E0001}' | '\u{E0020}'..='\u{E007F}')
}

/// Noncharacter_Code_Point: U+FDD0 to U+FDEF and the last two code points of each plane.
///
/// ```
/// assert!(unicode::ignorable::is_noncharacter('\u{FFFE}'));
/// assert!(!unicode::ignorable::is_noncharacter('\u{FFFD}'));
/// ```
pub fn is_noncharacter(character: char) -> bool {
    has(character, NONCHARACTER)
}

#[inline]
fn has(character: char, bit: u8) -> bool {
    IGNORABLE.of(character) & bit != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Category;

    type Property = fn(char) -> bool;

    #[test]
    fn there_are_as_many_of_each_as_the_files_say() {
        // The totals that stand in DerivedCoreProperties.txt and PropList.txt.
        let totals: [(Property, usize); 5] = [
            (is_default_ignorable, 4174),
            (is_bidi_control, 12),
            (is_variation_selector, 256),
            (is_mongolian_variation_selector, 4),
            (is_noncharacter, 66),
        ];
        for (place, (is_member, total)) in totals.into_iter().enumerate() {
            let count = ('\0'..=char::MAX).filter(|&character| is_member(character)).count();
            assert_eq!(count, total, "property {place}");
        }
    }

    #[test]
    fn tags_are_the_format_characters_of_their_block() {
        for character in '\u{E0000}'..='\u{E007F}' {
            assert_eq!(is_tag(character), Category::of(character) == Category::Format, "{character:?}");
        }
        assert!(('\0'..=char::MAX).all(|character| {
            let selects = is_variation_selector(character) || is_mongolian_variation_selector(character);
            !(is_tag(character) || is_bidi_control(character) || selects) || is_default_ignorable(character)
        }));
    }
}
