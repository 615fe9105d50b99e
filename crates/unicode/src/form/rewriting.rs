//! Normalization with some kinds of compatibility mappings and without others.

use std::ops::Range;

use super::mixed::Mixed;
use super::rewrite::Rewriter;
use super::span::{Spans, guilty_characters};
use super::{Form, Kinds};

/// A normalization form that applies compatibility mappings of some kinds.
///
/// With [`Kinds::NONE`] it is NFC or NFD, with [`Kinds::ALL`] NFKC or NFKD, exactly. In between, a mapping is
/// applied if its character's kind is in the set, and again to what it gives; then follow canonical ordering
/// and, if composed, canonical composition. Done twice it is the same as done once.
///
/// ```
/// use unicode::{Compatibility, Form, Kinds, Rewriting};
/// let kept = Kinds::from_iter([Compatibility::Super]);
/// let mut out = Vec::new();
/// Rewriting { form: Form::Nfkc, kinds: !kept }.normalize_into("ｘ² ㎠ ﬁ".as_bytes(), &mut out);
/// assert_eq!(out, "x² cm² fi".as_bytes());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rewriting {
    /// Whether the result is composed; of compatibility `kinds` alone decides, so that Nfkc says here no more
    /// than Nfc does.
    pub form: Form,
    /// The kinds of compatibility mappings that are applied.
    pub kinds: Kinds,
}

impl From<Form> for Rewriting {
    /// The same form, as a set of kinds that is full or empty.
    fn from(form: Form) -> Rewriting {
        Rewriting { form, kinds: if form.is_compatible() { Kinds::ALL } else { Kinds::NONE } }
    }
}

impl Rewriting {
    /// Whether normalizing would change nothing.
    pub fn is_normalized(self, text: &[u8]) -> bool {
        self.first_change(text).is_none()
    }

    /// Where the first span that normalizing changes begins, in bytes, as [`Form::first_change`].
    pub fn first_change(self, text: &[u8]) -> Option<usize> {
        match self.plain() {
            Some(form) => form.first_change(text),
            None => self.spans(text).first_change(&mut self.rewriter()),
        }
    }

    /// Characters of which a text that normalizing changes has at least one, in ascending order.
    ///
    /// ```
    /// use unicode::{Form, Rewriting};
    /// let suspects = Rewriting::from(Form::Nfc).suspects();
    /// assert!(suspects.contains(&'\u{301}') && !suspects.contains(&'é'));
    /// ```
    pub fn suspects(self) -> Vec<char> {
        match self.plain() {
            Some(form) => guilty_characters(form),
            None => guilty_characters(Mixed::new(self.form.composes(), self.kinds)),
        }
    }

    /// Call `change` with each span that normalizing changes and its new bytes, as [`Form::for_each_change`].
    ///
    /// ```
    /// use unicode::{Form, Kinds, Rewriting};
    /// let mut changes = Vec::new();
    /// let arabic = Rewriting { form: Form::Nfc, kinds: Kinds::ARABIC_LETTERS };
    /// arabic.for_each_change("½ \u{FEFB} ﷲ".as_bytes(), |span, new| changes.push((span, new.to_vec())));
    /// assert_eq!(changes, [(3..6, "لا".into())]);
    /// ```
    pub fn for_each_change(self, text: &[u8], change: impl FnMut(Range<usize>, &[u8])) {
        match self.plain() {
            Some(form) => form.for_each_change(text, change),
            None => self.spans(text).for_each_change(&mut self.rewriter(), change),
        }
    }

    /// Append the normalized text; time and memory as for [`Form::normalize_into`].
    pub fn normalize_into(self, text: &[u8], out: &mut Vec<u8>) {
        match self.plain() {
            Some(form) => form.normalize_into(text, out),
            None => self.spans(text).normalize_into(&mut self.rewriter(), out),
        }
    }

