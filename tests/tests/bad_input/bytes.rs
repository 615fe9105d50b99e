//! Bytes that are hardly text: none, one, line ends, NUL, lone CR, ill-formed UTF-8 under every policy.

use std::path::Path;

use pipelines::{is_web, tool, tools};

#[test]
fn nothing_in_is_nothing_out() {
    for name in tools().iter().filter(|name| *name != "stats") {
        for args in [&[][..], &["-z"], &["--paragraphs"], &["--whole"], &["--jsonl"], &["--field", "1"]] {
            tool(name).args(args).run().is(0, "", &[]);
        }
    }
    tool("stats").args(["-lwmc", "--tsv"]).run().is(0, "lines\t0\nwords\t0\nchars\t0\nbytes\t0\n", &[]);
}

#[test]
fn one_byte() {
    for (input, normalized, deduplicated, tokenized, counted) in [
        ("a", "a", "a", "a", "a\t1\n"),
        ("\n", "\n", "\n", "\n", ""),
        ("\r", "\r", "\r", "", ""),
        ("\0", "\0", "\0", "\0", "\0\t1\n"),
        (" ", " ", " ", "", ""),
    ] {
        let normalized = if is_web() { normalized.trim_matches([' ', '\0']) } else { normalized };
        tool("normalize").input(input).run().is(0, normalized, &[]);
        tool("dedupe").input(input).run().is(0, deduplicated, &[]);
        tool("tokenize").input(input).run().is(0, tokenized, &[]);
        tool("ngram").args(["-n1"]).input(input).run().is(0, counted, &[]);
    }
}

#[test]
fn nothing_but_line_ends() {
    tool("normalize").input("\n\n\r\n\n").run().is(0, "\n\n\n\n", &[]);
    tool("dedupe").input("\n\n\r\n\n").run().is(0, "\n", &[]);
    tool("tokenize").input("\n\n\r\n\n").run().is(0, "\n\n\r\n\n", &[]);
    tool("ngram").args(["-n1"]).input("\n\n\r\n\n").run().is(0, "", &[]);
    tool("normalize").args(["--paragraphs"]).input("\n\n\n").run().is(0, "\n\n\n", &[]);
    tool("dedupe").args(["--paragraphs", "-c"]).input("\n\n\n").run().is(0, "\n\n\n", &[]);
}

#[test]
fn nul_is_a_character_like_others_in_lines() {
    tool("normalize").args(["--controls", "keep"]).input("a\0e\u{301}\n").run().is(0, "a\0\u{E9}\n", &[]);
    tool("dedupe").input("a\0b\na\0c\na\0b\n").run().is(0, "a\0b\na\0c\n", &[]);
    tool("tokenize").input("a\0b\n").run().is(0, "a \0 b\n", &[]);
}

#[test]
fn null_records_hold_line_ends() {
    let input = "a\nb\0c\0a\nb\0";
    tool("dedupe").args(["-z"]).input(input).run().is(0, "a\nb\0c\0", &[]);
    tool("dedupe").args(["-z", "-c"]).input(input).run().is(0, "      2 a\nb\0      1 c\0", &[]);
    tool("ngram").args(["-z", "-n2"]).input(input).run().is(0, "a b\t2\n", &[]);
    tool("ngram").args(["-z", "-n1", "--unit", "char"]).input("\n\t\\\r\0").run().is(
        0,
        "\\t\t1\n\\n\t1\n\\r\t1\n\\\\\t1\n",
        &[],
    );
}

#[test]
fn a_lone_return_ends_no_line() {
    tool("normalize").input("a\rb\rc").run().is(0, "a\rb\rc", &[]);
    tool("dedupe").input("a\ra\ra\n").run().is(0, "a\ra\ra\n", &[]);
    tool("stats").args(["-l", "--tsv"]).input("a\rb\r").run().is(0, "lines\t0\n", &[]);
}

#[test]
fn line_separators_of_unicode_end_no_record() {
    for separator in ["\u{2028}", "\u{2029}", "\u{85}", "\u{B}", "\u{C}"] {
        let line = format!("a{separator}a\n");
        tool("dedupe").input(format!("{line}a\n{line}")).run().is(0, format!("{line}a\n"), &[]);
        let normalized = if is_web() { line.replace(separator, " ") } else { line.clone() };
        tool("normalize").input(line).run().is(0, normalized, &[]);
    }
}

