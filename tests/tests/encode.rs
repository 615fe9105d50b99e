//! `--to`: what is written in other encodings, where marks stand, and what becomes of characters that are lacking.

use std::fs::metadata;
use std::os::unix::fs::MetadataExt;

use pipelines::{
    Codec, Folder, generated_json_lines, generated_text, has_program, no_failures, same_in_every_way, shell,
    tool,
};

const TEXT: &str = "naïve café\nсало\nدریچه می\u{200C}ماند\n川は砂利\n\u{1F600}"; // ZWNJ

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn unicode_in_every_width_and_order() {
    let utf16 = |bytes_of: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(bytes_of).collect::<Vec<_>>();
    let utf32 =
        |bytes_of: fn(u32) -> [u8; 4]| TEXT.chars().map(u32::from).flat_map(bytes_of).collect::<Vec<_>>();
    for (args, mark, body) in [
        (&["utf-16"][..], &b"\xFF\xFE"[..], utf16(u16::to_le_bytes)),
        (&["utf-16", "--no-bom"], b"", utf16(u16::to_le_bytes)),
        (&["UTF-16LE"], b"", utf16(u16::to_le_bytes)),
        (&["utf-16le", "--bom"], b"\xFF\xFE", utf16(u16::to_le_bytes)),
        (&["utf-16be"], b"", utf16(u16::to_be_bytes)),
        (&["utf-16be", "--bom"], b"\xFE\xFF", utf16(u16::to_be_bytes)),
        (&["utf-32"], b"\xFF\xFE\0\0", utf32(u32::to_le_bytes)),
        (&["utf-32be", "--no-bom", "--bom"], b"\0\0\xFE\xFF", utf32(u32::to_be_bytes)),
        (&["utf-8"], b"", TEXT.as_bytes().to_vec()),
        (&["utf-8", "--bom"], b"\xEF\xBB\xBF", TEXT.as_bytes().to_vec()),
        (&["utf-8", "--bom", "--no-bom"], b"", TEXT.as_bytes().to_vec()),
    ] {
        let run = tool("normalize").args(["--to"]).args(args).input(TEXT).run();
        run.is(0, [mark, &body[..]].concat(), &[]);
        let back = tool("normalize").args(["--encoding", args[0]]).input(run.out).run();
        back.is(0, TEXT, &[]);
    }
}

#[test]
fn iconv_writes_the_same() {
    if !has_program("iconv") {
        return;
    }
    let folder = Folder::new();
    for (label, text) in [
        ("UTF-16", TEXT),
        ("UTF-16LE", TEXT),
        ("UTF-16BE", TEXT),
        ("UTF-32", TEXT),
        ("UTF-32BE", TEXT),
        ("WINDOWS-1256", "پیچك، چاپ؟ café \u{200C}\n".trim_start_matches("پی")), // ZWNJ
        ("WINDOWS-1251", "Река моет гравий — «золото» №5\n"),
        ("WINDOWS-1252", "Le café coûte 3 € – n’est-ce pas ?\n"),
        ("KOI8-R", "Река моет гравий\n"),
        ("SHIFT_JIS", "川は砂利を洗い、金を残す。ｶﾀｶﾅ\n"),
        ("EUC-JP", "川は砂利を洗い、金を残す。カタカナ\n"),
        ("ISO-2022-JP", "川は砂利\n洗い abc 金\n"),
        ("GB18030", "河水从山上流下来\u{1F600} é\n"),
        ("BIG5", "河水沖洗砂石，留下黃金。\n"),
        ("EUC-KR", "강은 자갈을 씻고 금을 남긴다.\n"),
    ] {
        folder.write("text", text);
        let wanted = shell(&format!("iconv -f UTF-8 -t {label} text")).within(folder.path()).run();
        assert_eq!(wanted.status, Some(0), "{label}: {}", wanted.err);
        tool("normalize").args(["--to", label, "text"]).within(folder.path()).run().is(0, wanted.out, &[]);
    }
}

#[test]
fn each_output_has_its_own_mark() {
    let folder = Folder::new();
    folder.write("in/a", "á\n");
    folder.write("in/b", "b");
    folder.write("in/empty", "");
    folder.write("in/mark", "\u{FEFF}"); // BOM
    let marked = |text: &str| utf16le(&format!("\u{FEFF}{text}"));
    let run =
        |args: &[&str]| tool("normalize").args(["--to", "utf-16"]).args(args).within(folder.path()).run();

    run(&["-r", "in", "-d", "out"]).is(0, "", &[]);
    assert_eq!(folder.read("out/a"), marked("á\n"));
    assert_eq!(folder.read("out/b"), marked("b"));
    assert_eq!(folder.read("out/empty"), b"", "nothing has no mark");
    assert_eq!(folder.read("out/mark"), b"");

    run(&["in/empty", "in/b", "in/empty", "in/a"]).is(0, marked("b\ná\n"), &[]);
    run(&["in/b", "in/a", "-o", "one"]).is(0, "", &[]);
    assert_eq!(folder.read("one"), marked("b\ná\n"));
    run(&["in/empty"]).is(0, "", &[]);
    run(&["in/b", "-o", "one.gz"]).is(0, "", &[]);
    tool("normalize").input(folder.read("one.gz")).run().is(0, "b", &[]);
}

