//! Marks on letters.

use std::sync::LazyLock;

use proptest::prelude::*;
use rewrite::steps::{MarkClass, Marks};
use rewrite::{Rewriter, Scratch};
use unicode::Script;

use crate::{cases, laws};

static DEFAULT: LazyLock<Marks> = LazyLock::new(|| Marks::new(&MarkClass::DEFAULT));

static NAMED: LazyLock<Marks> = LazyLock::new(|| {
    Marks::new(&[
        MarkClass::Tatweel,
        MarkClass::CyrillicLetters,
        MarkClass::Accents(Script::Thai),
        MarkClass::Accents(Script::Devanagari),
        MarkClass::Accents(Script::Syriac),
    ])
});

static ALL: LazyLock<Marks> = LazyLock::new(|| {
    let others = [MarkClass::Tatweel, MarkClass::CyrillicLetters, MarkClass::Harakat];
    let scripts = Script::ALL.iter().map(|&script| MarkClass::Accents(script));
    Marks::new(&MarkClass::DEFAULT.into_iter().chain(others).chain(scripts).collect::<Vec<_>>())
});

#[test]
fn of_everyday_writing() {
    cases::check(include_str!("../data/steps/marks-default.tsv"), &*DEFAULT);
}

#[test]
fn that_were_named() {
    cases::check(include_str!("../data/steps/marks-named.tsv"), &*NAMED);
}

#[test]
fn no_class_is_stripped_twice() {
    let marks = Marks::new(&[MarkClass::Harakat, MarkClass::Harakat]);
    assert_eq!(rewrite::Step::rules(&marks).len(), 1);
}

#[test]
fn long_runs_take_no_longer() {
    let rewriter = Rewriter::new(vec![Box::new(ALL.clone())]);
    let mut scratch = Scratch::default();
    for run in ["\u{301}", "\u{301}\u{200D}", "é", "\u{640}", "\u{64E}\u{640}", "\u{20DD}\u{301}", "ا\u{64E}"]
    {
        let text = ["иب", &run.repeat(200_000)].concat();
        assert!(rewriter.rewrite(text.as_bytes(), &mut scratch).len() < text.len());
    }
}

const PIECES: &[&str] = &[
    "a", "é", "ǖ", "и", "й", "е", "α", "ᾴ", "ب", "ا", "\u{640}", "ש", "שּׁ", "ท", "क", "ܫ", "가", "1", " ",
    "\n", "\u{301}", "\u{306}", "\u{308}", "\u{300}", "\u{345}", "\u{338}", "\u{64E}", "\u{654}", "\u{5BC}",
    "\u{596}", "\u{E48}", "\u{E34}", "\u{94D}", "\u{93C}", "\u{951}", "\u{3099}", "\u{34F}", "\u{FE0F}",
    "\u{20DD}", "\u{200D}", "\u{200C}", "\u{200F}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn once_is_enough(text in laws::texts(PIECES), which in 0..3usize, off in any::<u64>()) {
        let step = [&*DEFAULT, &*NAMED, &*ALL][which];
        laws::hold(step, &text, 0)?;
        laws::hold(step, &text, off)?;
    }
}
