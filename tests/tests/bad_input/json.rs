//! JSON lines that are not: every way to be broken, under every policy, in every tool.

use pipelines::{tool, tools};

/// Lines that are no JSON text, or do not have a string in the field.
const BROKEN: [&str; 26] = [
    "not json",
    "{",
    "}",
    "[]",
    "null",
    "\"text\"",
    "{\"text\"}",
    "{\"text\":}",
    "{\"text\":\"cut",
    "{\"text\":\"a\"",
    "{\"text\":\"a\"]",
    "{\"text\":\"a\"} more",
    "{\"text\":\"a\",}",
    "{text:\"a\"}",
    "{'text':'a'}",
    "{\"text\":\"\\x\"}",
    "{\"text\":\"\\u12\"}",
    "{\"text\":\"tab\there\"}",
    "{\"text\":1}",
    "{\"text\":null}",
    "{\"text\":[\"a\"]}",
    "{\"text\":{\"text\":\"a\"}}",
    "{\"Text\":\"a\"}",
    "{\"body\":\"a\"}",
    "{\"n\":01,\"text\":\"a\"}",
    "{\"n\":+1,\"text\":\"a\"}",
];

#[test]
fn malformed_lines_under_every_policy() {
    for broken in BROKEN {
        let input = format!("{{\"text\":\"b\"}}\n{broken}\n{{\"text\":\"c\"}}\n");
        let rest = "{\"text\":\"b\"}\n{\"text\":\"c\"}\n";
        for name in ["normalize", "dedupe", "tokenize"] {
            let run = |policy| tool(name).args(["--jsonl", "--malformed", policy]).input(input.clone()).run();
            let place = format!("{name}: -: record 2 (byte 13): malformed JSON line: ");
            run("fail").is(2, rest, &[&place, "left out (see --malformed)"]);
            run("skip").is(0, rest, &[]);
            run("pass").is(0, &input, &[]);
        }
        let count =
            |policy| tool("ngram").args(["-n1", "--jsonl", "--malformed", policy]).input(input.clone()).run();
        count("fail").is(2, "b\t1\nc\t1\n", &["ngram: -: record 2 (byte 13): malformed JSON line: "]);
        count("skip").is(0, "b\t1\nc\t1\n", &[]);
        count("pass").is(0, "b\t1\nc\t1\n", &[]);
    }
}

#[test]
fn a_missing_field_is_called_by_its_name() {
    let run = tool("normalize").args(["--jsonl=/meta/title"]).input("{\"meta\":{}}\n").run();
    run.is(2, "", &["there is no field '/meta/title'"]);
}

#[test]
fn blank_lines_pass_in_every_policy() {
    for policy in ["fail", "skip", "pass"] {
        let input = "\n{\"text\":\"a\"}\n \t\r\n\n";
        tool("normalize").args(["--jsonl", "--malformed", policy]).input(input).run().is(0, input, &[]);
    }
}

#[test]
fn every_other_byte_of_a_line_passes_untouched() {
    let before = "{ \"n\" : 1.50e+3, \"text\"\t:\t\"e\u{301} \\u0041\\/\" ,\"e\":\"e\u{301}\", \"text2\":\"e\u{301}\"} \r\n";
    let after =
        "{ \"n\" : 1.50e+3, \"text\"\t:\t\"\u{E9} A/\" ,\"e\":\"e\u{301}\", \"text2\":\"e\u{301}\"} \r\n";
    tool("normalize").args(["--jsonl"]).input(before).run().is(0, after, &[]);
    // Nothing to normalize: not even an escape changes.
    tool("normalize").args(["--jsonl"]).input("{\"text\":\"\\u0041\\/\"}\n").run().is(
        0,
        "{\"text\":\"\\u0041\\/\"}\n",
        &[],
    );
}

