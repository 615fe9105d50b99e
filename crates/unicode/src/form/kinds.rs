//! Kinds of compatibility mappings, and sets of them.

use std::fmt;
use std::ops::{BitOr, Not};

use crate::tables::form::KIND;

/// What a compatibility mapping takes away, by the tags of UnicodeData.txt, field 5 (UAX #44, table 14).
///
/// Two kinds stand apart from the tags that they have there, because who wants one rarely wants the other:
/// [`Phrase`](Compatibility::Phrase) from `<isolated>`, [`Spacing`](Compatibility::Spacing) from `<isolated>`
/// and `<compat>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compatibility {
    /// A font variant: `ℝ`, `𝐀`.
    Font,
    /// A space or hyphen where no line may break: U+00A0.
    NoBreak,
    /// An initial presentation form of Arabic.
    Initial,
    /// A medial presentation form of Arabic.
    Medial,
    /// A final presentation form of Arabic.
    Final,
    /// An isolated presentation form of Arabic, ligatures such as lam and alef included.
    Isolated,
    /// A ligature of a whole word or phrase, U+FDF0 to U+FDFD: `ﷲ`, `ﷺ`, `﷼`.
    Phrase,
    /// Within a circle: `①`.
    Circle,
    /// Superscript: `²`.
    Super,
    /// Subscript: `₂`.
    Sub,
    /// A form for vertical layout: `︵`.
    Vertical,
    /// Full width, as of U+FF01 to U+FF5E.
    Wide,
    /// Half width, as of U+FF66 to U+FF9D.
    Narrow,
    /// A small form: `﹐`.
    Small,
    /// Letters in a square: `㎏`.
    Square,
    /// A vulgar fraction: `½`.
    Fraction,
    /// Any other: `ﬁ`, `…`, `Ⅳ`, spaces of many widths.
    Compat,
    /// A mark that stands alone, which the mapping makes a space and a mark: `´`, `¨`, U+FC5E, U+FE70.
    Spacing,
}

use Compatibility::{
    Circle, Compat, Final, Font, Fraction, Initial, Isolated, Medial, Narrow, NoBreak, Phrase, Small,
    Spacing, Square, Sub, Super, Vertical, Wide,
};

impl Compatibility {
    /// Every kind, in the order of the enum.
    pub const ALL: [Compatibility; 18] = [
        Font, NoBreak, Initial, Medial, Final, Isolated, Phrase, Circle, Super, Sub, Vertical, Wide, Narrow,
        Small, Square, Fraction, Compat, Spacing,
    ];

    /// The kind of a character's compatibility mapping, if it has one.
    ///
    /// A character whose mapping is canonical has none, even if what it maps to has: U+0385 is U+00A8 with an
    /// accent, and U+00A8 alone is [`Spacing`](Compatibility::Spacing).
    ///
    /// ```
    /// use unicode::Compatibility;
    /// assert_eq!(Compatibility::of('²'), Some(Compatibility::Super));
    /// assert_eq!(Compatibility::of('\u{FEFB}'), Some(Compatibility::Isolated)); // LAM WITH ALEF
    /// assert_eq!(Compatibility::of('é'), None);
    /// ```
    pub fn of(character: char) -> Option<Compatibility> {
        from_number(KIND.of(character))
    }

