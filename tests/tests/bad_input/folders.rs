//! `-d`: mirrored names, names that meet, and outputs that would be their own inputs.

use pipelines::{Codec, Folder, tool};

#[test]
fn names_are_mirrored() {
    let folder = Folder::new();
    folder.write("pages/a.txt", "e\u{301}\n");
    folder.write("pages/below/b.txt", "b");
    folder.write("pages/below/c.txt.gz", Codec::Gzip.compress(b"c\n"));
    folder.write("pages/empty", "");
    folder.write("elsewhere/d.txt", "d\n");
    let args = ["-r", "pages", "elsewhere/d.txt", "-d", "out/new"];
    tool("normalize").args(args).within(folder.path()).run().is(0, "", &[]);
    assert_eq!(folder.read("out/new/a.txt"), "\u{E9}\n".as_bytes());
    assert_eq!(folder.read("out/new/below/b.txt"), b"b", "a missing end stays missing");
    assert_eq!(folder.read("out/new/below/c.txt"), b"c\n");
    assert_eq!(folder.read("out/new/empty"), b"");
    assert_eq!(folder.read("out/new/d.txt"), b"d\n");
    let args = ["-r", "pages", "-d", "packed", "--compress", "zst"];
    tool("normalize").args(args).within(folder.path()).run().is(0, "", &[]);
    tool("normalize").args(["packed/below/c.txt.zst"]).within(folder.path()).run().is(0, "c\n", &[]);
}

#[test]
fn two_operands_of_one_name_are_refused() {
    let folder = Folder::new();
    folder.write("one/page", "one\n");
    folder.write("two/page", "two\n");
    folder.write("two/other", "other\n");
    let args = ["one/page", "two/page", "two/other", "-d", "out"];
    for threads in ["-j1", "-j2"] {
        let run = tool("normalize").args(args).args([threads]).within(folder.path()).run();
        run.is(2, "", &["normalize: two/page: ", "out/page would be written a second time"]);
        assert_eq!(folder.read("out/page"), b"one\n");
        assert_eq!(folder.read("out/other"), b"other\n", "the others are done");
    }
    // Names that meet only once the ending of the compression is gone.
    folder.write("three/page.gz", Codec::Gzip.compress(b"three\n"));
    let run = tool("dedupe").args(["one/page", "three/page.gz", "-d", "out2"]).within(folder.path()).run();
    run.is(2, "", &["dedupe: three/page.gz: ", "a second time"]);
    assert_eq!(folder.read("out2/page"), b"one\n");
}

#[test]
fn an_output_that_is_its_own_input_is_refused() {
    let folder = Folder::new();
    folder.write("page", "e\u{301}\n");
    let run = tool("normalize").args(["page", "-d", "."]).within(folder.path()).run();
    run.is(2, "", &["normalize: page: ", "the output would replace its own input (use -i to edit in place)"]);
    assert_eq!(folder.read("page"), "e\u{301}\n".as_bytes());
}

#[test]
fn an_output_that_is_another_operand_is_refused() {
    let folder = Folder::new();
    folder.write("a/page", "first\n");
    folder.write("page", "second\n");
    let run = tool("normalize").args(["a/page", "page", "-d", "."]).within(folder.path()).run();
    run.is(2, "", &["normalize: a/page: ", "page: the output would replace another operand"]);
    assert_eq!(folder.read("page"), b"second\n");
    // The same, of operands that a walk will find.
    folder.write("b/page", "third\n");
    let run = tool("normalize").args(["-r", "a", "b", "-d", "b"]).within(folder.path()).run();
    run.is(2, "", &["b/page: the output would replace another operand"]);
    assert_eq!(folder.read("b/page"), b"third\n");
}

#[test]
fn a_run_can_be_repeated_where_its_outputs_are_left_out_of_the_walk() {
    let folder = Folder::new();
    folder.write("page", "e\u{301}\n");
    folder.write("below/page", "below\n");
    for _ in 0..2 {
        let args = ["-r", "--exclude", "out", "-d", "out"];
        tool("normalize").args(args).within(folder.path()).run().is(0, "", &[]);
        assert_eq!(folder.read("out/page"), "\u{E9}\n".as_bytes());
        assert_eq!(folder.read("out/below/page"), b"below\n");
    }
}

#[test]
fn a_bad_file_costs_only_its_own_output() {
    let folder = Folder::new();
    folder.write("pages/a", "a\n");
    folder.write("pages/b", &Codec::Gzip.compress(b"b\nb\n")[..15]);
    folder.write("pages/c", "c\n");
    let run = tool("normalize").args(["-r", "pages", "gone", "-d", "out"]).within(folder.path()).run();
    run.is(2, "", &["pages/b: truncated gzip stream", "gone: no such file"]);
    assert_eq!((folder.read("out/a"), folder.read("out/c")), (b"a\n".to_vec(), b"c\n".to_vec()));
    assert!(!folder.path().join("out/gone").exists());
}

#[test]
fn a_file_where_a_folder_should_be_ends_the_run_by_name() {
    let folder = Folder::new();
    folder.write("pages/below/a", "a\n");
    folder.write("out/below", "a file\n");
    let run = tool("normalize").args(["-r", "pages", "-d", "out"]).within(folder.path()).run();
    assert_eq!(run.status, Some(2));
    run.says(&["out/below: "]);
    assert_eq!(folder.read("out/below"), b"a file\n");
}

#[test]
fn dedupe_knows_records_of_other_files() {
    let folder = Folder::new();
    folder.write("pages/a", "x\ny\n");
    folder.write("pages/b", "y\nz\n");
    tool("dedupe").args(["-r", "pages", "-d", "out"]).within(folder.path()).run().is(0, "", &[]);
    assert_eq!((folder.read("out/a"), folder.read("out/b")), (b"x\ny\n".to_vec(), b"z\n".to_vec()));
}

#[test]
fn standard_input_has_a_name_of_its_own() {
    let folder = Folder::new();
    tool("normalize").args(["-d", "out"]).input("a\n").within(folder.path()).run().is(0, "", &[]);
    assert_eq!(folder.read("out/stdin"), b"a\n");
}
