//! Records that no one would write by hand: one token, millions of tokens, marks without end. Work that grew faster than
//! the text would not end here, and memory is limited.

use pipelines::{Folder, pages, shell};

#[test]
fn long_records_end_in_bounded_memory() {
    let place = Folder::new();
    let distinct: Vec<String> = (0..50_000).map(|number| format!("w{number}")).collect();
    place.write("one", "a".repeat(1 << 20));
    place.write("distinct", distinct.join(" "));
    place.write("zalgo", format!("a{}", "\u{301}\u{320}".repeat(75_000)));
    place.write("joiners", "👩\u{200D}".repeat(50_000)); // ZWJ
    place.write("thai", "ก".repeat(80_000));
    place.write("spaces", " ".repeat(1 << 18));
    let model = pages().join("../data/model.json");
    let model = format!("--model {}", model.display());
    let ways = [
        ("--count", ["1", "50000", "1", "1", "80000", "0"]),
        ("--count --dictionary", ["1", "50000", "1", "1", "40000", "0"]),
        ("--count --protect all", ["1", "50000", "1", "1", "80000", "0"]),
        ("--count --unit sentence", ["1", "1", "1", "1", "1", "0"]),
        ("--count --unit grapheme", ["1048576", "338889", "1", "1", "80000", "262144"]),
    ];
    for (flags, counts) in ways {
        for (file, count) in ["one", "distinct", "zalgo", "joiners", "thai", "spaces"].into_iter().zip(counts)
        {
            let script = format!("ulimit -v 1500000; tokenize -j1 {flags} {file}");
            let outcome = shell(&script).within(place.path()).run();
            assert_eq!(
                (outcome.status, outcome.text()),
                (Some(0), format!("{count}\n")),
                "{flags} {file}: {}",
                outcome.err
            );
        }
    }
    for flags in [
        "--joiner",
        "--format conllu",
        "--format tsv --offset-unit char",
        "--budget 100 --split",
        "--roundtrip",
        "--scheme moses:en",
        &model,
    ] {
        for file in ["one", "distinct", "zalgo", "joiners", "thai", "spaces"] {
            let script = format!("ulimit -v 1500000; tokenize -j1 {flags} {file} > /dev/null");
            let outcome = shell(&script).within(place.path()).run();
            assert_eq!(outcome.status, Some(0), "{flags} {file}: {}", outcome.err);
        }
    }
}
