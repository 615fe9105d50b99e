//! Decimal digits of one kind.

use unicode::DigitSet;

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::name::UnknownName;
use crate::protect::Guard;
use crate::rule::Rule;
use crate::seek::Seeker;
use crate::step::{Step, Triggers};

/// Gives every decimal digit (General_Category Nd) the form that its value has in one set.
///
/// Digits in [protected spans](crate::protect) stay, so ASCII digits stay in Latin codes such as `A4`. Numerals that are
/// no decimal digits stay, such as `²`, `½` and `Ⅳ`, and so do separators: `٫` and `٬` belong to no set of digits.
#[derive(Debug, Clone)]
pub struct Digits {
    target: DigitSet,
    others: Seeker,
    rules: [Rule; 1],
}

impl Digits {
    /// The step that makes all digits those of one set.
    pub fn new(target: DigitSet) -> Self {
        let ends = |set: DigitSet| set.digit(9).map(|nine| (set.zero(), nine));
        let others = CharSet::new(DigitSet::all().filter(|&set| set != target).filter_map(ends));
        let rules = [Rule::lossless("digits", "a decimal digit takes the form of the chosen set")];
        Digits { target, others: Seeker::new(others), rules }
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
        let text = draft.text();
        let mut guard = Guard::new(text);
        let mut from = 0;
        while let Some(found) = self.others.next(text, from) {
            from = found.at;
            // Digits come in numbers, which are not worth a search each.
            while from < text.len()
                && let (Some((set, value)), length) = DigitSet::at(text, from)
                && set != self.target
            {
                if !guard.protects(from)
                    && let Some(digit) = self.target.digit(value)
                {
                    draft.replace(from..from + length, digit.encode_utf8(&mut [0; 4]).as_bytes(), 0);
                }
                from += length;
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

    const PIECES: &[&str] = &[
        "1", "2", "۳", "٤", "५", "𝟔", "a", "Z", "é", "ک", "-", ".", ",", ":", "/", "_", "@", "#", "\\", " ",
        "\n", "\u{200C}", "https://", "www.", "a.org", "pdf", "(", ")", "«", "²", "٫", "tel:", "=", "+", "~",
    ];

    proptest! {
        #[test]
        fn promises_are_kept(text in texts_of(PIECES), switches: u32) {
            for name in ["ascii", "fa", "deva"] {
                assert_kept(&step(name), &text, switches)?;
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
