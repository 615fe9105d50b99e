//! Files of rules: every kind of rule, its tests, and errors that name their place.

use pipelines::{Folder, tool};

use crate::said::{done, explained, refused};

fn with(rules: &str) -> Folder {
    let folder = Folder::new();
    folder.write("r.rules", rules);
    folder
}

/// What the rules make of a text.
#[track_caller]
fn ruled(rules: &str, text: &str) -> String {
    let folder = with(rules);
    let run = tool("normalize").args(["--rules", "r.rules"]).within(folder.path()).input(text).run();
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{rules}");
    run.text()
}

#[test]
fn rules_of_every_kind() {
    for (rules, text, wanted) in [
        ("\"colour\" -> \"color\"\n", "colours, Colour\n", "colors, Colour\n"),
        ("\"\\u{200C}\" -> \"\\u{A0}\"\n", "می\u{200C}رود\n", "می\u{A0}رود\n"),
        ("\"\\t\" -> \"\\\\t\" # a comment\n", "a\tb\n", "a\\tb\n"),
        (
            "/(\\d+) ?per ?cent\\b/i -> \"$1%\"\n",
            "5 Per Cent of 6percent, 7 percents\n",
            "5% of 6%, 7 percents\n",
        ),
        ("/(?<a>\\w)-(?<b>\\w)/ -> \"${b}-${a}\"\n", "a-b c-d\n", "b-a d-c\n"),
        ("064A\t06CC\n", "علي\n", "علی\n"),
        ("64A 627\t6CC # two\n", "يا ي\n", "ی ي\n"),
        ("200B\n", "a\u{200B}b\n", "ab\n"),
        ("\u{FEFF}# a BOM and CR LF\r\n\"a\" -> \"b\"\r\n", "a\n", "b\n"),
    ] {
        assert_eq!(ruled(rules, text), wanted, "{rules}");
    }
}

#[test]
fn the_leftmost_longest_earliest_match_wins_in_one_pass() {
    for (rules, text, wanted, why) in [
        ("\"a\" -> \"1\"\n\"ab\" -> \"2\"\n", "ab a\n", "2 1\n", "longest"),
        ("\"bcd\" -> \"1\"\n\"ab\" -> \"2\"\n", "abcd\n", "2cd\n", "leftmost"),
        ("/a./ -> \"1\"\n\"ab\" -> \"2\"\n", "ab\n", "1\n", "earliest"),
        ("\"ab\" -> \"2\"\n/a./ -> \"1\"\n", "ab ac\n", "2 1\n", "earliest"),
        ("\"a\" -> \"b\"\n\"b\" -> \"a\"\n", "ab\n", "ba\n", "one pass"),
        ("\"a\" -> \"aa\"\n", "aa\n", "aaaa\n", "what was written is not looked at again"),
    ] {
        assert_eq!(ruled(rules, text), wanted, "{why}");
    }
}

#[test]
fn several_files_are_one_list() {
    let folder = with("\"a\" -> \"1\"\n");
    folder.write("more.tsv", "62\t32\n");
    let args = ["--rules", "r.rules", "--rules", "more.tsv"];
    folder.write("in", "abc\n");
    assert_eq!(done(folder.path(), &[&args[..], &["in"]].concat()).text(), "12c\n");
    let rows = explained(&done(folder.path(), &[&args[..], &["--explain", "in"]].concat()).text());
    let names: Vec<_> = rows.iter().map(|row| row.rule.as_str()).collect();
    assert_eq!(names, ["r.rules:1", "more.tsv:1"]);
    let skipped = done(folder.path(), &[&args[..], &["--skip-rules", "more.tsv:1", "in"]].concat());
    assert_eq!(skipped.text(), "1bc\n");
}

#[test]
fn rules_come_after_everything_else_and_the_form_once_more() {
    let folder = with("\"x\" -> \"e\\u{301}\"\n\"a b\" -> \"y\"\n");
    folder.write("in", "x\na  b\n");
    let out = done(folder.path(), &["--space", "collapse", "--rules", "r.rules", "in"]);
    assert_eq!(out.text(), "é\ny\n");
}

