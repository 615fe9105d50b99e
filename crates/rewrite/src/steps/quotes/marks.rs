//! The quotation marks of languages.

use crate::by_language;

/// One row for each language.
const LANGUAGES: &str = include_str!("../../../data/quotes.tsv");

/// The quotation marks of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// What opens a quotation, and what closes it.
    pub outer: (char, char),
    /// What opens and closes a quotation within another one.
    pub inner: (char, char),
    /// Whether guillemets stand apart from what they enclose, by NO-BREAK SPACE.
    pub is_spaced: bool,
}

impl Marks {
    /// The marks of a language by its code; what follows a known code after `-` or `_` does not matter.
    ///
    /// ```
    /// use rewrite::steps::QuoteMarks;
    /// assert_eq!(QuoteMarks::of("fa").unwrap().outer, ('«', '»'));
    /// assert_eq!(QuoteMarks::of("de_AT"), QuoteMarks::of("de"));
    /// assert_eq!(QuoteMarks::of("xx"), None);
    /// ```
    pub fn of(code: &str) -> Option<Marks> {
        let mut fields = by_language::find(LANGUAGES, code)?.split('\t');
        let mut mark = || fields.next()?.chars().next();
        let (outer, inner) = ((mark()?, mark()?), (mark()?, mark()?));
        Some(Marks { outer, inner, is_spaced: mark()? != '-' })
    }

    /// Whether guillemets are the language's own, `«` to open and `»` to close: then they are nothing else.
    pub(super) fn has_guillemets(self) -> bool {
        self.outer == ('«', '»')
    }

    /// The codes of the languages that are known.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        by_language::rows(LANGUAGES).map(|(code, _)| code)
    }
}

/// Whether a mark of double strokes or a bracket: alone it is no apostrophe.
pub(super) fn is_double(character: char) -> bool {
    DOUBLE.contains(&character) || BRACKETS.contains(&character)
}

/// Whether a mark of any kind.
pub(super) fn is_quotation_mark(character: char) -> bool {
    is_double(character) || SINGLE.contains(&character)
}

/// Marks of two strokes.
pub(super) const DOUBLE: [char; 15] =
    ['“', '”', '„', '‟', '«', '»', '〝', '〞', '〟', '＂', '⹂', '❝', '❞', '❠', '"'];

/// Marks that no ASCII character resembles.
pub(super) const BRACKETS: [char; 4] = ['「', '」', '『', '』'];

/// Marks of one stroke.
pub(super) const SINGLE: [char; 11] = ['‘', '’', '‚', '‛', '‹', '›', '＇', '❛', '❜', '❟', '\''];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_marks() {
        let mut count = 0;
        for code in Marks::languages() {
            let marks = Marks::of(code).expect(code);
            assert!(is_double(marks.outer.0) && is_double(marks.outer.1), "{code}");
            for mark in [marks.inner.0, marks.inner.1] {
                assert!(is_double(mark) || SINGLE.contains(&mark), "{code}");
            }
            assert_eq!(marks.is_spaced, code == "fr");
            count += 1;
        }
        assert!(count > 80);
    }
}
