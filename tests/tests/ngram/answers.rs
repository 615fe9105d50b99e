//! What is left out, how the rest is ordered, and what stands beside each n-gram.

use pipelines::{Texts, has_program};

use crate::{SLOW, few_words, same_tables, with_reference};

const PRUNED: [&str; 16] = [
    "-n 1-3 --min-count 2",
    "-n 1-5 --min-count 1,1,2,2,3",
    "-n 2 --min-count 4 --sort count",
    "-n 1-3 --stop-words stop",
    "-n 1-2 --stop-words stop --min-count 2,1 --sort count",
    "-n 1-3 --top 7",
    "-n 1-3 --top 7 --sort count",
    "-n 1-3 --top 1 --min-count 1,2,3",
    "-n 2 --top 0",
    "-n 2 --top 100000 --sort count",
    "-n 1-3 --sort count",
    "-n 1-2 --docs --sort docs --top 5",
    "-n 1-2 --top 9 --stop-words stop --sort count",
    "--window 3 --top 12 --sort count",
    "-n 1-3 --key-norm lower --sort count --top 15",
    "-n 2 --vocab vocabulary --min-count 3 --sort count",
];

fn texts() -> Option<Texts> {
    let texts = Texts::of([("few".to_owned(), few_words(11, 200)), ("more".to_owned(), few_words(12, 100))]);
    texts.folder.write("vocabulary", "w1\nw3\nx2\n\u{6CC}4\nx5\nW7\nw9\nabsent\n");
    texts.folder.write("stop", "w1\nx0\n");
    with_reference(texts)
}

#[test]
fn what_is_left_out_and_in_which_order_is_as_the_rule_says() {
    if let Some(texts) = texts() {
        for args in PRUNED {
            let theirs = texts.run(&format!("{SLOW} {args} few more"));
            for work in ["", "-S 64K -j 2 --chunk-size 1K"] {
                let ours = texts.run(&format!("ngram {args} {work} few more"));
                assert_eq!(pipelines::difference(args, &theirs.out, &ours.out), "", "{work}");
            }
        }
    }
}

/// Per million, and the share of all that stands at the row and before it.
#[test]
fn columns_of_fractions_are_of_all_that_was_counted() {
    if let Some(texts) = texts() {
        for args in [
            "-n 1-3 --per-million",
            "-n 1-2 --docs --per-million --min-count 3 --sort count",
            "-n 1-2 --cumulative --sort count",
            "-n 2 --docs --per-million --cumulative --sort count --top 10",
            "--window 4 --per-million",
        ] {
            let [ours, theirs] =
                ["ngram", SLOW].map(|tool| texts.run(&format!("{tool} {args} few more")).text());
            same_tables(args, &ours, &theirs);
        }
    }
}

#[test]
fn the_largest_counts_first_is_sort_by_number() {
    if has_program("sort") {
        Texts::with_corpora().agree(
            "ngram -n 1-2 --sort count FILE",
            "ngram -n 1-2 FILE | sort -s -t \"$(printf '\\t')\" -k 2,2nr",
        );
    }
}

/// The largest of each order are the first of each order in the whole ranking, however few fit in memory.
#[test]
fn the_top_is_the_head_of_the_whole() {
    if has_program("awk") {
        let texts = Texts::with_corpora();
        for work in ["", "-S 64K"] {
            texts.agree(
                &format!("ngram {work} -n 1-3 --top 40 --sort count FILE"),
                "ngram -n 1-3 --sort count FILE | awk -F '\\t' '++seen[split($1, tokens, \" \")] <= 40'",
            );
        }
    }
}

/// A header names each column, and changes nothing else.
#[test]
fn a_header_names_the_columns() {
    let text = "a b a b\nb a\n";
    let ngram = |args: &str| {
        let outcome = pipelines::tool("ngram").args(args.split(' ')).input(text).run();
        assert_eq!((outcome.status, &outcome.err[..]), (Some(0), ""), "{args}");
        outcome.text()
    };
    for args in ["-n 2", "-n 2 --docs --per-million --cumulative --scores all", "-n 1-2 --docs"] {
        let (plain, headed) = (ngram(args), ngram(&format!("{args} --header")));
        let (header, rest) = headed.split_once('\n').expect("a header");
        assert_eq!(rest, plain, "{args}");
        let names: Vec<&str> = header.split('\t').collect();
        assert_eq!(names.len(), plain.lines().next().expect("a row").split('\t').count(), "{args}: {header}");
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len(), "{header}");
        if args.contains("all") {
            for score in crate::scores::NAMES {
                assert!(names.contains(&score), "{score} is not in {header}");
            }
        }
    }
}
