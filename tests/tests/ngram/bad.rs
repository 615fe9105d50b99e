//! Input that is no text, records larger than all memory, and flags that do not go together.

use pipelines::{Folder, has_program, shell, tool};

use crate::{REFERENCE, SLOW};

#[track_caller]
fn ngram(args: &str, input: impl Into<Vec<u8>>, wanted: impl AsRef<[u8]>) {
    let input = input.into();
    for work in [&[][..], &["-S", "64K", "-j2", "--chunk-size", "1"]] {
        let run = tool("ngram").args(["-q"]).args(args.split(' ')).args(work).input(input.clone()).run();
        run.is(0, wanted.as_ref(), &[]);
    }
}

#[test]
fn nothing_is_counted_where_nothing_is() {
    for input in ["", "\n", "\n\n\r\n", " \t \n", "one"] {
        ngram("-n 2", input, "");
        ngram("-n 3 --skip-gram 2", input, "");
        ngram("--window 4", input, "");
        ngram("-n 2 --sort count --top 3", input, "");
    }
    for args in ["-n 2 --scores all --sort pmi", "--window 3 --scores all", "-n 1-2 --docs --per-million"] {
        ngram(args, "", "");
    }
}

/// Where a record has no tokens there is nothing to pad.
#[test]
fn an_empty_record_has_no_padding() {
    ngram("-n 2 --bos --eos", "\na\n \n", "<s> a\t1\na </s>\t1\n");
    ngram("-n 1 --bos", "\n\n", "");
}

#[test]
fn what_stands_in_tokens_is_kept_or_escaped() {
    ngram("-n 2 -z --unit char", "\t\n\r\\\0", "\\t \\n\t1\n\\n \\r\t1\n\\r \\\\\t1\n");
    ngram("-n 1 --unit byte -z", "\n\n\u{6CC}\0", b"\\n\t2\n\x8C\t1\n\xDB\t1\n");
    ngram("-n 2", b"a\0b \0 \0\n".to_vec(), b"\0 \0\t1\na\0b \0\t1\n");
    ngram(
        "-n 1-2",
        b"\xFF \xFE\n\xE2\x82 \xFF\n".to_vec(),
        b"\xE2\x82\t1\n\xE2\x82 \xFF\t1\n\xFE\t1\n\xFF\t2\n\xFF \xFE\t1\n",
    );
    ngram("-n 2", "\\ \\t\n\\\\ \\\n", "\\\\ \\\\t\t1\n\\\\\\\\ \\\\\t1\n");
    // Ill-formed bytes differ from the character that may replace them.
    ngram("-n 1", b"\xFF \xEF\xBF\xBD\n".to_vec(), b"\xEF\xBF\xBD\t1\n\xFF\t1\n");
    // What looks like padding or like a word that is not known is a token like others.
    ngram("-n 1", "<s> </s> <unk>\n", "</s>\t1\n<s>\t1\n<unk>\t1\n");
}

/// Each of these comes back from a partial result as it was.
#[test]
fn what_stands_in_tokens_survives_a_merge() {
    let folder = Folder::new();
    for (args, text) in [
        ("-n 1-2", &b"a\0b \\ \\\\ \\t \xFF \xE2\x82 # #end #sluice\n\\ \0 \\n"[..]),
        ("-z --unit char -n 1-3", b"\t\n\r\\\0\n\n\t\t \0 \\n\0"),
        ("-z --unit byte -n 1-3", b"\xFF\x80\t\n\0\r\\\r\\n\0"),
        ("-n 2 --key-norm lower", b"A\0b \\T \xFF A\\\na\0B \\t \xFF a\\\n"),
    ] {
        folder.write("text", text);
        let script = format!("ngram -q --partial {args} text -o part && ngram -q --merge part");
        let merged = shell(&script).within(folder.path()).run();
        let whole = shell(&format!("ngram -q {args} text")).within(folder.path()).run();
        merged.is(0, &whole.out, &[]);
        assert!(whole.out.len() > 20, "{args}");
    }
}

