//! Input that is no text, and flags that do not go together.

use pipelines::{Folder, shell, tool};

#[test]
fn bytes_that_are_no_text_are_compared_as_they_are() {
    for spill in [&[][..], &["-S", "64K", "--chunk-size", "1"], &["--compare-bytes"], &["-j8"]] {
        let dedupe = |input: &[u8]| tool("dedupe").args(spill).input(input).run();
        dedupe(b"").is(0, "", &[]);
        dedupe(b"\n\n\n").is(0, "\n", &[]);
        // NUL is a character like others.
        dedupe(b"a\0b\na\0c\na\0b\n\0\n\0\0\n").is(0, b"a\0b\na\0c\n\0\n\0\0\n", &[]);
        // Ill-formed bytes differ from each other and from the character that replaces them.
        let ill_formed = b"\xFF\n\xFE\n\xFF\n\xEF\xBF\xBD\n\xE2\x82\n\xE2\x82\xAC\n";
        let run = dedupe(ill_formed);
        assert_eq!(run.out, b"\xFF\n\xFE\n\xEF\xBF\xBD\n\xE2\x82\n\xE2\x82\xAC\n");
        assert_eq!(run.status, Some(0), "{}", run.err);
        // CR before LF belongs to the end of a line, not to its text.
        dedupe(b"a\r\na\nb\r\nb").is(0, b"a\r\nb\r\n", &[]);
        // A last line without an end is like one with it.
        dedupe(b"a\nb\na").is(0, "a\nb\n", &[]);
        dedupe(b"a\nb").is(0, "a\nb", &[]);
    }
}

#[test]
fn a_line_longer_than_all_memory_is_a_line() {
    let long = "x".repeat(300_000);
    let text = format!("{long}y\n{long}z\n{long}y\nend\n");
    let kept = format!("{long}y\n{long}z\nend\n");
    for flags in [&["-S", "64K"][..], &["-S", "64K", "--keep", "last"], &["-S", "64K", "--compare-bytes"]] {
        let run = tool("dedupe").args(flags).input(text.clone()).run();
        if flags.contains(&"last") {
            run.is(0, format!("{long}z\n{long}y\nend\n"), &[]);
        } else {
            run.is(0, &kept, &[]);
        }
    }
}

#[test]
fn flags_that_mean_nothing_together_are_refused() {
    let refused = [
        "--unique --repeated",
        "--keep nonsense",
        "--hash 32",
        "--near=0",
        "--near=1.5",
        "--near=half",
        "--near --shingle word",
        "--near --shingle word:0",
        "--near --shingle byte:5",
        "--near --unique",
        "--near -c",
        "--substring 0",
        "--substring 20 --near",
        "--substring 20 --unique",
        "--boilerplate --near",
        "--boilerplate -c",
        "--bloom 1M --unique",
        "--bloom 1M -c",
        "--clusters c.tsv",
        "--pairs p.tsv",
        "--shingle word:5",
        "--load-seen gone",
        "--against gone",
    ];
    let folder = Folder::new();
    folder.write("text", "a\nb\na\n");
    for flags in refused {
        let run = shell(&format!("dedupe {flags} text")).within(folder.path()).run();
        assert_eq!(run.status, Some(2), "{flags}: {}{}", run.text(), run.err);
        assert!(run.out.is_empty() && !run.err.is_empty(), "{flags}: {}", run.text());
        assert_eq!(folder.names(), ["text"], "{flags}");
    }
}

#[test]
fn side_files_that_cannot_be_written_are_trouble() {
    let folder = Folder::new();
    folder.write("text", "a\nb\na\n");
    for flags in ["--removed", "--save-seen", "--near --clusters", "--near --pairs"] {
        let run = shell(&format!("dedupe {flags} gone/file -o out text")).within(folder.path()).run();
        assert_eq!(run.status, Some(2), "{flags}: {}", run.err);
        run.says(&["gone/file: no such file or directory"]);
        let run = shell(&format!("dedupe {flags} text text")).within(folder.path()).run();
        run.is(2, "", &["input file is output file"]);
        assert_eq!(folder.read("text"), b"a\nb\na\n", "{flags}");
    }
}
