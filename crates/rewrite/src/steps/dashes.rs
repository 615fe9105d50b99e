//! Dashes: as the ASCII hyphen, or as a language writes them between spaces.

mod spaced;

use crate::by_language;
use crate::by_token::{self, Substitution};
use crate::charset::CharSet;
use crate::draft::Draft;
use crate::name::UnknownName;
use crate::rule::Rule;
use crate::seek::Seeker;
use crate::step::{Step, Triggers};

/// Of each language the dash around an aside, `en` or `em`.
const LANGUAGES: &str = include_str!("../../data/dashes.tsv");

const MINUS: char = '\u{2212}'; // MINUS SIGN

/// Where dashes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DashStyle {
    /// Every dash and MINUS SIGN becomes HYPHEN-MINUS, U+002D.
    Ascii,
    /// A dash between spaces becomes EN DASH, U+2013; the others stay.
    En,
    /// A dash between spaces becomes EM DASH, U+2014; the others stay.
    Em,
}

impl DashStyle {
    /// The styles that are not called after a language.
    pub const NAMES: [(&'static str, DashStyle); 3] =
        [("ascii", DashStyle::Ascii), ("en", DashStyle::En), ("em", DashStyle::Em)];

    /// The style of a name, `ascii`, `en` or `em`, or of a language; `en` is the dash, for which English has `en-US`
    /// and its like.
    ///
    /// # Errors
    /// A name that no style and no language has.
    ///
    /// ```
    /// use rewrite::steps::DashStyle;
    /// assert_eq!(DashStyle::parse("de-AT"), Ok(DashStyle::En));
    /// assert_eq!(DashStyle::parse("asci").unwrap_err().nearest[0], "ascii");
    /// ```
    pub fn parse(name: &str) -> Result<Self, UnknownName> {
        let named = |name| Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, style)| style);
        named(name).or_else(|| named(by_language::find(LANGUAGES, name)?)).ok_or_else(|| {
            UnknownName::new(
                "dash style",
                name,
                Self::NAMES.map(|(known, _)| known).into_iter().chain(Self::languages()),
            )
        })
    }

    /// The codes of the languages that are known.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        by_language::rows(LANGUAGES).map(|(code, _)| code)
    }
}

/// Writes dashes in one way.
///
/// For ASCII: the hyphens and dashes U+2010 to U+2015, U+2E3A and U+2E3B, the presentation forms of dashes, and the
/// minus sign, outside protected spans. Marks of a script of its own stay: those of Armenian, Hebrew, Mongolian,
/// Japanese and others.
///
/// Else a dash, or one to three HYPHEN-MINUS, that stands between spaces within a line: all kinds of space but tabs
/// count. A line's first dash with nothing before it stays, as do dashes between numbers, beside other dashes and
/// beside `|`.
#[derive(Debug, Clone)]
pub struct Dashes {
    style: DashStyle,
    rules: Vec<Rule>,
    seeker: Seeker,
}

impl Dashes {
    /// Prepares the step.
    pub fn new(style: DashStyle) -> Self {
        let rules = match style {
            DashStyle::Ascii => vec![
                Rule::lossy("dash", "hyphens and dashes become HYPHEN-MINUS"),
                Rule::lossy("dash-minus", "MINUS SIGN becomes HYPHEN-MINUS"),
            ],
            DashStyle::En => vec![Rule::lossless("dash-spaced", "a dash between spaces becomes EN DASH")],
            DashStyle::Em => vec![Rule::lossless("dash-spaced", "a dash between spaces becomes EM DASH")],
        };
        Dashes { style, rules, seeker: Seeker::new(dashes().union(CharSet::from_chars([MINUS]))) }
    }
}

/// Dashes of no script in particular.
fn dashes() -> CharSet {
    CharSet::new([
        ('\u{2010}', '\u{2015}'),
        ('\u{2E3A}', '\u{2E3B}'), // TWO-EM DASH, THREE-EM DASH
        ('\u{FE31}', '\u{FE32}'), // vertical forms of EM DASH and EN DASH
        ('\u{FE58}', '\u{FE58}'), // SMALL EM DASH
        ('\u{FE63}', '\u{FE63}'), // SMALL HYPHEN-MINUS
        ('\u{FF0D}', '\u{FF0D}'), // FULLWIDTH HYPHEN-MINUS
    ])
}

