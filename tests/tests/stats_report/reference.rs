//! Beside a slow count of the same text with nothing but Python's own means.

use pipelines::{Folder, has_program};
use serde_json::Value;

use crate::{json, prose};

const REFERENCE: &str = include_str!("reference.py");

/// How far a measure may be off, as a part of itself or of one.
const TOLERANCE: f64 = 1e-9;

/// Where `ours` lacks something of `theirs` or says something else.
fn differences(path: &str, theirs: &Value, ours: &Value, found: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(_)) => {
            theirs
                .iter()
                .for_each(|(name, value)| differences(&format!("{path}.{name}"), value, &ours[name], found));
        }
        (Value::Array(theirs), Value::Array(ours)) if theirs.len() == ours.len() => {
            let pairs = theirs.iter().zip(ours).enumerate();
            pairs.for_each(|(at, (theirs, ours))| differences(&format!("{path}[{at}]"), theirs, ours, found));
        }
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().expect("a number"), other.as_f64().expect("a number"));
            if (one - other).abs() > TOLERANCE * one.abs().max(1.0) {
                found.push(format!("{path}: {one}, but stats says {other}"));
            }
        }
        _ if theirs == ours => {}
        _ => found.push(format!("{path}: {theirs}, but stats says {ours}")),
    }
}

#[track_caller]
fn agree(place: &Folder, reference: &str, ours: &str) {
    let theirs = json(place, &format!("python3 -X utf8 reference.py {reference}"));
    let mut found = Vec::new();
    differences("", &theirs, &json(place, ours), &mut found);
    pipelines::no_failures(&found);
}

/// Files, one of them empty, and the reference; nothing where Python is not there.
fn place() -> Option<Folder> {
    let place = Folder::new();
    place.write("reference.py", REFERENCE);
    for (name, seed, lines) in [("1", 1, 120), ("2", 2, 40), ("4", 4, 7)] {
        place.write(name, prose(seed, lines));
    }
    place.write("3", "");
    // CR alone ends no line.
    place.write(
        "5",
        "a b a b\r\nc c c d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d d\r",
    );
    has_program("python3").then_some(place)
}

#[test]
fn files_are_counted_as_a_slow_count_does() {
    let Some(place) = place() else { return };
    for files in ["1", "1 2 3 4 5", "4 3 2", "5"] {
        agree(
            &place,
            &format!("report {files}"),
            &format!("stats -q --all --json --unit space --top 40 {files}"),
        );
    }
}

#[test]
fn records_are_counted_as_a_slow_count_does() {
    let Some(place) = place() else { return };
    for (name, seed) in [("1.jsonl", 5), ("2.jsonl", 6)] {
        let text = String::from_utf8_lossy(&prose(seed, 150)).into_owned();
        let records = text.split_inclusive('\n').collect::<Vec<_>>();
        // Documents of several lines, of which some come again.
        let mut lines: String = records
            .chunks(9)
            .map(|chunk| serde_json::json!({ "id": 1, "text": chunk.concat() }).to_string() + "\n")
            .collect();
        lines.push_str(&lines.lines().take(2).map(|line| format!("{line}\n")).collect::<String>());
        place.write(name, lines);
    }
    agree(
        &place,
        "report --jsonl text 1.jsonl 2.jsonl",
        "stats -q --all --json --unit space --top 40 --jsonl=text 1.jsonl 2.jsonl",
    );
}

#[test]
fn two_texts_are_compared_as_a_slow_count_does() {
    let Some(place) = place() else { return };
    for (zero, pair) in [("0.5", "1 2"), ("0.5", "2 1"), ("0.25", "4 2")] {
        let ours = format!("stats -q --compare --json --unit space --top 30 --zero add={zero} {pair}");
        agree(&place, &format!("compare {zero} {pair}"), &ours);
    }
}
