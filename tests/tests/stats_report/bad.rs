//! Text that is hardly any, or too much of one thing, and files that are not there.

use pipelines::{Folder, no_failures, shell, tool};
use serde_json::Value;

use crate::json;

/// Where something is a number that is none, as text; what is no JSON is not read at all.
fn numbers_that_are_none(path: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(inner) => inner
            .iter()
            .for_each(|(name, value)| numbers_that_are_none(&format!("{path}.{name}"), value, found)),
        Value::Array(inner) => inner.iter().for_each(|value| numbers_that_are_none(path, value, found)),
        Value::String(text) if text == "NaN" || text == "inf" => found.push(path.to_owned()),
        _ => {}
    }
}

/// Texts that something may stumble over: their names and bytes.
fn texts() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("empty", Vec::new()),
        ("byte", b"a".to_vec()),
        ("newline", b"\n".to_vec()),
        ("newlines", b"\n\n\r\n\r".to_vec()),
        ("no_end", b"a b\nc".to_vec()),
        ("dos", b"a b\r\nc\r\n".to_vec()),
        ("ill_formed", b"\xFF\xFE\x80 \xE2\x82 \xED\xA0\x80\n\xF4\x90\x80\x80".to_vec()),
        ("nul", b"\0 \0\0\n\0".to_vec()),
        ("space", b"  \t \n ".to_vec()),
        ("marks", "\u{301}\u{301} \u{202E}\u{200C}\u{FEFF}\n".into()),
        ("one_word", b"a ".repeat(500)),
        ("all_new", (0..300).map(|number| format!("w{number}\n")).collect::<String>().into()),
    ]
}

#[test]
fn every_form_of_every_text_is_sound() {
    let mut failures = Vec::new();
    for (name, bytes) in texts() {
        let place = Folder::new();
        place.write("t", &bytes);
        for flags in
            ["", "--whole", "--paragraphs", "--group-by file", "--key-norm lower,punct", "--unit grapheme"]
        {
            let report = json(&place, &format!("stats -q --all --json {flags} t"));
            let mut found = Vec::new();
            numbers_that_are_none("", &report, &mut found);
            failures.extend(found.into_iter().map(|path| format!("{name} {flags}: {path} is no number")));
            if report["bytes"] != bytes.len() {
                failures.push(format!("{name} {flags}: {} bytes", report["bytes"]));
            }
        }
        for format in ["", "--tsv", "--html page", "--svg charts", "--freq words --zipfr z"] {
            let run =
                shell(&format!("stats -q --all {format} t && cat page charts/* words z.* 2>/dev/null; true"))
                    .within(place.path())
                    .run();
            let text = run.text();
            if run.status != Some(0) || !run.err.is_empty() || text.contains("NaN") {
                failures.push(format!("{name} {format}: {:?} {} {text}", run.status, run.err));
            }
            shell("rm -rf page charts words z.*").within(place.path()).run();
        }
    }
    no_failures(&failures);
}

#[test]
fn nothing_at_all_is_a_report_of_nothing() {
    let place = Folder::new();
    for flags in [
        "",
        "--all",
        "--json",
        "--tsv",
        "-lwmc",
        "--partial",
        "--html page --svg charts",
        "--freq words --zipfr z",
        "--dates",
    ] {
        let run = shell(&format!(": | stats {flags}")).within(place.path()).run();
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{flags}");
        assert!(!run.out.is_empty() && !run.text().contains("NaN"), "{flags}: {}", run.text());
    }
    let report = json(&place, ": | stats --all --json");
    assert_eq!((&report["words"], &report["vocabulary"]["ttr"]), (&0.into(), &Value::Null));
    assert_eq!(report["frequency"]["top"], serde_json::json!([]));
    assert_eq!(place.read("words"), b"");
    // Two texts of nothing have nothing that is typical.
    place.write("none", "");
    let report = json(&place, "stats --compare --json none none");
    assert_eq!(report["keyness"]["typical_of_a"], serde_json::json!([]));
}

