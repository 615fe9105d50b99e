//! Records longer than `--max-record`: the same outcome wherever the pieces that are read happen to end.

use pipelines::{Folder, no_failures, same_in_every_way, tool};

const LIMIT: &str = "--max-record=10";

#[track_caller]
fn every_way(command: &[&str], files: &[(&str, &[u8])]) -> pipelines::Outcome {
    match same_in_every_way(command[0], &[&[LIMIT], &command[1..]].concat(), files) {
        Ok(outcome) => outcome,
        Err(failure) => panic!("{failure}"),
    }
}

/// Records just below, at and above the limit, with every end; some so long that no buffer holds them at once.
fn lines() -> Vec<u8> {
    let mut text = Vec::new();
    for length in [0, 9, 10, 11, 12, 13, 14, 10, 63, 64, 65, 5000, 1, 300_000, 10, 11] {
        for end in ["\n", "\r\n"] {
            text.extend(std::iter::repeat_n(b'x', length));
            text.extend_from_slice(end.as_bytes());
        }
    }
    text
}

#[test]
fn long_lines_under_every_policy() {
    let input = lines();
    let split: Vec<&[u8]> = input.split_inclusive(|&byte| byte == b'\n').collect();
    let is_long = |line: &&&[u8]| line.trim_ascii_end().len() > 10;
    let short: Vec<u8> = split.iter().filter(|line| !is_long(line)).copied().collect::<Vec<_>>().concat();
    let long = split.iter().filter(is_long).count();
    let (normalized, all) = (String::from_utf8_lossy(&short).replace("\r\n", "\n"), &input);

    let failed = every_way(&["normalize"], &[("text", &input)]);
    failed.is(
        2,
        &normalized,
        &["normalize: text: record 7 (byte 47): record is longer than --max-record (10 bytes)"],
    );
    assert_eq!(failed.err.lines().count(), long, "{}", failed.err);
    every_way(&["normalize", "--oversize", "skip"], &[("text", &input)]).is(0, &normalized, &[]);
    every_way(&["normalize", "--newlines=keep", "--oversize", "pass"], &[("text", &input)]).is(0, all, &[]);
    every_way(&["ngram", "-n1", "--oversize", "pass"], &[("text", &input)]).is(
        0,
        "x\t2\nxxxxxxxxx\t2\nxxxxxxxxxx\t6\n",
        &[],
    );
}

#[test]
fn records_in_every_frame_are_the_same_for_any_work() {
    let long = "y".repeat(3000);
    let json = format!("{{\"text\":\"\"}}\n{{\"text\":\"{long}\"}}\n\n{{\"text\":1}}\n{{}}\n");
    let paragraphs =
        format!("a\n\n\nb\nb\n\n{long}\n{long}\n \n\nc\n\n{}\n\nd\n{}", "\n".repeat(300), " ".repeat(700));
    let null = format!("a\0b\n\0{long}\0\0c\0{long}");
    let cases: [(&[&str], &str); 5] = [
        (&["--jsonl", "--malformed", "skip"], &json),
        (&["--paragraphs"], &paragraphs),
        (&["-z"], &null),
        (&["--whole"], &long),
        (&["-t", ",", "--field", "2"], &paragraphs),
    ];
    let mut failures = Vec::new();
    for (frame, text) in cases {
        for tool in [&["normalize"][..], &["dedupe", "-c"], &["dedupe"], &["tokenize"], &["ngram", "-n1"]] {
            for policy in ["fail", "skip", "pass"] {
                let args = [&tool[1..], frame, &[LIMIT, "--oversize", policy]].concat();
                let files: [(&str, &[u8]); 2] =
                    [("one", text.as_bytes()), ("two", text.trim_start().as_bytes())];
                match same_in_every_way(tool[0], &args, &files) {
                    Err(failure) => failures.push(failure),
                    Ok(outcome) => {
                        assert_eq!(outcome.status, Some(if policy == "fail" { 2 } else { 0 }), "{args:?}");
                    }
                }
            }
        }
    }
    no_failures(&failures);
}

#[test]
fn long_records_of_other_encodings_are_named_at_their_place() {
    let text = format!("\u{FEFF}short\n{}\nshort\n{}", "é".repeat(2000), "é".repeat(20)); // BOM
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let run = every_way(&["normalize"], &[("text", &utf16)]);
    run.is(2, "short\nshort\n", &["text: record 2 (byte 14): ", "text: record 4 (byte 4028): "]);
    assert_eq!(run.err.lines().count(), 2, "{}", run.err);
}

/// Blank lines are kept with the paragraph that they come before, so they count.
#[test]
fn paragraphs_after_many_blank_lines_are_long_records() {
    let blank = "\n".repeat(500);
    let input = format!("{blank}a\n\n{blank}b\n\nc\n");
    let files: [(&str, &[u8]); 1] = [("text", input.as_bytes())];
    let places = ["text: record 1 (byte 0): ", "text: record 2 (byte 503): "];
    every_way(&["normalize", "--paragraphs"], &files).is(2, "c\n", &places);
    every_way(&["normalize", "--paragraphs", "--max-record=600"], &files).is(0, &input, &[]);
    // Nothing but blank lines is no record, but may be too long to keep.
    let files: [(&str, &[u8]); 1] = [("text", blank.as_bytes())];
    every_way(&["normalize", "--paragraphs"], &files).is(2, "", &["text: record 1 (byte 0): "]);
}

#[test]
fn a_file_that_holds_a_long_record_is_not_replaced() {
    let folder = Folder::new();
    folder.write("page", "e\u{301}\nmuch longer than ten\n");
    let run = tool("normalize").args(["-i", LIMIT, "page"]).within(folder.path()).run();
    run.is(2, "", &["normalize: page: record 2 (byte 4): record is longer"]);
    assert_eq!(folder.read("page"), "e\u{301}\nmuch longer than ten\n".as_bytes());
    tool("normalize").args(["-i", LIMIT, "--oversize=pass", "page"]).within(folder.path()).run().is(
        0,
        "",
        &[],
    );
    assert_eq!(folder.read("page"), "\u{E9}\nmuch longer than ten\n".as_bytes());
}

#[test]
fn the_report_counts_what_was_left_out() {
    let folder = Folder::new();
    folder.write("text", lines());
    let args = [LIMIT, "--oversize=skip", "--report", "report", "text"];
    assert_eq!(tool("normalize").args(args).within(folder.path()).run().status, Some(0));
    let report: serde_json::Value = serde_json::from_slice(&folder.read("report")).expect("JSON");
    assert_eq!(report["records"]["read"], 32);
    assert_eq!(report["records"]["dropped"]["oversize"], 20);
    assert_eq!(report["records"]["written"], 12);
    assert_eq!(report["bytes"]["read"], lines().len());
}
