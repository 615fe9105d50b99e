//! Characters of zero width.

use proptest::prelude::*;
use rewrite::steps::{ZeroWidth, ZeroWidthPolicy};
use rewrite::{Rewriter, Scratch};

use crate::{cases, laws};

#[test]
fn contextual() {
    let step = ZeroWidth::new(ZeroWidthPolicy::Contextual);
    cases::check(include_str!("../data/steps/zero-width.tsv"), &step);
}

#[test]
fn dropped() {
    cases::check(include_str!("../data/steps/zero-width-drop.tsv"), &ZeroWidth::new(ZeroWidthPolicy::Drop));
}

#[test]
fn spaced() {
    cases::check(include_str!("../data/steps/zero-width-space.tsv"), &ZeroWidth::new(ZeroWidthPolicy::Space));
}

#[test]
fn long_runs_take_no_longer() {
    let rewriter = Rewriter::new(vec![Box::new(ZeroWidth::new(ZeroWidthPolicy::Contextual))]);
    let mut scratch = Scratch::default();
    let runs = ["\u{200C}", "\u{200D}\u{200C}", "\u{64E}\u{200C}", "\u{200C}\u{FEFF}", "ه\u{200C} "];
    for (run, left) in runs.into_iter().zip([1, 2, 100_001, 100_001, 1]) {
        let text = ["ب", &run.repeat(100_000), "ه"].concat();
        let out = String::from_utf8_lossy(rewriter.rewrite(text.as_bytes(), &mut scratch));
        let kept = out.matches(['\u{200C}', '\u{200D}', '\u{64E}', '\u{FEFF}']).count();
        assert_eq!(kept, if run.starts_with('ه') { 0 } else { left }, "{run:?}");
    }
}

/// One of each nature, and marks that come between.
const PIECES: &[&str] = &[
    "\u{200B}", "\u{200C}", "\u{200D}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{34F}", "\u{180E}",
    "\u{FEFF}", "\u{200F}", "\u{64E}", "\u{FE0F}", "ب", "ه", "ر", "ء", "ۆ", "ﺷ", "ـ", "ক", "\u{9CD}", "া",
    "ไ", "ᠠ", "👨", "🏽", "a", "7", "»", "(", " ", "\r\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn once_is_enough(text in laws::texts(PIECES), policy in 0..3usize, off in any::<u64>()) {
        let policy = ZeroWidthPolicy::ALL[policy];
        laws::hold(&ZeroWidth::new(policy), &text, 0)?;
        laws::hold(&ZeroWidth::new(policy), &text, off)?;
    }
}
