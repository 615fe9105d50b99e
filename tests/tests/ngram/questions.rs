//! Which words go with a word, and where it stands.

use pipelines::{Texts, seeds, shell, skipped, tool};

use crate::{cells, few_words};

/// What stands within a window around a word, as often as the pairs of `--window` say.
#[test]
fn collocates_are_the_pairs_of_a_window() {
    let texts = Texts::of([("few".to_owned(), few_words(71, 300))]);
    for width in [1, 3, 5] {
        let pairs = texts.run(&format!("ngram --window {width} few")).text();
        let mut wanted: Vec<(String, u64)> = Vec::new();
        for row in cells(&pairs) {
            let (one, two) = row[0].split_once(' ').expect("a pair");
            let count = row[1].parse().expect("a count");
            match (one, two) {
                // Each of the two stands in the window of the other.
                ("w3", "w3") => wanted.push(("w3".to_owned(), 2 * count)),
                ("w3", other) | (other, "w3") => wanted.push((other.to_owned(), count)),
                _ => {}
            }
        }
        wanted.sort();
        let found = texts.run(&format!("ngram --collocates w3 --window {width} few")).text();
        let mut found: Vec<(String, u64)> =
            cells(&found).iter().map(|row| (row[0].to_owned(), row[1].parse().expect("a count"))).collect();
        found.sort();
        assert_eq!(found, wanted, "--window {width}");
    }
}

#[test]
fn collocates_rank_by_any_score() {
    let texts = Texts::of([("few".to_owned(), few_words(72, 300))]);
    for score in crate::scores::NAMES {
        let args = format!("--collocates w3 --window 4 --scores {score} --min-count 2 --sort {score}");
        let table = texts.run(&format!("ngram {args} few")).text();
        let values: Vec<f64> =
            cells(&table).iter().map(|row| row[row.len() - 1].parse().expect("a number")).collect();
        assert!(values.len() > 10 && values.is_sorted_by(|one, two| one >= two), "{score}: {values:?}");
        for work in ["-S 64K", "-j 2 --chunk-size 1K"] {
            assert_eq!(texts.run(&format!("ngram {args} {work} few")).text(), table, "{score} {work}");
        }
    }
}

/// Every place is a line, with what stands before and after it.
#[test]
fn a_concordance_has_a_line_for_each_place() {
    let text = "the cat sat on the mat\nno such word\nThe cat, the cat\n";
    let run = tool("ngram").args(["--concordance", "cat", "--unit", "word"]).input(text).run();
    assert_eq!((run.status, &run.err[..]), (Some(0), ""), "{}", run.text());
    let text = run.text();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.lines().all(|line| line.contains("cat")), "{text}");
    assert!(text.lines().any(|line| line.contains("sat on")), "{text}");
    tool("ngram").args(["--concordance", "dog"]).input("the cat\n").run().is(0, "", &[]);
}

/// The questions of the page, asked of real news.
#[test]
fn questions_are_asked_of_the_seeds() {
    let Some(seeds) = seeds() else { return skipped("there are no seed pages beside the repository") };
    let run = |args: &str| {
        let run = shell(&format!("ngram {args} '{}'/*.txt", seeds.display())).run();
        assert_eq!((run.status, &run.err[..]), (Some(0), ""), "{args}");
        run.text()
    };
    let table = run("-n 1-3 --sort count --top 20");
    assert_eq!(table.lines().count(), 60);
    assert!(run("-n 2 --scores all --sort logdice --min-count 5").lines().count() > 3);
    let collocates = run("--collocates روسیه --window 5 --unit word");
    assert!(collocates.lines().count() > 10, "{collocates}");
    let concordance = run("--concordance پوتین --unit word");
    assert!(concordance.lines().count() > 3, "{concordance}");
    assert!(concordance.lines().all(|line| line.contains("پوتین")), "{concordance}");
    for sort in ["left", "right"] {
        let mut sorted: Vec<String> = run(&format!("--concordance پوتین --unit word --sort {sort}"))
            .lines()
            .map(str::to_owned)
            .collect();
        let mut plain: Vec<String> = concordance.lines().map(str::to_owned).collect();
        sorted.sort();
        plain.sort();
        assert_eq!(sorted, plain, "--sort {sort}: the same places");
    }
}
