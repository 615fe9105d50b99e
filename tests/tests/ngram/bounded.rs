//! With less memory than the counts need, the answer is the same, byte for byte, and nothing stays behind.

use std::path::Path;

use pipelines::{Texts, shell, skipped};

use crate::many_words;

const MODES: [&str; 11] = [
    "-n 1-5",
    "-n 3",
    "-n 1-3 --sort count",
    "-n 1-3 --sort count --top 25",
    "-n 2 --docs --sort docs",
    "-n 3 --skip-gram 2",
    "--window 4",
    "-n 1-2 --key-norm lower",
    "-n 1-3 --bos --eos --max-vocab 50",
    "-n 1-3 --partial",
    "-n 1-2 --format jsonl",
];
const LITTLE: &str = "--chunk-size 4K -T temporary";

/// More n-grams than a run with 1 MiB can hold; in each file most are of its own.
fn texts() -> Texts {
    let texts =
        Texts::of([("many".to_owned(), many_words(1, 5_000)), ("more".to_owned(), many_words(2, 2_500))]);
    texts.run("mkdir temporary");
    texts
}

#[test]
fn spilled_is_in_memory_byte_for_byte() {
    let texts = texts();
    for mode in MODES {
        let whole = texts.run(&format!("ngram {mode} -S 4G many more"));
        for work in ["-j1 -S 64K", "-j8 -S 64K", "-j1 -S 1M", "-j2 -S 1M", "-j2 -S 64M"] {
            let run = texts.run(&format!("ngram {work} {LITTLE} {mode} many more"));
            assert_eq!(pipelines::difference(mode, &whole.out, &run.out), "", "{work}");
        }
    }
    assert!(texts.run("ls -A temporary").out.is_empty());
}

/// How often each token stands in each place must fit in a quarter of the memory; what else there is need not.
#[test]
fn scores_take_memory_for_margins_and_for_nothing_else() {
    let texts = texts();
    for mode in
        ["-n 2 --scores all --sort logdice --min-count 2", "--window 4 --scores pmi", "-n 1-3 --scores dice"]
    {
        let whole = texts.run(&format!("ngram {mode} -S 4G many more"));
        for work in ["-j1 -S 12M", "-j2 -S 12M"] {
            let run = texts.run(&format!("ngram {work} {LITTLE} {mode} many more"));
            assert_eq!(pipelines::difference(mode, &whole.out, &run.out), "", "{work}");
        }
        let run = shell(&format!("ngram -S 64K {mode} many more -o out")).within(texts.path()).run();
        run.is(2, "", &["ngram: the margins of ", "more than -S has for them (-S "]);
    }
}

#[test]
fn merged_in_little_memory_is_merged() {
    let texts = texts();
    texts.run("for part in many more; do ngram -n 1-3 --partial $part -o $part.part; done");
    for asked in ["", "--sort count", "--sort count --top 30", "--min-count 2", "--partial"] {
        let whole = texts.run(&format!("ngram --merge {asked} *.part"));
        let run = texts.run(&format!("ngram --merge -S 64K {LITTLE} {asked} *.part"));
        assert_eq!(pipelines::difference(asked, &whole.out, &run.out), "");
    }
    assert!(texts.run("ls -A temporary").out.is_empty());
}

/// A limit on the size of files stands for a disk that fills up: the system says "file too large".
#[test]
fn temporary_storage_that_is_full_or_not_there_is_named() {
    let texts = texts();
    texts.folder.write("out", "old\n");
    for mode in MODES {
        for threads in ["-j1", "-j2"] {
            let command = format!("ngram {mode} {threads} -S 64K -o out many more");
            let script = format!("trap '' XFSZ; ulimit -f 1; exec {command} -T temporary");
            let run = shell(&script).within(texts.path()).run();
            run.is(2, "", &["ngram: temporary storage: ", "file too large", "see -T and -S"]);
            assert_eq!(texts.folder.read("out"), b"old\n", "{command}");
            assert_eq!(texts.folder.names(), ["many", "more", "out", "temporary"], "{command}");
        }
        let run = shell(&format!("ngram {mode} -S 64K -o out -T gone many more")).within(texts.path()).run();
        run.is(2, "", &["ngram: temporary storage: ", "no such file or directory", "see -T and -S"]);
        assert_eq!(texts.folder.read("out"), b"old\n");
    }
    assert!(texts.run("ls -A temporary").out.is_empty());
}

#[test]
fn a_full_disk_is_named_whatever_is_written() {
    if !Path::new("/dev/full").exists() {
        return skipped("there is no /dev/full");
    }
    let texts = texts();
    for mode in MODES {
        let run = shell(&format!("ngram {mode} many > /dev/full")).within(texts.path()).run();
        assert_eq!(run.status, Some(2), "{mode}");
        run.says(&["ngram: standard output: no space left on device"]);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let texts = texts();
    for work in ["-j1 -S 64K", "-j2", "-j2 -S 1M"] {
        for mode in ["-n 1-5", "-n 2 --sort count", "-n 1-3 --partial"] {
            let first = texts.run(&format!("ngram {mode} many more | head -n 1")).text();
            let script = format!("{{ ngram {work} {mode} {LITTLE} many more; echo $? >&2; }} | head -n 1");
            shell(&script).within(texts.path()).run().is(0, &first, &["0\n"]);
        }
    }
    assert!(texts.run("ls -A temporary").out.is_empty());
}
