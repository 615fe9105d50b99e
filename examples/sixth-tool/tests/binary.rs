//! The tool as a process: what a new tool gets from the shared core without a line of its own.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn redact(arguments: &[&str], folder: &Path, input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_redact"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the binary ends");
    // One that reads no input, such as --help, closes the pipe.
    let _ = writer.join().expect("the writer does not panic");
    output
}

fn text(arguments: &[&str], folder: &Path, input: &[u8]) -> Vec<u8> {
    let output = redact(arguments, folder, input);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for temporary files")
}

/// Large enough for many chunks.
fn numbers() -> (Vec<u8>, Vec<u8>) {
    let (mut input, mut wanted) = (Vec::new(), Vec::new());
    for line in 0..20_000 {
        writeln!(input, "{line}: call ۰۲۱{:08}, please", line * 7).expect("writing to memory");
        writeln!(wanted, "{line}: call ###########, please").expect("writing to memory");
    }
    (input, wanted)
}

#[test]
fn any_number_of_workers_writes_the_same_bytes() {
    let folder = folder();
    let (input, wanted) = numbers();
    for arguments in [&["-j1"][..], &["-j2"], &["-j2", "--chunk-size", "1K"]] {
        assert!(text(arguments, folder.path(), &input) == wanted, "{arguments:?}");
    }
}

#[test]
fn compressed_input_is_read() {
    let folder = folder();
    let (input, wanted) = numbers();
    text(&["-n", "99", "-o", "in.gz"], folder.path(), &input);
    let compressed = std::fs::read(folder.path().join("in.gz")).expect("the file is there");
    assert!(compressed.starts_with(b"\x1F\x8B"));
    assert!(text(&["-j2", "in.gz"], folder.path(), b"") == wanted);
}

#[test]
fn files_are_edited_in_place() {
    let folder = folder();
    let (page, other) = (folder.path().join("page.txt"), folder.path().join("other.txt"));
    std::fs::write(&page, "id 1234567").expect("room for a file");
    std::fs::write(&other, "no number\n").expect("room for a file");
    let before = std::fs::metadata(&other).and_then(|metadata| metadata.modified()).expect("a time");
    assert_eq!(text(&["-j2", "-i=.bak", "page.txt", "other.txt"], folder.path(), b""), b"");
    assert_eq!(std::fs::read(&page).expect("the file is there"), b"id #######");
    assert_eq!(
        std::fs::read(folder.path().join("page.txt.bak")).expect("the backup is there"),
        b"id 1234567"
    );
    let after = std::fs::metadata(&other).and_then(|metadata| metadata.modified()).expect("a time");
    assert_eq!(before, after, "an unchanged file is not touched");
    assert!(!folder.path().join("other.txt.bak").exists());
}

#[test]
fn one_field_of_json_lines_is_masked() {
    let folder = folder();
    let line = br#"{"id":12345678,"text":"call \u06f0\u06f2\u06f1 12345678"}"#;
    let wanted = r##"{"id":12345678,"text":"call ۰۲۱ ########"}"##;
    assert_eq!(text(&["--jsonl"], folder.path(), line), wanted.as_bytes());
}

#[test]
fn the_page_is_help_and_manual() {
    let folder = folder();
    let help = String::from_utf8(text(&["--help"], folder.path(), b"")).expect("text");
    for wanted in ["Masks long numbers", "Examples:", "-n, --digits <N>", "--report", "Exit status:"] {
        assert!(help.contains(wanted), "{wanted}: {help}");
    }
    let manual = String::from_utf8(text(&["--generate", "man"], folder.path(), b"")).expect("text");
    for wanted in [".SH NAME", ".SH EXAMPLES", ".SH DESCRIPTION", ".SH OPTIONS", ".SH EXIT STATUS"] {
        assert!(manual.lines().any(|line| line.trim_end() == wanted), "{wanted}: {manual}");
    }
    let version = String::from_utf8(text(&["-V"], folder.path(), b"")).expect("text");
    assert!(version.starts_with("redact "), "{version}");
}

#[test]
fn trouble_is_exit_status_2() {
    let folder = folder();
    let output = redact(&["missing.txt"], folder.path(), b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        output.stderr.starts_with(b"redact: missing.txt: "),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
