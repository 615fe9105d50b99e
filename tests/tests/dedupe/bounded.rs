//! With less memory than the keys need, the answer is the same, byte for byte, and nothing stays behind.

use std::io::Write;
use std::process::Stdio;

use nix::fcntl::{OFlag, open};
use nix::sys::signal::{Signal, kill};
use nix::sys::stat::Mode;
use nix::unistd::Pid;
use pipelines::{Folder, has_program, shell, skipped, tool, wait_until};

use crate::{lines, many_keys};

const MODES: [&str; 11] = [
    "",
    "-c",
    "--repeated",
    "--unique",
    "--repeated -c",
    "--all-repeated",
    "--keep last --key-norm lower,space",
    "--keep longest --key-norm lower,space",
    "--keep shortest --key-norm lower,space",
    "--hash 64",
    "--compare-bytes",
];
const LITTLE: &str = "-S 64K --chunk-size 4K -T temporary";

#[test]
fn spilled_is_in_memory_byte_for_byte() {
    spilled_is_in_memory(&MODES[..6]);
}

#[test]
fn spilled_is_in_memory_whichever_record_stays_and_however_keys_are_compared() {
    spilled_is_in_memory(&MODES[6..]);
}

fn spilled_is_in_memory(modes: &[&str]) {
    let texts = many_keys();
    texts.run("mkdir temporary");
    for mode in modes {
        let whole = texts.run(&format!("dedupe {mode} many more many"));
        for command in [
            format!("dedupe -j1 {LITTLE} {mode} many more many"),
            format!("cat many more many | dedupe -j8 {LITTLE} {mode}"),
        ] {
            let run = texts.run(&command);
            assert_eq!(pipelines::difference("output", &whole.out, &run.out), "", "{command}");
        }
    }
    assert!(texts.run("ls -A temporary").out.is_empty());
}

#[test]
fn spilled_is_what_awk_keeps() {
    if has_program("awk") {
        let texts = many_keys();
        texts.run("mkdir temporary");
        texts.agree(&format!("dedupe {LITTLE} FILE"), "awk '!seen[$0]++' FILE");
        texts.agree(&format!("cat FILE | dedupe {LITTLE}"), "awk '!seen[$0]++' FILE");
    }
}

/// All that a run says of itself, but for what it cost.
#[test]
fn spilled_reports_and_lists_what_in_memory_does() {
    let texts = many_keys();
    texts.run("mkdir temporary");
    let files = "--removed removed --report report -o kept many more";
    texts.run(&format!("dedupe {files}"));
    let whole = ["removed", "report", "kept"].map(|name| texts.folder.read(name));
    for threads in ["-j1", "-j8"] {
        texts.run(&format!("dedupe {threads} {LITTLE} {files}"));
        for (name, wanted) in ["removed", "report", "kept"].into_iter().zip(&whole) {
            assert_eq!(pipelines::difference(name, wanted, &texts.folder.read(name)), "", "{threads}");
        }
    }
}

#[test]
fn spilled_files_go_where_they_belong() {
    let texts = many_keys();
    texts.run("mkdir temporary");
    texts.run("dedupe -d whole many more");
    texts.run(&format!("dedupe {LITTLE} -d spilled many more"));
    texts.run("cp many many.2; cp more more.2");
    texts.run(&format!("dedupe {LITTLE} -i many.2 more.2"));
    for name in ["many", "more"] {
        let whole = texts.folder.read(format!("whole/{name}"));
        assert!(!whole.is_empty() && whole == texts.folder.read(format!("spilled/{name}")), "-d {name}");
        assert!(whole == texts.folder.read(format!("{name}.2")), "-i {name}");
    }
    assert!(texts.run("ls -A temporary").out.is_empty());
}

