//! Spaces around punctuation marks, brackets and quotation marks, as a language sets them.

mod finder;
mod pairs;

use language::Language;
use language::spans::{self, Span};

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::native::Native;
use crate::protect::Guard;
use crate::rule::Rule;
use crate::seek::Seeker;
use crate::step::{Step, Triggers};
use finder::Finder;

const BEFORE: usize = 0;
const AFTER: usize = 1;
const INSIDE: usize = 2;
const OUTSIDE: usize = 3;

/// Sets spaces around marks where text of the language's own script stands beside them.
///
/// - `mark-space-before`: spaces between a word and a mark go, before a mark for numbers those after a digit, and none before what a digit
///   follows directly. A mark of ASCII must end something: white space, a closing mark or another mark follows; a colon may also stand
///   at the beginning of the next word or quotation, unless that makes a face or a shortcode of it (`:خنده:`). Two digits keep what is between
///   them (`۱۸ : ۰۱`), and full stops in a row stay.
/// - `mark-space-after`: between a mark that follows a word and the next word, or the bracket or quotation mark that opens, comes a space.
/// - `bracket-space`: spaces just inside brackets and quotation marks go.
/// - `quote-gap`: a space comes between a word and the quotation mark that opens after it or closes before it, but before suffixes.
///
/// Brackets and quotation marks are left alone in lines where a pair of their kind is not closed. Protected spans, numbers, dates,
/// times and initials stay as they are, as do all spaces but U+0020.
#[derive(Debug, Clone)]
pub struct MarkSpace {
    language: &'static Language,
    native: Native,
    marks: Vec<Mark>,
    /// Closing marks of pairs of each kind.
    kinds: usize,
    suffixes: Vec<&'static str>,
    faces: Vec<&'static str>,
    seeker: Seeker,
    rules: [Rule; 4],
}

/// What a mark does to the spaces around it.
#[derive(Debug, Clone, Default)]
struct Mark {
    character: char,
    takes_none_before: bool,
    is_of_numbers: bool,
    takes_one_after: bool,
    /// The kind of pair that it opens or closes.
    opens: Option<usize>,
    closes: Option<usize>,
    is_quote: bool,
}

impl MarkSpace {
    /// The step for a language; none if its data says nothing of marks.
    ///
    /// ```
    /// use language::Language;
    /// use rewrite::{Rewriter, Scratch, steps::MarkSpace};
    /// let step = MarkSpace::of(Language::for_code("fa").unwrap()).unwrap();
    /// let persian = Rewriter::new(vec![Box::new(step)]);
    /// let text = persian.rewrite("شرکت « نمونه »گفت :بله ، خوب".as_bytes(), &mut Scratch::default()).to_vec();
    /// assert_eq!(text, "شرکت «نمونه» گفت: بله، خوب".as_bytes());
    /// ```
    pub fn of(language: &'static Language) -> Option<Self> {
        let data = language.punctuation()?;
        let mut marks: Vec<Mark> = Vec::new();
        let mut mark = |character: char, change: &dyn Fn(&mut Mark)| {
            let known = marks.iter().position(|mark| mark.character == character);
            let place = known.unwrap_or_else(|| {
                marks.push(Mark { character, ..Mark::default() });
                marks.len() - 1
            });
            change(&mut marks[place]);
        };
        data.no_space_before.iter().for_each(|&it| mark(it, &|mark| mark.takes_none_before = true));
        data.space_after.iter().for_each(|&it| mark(it, &|mark| mark.takes_one_after = true));
        data.number_marks.iter().for_each(|it| mark(it.to, &|mark| mark.is_of_numbers = true));
        let pairs = data
            .brackets
            .iter()
            .map(|&pair| (pair, false))
            .chain(data.quotes.iter().map(|&pair| (pair, true)));
        for (kind, ((open, close), is_quote)) in pairs.enumerate() {
            mark(open, &|mark| (mark.opens, mark.is_quote) = (Some(kind), is_quote));
            mark(close, &|mark| (mark.closes, mark.is_quote) = (Some(kind), is_quote));
        }
        marks.sort_by_key(|mark| mark.character);
        let seeker = Seeker::new(CharSet::from_chars(marks.iter().map(|mark| mark.character)));
        Some(MarkSpace {
            language,
            native: Native::of(language),
            kinds: data.brackets.len() + data.quotes.len(),
            marks,
            suffixes: data.suffixes.clone(),
            faces: data.faces.clone(),
            seeker,
            rules: [
                Rule::lossless("mark-space-before", "a space between a word and the mark after it goes"),
                Rule::lossless("mark-space-after", "a space comes between a mark and the next word"),
                Rule::lossless("bracket-space", "a space just inside brackets or quotation marks goes"),
                Rule::lossless("quote-gap", "a space comes between a word and a quotation beside it"),
            ],
        })
    }

    fn mark(&self, character: char) -> Option<&Mark> {
        let place = self.marks.binary_search_by_key(&character, |mark| mark.character).ok()?;
        self.marks.get(place)
    }
}

impl Step for MarkSpace {
    fn name(&self) -> &'static str {
        "mark spacing"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Always
    }

    fn is_identity_on(&self, run: &[u8]) -> bool {
        Finder::new(self, run, [true; 4]).next().is_none()
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        let enabled = [BEFORE, AFTER, INSIDE, OUTSIDE].map(|rule| draft.is_enabled(rule));
        let mut guards: Option<Guards<'_>> = None;
        for found in Finder::new(self, text, enabled) {
            let guards = guards.get_or_insert_with(|| Guards::new(self.language, text));
            if !guards.protect(found.at) {
                let with: &[u8] = if found.is_deletion() { b"" } else { b" " };
                draft.replace(found.spaces, with, found.rule);
            }
        }
    }
}

