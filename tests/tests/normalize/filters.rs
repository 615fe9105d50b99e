//! Filters: which records each leaves out, and where they are told of.

use std::collections::BTreeMap;

use pipelines::{Folder, tool};
use serde_json::Value;

use crate::said::{done, explained, made, refused};

/// A filter, a record that it leaves out, one that just passes, and the reason.
const FILTERS: [(&str, &str, &str, &str); 23] = [
    ("--min-bytes=4", "abc", "سلام", "min-bytes"),
    ("--max-bytes=4", "سلا", "abcd", "max-bytes"),
    ("--min-chars=4", "سلا", "سلام", "min-chars"),
    ("--max-chars=4", "abcde", "سلام", "max-chars"),
    ("--min-words=3", "one two", "one two.", "min-words"),
    ("--max-words=3", "one, two!", "one, two", "max-words"),
    ("--max-run=3", "aaaa", "aaa a", "max-run"),
    ("--max-run=3", "x سسسس", "x سسس      ", "max-run"),
    ("--min-share=letters=0.5", "a12", "a1 ", "min-share"),
    ("--min-share=digits=0.5", "ab۱", "a۱", "min-share"),
    ("--min-share=punctuation=0.5", "a", "a.", "min-share"),
    ("--min-share=symbols=0.5", "ab😀", "a😀", "min-share"),
    ("--min-share=arabic=0.8", "سلام world", "سلام 123 !!!!!", "min-share"),
    ("--min-share=Arab=0.8", "123", "سلام", "min-share"),
    ("--min-share=Cyrillic=1", "мir", "мир", "min-share"),
    ("--max-share=letters=0.5", "ab1", "a1", "max-share"),
    ("--max-share=digits=0.5", "a12", "a1", "max-share"),
    ("--max-share=punctuation=0.5", "a!!", "a!", "max-share"),
    ("--max-share=symbols=0.3", "ab😀+", "ab😀c", "max-share"),
    ("--max-share=latin=0", "سلام a", "سلام 1", "max-share"),
    ("--max-repeated-words=0.5", "buy now buy now buy", "buy now buy now", "max-repeated-words"),
    ("--max-repeated-words=0", "a a", "a b", "max-repeated-words"),
    ("--min-chars=1", "", "x", "min-chars"),
];

#[test]
fn each_filter_leaves_out_what_it_says() {
    for (flag, dropped, kept, reason) in FILTERS {
        let folder = Folder::new();
        folder.write("in", format!("{kept}\n{dropped}\n{kept}\n"));
        let out = done(folder.path(), &[flag, "--reject", "rejected", "--report", "report", "in"]);
        assert_eq!(out.text(), format!("{kept}\n{kept}\n"), "{flag}");
        let rejected = String::from_utf8(folder.read("rejected")).expect("text");
        assert_eq!(rejected, format!("in\t2\t{reason}\t{dropped}\n"), "{flag}");
        assert_eq!(dropped_by(&folder), BTreeMap::from([(reason.to_owned(), 1)]), "{flag}");
        let rows = explained(&done(folder.path(), &[flag, "--explain", "in"]).text());
        let told: Vec<_> = rows.iter().map(|row| (row.record, row.rule.as_str())).collect();
        assert_eq!(told, [(2, &*format!("dropped: {reason}"))], "{flag}");
        let difference = done(folder.path(), &[flag, "--diff", "in"]).text();
        assert_eq!(difference, format!("in: record 2 (dropped: {reason})\n-{dropped}\n"), "{flag}");
    }
}

fn dropped_by(folder: &Folder) -> BTreeMap<String, u64> {
    let report: Value = serde_json::from_slice(&folder.read("report")).expect("JSON");
    let dropped = report["records"]["dropped"].as_object().expect("reasons");
    dropped.iter().map(|(reason, count)| (reason.clone(), count.as_u64().expect("a count"))).collect()
}

#[test]
fn a_record_has_one_reason_the_first_in_the_order_of_the_page() {
    let folder = Folder::new();
    folder.write("in", "a\naaaaaaaa\nb c d e f g\n");
    let flags = ["--max-run", "3", "--max-words", "5", "--min-chars", "2", "--min-bytes", "2"];
    let out =
        done(folder.path(), &[&flags[..], &["--report", "report", "--reject", "rejected", "in"]].concat());
    assert_eq!(out.text(), "");
    assert_eq!(
        folder.read("rejected"),
        b"in\t1\tmin-bytes\ta\nin\t2\tmax-run\taaaaaaaa\nin\t3\tmax-words\tb c d e f g\n"
    );
    let wanted = [("max-run", 1), ("max-words", 1), ("min-bytes", 1)];
    assert_eq!(dropped_by(&folder), wanted.map(|(reason, count)| (reason.to_owned(), count)).into());
}