#[test]
fn a_kill_in_the_middle_of_a_spill_leaves_nothing() {
    for (signal, status) in
        [(Signal::SIGKILL, None), (Signal::SIGTERM, Some(143)), (Signal::SIGINT, Some(130))]
    {
        for threads in ["-j1", "-j2"] {
            let folder = Folder::new();
            folder.write("out", "old\n");
            folder.write("removed", "old\n");
            std::fs::create_dir(folder.path().join("temporary")).expect("a folder can be made");
            let flags = [threads, "-S", "64K", "-T", "temporary", "-o", "out", "--removed", "removed"];
            let mut call = tool("dedupe").args(flags).within(folder.path());
            call.command().stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = call.start();
            let mut pipe = child.stdin.take().expect("a pipe");
            // More than all pipes, buffers and 64 KiB of keys hold: the run is in the middle of its spill.
            for part in 0..4 {
                pipe.write_all(&lines(part, 10_000)).expect("the tool reads");
            }
            assert!(child.try_wait().expect("a child can be asked").is_none(), "it waits for more");
            let process = Pid::from_raw(i32::try_from(child.id()).expect("a process number"));
            kill(process, signal).expect("a signal can be sent");
            let mut ended = None;
            wait_until("the signal ends the run", || {
                ended = child.try_wait().expect("a child can be asked");
                ended.is_some()
            });
            assert_eq!(ended.and_then(|ended| ended.code()), status, "{signal}");
            assert_eq!((folder.read("out"), folder.read("removed")), (b"old\n".to_vec(), b"old\n".to_vec()));
            if open(folder.path(), OFlag::O_TMPFILE | OFlag::O_WRONLY, Mode::S_IRWXU).is_err() {
                skipped("this file system has no files without a name");
                continue;
            }
            assert_eq!(folder.names(), ["out", "removed", "temporary"], "{signal} {threads}");
            let left = std::fs::read_dir(folder.path().join("temporary")).expect("a folder").count();
            assert_eq!(left, 0, "{signal} {threads}");
        }
    }
}

/// A limit on the size of files stands for a disk that fills up: the system says "file too large".
#[test]
fn temporary_storage_that_is_full_or_not_there_is_named() {
    let texts = many_keys();
    texts.folder.write("out", "old\n");
    for mode in MODES {
        for threads in ["-j1", "-j2"] {
            let command = format!("dedupe {mode} {threads} -S 1K -o out many more");
            let script = format!("trap '' XFSZ; ulimit -f 1; exec {command} -T .");
            let run = shell(&script).within(texts.path()).run();
            run.is(2, "", &["dedupe: temporary storage: ", "file too large (see -T and -S)"]);
            assert_eq!(texts.folder.read("out"), b"old\n", "{command}");
            assert_eq!(texts.folder.names(), ["many", "more", "out"], "{command}");
        }
        let run = shell(&format!("dedupe {mode} -S 1K -o out -T gone many more")).within(texts.path()).run();
        run.is(2, "", &["dedupe: temporary storage: ", "no such file or directory (see -T and -S)"]);
        assert_eq!(texts.folder.read("out"), b"old\n");
    }
}

#[test]
fn a_reader_that_goes_away_from_what_was_spilled_is_no_trouble() {
    let texts = many_keys();
    texts.run("mkdir temporary");
    let first = texts.run("head -n 1 many").text();
    let script = format!("{{ dedupe {LITTLE} many more; echo $? >&2; }} | head -n 1");
    shell(&script).within(texts.path()).run().is(0, &first, &["0\n"]);
    assert!(texts.run("ls -A temporary").out.is_empty());
}

/// Lines of one key, and lines with none in common: neither is what a partition hopes for.
#[test]
fn partitions_of_one_key_and_keys_without_repeats_come_back() {
    let texts = many_keys();
    texts.run("mkdir temporary");
    let distinct = texts.run("awk '!seen[$0]++' many").text();
    texts.folder.write("distinct", &distinct);
    shell(&format!("dedupe {LITTLE} distinct")).within(texts.path()).run().is(0, &distinct, &[]);
    let script = format!("dedupe {LITTLE} distinct - distinct");
    let twice = texts.run(&format!("yes same | head -n 20000 | {script} | tail -n 1"));
    assert_eq!(twice.text(), "same\n");
}
