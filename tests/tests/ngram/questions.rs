//! Which words go with a word, and where it stands.

use pipelines::{Texts, seeds, shell, skipped, tool};

use crate::{cells, few_words, many_words, same_tables, with_reference};

/// What `ngram --collocates` lists, in Python.
const REFERENCE: &str = include_str!("collocates.py");

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

/// Columns, scores and order are those of the rules written down once more.
#[test]
fn collocates_are_those_of_the_slow_way() {
    let words = [("few".to_owned(), few_words(73, 400)), ("many".to_owned(), many_words(74, 3_000))];
    let Some(texts) = with_reference(Texts::of(words)) else { return };
    texts.folder.write("collocates.py", REFERENCE);
    for (args, name) in [
        ("--collocates w3 --scores all", "few"),
        ("--collocates w3 --window 1 --sort ll --top 9", "few"),
        ("--collocates W2 --key-norm lower --window 3 --sort key", "few"),
        ("--collocates 'w1 w0' --key-norm lower --sort count --scores t", "few"),
        ("--collocates ی1 --min-count 3 --sort key --top 7", "few"),
        ("--collocates 7 --window 3", "many"),
        ("--collocates 7 --key-norm lower --sort count --scores pmi", "many"),
        ("--collocates 12 --window 1000 --sort pmi --top 50", "many"),
    ] {
        let theirs = texts.run(&format!("python3 -X utf8 collocates.py {args} {name}")).text();
        assert!(cells(&theirs).len() > 6, "{args}: {theirs}");
        for work in ["", "-S 64K", "-j 2 --chunk-size 1K"] {
            let ours = texts.run(&format!("ngram --unit space {args} {work} {name}")).text();
            same_tables(&format!("{args} {work}"), &ours, &theirs);
        }
    }
}

/// ZWNJ is inside of a word, and with a key it is as good as nothing.
#[test]
fn collocates_of_a_word_with_zwnj_are_found() {
    let text = "می\u{200C}خواهم عسل بخرم\nمیخواهم نان بخرم\nمي\u{200C}خواهم عسل\n";
    let ngram = |args: &str| {
        let run =
            tool("ngram").args(["--collocates", "می\u{200C}خواهم"]).args(args.split(' ')).input(text).run();
        assert_eq!((run.status, &run.err[..]), (Some(0), ""), "{args}");
        cells(&run.text()).iter().map(|row| row[..5].join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(ngram("--sort key"), ["بخرم 1 0 1 2", "عسل 1 0 1 2"]);
    assert_eq!(ngram("--sort key --key-norm fa"), ["بخرم 2 0 2 2", "عسل 2 0 2 2", "نان 1 0 1 1"]);
    assert_eq!(ngram("--sort key --key-norm fa --window 1"), ["عسل 2 0 2 2", "نان 1 0 1 1"]);
}

#[test]
fn a_word_that_does_not_come_has_no_company() {
    let ngram = |args: &[&str]| tool("ngram").args(args).input("the cat\n").run();
    ngram(&["--collocates", "dog"]).is(0, "", &["ngram: 'dog' does not come"]);
    ngram(&["--collocates", "dog", "-q"]).is(0, "", &[]);
    ngram(&["--collocates", "dog", "-q", "--header", "--scores", "t"]).is(
        0,
        "collocate\tcount\tleft\tright\tfrequency\tt\n",
        &[],
    );
    for word in ["", " ", "\t"] {
        let run = ngram(&["--collocates", word]);
        assert_eq!((run.status, run.text()), (Some(2), String::new()), "{word:?}");
        assert!(run.err.contains("there is no token of --unit word in it"), "{}", run.err);
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
    for more in [&[][..], &["--sort", "left"]] {
        let run = tool("ngram").args(["--concordance", "dog"]).args(more).input("the cat\n").run();
        run.is(0, "", &["ngram: 'dog' does not come"]);
    }
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