impl Step for Dashes {
    fn name(&self) -> &'static str {
        "dashes"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        match self.style {
            DashStyle::Ascii => Triggers::Characters(self.seeker.set().clone()),
            DashStyle::En | DashStyle::Em => Triggers::Always,
        }
    }

    fn is_identity_on(&self, run: &[u8]) -> bool {
        match self.style {
            DashStyle::Ascii => self.seeker.next(run, 0).is_none(),
            DashStyle::En => spaced::suspect(run, 0, spaced::EN).is_none(),
            DashStyle::Em => spaced::suspect(run, 0, spaced::EM).is_none(),
        }
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        match self.style {
            DashStyle::Ascii => by_token::replace(draft, |text, from| {
                let found = self.seeker.next(text, from)?;
                let rule = usize::from(found.character == MINUS);
                Some(Substitution { range: found.at..found.end(), with: b"-", rule })
            }),
            DashStyle::En => spaced::replace(draft, spaced::EN),
            DashStyle::Em => spaced::replace(draft, spaced::EM),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{self, rewritten};
    use proptest::prelude::*;

    #[test]
    fn dashes_become_ascii() {
        let ascii = |text| rewritten(Dashes::new(DashStyle::Ascii), text);
        assert_eq!(ascii("a\u{2010}b\u{2011}c\u{2012}d–e—f―g"), "a-b-c-d-e-f-g");
        assert_eq!(ascii("−5 ⸺ ⸻ ︱︲﹘﹣－"), "-5 - - -----");
        for stays in
            ["a - b", "בית־ספר", "մի֊բառ", "ᠠ᠆", "スーパー", "〜〰゠", "https://a.org/b–c/", "\u{AD}"]
        {
            assert_eq!(ascii(stays), stays);
        }
    }

    #[test]
    fn dashes_between_spaces_become_those_of_a_language() {
        let en = |text| rewritten(Dashes::new(DashStyle::En), text);
        for (text, want) in [
            ("a - b", "a – b"),
            ("a -- b --- c", "a – b – c"),
            ("a — b―c ― d", "a – b―c – d"),
            ("a\u{A0}- b  —  c", "a\u{A0}– b  –  c"),
            ("(a) - «b»\r\n- c - d", "(a) – «b»\r\n- c – d"),
            ("۵ کتاب - یک", "۵ کتاب – یک"),
            ("a \u{2011} b ﹘ c － d", "a – b – c – d"),
        ] {
            assert_eq!(en(text), want);
        }
        for stays in [
            "",
            "-",
            " - ",
            "- a",
            "a -",
            "a - ",
            "  - a",
            "a\n - b",
            "a\r - b",
            "1990-1995",
            "1990 - 1995",
            "۵ - ۳",
            "$5 - $3",
            "well-known",
            "a- b",
            "a -b",
            "tar -x - -y",
            "a ---- b",
            "a - - b",
            "a | - | b",
            "a\t-\tb",
            "a\t- b",
            "a − b",
            "a ⸺ b",
            "a – b",
            "a-",
            "a \u{FFFD}- b",
        ] {
            assert_eq!(en(stays), stays);
        }
        assert_eq!(en("a \u{2009}—\u{202F}b"), "a \u{2009}–\u{202F}b");
        assert_eq!(rewritten(Dashes::new(DashStyle::Em), "a - b – c"), "a — b — c");
    }

    #[test]
    fn every_language_has_a_dash() {
        for code in DashStyle::languages() {
            assert_ne!(DashStyle::parse(code), Ok(DashStyle::Ascii), "{code}");
        }
        assert_eq!(DashStyle::parse("en"), Ok(DashStyle::En));
        assert_eq!(DashStyle::parse("en-GB"), Ok(DashStyle::Em));
        assert_eq!(DashStyle::parse("fa"), Ok(DashStyle::En));
        assert_eq!(DashStyle::parse("xx").map_err(|unknown| unknown.name), Err("xx".to_owned()));
    }

    proptest! {
        #[test]
        fn twice_is_once(
            text in trial::texts(&[
                "-", "--", "–", "—", "−", "\u{FF0D}", " ", " - ", "\u{A0}", "\t", "a", "é", "1", "b.pdf", "/", "|",
                "https://", "_",
            ]),
        ) {
            for style in [DashStyle::Ascii, DashStyle::En, DashStyle::Em] {
                trial::settles(&Dashes::new(style), &text)?;
            }
        }
    }
}
