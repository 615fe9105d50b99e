//! Punctuation marks of a language in the place of those that are typed for them.

use std::borrow::Cow;

use language::Language;
use language::punctuation::Mark;
use unicode::Category;

use crate::by_token::{self, Find, Substitution};
use crate::charset::CharSet;
use crate::draft::Draft;
use crate::native::{self, Native};
use crate::neighbour::{after, before, before_spaces};
use crate::rule::Rule;
use crate::seek::{Found, Seeker};
use crate::step::{Step, Triggers};

/// Writes a language's own marks where text of its own script is punctuated with those of ASCII, outside protected spans.
///
/// A mark is replaced if the last letter or own digit before it in the line is of the language's script, and it does not
/// stand between digits, after another mark, before a character of ASCII that is no punctuation, nor apart from the word before it but not
/// from what follows, as in `;)`. Commas and semicolons that part strings or the fields of tables stay: those behind a
/// straight quotation mark, or directly before one that opens. A mark for numbers is replaced beside a digit that is not ASCII.
#[derive(Debug, Clone)]
pub struct Punctuation {
    native: Native,
    entries: Vec<Entry>,
    seeker: Seeker,
    rules: Vec<Rule>,
}

#[derive(Debug, Clone)]
struct Entry {
    from: char,
    to: char,
    with: String,
    is_of_numbers: bool,
}

impl Punctuation {
    /// The step for a language; none if its data says nothing of marks.
    ///
    /// ```
    /// use language::Language;
    /// use rewrite::{Rewriter, Scratch, steps::Punctuation};
    /// let step = Punctuation::of(Language::for_code("fa").unwrap()).unwrap();
    /// let persian = Rewriter::new(vec![Box::new(step)]);
    /// assert_eq!(persian.rewrite("خوب, چرا?".as_bytes(), &mut Scratch::default()), "خوب، چرا؟".as_bytes());
    /// ```
    pub fn of(language: &Language) -> Option<Self> {
        let data = language.punctuation()?;
        let entry = |is_of_numbers: bool| {
            move |mark: &Mark| Entry {
                from: mark.from,
                to: mark.to,
                with: mark.to.to_string(),
                is_of_numbers,
            }
        };
        let entries: Vec<Entry> =
            data.marks.iter().map(entry(false)).chain(data.number_marks.iter().map(entry(true))).collect();
        let rules = data.marks.iter().chain(&data.number_marks).map(rule).collect();
        let seeker = Seeker::new(CharSet::from_chars(entries.iter().map(|entry| entry.from)));
        Some(Punctuation { native: Native::of(language), entries, seeker, rules })
    }
}

fn rule(mark: &Mark) -> Rule {
    Rule {
        name: Cow::Owned(format!("punctuation-{}", mark.name)),
        about: Cow::Owned(format!(
            "{} beside letters or digits of the language becomes {}",
            mark.from, mark.to
        )),
        is_lossy: false,
    }
}

impl Step for Punctuation {
    fn name(&self) -> &'static str {
        "punctuation"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(self.seeker.set().clone())
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        by_token::replace_found(draft, Finder { step: self, reading: Some(Reading::default()) });
    }
}

/// What was read before the last mark.
#[derive(Debug, Default)]
struct Reading {
    /// Where the last mark ended, and whether the last letter before it was of the language.
    end: usize,
    is_native: bool,
}

/// Finds marks in a text; without a reading every mark that could be replaced in some line.
struct Finder<'s> {
    step: &'s Punctuation,
    reading: Option<Reading>,
}

impl<'s> Find<'s> for Finder<'s> {
    fn for_another(&self) -> Self {
        Finder { step: self.step, reading: None }
    }

    fn next(&mut self, text: &[u8], from: usize) -> Option<Substitution<'s>> {
        let Punctuation { native, entries, seeker, .. } = self.step;
        let mut at = from;
        loop {
            let found = seeker.next(text, at)?;
            at = found.end();
            let is_native = self.reading.as_mut().is_none_or(|reading| reading.read(native, text, found));
            for (rule, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.from == found.character)
            {
                let is_meant = if entry.is_of_numbers {
                    is_of_number(text, found)
                } else {
                    is_native && self.step.is_of_sentence(text, found)
                };
                if is_meant {
                    return Some(Substitution { range: found.at..at, with: entry.with.as_bytes(), rule });
                }
            }
        }
    }
}

impl Reading {
    /// Whether the last letter before a mark is of the language.
    fn read(&mut self, native: &Native, text: &[u8], found: Found) -> bool {
        let mut at = found.at;
        let mut is_native = None;
        while at > self.end && is_native.is_none() {
            let Some((start, character)) = before(text, at) else { break };
            at = start;
            if native.is_wordly(character) {
                is_native = Some(true);
            } else if matches!(character, '\n' | '\r') || Category::of(character).is_letter() {
                is_native = Some(false);
            }
        }
        self.is_native = is_native.unwrap_or(self.end > 0 && self.is_native);
        self.end = found.end();
        self.is_native
    }
}

impl Punctuation {
    /// Whether a mark has the look of one that parts sentences or their clauses.
    fn is_of_sentence(&self, text: &[u8], found: Found) -> bool {
        let left = before(text, found.at).map(|(_, left)| left);
        let right = after(text, found.end()).map(|(_, right)| right);
        let is_between_digits = left.is_some_and(native::is_digit) && right.is_some_and(native::is_digit);
        let is_parted = left.is_none_or(char::is_whitespace);
        let is_fitting = right.is_none_or(|right| match right {
            _ if right.is_whitespace() || self.is_mark(right) => true,
            // Between a word and the next one, but not between fields of a table that quotes them.
            _ if self.native.is_wordly(right) => left.is_some_and(|left| is_parted || self.ends_word(left)),
            _ if is_parted => false,
            '\0'..='\u{7F}' => matches!(right, '!' | '.' | ')' | ']' | '"' | '\'' | '(' | ':'),
            _ => true,
        });
        !is_between_digits && is_fitting && !parts_strings(text, found) && self.may_follow(text, found)
    }

