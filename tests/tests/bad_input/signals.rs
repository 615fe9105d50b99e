//! Runs that are stopped in the middle: nothing half is left, and the exit status says why.

use std::fs::File;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

use nix::fcntl::{OFlag, open};
use nix::sys::signal::{Signal, kill};
use nix::sys::stat::Mode;
use nix::unistd::Pid;
use pipelines::{Folder, skipped, tool, wait_until};

/// Feeds a tool until it has read and worked, then sends the signal; the run has not ended by itself.
fn stop(name: &str, args: &[&str], folder: &Path, signal: Signal) -> ExitStatus {
    let mut call = tool(name).args(args).within(folder);
    call.command().stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = call.start();
    let mut pipe = child.stdin.take().expect("a pipe");
    // More than all pipes and buffers hold: when it has gone, most of it has been worked on.
    for number in 0..8 {
        let block: String = (0..10_000).map(|line| format!("line {line} of {number} e\u{301}\n")).collect();
        pipe.write_all(block.as_bytes()).expect("the tool reads");
    }
    assert!(child.try_wait().expect("a child can be asked").is_none(), "{name} {args:?} waits for more");
    send(&child, signal);
    let mut status = None;
    wait_until("the signal ends the run", || {
        status = child.try_wait().expect("a child can be asked");
        status.is_some()
    });
    drop(pipe);
    status.expect("it has ended")
}

fn send(child: &Child, signal: Signal) {
    let process = Pid::from_raw(i32::try_from(child.id()).expect("a process number"));
    kill(process, signal).expect("a signal can be sent");
}

fn has_nameless_files(folder: &Path) -> bool {
    let has = open(folder, OFlag::O_TMPFILE | OFlag::O_WRONLY, Mode::S_IRWXU).is_ok();
    if !has {
        skipped("this file system has no files without a name");
    }
    has
}

const RUNS: [(&str, &[&str]); 6] = [
    ("normalize", &["-j1", "-o", "out"]),
    ("normalize", &["-j2", "-o", "out"]),
    ("normalize", &["-o", "out.gz"]),
    ("dedupe", &["-c", "-S", "64K", "-T", ".", "-o", "out"]),
    ("ngram", &["-S", "64K", "-T", ".", "-o", "out"]),
    ("stats", &["-S", "64K", "-T", ".", "-o", "out"]),
];

#[test]
fn interrupt_and_terminate_leave_nothing_and_say_so() {
    for (name, args) in RUNS {
        for (signal, status) in [(Signal::SIGINT, 130), (Signal::SIGTERM, 143)] {
            let folder = Folder::new();
            folder.write("out", "old\n");
            let ended = stop(name, args, folder.path(), signal);
            assert_eq!((ended.code(), ended.signal()), (Some(status), None), "{name} {args:?}");
            assert_eq!(folder.names(), ["out"], "{name} {args:?}");
            assert_eq!(folder.read("out"), b"old\n", "{name} {args:?}");
        }
    }
}

#[test]
fn kill_leaves_the_old_file_and_nothing_else() {
    for (name, args) in RUNS {
        let folder = Folder::new();
        folder.write("out", "old\n");
        let ended = stop(name, args, folder.path(), Signal::SIGKILL);
        assert_eq!(ended.signal(), Some(9), "{name} {args:?}");
        assert_eq!(folder.read("out"), b"old\n", "{name} {args:?}");
        if has_nameless_files(folder.path()) {
            assert_eq!(folder.names(), ["out"], "{name} {args:?}");
        }
    }
}

#[test]
fn a_file_that_is_edited_in_place_survives_any_signal() {
    for signal in [Signal::SIGINT, Signal::SIGKILL] {
        let folder = Folder::new();
        folder.write("page", "e\u{301}\n");
        // The pipe holds the run open after the page has been done, the next page is never complete.
        let made = tool("normalize").args(["--version"]).run();
        assert_eq!(made.status, Some(0));
        nix::unistd::mkfifo(&folder.path().join("pipe"), Mode::S_IRWXU).expect("a pipe can be made");
        let mut call = tool("normalize").args(["-i=.bak", "-j1", "page", "pipe"]).within(folder.path());
        call.command().stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = call.start();
        let mut pipe =
            File::options().write(true).open(folder.path().join("pipe")).expect("a pipe can be opened");
        pipe.write_all("e\u{301}\n".repeat(100).as_bytes()).expect("the tool reads");
        sleep(Duration::from_millis(50));
        send(&child, signal);
        child.wait().expect("a child can be waited for");
        let page = folder.read("page");
        assert!(page == "e\u{301}\n".as_bytes() || page == "\u{E9}\n".as_bytes(), "{page:?}");
        if has_nameless_files(folder.path()) {
            let names = folder.names();
            assert!(names == ["page", "pipe"] || names == ["page", "page.bak", "pipe"], "{names:?}");
        }
    }
}

#[test]
fn what_was_killed_can_be_run_again() {
    let folder = Folder::new();
    let text = "e\u{301}\n".repeat(1000);
    stop("normalize", &["-o", "out"], folder.path(), Signal::SIGKILL);
    tool("normalize").args(["-o", "out"]).input(text).within(folder.path()).run().is(0, "", &[]);
    assert_eq!(folder.read("out"), "\u{E9}\n".repeat(1000).as_bytes());
}

#[test]
fn an_interrupted_pipe_ends_too() {
    let ended = stop("normalize", &["-j2"], Folder::new().path(), Signal::SIGTERM);
    assert_eq!(ended.code(), Some(143));
}