#[test]
fn a_file_tests_itself() {
    let good = "\"colour\" -> \"color\"\ntest \"colours\" => \"colors\"\ntest \"\" => \"\"\n";
    let folder = with(good);
    let run = |args: &[&str]| tool("normalize").args(args).within(folder.path()).run();
    run(&["--rules", "r.rules", "--test-rules"]).is(0, "2 passed, 0 failed\n", &[]);
    folder.write("bad.rules", "064A\t06CC\ntest \"يك\" => \"يک\"\ntest \"a\\tb\" => \"a\\tb\"\n");
    let said = "bad.rules:2: \"يك\" became \"یك\", not \"يک\"\n1 passed, 1 failed\n";
    run(&["--rules", "bad.rules", "--test-rules"]).is(1, said, &[]);
    // The tests of a file are about its own rules.
    folder.write("own.rules", "test \"colour\" => \"colour\"\n");
    run(&["--rules", "own.rules", "--rules", "r.rules", "--test-rules"]).is(0, "3 passed, 0 failed\n", &[]);
    // Tests are no rules: text is normalized whatever they say.
    folder.write("in", "يك\n");
    run(&["--rules", "bad.rules", "in"]).is(0, "یك\n", &[]);
    run(&["--test-rules"]).says(&["--rules"]);
}

/// Nothing but comments is no rule, and no error.
#[test]
fn empty_files_do_nothing() {
    for rules in ["", "\n\n", "# nothing\n", "\u{FEFF}"] {
        assert_eq!(ruled(rules, "a b\n"), "a b\n", "{rules:?}");
    }
}

#[test]
fn an_error_names_its_place_and_nothing_is_written() {
    for (rules, place, words) in [
        ("\"a\" -> \"b\"\nnonsense\n", "r.rules:2:1: ", "expected"),
        ("\"a\" - \"b\"\n", "r.rules:1:5: ", "expected '->'"),
        ("\"a\" -> \"b\n", "r.rules:1:8: ", "closes"),
        ("\"\" -> \"b\"\n", "r.rules:1:1: ", "empty"),
        ("\"\\x\" -> \"b\"\n", "r.rules:1:2: ", "escapes"),
        ("# سلام\n\"سلام\" -> x\n", "r.rules:2:11: ", "double quotes"),
        ("\n\n/a(b/ -> \"\"\n", "r.rules:3:3: ", "unclosed group"),
        ("/a/ -> \"$2\"\n", "r.rules:1:8: ", "no group '2'"),
        ("/a/q -> \"\"\n", "r.rules:1:4: ", ""),
        ("110000\t61\n", "r.rules:1:1: ", "110000"),
        ("D800\n", "r.rules:1:1: ", "D800"),
        ("61\t62\n61\t63\n", "r.rules:2:1: ", "r.rules:1"),
        ("test \"a\" -> \"b\"\n", "r.rules:1:10: ", "=>"),
        ("\"a\" -> \"b\" c\n", "r.rules:1:12: ", "end of the line"),
    ] {
        let folder = with(rules);
        folder.write("in", "a\n");
        for more in
            [&["-o", "out", "in"][..], &["-d", "out", "in"], &["-i", "in"], &["--test-rules"], &["--plan"]]
        {
            let said = refused(folder.path(), &[&["--rules", "r.rules"], more].concat());
            assert!(
                said.starts_with(&format!("normalize: {place}")) && said.contains(words),
                "{rules}: {said}"
            );
        }
        assert_eq!(folder.names(), ["in", "r.rules"], "{rules}");
        assert_eq!(folder.read("in"), b"a\n");
    }
    let folder = Folder::new();
    folder.write("r.rules", b"\"a\" -> \"\xFF\"\n");
    assert!(refused(folder.path(), &["--rules", "r.rules"]).contains("r.rules:1:9: "));
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = Folder::new();
    for (name, why) in [("missing", "no such file"), (".", "directory")] {
        let said = refused(folder.path(), &["--rules", name, "-o", "out"]);
        assert!(said.contains(&format!("{name}: ")) && said.to_lowercase().contains(why), "{said}");
    }
    assert!(folder.names().is_empty());
}