    /// Whether what stands before a mark, spaces apart, is no other mark and opens nothing: fields that are empty.
    fn may_follow(&self, text: &[u8], found: Found) -> bool {
        let Some((_, outer)) = before(text, before_spaces(text, found.at)) else { return false };
        let is_own = |entry: &Entry| entry.from == found.character && [entry.from, entry.to].contains(&outer);
        let is_of_run = self.entries.iter().any(is_own) && before_spaces(text, found.at) == found.at;
        let opens = matches!(Category::of(outer), Category::OpenPunctuation | Category::InitialPunctuation);
        is_of_run || !(self.is_mark(outer) || opens || matches!(outer, '.' | ':'))
    }

    fn is_mark(&self, character: char) -> bool {
        self.entries.iter().any(|entry| [entry.from, entry.to].contains(&character))
    }

    fn ends_word(&self, character: char) -> bool {
        let category = Category::of(character);
        self.native.is_wordly(character)
            || category.is_mark()
            || matches!(category, Category::ClosePunctuation | Category::FinalPunctuation)
            || self.is_mark(character)
            || character == '!'
    }
}

/// Whether a comma or semicolon parts strings of code or the fields of a table: it stands behind a straight quotation mark, or directly
/// before one that opens.
fn parts_strings(text: &[u8], found: Found) -> bool {
    if !matches!(found.character, ',' | ';') {
        return false;
    }
    let follows = before(text, found.at).is_some_and(|(_, left)| left == '"');
    let quote_end = after(text, found.end()).filter(|&(_, right)| right == '"').map(|(end, _)| end);
    let inside = quote_end.and_then(|end| after(text, end)).map(|(_, inside)| inside);
    follows
        || inside.is_some_and(|inside| {
            Category::of(inside).is_letter() || native::is_digit(inside) || inside == '"'
        })
}

/// Whether a mark stands beside a digit that is not ASCII, and only on one side.
fn is_of_number(text: &[u8], found: Found) -> bool {
    let left = before(text, found.at).is_some_and(|(_, left)| native::is_own_digit(left));
    let right = after(text, found.end()).is_some_and(|(_, right)| native::is_own_digit(right));
    left != right
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promise::{assert_cases, assert_kept, texts_of};
    use proptest::prelude::*;

    fn step(code: &str) -> Punctuation {
        Punctuation::of(Language::for_code(code).expect("a folder")).expect("marks")
    }

    #[test]
    fn marks_become_those_of_the_language() {
        assert_cases(
            &step("fa"),
            &[
                ("سلام, خوبی? بله; خوبم.", "سلام، خوبی؟ بله؛ خوبم.", "after letters"),
                ("در سال 1403, او", "در سال 1403، او", "ASCII digits say nothing"),
                ("۵, ۶ و ۷", "۵، ۶ و ۷", "own digits do"),
                ("1,250 و ۱,۲۵۰", "1,250 و ۱,۲۵۰", "separators of numbers"),
                ("اندازه XS, SM, MD", "اندازه XS, SM, MD", "a list in Latin"),
                ("چرا????!!!", "چرا؟؟؟؟!!!", "a run keeps its length"),
                ("واقعا?! (چرا?)", "واقعا؟! (چرا؟)", "beside other marks"),
                ("خوبه ;) بله ;-)", "خوبه ;) بله ;-)", "faces"),
                ("خوب ? بله ,ولی", "خوب ؟ بله ،ولی", "spaces are the business of another step"),
                ("۵۰% یا %۵۰، 50%", "۵۰٪ یا ٪۵۰، 50%", "per cent of own digits"),
                ("https://a.ir/?q=الف,ب, ج", "https://a.ir/?q=الف,ب، ج", "an address and what follows it"),
                (
                    "بود.,بعد \"گفت\",او رفت ., و: , , ,",
                    "بود.,بعد \"گفت\",او رفت ., و: , , ,",
                    "fields of tables",
                ),
                (
                    "\"الف\",\"ب\";\"\" [\"الف\", \"ب\"] الف,\"ب",
                    "\"الف\",\"ب\";\"\" [\"الف\", \"ب\"] الف,\"ب",
                    "between strings",
                ),
                ("«الف», \"ب,\" گفت \"چرا\"?", "«الف»، \"ب،\" گفت \"چرا\"؟", "in and around quotations"),
                ("Hello\n, سلام", "Hello\n, سلام", "a line of its own"),
                ("سلام\n?", "سلام\n?", "nothing before it in the line"),
            ],
        );
    }

    #[test]
    fn languages_without_marks_have_no_step() {
        assert!(Punctuation::of(Language::for_code("en").expect("a folder")).is_none());
    }

    #[test]
    fn long_runs_take_linear_time() {
        for piece in ["?", " ", ",", "ا", "1", "a?", "@?"] {
            let text = ["ا", &piece.repeat(30_000), "?"].concat();
            crate::trial::rewritten(step("fa"), &text);
        }
    }

    const PIECES: &[&str] = &[
        ",", ";", "?", "%", "?", ",", "ا", "سلام", "a", "Z", "1", "۵", "٣", " ", "\n", "\r", "!", ".", ")",
        "(", ":", "/", "https://", "www.", "a.org", "@", "#", "\u{64E}", "\u{200C}", "\u{A0}", "é", "&", "،",
        "؟", "\u{640}",
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
