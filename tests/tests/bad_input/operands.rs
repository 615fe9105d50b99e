//! Operands that are not there, cannot be read, are folders, or have names that are no text.

use std::ffi::OsStr;
use std::fs::{File, Permissions, set_permissions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use pipelines::{Folder, shell, skipped, tool, tools, wait_until};

#[test]
fn a_missing_file_among_others_is_named_and_the_others_done() {
    let folder = Folder::new();
    folder.write("a", "a\n");
    folder.write("b", "b\n");
    for threads in ["-j1", "-j2"] {
        for name in ["normalize", "dedupe", "tokenize"] {
            let run = tool(name).args([threads, "a", "gone", "b"]).within(folder.path()).run();
            run.is(2, "a\nb\n", &[&format!("{name}: gone: no such file or directory\n")]);
        }
        let run = tool("ngram").args([threads, "-n1", "a", "gone", "b"]).within(folder.path()).run();
        run.is(2, "a\t1\nb\t1\n", &["ngram: gone: no such file or directory\n"]);
    }
}

#[test]
fn nothing_but_missing_files_is_trouble_for_every_tool() {
    for name in tools() {
        let run = tool(&name).args(["gone"]).within(Folder::new().path()).run();
        assert_eq!(run.status, Some(2), "{name}");
        run.says(&[&format!("{name}: gone: no such file or directory\n")]);
    }
}

#[test]
fn a_file_without_permission_is_named() {
    let folder = Folder::new();
    let locked = folder.write("locked", "secret\n");
    folder.write("open", "open\n");
    set_permissions(&locked, Permissions::from_mode(0o0)).expect("a mode can be set");
    if File::open(&locked).is_ok() {
        return skipped("this user may read every file");
    }
    let run = tool("normalize").args(["locked", "open"]).within(folder.path()).run();
    run.is(2, "open\n", &["normalize: locked: permission denied\n"]);
}

/// Such a file opens, but its first page cannot be read.
#[test]
fn a_file_that_fails_while_it_is_read_is_named() {
    if !Path::new("/proc/self/mem").exists() {
        return skipped("there is no /proc/self/mem");
    }
    let run = tool("dedupe").args(["-", "/proc/self/mem", "-"]).input("a\n").run();
    run.is(2, "a\n", &["dedupe: /proc/self/mem: input/output error\n"]);
}

#[test]
fn a_folder_without_r_is_named() {
    let folder = Folder::new();
    folder.write("pages/a", "a\n");
    folder.write("b", "b\n");
    let run = tool("normalize").args(["pages", "b"]).within(folder.path()).run();
    run.is(2, "b\n", &["normalize: pages: is a directory (use -r to walk it)\n"]);
    tool("normalize").args(["-r", "pages", "b"]).within(folder.path()).run().is(0, "a\nb\n", &[]);
}

#[test]
fn names_need_not_be_text() {
    let folder = Folder::new();
    let name = OsStr::from_bytes(b"\xFF\xFEname");
    folder.write(name, "in the odd file\n");
    folder.write("new\nline", "in the file of two lines");
    let run = tool("normalize").args([name, OsStr::new("new\nline")]).within(folder.path()).run();
    run.is(0, "in the odd file\nin the file of two lines", &[]);
    tool("normalize").args(["-r", "."]).within(folder.path()).run().is(
        0,
        "in the file of two lines\nin the odd file\n",
        &[],
    );
    let run = tool("normalize").args([OsStr::from_bytes(b"\xFFgone")]).within(folder.path()).run();
    run.is(2, "", &["normalize: \u{FFFD}gone: no such file"]);
}

#[test]
fn a_mirrored_name_need_not_be_text() {
    let folder = Folder::new();
    let name = OsStr::from_bytes(b"page\xFF.txt");
    folder.write(Path::new("pages").join(name), "e\u{301}\n");
    tool("normalize").args(["-r", "pages", "-d", "out"]).within(folder.path()).run().is(0, "", &[]);
    assert_eq!(folder.read(Path::new("out").join(name)), "\u{E9}\n".as_bytes());
}

#[test]
fn a_name_that_starts_with_a_dash_comes_after_two() {
    let folder = Folder::new();
    folder.write("-x", "dash\n");
    tool("normalize").args(["--", "-x"]).within(folder.path()).run().is(0, "dash\n", &[]);
    tool("normalize").args(["./-x"]).within(folder.path()).run().is(0, "dash\n", &[]);
}

#[test]
fn names_from_a_list_fail_one_by_one() {
    let folder = Folder::new();
    folder.write("a", "a\n");
    folder.write("b", "b\n");
    let run =
        |list: &str| tool("normalize").args(["--files0-from", "-"]).input(list).within(folder.path()).run();
    run("a\0b").is(0, "a\nb\n", &[]);
    run("a\0gone\0b\0").is(2, "a\nb\n", &["normalize: gone: no such file"]);
    run("a\0\0b\0").is(2, "a\nb\n", &["an empty file name"]);
    let run = tool("normalize").args(["--files0-from=gone", "a"]).within(folder.path()).run();
    run.is(2, "a\n", &["normalize: gone: no such file"]);
}

#[test]
fn standard_input_is_read_once_however_often_it_is_named() {
    let folder = Folder::new();
    folder.write("a", "a\n");
    tool("normalize").args(["-", "a", "-"]).input("in").within(folder.path()).run().is(0, "in\na\n", &[]);
}

#[test]
fn a_link_loop_is_named() {
    let folder = Folder::new();
    folder.write("pages/a", "a\n");
    std::os::unix::fs::symlink("..", folder.path().join("pages/up")).expect("a link can be made");
    std::os::unix::fs::symlink("self", folder.path().join("pages/self")).expect("a link can be made");
    tool("normalize").args(["-r", "pages"]).within(folder.path()).run().is(0, "a\n", &[]);
    let run = tool("normalize").args(["-r", "--follow", "pages"]).within(folder.path()).run();
    assert_eq!(run.status, Some(2));
    assert!(run.text().starts_with("a\n"), "{}", run.text());
    run.says(&["symbolic links form a loop", "pages/self: "]);
}

#[test]
fn a_file_that_vanishes_from_a_walk_is_named() {
    let folder = Folder::new();
    folder.write("a", "a\n");
    std::os::unix::fs::symlink("gone", folder.path().join("b")).expect("a link can be made");
    let run = tool("normalize").args(["-r", "--follow", "."]).within(folder.path()).run();
    run.is(2, "a\n", &["b: "]);
}

/// What is appended while the file is read is either read or not, but never half.
#[test]
fn a_file_that_grows_is_read_to_the_end_that_it_has() {
    let folder = Folder::new();
    let line = "a line of the log that grows\n";
    let path = folder.write("log", line.repeat(20_000));
    let mut call = tool("normalize").args(["-j2", "--chunk-size", "4K", "log"]).within(folder.path());
    let out = File::create(folder.path().join("out")).expect("a file can be made");
    let mut child = {
        call.command().stdout(Stdio::from(out)).stderr(Stdio::inherit());
        call.start()
    };
    let mut log = File::options().append(true).open(path).expect("the file is there");
    let mut appended = 0;
    let mut status = None;
    wait_until("the reader ends", || {
        if appended < 10_000 {
            log.write_all(line.as_bytes()).expect("a file can be written");
            appended += 1;
        }
        status = child.try_wait().expect("a child can be asked");
        status.is_some()
    });
    assert_eq!(status.and_then(|status| status.code()), Some(0));
    let out = folder.read("out");
    let lines = out.len() / line.len();
    assert_eq!(out, line.repeat(lines).as_bytes());
    assert!((20_000..=20_000 + appended).contains(&lines), "{lines} lines, {appended} appended");
}

#[test]
fn named_pipes_are_operands() {
    let folder = Folder::new();
    let script = "mkfifo pipe && (printf 'in a pipe\\n' > pipe & normalize pipe)";
    shell(script).within(folder.path()).run().is(0, "in a pipe\n", &[]);
}

#[test]
fn an_unreadable_folder_is_named() {
    let folder = Folder::new();
    folder.write("pages/a", "a\n");
    folder.write("pages/locked/b", "b\n");
    let locked = folder.path().join("pages/locked");
    set_permissions(&locked, Permissions::from_mode(0o0)).expect("a mode can be set");
    let may_read = std::fs::read_dir(&locked).is_ok();
    let run = tool("normalize").args(["-r", "pages"]).within(folder.path()).run();
    set_permissions(&locked, Permissions::from_mode(0o700)).expect("a mode can be set");
    if may_read {
        return skipped("this user may read every folder");
    }
    run.is(2, "a\n", &["pages/locked: permission denied"]);
}
