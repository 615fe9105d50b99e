//! Counts are those of awk, sort and uniq, and of the rules written down in Python.

use pipelines::{Texts, generated_text, has_program, pages, same_in_every_way, shell};

use crate::{SLOW, few_words, with_reference};

fn has_programs() -> bool {
    ["awk", "sort", "uniq", "sed", "tr"].iter().all(|name| has_program(name))
}

/// The pipeline that `ngram` stands for: a line for each n-gram of orders `first` to `last`, sorted and counted.
fn pipeline(first: usize, last: usize) -> String {
    let awk = format!(
        "{{ for (i = 1; i <= NF; i++) {{ gram = $i; if ({first} == 1) print gram; \
         for (j = 1; j < {last} && i + j <= NF; j++) {{ gram = gram \" \" $(i + j); \
         if (j + 1 >= {first}) print gram }} }} }}"
    );
    // awk knows space and tab; form feed and vertical tab become spaces before. Backslashes are escaped as ngram does.
    format!(
        "tr '\\v\\f' '  ' < FILE | sed 's/\\\\/\\\\\\\\/g' | awk '{awk}' | sort | uniq -c \
         | sed 's/^ *\\([0-9]*\\) \\(.*\\)$/\\2\\t\\1/' | sort"
    )
}

#[test]
fn each_order_is_awk_sort_and_uniq() {
    if has_programs() {
        let texts = Texts::with_corpora();
        for order in 1..=5 {
            texts.agree(&format!("ngram -n {order} FILE"), &pipeline(order, order));
        }
    }
}

#[test]
fn a_range_of_orders_is_awk_sort_and_uniq() {
    if has_programs() {
        let texts = Texts::with_corpora();
        texts.agree("ngram -n 1-5 FILE", &pipeline(1, 5));
        texts.agree("ngram -n 1-5 -S 64K FILE", &pipeline(1, 5));
        texts.agree("ngram -n 2-9 -S 1M -j 2 FILE", &pipeline(2, 9));
    }
}

/// But for a space that a mark joins to itself: it is a word that `tokenize` cannot write as one.
#[test]
fn words_are_those_of_tokenize() {
    let texts = Texts::new();
    for args in ["-n 1-3", "-n 4 -S 64K"] {
        texts.agree(
            &format!("ngram --unit word {args} FILE"),
            &format!("tokenize --invalid keep FILE | ngram {args}"),
        );
    }
}

#[test]
fn characters_and_bytes_are_those_that_other_programs_cut() {
    if let Some(texts) = with_reference(Texts::of([
        ("few".to_owned(), few_words(5, 300)),
        ("pages".to_owned(), shell(&format!("cat '{}'/0[25]*.txt", pages().display())).run().out),
    ])) {
        for args in ["--unit char -n 1-3", "--unit byte -n 2", "--unit byte -n 1-4", "--unit char -n 5"] {
            for work in ["", "-S 64K"] {
                texts.agree(&format!("ngram {args} {work} FILE"), &format!("{SLOW} {args} FILE"));
            }
        }
    }
}

/// The order of the output is that of `sort` by the n-gram: no control character is in the texts but the tab, which
/// stands between words and is written `\t` where it is a token.
#[test]
fn the_output_is_in_the_order_of_sort() {
    if !has_programs() {
        return;
    }
    let texts = Texts::new();
    let sort = "sort -t \"$(printf '\\t')\" -k 1,1";
    for args in
        ["-n 1", "-n 1-4", "--unit word -n 1-3", "--top 30", "--min-count 2", "--skip-gram 2", "--window 3"]
    {
        texts.agree(&format!("ngram {args} FILE"), &format!("ngram {args} FILE | {sort}"));
    }
    for args in ["--unit char -n 2", "--unit grapheme -n 1-2"] {
        let spaced = "tr '\\t' ' ' < FILE";
        texts.agree(&format!("{spaced} | ngram {args}"), &format!("{spaced} | ngram {args} | {sort}"));
    }
}

/// An n-gram stands before those that it begins, whatever is in a token.
#[test]
fn control_characters_sort_by_token() {
    let text = "a a\u{1} a\u{1}b a\u{8} ab\na a\n";
    let wanted = "a\t3\na a\t1\na a\u{1}\t1\na\u{1}\t1\na\u{1} a\u{1}b\t1\na\u{1}b\t1\na\u{1}b a\u{8}\t1\na\u{8}\t1\n\
                  a\u{8} ab\t1\nab\t1\n";
    pipelines::tool("ngram").args(["-n", "1-2"]).input(text).run().is(0, wanted, &[]);
}