#[test]
fn record_ends_have_the_width_of_the_encoding() {
    let run = |args: &[&str], input: &str| {
        tool("normalize").args(["--to", "utf-16be"]).args(args).input(input).run().out
    };
    assert_eq!(run(&["-z"], "a\0é\0"), b"\0a\0\0\0\xE9\0\0");
    assert_eq!(run(&["--newlines", "crlf"], "a\n"), b"\0a\0\r\0\n");
    assert_eq!(run(&["--paragraphs"], "a\n\n\nb\n\n"), b"\0a\0\n\0\n\0\n\0b\0\n\0\n");
    assert_eq!(run(&["--whole"], "a\r\nb"), b"\0a\0\n\0b");
    let tokens = tool("tokenize").args(["--to", "utf-16be"]).input("a b\n").run();
    tokens.is(0, b"\0a\0 \0b\0\n", &[]);
    // What is supplied between two inputs, too.
    let folder = Folder::new();
    folder.write("a", "é");
    folder.write("b", "è");
    for (args, end) in [(&["-z"][..], b"\0\0"), (&[], b"\0\n")] {
        let run =
            tool("normalize").args(["--to", "utf-16be", "a", "b"]).args(args).within(folder.path()).run();
        run.is(0, [&b"\0\xE9"[..], end, b"\0\xE8"].concat(), &[]);
    }
}

#[test]
fn what_is_lacking_fails_unless_told_otherwise() {
    let input = "café\nab ی\u{1F600}\nend\n";
    let run = |args: &[&str]| tool("normalize").args(["--to", "windows-1252"]).args(args).input(input).run();
    run(&[]).is(
        2,
        b"caf\xE9\nend\n",
        &["normalize: -: record 2 (byte 6): U+06CC (character 4) is not in windows-1252; the record is left out"],
    );
    for (policy, wanted, said) in [
        ("replace", &b"ab ??\n"[..], "2 characters in 1 records that windows-1252 lacks, replaced"),
        ("html", b"ab &#1740;&#128512;\n", "written as HTML character references"),
        ("escape", b"ab \\u{6CC}\\u{1F600}\n", "written as escapes"),
        ("drop", b"ab \n", "left out"),
        ("skip", b"", "left out with their records"),
    ] {
        let wanted = [&b"caf\xE9\n"[..], wanted, b"end\n"].concat();
        let args = ["--unencodable", policy];
        run(&args).is(0, &wanted, &["-: record 2 (byte 6): U+06CC is the first of", said]);
        tool("normalize").args(["-q", "--to", "windows-1252"]).args(args).input(input).run().is(
            0,
            wanted,
            &[],
        );
    }
    // ASCII is ASCII, whatever the web takes it for.
    tool("normalize").args(["--to", "ascii", "--unencodable", "html"]).input("é\n").run().is(
        0,
        "&#233;\n",
        &["US-ASCII lacks"],
    );
}

#[test]
fn the_report_counts_what_is_lacking() {
    let folder = Folder::new();
    folder.write("a", "é\n");
    folder.write("b", "ok\nx ی ی\nok\nی\n");
    let report = |policy: &str| -> serde_json::Value {
        let args = ["--to", "ascii", "--unencodable", policy, "--report", "report", "-q", "a", "b"];
        tool("tokenize").args(args).within(folder.path()).run();
        serde_json::from_slice(&folder.read("report")).expect("a report")
    };
    for (policy, written, changed) in [("fail", 2, 0), ("skip", 2, 0), ("html", 5, 3), ("drop", 5, 3)] {
        let report = report(policy);
        let wanted = serde_json::json!({
            "characters": 4, "records": 3,
            "first": { "operand": "a", "record": 1, "byte": 0, "character": "U+00E9" },
        });
        assert_eq!(report["unencodable"], wanted, "{policy}");
        assert_eq!(report["records"]["written"], written, "{policy}");
        assert_eq!(report["records"]["changed"], changed, "{policy}");
        let place = match policy {
            "fail" => "/records/failed/unencodable",
            "skip" => "/records/dropped/unencodable",
            _ => continue,
        };
        assert_eq!(report.pointer(place), Some(&serde_json::json!(3)), "{policy}");
    }
    let args = ["--report", "report", "a"];
    tool("normalize").args(args).within(folder.path()).run().is(0, "é\n", &[]);
    let report: serde_json::Value = serde_json::from_slice(&folder.read("report")).expect("a report");
    assert_eq!(report.get("unencodable"), None, "UTF-8 lacks nothing");
}

