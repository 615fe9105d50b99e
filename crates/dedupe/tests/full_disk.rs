//! A list that does not fit on the disk costs no original: nothing is replaced, and no output appears.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::tempdir;

const TEXT: &str = "one two three four five six\nx\nx\none two three four five six\n";

fn refuse(folder: &Path, arguments: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_dedupe"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("dedupe runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
    assert!(said.contains("/dev/full"), "{arguments}: {said}");
}

/// What lists or saves something beside the output, as the output goes.
const LISTS: [&str; 9] = [
    "--removed /dev/full",
    "--removed /dev/full -S 1",
    "--removed /dev/full --keep last",
    "--removed /dev/full --unique",
    "--removed /dev/full --boilerplate 0.5 --boilerplate-ngram 1",
    "--removed /dev/full --substring 16",
    "--near=1 --shingle word:1 --clusters /dev/full",
    "--near=1 --shingle word:1 --link single --clusters /dev/full",
    "--near=1 --shingle word:1 --pairs /dev/full",
];

#[test]
fn no_original_is_replaced() {
    for list in LISTS {
        let folder = tempdir().expect("a folder");
        let file = folder.path().join("i.txt");
        fs::write(&file, TEXT).expect("written");
        refuse(folder.path(), &format!("-i {list} i.txt"));
        assert_eq!(fs::read_to_string(&file).expect("read"), TEXT, "{list}");
    }
}

/// The record that is left out is known, but comes after others that are not, for which there is no memory.
#[test]
fn no_original_is_replaced_before_its_last_row_is_written() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("i.txt");
    let text: String = (0..20_000).chain([0]).map(|number| format!("{number}\n")).collect();
    fs::write(&file, &text).expect("written");
    refuse(folder.path(), "-i --removed /dev/full -S 400K i.txt");
    assert_eq!(fs::read_to_string(&file).expect("read"), text);
}

#[test]
fn no_output_appears() {
    let saved = [
        "--save-seen /dev/full",
        "--save-seen /dev/full -c",
        "--save-seen /dev/full --keep last",
        "--near=1 --shingle word:1 --save-signatures /dev/full",
    ];
    for list in LISTS.into_iter().chain(saved) {
        let folder = tempdir().expect("a folder");
        fs::write(folder.path().join("i.txt"), TEXT).expect("written");
        refuse(folder.path(), &format!("{list} i.txt -o out"));
        assert!(!folder.path().join("out").exists(), "{list}");
    }
}

#[test]
fn aligned_files_stay() {
    let folder = tempdir().expect("a folder");
    for name in ["one", "other"] {
        fs::write(folder.path().join(name), TEXT).expect("written");
    }
    refuse(folder.path(), "-i --parallel-text --save-seen /dev/full one other");
    for name in ["one", "other"] {
        assert_eq!(fs::read_to_string(folder.path().join(name)).expect("read"), TEXT);
    }
}
