//! Decimal digits of one kind.

use language::Language;
use language::spans::{self, Span};
use unicode::DigitSet;

use crate::by_token::{self, Find, Substitution};
use crate::charset::CharSet;
use crate::draft::Draft;
use crate::name::UnknownName;
use crate::rule::Rule;
use crate::seek::Seeker;
use crate::step::{Step, Triggers};

/// Gives every decimal digit (General_Category Nd) the form that its value has in one set.
///
/// Digits in [protected spans](crate::protect) stay, so ASCII digits stay in Latin codes such as `A4`. Numerals that are
/// no decimal digits stay, such as `²`, `½` and `Ⅳ`, and so do separators: `٫` and `٬` belong to no set of digits.
/// Once the language is known, numbers with separators, dates, times and initials stay too, as [`language::spans`] finds them.
#[derive(Debug, Clone)]
pub struct Digits {
    language: Option<&'static Language>,
    target: DigitSet,
    /// The digits of the target, by value.
    forms: Vec<String>,
    others: Seeker,
    rules: [Rule; 1],
}

impl Digits {
    /// The step that makes all digits those of one set.
    pub fn new(target: DigitSet) -> Self {
        let ends = |set: DigitSet| set.digit(9).map(|nine| (set.zero(), nine));
        let others = CharSet::new(DigitSet::all().filter(|&set| set != target).filter_map(ends));
        let rules = [Rule::lossless("digits", "a decimal digit takes the form of the chosen set")];
        let forms = (0..10).filter_map(|value| target.digit(value)).map(String::from).collect();
        Digits { language: None, target, forms, others: Seeker::new(others), rules }
    }

    /// The same for text in a language: what belongs together in it stays as it is.
    ///
    /// ```
    /// use language::Language;
    /// use rewrite::{Rewriter, Scratch, steps::Digits};
    /// let step = Digits::new(Digits::set("fa").unwrap()).in_language(Language::for_code("fa").unwrap());
    /// let digits = Rewriter::new(vec![Box::new(step)]);
    /// let text = digits.rewrite("12 تا 1403/06/23".as_bytes(), &mut Scratch::default()).to_vec();
    /// assert_eq!(text, "۱۲ تا 1403/06/23".as_bytes());
    /// ```
    #[must_use]
    pub fn in_language(self, language: &'static Language) -> Self {
        Digits { language: Some(language), ..self }
    }

    /// The next digit of another set, and its form in the target.
    fn next(&self, text: &[u8], from: usize) -> Option<Substitution<'_>> {
        // Digits come in numbers, which are not worth a search for each.
        let at = if self.other_at(text, from).is_some() { from } else { self.others.next(text, from)?.at };
        let (value, length) = self.other_at(text, at)?;
        let with = self.forms.get(usize::from(value))?.as_bytes();
        Some(Substitution { range: at..at + length, with, rule: 0 })
    }

    /// The value and the length of a digit of another set.
    fn other_at(&self, text: &[u8], at: usize) -> Option<(u8, usize)> {
        if at >= text.len() {
            return None;
        }
        let (digit, length) = DigitSet::at(text, at);
        digit.filter(|&(set, _)| set != self.target).map(|(_, value)| (value, length))
    }

    /// The set that a name means: that of a language, of a script or of CLDR's numbering system.
    ///
    /// # Errors
    /// A name that [`DigitSet::parse`] does not know.
    ///
    /// ```
    /// use rewrite::steps::Digits;
    /// assert_eq!(Digits::set("fa").map(|set| set.zero()), Ok('۰'));
    /// assert!(Digits::set("asci").is_err_and(|unknown| unknown.nearest[0] == "ascii"));
    /// ```
    pub fn set(name: &str) -> Result<DigitSet, UnknownName> {
        let aliases = DigitSet::aliases().iter().map(|&(alias, _)| alias);
        let names = aliases.chain(DigitSet::all().map(DigitSet::name));
        DigitSet::parse(name).ok_or_else(|| UnknownName::new("set of digits", name, names))
    }
}

impl Step for Digits {
    fn name(&self) -> &'static str {
        "digits"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(self.others.set().clone())
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        match self.language {
            None => by_token::replace(draft, |text, from| self.next(text, from)),
            Some(language) => {
                by_token::replace_found(draft, Sparing { digits: self, language, spans: None, next: 0 });
            }
        }
    }
}

/// Finds digits outside the spans of a language, which are looked for where there are digits.
struct Sparing<'s> {
    digits: &'s Digits,
    language: &'static Language,
    spans: Option<Vec<Span>>,
    next: usize,
}

