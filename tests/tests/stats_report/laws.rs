//! The same bytes for any work, and for any parts that are merged.

use pipelines::{Codec, Folder, difference, no_failures, shell};

use crate::{json, prose};

/// Every way of working that must make no difference.
const WORK: [&str; 6] = [
    "-j1 --chunk-size 1 -S 64K",
    "-j1 --chunk-size 64",
    "-j2 --chunk-size 64 -S 64K",
    "-j8 --chunk-size 1",
    "-j8 --chunk-size 4K -S 64K",
    "-j2 --chunk-size 4K -S 1G",
];

/// What is asked, of files and of JSON lines; what is written beside the output goes to the folder `beside`.
const QUESTIONS: [&str; 14] = [
    "--all --json a b c",
    "--all --tsv --whole a b c",
    "--all --paragraphs a b c",
    "--all --json --group-by file a b c",
    "--all --json --group-by dir -r .",
    "--all --json --group-by lang --jsonl d e",
    "--all --partial --group-by lang --jsonl d e",
    "--compare --json a b",
    "--compare --json --key-norm lower,fa --unit space --html beside/page a b",
    "--frequency --freq beside/words --zipfr beside/z a b c",
    "--all --key-norm lower,fa --freq beside/words --group-by file a b c",
    "--all --html beside/page --svg beside/charts a b c",
    "--all --html beside/page --jsonl --group-by lang d e",
    "--vocabulary --duplication --json --key-norm nfkc,zwnj,punct a b c",
];

/// Three texts of several groups, and JSON lines of several others.
fn place() -> Folder {
    let place = Folder::new();
    for (name, seed) in [("a", 11), ("b", 12), ("c", 13)] {
        place.write(name, prose(seed, 14));
    }
    for (name, seed) in [("d", 14), ("e", 15)] {
        place.write(name, json_lines(seed));
    }
    place
}

/// Documents of four groups, one of them of those that name none.
fn json_lines(seed: u64) -> String {
    let text = String::from_utf8_lossy(&prose(seed, 32)).into_owned();
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let documents = lines.chunks(4).enumerate().map(|(number, lines)| {
        let text = lines.concat();
        match number % 4 {
            0 => serde_json::json!({ "text": text }),
            1 => serde_json::json!({ "text": text, "lang": "fa\t\u{FFFD}\n" }),
            2 => serde_json::json!({ "text": text, "lang": ["en"] }),
            _ => serde_json::json!({ "text": text, "lang": "" }),
        }
    });
    documents.map(|document| document.to_string() + "\n").collect()
}

/// What a script writes, to its output and to the folder `beside`.
#[track_caller]
fn written(place: &Folder, script: &str) -> Vec<u8> {
    let script = format!(
        "rm -rf ../beside; mkdir ../beside; ln -sfn ../beside beside; ({script}) && rm beside && cd ../beside && \
         find . -type f | LC_ALL=C sort | xargs -r tail -v -n +1"
    );
    let outcome = shell(&script).within(place.path().join("in")).run();
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{script}");
    outcome.out
}

/// A folder whose folder `in` holds the texts.
fn texts_in(codec: Option<Codec>) -> Folder {
    let texts = place();
    let place = Folder::new();
    for name in texts.names() {
        let bytes = texts.read(&name);
        place.write(format!("in/{name}"), codec.map_or(bytes.clone(), |codec| codec.compress(&bytes)));
    }
    place
}

#[test]
fn any_work_gives_the_same_bytes() {
    let (place, packed) = (texts_in(None), texts_in(Some(Codec::Gzip)));
    let mut failures = Vec::new();
    for question in QUESTIONS {
        let wanted = written(&place, &format!("stats -q -j1 {question}"));
        assert!(wanted.len() > 300, "{question} says next to nothing");
        for work in WORK {
            failures.push(difference(
                &format!("{question} {work}"),
                &wanted,
                &written(&place, &format!("stats -q {work} {question}")),
            ));
        }
        let unpacked = written(&packed, &format!("stats -q -j2 {question}"));
        failures.push(difference(&format!("{question}, compressed"), &wanted, &unpacked));
    }
    failures.retain(|failure| !failure.is_empty());
    no_failures(&failures);
}

