//! Association scores are those of their formulas, to twelve digits.

use pipelines::{Texts, shell, skipped};

use crate::{SLOW, cells, few_words, same_tables, with_reference};

/// Every score of pairs.
pub const NAMES: [&str; 11] =
    ["pmi", "npmi", "mi3", "t", "z", "chi2", "ll", "dice", "logdice", "dp-forward", "dp-backward"];

fn texts() -> Option<Texts> {
    with_reference(Texts::of([
        ("few".to_owned(), few_words(21, 250)),
        ("one".to_owned(), b"a b\n".to_vec()),
        ("same".to_owned(), b"a a a a\nb a a\n".to_vec()),
        ("apart".to_owned(), b"a b\nc d\n".to_vec()),
    ]))
}

#[test]
fn every_score_is_its_formula() {
    let Some(texts) = texts() else { return };
    for args in
        ["-n 2 --scores all", "--skip-gram 3 --scores all", "--window 5 --scores all", "-n 2 --scores ll,pmi"]
    {
        for name in &texts.names {
            let theirs = texts.run(&format!("{SLOW} {args} {name}")).text();
            for work in ["", "-S 64K -j 2 --chunk-size 1K"] {
                let ours = texts.run(&format!("ngram {args} {work} {name}")).text();
                same_tables(&format!("{args} {work} {name}"), &ours, &theirs);
            }
        }
    }
}

/// Pruning leaves out rows, and changes no number: what was left out was counted.
#[test]
fn scores_are_of_all_that_was_counted() {
    let Some(texts) = texts() else { return };
    for args in ["-n 2 --scores all --min-count 3", "--window 3 --scores t,dice --min-count 4"] {
        let [ours, theirs] = ["ngram", SLOW].map(|tool| texts.run(&format!("{tool} {args} few")).text());
        same_tables(args, &ours, &theirs);
    }
}

/// By a score, the largest first; equal scores by key.
#[test]
fn any_score_ranks() {
    let Some(texts) = texts() else { return };
    for (index, score) in NAMES.iter().enumerate() {
        let args = format!("-n 2 --scores all --min-count 2 --sort {score}");
        let ours = texts.run(&format!("ngram {args} few")).text();
        let rows = cells(&ours);
        let mut by_key = rows.clone();
        by_key.sort();
        let wanted = texts.run("ngram -n 2 --scores all --min-count 2 few").text();
        let mut all = cells(&wanted);
        all.sort();
        assert_eq!(by_key, all, "{score}: other rows");
        for pair in rows.windows(2) {
            let [one, two] = [0, 1].map(|at| pair[at][2 + index].parse::<f64>().expect("a number"));
            assert!(one > two || one == two && pair[0][0] < pair[1][0], "{score}: {pair:?}");
        }
        let top = texts.run(&format!("ngram {args} --top 8 few")).text();
        assert_eq!(cells(&top), rows[..8], "{score}: the top is the head");
        for work in ["-S 64K", "-j 2 --chunk-size 1K"] {
            assert_eq!(texts.run(&format!("ngram {args} {work} few")).text(), ours, "{score} {work}");
        }
    }
}

/// NLTK and SciPy, where they are installed, say the same of the scores that they have.
#[test]
fn the_libraries_of_others_agree() {
    let Some(texts) = texts() else { return };
    if shell("python3 -c 'import nltk, scipy'").run().status != Some(0) {
        return skipped("NLTK and SciPy are not installed");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/ngramming/association");
    texts.run(&format!("ngram -n 2 --scores all --header few | python3 '{script}' few"));
}
