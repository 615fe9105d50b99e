//! `-i`: files that change, files that do not, and files that must not.

use std::fs::{Permissions, metadata, set_permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use pipelines::{Codec, Folder, tool};

#[test]
fn only_what_changes_is_replaced() {
    let folder = Folder::new();
    let changed = folder.write("changed", "e\u{301}\n");
    let same = folder.write("same", "\u{E9}\n");
    let empty = folder.write("empty", "");
    set_permissions(&changed, Permissions::from_mode(0o604)).expect("a mode can be set");
    let state = |path| {
        let metadata = metadata(path).expect("it is there");
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
    };
    let before = (state(&same), state(&empty));
    let run = tool("normalize").args(["-i", "changed", "same", "empty"]).within(folder.path()).run();
    run.is(0, "", &[]);
    assert_eq!(folder.read("changed"), "\u{E9}\n".as_bytes());
    assert_eq!(metadata(&changed).expect("it is there").mode() & 0o7777, 0o604);
    assert_eq!((state(&same), state(&empty)), before, "not touched");
    assert_eq!(folder.names(), ["changed", "empty", "same"], "nothing is left");
}

#[test]
fn a_backup_is_the_original() {
    let folder = Folder::new();
    folder.write("page", "e\u{301}\n");
    folder.write("same", "a\n");
    let run = tool("normalize").args(["-i=.bak", "page", "same"]).within(folder.path()).run();
    run.is(0, "", &[]);
    assert_eq!(folder.read("page.bak"), "e\u{301}\n".as_bytes());
    assert_eq!(folder.read("page"), "\u{E9}\n".as_bytes());
    assert_eq!(folder.names(), ["page", "page.bak", "same"]);
}

#[test]
fn a_file_that_is_named_twice_keeps_its_original() {
    let folder = Folder::new();
    symlink("page", folder.path().join("link")).expect("a link can be made");
    for again in ["page", "./page", "link"] {
        for threads in ["-j1", "-j2"] {
            folder.write("page", "e\u{301}\n");
            let run = tool("normalize").args(["-i=.bak", threads, "page", again]).within(folder.path()).run();
            assert_eq!(run.status, Some(2), "{again}: {}", run.err);
            run.says(&["a second time"]);
            assert_eq!(folder.read("page.bak"), "e\u{301}\n".as_bytes(), "{again}");
            assert_eq!(folder.read("page"), "\u{E9}\n".as_bytes(), "{again}");
        }
    }
}

#[test]
fn a_compressed_file_stays_compressed() {
    let folder = Folder::new();
    for codec in [Codec::Gzip, Codec::Zstd] {
        folder.write("page", codec.compress("e\u{301}\n".as_bytes()));
        tool("normalize").args(["-i", "page"]).within(folder.path()).run().is(0, "", &[]);
        let bytes = folder.read("page");
        assert_eq!(bytes[..3], codec.compress(b"")[..3], "{codec:?}");
        tool("normalize").input(bytes).run().is(0, "\u{E9}\n", &[]);
    }
    for codec in [Codec::Xz, Codec::Bzip2] {
        let original = codec.compress("e\u{301}\n".as_bytes());
        folder.write("page", &original);
        let run = tool("normalize").args(["-i", "page"]).within(folder.path()).run();
        run.is(2, "", &["page: ", codec.name(), "use -d or -o instead of -i"]);
        assert_eq!(folder.read("page"), original);
    }
}

#[test]
fn a_file_with_a_failed_record_is_not_touched() {
    let folder = Folder::new();
    for (args, text) in [
        (&["--invalid", "fail"][..], &b"e\xCC\x81\n\xFF\n"[..]),
        (&["--jsonl"], b"{\"text\":\"e\xCC\x81\"}\nnot json\n"),
        (&["--max-record=4"], b"e\xCC\x81\nlonger\n"),
        (&[], &Codec::Gzip.compress(b"e\xCC\x81\ncut")[..20]),
    ] {
        for name in ["normalize", "dedupe"] {
            folder.write("page", text);
            folder.write("other", "e\u{301}\r\na\ra\r\na\ra\n");
            let run = tool(name).args(["-i"]).args(args).args(["page"]).within(folder.path()).run();
            assert_eq!(run.status, Some(2), "{name} {args:?}: {}", run.err);
            run.says(&[&format!("{name}: page: ")]);
            assert_eq!(folder.read("page"), text, "{name} {args:?}");
        }
    }
}

#[test]
fn what_a_policy_leaves_out_or_repairs_is_a_change() {
    let folder = Folder::new();
    for name in ["normalize", "dedupe"] {
        for (policy, text, wanted) in [
            ("skip", &b"a\n\xFF\n"[..], &b"a\n"[..]),
            ("skip", b"\xFF\na\n", b"a\n"),
            ("replace", b"a\xFF\n", b"a\xEF\xBF\xBD\n"),
            ("keep", b"a\xFF\n", b"a\xFF\n"),
        ] {
            folder.write("page", text);
            let run = tool(name).args(["-i", "-q", "--invalid", policy, "page"]).within(folder.path()).run();
            run.is(0, "", &[]);
            assert_eq!(folder.read("page"), wanted, "{name} {policy}");
        }
    }
}

#[test]
fn a_byte_order_mark_and_another_encoding_are_changes() {
    let folder = Folder::new();
    folder.write("mark", "\u{FEFF}a\n"); // BOM
    folder.write("legacy", b"caf\xE9\n");
    let args = ["-i", "--encoding", "windows-1252", "mark", "legacy"];
    tool("normalize").args(args).within(folder.path()).run().is(0, "", &[]);
    assert_eq!(folder.read("mark"), b"a\n");
    assert_eq!(folder.read("legacy"), "café\n".as_bytes());
}

#[test]
fn a_missing_file_costs_only_itself() {
    let folder = Folder::new();
    folder.write("a", "e\u{301}\n");
    let run = tool("normalize").args(["-i", "gone", "a"]).within(folder.path()).run();
    run.is(2, "", &["normalize: gone: no such file"]);
    assert_eq!(folder.read("a"), "\u{E9}\n".as_bytes());
    assert_eq!(folder.names(), ["a"]);
}

#[test]
fn a_link_stays_a_link() {
    let folder = Folder::new();
    folder.write("target", "e\u{301}\n");
    symlink("target", folder.path().join("link")).expect("a link can be made");
    tool("normalize").args(["-i", "link"]).within(folder.path()).run().is(0, "", &[]);
    assert!(folder.path().join("link").is_symlink());
    assert_eq!(folder.read("target"), "\u{E9}\n".as_bytes());
}

#[test]
fn a_whole_folder_in_place() {
    let folder = Folder::new();
    folder.write("pages/a", "e\u{301}\n");
    folder.write("pages/below/b", "b\r\n");
    tool("normalize").args(["-i", "-r", "pages"]).within(folder.path()).run().is(0, "", &[]);
    assert_eq!(folder.read("pages/a"), "\u{E9}\n".as_bytes());
    assert_eq!(folder.read("pages/below/b"), b"b\n");
    tool("dedupe").args(["-i", "-r", "pages"]).within(folder.path()).run().is(0, "", &[]);
}

#[test]
fn standard_input_cannot_be_edited() {
    let run = tool("normalize").args(["-i", "-"]).input("e\u{301}\n").run();
    run.is(2, "", &["standard input cannot be edited in place"]);
    tool("normalize").args(["-i"]).input("e\u{301}\n").run().is(2, "", &["-i needs the name of a file"]);
}
