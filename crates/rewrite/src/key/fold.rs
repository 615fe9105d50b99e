//! What a key makes of characters, one stage after the other.

use language::KeyFold;
use unicode::case::Casing;
use unicode::{Category, Form, space, utf8};

use super::ascii::Ascii;
use super::characters::Characters;
use crate::rewriter::{Rewriter, Scratch};
use crate::steps::{MarkClass, Marks};

/// What is asked for.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub form: Option<Form>,
    pub casing: Option<Casing>,
    pub strips_marks: bool,
    pub folds_digits: bool,
    pub drops_joiners: bool,
    pub folds_presentation_forms: bool,
    /// Those of languages, one after the other.
    pub folds: Vec<Vec<KeyFold>>,
    pub collapses_space: bool,
    pub drops_punctuation: bool,
}

/// Stages in order.
pub(super) struct Fold {
    /// What all of them do to ASCII.
    ascii: Ascii,
    stages: Vec<Stage>,
}

enum Stage {
    Form(Form),
    Case(Casing),
    Marks(Box<Rewriter>),
    Characters(Characters),
    /// Whether punctuation is space too.
    Space(bool),
}

/// Space that is used again from one text to the next.
#[derive(Debug, Default)]
pub(super) struct FoldScratch {
    current: Vec<u8>,
    next: Vec<u8>,
    rewriter: Scratch,
}

impl Fold {
    pub(super) fn new(plan: &Plan) -> Self {
        let marks = || Stage::Marks(Box::new(Rewriter::new(vec![Box::new(Marks::new(&MarkClass::DEFAULT))])));
        let first = [plan.form.map(Stage::Form), plan.casing.map(Stage::Case), plan.strips_marks.then(marks)];
        let last = plan.collapses_space.then_some(Stage::Space(plan.drops_punctuation));
        let characters = Characters::of(plan).map(Stage::Characters);
        let stages = first.into_iter().flatten().chain(characters).chain(last).collect();
        Fold { ascii: Ascii::new(plan), stages }
    }

    /// Appends what becomes of a text.
    #[inline]
    pub(super) fn fold_into(&self, text: &[u8], scratch: &mut FoldScratch, out: &mut Vec<u8>) {
        if text.is_ascii() { self.ascii.fold_into(text, out) } else { self.fold_stages(text, scratch, out) }
    }

    fn fold_stages(&self, text: &[u8], scratch: &mut FoldScratch, out: &mut Vec<u8>) {
        let mut is_changed = false;
        for stage in &self.stages {
            let FoldScratch { current, next, rewriter } = scratch;
            next.clear();
            if stage.apply(if is_changed { current } else { text }, rewriter, next) {
                std::mem::swap(current, next);
                is_changed = true;
            }
        }
        out.extend_from_slice(if is_changed { &scratch.current } else { text });
    }
}

impl Stage {
    /// Whether the text changes; `out`, empty before, then holds what it becomes.
    fn apply(&self, text: &[u8], rewriter: &mut Scratch, out: &mut Vec<u8>) -> bool {
        match self {
            Stage::Form(form) => {
                let is_changed = !form.is_normalized(text);
                if is_changed {
                    form.normalize_into(text, out);
                }
                is_changed
            }
            Stage::Case(casing) => {
                let is_changed = !casing.is_unchanged(text);
                if is_changed {
                    casing.convert_into(text, out);
                }
                is_changed
            }
            Stage::Marks(marks) => {
                out.extend_from_slice(marks.rewrite(text, rewriter));
                true
            }
            Stage::Characters(characters) => characters.apply(text, out),
            Stage::Space(drops_punctuation) => {
                collapse(text, *drops_punctuation, out);
                true
            }
        }
    }
}

/// Leaves one space of each run, and none at the ends.
fn collapse(text: &[u8], drops_punctuation: bool, out: &mut Vec<u8>) {
    let mut at = 0;
    let mut is_owed = false;
    while at < text.len() {
        let (character, length) = utf8::decode(&text[at..]);
        if space::is_white_space(character) || drops_punctuation && Category::of(character).is_punctuation() {
            is_owed = !out.is_empty();
        } else {
            if is_owed {
                out.push(b' ');
                is_owed = false;
            }
            out.extend_from_slice(&text[at..at + length]);
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn space_is_collapsed_and_punctuation_is_space_if_asked() {
        for (text, plain, bare) in [
            (" a \u{3000}\t b\n", "a b", "a b"),
            ("«س.ن»، ok!", "«س.ن»، ok!", "س ن ok"),
            ("۱+۱=۲", "۱+۱=۲", "۱+۱=۲"),
            (" . ", ".", ""),
        ] {
            for (drops_punctuation, wanted) in [(false, plain), (true, bare)] {
                let mut out = Vec::new();
                collapse(text.as_bytes(), drops_punctuation, &mut out);
                assert_eq!(String::from_utf8_lossy(&out), wanted, "{text}");
            }
        }
    }

    proptest! {
        // Tables take long to make.
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn ascii_goes_the_short_way_to_the_same_key(
            text in "[ -~\t\n\0]{0,40}", form: bool, case: bool, others: bool, collapses_space: bool, drops_punctuation: bool,
        ) {
            let casing = Casing { case: unicode::Case::Lower, locale: unicode::CaseLocale::Root };
            let plan = Plan {
                form: form.then_some(Form::Nfkc),
                casing: case.then_some(casing),
                strips_marks: others,
                folds_digits: others,
                drops_joiners: others,
                folds_presentation_forms: others,
                folds: language::KeyRules::codes()
                    .filter_map(language::KeyRules::for_code)
                    .map(|rules| rules.folds)
                    .filter(|_| others)
                    .collect(),
                collapses_space: collapses_space || drops_punctuation,
                drops_punctuation,
            };
            let fold = Fold::new(&plan);
            let (mut short, mut long) = (Vec::new(), Vec::new());
            fold.fold_into(text.as_bytes(), &mut FoldScratch::default(), &mut short);
            fold.fold_stages(text.as_bytes(), &mut FoldScratch::default(), &mut long);
            prop_assert_eq!(short, long);
        }
    }
}
