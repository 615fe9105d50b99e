//! `stats --wc` writes what GNU wc writes in the C.UTF-8 locale.

use std::fmt::Write;
use std::path::Path;

use pipelines::{
    Folder, Generator, Texts, generated_text, has_program, same_for_any_work, shell, skipped, tool,
};

/// The one whose counts are meant; later ones count otherwise.
const VERSION: &str = "wc (GNU coreutils) 9.1";

/// Code points in a file.
const CODES: u32 = 512;

fn has_wc() -> bool {
    if !has_program("wc") {
        return false;
    }
    let version = shell("wc --version | head -n 1").run().text();
    if version.trim_end() != VERSION {
        skipped(&format!("{} is not {VERSION}", version.trim_end()));
    }
    version.trim_end() == VERSION
}

/// Both say the same of the same operands; trouble is 1 to wc and 2 to us. `COUNT` stands for the program in a script.
#[track_caller]
fn agrees(folder: &Path, script: &str) {
    let theirs =
        shell(&format!("export LC_ALL=C.UTF-8; {}", script.replace("COUNT", "wc"))).within(folder).run();
    for flags in ["-j1", "-j3"] {
        let ours = shell(&script.replace("COUNT", &format!("stats --wc {flags}"))).within(folder).run();
        let difference = pipelines::difference(script, &theirs.out, &ours.out);
        assert_eq!(difference, "", "{flags}: {}", ours.err);
        assert_eq!(ours.status, theirs.status.map(|status| 2 * status), "{script}: {}", ours.err);
        assert_eq!(ours.err.is_empty(), theirs.err.is_empty(), "{script}: {} and {}", ours.err, theirs.err);
    }
}

/// A list of names for `--files0-from`.
fn list(folder: &Folder, names: &[String]) {
    folder.write("list", names.join("\0"));
}

/// Bytes of a code point as the first UTF-8 had it: surrogates too, and up to six bytes.
fn encoded(code: u32) -> Vec<u8> {
    let tail =
        [0x80, 0x800, 0x1_0000, 0x20_0000, 0x400_0000].iter().take_while(|&&least| code >= least).count();
    if tail == 0 {
        return vec![code as u8];
    }
    let lead = (0xFF00u32 >> (tail + 1)) as u8 | (code >> (6 * tail)) as u8;
    let rest = (0..tail).rev().map(|place| 0x80 | (code >> (6 * place) & 0x3F) as u8);
    std::iter::once(lead).chain(rest).collect()
}

#[test]
fn every_code_point_counts_as_with_wc() {
    if !has_wc() {
        return;
    }
    let folder = Folder::new();
    let mut names = Vec::new();
    let beyond = (0x11_0000..0x8000_0000u32).step_by(1 << 24).map(|first| first..first + CODES);
    for codes in (0..0x11_0000u32).step_by(CODES as usize).map(|first| first..first + CODES).chain(beyond) {
        let characters: Vec<_> = codes.clone().map(encoded).collect();
        let apart: Vec<_> = characters
            .iter()
            .map(|character| [b" ", &character[..], b" x", character, b"x"].concat())
            .collect();
        // The width of all of them together, and what words they make.
        for (kind, text) in [("together", characters.concat()), ("apart", apart.concat())] {
            names.push(format!("{kind}-{:X}", codes.start));
            folder.write(&names[names.len() - 1], text);
        }
    }
    list(&folder, &names);
    agrees(folder.path(), "COUNT -lwmcL --files0-from=list");
}

#[test]
fn ill_formed_bytes_count_as_with_wc() {
    if !has_wc() {
        return;
    }
    let folder = Folder::new();
    let mut chance = Generator::new(8);
    let edges = b"A \n\x80\x84\x88\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xE0\xE1\xE2\xED\xEF\xF0\xF1\xF4\xF5\xF7\xF8\xFB\xFC\xFD\xFE\xFF";
    let mut names = Vec::new();
    for number in 0..300 {
        let mut text = Vec::new();
        for _ in 0..chance.below(20) {
            let length = chance.below(300);
            match chance.below(5) {
                0 => text.extend((0..length).map(|_| chance.number() as u8)),
                1 => text.extend((0..length).map(|_| chance.pick(edges))),
                2 => text.extend(
                    (0..length)
                        .flat_map(|_| encoded(chance.number() as u32 >> chance.pick(&[1, 11, 15, 20]))),
                ),
                3 => text.extend(generated_text(number, length)),
                _ => text.extend(b"plain text,\tof several words\n".repeat(1 + length / 10)),
            }
        }
        names.push(number.to_string());
        folder.write(&names[names.len() - 1], text);
    }
    list(&folder, &names);
    for flags in ["-lwmcL", "", "-w", "-L", "-mL"] {
        agrees(folder.path(), &format!("COUNT {flags} --files0-from=list"));
        agrees(folder.path(), &format!("cat {} | COUNT {flags}", names.join(" ")));
    }
}