#[test]
fn lone_surrogate_escapes_are_ill_formed() {
    for escape in ["\\ud83d", "\\udc69", "\\udc69\\ud83d", "\\ud83d\\u0041", "\\uD83D\\uD83D\\uDC69"] {
        let line = format!("{{\"text\":\"a{escape}\"}}\n");
        let input = format!("{line}{{\"text\":\"b\"}}\n");
        let run =
            |policy| tool("normalize").args(["--jsonl", "--invalid", policy]).input(input.clone()).run();
        let replaced = run("replace");
        let value: serde_json::Value = serde_json::from_str(replaced.text().lines().next().expect("a line"))
            .expect("JSON that others read");
        assert!(value["text"].as_str().is_some_and(|text| text.starts_with("a\u{FFFD}")), "{value}");
        replaced.says(&["-: record 1 (byte 0): first of ", "replaced by U+FFFD"]);
        run("keep").is(0, &input, &["kept"]);
        run("skip").is(0, "{\"text\":\"b\"}\n", &["left out"]);
        run("fail").is(2, "{\"text\":\"b\"}\n", &["-: record 1 (byte 0): ", "ill-formed"]);
    }
}

#[test]
fn a_pair_of_escapes_is_one_character() {
    let run =
        tool("tokenize").args(["--jsonl", "--unit", "char"]).input("{\"text\":\"\\ud83d\\udc69!\"}\n").run();
    run.is(0, "{\"text\":\"\u{1F469} !\"}\n", &[]);
}

#[test]
fn what_a_tool_writes_is_still_json() {
    let input = "{\"text\":\"\\\"e\u{301}\\\" \\\\ \\u0000 \\n \\u2028\"}\n";
    for (name, args) in [
        ("normalize", &["--form", "nfkd", "--controls", "keep"][..]),
        ("tokenize", &[]),
        ("tokenize", &["--lines"]),
    ] {
        let run = tool(name).args(args).args(["--jsonl"]).input(input).run();
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        assert_eq!(run.text().lines().count(), 1, "{}", run.text());
        let value: serde_json::Value = serde_json::from_slice(&run.out).expect("JSON");
        let text = value["text"].as_str().expect("a string");
        assert!(text.contains("\"") && text.contains('\\') && text.contains('\0'), "{text:?}");
    }
}

#[test]
fn deep_nesting_and_long_numbers_are_no_danger() {
    let deep = format!("{{\"a\":{}{},\"text\":\"e\u{301}\"}}\n", "[".repeat(200_000), "]".repeat(200_000));
    let long =
        format!("{{\"a\":-{}.{}e-{},\"text\":\"x\"}}\n", "9".repeat(9999), "1".repeat(9999), "8".repeat(999));
    for name in tools() {
        let run = tool(&name).args(["--jsonl"]).input([deep.clone(), long.clone()].concat()).run();
        // Too deep may be refused, but only by name; the next line must be there.
        assert!(matches!(run.status, Some(0 | 2)), "{name}: {:?} {}", run.signal, run.err);
        assert!(run.status == Some(0) || run.err.contains("record 1"), "{name}: {}", run.err);
    }
}

#[test]
fn of_two_fields_with_one_name_one_is_meant_by_every_tool() {
    let input = "{\"text\":\"a a\",\"text\":\"b b\"}\n";
    let counted = tool("ngram").args(["--jsonl", "-n2"]).input(input).run();
    let meant = counted.text();
    assert!(meant == "a a\t1\n" || meant == "b b\t1\n", "{meant}");
    let letter = &meant[..1];
    let tokens = tool("tokenize").args(["--jsonl", "--unit", "char"]).input(input).run();
    assert!(tokens.text().contains(&format!("\"{letter}   {letter}\"")), "{}", tokens.text());
}

#[test]
fn a_byte_order_mark_before_json_is_no_part_of_it() {
    tool("dedupe").args(["--jsonl"]).input("\u{FEFF}{\"text\":\"a\"}\n{\"text\":\"a\"}\n").run().is(
        0,
        "{\"text\":\"a\"}\n",
        &[],
    );
}

#[test]
fn ill_formed_bytes_outside_the_field_stay() {
    let input = b"{\"id\":\"\xFF\",\"text\":\"e\xCC\x81\"}\n".to_vec();
    let run = tool("normalize").args(["--jsonl", "-q"]).input(input).run();
    assert!(
        run.status == Some(0) && run.out == b"{\"id\":\"\xFF\",\"text\":\"\xC3\xA9\"}\n",
        "{:?}",
        run.text()
    );
}
