//! `stats --quality`, beside what datatrove measured; its filter passes records on as they are.

use std::fs;
use std::path::Path;

use pipelines::{Folder, same_for_any_work, same_in_every_way, shell, tool};
use serde_json::Value;

const RECORDED: &str = "tests/data/statistics/quality.jsonl";

/// Documents that we wrote, and what datatrove's filters say of them: see scripts/statistics/quality.
fn recorded() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(RECORDED);
    let text = fs::read_to_string(path).expect("recorded values");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn jsonl(documents: &[Value]) -> String {
    documents.iter().map(|document| format!("{document}\n")).collect()
}

/// The lines that `--quality` writes.
fn measured(args: &[&str], input: impl Into<Vec<u8>>) -> Vec<Value> {
    let outcome = tool("stats").args(["--quality"]).args(args).input(input).run();
    assert_eq!(outcome.status, Some(0), "{args:?}: {}", outcome.err);
    let text = String::from_utf8(outcome.out).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn failed(line: &Value) -> Vec<&str> {
    line["failed"].as_array().expect("a list").iter().filter_map(Value::as_str).collect()
}

#[test]
fn values_are_those_that_datatrove_measured() {
    let documents = recorded();
    let lines = measured(&["--jsonl", "--punctuation", "datatrove", "--lang", "en"], jsonl(&documents));
    assert_eq!(lines.len(), documents.len());
    let mut compared = 0;
    for (line, document) in lines.iter().zip(&documents) {
        assert_eq!(line["id"], document["id"]);
        for (key, wanted) in document["expected"].as_object().expect("values") {
            let value = line[key].as_f64().unwrap_or_else(|| panic!("no {key} in {line}"));
            match wanted.as_f64() {
                Some(wanted) => {
                    assert!((value - wanted).abs() < 1e-12, "{}: {key}: {value}, {wanted}", line["id"]);
                }
                // The document is left at such a line, and nobody counts how many there are.
                None => assert!(value > 0.0, "{}: {key}", line["id"]),
            }
            compared += 1;
        }
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn every_rule_fails_some_document() {
    let documents = recorded();
    let args =
        ["--jsonl", "--lang", "en", "--only-rules", "gopher,c4,fineweb", "--limit", "gopher-max-words=110"];
    let lines = measured(&args, jsonl(&documents));
    let all: std::collections::BTreeSet<&str> = lines.iter().flat_map(failed).collect();
    assert_eq!(all.len(), 30, "{all:?}");
}

#[test]
fn good_records_pass_as_they_are() {
    let place = Folder::new();
    let good = recorded().swap_remove(0)["text"].as_str().expect("a text").to_owned();
    let text = serde_json::to_string(&good).expect("JSON").replace("mill", "\\u006dill");
    let lines = [
        format!("{{ \"b\" : [1,  2],\"text\":{text} , \"id\":7}}\r\n"),
        "{\"text\":\"too short\",\"id\":\"x\\u0020y\"}\n".to_owned(),
        format!("{{\"text\":{text}}}"),
    ];
    place.write("docs.jsonl", lines.concat());
    let script = "stats --filter --lang en --removed why.tsv --report r.json --jsonl docs.jsonl";
    let outcome = shell(script).within(place.path()).run();
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""));
    assert_eq!(String::from_utf8_lossy(&outcome.out), [&lines[0][..], &lines[2]].concat());
    let why = String::from_utf8(place.read("why.tsv")).expect("text");
    assert!(
        why.starts_with("docs.jsonl:2\tgopher-min-words\t2\t50\ndocs.jsonl:2\tgopher-stop-words\t0\t2\n"),
        "{why}"
    );
    let report: Value = serde_json::from_slice(&place.read("r.json")).expect("JSON");
    assert_eq!(report["records"]["dropped"], serde_json::json!({ "gopher-min-words": 1 }));
    assert_eq!(report["rules_failed"]["gopher-stop-words"], 1);
    assert_eq!(report["records"]["changed"], 0);
    let explained = shell("stats --explain --lang en --jsonl docs.jsonl");
    assert_eq!(explained.within(place.path()).run().text(), why);
}

#[test]
fn records_are_documents() {
    let place = Folder::new();
    place.write("a.txt", "One line.\n\nTwo lines\nhere.\n");
    place.write("b.txt", "Another file.");
    for (flags, wanted) in [
        ("", &[("a.txt", 1, 9), ("a.txt", 2, 0), ("a.txt", 3, 9), ("a.txt", 4, 5), ("b.txt", 1, 13)][..]),
        ("--paragraphs", &[("a.txt", 1, 9), ("a.txt", 2, 15), ("b.txt", 1, 13)]),
        ("--whole", &[("a.txt", 1, 26), ("b.txt", 1, 13)]),
    ] {
        let outcome = shell(&format!("stats --quality {flags} a.txt b.txt")).within(place.path()).run();
        let lines: Vec<Value> =
            outcome.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let places: Vec<_> = lines
            .iter()
            .map(|line| {
                (line["file"].as_str().unwrap_or(""), line["record"].as_u64(), line["characters"].as_u64())
            })
            .collect();
        let wanted: Vec<_> =
            wanted.iter().map(|&(file, record, characters)| (file, Some(record), Some(characters))).collect();
        assert_eq!(places, wanted, "{flags}");
        assert!(lines.iter().all(|line| line.get("id").is_none()));
    }
}

#[test]
fn the_same_for_any_work() {
    let lines = jsonl(&recorded());
    let files = [("a.jsonl", lines.as_bytes()), ("b.jsonl", lines.as_bytes())];
    for args in [
        &["--quality", "--jsonl"][..],
        &["--explain", "--jsonl", "--only-rules", "gopher,c4,fineweb"],
        &[
            "--filter",
            "--jsonl",
            "--removed",
            "/dev/stderr",
            "--skip-rules",
            "gopher-min-words,gopher-top-2-gram",
        ],
    ] {
        same_in_every_way("stats", args, &files).unwrap_or_else(|what| panic!("{what}"));
    }
    same_for_any_work("stats", &["--quality", "-r", "."], &pipelines::pages())
        .unwrap_or_else(|what| panic!("{what}"));
}

#[test]
fn stop_words_are_those_of_the_language() {
    let documents = recorded();
    let of = |name: &str| documents.iter().find(|document| document["id"] == name).expect("recorded").clone();
    let input = jsonl(&[of("persian"), of("plain"), of("chinese"), of("numbers")]);
    let lines = measured(&["--jsonl"], input.clone());
    let told = |lines: &[Value]| -> Vec<(Value, Value)> {
        lines.iter().map(|line| (line["language"].clone(), line["stop_words"].clone())).collect()
    };
    let [persian, english, chinese, numbers] = &told(&lines)[..] else { panic!("four lines") };
    assert_eq!(persian.0, "fa");
    assert!(persian.1.as_u64().is_some_and(|words| words >= 8), "{persian:?}");
    assert_eq!(*english, ("en".into(), 7.into()));
    assert_eq!(chinese.0, "zh");
    assert!(chinese.1.as_u64().is_some_and(|words| words >= 5), "{chinese:?}");
    assert_eq!(*numbers, (Value::Null, Value::Null));
    assert!(!failed(&lines[3]).contains(&"gopher-stop-words"));
    let lines = measured(&["--jsonl", "--lang", "en"], input);
    assert!(failed(&lines[0]).contains(&"gopher-stop-words"));
    // No list of words: nothing is said.
    let thai = measured(&["--lang", "th"], "ไก่จิกเด็กตายบนปากโอ่ง\n");
    assert_eq!(told(&thai), [("th".into(), Value::Null)]);
    // Of lines the file is the document.
    let lines = measured(&[], format!("{}\nOK\n", of("persian")["text"].as_str().expect("a text")));
    assert_eq!(lines.last().expect("lines")["language"], "fa");
}

#[test]
fn punctuation_is_that_of_every_script_unless_a_list_is_wanted() {
    let text = "سلام، دنیا؟\nآیا راست است؟ بله، هست؟\nاین یکی نیست، نه؟\n";
    let flags = ["--whole", "--only-rules", "c4"];
    let [by_unicode, by_list] = [&["--punctuation", "unicode"], &["--punctuation", "datatrove"]]
        .map(|whose| measured(&[&flags[..], &whose[..]].concat(), text).swap_remove(0));
    assert_eq!((&by_unicode["words"], &by_list["words"]), (&11.into(), &14.into()));
    assert_eq!((&by_unicode["c4_kept_lines"], &by_list["c4_kept_lines"]), (&2.into(), &0.into()));
    assert_eq!(by_unicode["c4_sentences"], 3);
    assert_eq!(
        (&by_unicode["fineweb_terminal_line_ratio"], &by_list["fineweb_terminal_line_ratio"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn nothing_is_a_share_of_nothing() {
    for input in ["\n", "\u{3000}\n", "\u{200B}\n"] {
        let lines = measured(&["--lang", "en"], input);
        assert_eq!(lines.len(), 1);
        for (key, value) in lines[0].as_object().expect("an object") {
            let value = value.as_f64().unwrap_or(0.0);
            assert!(value == 0.0 || (0.0..=2.0).contains(&value), "{key}: {value}");
        }
        assert_eq!(failed(&lines[0])[0], "gopher-min-words");
    }
    tool("stats").args(["--quality"]).run().is(0, "", &[]);
}

#[test]
fn bad_input_is_measured_too() {
    let many_lines = "a\n".repeat(200_000).into_bytes();
    let inputs: [(Vec<u8>, &str, u64); 6] = [
        (b"\xFE\xFA a \xE2\x80\x00b\n".to_vec(), "characters", 8),
        (vec![b'a'; 1 << 20], "tokens", 1),
        ([vec![0xD8; 1 << 18], vec![b' '; 1 << 18]].concat(), "characters", 1 << 19),
        (vec![0; 1 << 18], "words", 0),
        (b"!".repeat(1 << 18), "tokens", 1 << 18),
        (many_lines, "tokens", 200_000),
    ];
    for (input, key, wanted) in inputs {
        let lines = measured_quietly(&input);
        assert_eq!(lines.len(), 1, "{key}");
        assert_eq!(lines[0][key], wanted, "{key}");
    }
}

/// As one record; a warning about ill-formed bytes is not looked at.
fn measured_quietly(input: &[u8]) -> Vec<Value> {
    let mut lines = measured(&["--whole", "-q"], input);
    // JSON holds all numbers as they are: not one is infinite or no number, but for what is not known.
    for line in &mut lines {
        let unknown: Vec<_> =
            line.as_object().expect("an object").iter().filter(|(_, value)| value.is_null()).collect();
        assert!(
            unknown.iter().all(|(key, _)| ["language", "stop_words"].contains(&key.as_str())),
            "{unknown:?}"
        );
    }
    lines
}

#[test]
fn lines_that_are_no_documents_follow_their_policy() {
    let input = "{\"text\":1}\n{\"text\":\"a\"}\nno JSON\n";
    let outcome = tool("stats").args(["--quality", "--jsonl", "--malformed", "pass"]).input(input).run();
    assert_eq!(outcome.out.iter().filter(|&&byte| byte == b'\n').count(), 1);
    let args = ["--filter", "--jsonl", "--malformed", "pass", "--only-rules", "c4-curly-bracket"];
    tool("stats").args(args).input(input).run().is(0, input, &[]);
    let outcome = tool("stats").args(["--quality", "--jsonl"]).input(input).run();
    assert_eq!(outcome.status, Some(2));
}

#[test]
fn what_means_nothing_is_refused() {
    for (command, wanted) in [
        ("stats --quality --json", "cannot be used with"),
        ("stats --filter -l", "cannot be used with"),
        ("stats --quality --merge", "cannot be used with"),
        ("stats --filter --explain", "cannot be used with"),
        ("stats --removed x", "--filter"),
        ("stats --limit gopher-hashes=1", "--quality"),
        ("stats --lang fa", "--lang goes with --dates or --quality"),
        ("stats --dates --lang auto", "all or a language is wanted"),
        ("stats --quality --lang xx", "auto or a language is wanted"),
        ("stats --quality --id name", "--id goes with --jsonl"),
        ("stats --quality --only-rules gofer", "the nearest are gopher"),
    ] {
        let outcome = shell(command).run();
        assert_eq!(outcome.status, Some(2), "{command}");
        assert!(outcome.err.contains(wanted), "{command}: {}", outcome.err);
    }
}
