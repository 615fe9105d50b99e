//! What the known patterns ask of a character: is it a letter, a number, a space?

use unicode::Category;

/// Classes of a character, as bits.
pub(crate) type Class = u8;

/// `\p{L}`.
pub(crate) const LETTER: Class = 1;
/// `\p{N}`.
pub(crate) const NUMBER: Class = 2;
/// `\s`: White_Space.
pub(crate) const SPACE: Class = 4;
/// `[\r\n]`.
pub(crate) const NEWLINE: Class = 8;
/// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`.
pub(crate) const UPPER: Class = 16;
/// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`.
pub(crate) const LOWER: Class = 32;

const ASCII: [Class; 128] = {
    let mut classes = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'A'..=b'Z' => LETTER | UPPER,
            b'a'..=b'z' => LETTER | LOWER,
            b'0'..=b'9' => NUMBER,
            b'\r' | b'\n' => SPACE | NEWLINE,
            b' ' | b'\t' | 0x0B | 0x0C => SPACE,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// The class of an ASCII byte.
#[inline(always)]
pub(crate) fn of_ascii(byte: u8) -> Class {
    ASCII[usize::from(byte & 0x7F)]
}

/// The class and the length in bytes of the character at a place inside the text; an ill-formed subpart is as
/// U+FFFD.
#[inline(always)]
pub(crate) fn at(text: &[u8], at: usize) -> (Class, usize) {
    let first = text[at];
    if first < 0x80 { (of_ascii(first), 1) } else { beyond_ascii(text, at) }
}

#[inline]
fn beyond_ascii(text: &[u8], at: usize) -> (Class, usize) {
    let (category, length) = Category::at(text, at);
    let class = match category {
        Category::UppercaseLetter | Category::TitlecaseLetter => LETTER | UPPER,
        Category::LowercaseLetter => LETTER | LOWER,
        Category::ModifierLetter | Category::OtherLetter => LETTER | UPPER | LOWER,
        Category::NonspacingMark | Category::SpacingMark | Category::EnclosingMark => UPPER | LOWER,
        Category::DecimalNumber | Category::LetterNumber | Category::OtherNumber => NUMBER,
        Category::SpaceSeparator | Category::LineSeparator | Category::ParagraphSeparator => SPACE,
        Category::Control if text[at..].starts_with("\u{85}".as_bytes()) => SPACE, // NEL
        _ => 0,
    };
    (class, length)
}

/// The end of the run of characters from `at` on that have one of the classes.
#[inline(always)]
pub(crate) fn run(text: &[u8], mut at: usize, classes: Class) -> usize {
    while at < text.len() {
        let (class, length) = self::at(text, at);
        if class & classes == 0 {
            break;
        }
        at += length;
    }
    at
}

/// The end of the run of characters from `at` on that have none of the classes.
#[inline(always)]
pub(crate) fn run_without(text: &[u8], mut at: usize, classes: Class) -> usize {
    while at < text.len() {
        let (class, length) = self::at(text, at);
        if class & classes != 0 {
            break;
        }
        at += length;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_those_of_the_white_space_property() {
        for character in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let (class, _) = at(character.encode_utf8(&mut buffer).as_bytes(), 0);
            assert_eq!(class & SPACE != 0, unicode::space::is_white_space(character), "{character:?}");
        }
    }
}