#[test]
fn buffers_of_wc_and_of_ours_end_anywhere() {
    if !has_wc() {
        return;
    }
    let folder = Folder::new();
    // wc reads 16 KiB at a time.
    let mut names = Vec::new();
    for before in (16_384 - 8)..(16_384 + 2) {
        for (number, end) in ["日本", "a\u{3000}b", "\u{2028}x", "\u{1F600}\t"].iter().enumerate() {
            let mut text = "x ".repeat(before / 2);
            text.push_str(if before % 2 == 0 { "" } else { "y" });
            text.push_str(end);
            names.push(format!("{before}-{number}"));
            folder.write(&names[names.len() - 1], &text.as_bytes()[..text.len() - number % 3]);
        }
    }
    list(&folder, &names);
    agrees(folder.path(), "COUNT -lwmcL --files0-from=list");
    same_for_any_work("stats", &["--wc", "-lwmcL", "--files0-from=list"], folder.path()).unwrap();
}

#[test]
fn real_texts_count_as_with_wc() {
    if !has_wc() {
        return;
    }
    let texts = Texts::with_corpora();
    for flags in ["-lwmcL", "-w", "-m", ""] {
        agrees(texts.path(), &format!("COUNT {flags} {}", texts.names.join(" ")));
    }
    for name in &texts.names {
        same_for_any_work("stats", &["--wc", "-lwmcL", name], texts.path()).unwrap();
    }
}

#[test]
fn lines_are_written_as_wc_writes_them() {
    if !has_wc() {
        return;
    }
    let folder = Folder::new();
    for (name, text) in [
        ("empty", ""),
        ("one", "x"),
        ("open", "a b\nc"),
        ("tab", "a\tb\n"),
        ("a b", "1\n2\n"),
        ("two\nlines", "x\n"),
        ("it's\n\t1", "x\n"),
    ] {
        folder.write(name, text);
    }
    folder.write("large", "word ".repeat(100_000));
    folder.write("folder/inside", "x\n");
    let mut several = String::new();
    for name in ["empty", "one", "open", "tab"] {
        write!(several, "{name}\\0").unwrap();
    }
    for script in [
        "COUNT empty",
        "COUNT one",
        "COUNT -l one",
        "COUNT -c large",
        "COUNT -L tab",
        "COUNT -cmLwl open",
        "COUNT empty one open tab 'a b' large",
        "COUNT -l empty one open",
        "COUNT 'two\nlines' \"it's\n\t1\"",
        "COUNT missing",
        "COUNT missing one",
        "COUNT one missing open",
        "COUNT -l missing",
        "COUNT folder",
        "COUNT -c folder",
        "COUNT folder one",
        "COUNT folder/inside /dev/null",
        "COUNT /proc/version_signature /proc/self/limits 2> /dev/null | tail -n 1 | wc -l",
        "COUNT /proc/cmdline",
        "COUNT -c /proc/cmdline",
        "COUNT < open",
        "COUNT - < open",
        "COUNT -m < open",
        "COUNT one - < open",
        "cat open | COUNT",
        "cat open | COUNT -c",
        "cat open | COUNT -l - one",
        "cat open | COUNT - one",
        "COUNT - - < large",
        "{ head -c 3 > /dev/null; COUNT -c; } < open",
        "{ dd bs=5 count=1 2> /dev/null; COUNT -c; } < large",
        "{ dd bs=5 count=1 2> /dev/null; COUNT -w; } < large",
        "printf 'SEVERAL' > list; COUNT --files0-from=list",
        "printf 'SEVERAL' | COUNT --files0-from=-",
        "printf 'one\\0large' | COUNT -lw --files0-from=-",
        "printf one > list; COUNT --files0-from=list; COUNT -l --files0-from=list",
        "printf 'one\\0\\0open' > list; COUNT --files0-from=list",
        "printf 'one\\0-\\0open' | COUNT --files0-from=-",
        "printf 'one\\0missing\\0folder' | COUNT --files0-from=-",
        ": > list; COUNT --files0-from=list",
        "printf 'one\\0-' > list; COUNT --files0-from=list < open",
    ] {
        agrees(folder.path(), &script.replace("SEVERAL", &several));
    }
}

#[test]
fn bytes_are_counted_as_they_stand() {
    let folder = Folder::new();
    folder.write("t", "\u{FEFF}some words\n".repeat(100));
    let script = "gzip -kn t && stats --wc -c t.gz | cut -d ' ' -f 1 > ours && stat -c %s t.gz | cmp - ours";
    shell(script).within(folder.path()).run().is(0, "", &[]);
}

#[test]
fn flags_of_the_report_are_refused() {
    let folder = Folder::new();
    folder.write("t", "a b\n");
    for flag in
        ["--unit=space", "--json", "--top=3", "--jsonl", "--encoding=auto", "--partial", "--merge", "--whole"]
    {
        let outcome = tool("stats").args(["--wc", flag, "t"]).within(folder.path()).run();
        outcome.is(2, "", &["cannot be used with"]);
    }
    tool("stats").args(["-L", "t"]).within(folder.path()).run().is(2, "", &["--wc"]);
    let refused = tool("stats").args(["--wc", "t", "-o", "t"]).within(folder.path()).run();
    refused.is(2, "", &["would be read and written"]);
    assert_eq!(folder.read("t"), b"a b\n");
    tool("stats").args(["--wc", "t", "-o", "out"]).within(folder.path()).run().is(0, "", &[]);
    assert_eq!(folder.read("out"), b"1 2 4 t\n");
}
