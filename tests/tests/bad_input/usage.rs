//! Command lines that ask for something impossible: exit status 2, nothing read, nothing written.

use pipelines::{Folder, tool, tools};

#[test]
fn nonsense_is_refused_by_every_tool() {
    for name in tools() {
        for args in [
            &["--nonsense"][..],
            &["--threads", "many"],
            &["-j", "-1"],
            &["-S", "1X"],
            &["-S", ""],
            &["--chunk-size", "0"],
            &["--max-record", "0"],
            &["--max-record", "2G"],
            &["--invalid", "perhaps"],
            &["--malformed", "perhaps"],
            &["--oversize", "perhaps"],
            &["--field", "0"],
            &["--field", "3-1"],
            &["-t", ","],
            &["-t", "ab", "--field", "1"],
            &["-t", "é", "--field", "1"],
            &["--jsonl=text", "--field", "1"],
            &["--jsonl", "-z"],
            &["--compress", "rar"],
            &["--compress", "gz:99"],
            &["-r", "--include", "a[", "."],
            &["--encoding", "klingon"],
            &["--generate", "poem"],
        ] {
            let run = tool(&name).args(args).input("a\n").run();
            assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{name} {args:?}: {}", run.err);
            assert!(!run.err.is_empty() && !run.err.contains("panicked"), "{name} {args:?}: {}", run.err);
        }
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    for (name, args) in [
        ("normalize", &["-i", "-o", "x", "a"][..]),
        ("normalize", &["-i", "-d", "x", "a"]),
        ("normalize", &["-o", "x", "-d", "y", "a"]),
        ("normalize", &["-i", "--compress", "gz", "a"]),
        ("normalize", &["--check", "-i", "a"]),
        ("dedupe", &["--unique", "--repeated", "a"]),
        ("dedupe", &["--all-repeated", "-i", "a"]),
        ("dedupe", &["--keep", "last", "--clusters", "x", "a"]),
        ("ngram", &["--partial", "--merge", "a"]),
        ("ngram", &["--partial", "--top", "3", "a"]),
        ("ngram", &["--merge", "-n2", "a"]),
        ("ngram", &["-n", "0", "a"]),
        ("ngram", &["-n", "10", "a"]),
        ("tokenize", &["--unit", "syllable", "a"]),
    ] {
        let folder = Folder::new();
        folder.write("a", "e\u{301}\ne\u{301}\n");
        let run = tool(name).args(args).within(folder.path()).run();
        assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{name} {args:?}: {}", run.err);
        assert_eq!(folder.names(), ["a"], "{name} {args:?} wrote something");
        assert_eq!(folder.read("a"), "e\u{301}\ne\u{301}\n".as_bytes());
    }
}

#[test]
fn sizes_beyond_all_measure_are_no_crash() {
    for args in [
        ["--chunk-size", "1T"],
        ["--chunk-size", "16000000T"],
        ["--chunk-size", "99999999T"],
        ["-S", "16000000T"],
        ["-j", "100000"],
        ["-j", "18446744073709551615"],
    ] {
        let run = tool("normalize").args(args).input("a\n").run();
        let is_done = run.status == Some(0) && run.out == b"a\n";
        let is_refused = run.status == Some(2) && run.out.is_empty() && !run.err.is_empty();
        assert!(is_done || is_refused, "{args:?}: {:?} {:?} {}", run.status, run.signal, run.err);
    }
}

#[test]
fn later_options_win() {
    let crlf = "a\r\n";
    tool("normalize").args(["--newlines=lf", "--newlines=crlf"]).input("a\n").run().is(0, crlf, &[]);
    tool("normalize").args(["-j1", "-j2", "--form=nfd", "--form=nfc"]).input("e\u{301}\n").run().is(
        0,
        "\u{E9}\n",
        &[],
    );
    tool("dedupe").args(["--whole", "-z"]).input("a\0a\0").run().is(0, "a\0", &[]);
    tool("dedupe").args(["--invalid=skip", "--invalid=keep", "-q"]).input(b"\xFF\n".to_vec()).run().is(
        0,
        b"\xFF\n",
        &[],
    );
}

#[test]
fn help_goes_to_standard_output() {
    for name in tools() {
        for args in ["-h", "--help", "-V", "--version", "--generate=man", "--generate=complete-bash"] {
            let run = tool(&name).args([args]).run();
            assert!(
                run.status == Some(0) && run.out.len() > 10 && run.err.is_empty(),
                "{name} {args}: {}",
                run.err
            );
        }
    }
}

#[test]
fn parts_that_do_not_fit_together_are_refused() {
    let folder = Folder::new();
    let make = |name: &str, args: &[&str], output: &str| {
        let run =
            tool(name).args(args).args(["--partial", "-o", output]).input("a b\nc d\n").within(folder.path());
        run.run().is(0, "", &[]);
    };
    make("ngram", &["-n1"], "one");
    make("ngram", &["-n2"], "two");
    make("ngram", &["-n1", "--unit", "char"], "chars");
    make("stats", &[], "stats");
    let one = folder.read("one");
    folder.write("cut", &one[..one.len() / 2]);
    folder.write("twice", [&one[..], &one[..]].concat());
    folder.write(
        "without its last line",
        one[..one.len() - 1].rsplitn(2, |&byte| byte == b'\n').last().expect("lines"),
    );
    folder.write("empty", "");
    folder.write("text", "a b\n");
    for bad in ["two", "chars", "stats", "cut", "twice", "without its last line", "empty", "text"] {
        for operands in [["one", bad], [bad, "one"]] {
            let run = tool("ngram").args(["--merge"]).args(operands).within(folder.path()).run();
            assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{operands:?}: {}", run.err);
            run.says(&["ngram: "]);
        }
    }
    tool("ngram").args(["--merge", "one", "one"]).within(folder.path()).run().is(
        0,
        "a\t2\nb\t2\nc\t2\nd\t2\n",
        &[],
    );
}