/// What must not be touched, found only where something would be.
struct Guards<'t> {
    guard: Guard<'t>,
    spans: Vec<Span>,
    next: usize,
}

impl<'t> Guards<'t> {
    fn new(language: &'static Language, text: &'t [u8]) -> Self {
        let mut found = Vec::new();
        spans::find(language, text, &mut found);
        Guards { guard: Guard::new(text), spans: found, next: 0 }
    }

    /// Whether the mark at `at` is part of a span; places come in ascending order.
    fn protect(&mut self, at: usize) -> bool {
        while self.spans.get(self.next).is_some_and(|span| span.range.end <= at) {
            self.next += 1;
        }
        self.spans.get(self.next).is_some_and(|span| span.range.start <= at) || self.guard.protects(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promise::{assert_cases, assert_kept, texts_of};
    use proptest::prelude::*;

    fn step(code: &str) -> MarkSpace {
        MarkSpace::of(Language::for_code(code).expect("a folder")).expect("marks")
    }

    #[test]
    fn spaces_stand_where_they_should() {
        assert_cases(
            &step("fa"),
            &[
                ("سلام ، خوبی ؟ بله !", "سلام، خوبی؟ بله!", "before marks"),
                ("گفت : بله . خوب  .", "گفت: بله. خوب.", "several spaces"),
                ("رفت ،ولی آمد،و ماند:همین", "رفت، ولی آمد، و ماند: همین", "after marks"),
                ("گفت:«بله»،(شاید)", "گفت: «بله»، (شاید)", "before what opens"),
                ("« نقل قول » و ( متن )", "«نقل قول» و (متن)", "inside"),
                ("«سلام »و « خداحافظ »", "«سلام» و «خداحافظ»", "inside and outside"),
                ("« الف » و « ب »و « ج »", "«الف» و «ب» و «ج»", "more of them"),
                ("« قال: «الحق» » و « «الف» ب »", "«قال: «الحق»» و ««الف» ب»", "within each other"),
                ("شرکت«نمونه»گفت «کتاب»ها", "شرکت «نمونه» گفت «کتاب»ها", "outside, but before suffixes"),
                ("PDF ، متن،متن", "PDF، متن، متن", "after a word of another script"),
                ("ساعت ۱۸ : ۰۱، ۱ . ۵، ۱ ،۲۵۰", "ساعت ۱۸ : ۰۱، ۱ . ۵، ۱ ،۲۵۰", "between digits"),
                ("س.ن و ۱۴۰۳/۰۶/۲۳ ه.ق.", "س.ن و ۱۴۰۳/۰۶/۲۳ ه.ق.", "initials and dates"),
                ("ادامه ... و .. و .net", "ادامه ... و .. و .net", "full stops in a row, or before a word"),
                ("خوب :) بد :( سلام )", "خوب :) بد :( سلام )", "faces"),
                ("الف ) یک\nب ) دو", "الف ) یک\nب ) دو", "a bracket without its partner"),
                ("گفت »سلام« و »بله« .", "گفت »سلام« و »بله« .", "quotation marks the wrong way round"),
                ("Hello , world ! ( a )", "Hello , world ! ( a )", "nothing of the language"),
                (":خنده: متن : متن", ":خنده: متن: متن", "no word before it"),
                ("۵۰ ٪ رشد", "۵۰٪ رشد", "a sign of numbers"),
                ("درحالی که ٪۱۹ آن، که ٪ آن", "درحالی که ٪۱۹ آن، که ٪ آن", "a sign of numbers after a word"),
                ("و ،5 و ؛۶ و !۷", "و ،5 و ؛۶ و !۷", "a mark before a digit"),
                ("گفت :بیایید، گفت  :«بیا»", "گفت: بیایید، گفت: «بیا»", "a colon of the next word"),
                ("خوب :دی بد :( پ :د:", "خوب :دی بد :( پ :د:", "faces of letters"),
                ("خوب :خنده: بد :گریه\u{200C}آور:", "خوب :خنده: بد :گریه\u{200C}آور:", "shortcodes"),
                ("ساعت ۱۸ :۰۱ و 18 :01", "ساعت ۱۸ :۰۱ و 18 :01", "times"),
                ("a :ب، ب :c", "a :ب، ب :c", "beside another script"),
                ("  ، سلام", "  ، سلام", "nothing before it"),
            ],
        );
        assert_cases(
            &step("ar"),
            &[("قال«نعم»و « لا »", "قال«نعم»و «لا»", "where prefixes are joined to quotations")],
        );
        assert_cases(&step("ur"), &[("وہ آیا ۔پھر گیا ۔", "وہ آیا۔ پھر گیا۔", "its full stop")]);
    }

    #[test]
    fn long_runs_take_linear_time() {
        for piece in ["« ", "»", " ،", "(", "ا ", ". ", "ا،", "» ا", "   "] {
            crate::trial::rewritten(step("fa"), &piece.repeat(30_000));
        }
    }

    const PIECES: &[&str] = &[
        " ", " ", "  ", "،", "؛", "؟", "!", ".", ":", "٪", "(", ")", "[", "]", "«", "»", "ا", "سلام", "ها",
        "a", "1", "۵", "۱۲۳", "\n", "\r", "\u{64E}", "\u{200C}", "\u{A0}", "/", "@", "#", "https://", "a.ir",
        "-", "ه", "۔", "تیر", ":", ":", "دی",
    ];

    proptest! {
        #[test]
        fn promises_are_kept(text in texts_of(PIECES), switches: u32) {
            for code in ["fa", "ar", "ur"] {
                assert_kept(&step(code), &text, switches)?;
            }
        }
    }
}
