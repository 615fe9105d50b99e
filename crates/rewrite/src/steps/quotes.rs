//! Quotation marks: as ASCII has them, or as a language does.

mod line;
mod marks;
mod pairs;
mod prose;
mod reading;

use language::Language;
use memchr::{memchr2, memrchr2};

use crate::by_token::{self, Substitution};
use crate::charset::CharSet;
use crate::draft::Draft;
use crate::name::UnknownName;
use crate::native::Native;
use crate::rule::Rule;
use crate::seek::Seeker;
use crate::step::{Step, Triggers};
use line::Writer;
pub use marks::Marks;
use marks::{BRACKETS, DOUBLE, SINGLE};
use prose::Prose;

const RULE_OUTER: usize = 0;
const RULE_INNER: usize = 1;
const RULE_SPACE: usize = 2;

/// How quotations are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteStyle {
    /// By QUOTATION MARK, U+0022, and APOSTROPHE, U+0027.
    Ascii,
    /// In the way of a language.
    Language(Marks),
}

impl QuoteStyle {
    /// The style of a name: `ascii`, or the code of a language.
    ///
    /// # Errors
    /// A name that no style and no language has.
    ///
    /// ```
    /// use rewrite::steps::{QuoteMarks, QuoteStyle};
    /// assert_eq!(QuoteStyle::parse("fa"), Ok(QuoteStyle::Language(QuoteMarks::of("fa").unwrap())));
    /// assert_eq!(QuoteStyle::parse("asci").unwrap_err().nearest[0], "ascii");
    /// ```
    pub fn parse(name: &str) -> Result<Self, UnknownName> {
        if name == "ascii" {
            return Ok(QuoteStyle::Ascii);
        }
        Marks::of(name).map(QuoteStyle::Language).ok_or_else(|| {
            UnknownName::new("quotation style", name, std::iter::once("ascii").chain(Self::languages()))
        })
    }

    /// The codes of the languages that are known.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        Marks::languages()
    }
}

/// Writes quotation marks in one way, outside protected spans.
///
/// For ASCII every quotation mark is replaced by itself, apostrophes among them; primes stay, as do the brackets of
/// Japanese and Chinese.
///
/// For a language only clear pairs within a line are: two marks that belong together, the first of which stands where
/// one may open, the second where one may close. A pair of double marks, of whatever language, becomes the language's
/// own; a pair in it, double or single, becomes what the language has inside, and so on by turns. Single marks that
/// stand in no pair of double ones stay, `『』` by itself where a language has it inside, and so do
///
/// - apostrophes within words, and before digits and common elisions (`'90s`, `'tis`);
/// - marks after a digit that close nothing: feet and inches;
/// - pairs of which an apostrophe or an inch may be the end, because one more end follows;
/// - marks in a row (`""`, `''`), those after `=`, a backslash or a backquote, and gershayim between Hebrew letters;
/// - marks without a partner, and pairs around nothing;
/// - every mark of a line that would be read differently afterwards, so that a second run would change it again.
///
/// Where a language's own marks are guillemets, `«` opens and `»` closes whatever stands beside them, and both stay what they are, however deep.
///
/// French guillemets get NO-BREAK SPACE inside where there is no space yet; a space of any kind that is there stays.
/// Where guillemets become other marks the spaces inside go.
#[derive(Debug, Clone)]
pub struct Quotes {
    style: QuoteStyle,
    prose: Option<Prose>,
    rules: Vec<Rule>,
    seeker: Seeker,
    /// Those without which nothing happens.
    triggers: Seeker,
}

impl Quotes {
    /// Prepares the step.
    pub fn new(style: QuoteStyle) -> Self {
        let double = CharSet::from_chars(DOUBLE);
        let single = CharSet::from_chars(SINGLE);
        let (rules, set, triggers) = match style {
            QuoteStyle::Ascii => {
                let rules = vec![
                    Rule::lossy("quote-double", "double quotation marks become QUOTATION MARK"),
                    Rule::lossy("quote-single", "single quotation marks become APOSTROPHE"),
                ];
                let is_ascii = |character: &char| character.is_ascii();
                let set =
                    CharSet::from_chars(DOUBLE.into_iter().chain(SINGLE).filter(|mark| !is_ascii(mark)));
                (rules, set.clone(), set)
            }
            QuoteStyle::Language(_) => {
                let rules = vec![
                    Rule::lossless("quote-outer", "a pair of quotation marks becomes the language's own"),
                    Rule::lossless("quote-inner", "a pair within a quotation becomes the language's own"),
                    Rule::lossless("quote-space", "the space inside guillemets comes and goes with them"),
                ];
                let double = double.union(CharSet::from_chars(BRACKETS));
                (rules, double.clone().union(single), double)
            }
        };
        Quotes { style, prose: None, rules, seeker: Seeker::new(set), triggers: Seeker::new(triggers) }
    }

