//! What is said of changes: `--explain`, `--diff`, `--report`, `--offsets`, `--check`; the same for any work.

use pipelines::{
    Folder, generated_json_lines, generated_text, no_failures, pages, same_for_any_work, same_in_every_way,
    tool,
};
use serde_json::Value;

use crate::said::{counted, done, explained, made, refused, reported, stretches};

const WEB: [&str; 2] = ["--preset", "web"];

fn web(args: &[&str], text: &str) -> String {
    made(&[&WEB, args].concat(), text)
}

#[test]
fn a_row_tells_where_by_which_rule_what_became_what() {
    let text = "a\u{A0}b  c\ne\u{301} x\r\n\nok\n";
    let wanted = "-\t1\t1\tspace-no-break\t\\u{00A0}\t \n-\t1\t5\tspace-run\t \t\n\
        -\t2\t0\tcompose\te\\u{0301}\té\n-\t2\t5\tnewline\t\\r\\n\t\\n\n";
    assert_eq!(web(&["--explain"], text), wanted);
    assert_eq!(web(&["--explain"], "fine\n"), "");
    // What an earlier rule made is what a later one finds.
    let args = ["--entities", "once", "--space", "plain", "--explain"];
    let wanted = "-\t1\t1\tentity-named\t&nbsp;\t\\u{00A0}\n-\t1\t1\tspace-no-break\t\\u{00A0}\t \n";
    assert_eq!(made(&args, "a&nbsp;\n"), wanted);
}

#[test]
fn what_stands_before_a_line_end_is_explained() {
    let rows = explained(&made(&["--explain"], "a\r\r\n"));
    let told: Vec<_> = rows.iter().map(|row| (row.byte, row.rule.as_str(), row.before.as_str())).collect();
    assert_eq!(told, [(1, "newline", "\\r"), (2, "newline", "\\r\\n")]);
    let folder = Folder::new();
    folder.write("a", "a\r\r\nb\n");
    assert_eq!(done(folder.path(), &["--offsets", "offsets", "a"]).text(), "a\nb\n");
    assert_eq!(folder.read("offsets"), b"a\t1\t1\t1\t1\t2\n");
}

#[test]
fn ill_formed_bytes_are_explained() {
    let run = tool("normalize").args(["-q", "--explain"]).input(b"a\nx\xFFe\xCC\x81\n".to_vec()).run();
    run.is(0, "-\t2\t0\till-formed\t\t\u{FFFD}\n-\t2\t4\tcompose\te\\u{0301}\té\n", &[]);
}

#[test]
fn names_and_texts_cannot_break_rows() {
    let folder = Folder::new();
    folder.write("a\tb\nc", "\t\\\te\u{301}\n");
    let rows = done(folder.path(), &["--space", "collapse", "--explain", "a\tb\nc"]).text();
    let rows = explained(&rows);
    assert!(rows.len() == 3 && rows.iter().all(|row| row.operand == "a\\tb\\nc"), "{rows:?}");
    assert!(rows.iter().any(|row| row.before == "\\t" && row.after == " "), "{rows:?}");
}

#[test]
fn json_fields_are_explained_by_their_value() {
    let folder = Folder::new();
    folder.write("j", "{\"id\": 1, \"text\": \"a\\u00a0b\\ne\\u0301\"}\n{\"text\":\"fine\"}\n");
    let args = ["--preset", "web", "--jsonl", "j"];
    let rows = done(folder.path(), &[&args[..], &["--explain"]].concat()).text();
    assert_eq!(rows, "j\t1\t5\tcompose\te\\u{0301}\té\nj\t1\t1\tspace-no-break\t\\u{00A0}\t \n");
    let out = done(folder.path(), &[&args[..], &["--offsets", "offsets"]].concat());
    assert_eq!(out.text(), "{\"id\": 1, \"text\": \"a b\\né\"}\n{\"text\":\"fine\"}\n");
    assert_eq!(folder.read("offsets"), b"j\t1\t1\t2\t1\t3\nj\t1\t4\t6\t5\t8\n");
}

#[test]
fn the_numbers_of_records_are_those_of_the_file() {
    let folder = Folder::new();
    folder.write("first", "a\nb\n");
    folder.write("second", "c\n\nd  d");
    let rows = done(folder.path(), &["--preset", "web", "--explain", "first", "second"]).text();
    assert_eq!(rows, "second\t3\t2\tspace-run\t \t\n");
    let rows = done(folder.path(), &["--preset", "web", "--whole", "--explain", "first", "second"]).text();
    assert_eq!(rows, "second\t1\t5\tspace-run\t \t\n");
}

#[test]
fn a_difference_shows_lines_before_and_after() {
    assert_eq!(web(&["--diff"], "same\na\u{A0}b  c\n"), "-: record 2\n-a\\u{00A0}b  c\n+a b c\n");
    // Of a record of several lines, those that differ.
    assert_eq!(
        web(&["--whole", "--diff"], "one\ntwo \nthree\nfour\u{A0}\nfive\n"),
        "-: record 1\n-two \n+two\n-four\\u{00A0}\n+four\n"
    );
    assert_eq!(web(&["--diff"], "same\n"), "");
}