/// Arguments that say what is counted, each for one text, `few` or `more` lines of few words.
const COUNTED: [&str; 18] = [
    "-n 1-3 --skip-gram 0",
    "-n 2 --skip-gram 1",
    "-n 1-3 --skip-gram 2",
    "-n 4 --skip-gram 3",
    "--window 1",
    "--window 5",
    "--window 1000",
    "-n 1-3 --bos",
    "-n 1-3 --eos",
    "-n 2-5 --bos --eos",
    "-n 3 --skip-gram 2 --bos --eos",
    "--window 2 --bos --eos",
    "-n 1-3 --key-norm lower",
    "-n 2 --skip-gram 2 --key-norm lower",
    "--window 3 --key-norm lower",
    "-n 1-2 --vocab vocabulary",
    "-n 1-3 --max-vocab 9 --bos --eos",
    "-n 2 --skip-gram 1 --vocab vocabulary --key-norm lower",
];

fn few() -> Option<Texts> {
    let texts = Texts::of([("few".to_owned(), few_words(1, 150)), ("more".to_owned(), few_words(2, 90))]);
    texts.folder.write("vocabulary", "w1\nw3\nx2\n\u{6CC}4\nx5\nW7\nw9\nabsent\n");
    texts.folder.write("stop", "w1\nx0\n");
    with_reference(texts)
}

#[test]
fn every_way_to_make_n_grams_is_as_its_rule_says() {
    if let Some(texts) = few() {
        for args in COUNTED {
            for work in ["", "-S 64K -j 2 --chunk-size 1K"] {
                let ours = texts.run(&format!("ngram {args} {work} few more"));
                let theirs = texts.run(&format!("{SLOW} {args} few more"));
                assert_eq!(pipelines::difference(args, &theirs.out, &ours.out), "", "{work}");
                assert!(ours.out.len() > 100, "{args}");
            }
        }
    }
}

#[test]
fn a_document_is_a_file_or_where_the_frame_says_so_a_record() {
    let Some(texts) = few() else { return };
    let json = "sed 's/\\(.*\\)/{\"text\":\"\\1\"}/'";
    texts.run(&format!(
        "{json} few > few.jsonl; {json} more > more.jsonl; awk '1; NR % 4 == 0 {{ print \"\" }}' few > parted"
    ));
    for (args, files) in [
        ("-n 1-2 --docs", "few more few"),
        ("-n 1-2 --docs --min-docs 2", "few more"),
        ("-n 1-2 --docs --sort docs", "few more"),
        ("-n 1-2 --docs --jsonl", "few.jsonl more.jsonl"),
        ("-n 1-2 --docs --jsonl --min-docs 3 --sort docs", "few.jsonl more.jsonl"),
        ("-n 1-2 --docs --whole", "few more"),
        ("-n 1-2 --docs --paragraphs", "parted"),
        ("-n 2 --docs --skip-gram 2 --jsonl", "few.jsonl"),
        ("--docs --window 3 --jsonl", "few.jsonl"),
        ("-n 1-2 --docs --key-norm lower --jsonl", "few.jsonl"),
        ("-n 1-2 --min-docs 2 --max-vocab 12 --jsonl", "few.jsonl"),
    ] {
        let theirs = texts.run(&format!("{SLOW} {args} {files}"));
        for work in ["", "-S 64K -j 2 --chunk-size 1K"] {
            let ours = texts.run(&format!("ngram {args} {work} {files}"));
            assert_eq!(pipelines::difference(args, &theirs.out, &ours.out), "", "{work}");
        }
        assert!(theirs.out.len() > 50, "{args}");
    }
}

/// An n-gram of one file is in one document however the file is cut into pieces of work.
#[test]
fn the_documents_of_a_file_are_one_for_any_work() {
    let text: Vec<u8> = b"a b\n".repeat(50_000);
    let files = [("one", &text[..]), ("two", &text[..])];
    let outcome = same_in_every_way("ngram", &["-n", "1-2", "--docs"], &files).expect("the same");
    outcome.is(0, "a\t100000\t2\na b\t100000\t2\nb\t100000\t2\n", &[]);
}

#[test]
fn any_way_to_run_it_gives_the_same_bytes() {
    let (one, two) = (generated_text(31, 6_000), generated_text(32, 3_000));
    let files = [("one", &one[..]), ("two", &two[..])];
    let failures: Vec<String> = [
        "-n 1-5",
        "-n 1-3 --unit word --sort count --top 20",
        "-n 2 --skip-gram 2 --docs",
        "--window 4 --scores all --sort logdice",
        "-n 1-2 --key-norm lower,fa --unit word",
        "-n 1-3 --bos --eos --max-vocab 30 --min-count 1,2,2",
        "-n 1-2 --partial",
        "-n 2 --partial --docs --key-norm lower",
        "-n 2 --format jsonl --scores pmi,ll",
        "-n 1-3 --format srilm",
        "--collocates the --window 3",
        "--concordance the --unit word",
    ]
    .iter()
    .filter_map(|args| {
        let args: Vec<&str> = args.split(' ').collect();
        same_in_every_way("ngram", &args, &files).err()
    })
    .collect();
    pipelines::no_failures(&failures);
}