#[test]
fn filters_look_at_what_normalizing_left() {
    assert_eq!(made(&["--space", "trim", "--max-chars", "2"], "  ab  \nabc\n"), "ab\n");
    assert_eq!(made(&["--form", "nfc", "--max-chars", "1"], "e\u{301}\n"), "é\n");
    assert_eq!(made(&["--form", "nfd", "--max-chars", "1"], "é\n"), "");
    let folder = Folder::new();
    folder.write("rules", "\"x\" -> \"\"\n");
    folder.write("in", "xxx\nxa\n");
    assert_eq!(done(folder.path(), &["--rules", "rules", "--min-chars", "1", "in"]).text(), "a\n");
}

#[test]
fn rejected_records_are_written_as_they_came() {
    let folder = Folder::new();
    folder.write("tabs\tand", "e\u{301}\t\\\n\u{A0}\r\n");
    done(folder.path(), &["--preset", "web", "--min-chars", "99", "--reject", "r", "tabs\tand"]);
    let wanted = "tabs\\tand\t1\tmin-chars\te\u{301}\\t\\\\\ntabs\\tand\t2\tmin-chars\t\u{A0}\n";
    assert_eq!(String::from_utf8_lossy(&folder.read("r")), wanted);
    // Records of several lines stay one row.
    folder.write("b", "one\ntwo\r\n\n\nthree four five\n");
    done(folder.path(), &["--paragraphs", "--min-words", "3", "--reject", "r", "b"]);
    assert_eq!(folder.read("r"), b"b\t1\tmin-words\tone\\ntwo\n");
    done(folder.path(), &["--whole", "--min-words", "99", "--reject", "r", "b"]);
    assert_eq!(folder.read("r"), b"b\t1\tmin-words\tone\\ntwo\\r\\n\\n\\nthree four five\n");
}

#[test]
fn json_lines_and_columns_are_left_out_whole() {
    let folder = Folder::new();
    let (short, long) = (r#"{"id": 1, "text": "a\tb"}"#, r#"{"id": 2, "text": "long enough"}"#);
    folder.write("j", format!("{short}\n{long}\n"));
    let out = done(folder.path(), &["--jsonl", "--min-chars", "5", "--reject", "r", "j"]);
    assert_eq!(out.text(), format!("{long}\n"));
    let row = format!("j\t1\tmin-chars\t{}\n", short.replace('\\', "\\\\"));
    assert_eq!(String::from_utf8_lossy(&folder.read("r")), row);
    folder.write("t", "a,long enough,c\nlonger,x,y\n");
    let out = done(folder.path(), &["-t", ",", "--field", "2", "--min-chars", "5", "--reject", "r", "t"]);
    assert_eq!(out.text(), "a,long enough,c\n");
    assert_eq!(folder.read("r"), b"t\t2\tmin-chars\tlonger,x,y\n");
}

#[test]
fn ends_and_files_stay_in_order() {
    assert_eq!(made(&["--min-chars", "2"], "aa\nb\ncc"), "aa\ncc");
    assert_eq!(made(&["-z", "--min-chars", "2"], "aa\0b\0cc\0"), "aa\0cc\0");
    let folder = Folder::new();
    folder.write("in/a", "x\nlong\n");
    folder.write("in/sub/b", "x\n");
    done(folder.path(), &["--min-chars", "2", "-r", "in", "-d", "out"]);
    assert_eq!((folder.read("out/a"), folder.read("out/sub/b")), (b"long\n".to_vec(), Vec::new()));
    folder.write("c", "x\nlong\n");
    done(folder.path(), &["--min-chars", "2", "-i=.orig", "c"]);
    assert_eq!((folder.read("c"), folder.read("c.orig")), (b"long\n".to_vec(), b"x\nlong\n".to_vec()));
}

#[test]
fn where_rejects_go_is_checked() {
    let folder = Folder::new();
    folder.write("a", "x\n");
    refused(folder.path(), &["--min-chars", "2", "--reject", "no/such/folder", "a"]);
    let full = tool("normalize")
        .args(["--min-chars", "2", "--reject", "/dev/full", "a"])
        .within(folder.path())
        .run();
    assert_eq!(full.status, Some(2), "{full:?}");
    full.says(&["/dev/full"]);
    // The input is not written over.
    refused(folder.path(), &["--min-chars", "2", "--reject", "a", "a"]);
    assert_eq!(folder.read("a"), b"x\n");
}

#[test]
fn filters_that_mean_nothing_are_refused() {
    let folder = Folder::new();
    for flag in [
        "--min-bytes=x",
        "--max-chars=-1",
        "--min-words=1.5",
        "--max-run=",
        "--min-share=letters",
        "--min-share=letters=2",
        "--min-share=letters=NaN",
        "--max-share=klingon=0.5",
        "--max-repeated-words=1.01",
        "--max-repeated-words=half",
    ] {
        let said = refused(folder.path(), &[flag, "-o", "out"]);
        let name = flag.split('=').next().expect("a name");
        assert!(said.contains(name), "{said}");
    }
    assert!(folder.names().is_empty());
}
