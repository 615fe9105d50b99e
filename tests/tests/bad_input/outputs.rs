//! Outputs that cannot be written, must not be written, or whose reader goes away.

use std::path::Path;
use std::time::{Duration, Instant};

use pipelines::{Folder, has_program, shell, skipped, tool, tools};

#[test]
fn a_full_disk_is_trouble_for_every_tool() {
    if !Path::new("/dev/full").exists() {
        return skipped("there is no /dev/full");
    }
    for name in tools() {
        let run = shell(&format!("printf 'a b\\n' | {name} > /dev/full")).run();
        run.is(2, "", &[&format!("{name}: standard output: no space left on device\n")]);
        let run = tool(&name).args(["-o", "/dev/full"]).input("a b\n").run();
        run.is(2, "", &[&format!("{name}: /dev/full: no space left on device\n")]);
        // More than any buffer holds: the error comes in the middle.
        let run =
            shell(&format!("yes 'a b' | head -n 300000 | nl | {name} --chunk-size 4K > /dev/full")).run();
        assert_eq!(run.status, Some(2), "{name}");
        run.says(&["no space left on device"]);
    }
    let run = shell("printf 'a\\n' | normalize --compress gz > /dev/full").run();
    run.is(2, "", &["no space left on device"]);
    let run = tool("normalize").args(["--report", "/dev/full"]).input("a\n").run();
    run.is(2, "a\n", &["/dev/full: no space left on device"]);
    for args in ["--help", "--version", "--generate man"] {
        let run = shell(&format!("normalize {args} > /dev/full")).run();
        assert_eq!(run.status, Some(2), "normalize {args}");
    }
}

/// A limit on the size of files stands for a disk that fills up: the system says "file too large".
#[test]
fn temporary_storage_that_is_full_is_named() {
    let folder = Folder::new();
    let words: String = (0..200_000).map(|number| format!("word{number}\n")).collect();
    folder.write("words", words);
    for command in ["ngram -n1 -S 64K", "dedupe -c -S 64K", "stats -S 64K"] {
        for threads in ["-j1", "-j2"] {
            let script = format!("trap '' XFSZ; ulimit -f 1; exec {command} {threads} -T . words");
            let run = shell(&script).within(folder.path()).run();
            run.is(2, "", &[": temporary storage: ", "file too large (see -T and -S)"]);
            assert_eq!(folder.names(), ["words"], "{command}");
        }
    }
    let run = shell("ngram -n1 -S 64K -T gone words").within(folder.path()).run();
    run.is(2, "", &["ngram: temporary storage: ", "no such file or directory (see -T and -S)"]);
}

#[test]
fn an_output_file_that_fills_the_disk_does_not_appear() {
    let folder = Folder::new();
    folder.write("words", "a line of text\n".repeat(100_000));
    folder.write("out", "old\n");
    let run = shell("trap '' XFSZ; ulimit -f 64; exec normalize -o out words").within(folder.path()).run();
    run.is(2, "", &["normalize: out: file too large"]);
    assert_eq!(folder.read("out"), b"old\n");
    assert_eq!(folder.names(), ["out", "words"]);
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    if !has_program("bash") {
        return;
    }
    for (name, first) in [("normalize", "line\n"), ("dedupe", "line\n"), ("tokenize", "line\n")] {
        for threads in ["-j1", "-j2", "--compress gz"] {
            // Not even a producer that never ends may keep it.
            let first = if threads.starts_with('-') && threads.len() == 3 { first } else { "" };
            let reader = if first.is_empty() { "head -c 1 > /dev/null" } else { "head -n 1" };
            let producer = if name == "dedupe" { "yes | nl | sed '1s/.*/line/'" } else { "yes line" };
            let script =
                format!("{producer} | {name} {threads} | {reader}; echo ${{PIPESTATUS[@]: -2:1}} >&2");
            let start = Instant::now();
            let run = shell(&format!("exec bash -c '{}'", script.replace('\'', "'\\''"))).run();
            run.is(0, first, &["0\n"]);
            assert_eq!(run.err.lines().count(), 1, "{name} {threads}: {}", run.err);
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "{name} {threads} takes {:?}",
                start.elapsed()
            );
        }
    }
}

