//! Where one file ends and the next begins: no record is glued to another, none is made up.

use pipelines::{Folder, tool};

/// The output for several files, which are written under the names a, b, c.
#[track_caller]
fn joined(command: &[&str], files: &[&[u8]], wanted: impl AsRef<[u8]>) {
    let folder = Folder::new();
    let names = ["a", "b", "c"];
    files.iter().zip(names).for_each(|(bytes, name)| drop(folder.write(name, bytes)));
    for work in [["-j1", "--chunk-size=1"], ["-j1", "--chunk-size=256K"], ["-j2", "--chunk-size=64"]] {
        let run =
            tool(command[0]).args(&command[1..]).args(work).args(&names[..files.len()]).within(folder.path());
        let run = run.run();
        let wanted = wanted.as_ref();
        assert!(
            run.out == wanted,
            "{command:?} {work:?}: {:?}, not {:?}",
            run.text(),
            String::from_utf8_lossy(wanted)
        );
    }
}

#[test]
fn a_missing_line_end_is_supplied_between_files_only() {
    for name in ["normalize", "dedupe", "tokenize"] {
        joined(&[name], &[b"a", b"b", b"c"], "a\nb\nc");
        joined(&[name], &[b"a\n", b"", b"c"], "a\nc");
        joined(&[name, "-z"], &[b"a", b"b\0", b"c"], "a\0b\0c");
        joined(&[name, "--whole"], &[b"a", b"b\n", b"c"], "a\nb\nc");
        joined(&[name, "--paragraphs"], &[b"a", b"b\n", b"c\n\n"], "a\n\nb\n\nc\n\n");
    }
    joined(&["normalize", "--newlines", "crlf"], &[b"a", b"b"], "a\r\nb");
}

#[test]
fn an_empty_record_without_an_end_is_still_a_record() {
    // tokenize leaves nothing of a blank line, but the line.
    joined(&["tokenize"], &[b"a\n ", b"b\n"], "a\n\nb\n");
    joined(&["tokenize"], &[b"a", b" ", b"b"], "a\n\nb");
    joined(&["tokenize"], &[b"a", b" "], "a\n");
    joined(&["tokenize", "-z"], &[b" ", b"b"], "\0b");
}

#[test]
fn what_is_left_out_at_the_end_of_a_file_takes_its_end_with_it() {
    for name in ["normalize", "dedupe"] {
        joined(&[name, "--invalid", "skip"], &[b"a\n\xFF", b"b\n"], "a\nb\n");
        joined(&[name, "--invalid", "fail"], &[b"\xFF", b"b\n"], "b\n");
        joined(
            &[name, "--jsonl", "--malformed", "skip"],
            &[b"{\"text\":\"a\"}\n{", b"{\"text\":\"b\"}"],
            "{\"text\":\"a\"}\n{\"text\":\"b\"}",
        );
        joined(&[name, "--max-record=3", "--oversize", "skip"], &[b"a\nlonger", b"b\n"], "a\nb\n");
    }
    joined(&["dedupe"], &[b"a\na", b"b"], "a\nb");
    joined(&["dedupe", "--invalid", "replace"], &[b"a\xFF\na\xFF", b"b"], "a\u{FFFD}\nb");
}

#[test]
fn what_passes_at_the_end_of_a_file_gets_its_end() {
    for name in ["normalize", "dedupe", "tokenize"] {
        joined(
            &[name, "--max-record=3", "--oversize", "pass"],
            &[b"a\nlonger", b"longest", b"b"],
            "a\nlonger\nlongest\nb",
        );
        let long = "x".repeat(1000);
        let (open, closed) = (format!("a\n\n{long}"), format!("a\n\n{long}\n\nb"));
        let args = ["--paragraphs", "--max-record=3", "--oversize", "pass"];
        joined(&[&[name], &args[..]].concat(), &[open.as_bytes(), b"b"], closed.as_bytes());
        joined(&[&[name], &args[..]].concat(), &[format!("{open}\n").as_bytes(), b"b"], closed.as_bytes());
        joined(
            &[name, "--jsonl", "--malformed", "pass"],
            &[b"{", b"{\"text\":\"b\"}\n"],
            "{\n{\"text\":\"b\"}\n",
        );
    }
}

#[test]
fn a_selected_part_brings_no_end_of_its_own() {
    joined(
        &["tokenize", "--lines", "--jsonl"],
        &[b"{\"text\":\"a b\"}", b"{\"text\":\"c\"}"],
        "{\"text\":\"a\\nb\"}\n{\"text\":\"c\"}",
    );
    let crlf = ["normalize", "--newlines", "crlf", "--jsonl"];
    joined(&crlf, &[b"{\"text\":\"a\"}", b"{\"text\":\"c\"}\n"], "{\"text\":\"a\"}\n{\"text\":\"c\"}\n");
}

#[test]
fn blank_lines_around_paragraphs_stay_as_they_are() {
    for text in ["\n\na\n\n\n\nb\nc\n \t\n\n", "a\n\n\n", " \n", "a\n  "] {
        joined(&["normalize", "--paragraphs"], &[text.as_bytes()], text);
        joined(&["dedupe", "--paragraphs"], &[text.as_bytes()], text);
    }
    // Not normalized, so every record is rewritten.
    joined(&["normalize", "--paragraphs"], &[b"e\xCC\x81\n\n\n", b"b\n"], "\u{E9}\n\n\nb\n");
    joined(&["normalize", "--paragraphs"], &[b"e\xCC\x81\n ", b"b\n"], "\u{E9}\n \nb\n");
    joined(&["normalize", "--paragraphs"], &[b"e\xCC\x81\n\n ", b"b\n"], "\u{E9}\n\n \nb\n");
}

#[test]
fn a_missing_column_is_no_trouble() {
    joined(&["normalize", "-t", ",", "--field", "3"], &[b"a\n", b",,e\xCC\x81"], "a\n,,\u{E9}");
    // Without the column, records are the same: each has nothing there.
    joined(&["dedupe", "-t", ",", "--field", "2"], &[b"a\nb\n", b"c,x"], "a\nc,x");
}