#[test]
fn json_lines_lose_nothing_in_ascii() {
    let input = "{\"text\":\"e\u{301} ی\u{1F600}\",\"é\":[1]}\n";
    let args = ["--jsonl", "--to", "ascii", "--unencodable", "escape", "-q"];
    tool("normalize").args(args).input(input).run().is(
        0,
        "{\"text\":\"\\u00e9 \\u06cc\\ud83d\\ude00\",\"\\u00e9\":[1]}\n",
        &[],
    );
    // Lines that are no JSON pass under the same policies as the others.
    let args = ["--jsonl", "--malformed", "pass", "--to", "ascii"];
    tool("normalize").args(args).input("{\"text\":\"a\"}\nné\n").run().is(
        2,
        "{\"text\":\"a\"}\n",
        &["-: byte 13: U+00E9 (character 2) is not in US-ASCII"],
    );
}

#[test]
fn ill_formed_bytes_are_replacement_characters() {
    let run = |args: &[&str]| tool("normalize").args(args).input(b"a\xFF\nb\n".to_vec()).run();
    run(&["--to", "utf-16be"]).is(0, b"\0a\xFF\xFD\0\n\0b\0\n", &["replaced by U+FFFD"]);
    run(&["--to", "utf-16be", "--invalid", "keep"]).is(0, b"\0a\xFF\xFD\0\n\0b\0\n", &["taken for U+FFFD"]);
    run(&["--to", "koi8-r", "--invalid", "keep"]).is(2, b"b\n", &["U+FFFD (character 2) is not in KOI8-R"]);
    run(&["--to", "utf-8", "--bom", "--invalid", "keep"]).is(0, b"\xEF\xBB\xBFa\xFF\nb\n", &["kept"]);
}

#[test]
fn every_byte_of_a_single_byte_encoding_comes_back() {
    let labels = [
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
        "windows-874",
        "iso-8859-2",
        "iso-8859-3",
        "iso-8859-4",
        "iso-8859-5",
        "iso-8859-6",
        "iso-8859-7",
        "iso-8859-8",
        "iso-8859-8-i",
        "iso-8859-10",
        "iso-8859-13",
        "iso-8859-14",
        "iso-8859-15",
        "iso-8859-16",
        "koi8-r",
        "koi8-u",
        "ibm866",
        "macintosh",
        "x-mac-cyrillic",
        "x-user-defined",
    ];
    // Each byte a record, and what means nothing is left out on the way.
    let bytes: Vec<u8> =
        (0..=0xFF).filter(|byte| !b"\n\r".contains(byte)).flat_map(|byte| [byte, b'\n']).collect();
    for label in labels {
        let args = ["--encoding", label, "--form", "none", "--newlines", "keep", "--invalid", "skip", "-q"];
        let utf8 = tool("normalize").args(args).input(bytes.clone()).run();
        let back = tool("normalize").args(args).args(["--to", label]).input(bytes.clone()).run();
        assert_eq!((back.status, back.err.as_str()), (Some(0), ""), "{label}");
        assert!(back.out.len() > 400, "{label}: {} bytes", back.out.len());
        let mut rest = bytes.chunks(2);
        assert!(back.out.chunks(2).all(|line| rest.any(|original| original == line)), "{label}: other bytes");
        let again = tool("normalize").args(args).input(back.out).run();
        assert!(again.out == utf8.out, "{label}: another text");
    }
}

#[test]
fn in_place_a_file_changes_if_its_bytes_do() {
    let folder = Folder::new();
    let state = |name: &str| {
        let metadata = metadata(folder.path().join(name)).expect("it is there");
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
    };
    for (label, text, args) in [
        ("utf-16", "e\u{301} ی\n", &[][..]),
        ("utf-16be", "e\u{301} ی\n", &["--bom"]),
        ("utf-8", "e\u{301} ی\n", &["--bom"]),
        ("windows-1256", "e\u{301} پژ\n", &["--encoding", "windows-1256"]),
        ("shift_jis", "川は砂利\r\n", &["--encoding", "shift_jis"]),
        ("iso-2022-jp", "川は砂利\r\n", &["--encoding", "iso-2022-jp"]),
    ] {
        folder.write("page", text);
        folder.write("ascii", "abc\n");
        folder.write("empty", "");
        let before = (state("ascii"), state("empty"));
        let to = ["-i", "--to", label];
        let first: &[&str] = if args == ["--bom"] { args } else { &[] };
        let run = tool("normalize").args(to).args(first).args(["page", "ascii", "empty"]);
        run.within(folder.path()).run().is(0, "", &[]);
        let wanted = tool("normalize").args(["--to", label]).args(first).input(text).run().out;
        assert_eq!(folder.read("page"), wanted, "{label}");
        assert_ne!(wanted, text.as_bytes(), "{label}");
        let is_same = !label.starts_with("utf");
        assert_eq!((state("ascii"), state("empty")) == before, is_same, "{label}");
        // Again: nothing is left to do.
        let before = (state("page"), state("ascii"), state("empty"));
        let run = tool("normalize").args(to).args(args).args(["page", "ascii", "empty"]);
        run.within(folder.path()).run().is(0, "", &[]);
        assert_eq!((state("page"), state("ascii"), state("empty")), before, "{label}");
    }
}

