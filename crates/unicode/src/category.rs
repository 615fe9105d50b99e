//! General categories: the General_Category property of UAX #44.

use std::fmt;

use crate::tables::category::{CATEGORIES, CATEGORY, NAMES};

pub use crate::tables::category::Category;

impl Category {
    /// Every value, in the order of UAX #44, table 12.
    pub const ALL: &'static [Category] = &CATEGORIES;

    /// The general category of a character; Unassigned (`Cn`) if it is none.
    ///
    /// ```
    /// use unicode::Category;
    /// assert_eq!(Category::of('ک'), Category::OtherLetter);
    /// assert_eq!(Category::of('\u{200C}').code(), "Cf"); // ZWNJ
    /// ```
    #[inline]
    pub fn of(character: char) -> Category {
        from_number(CATEGORY.of(character))
    }

    /// The category of the character that begins at `at`, and its length in bytes; an ill-formed subpart has
    /// that of U+FFFD, `So`.
    ///
    /// # Panics
    ///
    /// If `at` is not inside the text.
    ///
    /// ```
    /// use unicode::Category;
    /// assert_eq!(Category::at("a،".as_bytes(), 1), (Category::OtherPunctuation, 2));
    /// ```
    #[inline]
    pub fn at(text: &[u8], at: usize) -> (Category, usize) {
        let (number, length) = CATEGORY.at(text, at);
        (from_number(number), length)
    }

    /// The long name: `Uppercase_Letter`.
    pub fn name(self) -> &'static str {
        NAMES[self as usize].0
    }

    /// The code of two letters: `Lu`.
    pub fn code(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// The category with a code, written exactly.
    ///
    /// ```
    /// use unicode::Category;
    /// assert_eq!(Category::from_code("Nd"), Some(Category::DecimalNumber));
    /// assert_eq!(Category::from_code("nd"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Category> {
        CATEGORIES.iter().copied().find(|category| category.code() == code)
    }

    /// `L`: Lu, Ll, Lt, Lm, Lo.
    pub fn is_letter(self) -> bool {
        self <= Category::OtherLetter
    }

    /// `M`: Mn, Mc, Me.
    pub fn is_mark(self) -> bool {
        (Category::NonspacingMark..=Category::EnclosingMark).contains(&self)
    }

    /// `N`: Nd, Nl, No.
    pub fn is_number(self) -> bool {
        (Category::DecimalNumber..=Category::OtherNumber).contains(&self)
    }

    /// `P`: Pc, Pd, Ps, Pe, Pi, Pf, Po.
    pub fn is_punctuation(self) -> bool {
        (Category::ConnectorPunctuation..=Category::OtherPunctuation).contains(&self)
    }

    /// `S`: Sm, Sc, Sk, So.
    pub fn is_symbol(self) -> bool {
        (Category::MathSymbol..=Category::OtherSymbol).contains(&self)
    }

    /// `Z`: Zs, Zl, Zp.
    pub fn is_separator(self) -> bool {
        (Category::SpaceSeparator..=Category::ParagraphSeparator).contains(&self)
    }

    /// `C`: Cc, Cf, Cs, Co, Cn. Controls alone are [`Category::Control`].
    pub fn is_other(self) -> bool {
        self >= Category::Control
    }
}

impl fmt::Display for Category {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

fn from_number(number: u8) -> Category {
    CATEGORIES[usize::from(number)]
}

/// A letter, a mark, a digit, `_`, ZWNJ or ZWJ: what makes a word of what it touches.
///
/// ```
/// use unicode::category::is_word_character;
/// assert!(['a', '_', '۱', '\u{200C}', '\u{64E}'].into_iter().all(is_word_character)); // ZWNJ, FATHA
/// assert!(!['-', ' ', '،', '½'].into_iter().any(is_word_character));
/// ```
pub fn is_word_character(character: char) -> bool {
    match character {
        '\0'..'\u{80}' => character.is_ascii_alphanumeric() || character == '_',
        '\u{200C}' | '\u{200D}' => true, // ZWNJ, ZWJ
        _ => {
            let category = Category::of(character);
            category.is_letter() || category.is_mark() || category == Category::DecimalNumber
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code points of each category, counted in UnicodeData.txt, the rest of its file being Cn.
    const COUNTS: [(&str, usize); 30] = [
        ("Lu", 1906),
        ("Ll", 2366),
        ("Lt", 31),
        ("Lm", 473),
        ("Lo", 153396),
        ("Mn", 2090),
        ("Mc", 477),
        ("Me", 13),
        ("Nd", 770),
        ("Nl", 562),
        ("No", 915),
        ("Pc", 10),
        ("Pd", 27),
        ("Ps", 80),
        ("Pe", 78),
        ("Pi", 12),
        ("Pf", 10),
        ("Po", 643),
        ("Sm", 1005),
        ("Sc", 67),
        ("Sk", 127),
        ("So", 7561),
        ("Zs", 17),
        ("Zl", 1),
        ("Zp", 1),
        ("Cc", 65),
        ("Cf", 170),
        ("Cs", 2048),
        ("Co", 137468),
        ("Cn", 801723),
    ];

    #[test]
    fn every_category_has_as_many_characters_as_in_the_database() {
        let mut counts = [0; COUNTS.len()];
        for character in '\0'..=char::MAX {
            counts[Category::of(character) as usize] += 1;
        }
        for (category, (code, count)) in Category::ALL.iter().zip(COUNTS) {
            // No character is a surrogate.
            let want = if code == "Cs" { 0 } else { count };
            assert_eq!((category.code(), counts[*category as usize]), (code, want));
            assert_eq!(Category::from_code(code), Some(*category));
        }
    }

    #[test]
    fn a_category_is_in_the_group_of_its_first_letter() {
        for category in Category::ALL {
            let groups = [
                (category.is_letter(), 'L'),
                (category.is_mark(), 'M'),
                (category.is_number(), 'N'),
                (category.is_punctuation(), 'P'),
                (category.is_symbol(), 'S'),
                (category.is_separator(), 'Z'),
                (category.is_other(), 'C'),
            ];
            for (is_member, letter) in groups {
                assert_eq!(is_member, category.code().starts_with(letter), "{category}");
            }
        }
    }

    #[test]
    fn bytes_and_characters_agree() {
        for character in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer).as_bytes();
            assert_eq!(Category::at(text, 0), (Category::of(character), text.len()));
        }
        assert_eq!(Category::at(b"\xE2\x80", 0), (Category::OtherSymbol, 2));
    }
}
