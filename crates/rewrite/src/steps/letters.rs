//! Letters as a language writes them: the rules of its data folder.

mod matcher;
mod surroundings;

use std::collections::BTreeMap;

use language::letters::LetterRule;

use crate::by_token::{self, Find, Substitution};
use crate::draft::Draft;
use crate::rule::Rule;
use crate::seek::Seeker;
use crate::step::{Step, Triggers};
use matcher::Matcher;
use surroundings::Surroundings;

/// Carries out rules for letters, outside protected spans; what they mean is said in [`language::letters`].
///
/// ```
/// use language::Language;
/// use rewrite::{Rewriter, Scratch, steps::Letters};
/// let persian = Language::for_code("fa").unwrap();
/// let steps = Letters::steps("letters", persian.letter_rules());
/// let letters = Rewriter::new(steps.into_iter().map(|step| Box::new(step) as _).collect());
/// assert_eq!(letters.rewrite("كتابي".as_bytes(), &mut Scratch::default()), "کتابی".as_bytes());
/// ```
#[derive(Debug, Clone)]
pub struct Letters {
    name: &'static str,
    rules: Vec<Rule>,
    matcher: Matcher,
    seeker: Seeker,
}

impl Letters {
    /// The steps that carry out some rules, all of one name: one for each pass, in order.
    pub fn steps<'r>(
        name: &'static str,
        letter_rules: impl IntoIterator<Item = &'r LetterRule>,
    ) -> Vec<Self> {
        let mut passes: BTreeMap<usize, Vec<&LetterRule>> = BTreeMap::new();
        for rule in letter_rules {
            passes.entry(rule.pass).or_default().push(rule);
        }
        passes.into_values().map(|letter_rules| Letters::new(name, &letter_rules)).collect()
    }

    fn new(name: &'static str, letter_rules: &[&LetterRule]) -> Self {
        let rule = |rule: &&LetterRule| Rule {
            name: rule.name.into(),
            about: rule.about.into(),
            is_lossy: rule.is_lossy,
        };
        let matcher = Matcher::new(letter_rules);
        let seeker = Seeker::new(matcher.first_characters());
        Letters { name, rules: letter_rules.iter().map(rule).collect(), matcher, seeker }
    }
}

impl Step for Letters {
    fn name(&self) -> &'static str {
        self.name
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(self.seeker.set().clone())
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        by_token::replace_found(draft, Finder { step: self, surroundings: Surroundings::default() });
    }
}

/// Finds what the rules would replace in one text.
struct Finder<'s> {
    step: &'s Letters,
    surroundings: Surroundings,
}

