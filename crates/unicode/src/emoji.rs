//! Emoji: the properties of characters in emoji-data.txt (UTS #51, section 1.4).

use crate::tables::emoji::EMOJI;

// Bits, in the order that scripts/gen-unicode numbers them.
const IS_EMOJI: u8 = 1;
const PRESENTATION: u8 = 1 << 1;
const MODIFIER: u8 = 1 << 2;
const MODIFIER_BASE: u8 = 1 << 3;
const PICTOGRAPHIC: u8 = 1 << 4;

/// Emoji: may be shown as a picture; digits, `#` and `*` are among them.
///
/// ```
/// assert!(unicode::emoji::is_emoji('7'));
/// assert!(!unicode::emoji::is_emoji('x'));
/// ```
pub fn is_emoji(character: char) -> bool {
    has(character, IS_EMOJI)
}

/// Emoji_Presentation: shown as a picture unless U+FE0E asks for text.
///
/// ```
/// assert!(unicode::emoji::has_emoji_presentation('😀'));
/// assert!(!unicode::emoji::has_emoji_presentation('❤'));
/// ```
pub fn has_emoji_presentation(character: char) -> bool {
    has(character, PRESENTATION)
}

/// Emoji_Modifier: the five skin tones, U+1F3FB to U+1F3FF.
pub fn is_modifier(character: char) -> bool {
    has(character, MODIFIER)
}

/// Emoji_Modifier_Base: may be followed by a skin tone.
///
/// ```
/// assert!(unicode::emoji::is_modifier_base('👍'));
/// ```
pub fn is_modifier_base(character: char) -> bool {
    has(character, MODIFIER_BASE)
}

/// Extended_Pictographic: a picture, assigned or reserved for one; what ZWJ sequences are made of.
///
/// ```
/// assert!(unicode::emoji::is_pictographic('❤'));
/// assert!(!unicode::emoji::is_pictographic('7'));
/// ```
pub fn is_pictographic(character: char) -> bool {
    has(character, PICTOGRAPHIC)
}

#[inline]
fn has(character: char, bit: u8) -> bool {
    EMOJI.of(character) & bit != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    type Property = fn(char) -> bool;

    #[test]
    fn there_are_as_many_of_each_as_the_file_says() {
        // The totals that stand in emoji-data.txt.
        let totals: [(Property, usize); 5] = [
            (is_emoji, 1447),
            (has_emoji_presentation, 1228),
            (is_modifier, 5),
            (is_modifier_base, 136),
            (is_pictographic, 2830),
        ];
        for (place, (is_member, total)) in totals.into_iter().enumerate() {
            let count = ('\0'..=char::MAX).filter(|&character| is_member(character)).count();
            assert_eq!(count, total, "property {place}");
        }
    }
}