/// A token of the largest size that a record may have, more than there is memory.
#[test]
fn a_record_of_64_megabytes_is_a_record() {
    let folder = Folder::new();
    let half = "x".repeat((64 << 20) / 2 - 8);
    folder.write("text", format!("{half} {half} a\nb a\n"));
    for work in ["-S 64K", "-S 1G -j2"] {
        let run =
            shell(&format!("ngram -n 1-2 {work} text | cut -c 1-3,33554400-")).within(folder.path()).run();
        assert_eq!((run.status, &run.err[..]), (Some(0), ""), "{work}");
        let lines: Vec<String> = run.text().lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 6, "{work}");
        assert_eq!((&lines[0][..], &lines[1][..], &lines[2][..]), ("a\t2", "b\t1", "b a"), "{work}");
        assert!(lines[3].ends_with("x\t2") && lines[4].ends_with(" a\t1"), "{work}");
    }
}

/// As many distinct tokens in one line as many a corpus has.
#[test]
fn a_line_of_400_000_distinct_tokens_is_counted() {
    let folder = Folder::new();
    let line: String = (0..400_000).map(|number| format!("{number} ")).collect();
    folder.write("text", format!("{line}\n{line}\n"));
    for work in ["", "-S 1M -j2"] {
        let run = shell(&format!("ngram -n 1-2 {work} text | tee all | wc -l")).within(folder.path()).run();
        run.is(0, "799999\n", &[]);
        let script = "grep -c '\t2$' all; grep -x '123456\\( 123457\\)*\t2' all";
        shell(script).within(folder.path()).run().is(0, "799999\n123456\t2\n123456 123457\t2\n", &[]);
    }
}

/// The window and the skip are larger than any record, or nothing at all.
#[test]
fn extremes_of_windows_and_skips_are_what_they_say() {
    let folder = Folder::new();
    folder.write("reference.py", REFERENCE);
    folder.write("text", "a b c a d\nb b\n\ne\n");
    if !has_program("python3") {
        return;
    }
    for args in [
        "--window 1",
        "--window 1000",
        "-n 2 --skip-gram 100",
        "-n 9 --skip-gram 1",
        "-n 1-9 --skip-gram 100",
    ] {
        let wanted = shell(&format!("{SLOW} {args} text")).within(folder.path()).run();
        shell(&format!("ngram {args} text")).within(folder.path()).run().is(0, &wanted.out, &[]);
    }
}

#[test]
fn flags_that_mean_nothing_together_are_refused() {
    let folder = Folder::new();
    folder.write("text", "a b\na b\n");
    for flags in [
        "-n 0",
        "-n 10",
        "-n 3-2",
        "-n two",
        "--unit sentence",
        "--skip-gram -1",
        "--skip-gram 1 --window 2",
        "--window 0",
        "--window 2 -n 3",
        "--window 2 -n 1-2",
        "--skip-gram 101",
        "--window 1001",
        "--min-count x",
        "--min-count 1,,2",
        "--top -1",
        "--sort nonsense",
        "--scores nonsense",
        "--vocab gone",
        "--vocab text --max-vocab 3",
        "--stop-words gone",
        "--stop-words-at ends",
        "--web1t out --sort count",
        "--web1t out --docs",
        "--format nonsense",
        "--format srilm --scores pmi",
        "--format srilm --header",
        "--format jsonl --header",
        "--partial --merge",
        "--partial --format srilm",
        "--read nonsense",
        "--read srilm -n 2 --skip-gram 1",
        "--read srilm --merge",
        "--collocates a --concordance a",
        "--concordance a --sort count",
        "--concordance a --partial",
        "--concordance a --scores pmi",
        "--collocates a --partial",
        "--collocates a -n 3",
        "--collocates a --skip-gram 1",
        "--collocates a --bos",
        "--collocates a --vocab text",
        "--collocates a --max-vocab 3",
        "--collocates a --docs",
        "--collocates a --sort docs",
        "--collocates a --merge",
        "--collocates a --read tsv",
        "--collocates a --web1t out",
        "--collocates a --per-million",
        "--collocates a --cumulative",
        "--collocates a --format srilm",
        "--collocates a --format jsonl --header",
        "--collocates a --min-count 1,2",
        "--collocates a --window 0",
    ] {
        let run = shell(&format!("ngram {flags} text")).within(folder.path()).run();
        assert_eq!(run.status, Some(2), "{flags}: {}{}", run.text(), run.err);
        assert!(run.out.is_empty() && !run.err.is_empty(), "{flags}: {}", run.text());
        assert_eq!(folder.names(), ["text"], "{flags}");
    }
}