#[test]
fn colours_come_when_asked_for() {
    let text = "a\u{A0}b\n";
    let plain = web(&["--diff"], text);
    assert_eq!(web(&["--diff", "--color", "never"], text), plain);
    assert_eq!(web(&["--diff", "--color", "auto"], text), plain, "a pipe is no terminal");
    let coloured = web(&["--diff", "--color", "always"], text);
    assert!(coloured.contains("\u{1B}[31m-a") && coloured.contains("\u{1B}[32m+a"), "{coloured:?}");
    let mut bare = String::new();
    let mut rest = &*coloured;
    while let Some((before, after)) = rest.split_once('\u{1B}') {
        bare.push_str(before);
        rest = after.split_once('m').expect("an escape ends").1;
    }
    assert_eq!(bare + rest, plain, "colours change no letter");
    // What was asked for by name beats the environment.
    let mut call = tool("normalize").args(["--preset", "web", "--diff", "--color", "always"]).input(text);
    call.command().env("NO_COLOR", "1");
    call.run().is(0, coloured, &[]);
}

/// On a terminal, which `script` of util-linux is.
#[test]
fn colours_are_automatic_on_a_terminal() {
    if !pipelines::has_program("script") {
        return;
    }
    let folder = Folder::new();
    folder.write("a", "a\u{A0}b\n");
    let script = "script -qec 'normalize --preset web --diff a' /dev/null";
    let run = |script: &str| pipelines::shell(script).within(folder.path()).run().text();
    assert!(run(script).contains("\u{1B}[31m"), "{}", run(script));
    for without in [
        "NO_COLOR=1 script -qec 'normalize --preset web --diff a' /dev/null".to_owned(),
        script.replace("--diff", "--diff --color never"),
    ] {
        let out = run(&without);
        assert!(out.contains("-a\\u{00A0}b") && !out.contains('\u{1B}'), "{without}: {out}");
    }
    let empty = format!("NO_COLOR= {script}");
    assert!(run(&empty).contains("\u{1B}[31m"), "an empty NO_COLOR says nothing");
}

#[test]
fn the_report_counts_and_gives_samples() {
    let folder = Folder::new();
    folder.write("a", "\u{A0}x\u{A0}y\n".repeat(5) + "e\u{301}\n");
    done(folder.path(), &["--preset", "web", "--skip-rules", "space-end", "--report", "r", "a"]);
    let report: Value = serde_json::from_slice(&folder.read("r")).expect("JSON");
    let rule = |name: &str| {
        let rules = report["rules"].as_array().expect("rules");
        rules.iter().find(|rule| rule["rule"] == name).unwrap_or_else(|| panic!("{name}: {rules:?}")).clone()
    };
    let space = rule("space-no-break");
    assert_eq!((space["records"].as_u64(), space["changes"].as_u64()), (Some(5), Some(10)));
    assert_eq!((space["characters"].as_u64(), &space["lossy"]), (Some(10), &Value::Bool(false)));
    assert_eq!(space["code_points"], serde_json::json!({ "U+00A0": 10 }));
    let samples = space["samples"].as_array().expect("samples");
    let places: Vec<_> = samples.iter().map(|it| (it["record"].as_u64(), it["byte"].as_u64())).collect();
    assert_eq!(places, [(Some(1), Some(0)), (Some(1), Some(3)), (Some(2), Some(0))], "the first three");
    let compose = rule("compose");
    assert_eq!(compose["code_points"], serde_json::json!({ "U+0065": 1, "U+0301": 1 }));
    assert_eq!(compose["samples"][0]["before"], "e\\u{0301}");
    assert_eq!(compose["samples"][0]["after"], "é");
    assert_eq!(report["records"]["changed"], 6);
}

#[test]
fn the_report_and_the_rows_agree() {
    let folder = Folder::new();
    folder.write("text", generated_text(12, 20_000));
    folder.write("json", generated_json_lines(13, 60));
    for args in [
        &["--preset", "web", "text"][..],
        &["--preset", "search", "text"],
        &["--preset", "search", "--whole", "text"],
        &["--preset", "nmt_nfkc", "--paragraphs", "text"],
        &["--preset", "search", "--jsonl", "--malformed", "skip", "json"],
        &["--preset", "search", "-t", "\\t", "--field", "1-", "text"],
    ] {
        let rows = explained(&done(folder.path(), &[args, &["--explain"]].concat()).text());
        done(folder.path(), &[args, &["--report", "r", "-o", "out"]].concat());
        assert!(rows.len() > 20, "{args:?}: {} rows", rows.len());
        assert_eq!(counted(&rows), reported(&folder.read("r")), "{args:?}");
    }
}