#[test]
fn the_same_line_with_another_end_is_the_same_record() {
    tool("dedupe").input("a\r\na\nb\na").run().is(0, "a\r\nb\n", &[]);
}

/// Ill-formed bytes, how many U+FFFD they become, and the text that is left of them with U+FFFD put in.
fn ill_formed() -> Vec<(Vec<u8>, usize, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ill-formed.tsv");
    let text = std::fs::read_to_string(path).expect("the cases can be read");
    let cases = text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut fields = line.split('\t');
        let hexadecimal = fields.next().expect("bytes");
        let count = fields.next().and_then(|count| count.parse().ok()).expect("a count");
        let bytes: Vec<u8> = (0..hexadecimal.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hexadecimal[at..at + 2], 16).expect("hexadecimal digits"))
            .collect();
        let repaired = String::from_utf8_lossy(&bytes).into_owned();
        // The case file is the authority; the standard library only writes what it says.
        assert_eq!(repaired.matches('\u{FFFD}').count(), count, "{line}");
        (bytes, count, repaired)
    });
    cases.collect()
}

#[test]
fn ill_formed_bytes_under_every_policy() {
    for (bytes, count, repaired) in ill_formed() {
        let bad = [b"x", &bytes[..], b"y\n"].concat();
        let input = [&bad[..], b"fine\n"].concat();
        let all = format!("x{repaired}y\nfine\n");
        let place = "-: record 1 (byte ";
        let kept_first = match count {
            1 => "1 ill-formed byte sequence, ".to_owned(),
            _ => format!("first of {count} ill-formed byte sequences in 1 record, "),
        };
        for name in ["normalize", "dedupe"] {
            let run = |policy| tool(name).args(["--invalid", policy]).input(input.clone()).run();
            run("replace").is(0, &all, &[place, &kept_first, "replaced by U+FFFD"]);
            run("keep").is(0, &input, &[place, &kept_first, "kept"]);
            run("skip").is(0, "fine\n", &[place, &kept_first, "left out"]);
            run("fail").is(2, "fine\n", &[place, "ill-formed; the record is left out (see --invalid)"]);
        }
        let count_of = |policy| {
            tool("ngram")
                .args(["-n1", "--unit", "char", "-q", "--invalid", policy])
                .input(input.clone())
                .run()
        };
        let fine = "e\t1\nf\t1\ni\t1\nn\t1\n";
        assert_eq!(count_of("skip").is(0, fine, &[]).status, Some(0));
        count_of("fail").is(2, fine, &[place]);
        let replaced = count_of("replace");
        assert!(replaced.text().contains(&format!("\u{FFFD}\t{count}\n")), "{}", replaced.text());
        assert!(count_of("keep").out.len() > fine.len());
    }
}

#[test]
fn each_tool_has_its_default_policy() {
    let input = b"a\xFF\nb\n".to_vec();
    let run = |name| tool(name).input(input.clone()).run();
    run("normalize").is(
        0,
        "a\u{FFFD}\nb\n",
        &["normalize: -: record 1 (byte 1): 1 ill-formed byte sequence, "],
    );
    run("tokenize").is(0, "a \u{FFFD}\nb\n", &["tokenize: -: record 1 (byte 1)"]);
    run("dedupe").is(0, b"a\xFF\nb\n", &["kept"]);
    tool("ngram").args(["-n1"]).input(input.clone()).run().is(0, b"a\xFF\t1\nb\t1\n", &["kept"]);
    tool("stats").args(["-m", "--tsv"]).input(input.clone()).run().is(0, "chars\t5\n", &["kept"]);
    tool("normalize").args(["-q"]).input(input).run().is(0, "a\u{FFFD}\nb\n", &[]);
}

#[test]
fn the_place_is_counted_in_the_whole_file() {
    let mut input = "line\n".repeat(100_000).into_bytes();
    input.extend_from_slice(b"ab\xC3\n");
    input.extend_from_slice(&b"line\n".repeat(100));
    for chunk in ["64", "8M"] {
        let run =
            tool("normalize").args(["--invalid", "fail", "--chunk-size", chunk]).input(input.clone()).run();
        run.is(
            2,
            "line\n".repeat(100_100),
            &["normalize: -: record 100001 (byte 500002): a byte sequence is"],
        );
    }
}