    /// The step for the prose of a language alone, where nobody asked for its marks: code, data and text in other scripts keep theirs.
    ///
    /// A pair is written only if it holds a letter of the language's scripts and white space, the edge of the line, a letter or mark of
    /// these scripts, punctuation of sentences or a round bracket stands on each side; not beside `< >`, `= { } [ ] \ | +` (spaces
    /// apart too), a comma or semicolon that nothing parts from what follows, another quotation mark, the bracket of a call, or the key
    /// or value of JSON. Of quotations with nothing but commas between them all are, or none.
    ///
    /// ```
    /// use language::Language;
    /// use rewrite::{Rewriter, Scratch, steps::{QuoteStyle, Quotes}};
    /// let persian = Language::for_code("fa").unwrap();
    /// let step = Quotes::new(QuoteStyle::parse("fa").unwrap()).in_prose_of(persian);
    /// let quotes = Rewriter::new(vec![Box::new(step)]);
    /// let text = "گفت: \"نه\". x = \"نه\"";
    /// assert_eq!(quotes.rewrite(text.as_bytes(), &mut Scratch::default()), "گفت: «نه». x = \"نه\"".as_bytes());
    /// ```
    #[must_use]
    pub fn in_prose_of(mut self, language: &Language) -> Self {
        self.prose = Some(Prose::new(Native::of(language)));
        self
    }

    fn next_ascii(&self, text: &[u8], from: usize) -> Option<Substitution<'static>> {
        let found = self.seeker.next(text, from)?;
        let range = found.at..found.end();
        Some(if marks::is_double(found.character) {
            Substitution { range, with: b"\"", rule: 0 }
        } else {
            Substitution { range, with: b"'", rule: 1 }
        })
    }

    fn write_lines(&self, draft: &mut Draft<'_>, target: Marks) {
        let text = draft.text();
        let mut writer = Writer::new(target, &self.seeker, self.prose.clone());
        let mut from = 0;
        while let Some(found) = self.triggers.next(text, from) {
            let start = memrchr2(b'\n', b'\r', &text[from..found.at]).map_or(from, |place| from + place + 1);
            let end = memchr2(b'\n', b'\r', &text[found.at..]).map_or(text.len(), |place| found.at + place);
            writer.write(draft, start..end);
            from = end;
        }
    }
}