#[test]
fn in_place_compressed_files_are_compared_by_what_they_hold() {
    let folder = Folder::new();
    for codec in [Codec::Gzip, Codec::Zstd] {
        folder.write("page", codec.compress(&utf16le("\u{FEFF}é\n")));
        let before = folder.read("page");
        let run =
            |args: &[&str]| tool("normalize").args(["-i", "page"]).args(args).within(folder.path()).run();
        run(&["--to", "utf-16"]).is(0, "", &[]);
        assert_eq!(folder.read("page"), before, "{codec:?}");
        run(&["--to", "utf-16be"]).is(0, "", &[]);
        tool("normalize").args(["--encoding", "utf-16be"]).input(folder.read("page")).run().is(0, "é\n", &[]);
        // Half a unit at the end is a change, though the text of before has what stands for it.
        folder.write("page", codec.compress(b"\xFF\xFEa\0\xFD"));
        run(&["--to", "utf-16", "-q"]).is(0, "", &[]);
        tool("normalize").input(folder.read("page")).run().is(0, "a\u{FFFD}", &[]);
    }
}

#[test]
fn in_place_a_record_that_fails_saves_its_file() {
    let folder = Folder::new();
    folder.write("page", "é\nی\n");
    let run = |args: &[&str]| {
        tool("normalize").args(["-i", "--to", "windows-1252", "page"]).args(args).within(folder.path()).run()
    };
    run(&[]).is(2, "", &["page: record 2", "U+06CC"]);
    assert_eq!(folder.read("page"), "é\nی\n".as_bytes());
    // So does a second time in an encoding that the first one did not leave.
    run(&["--unencodable", "skip"]).is(0, "", &["left out"]);
    assert_eq!(folder.read("page"), b"\xE9\n");
    run(&[]).is(2, "", &["U+FFFD"]);
    assert_eq!(folder.read("page"), b"\xE9\n");
}

#[test]
fn what_cannot_be_asked_for() {
    let run = |args: &[&str]| tool("normalize").args(args).input("a\n").run();
    run(&["--to", "utf-9"]).is(2, "", &["--to", "did you mean utf-8, utf-16 or utf-32?"]);
    run(&["--to", "widows-1256"]).is(2, "", &["did you mean windows-1256"]);
    run(&["--to", "iso-2022-kr"]).is(2, "", &["no encoder", "did you mean euc-kr?"]);
    run(&["--to", "auto"]).is(2, "", &["unknown encoding \"auto\""]);
    run(&["--to", "big5", "--bom"]).is(2, "", &["Big5 has no byte order mark"]);
    run(&["--to", "utf-16", "--oversize", "pass"]).is(2, "", &["--oversize pass"]);
    run(&["--to", "utf-16", "--check"]).is(2, "", &["--to"]);
    run(&["--to", "utf-8", "--oversize", "pass"]).is(0, "a\n", &[]);
}

#[test]
fn the_same_for_any_work() {
    let text = generated_text(17, 6_000);
    let lines = generated_json_lines(18, 60);
    let mut failures = Vec::new();
    let mut check = |name: &str, args: &[&str], bytes: &[u8]| {
        let files: [(&str, &[u8]); 3] = [("a", bytes), ("b", b"no end \xC3\xA9"), ("c", bytes)];
        failures.extend(same_in_every_way(name, args, &files).err());
    };
    check("normalize", &["--to", "utf-16"], &text);
    check("normalize", &["--to", "utf-32be", "-z", "--invalid", "keep"], &text);
    check("normalize", &["--to", "iso-2022-jp", "--unencodable", "drop"], &text);
    check("normalize", &["--to", "windows-1256"], &text);
    check("normalize", &["--to", "shift_jis", "--unencodable", "html", "--paragraphs"], &text);
    check(
        "normalize",
        &["--to", "ascii", "--unencodable", "escape", "--jsonl", "--malformed", "pass"],
        &lines,
    );
    check("tokenize", &["--to", "gb18030", "--bom", "--unencodable", "skip", "--no-bom"], &text);
    no_failures(&failures);
}