/// Parts are whole files: a file that is cut in two is two documents, and document frequency, dispersion, lengths of documents,
/// the measures of sequences and repeated n-grams are then other ones, rightly so.
#[test]
fn parts_in_any_grouping_are_the_whole() {
    let mut failures = Vec::new();
    for (areas, [one, two, three]) in [
        ("--all", ["a", "b", "c"]),
        ("--all --group-by file", ["a", "b", "c"]),
        ("--all --group-by lang --jsonl", ["d", "e", "d"]),
        ("--frequency --vocabulary --key-norm lower,fa --group-by file", ["a", "b", "c"]),
        ("--duplication --paragraphs --key-norm punct", ["c", "b", "b"]),
        ("-lwc --group-by lang --jsonl", ["d", "e", "d"]),
    ] {
        let place = texts_in(None);
        let partial = format!("stats -q --partial {areas}");
        let merge = "stats -q --merge --partial";
        let script = format!(
            "mkdir ../parts; {partial} {one} > ../parts/1; {partial} -j2 {two} > ../parts/2; {partial} {three} > ../parts/3; \
             cd ../parts; {merge} 1 2 > 12; {merge} -j2 3 2 > 23; {merge} 1 3 > 13; {merge} 12 3 > 123; \
             {merge} -S 64K 2 13 > 213; {merge} 2 3 1 > 231"
        );
        shell(&script).within(place.path().join("in")).run().is(0, "", &[]);
        let whole =
            shell(&format!("{partial} {one} {two} {three}")).within(place.path().join("in")).run().out;
        for part in ["123", "213", "231"] {
            failures.push(difference(
                &format!("{areas} {part}"),
                &whole,
                &place.read(format!("parts/{part}")),
            ));
        }
        let is_report = !areas.starts_with("-l");
        let formats = [
            "",
            "--tsv",
            "--html beside/page",
            "--freq beside/words --zipfr beside/z",
            "--svg beside/charts",
        ];
        let formats = formats.into_iter().filter(|_| is_report).map(|format| (format, &["3 12"][..]));
        let groupings = &["1 2 3", "3 2 1", "12 3", "1 23", "123", "2 13"][..];
        for (format, groupings) in formats.chain([("--json", groupings)]) {
            let whole = written(&place, &format!("stats -q {areas} {format} {one} {two} {three}"));
            for grouping in groupings {
                let parts: String = grouping.split(' ').map(|part| format!(" ../parts/{part}")).collect();
                let merged = written(&place, &format!("stats -q --merge {format}{parts}"));
                failures.push(difference(&format!("{areas} {format}: {grouping}"), &whole, &merged));
            }
        }
    }
    failures.retain(|failure| !failure.is_empty());
    no_failures(&failures);
}

/// Parts of two texts are compared as the texts are, whatever the parts are grouped by.
#[test]
fn parts_are_compared_as_their_texts_are() {
    let place = place();
    let whole = "mkdir -p A B; cp a b A; cp c B; stats --compare --json -r A B";
    let wanted = json(&place, whole);
    assert!(wanted["keyness"]["typical_of_a"].as_array().is_some_and(|rows| !rows.is_empty()), "{wanted:#}");
    for flags in ["", "--group-by file", "--all", "--frequency --group-by dir"] {
        let script = format!(
            "rm -rf P; mkdir -p P/A P/B; for f in A/* B/*; do stats --partial {flags} $f -o P/$f; done; \
             stats --merge --compare --json -r P/A P/B"
        );
        let mut found = json(&place, &script);
        for name in ["a", "b"] {
            found[name] = wanted[name].clone();
        }
        assert_eq!(found, wanted, "{flags}");
    }
    let run = shell("stats -w --partial a -o p; stats --merge --compare p p").within(place.path()).run();
    run.is(2, "", &["these partial results count words, but do not tell them apart"]);
}