#[test]
fn lone_surrogates_and_broken_json_are_counted_and_said() {
    let place = Folder::new();
    place.write("t", b"{\"text\":\"lone \\ud83d x\",\"g\":\"\\udc00\"}\n{\"text\":\"cut\n{\"body\":1}\n{\"text\":\"a\",\"g\":\"\\u0000\"}\n");
    let run =
        tool("stats").args(["--jsonl", "--json", "--all", "--group-by", "g", "t"]).within(place.path()).run();
    assert!(run.status.is_some() && !run.err.contains("panicked"), "{}", run.err);
    let report: Value = serde_json::from_slice(&run.out).expect("JSON");
    assert_eq!(report["lines"], 4);
    assert!(report["groups"].as_array().is_some_and(|groups| groups.len() >= 2), "{report:#}");
}

#[test]
fn a_line_of_8_mib_is_a_line() {
    let place = Folder::new();
    place.write("t", "word ".repeat(8 << 18));
    let report = json(&place, "stats --json --unit space -j2 --max-record 1G t");
    assert_eq!((&report["words"], &report["types"]), (&(8 << 18).into(), &1.into()));
    assert_eq!(report["lengths"]["record"]["max"], 5 * (8 << 18));
}

#[test]
fn thousands_of_files_are_thousands_of_groups() {
    let place = Folder::new();
    shell("mkdir f; seq 10000 | split -l 1 -a 4 - f/x").within(place.path()).run().is(0, "", &[]);
    let report = json(&place, "stats --frequency --json --group-by file -j2 -r f");
    assert_eq!((&report["files"], &report["types"]), (&10_000.into(), &10_000.into()));
    let groups = report["groups"].as_array().expect("groups");
    assert_eq!(groups.len(), 10_000);
    assert!(groups.iter().all(|group| group["words"] == 1));
}

#[test]
fn a_missing_file_is_said_and_the_others_are_counted() {
    let place = Folder::new();
    place.write("a", "one two\n");
    place.write("b", "three\n");
    let run = tool("stats").args(["--json", "a", "gone", "b", "--html", "page"]).within(place.path()).run();
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("gone: no such file"), "{}", run.err);
    let report: Value = serde_json::from_slice(&run.out).expect("JSON");
    assert_eq!((&report["files"], &report["words"]), (&2.into(), &3.into()));
    assert!(place.read("page").ends_with(b"</html>\n"), "the page of what was read is whole");
}

#[test]
fn what_was_not_read_is_alarming_in_every_form() {
    let place = Folder::new();
    place.write("t", "{\"text\":\"one two\"}\nbroken\n{\"text\":\"three\"}\n{\"body\":\"four\"}\n");
    place.write("empty", "");
    for (flags, words) in [("", 3), ("--lengths", 3), ("--group-by file", 3), ("--group-by text", 3)] {
        let run = |more: &str| {
            shell(&format!("stats --jsonl {flags} {more} t gone empty")).within(place.path()).run()
        };
        let table = run("");
        table.says(&["t: record 2 ", "t: record 4 ", "gone: no such file"]);
        let text = table.text();
        for line in
            ["! files without text  1", "! files not read      1", "! records left out    2  2 malformed"]
        {
            assert!(text.contains(line), "{flags}: {text}");
        }
        let json = run("--json");
        assert_eq!((table.status, json.status), (Some(2), Some(2)));
        let report: Value = serde_json::from_slice(&json.out).expect("JSON");
        let said =
            ["words", "empty_files", "unread_files", "records_left_out"].map(|key| report[key].as_u64());
        assert_eq!(said, [words, 1, 1, 2].map(Some), "{flags}");
    }
    // A policy that was asked for is no error, but the numbers lack those records all the same.
    let skipped = shell("stats --jsonl --malformed skip t").within(place.path()).run();
    assert!(skipped.status == Some(0) && skipped.text().starts_with("what is wrong\n! records left out  2"));
    let none = shell("mkdir none; stats -r none").within(place.path()).run().text();
    assert!(none.contains("! files") && !none.contains("nothing looks wrong"), "{none}");
}

