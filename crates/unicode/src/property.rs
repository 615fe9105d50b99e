//! What tokenizers ask of a character, all of it at one look: whether it is a letter, a number, a mark of punctuation.

use crate::tables::property::PROPERTY;

/// The properties of one character that tokenizers ask for.
///
/// ```
/// use unicode::Properties;
///
/// assert!(Properties::of('é').is_alphabetic() && Properties::of('é').is_lowercase());
/// assert!(Properties::of('½').is_number() && !Properties::of('½').is_alphanumeric());
/// assert!(Properties::of('₽').is_currency());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Properties(u16);

// Bits, in the order that scripts/gen-unicode numbers them.
const ALPHABETIC: u16 = 1;
const LOWERCASE: u16 = 1 << 1;
const WHITE_SPACE: u16 = 1 << 2;
const LOWERCASE_LETTER: u16 = 1 << 3;
const DECIMAL: u16 = 1 << 4;
const NUMBER: u16 = 1 << 5;
const PUNCTUATION: u16 = 1 << 6;
const SYMBOL: u16 = 1 << 7;
const CURRENCY: u16 = 1 << 8;

impl Properties {
    /// The properties of a character.
    #[must_use]
    pub fn of(character: char) -> Properties {
        Properties(PROPERTY.of(character))
    }

    /// The properties of the character that begins at `at`, and its length in bytes; an ill-formed subpart has those of
    /// U+FFFD.
    ///
    /// # Panics
    ///
    /// If `at` is not inside the text.
    ///
    /// ```
    /// use unicode::Properties;
    /// assert_eq!(Properties::at("a،".as_bytes(), 1), (Properties::of('،'), 2));
    /// ```
    #[inline]
    #[must_use]
    pub fn at(text: &[u8], at: usize) -> (Properties, usize) {
        let (bits, length) = PROPERTY.at(text, at);
        (Properties(bits), length)
    }

    /// Alphabetic: letters, letter numbers, and marks that are vowels; not viramas and accents.
    #[inline]
    #[must_use]
    pub fn is_alphabetic(self) -> bool {
        self.0 & ALPHABETIC != 0
    }

    /// Alphabetic, or of General_Category Nd: `alnum` of UTS #18, annex C.
    #[inline]
    #[must_use]
    pub fn is_alphanumeric(self) -> bool {
        self.0 & (ALPHABETIC | DECIMAL) != 0
    }

    /// Lowercase: small letters, and other characters that are small, as ª and ⓐ.
    #[inline]
    #[must_use]
    pub fn is_lowercase(self) -> bool {
        self.0 & LOWERCASE != 0
    }

    /// General_Category Ll.
    #[inline]
    #[must_use]
    pub fn is_lowercase_letter(self) -> bool {
        self.0 & LOWERCASE_LETTER != 0
    }

    /// White_Space.
    #[inline]
    #[must_use]
    pub fn is_white_space(self) -> bool {
        self.0 & WHITE_SPACE != 0
    }

    /// General_Category N: Nd, Nl, No.
    #[inline]
    #[must_use]
    pub fn is_number(self) -> bool {
        self.0 & NUMBER != 0
    }

    /// General_Category P.
    #[inline]
    #[must_use]
    pub fn is_punctuation(self) -> bool {
        self.0 & PUNCTUATION != 0
    }

    /// General_Category S.
    #[inline]
    #[must_use]
    pub fn is_symbol(self) -> bool {
        self.0 & SYMBOL != 0
    }

    /// General_Category Sc.
    #[inline]
    #[must_use]
    pub fn is_currency(self) -> bool {
        self.0 & CURRENCY != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::Category;
    use crate::space;

    #[test]
    fn categories_and_white_space_are_those_of_their_modules() {
        for character in '\0'..=char::MAX {
            let (properties, category) = (Properties::of(character), Category::of(character));
            let pairs = [
                (properties.is_lowercase_letter(), category == Category::LowercaseLetter),
                (properties.is_number(), category.is_number()),
                (properties.is_punctuation(), category.is_punctuation()),
                (properties.is_symbol(), category.is_symbol()),
                (properties.is_currency(), category == Category::CurrencySymbol),
                (properties.is_white_space(), space::is_white_space(character)),
            ];
            assert!(pairs.iter().all(|(bit, want)| bit == want), "{character:?}");
            let decimal = category == Category::DecimalNumber;
            assert_eq!(properties.is_alphanumeric(), properties.is_alphabetic() || decimal, "{character:?}");
        }
    }

    #[test]
    fn every_property_has_as_many_characters_as_in_the_database() {
        // "# Total code points" of DerivedCoreProperties.txt.
        let count = |has: fn(Properties) -> bool| {
            ('\0'..=char::MAX).filter(|&character| has(Properties::of(character))).count()
        };
        assert_eq!((count(Properties::is_alphabetic), count(Properties::is_lowercase)), (160254, 2740));
    }
}