impl<'s> Find<'s> for Finder<'s> {
    fn for_another(&self) -> Self {
        Finder { step: self.step, surroundings: Surroundings::default() }
    }

    fn next(&mut self, text: &[u8], from: usize) -> Option<Substitution<'s>> {
        let Letters { matcher, seeker, .. } = self.step;
        let mut at = from;
        loop {
            let found = seeker.next(text, at)?;
            if let Some(pair) = matcher.at(text, found.at, found.character, &mut self.surroundings) {
                let range = found.at..found.at + pair.from.len();
                return Some(Substitution { range, with: pair.to.as_bytes(), rule: pair.rule });
            }
            at = found.end();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promise::{assert_kept, texts_of};
    use crate::{Rewriter, Scratch};
    use language::Language;
    use proptest::prelude::*;

    fn letters(code: &str) -> Vec<Letters> {
        Letters::steps("letters", Language::for_code(code).expect("a folder").letter_rules())
    }

    fn spelling(name: &str, value: Option<&str>) -> Vec<Letters> {
        let persian = Language::for_code("fa").expect("a folder");
        let is_meant =
            |spelling: &&language::spelling::Spelling| spelling.name == name && spelling.value == value;
        let found = persian.spellings().iter().find(is_meant).expect("a choice");
        Letters::steps("spelling", &found.rules)
    }

    fn rewritten(steps: Vec<Letters>, text: &str) -> String {
        let rewriter = Rewriter::new(steps.into_iter().map(|step| Box::new(step) as _).collect());
        String::from_utf8_lossy(rewriter.rewrite(text.as_bytes(), &mut Scratch::default())).into_owned()
    }

    #[track_caller]
    fn assert_cases(steps: &[Letters], cases: &[(&str, &str, &str)]) {
        for (text, want, why) in cases {
            assert_eq!(&rewritten(steps.to_vec(), text), want, "{why}");
            for step in steps {
                assert_kept(step, text.as_bytes(), !0).expect("a promise is kept");
            }
        }
    }

    #[test]
    fn letters_of_other_keyboards_become_persian() {
        assert_cases(
            &letters("fa"),
            &[
                ("كتاب علي و موسى", "کتاب علی و موسی", "yeh, alef maksura, kaf"),
                ("همون طور ڪه", "همون طور که", "swash kaf"),
                ("ہمه بە شدە", "همه به شده", "look-alike hehs"),
                ("یہ لڑکا ہے", "یہ لڑکا ہے", "a quotation from Urdu"),
                ("کۆمە", "کۆمە", "a word of Sorani"),
                (
                    "دولت\u{AD}ها، دولت\u{200C}\u{AD}های",
                    "دولت\u{200C}ها، دولت\u{200C}\u{200C}های",
                    "soft hyphen",
                ),
                ("دولت¬ها ¬ 3¬4 ¬الف", "دولت\u{200C}ها ¬ 3¬4 ¬الف", "not sign"),
                (
                    "می\u{200F}خوری اندام\u{200E}ها مى\u{200F}روم",
                    "می\u{200C}خوری اندام\u{200C}ها می\u{200C}روم",
                    "marks of direction",
                ),
                (
                    "دارد\u{200F}ها (ب)\u{200F}ج ب\u{200F} ب\u{200F}a \u{200F}ب",
                    "دارد\u{200F}ها (ب)\u{200F}ج ب\u{200F} ب\u{200F}a \u{200F}ب",
                    "no joint",
                ),
                (
                    "به\u{64E}\u{200F}ما ب\u{200F}\u{200F}م",
                    "به\u{64E}\u{200C}ما ب\u{200F}\u{200F}م",
                    "past marks",
                ),
                ("co\u{AD}op", "co\u{AD}op", "a soft hyphen of Latin letters"),
                ("سلامـــت بـَـه", "سلامت بَه", "tatweel, and a mark on it"),
                ("هـ ق، ـها، الفـ، ــ", "هـ ق، ـها، الفـ، ــ", "tatweel at an edge"),
                ("قطعــًاا", "قطعًاا", "tatweel before tanvin"),
                ("هـٰذا", "هـٰذا", "what carries a mark of the Quran"),
                ("مُُُحَّّمد", "مُحَّمد", "doubled marks"),
                ("مسي\u{654}ول", "مسي\u{654}ول", "half of a letter that is decomposed"),
                (
                    "https://fa.wikipedia.org/wiki/كتاب #كتاب كتاب",
                    "https://fa.wikipedia.org/wiki/كتاب #كتاب کتاب",
                    "protected",
                ),
            ],
        );
    }

    #[test]
    fn others_keep_what_is_theirs() {
        for code in ["ar", "ur", "ckb", "ps"] {
            let samples =
                std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../language/data").join(code);
            let samples = std::fs::read_to_string(samples.join("samples.txt")).expect("samples");
            for line in samples.lines() {
                assert_eq!(rewritten(letters(code), line), line, "{code}");
            }
        }
    }

    #[test]
    fn old_sorani_text_gets_its_vowel() {
        assert_cases(
            &letters("ckb"),
            &[
                ("به\u{200C}ڕێوه\u{200C}به\u{200C}ر", "بەڕێوەبەر", "inside"),
                ("ئه\u{200C}مه", "ئەمە", "at the end, in a word written in the old way"),
                ("ڕێگه. شاه ئەڵڵاه الله", "ڕێگە. شاه ئەڵڵاه الله", "not after alef, nor in words of others"),
                ("دەهـ ده\u{200D}", "دەهـ ده\u{200D}", "h at a word's end"),
                ("كوردي", "کوردی", "yeh and kaf"),
            ],
        );
    }

    #[test]
    fn languages_differ_in_what_they_take() {
        assert_cases(
            &letters("ur"),
            &[
                ("يه كيا هے", "یہ کیا ہے", "letters of Arabic keyboards"),
                ("زكوة، مسئلۀ", "زکوۃ، مسئلۂ", "teh marbuta, izafat"),
                ("بھائی ہے", "بھائی ہے", "what aspirates stays"),
            ],
        );
        assert_cases(&letters("ps"), &[("ي ی ې ۍ ئ، دى ك", "ي ی ې ۍ ئ، دی ک", "five yehs")]);
        assert_cases(
            &letters("ar"),
            &[
                ("کتابی الحیاة على", "كتابی الحياة على", "yeh at the end stays"),
                ("«گفتگوی ما»", "«گفتگوی ما»", "a quotation from Persian"),
            ],
        );
    }

    #[test]
    fn spellings_are_made_one() {
        assert_cases(&spelling("teh-marbuta", None), &[("دايرة", "دايره", "at the end")]);
        assert_cases(
            &spelling("heh-yeh", Some("hamza")),
            &[(
                "خانۀ ما، خانه\u{200C}ی ما، خانه\u{200C}یی",
                "خانه\u{654} ما، خانه\u{654} ما، خانه\u{200C}یی",
                "",
            )],
        );
        assert_cases(
            &spelling("heh-yeh", Some("letter")),
            &[("خانه\u{654} ما، خانه\u{200C}ی ما", "خانۀ ما، خانۀ ما", "")],
        );
        assert_cases(
            &spelling("heh-yeh", Some("yeh")),
            &[("خانه\u{654} ما، خانۀ ما", "خانه\u{200C}ی ما، خانه\u{200C}ی ما", "")],
        );
        assert_cases(
            &spelling("hamza", Some("drop")),
            &[
                ("رئیس مؤثر جرأت، جزئی", "رییس موثر جرات، جزیی", "also on yeh before yeh"),
                ("مسئول و مسئله، قرائت", "مسئول و مسئله، قرائت", "not on yeh before others"),
                ("ري\u{654}يس مسي\u{654}ول", "ریيس مسي\u{654}ول", "decomposed"),
                ("ئئی", "ئئی", "no second look"),
            ],
        );
        assert_cases(
            &spelling("hamza", Some("write")),
            &[(
                "رییس\u{200C}جمهور تاثیرات، پرتاثیر",
                "رئیس\u{200C}جمهور تأثیرات، پرتاثیر",
                "at the start of words",
            )],
        );
        assert_cases(&spelling("harakat", None), &[("حَتماً", "حتما", "")]);
    }

    #[test]
    fn long_runs_take_linear_time() {
        for piece in ["ـ", "م\u{AD}", "ه", "\u{64E}", "بـ", "ہ", "ي\u{64E}", "ه\u{200C}"] {
            for code in ["fa", "ar", "ur", "ckb", "ps"] {
                rewritten(letters(code), &piece.repeat(30_000));
            }
        }
    }

    const PIECES: &[&str] = &[
        "ي", "ى", "ك", "ڪ", "ہ", "ھ", "ە", "ه", "ی", "ک", "ة", "ۃ", "ۀ", "\u{654}", "\u{670}", "\u{64E}",
        "\u{64E}", "\u{651}", "\u{640}", "\u{640}", "\u{200C}", "\u{200D}", "\u{AD}", "\u{200F}", "¬", "م",
        "ا", "ێ", "ٹ", "پ", "أ", "إ", "ؤ", "ئ", "رییس", " ", "\n", "\r\n", ".", "a", "#", "_", "https://",
        "www.", "@", "/", "a.org/", "1", "۱", "pdf", "،",
    ];

    proptest! {
        #[test]
        fn promises_are_kept(text in texts_of(PIECES), switches: u32) {
            for language in Language::all() {
                if language.has_conventions() {
                    let spellings = language.spellings().iter().map(|spelling| &spelling.rules);
                    let lists = spellings.map(|rules| Letters::steps("spelling", rules));
                    for step in lists.chain([letters(language.code())]).flatten() {
                        assert_kept(&step, &text, switches)?;
                    }
                }
            }
        }
    }
}
