//! Case: full lower case, upper case and case folding, in the ways of a locale.

mod context;
mod convert;
mod greek;
mod plan;

use std::fmt;
use std::ops::Range;

use convert::Converter;

/// What becomes of letters that have a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// Small letters: toLowercase (The Unicode Standard, section 3.13, R2).
    Lower,
    /// Capital letters: toUppercase (R1).
    Upper,
    /// What texts that differ in case alone have in common: toCasefold (R4), full (C and F).
    Fold,
}

impl Case {
    /// Every case, in the order of the enum.
    pub const ALL: [Case; 3] = [Case::Lower, Case::Upper, Case::Fold];

    /// The name that users type.
    pub fn name(self) -> &'static str {
        match self {
            Case::Lower => "lower",
            Case::Upper => "upper",
            Case::Fold => "fold",
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Whose rules of case are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseLocale {
    /// No language's own: UnicodeData.txt, the unconditional part of SpecialCasing.txt, and Final_Sigma.
    Root,
    /// Turkish and Azerbaijani: i and İ, ı and I are pairs, in folding too (CaseFolding.txt, T).
    Turkic,
    /// Lithuanian: i and j keep a dot below an accent; it goes with upper case.
    Lithuanian,
    /// Greek: upper case is written without accents, as CLDR's `el-Upper` has it. Lower case and folding are
    /// those of the root.
    Greek,
}

impl CaseLocale {
    /// Every locale, in the order of the enum.
    pub const ALL: [CaseLocale; 4] =
        [CaseLocale::Root, CaseLocale::Turkic, CaseLocale::Lithuanian, CaseLocale::Greek];

    /// The languages that [`parse`](CaseLocale::parse) knows, for messages.
    pub const NAMES: [&'static str; 5] = ["root", "tr", "az", "lt", "el"];

    /// The locale of a language's code, or of `root`.
    ///
    /// ```
    /// use unicode::CaseLocale;
    /// assert_eq!(CaseLocale::parse("az"), Some(CaseLocale::Turkic));
    /// assert_eq!(CaseLocale::parse("fa"), None);
    /// ```
    pub fn parse(name: &str) -> Option<CaseLocale> {
        match name {
            "root" => Some(CaseLocale::Root),
            "tr" | "az" => Some(CaseLocale::Turkic),
            "lt" => Some(CaseLocale::Lithuanian),
            "el" => Some(CaseLocale::Greek),
            _ => None,
        }
    }
}

/// A case in the way of a locale.
///
/// The text given is the whole context: what stands before its start and after its end is nothing. Converted
/// twice is the same as once. Ill-formed bytes are copied as they are and have no case.
///
/// ```
/// use unicode::{Case, CaseLocale, Casing};
/// let mut out = Vec::new();
/// Casing { case: Case::Lower, locale: CaseLocale::Root }.convert_into("ΟΔΟΣ Straße".as_bytes(), &mut out);
/// assert_eq!(out, "οδος straße".as_bytes());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Casing {
    /// What becomes of letters.
    pub case: Case,
    /// By whose rules.
    pub locale: CaseLocale,
}

impl Casing {
    /// Whether converting would change nothing.
    ///
    /// ```
    /// use unicode::{Case, CaseLocale, Casing};
    /// assert!(Casing { case: Case::Fold, locale: CaseLocale::Root }.is_unchanged("سلام world".as_bytes()));
    /// ```
    pub fn is_unchanged(self, text: &[u8]) -> bool {
        self.first_change(text).is_none()
    }

    /// Where the first span that converting changes begins, in bytes; `None` if it changes nothing.
    pub fn first_change(self, text: &[u8]) -> Option<usize> {
        Converter::new(self, text).next_change(0, &mut Vec::new()).map(|span| span.start)
    }

    /// Call `change` with each span that converting changes: its place in the text, in bytes, and its new
    /// bytes, which differ and may be none.
    ///
    /// Spans come in order and do not overlap; characters side by side that change are one span.
    ///
    /// ```
    /// use unicode::{Case, CaseLocale, Casing};
    /// let mut changes = Vec::new();
    /// let upper = Casing { case: Case::Upper, locale: CaseLocale::Turkic };
    /// upper.for_each_change("İyi 1".as_bytes(), |span, new| changes.push((span, new.to_vec())));
    /// assert_eq!(changes, [(2..4, "Yİ".into())]);
    /// ```
    pub fn for_each_change(self, text: &[u8], mut change: impl FnMut(Range<usize>, &[u8])) {
        let (mut converter, mut converted, mut at) = (Converter::new(self, text), Vec::new(), 0);
        while let Some(span) = converter.next_change(at, &mut converted) {
            at = span.end;
            change(span, &converted);
        }
    }

    /// Append the converted text, in linear time.
    pub fn convert_into(self, text: &[u8], out: &mut Vec<u8>) {
        Converter::new(self, text).convert_into(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(case: Case, locale: CaseLocale, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        Casing { case, locale }.convert_into(text, &mut out);
        out
    }

    #[test]
    fn names_and_locales_agree() {
        let found: Vec<_> = CaseLocale::NAMES.iter().filter_map(|name| CaseLocale::parse(name)).collect();
        assert_eq!(found.len(), CaseLocale::NAMES.len());
        assert!(CaseLocale::ALL.iter().all(|locale| found.contains(locale)));
    }

    #[test]
    fn ill_formed_bytes_are_kept_and_part_words() {
        let lower = |text: &[u8]| converted(Case::Lower, CaseLocale::Root, text);
        assert_eq!(lower(b"A\xFFB\xC3"), b"a\xFFb\xC3");
        // A sigma after U+FFFD, which has no case, follows no letter.
        assert_eq!(lower("Α\u{301}Σ".as_bytes()), "α\u{301}ς".as_bytes());
        assert_eq!(
            lower(&["Α".as_bytes(), b"\xFF", "Σ".as_bytes()].concat()),
            ["α".as_bytes(), b"\xFF", "σ".as_bytes()].concat()
        );
    }

    #[test]
    fn contexts_are_looked_at_in_linear_time() {
        let count = 20_000;
        let texts = [
            ("Σ", "'"),             // Final_Sigma looks over apostrophes both ways
            ("I", "\u{323}"),       // More_Above and Before_Dot look over marks below
            ("\u{307}", "\u{323}"), // After_I and After_Soft_Dotted look back over them
            ("ή", "'"),
            ("ά", "\u{345}"),
        ];
        for (often, between) in texts {
            for text in [[often, &between.repeat(count)].concat(), [often, between].concat().repeat(count)] {
                for (case, locale) in
                    Case::ALL.into_iter().flat_map(|case| CaseLocale::ALL.map(|locale| (case, locale)))
                {
                    assert!(!converted(case, locale, text.as_bytes()).is_empty());
                }
            }
        }
    }
}