#[test]
fn a_part_is_without_bad_records_and_says_so() {
    let place = Folder::new();
    place.write("t", "{\"text\":\"one two\"}\nbroken\n");
    let part = tool("stats").args(["--partial", "--jsonl", "t", "-o", "part"]).within(place.path()).run();
    assert_eq!(part.status, Some(2));
    part.says(&["t: record 2 "]);
    let report = json(&place, "stats --merge --json part");
    assert_eq!((&report["words"], &report["records_left_out"]), (&2.into(), &1.into()));
    let gone = tool("stats").args(["--partial", "t", "gone"]).within(place.path()).run();
    gone.is(2, "", &["gone: no such file or directory; nothing is written without it"]);
    let gone = tool("stats").args(["--compare", "t", "gone"]).within(place.path()).run();
    gone.is(2, "", &["nothing is written without it"]);
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_are_groups_of_their_own() {
    use std::os::unix::ffi::OsStrExt;
    let place = Folder::new();
    for (name, text) in [(&b"\xFF.txt"[..], "one"), (b"\xFE.txt", "one two")] {
        std::fs::write(place.path().join(std::ffi::OsStr::from_bytes(name)), text).expect("written");
    }
    let run = shell("stats --group-by file --tsv -w -r .").within(place.path()).run();
    let mut counts: Vec<_> =
        run.text().lines().map(|line| line.rsplit('\t').next().map(str::to_owned)).collect();
    counts.sort();
    assert_eq!(counts, ["1", "2", "3"].map(|count| Some(count.to_owned())));
}

#[test]
fn counts_beyond_all_bounds_stay_at_the_bound() {
    let place = Folder::new();
    place.write("t", "one two 2025-01-14\nthree\n");
    let twice = "for n in $(seq 66); do stats --merge --partial p p -o q && mv q p; done";
    let script = format!("stats --all --partial t -o p && {twice} && stats --merge --json p");
    let report = json(&place, &script);
    for path in ["/words", "/records", "/chars", "/dates/found"] {
        let count = report.pointer(path).unwrap_or_else(|| panic!("no {path} in {report:#}"));
        assert_eq!(count, &u64::MAX, "{path}");
    }
    assert_eq!(report["lengths"]["word"]["max"], 4 + 1, "three");
}

#[test]
fn a_hundred_bad_records_are_named_and_the_others_counted() {
    let place = Folder::new();
    place.write("t", "bad\n".repeat(250));
    place.write("u", "{\"text\":\"one\"}\nbad\n");
    let run = tool("stats").args(["-w", "--tsv", "--jsonl", "t", "u"]).within(place.path()).run();
    assert_eq!((run.status, run.text().as_str(), run.err.lines().count()), (Some(2), "words\t1\n", 102));
    run.says(&["t: record 100 ", "stats: t: 150 more records with errors", "u: record 2 "]);
    assert!(!run.err.contains("t: record 101 "));
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let place = Folder::new();
    place.write("t", (0..20_000).map(|number| format!("w{number}\n")).collect::<String>());
    let run = shell("stats --json --all --top 20000 t | head -c 100 > /dev/null").within(place.path()).run();
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
}

#[test]
fn a_document_that_is_too_long_says_so() {
    let place = Folder::new();
    place.write("long", "a b\n".repeat((1 << 21) + 1));
    place.write("short", "a b a\n");
    let report = json(&place, "stats --vocabulary --json --unit space -j2 long short");
    assert_eq!(report["vocabulary"]["documents_too_long"], 1);
    let alone = json(&place, "stats --vocabulary --json --unit space short");
    assert_eq!(report["vocabulary"]["mtld"], alone["vocabulary"]["mtld"], "of the short one alone");
    let table = shell("stats --vocabulary --unit space long").within(place.path()).run().text();
    assert!(table.contains("documents too long"), "{table}");
}