impl<'s> Find<'s> for Sparing<'s> {
    fn for_another(&self) -> Self {
        Sparing { spans: None, next: 0, ..*self }
    }

    fn next(&mut self, text: &[u8], from: usize) -> Option<Substitution<'s>> {
        let mut from = from;
        loop {
            let found = self.digits.next(text, from)?;
            let spans = self.spans.get_or_insert_with(|| {
                let mut spans = Vec::new();
                spans::find(self.language, text, &mut spans);
                spans
            });
            while spans.get(self.next).is_some_and(|span| span.range.end <= found.range.start) {
                self.next += 1;
            }
            match spans.get(self.next) {
                Some(span) if span.range.start <= found.range.start => from = span.range.end,
                _ => return Some(found),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promise::{assert_cases, assert_kept, texts_of};
    use proptest::prelude::*;

    fn step(name: &str) -> Digits {
        Digits::new(Digits::set(name).expect("a set of digits"))
    }

    #[test]
    fn digits_of_any_script_become_ascii() {
        assert_cases(
            &step("ascii"),
            &[
                ("۱۴۰۳ و ١٤٠٣", "1403 و 1403", "Persian and Arabic"),
                ("१२ ๓๔ ４５ 𝟔𝟕", "12 34 45 67", "any other, mathematical ones too"),
                ("۱۲٬۳۴۵٫۶۷، ۱۸:۰۱ ۱۴۰۳/۰۶/۲۳", "12٬345٫67، 18:01 1403/06/23", "separators stay"),
                ("x² ½ Ⅳ ① 五", "x² ½ Ⅳ ① 五", "these are no decimal digits"),
                ("https://fa.wikipedia.org/wiki/۱۳۵۷ ۱۳۵۷", "https://fa.wikipedia.org/wiki/۱۳۵۷ 1357", "URL"),
                ("#انتخابات_۱۴۰۰ گزارش-۲.pdf", "#انتخابات_۱۴۰۰ گزارش-۲.pdf", "tag, file name"),
                ("کاربر۷@مثال.ایران", "کاربر۷@مثال.ایران", "mail address"),
                ("A۴، کووید-۱۹", "A4، کووید-19", "no code until then"),
                ("۳www.۳", "3www.3", "a digit before www keeps it from being one, of whatever set it is"),
                ("۱\n۲\r\n۳", "1\n2\r\n3", "in every line"),
            ],
        );
    }

    #[test]
    fn ascii_digits_stay_in_codes() {
        assert_cases(
            &step("fa"),
            &[
                ("در 1403 و ١٤٠٣", "در ۱۴۰۳ و ۱۴۰۳", "numbers"),
                ("A4، COVID-19، x86_64، 5G، 10kg 3.5", "A4، COVID-19، x86_64، 5G، 10kg ۳.۵", "codes"),
                ("www.a.ir/1 a1@b.org 1.pdf 1", "www.a.ir/1 a1@b.org 1.pdf ۱", "addresses, file names"),
                ("#5 1/2 12:30 $5 50%", "#۵ ۱/۲ ۱۲:۳۰ $۵ ۵۰%", "signs beside numbers"),
                ("کووید-19", "کووید-۱۹", "a word that is not Latin"),
            ],
        );
        assert_cases(&step("thai"), &[("1 ۲", "๑ ๒", "a script's name")]);
    }

    #[test]
    fn what_belongs_together_in_a_language_stays() {
        let persian = Language::for_code("fa").expect("a folder");
        assert_cases(
            &step("fa").in_language(persian),
            &[
                ("در 5 روز تا 1403/06/23", "در ۵ روز تا 1403/06/23", "a date"),
                (
                    "ساعت 18:01، 2 نفر، 3.5 و 12,500",
                    "ساعت 18:01، ۲ نفر، 3.5 و 12,500",
                    "times and separators",
                ),
                ("جمعه 2 آذر 1403", "جمعه 2 آذر 1403", "a date in words"),
            ],
        );
    }

    const PIECES: &[&str] = &[
        "1", "2", "۳", "٤", "५", "𝟔", "a", "Z", "é", "ک", "-", ".", ",", ":", "/", "_", "@", "#", "\\", " ",
        "\n", "\u{200C}", "https://", "www.", "a.org", "pdf", "(", ")", "«", "²", "٫", "tel:", "=", "+", "~",
        "آذر", "1403", "تیر",
    ];

    proptest! {
        #[test]
        fn promises_are_kept(text in texts_of(PIECES), switches: u32) {
            let persian = Language::for_code("fa").expect("a folder");
            for name in ["ascii", "fa", "deva"] {
                assert_kept(&step(name), &text, switches)?;
                assert_kept(&step(name).in_language(persian), &text, switches)?;
            }
        }

        #[test]
        fn numbers_mean_what_they_meant(text in texts_of(PIECES)) {
            let values = |text: &[u8]| -> Vec<Option<u8>> {
                String::from_utf8_lossy(text).chars().map(unicode::digit::value).collect()
            };
            prop_assert_eq!(values(&crate::promise::applied(&step("fa"), &text, &[true])), values(&text));
        }
    }
}
