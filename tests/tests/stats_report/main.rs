//! What the report of `stats` says: beside a slow count in Python, the same in every way of working, whatever the text.

mod bad;
mod laws;
mod pages;
mod reference;
mod refused;

use pipelines::{Folder, Generator, shell};

/// What a script says as JSON, and that it went well.
#[track_caller]
fn json(place: &Folder, script: &str) -> serde_json::Value {
    let outcome = shell(script).within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{script}: {}", outcome.err);
    serde_json::from_slice(&outcome.out).expect("JSON")
}

/// Words that come often, and words that come once, of characters that have long been what they are.
const WORDS: [&str; 24] = [
    "the",
    "the",
    "the",
    "The",
    "of",
    "of",
    "می\u{200C}رود",
    "کتاب",
    "e\u{301}t",
    "caf\u{E9}",
    "漢字",
    "U\u{E000}",
    "a.b",
    "—",
    "x\0y",
    "\u{1}",
    "\u{FFFD}",
    "Д",
    "٣",
    "\u{1F600}",
    "a\u{AD}b",
    "\u{200D}",
    "ﬁ",
    "²",
];

/// Lines of words, short and long, blank ones and twins of earlier ones; line ends of three kinds; no end after the last.
fn prose(seed: u64, lines: usize) -> Vec<u8> {
    let mut generator = Generator::new(seed);
    let mut written: Vec<Vec<u8>> = Vec::new();
    for _ in 0..lines {
        let mut line = Vec::new();
        if generator.once_in(4) && !written.is_empty() {
            line.clone_from(&written[generator.below(written.len())]);
        } else {
            for _ in 0..generator.below(25) {
                match generator.below(9) {
                    0 => line.extend_from_slice(format!("n{}", generator.below(3000)).as_bytes()),
                    1 if generator.once_in(6) => line.extend_from_slice(b"x\xE2\x82y"),
                    _ => line.extend_from_slice(generator.pick(&WORDS).as_bytes()),
                }
                line.extend_from_slice(generator.pick(&[" ", " ", " ", "  ", "\t", "\r"]).as_bytes());
            }
        }
        written.push(line);
    }
    let mut text = Vec::new();
    for line in written {
        text.extend_from_slice(&line);
        text.extend_from_slice(generator.pick(&["\n", "\n", "\n", "\r\n"]).as_bytes());
    }
    text.extend_from_slice(b"the end");
    text
}
