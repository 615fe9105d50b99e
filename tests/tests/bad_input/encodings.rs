//! Encodings: byte order marks, halves of UTF-16 and UTF-32, legacy bytes, labels that nobody knows.

use pipelines::{Folder, tool};

const TEXT: &str = "naïve\n\u{1F469}\u{200D}\u{1F467} می\u{200C}دهد\n"; // ZWJ, ZWNJ

fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes_of).collect()
}

fn utf32(text: &str, bytes_of: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().map(u32::from).flat_map(bytes_of).collect()
}

#[test]
fn a_byte_order_mark_decides_and_is_no_text() {
    let marked = format!("\u{FEFF}{TEXT}"); // BOM
    for bytes in [
        marked.clone().into_bytes(),
        utf16(&marked, u16::to_le_bytes),
        utf16(&marked, u16::to_be_bytes),
        utf32(&marked, u32::to_le_bytes),
        utf32(&marked, u32::to_be_bytes),
    ] {
        for chunk in ["1", "5", "256K"] {
            let args = ["--chunk-size", chunk, "--encoding", "windows-1256"];
            tool("normalize").args(args).input(bytes.clone()).run().is(0, TEXT, &[]);
            tool("dedupe").args(args).input(bytes.clone()).run().is(0, TEXT, &[]);
        }
    }
}

#[test]
fn nothing_but_a_mark_is_nothing() {
    for mark in [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF", b"\xFF\xFE\0\0", b"\0\0\xFE\xFF"] {
        tool("normalize").input(mark).run().is(0, "", &[]);
        tool("stats").args(["-mc", "--tsv"]).input(mark).run().is(
            0,
            format!("chars\t0\nbytes\t{}\n", mark.len()),
            &[],
        );
    }
}

#[test]
fn a_mark_is_one_only_at_the_start_of_a_file() {
    let folder = Folder::new();
    folder.write("one", "\u{FEFF}a\u{FEFF}b"); // BOM, ZWNBSP
    folder.write("two", "\u{FEFF}c\n\u{FEFF}d\n");
    let run = tool("normalize").args(["--controls", "keep", "one", "two"]).within(folder.path()).run();
    run.is(0, "a\u{FEFF}b\nc\n\u{FEFF}d\n", &[]);
}

#[test]
fn less_than_a_mark_is_text() {
    tool("normalize").args(["--invalid", "keep"]).input("\u{FEFF}".as_bytes()[..2].to_vec()).run().is(
        0,
        b"\xEF\xBB",
        &["-: record 1 (byte 0)"],
    );
    tool("normalize").args(["--controls", "keep"]).input("\0\0").run().is(0, "\0\0", &[]);
}

#[test]
fn lone_surrogates_of_utf_16_are_ill_formed() {
    let units = |units: &[u16]| -> Vec<u8> { units.iter().flat_map(|unit| unit.to_le_bytes()).collect() };
    let (a, end) = (u16::from(b'a'), u16::from(b'\n'));
    for (record, repaired) in [
        (vec![a, 0xD83D, a], "a\u{FFFD}a"),
        (vec![a, 0xDC00, a], "a\u{FFFD}a"),
        (vec![0xD83D, 0xD83D, 0xDC69], "\u{FFFD}\u{1F469}"),
        (vec![0xDC69, 0xD83D], "\u{FFFD}\u{FFFD}"),
    ] {
        let input = [units(&[0xFEFF]), units(&record), units(&[end, a, end])].concat();
        let run = |policy| tool("normalize").args(["--invalid", policy]).input(input.clone()).run();
        run("replace").is(0, format!("{repaired}\na\n"), &["-: record 1 (byte "]);
        run("fail").is(2, "a\n", &["-: record 1 (byte ", "ill-formed"]);
        run("skip").is(0, "a\n", &["left out"]);
    }
}

#[test]
fn half_a_unit_at_the_end_is_ill_formed() {
    let mut utf16 = utf16("\u{FEFF}a\nb", u16::to_le_bytes); // BOM
    utf16.push(0);
    tool("normalize").input(utf16).run().is(0, "a\nb\u{FFFD}", &["-: record 2 (byte 6)"]);
    let mut utf32 = utf32("\u{FEFF}a\nb", u32::to_be_bytes);
    utf32.extend_from_slice(&[0, 0, 0]);
    tool("normalize").input(utf32).run().is(0, "a\nb\u{FFFD}", &["-: record 2 (byte 12)"]);
}

#[test]
fn no_scalar_value_in_utf_32_is_ill_formed() {
    for number in [0xD800u32, 0xDFFF, 0x11_0000, u32::MAX] {
        let input = [0xFEFF, u32::from('a'), number, u32::from('\n')].map(u32::to_le_bytes).concat();
        tool("normalize").input(input).run().is(0, "a\u{FFFD}\n", &["-: record 1 (byte 4)"]);
    }
}

#[test]
fn legacy_encodings_have_bytes_that_mean_nothing() {
    let run = |policy| {
        let args = ["--encoding", "shift_jis", "--invalid", policy];
        tool("normalize").args(args).input(b"\x83\x7E\n\x85\xFF\nb\n".to_vec()).run()
    };
    run("replace").is(0, "ミ\n\u{FFFD}\nb\n", &["-: record 2 (byte 3)"]);
    run("fail").is(2, "ミ\nb\n", &["-: record 2 (byte 3)", "ill-formed"]);
    run("skip").is(0, "ミ\nb\n", &["left out"]);
}

#[test]
fn an_unknown_encoding_is_a_usage_error() {
    for label in ["utf8000", "", "UTF-7"] {
        tool("normalize").args(["--encoding", label]).input("a\n").run().is(2, "", &["--encoding"]);
    }
}

#[test]
fn detection_survives_bytes_of_any_kind() {
    for bytes in [&b""[..], b"\xFF", b"\0\0\0", b"\x1B$B", b"\xE9t\xE9\n", &[0x80; 300]] {
        let run = tool("normalize").args(["--encoding", "auto", "-q"]).input(bytes).run();
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{bytes:?}");
        assert!(String::from_utf8(run.out).is_ok(), "{bytes:?}");
    }
}
