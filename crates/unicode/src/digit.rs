//! Decimal digits: the characters of General_Category Nd, and the sets of ten that they come in.

use crate::tables::digit::{DIGIT, SETS};

/// Ten digits of one kind, zero to nine at consecutive code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DigitSet(u8);

/// What users type for a set besides its name: languages, and older or plainer names.
const ALIASES: [(&str, &str); 20] = [
    ("ascii", "latn"),
    ("ar", "arab"),
    ("fa", "arabext"),
    ("ur", "arabext"),
    ("ps", "arabext"),
    ("hi", "deva"),
    ("mr", "deva"),
    ("ne", "deva"),
    ("bn", "beng"),
    ("as", "beng"),
    ("pa", "guru"),
    ("gu", "gujr"),
    ("or", "orya"),
    ("ta", "tamldec"),
    ("taml", "tamldec"),
    ("te", "telu"),
    ("kn", "knda"),
    ("ml", "mlym"),
    ("my", "mymr"),
    ("km", "khmr"),
];

impl DigitSet {
    /// `0` to `9`.
    pub const ASCII: DigitSet = DigitSet(0);

    /// Every set, in the order of code points.
    pub fn all() -> impl Iterator<Item = DigitSet> {
        (0..SETS.len() as u8).map(DigitSet)
    }

    /// The set and the value of a decimal digit; `None` for any other character.
    ///
    /// ```
    /// use unicode::DigitSet;
    /// let (set, value) = DigitSet::of('۷').expect("a Persian digit");
    /// assert_eq!((set.name(), set.zero(), value), ("arabext", '۰', 7));
    /// assert_eq!(DigitSet::of('²'), None);
    /// ```
    #[inline]
    pub fn of(character: char) -> Option<(DigitSet, u8)> {
        member(DIGIT.of(character), character as u8)
    }

    /// The set and the value of the digit that begins at `at`, if one does, and the length in bytes of the
    /// character there; an ill-formed subpart is no digit.
    ///
    /// # Panics
    ///
    /// If `at` is not inside the text.
    #[inline]
    pub fn at(text: &[u8], at: usize) -> (Option<(DigitSet, u8)>, usize) {
        let (number, length) = DIGIT.at(text, at);
        // No digit's last byte but in ASCII is that of its code point; its low six bits are.
        let last = text[at + length - 1];
        (member(number, last), length)
    }

    /// The set of a name: CLDR's name of a numbering system (`arabext`, `deva`), or one of the [aliases].
    ///
    /// [aliases]: DigitSet::aliases
    ///
    /// ```
    /// use unicode::DigitSet;
    /// assert_eq!(DigitSet::parse("fa"), DigitSet::parse("arabext"));
    /// assert_eq!(DigitSet::parse("ascii"), Some(DigitSet::ASCII));
    /// assert_eq!(DigitSet::parse("roman"), None);
    /// ```
    pub fn parse(name: &str) -> Option<DigitSet> {
        let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name);
        DigitSet::all().find(|set| set.name() == name)
    }

    /// Other names that [`parse`](DigitSet::parse) takes, each with the name that it stands for.
    pub fn aliases() -> &'static [(&'static str, &'static str)] {
        &ALIASES
    }

    /// CLDR's name of the numbering system.
    pub fn name(self) -> &'static str {
        SETS[usize::from(self.0)].1
    }

    /// The digit zero; the others follow it in order.
    pub fn zero(self) -> char {
        SETS[usize::from(self.0)].0
    }

    /// The digit of a value; `None` above nine.
    ///
    /// ```
    /// let fullwidth = unicode::DigitSet::parse("fullwide").expect("a set of CLDR");
    /// assert_eq!(fullwidth.digit(7), Some('７'));
    /// ```
    pub fn digit(self, value: u8) -> Option<char> {
        if value > 9 { None } else { char::from_u32(u32::from(self.zero()) + u32::from(value)) }
    }
}

/// The value of a decimal digit of any script.
///
/// ```
/// assert_eq!(unicode::digit::value('٣'), Some(3));
/// assert_eq!(unicode::digit::value('x'), None);
/// ```
#[inline]
pub fn value(character: char) -> Option<u8> {
    DigitSet::of(character).map(|(_, value)| value)
}

/// What the table says of a character, of whose code point the low six bits are enough.
#[inline(always)]
fn member(number: u8, low: u8) -> Option<(DigitSet, u8)> {
    let set = number.checked_sub(1)?;
    let zero = SETS[usize::from(set)].0;
    Some((DigitSet(set), low.wrapping_sub(zero as u8) & 0x3F))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Category;

    #[test]
    fn digits_are_the_decimal_numbers_and_sets_are_whole() {
        for character in '\0'..=char::MAX {
            let member = DigitSet::of(character);
            assert_eq!(member.is_some(), Category::of(character) == Category::DecimalNumber);
            assert_eq!(member.and_then(|(set, value)| set.digit(value)), member.map(|_| character));
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer).as_bytes();
            assert_eq!(DigitSet::at(text, 0), (member, text.len()));
        }
        for set in DigitSet::all() {
            for digit in 0..10 {
                assert_eq!(set.digit(digit).and_then(DigitSet::of), Some((set, digit)), "{}", set.name());
            }
            assert_eq!(set.digit(10), None);
        }
        assert_eq!(DigitSet::at(b"\xDB", 0), (None, 1));
    }

    #[test]
    fn every_name_means_one_set() {
        for set in DigitSet::all() {
            assert_eq!(DigitSet::parse(set.name()), Some(set));
        }
        for (alias, name) in DigitSet::aliases() {
            assert!(DigitSet::all().all(|set| set.name() != *alias), "{alias}");
            assert_eq!(DigitSet::parse(alias).map(DigitSet::name), Some(*name));
        }
        assert_eq!(DigitSet::all().next(), Some(DigitSet::ASCII));
        assert_eq!(DigitSet::ASCII.zero(), '0');
    }
}