#[test]
fn a_reader_that_goes_away_from_an_answer_is_no_trouble() {
    let words: String = (0..200_000).map(|number| format!("word{number}\n")).collect();
    for (command, first) in
        [("ngram -n1", "word0\t1\n"), ("dedupe -c", "      1 word0\n"), ("dedupe --unique", "word0\n")]
    {
        let script = format!("{{ {command}; echo $? >&2; }} | head -n 1");
        shell(&script).input(words.clone()).run().is(0, first, &["0\n"]);
    }
}

/// The producer speaks now and then and never ends; it must not keep a tool whose reader has gone.
#[test]
fn a_slow_producer_does_not_keep_a_tool_whose_reader_has_gone() {
    for threads in ["-j1", "-j2"] {
        let script = format!(
            "{{ while echo line; do sleep 0.02; done; }} 2> /dev/null | {{ normalize {threads}; echo $? >&2; }} | head -n 1"
        );
        let start = Instant::now();
        shell(&script).run().is(0, "line\n", &["0\n"]);
        assert!(start.elapsed() < Duration::from_secs(10), "it took {:?}", start.elapsed());
    }
}

#[test]
fn an_output_that_is_its_own_input_is_refused() {
    let folder = Folder::new();
    folder.write("a", "e\u{301}\n");
    folder.write("b", "b\n");
    std::os::unix::fs::symlink("a", folder.path().join("link")).expect("a link can be made");
    std::fs::hard_link(folder.path().join("a"), folder.path().join("other name"))
        .expect("a link can be made");
    for name in tools() {
        for output in ["a", "./a", "link", "other name"] {
            let run = tool(&name).args(["b", "a", "-o", output]).within(folder.path()).run();
            run.is(2, "", &[&format!("{name}: a: input file is output file")]);
            assert_eq!(folder.read("a"), "e\u{301}\n".as_bytes());
        }
    }
    assert_eq!(folder.names().len(), 4, "{:?}", folder.names());
    let run = shell("normalize -o a < a").within(folder.path()).run();
    run.is(2, "", &["normalize: -: input file is output file"]);
}

#[test]
fn standard_output_that_is_an_input_is_refused_and_the_others_done() {
    let folder = Folder::new();
    folder.write("a", "a\n");
    folder.write("b", "b\n");
    for script in ["normalize b a >> a", "normalize b - < a >> a"] {
        folder.write("a", "a\n");
        let run = shell(script).within(folder.path()).run();
        run.is(2, "", &["input file is output file"]);
        assert_eq!(folder.read("a"), b"a\nb\n", "{script}");
    }
}

#[test]
fn an_output_without_a_folder_is_trouble() {
    let folder = Folder::new();
    let run = tool("normalize").args(["-o", "gone/out"]).input("a\n").within(folder.path()).run();
    run.is(2, "", &["normalize: gone/out: no such file or directory"]);
    let run = tool("normalize").args(["-o", "."]).input("a\n").within(folder.path()).run();
    run.is(2, "", &["normalize: .: is a directory"]);
    let run = tool("normalize").args(["--report", "gone/report"]).input("a\n").within(folder.path()).run();
    run.is(2, "a\n", &["gone/report: no such file or directory"]);
}

#[test]
fn an_output_keeps_the_mode_of_what_it_replaces_and_a_link_stays_a_link() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let target = folder.write("target", "old\n");
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).expect("a mode can be set");
    std::os::unix::fs::symlink("target", folder.path().join("link")).expect("a link can be made");
    tool("normalize").args(["-o", "link"]).input("new\n").within(folder.path()).run().is(0, "", &[]);
    assert_eq!(folder.read("target"), b"new\n");
    assert!(folder.path().join("link").is_symlink());
    let mode = std::fs::metadata(&target).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_closed_standard_error_changes_nothing() {
    let run = shell("printf 'a\\377\\n' | normalize 2>&-").run();
    run.is(0, "a\u{FFFD}\n", &[]);
    assert_eq!(shell("normalize gone 2>&-").run().status, Some(2));
    assert_eq!(shell("normalize --nonsense 2>&-").run().status, Some(2));
}

#[test]
fn a_closed_standard_input_is_empty_or_named() {
    let run = shell("normalize <&-").run();
    assert!(run.out.is_empty() && run.signal.is_none(), "{}", run.err);
}
