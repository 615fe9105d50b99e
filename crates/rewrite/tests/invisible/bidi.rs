//! Controls of direction.

use proptest::prelude::*;
use rewrite::steps::{Bidi, BidiPolicy};
use rewrite::{Rewriter, Scratch};

use crate::{cases, laws};

#[test]
fn stripped() {
    cases::check(include_str!("../data/steps/bidi-strip.tsv"), &Bidi::new(BidiPolicy::Strip));
}

#[test]
fn repaired() {
    let deep = format!(
        "{0}a{1}\t{2}a{3}\tbidi-deep\t126 levels",
        LRI.repeat(126),
        PDI.repeat(126),
        LRI.repeat(125),
        PDI.repeat(125)
    );
    let file = [include_str!("../data/steps/bidi-repair.tsv"), &deep].concat();
    cases::check(&file, &Bidi::new(BidiPolicy::Repair));
}

const LRI: &str = "\u{2066}";
const PDI: &str = "\u{2069}";

fn repaired_text(text: &str) -> String {
    let rewriter = Rewriter::new(vec![Box::new(Bidi::new(BidiPolicy::Repair))]);
    let mut scratch = Scratch::default();
    String::from_utf8_lossy(rewriter.rewrite(text.as_bytes(), &mut scratch)).into_owned()
}

#[test]
fn long_runs_take_no_longer() {
    for (text, left) in [
        (PDI.repeat(300_000), 0),
        ([&LRI.repeat(300_000), "a"].concat(), 250),
        ([LRI, &"\u{202B}\u{202C}\u{202C}".repeat(100_000), "a"].concat(), 2),
        ([LRI, &"\u{202B}a".repeat(200_000), &PDI.repeat(200_000)].concat(), 250),
        ("\u{200E}".repeat(300_000), 1),
        ("\u{200E}\u{202E}\u{202C}".repeat(100_000), 1),
    ] {
        assert_eq!(repaired_text(&text).chars().filter(|character| *character != 'a').count(), left);
    }
}

/// Whether every pair of each paragraph is properly nested, and none is empty.
fn is_nested(text: &str) -> bool {
    text.split(['\n', '\r', '\u{2029}']).all(|paragraph| {
        let mut open = Vec::new();
        let characters: Vec<char> = paragraph.chars().collect();
        let opens = |character| {
            matches!(character, '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' | '\u{2066}'..='\u{2068}')
        };
        let all_end = characters.iter().enumerate().all(|(place, &character)| {
            let is_terminator = matches!(character, '\u{202C}' | '\u{2069}');
            if opens(character) {
                open.push(character);
            } else if is_terminator {
                let isolates = open.pop().map(|opened| opened >= '\u{2066}');
                return isolates == Some(character == '\u{2069}') && !opens(characters[place - 1]);
            }
            true
        });
        all_end && open.is_empty()
    })
}

const PIECES: &[&str] = &[
    "\u{61C}",
    "\u{200E}",
    "\u{200F}",
    "\u{200E}",
    "\u{202A}",
    "\u{202B}",
    "\u{202C}",
    "\u{202C}",
    "\u{202E}",
    "\u{2066}",
    "\u{2067}",
    "\u{2069}",
    "\u{2069}",
    "a",
    "س",
    "\u{202A}a\u{202A}b\u{2066}c",
    "\r\n",
    "\u{2029}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn once_is_enough(text in laws::texts(PIECES), policy in 0..2usize, off in any::<u64>()) {
        let policy = BidiPolicy::ALL[policy];
        laws::hold(&Bidi::new(policy), &text, 0)?;
        laws::hold(&Bidi::new(policy), &text, off)?;
    }

    #[test]
    fn deep_nesting_is_settled_at_once(
        (head, tail) in (laws::texts(PIECES), laws::texts(PIECES)), isolates in any::<bool>(), count in 110..130usize,
        off in any::<u64>(),
    ) {
        let nest = if isolates { "\u{2067}x" } else { "\u{202E}x" }.repeat(count);
        laws::hold(&Bidi::new(BidiPolicy::Repair), &[&head, nest.as_bytes(), &tail].concat(), off)?;
    }

    #[test]
    fn what_is_repaired_is_nested(text in laws::texts(PIECES)) {
        let text = String::from_utf8_lossy(&text).into_owned();
        let repaired = repaired_text(&text);
        prop_assert!(is_nested(&repaired), "{:?} from {:?}", repaired, text);
        let bare = |text: &str| text.chars().filter(|&character| !unicode::ignorable::is_bidi_control(character)).collect::<String>();
        prop_assert_eq!(bare(&repaired), bare(&text));
    }
}
