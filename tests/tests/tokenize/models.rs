//! Models: the ids of the library that trained them, counts, budgets, the way back.

use pipelines::{pages, shell};

fn run(script: &str) -> String {
    let outcome = shell(script).within(pages().join("..")).run();
    assert_eq!(outcome.status, Some(0), "{script}: {}", outcome.err);
    outcome.text()
}

/// Ids and offsets by the library tokenizers 0.23.3.
#[test]
fn ids_are_those_of_the_library() {
    let cases = [
        ("Hello, world!  3.14", "40 69 391 79 12 307 354 76 68 1 221 221 19 14 17 20"),
        ("می\u{200C}رود 👍🏽\ta", "266 262 278 263 345 460 386 238 122 198 65"),
        ("<|end|>x", "0 88"),
    ];
    for (text, ids) in cases {
        let script = format!("printf '%s\\n' '{text}' | tokenize --model data/model.json --ids");
        assert_eq!(run(&script), format!("{ids}\n"));
        let count = ids.split(' ').count();
        assert_eq!(run(&script.replace("--ids", "--count")), format!("{count}\n"));
    }
    let rows = run("printf '👍🏽\\ta\\n' | tokenize --model data/model.json --format tsv --offset-unit char");
    let places: Vec<_> =
        rows.lines().map(|row| row.split('\t').skip(2).take(2).collect::<Vec<_>>().join("-")).collect();
    assert_eq!(places.first().map(String::as_str), Some("0-1"), "{rows}");
    assert_eq!(places.last().map(String::as_str), Some("3-4"), "{rows}");
}

#[test]
fn every_page_comes_back_from_its_ids() {
    let script = "for page in pages/*.txt; do
        tokenize -q --invalid keep --model data/model.json --ids $page | tokenize -q --invalid keep --model data/model.json --ids --detok > back
        tokenize -q --invalid keep --joiner $page | tokenize -q --invalid keep --detok | cmp - back; done; rm back
        tokenize -q --invalid keep --model data/model.json --roundtrip -r pages";
    let place = pipelines::Folder::new();
    let copied = format!("cp -r {0}/pages {0}/data . && {script}", pages().join("..").display());
    let outcome = shell(&copied).within(place.path()).run();
    assert_eq!((outcome.status, outcome.text()), (Some(0), String::new()), "{}", outcome.err);
}

#[test]
fn pieces_are_written_as_the_vocabulary_has_them() {
    assert_eq!(run("echo 'Hello world' | tokenize --model data/model.json"), "H e ll o Ġw or l d\n");
}

#[test]
fn a_budget_is_kept() {
    let counts = run(
        "tokenize -q --model data/model.json --budget 20 --split pages/10-emoji.txt | tokenize -q --model data/model.json --count=record",
    );
    assert!(counts.lines().all(|count| count.parse::<u64>().is_ok_and(|count| count <= 21)), "{counts}");
    let whole = "tokenize -q --model data/model.json --budget 20 --split pages/10-emoji.txt | tr -d '\\n' > x; tr -d '\\n' < pages/10-emoji.txt | cmp - x; rm x";
    let place = pipelines::Folder::new();
    let outcome = shell(&format!("cp -r {0}/pages {0}/data . && {whole}", pages().join("..").display()))
        .within(place.path())
        .run();
    assert_eq!((outcome.status, outcome.text()), (Some(0), String::new()), "{}", outcome.err);
}

#[test]
fn what_is_no_id_costs_its_record() {
    let outcome =
        shell("printf '40 69\\n40 x\\n99999\\n\\n' | tokenize --model data/model.json --ids --detok")
            .within(pages().join(".."))
            .run();
    assert_eq!((outcome.status, outcome.text()), (Some(2), "He\n\n".to_owned()));
    assert!(outcome.err.contains("record 2") && outcome.err.contains("'x' is no id"), "{}", outcome.err);
    assert!(outcome.err.contains("record 3") && outcome.err.contains("'99999' is no id"), "{}", outcome.err);
}

/// A model that takes accents away reads a part of a character; its pieces stand for whole ones all the same.
#[test]
fn pieces_of_letters_stand_for_whole_characters() {
    let place = pipelines::Folder::new();
    let model = pages().join("../../crates/subword/tests/data/bert-uncased.json");
    place.write("t", "ph\u{1EA3}i K\u{1EF3} t\u{E0}u\n");
    let run = |flags: &str| {
        let outcome =
            shell(&format!("tokenize --model {} {flags} t", model.display())).within(place.path()).run();
        assert_eq!(outcome.status, Some(0), "{flags}: {}", outcome.err);
        outcome.text()
    };
    let text = "ph\u{1EA3}i K\u{1EF3} t\u{E0}u";
    for row in run("--format tsv").lines() {
        let place: Vec<usize> =
            row.split('\t').skip(2).take(2).filter_map(|place| place.parse().ok()).collect();
        assert!(text.get(place[0]..place[1]).is_some_and(|part| !part.is_empty()), "{row}");
    }
    for budget in 1..12 {
        let cut = run(&format!("--budget {budget}"));
        assert!(text.starts_with(cut.trim_end_matches('\n')), "{budget}: {cut}");
        let split = run(&format!("--budget {budget} --split"));
        assert_eq!(split.replace('\n', ""), text, "{budget}");
    }
}