#[test]
fn offsets_lead_back() {
    let folder = Folder::new();
    // Well-formed, lest decoding change it.
    let text = String::from_utf8_lossy(&generated_text(14, 8_000)).into_owned();
    folder.write("text", &text);
    for args in [&["--preset", "web"][..], &["--preset", "search"], &["--form", "nfd", "--newlines", "keep"]]
    {
        let out = done(folder.path(), &[args, &["--whole", "--offsets", "offsets", "text"]].concat()).out;
        let rows = stretches(&folder.read("offsets"));
        assert!(rows.len() > 10, "{args:?}");
        let (mut source, mut output) = (0, 0);
        for row in &rows {
            assert_eq!(text.as_bytes()[source..row.source.0], out[output..row.output.0], "{args:?}: {row:?}");
            (source, output) = (row.source.1, row.output.1);
        }
        assert_eq!(text.as_bytes()[source..], out[output..], "{args:?}");
    }
}

#[test]
fn check_names_the_first_place_of_each_file() {
    let folder = Folder::new();
    folder.write("a", "ok\nx\u{A0}y  z\n\u{A0}\n");
    folder.write("b", "ok\n");
    folder.write("c", "\u{FEFF}ok\n");
    let run =
        tool("normalize").args(["--preset", "web", "--check", "a", "b", "c"]).within(folder.path()).run();
    run.is(
        1,
        "a: record 2 (byte 4): space-no-break: a no-break space becomes SPACE\n\
        c: record 1 (byte 0): a BOM, or not in UTF-8\n",
        &[],
    );
    tool("normalize").args(["--preset", "web", "--check", "b"]).within(folder.path()).run().is(0, "", &[]);
    tool("normalize").args(["--check", "--min-chars", "3", "b"]).within(folder.path()).run().is(
        1,
        "b: record 1 (byte 0): would be left out: min-chars\n",
        &[],
    );
}

#[test]
fn what_is_idempotent_is_proven() {
    let run = |args: &[&str], text: &str| {
        tool("normalize").args(["--prove-idempotent"]).args(args).input(text).run()
    };
    run(&["--preset", "web"], " a\u{A0} e\u{301}\n").is(0, "", &[]);
    run(&["--entities", "once"], "a &lt;\n").is(0, "", &[]);
    let again = run(&["--entities", "once"], "fine\na &amp;lt;\n");
    assert_eq!(again.status, Some(1));
    assert!(again.text().starts_with("-: record 2 (byte "), "{}", again.text());
    let folder = Folder::new();
    folder.write("r", "\"a\" -> \"aa\"\n");
    folder.write("text", "a\n");
    let run =
        tool("normalize").args(["--rules", "r", "--prove-idempotent", "text"]).within(folder.path()).run();
    assert_eq!(run.status, Some(1), "{run:?}");
}

#[test]
fn questions_change_nothing_and_do_not_mix() {
    let folder = Folder::new();
    folder.write("a", "e\u{301}\n");
    for question in ["--check", "--diff", "--explain", "--prove-idempotent"] {
        for other in
            [&["-i"][..], &["-d", "out"], &["--to", "utf-16"], &["--reject", "out"], &["--offsets", "out"]]
        {
            refused(folder.path(), &[&[question, "a"][..], other].concat());
        }
        tool("normalize").args([question, "a"]).within(folder.path()).run();
        assert_eq!(folder.read("a"), "e\u{301}\n".as_bytes(), "{question}");
    }
    for pair in [
        ["--check", "--diff"],
        ["--diff", "--explain"],
        ["--explain", "--prove-idempotent"],
        ["--check", "--prove-idempotent"],
    ] {
        refused(folder.path(), &pair);
    }
    assert_eq!(folder.names(), ["a"]);
}

#[test]
fn what_is_said_is_the_same_for_any_work() {
    let (text, lines) = (generated_text(15, 4_000), generated_json_lines(16, 40));
    let files = [("first", &text[..]), ("second", &text[..900])];
    let mut failures = Vec::new();
    let mut see = |result: Result<pipelines::Outcome, String>| match result {
        Ok(outcome) => assert!(!outcome.out.is_empty()),
        Err(failure) => failures.push(failure),
    };
    for args in [
        &["--preset", "web", "--explain"][..],
        &["--preset", "search", "--diff", "--color", "always"],
        &["--preset", "web", "--offsets", "/dev/stdout", "-o", "/dev/null"],
        &["--min-words", "4", "--max-run", "3", "--reject", "/dev/stdout", "-o", "/dev/null"],
        &["--preset", "search", "--check"],
        &["--preset", "web", "-t", " ", "--field", "1,3", "--explain"],
    ] {
        see(same_in_every_way("normalize", args, &files));
    }
    for args in [&["--explain"][..], &["--offsets", "/dev/stdout", "-o", "/dev/null"]] {
        let args = [&["--preset", "search", "--jsonl", "--malformed", "skip"][..], args].concat();
        see(same_in_every_way("normalize", &args, &[("lines", &lines)]));
    }
    for args in [&["--preset", "search", "--explain"][..], &["--preset", "web", "--diff"]] {
        let args = [args, &["--encoding", "auto", "-r", "."]].concat();
        see(same_for_any_work("normalize", &args, &pages()));
    }
    no_failures(&failures);
}