    /// The name that users type: that of the tag in lower case, `phrase` or `spacing`.
    pub fn name(self) -> &'static str {
        match self {
            Font => "font",
            NoBreak => "nobreak",
            Initial => "initial",
            Medial => "medial",
            Final => "final",
            Isolated => "isolated",
            Phrase => "phrase",
            Circle => "circle",
            Super => "super",
            Sub => "sub",
            Vertical => "vertical",
            Wide => "wide",
            Narrow => "narrow",
            Small => "small",
            Square => "square",
            Fraction => "fraction",
            Compat => "compat",
            Spacing => "spacing",
        }
    }

    /// The kind of a [name](Compatibility::name).
    ///
    /// ```
    /// use unicode::Compatibility;
    /// assert_eq!(Compatibility::parse("wide"), Some(Compatibility::Wide));
    /// assert_eq!(Compatibility::parse("Wide"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Compatibility> {
        Compatibility::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Compatibility {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The kind that a value of the table says, whose high bit is not part of it.
fn from_number(value: u8) -> Option<Compatibility> {
    let place = (value & !HAS_STEP).checked_sub(1)?;
    Some(Compatibility::ALL[usize::from(place)])
}

/// Bit of a value in `KIND`: the mapping holds characters that have one themselves.
pub(super) const HAS_STEP: u8 = 0x80;

/// A set of kinds of compatibility mappings.
///
/// ```
/// use unicode::{Compatibility, Kinds};
/// let kept: Kinds = [Compatibility::Super, Compatibility::Sub].into_iter().collect();
/// assert!(!(!kept).contains(Compatibility::Super));
/// assert_eq!(kept | !kept, Kinds::ALL);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Kinds(u32);

impl Kinds {
    /// No kind: canonical mappings alone.
    pub const NONE: Kinds = Kinds(0);

    /// Every kind: what NFKC and NFKD apply.
    pub const ALL: Kinds = Kinds((1 << Compatibility::ALL.len()) - 1);

    /// The presentation forms of Arabic letters and their ligatures: initial, medial, final, isolated.
    ///
    /// Phrases such as U+FDFA stay, since eighteen letters are not what its reader sees, and so do marks on a
    /// space, U+FC5E to U+FC63 and those of U+FE70 to U+FE7F, since their mappings bring spaces into words.
    pub const ARABIC_LETTERS: Kinds =
        Kinds(1 << Initial as u32 | 1 << Medial as u32 | 1 << Final as u32 | 1 << Isolated as u32);

    /// Whether a kind is in the set.
    #[inline]
    pub fn contains(self, kind: Compatibility) -> bool {
        self.0 >> kind as u32 & 1 != 0
    }

    /// The kinds of the set, in the order of [`Compatibility::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Compatibility> {
        Compatibility::ALL.into_iter().filter(move |&kind| self.contains(kind))
    }

    /// Whether the set has the kind that a value of the table says; not, if it says none.
    #[inline(always)]
    pub(super) fn has_value(self, value: u8) -> bool {
        // Value 0, no kind, is the lowest of the shifted bits, which is never set.
        self.0 << 1 >> (value & !HAS_STEP) & 1 != 0
    }
}

impl FromIterator<Compatibility> for Kinds {
    fn from_iter<I: IntoIterator<Item = Compatibility>>(kinds: I) -> Kinds {
        Kinds(kinds.into_iter().fold(0, |bits, kind| bits | 1 << kind as u32))
    }
}

impl BitOr for Kinds {
    type Output = Kinds;

    fn bitor(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
}

impl Not for Kinds {
    type Output = Kinds;

    fn not(self) -> Kinds {
        Kinds(!self.0 & Kinds::ALL.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Form;

    #[test]
    fn kinds_and_names_agree() {
        for (place, kind) in Compatibility::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, place);
            assert_eq!(Compatibility::parse(kind.name()), Some(kind));
            assert_eq!(Kinds::from_iter([kind]).iter().collect::<Vec<_>>(), [kind]);
            assert!(Kinds::ALL.contains(kind) && !Kinds::NONE.contains(kind));
            assert_eq!(
                Kinds::ALL.has_value(place as u8 + 1),
                Kinds::from_iter([kind]).has_value(place as u8 + 1)
            );
        }
        assert!(!Kinds::ALL.has_value(0));
    }

    #[test]
    fn there_are_as_many_of_each_as_in_the_database() {
        let count =
            |wanted| ('\0'..=char::MAX).filter(|&each| Compatibility::of(each) == Some(wanted)).count();
        // Counted in UnicodeData.txt by tag; the kinds that stand apart are added to where they come from.
        let (phrases, spacings) = (count(Phrase), count(Spacing));
        assert_eq!((phrases, spacings), (13, 34));
        assert_eq!(count(Isolated) + count(Compat) + phrases + spacings, 238 + 721);
        let counts = [Font, NoBreak, Initial, Medial, Final, Circle, Super, Sub].map(count);
        assert_eq!(counts, [1231, 5, 171, 82, 240, 240, 308, 68]);
        let counts = [Vertical, Wide, Narrow, Small, Square, Fraction].map(count);
        assert_eq!(counts, [39, 104, 122, 26, 286, 20]);
    }

    #[test]
    fn who_has_a_kind_changes_under_nfkd_and_not_under_nfd() {
        for character in ('\0'..=char::MAX).filter(|&each| Compatibility::of(each).is_some()) {
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer).as_bytes();
            assert!(Form::Nfd.is_normalized(text) && !Form::Nfkd.is_normalized(text), "{character:?}");
        }
    }
}