    /// The form that it is no different from, which is faster.
    fn plain(self) -> Option<Form> {
        match (self.kinds, self.form.composes()) {
            (Kinds::NONE, true) => Some(Form::Nfc),
            (Kinds::NONE, false) => Some(Form::Nfd),
            (Kinds::ALL, true) => Some(Form::Nfkc),
            (Kinds::ALL, false) => Some(Form::Nfkd),
            _ => None,
        }
    }

    fn spans(self, text: &[u8]) -> Spans<'_, Mixed> {
        Spans::new(Mixed::new(self.form.composes(), self.kinds), text)
    }

    fn rewriter(self) -> Rewriter {
        Rewriter::mixed(self.form, self.kinds)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Compatibility;
    use super::*;

    fn rewritten(form: Form, kinds: Kinds, text: &str) -> String {
        let mut out = Vec::new();
        Rewriting { form, kinds }.normalize_into(text.as_bytes(), &mut out);
        String::from_utf8(out).expect("well-formed text stays well-formed")
    }

    fn only(kinds: &[Compatibility]) -> Kinds {
        kinds.iter().copied().collect()
    }

    #[test]
    fn what_changes_has_a_suspect() {
        for form in [Form::Nfc, Form::Nfd] {
            for kinds in [Kinds::NONE, Kinds::ARABIC_LETTERS] {
                let rewriting = Rewriting { form, kinds };
                let suspects = rewriting.suspects();
                assert!(suspects.is_sorted());
                for character in '\0'..='\u{2FFFF}' {
                    let is_suspect = suspects.binary_search(&character).is_ok();
                    assert!(
                        is_suspect || rewriting.is_normalized(character.to_string().as_bytes()),
                        "{character:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn arabic_letters_leave_phrases_and_marks() {
        // Presentation forms of "سلام", then ALLAH, SHADDA WITH DAMMATAN, FATHATAN on a space and on tatweel.
        let text = "\u{FEB3}\u{FEFC}\u{FEE1} \u{FDF2} \u{FC5E} \u{FE70} \u{FE71} ｆ²";
        let want = "سلام \u{FDF2} \u{FC5E} \u{FE70} \u{640}\u{64B} ｆ²";
        assert_eq!(rewritten(Form::Nfc, Kinds::ARABIC_LETTERS, text), want);
    }

    #[test]
    fn a_mapping_stops_where_the_next_kind_is_not_wanted() {
        // FULLWIDTH MACRON is a wide U+00AF, which is a space and U+0304.
        assert_eq!(rewritten(Form::Nfc, only(&[Compatibility::Wide]), "\u{FFE3}"), "\u{AF}");
        assert_eq!(rewritten(Form::Nfc, only(&[Compatibility::Spacing]), "\u{FFE3}"), "\u{FFE3}");
        assert_eq!(rewritten(Form::Nfc, !only(&[]), "\u{FFE3}"), " \u{304}");
        // LATIN SMALL LETTER LONG S WITH DOT ABOVE is canonically a long s, which is a compatible s.
        assert_eq!(rewritten(Form::Nfd, only(&[Compatibility::Compat]), "\u{1E9B}"), "s\u{307}");
        assert_eq!(rewritten(Form::Nfc, only(&[Compatibility::Wide]), "\u{1E9B}"), "\u{1E9B}");
    }

    #[test]
    fn what_a_mapping_gives_composes_with_what_follows() {
        let wide = only(&[Compatibility::Wide, Compatibility::Narrow]);
        assert_eq!(rewritten(Form::Nfc, wide, "Ａ\u{301}ｶﾞ½"), "Áガ½");
        assert_eq!(rewritten(Form::Nfkd, wide, "Ａ\u{301}ｶﾞ½"), "A\u{301}カ\u{3099}½");
        assert_eq!(rewritten(Form::Nfc, only(&[Compatibility::Super]), "Ａ\u{301}ｶﾞ½"), "Ａ\u{301}ｶﾞ½");
    }
}
