//! `ngram` beside what a person would check it with: awk, sort and uniq, and the rules written down in Python.

mod answers;
mod bad;
mod bounded;
mod counts;
mod formats;
mod parts;
mod questions;
mod scores;

use pipelines::{Generator, Texts, has_program};

/// What `ngram` counts, in Python, with the same flags.
const REFERENCE: &str = include_str!("reference.py");

/// What all answers below are to be, by the slow way.
const SLOW: &str = "python3 -X utf8 reference.py";

/// Texts, with the reference beside them; nothing where Python is not there.
fn with_reference(texts: Texts) -> Option<Texts> {
    texts.folder.write("reference.py", REFERENCE);
    has_program("python3").then_some(texts)
}

/// Words of few letters, so that pairs come often, in lines of every length; capitals differ from line to line.
fn few_words(seed: u64, lines: usize) -> Vec<u8> {
    let mut generator = Generator::new(seed);
    let mut text = Vec::new();
    for _ in 0..lines {
        for _ in 0..generator.below(12) {
            // The commonest word comes as often as half of the others together.
            let word = generator.below(40).min(generator.below(40));
            let word = format!("{}{} ", ["w", "x", "\u{6CC}", "W"][generator.below(4)], word % 23);
            text.extend_from_slice(word.as_bytes());
        }
        text.push(b'\n');
    }
    text
}

/// Words of which most come once: more than a run with 64 KiB can hold.
fn many_words(seed: u64, lines: usize) -> Vec<u8> {
    let mut generator = Generator::new(seed);
    let mut text = Vec::new();
    for _ in 0..lines {
        for _ in 0..1 + generator.below(9) {
            let word =
                if generator.once_in(3) { generator.below(60) } else { generator.below(1_000_000_007) };
            text.extend_from_slice(format!("{word} ").as_bytes());
        }
        text.push(b'\n');
    }
    text
}

/// The lines of a table, each in its cells.
fn cells(table: &str) -> Vec<Vec<&str>> {
    table.lines().map(|line| line.split('\t').collect()).collect()
}

/// Whether two cells say the same: the same text, or numbers of which only the last digits differ.
fn is_same(one: &str, two: &str) -> bool {
    let numbers = one.parse::<f64>().ok().zip(two.parse::<f64>().ok());
    one == two || numbers.is_some_and(|(one, two)| (one - two).abs() <= 1e-12 * two.abs().max(1.0))
}

/// Checks a table cell by cell.
#[track_caller]
fn same_tables(what: &str, ours: &str, theirs: &str) {
    let (ours, theirs) = (cells(ours), cells(theirs));
    for (one, two) in ours.iter().zip(&theirs) {
        let is_row = one.len() == two.len() && one.iter().zip(two).all(|(one, two)| is_same(one, two));
        assert!(is_row, "{what}: {one:?}, not {two:?}");
    }
    assert_eq!(ours.len(), theirs.len(), "{what}: rows");
}