impl Step for Quotes {
    fn name(&self) -> &'static str {
        "quotes"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(self.triggers.set().clone())
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        match self.style {
            QuoteStyle::Ascii => by_token::replace(draft, |text, from| self.next_ascii(text, from)),
            QuoteStyle::Language(target) => self.write_lines(draft, target),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{self, rewritten};
    use proptest::prelude::*;

    fn language(code: &str) -> Quotes {
        Quotes::new(QuoteStyle::Language(Marks::of(code).expect("known")))
    }

    #[test]
    fn marks_become_ascii() {
        let ascii = |text| rewritten(Quotes::new(QuoteStyle::Ascii), text);
        assert_eq!(
            ascii("“a” „b“ «c» ‘d’ ‚e‘ ‹f› ＂g＂ 〝h〟 l’homme"),
            "\"a\" \"b\" \"c\" 'd' 'e' 'f' \"g\" \"h\" l'homme"
        );
        assert_eq!(ascii("«https://a.org/b’c»"), "\"https://a.org/b’c\"");
        for stays in ["5′ 10″", "「a」", "ʼ", "צה״ל", "\"a\" 'b'"] {
            assert_eq!(ascii(stays), stays);
        }
    }

    #[test]
    fn pairs_become_those_of_a_language() {
        let cases = include_str!("../../tests/data/steps/quotes.tsv");
        let (mut count, mut wrong) = (0, Vec::new());
        for case in cases.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            let fields: Vec<String> = case.split('\t').map(|field| field.replace("~", "\u{A0}")).collect();
            let [code, text, want] = &fields[..] else { panic!("three fields: {case}") };
            let want = if want == "=" { text } else { want };
            let out = rewritten(language(code), text);
            if out != *want {
                wrong.push(format!("{code} {text}\n  want {want}\n  got  {out}"));
            }
            count += 1;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(count > 80);
    }

    #[test]
    fn what_is_no_prose_of_the_language_stays() {
        let prose = |code: &str| language(code).in_prose_of(Language::for_code(code).expect("a folder"));
        for (text, want) in [
            ("او گفت: \"سلام\".", "او گفت: «سلام»."),
            ("\"نقل قول\"", "«نقل قول»"),
            ("گفت:\"سلام\"", "گفت:«سلام»"),
            ("(\"سلام\")", "(«سلام»)"),
            ("(گفت \"سلام\") و", "(گفت «سلام») و"),
            ("\"سلام\", و", "«سلام», و"),
            ("> \"سلام\" گفت", "> «سلام» گفت"),
            ("\"سلام\", \"خوب\" و", "«سلام», «خوب» و"),
            ("\"کتاب\"ها و و\"متن\" 5", "«کتاب»ها و و«متن» 5"),
            ("“سلام” — „خوب“؟", "«سلام» — «خوب»؟"),
            ("\"الف 'ب' ج\" و \"a 'b' ج\"", "«الف ‹ب› ج» و «a 'b' ج»"),
            ("«او گفت \"سلام\" و رفت»", "«او گفت ‹سلام› و رفت»"),
        ] {
            assert_eq!(rewritten(prose("fa"), text), want);
        }
        for stays in [
            "x = {\"a\": 1, \"b\": \"c\"}",
            "id,\"تحریم های جدید\",x",
            "printf(\"سلام %s\", name);",
            "f(x, \"سلام\");",
            "\"a\",\"b\",\"ج\"",
            "\"الف\";\"ب\";\"ج\"",
            "He said \"hello\" to me",
            "{\"text\": \"سلام دنیا\"}",
            "{\"a\": \"سلام\", \"متن\": \"دنیا\", \"عدد\": 2}",
            "  \"متن\": \"سلام\",",
            "  \"سلام\",",
            "  \"عدد\" : 5",
            "[\"الف\", \"ب\", \"ج\"]",
            "<a title=\"سلام\">\"سلام\"</a>",
            "متن = \"سلام\" + x",
            "\"سلام\".format(x)",
            "a|\"سلام\"|b",
            "او \"hello\" گفت",
            "r\"سلام\"",
        ] {
            assert_eq!(rewritten(prose("fa"), stays), stays);
        }
        assert_eq!(rewritten(prose("ur"), "کہا \"سلام\"، \"a\""), "کہا “سلام”، \"a\"");
    }

    #[test]
    fn lines_are_apart() {
        assert_eq!(rewritten(language("de"), "\"a\"\r\n\"b\n\"c\"\n"), "„a“\r\n\"b\n„c“\n");
    }

    #[test]
    fn what_a_language_writes_stays() {
        for code in Marks::languages() {
            let Marks { outer, inner, is_spaced } = Marks::of(code).expect("known");
            let space = if is_spaced { "\u{A0}" } else { "" };
            let text = format!(
                "a {}{space}b, {}{space}c d{space}{} e{space}{} f.",
                outer.0, inner.0, inner.1, outer.1
            );
            assert_eq!(rewritten(language(code), &text), text, "{code}");
            let has_guillemets = outer == ('«', '»');
            // Guillemets inside stay where they are a language's own, and close the wrong way round in Hungarian.
            let others = ["en", "de", "hu", "ru", "fr", "fa", "ja"];
            for other in others.into_iter().filter(|other| !has_guillemets || !["hu", "fr"].contains(other)) {
                let out = rewritten(language(code), &rewritten(language(other), "a \"b, 'c d' e\" f."));
                // Spaces stay inside guillemets that stay.
                assert_eq!(out.replace('\u{A0}', ""), text.replace('\u{A0}', ""), "{other} {code}");
            }
            assert_eq!(rewritten(language(code), "a \"b, 'c d' e\" f."), text, "{code}");
        }
    }

    #[test]
    fn long_lines_take_linear_time() {
        for piece in [
            "\"",
            "\"a ",
            " \"a",
            "\"ا\", ",
            "«ا ",
            "“",
            "„a ",
            "«",
            "» ",
            "'",
            " 'a",
            "\"a 'b",
            "“a” ",
            "5\" ",
            "\u{200F}\"",
        ] {
            rewritten(language("fr"), &piece.repeat(30_000));
            let persian = Language::for_code("fa").expect("a folder");
            rewritten(language("fa").in_prose_of(persian), &piece.repeat(30_000));
            rewritten(Quotes::new(QuoteStyle::Ascii), &piece.repeat(30_000));
        }
    }

    proptest! {
        #[test]
        fn twice_is_once(
            text in trial::texts(&[
                "\"", "'", "“", "”", "„", "‘", "’", "‚", "«", "»", "‹", "›", "「", "」", "\"", "\"", " ", " ", "\u{A0}",
                "a", "dogs", "5", "你", ", ", ".", "(", "—", "=", "b.pdf", "https://a.org/", "\u{200F}",
            ]),
            code in prop::sample::select(Marks::languages().collect::<Vec<_>>()),
        ) {
            trial::settles(&language(code), &text)?;
            trial::settles(&Quotes::new(QuoteStyle::Ascii), &text)?;
        }

        #[test]
        fn twice_is_once_in_prose(
            text in trial::texts(&[
                "\"", "'", "“", "”", "«", "»", "‹", "›", "\"", "\"", " ", " ", "\u{A0}", "\u{200C}", "ا", "سلام", "a", "5", ",",
                ", ", ";", ".", "،", ":", ": ", "(", ")", "{", "]", "—", "=", "b.pdf",
            ]),
            code in prop::sample::select(vec!["fa", "ar", "ur"]),
        ) {
            let step = language(code).in_prose_of(Language::for_code(code).expect("a folder"));
            trial::settles(&step, &text)?;
        }
    }
}
