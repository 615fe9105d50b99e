//! Cursive joining: the Joining_Type property (The Unicode Standard, section 9.2), and viramas.

use crate::category::Category;
use crate::form::combining_class;
use crate::script::Script;
use crate::tables::joining::JOINING;

/// How a character joins its neighbours in a cursive script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JoiningType {
    /// `U`: joins neither side; every character without another type.
    NonJoining,
    /// `C`: makes both neighbours join without a form of its own, as tatweel and ZWJ.
    JoinCausing,
    /// `T`: marks and format characters, which joining looks through.
    Transparent,
    /// `D`: joins both sides, as beh.
    DualJoining,
    /// `L`: joins what follows it in logical order; none in Arabic.
    LeftJoining,
    /// `R`: joins what precedes it in logical order, as alef, dal, re and vav.
    RightJoining,
}

impl JoiningType {
    /// Every type, in the order of the enum.
    pub const ALL: [JoiningType; 6] = [
        JoiningType::NonJoining,
        JoiningType::JoinCausing,
        JoiningType::Transparent,
        JoiningType::DualJoining,
        JoiningType::LeftJoining,
        JoiningType::RightJoining,
    ];

    /// The joining type of a character.
    ///
    /// ```
    /// use unicode::JoiningType;
    /// assert_eq!(JoiningType::of('ی'), JoiningType::DualJoining);
    /// assert_eq!(JoiningType::of('ا'), JoiningType::RightJoining);
    /// assert_eq!(JoiningType::of('\u{200C}'), JoiningType::NonJoining); // ZWNJ
    /// ```
    #[inline]
    pub fn of(character: char) -> JoiningType {
        from_number(JOINING.of(character))
    }

    /// The joining type of the character that begins at `at`, and its length in bytes; an ill-formed subpart
    /// is non-joining.
    ///
    /// # Panics
    ///
    /// If `at` is not inside the text.
    #[inline]
    pub fn at(text: &[u8], at: usize) -> (JoiningType, usize) {
        let (number, length) = JOINING.at(text, at);
        (from_number(number), length)
    }

    /// The code of one letter: `D`.
    pub fn code(self) -> char {
        match self {
            JoiningType::NonJoining => 'U',
            JoiningType::JoinCausing => 'C',
            JoiningType::Transparent => 'T',
            JoiningType::DualJoining => 'D',
            JoiningType::LeftJoining => 'L',
            JoiningType::RightJoining => 'R',
        }
    }

    /// Whether the character can join the one after it: L, D and C.
    pub fn joins_following(self) -> bool {
        matches!(self, JoiningType::LeftJoining | JoiningType::DualJoining | JoiningType::JoinCausing)
    }

    /// Whether the character can join the one before it: R, D and C.
    pub fn joins_preceding(self) -> bool {
        matches!(self, JoiningType::RightJoining | JoiningType::DualJoining | JoiningType::JoinCausing)
    }
}

/// Whether the character is a virama in the sense of RFC 5892, appendix A: its combining class is 9.
///
/// ```
/// assert!(unicode::joining::is_virama('\u{94D}')); // DEVANAGARI SIGN VIRAMA
/// assert!(!unicode::joining::is_virama('\u{93C}')); // DEVANAGARI SIGN NUKTA
/// ```
#[inline]
pub fn is_virama(character: char) -> bool {
    combining_class(character) == 9
}

#[inline(always)]
fn from_number(number: u8) -> JoiningType {
    JoiningType::ALL[usize::from(number)]
}

/// A letter of a script whose letters join: one that joins, or any of Arabic script.
///
/// ```
/// assert!(unicode::joining::is_cursive('ب') && unicode::joining::is_cursive('ء'));
/// assert!(!unicode::joining::is_cursive('a') && !unicode::joining::is_cursive('\u{200C}')); // ZWNJ
/// ```
pub fn is_cursive(character: char) -> bool {
    Category::of(character).is_letter()
        && (JoiningType::of(character) != JoiningType::NonJoining || Script::of(character) == Script::Arabic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Category;

    #[test]
    fn types_and_numbers_agree() {
        for (place, joining) in JoiningType::ALL.iter().enumerate() {
            assert_eq!(*joining as usize, place);
        }
    }

    #[test]
    fn what_the_file_does_not_list_is_as_its_category_says() {
        // ArabicShaping.txt: unlisted characters are T if Mn, Me or Cf, else U.
        let marks = [Category::NonspacingMark, Category::EnclosingMark, Category::Format];
        let mut unlike = String::new();
        for character in '\0'..=char::MAX {
            let (joining, is_mark) = (JoiningType::of(character), marks.contains(&Category::of(character)));
            if joining == JoiningType::Transparent && !is_mark {
                unlike.push(character);
            }
            if joining != JoiningType::Transparent && is_mark {
                unlike.push(character);
            }
        }
        let want = concat!(
            "\u{600}\u{601}\u{602}\u{603}\u{604}\u{605}\u{6DD}\u{890}\u{891}\u{8E2}\u{180E}",
            "\u{200C}\u{200D}\u{2066}\u{2067}\u{2068}\u{2069}\u{110BD}\u{110CD}\u{1E94B}"
        );
        assert_eq!(unlike, want);
    }

    #[test]
    fn letters_of_persian_join_as_they_are_written() {
        let right_joining: String = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
            .chars()
            .filter(|&letter| JoiningType::of(letter).code() == 'R')
            .collect();
        assert_eq!(right_joining, "آادذرزژو");
        assert_eq!(JoiningType::of('\u{640}').code(), 'C'); // TATWEEL
        assert_eq!(JoiningType::of('\u{200D}').code(), 'C'); // ZWJ
        assert_eq!(JoiningType::of('ء').code(), 'U');
        assert_eq!(JoiningType::at("ب".as_bytes(), 0), (JoiningType::DualJoining, 2));
        assert_eq!(JoiningType::at(b"\xD8", 0), (JoiningType::NonJoining, 1));
    }

    #[test]
    fn viramas_are_those_of_the_database() {
        assert_eq!(('\0'..=char::MAX).filter(|&character| is_virama(character)).count(), 69);
    }
}
