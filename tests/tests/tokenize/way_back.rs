//! Joiner marks, and back: byte for byte, on any text.

use pipelines::{Folder, generated_text, seeds, shell, skipped};

const NASTY: &str = "Hello, (world)!  3.14\tx\u{A0}y\n\n \n  a\r\n￭ ％0020 ％FFED\u{3000}\r\r\n😀👩‍👩‍👧 می\u{200C}رود؛\u{2028}z\u{0}\u{B}\u{1C} e\u{301}";

#[test]
fn every_text_comes_back() {
    let place = Folder::new();
    place.write("nasty", NASTY);
    place.write("none", "");
    place.write("one", "\n");
    place.write("generated", generated_text(5, 60_000));
    for flags in [
        "",
        "-z",
        "--paragraphs",
        "--whole",
        "--unit sentence",
        "--unit char",
        "--unit grapheme",
        "--unit line --whole",
        "--unit paragraph --whole",
        "--unit space",
        "--lang fa",
        "--lang fa --dates",
        "--joiner=@@",
        "-j8 --chunk-size 1K",
        "--unit regex --pattern '[a-z]'",
    ] {
        for name in ["nasty", "none", "one", "generated"] {
            let is_both_ways = |flag: &&str| ["-z", "--paragraphs", "--whole", "--joiner=@@"].contains(flag);
            let back: String = flags.split(' ').filter(is_both_ways).collect();
            let joiner = if flags.contains("--joiner") { "" } else { "--joiner" };
            let script = format!(
                "tokenize --invalid keep {joiner} {flags} {name} > t && tokenize --invalid keep --detok {back} t | cmp - {name} && tokenize --invalid keep --roundtrip {flags} {name}"
            );
            let outcome = shell(&script).within(place.path()).run();
            assert_eq!(
                (outcome.status, outcome.text()),
                (Some(0), String::new()),
                "{flags} {name}: {}",
                outcome.err
            );
        }
    }
}

#[test]
fn fields_come_back() {
    let place = Folder::new();
    place.write("t", "{\"id\": 1, \"text\" : \"a,  \\n\\\"b\\\" \\u0009\"}\n");
    place.write("u", "a, b\tc  (d)\n");
    let script = "tokenize --jsonl --joiner t > x && tokenize --jsonl --detok x > y && cat y
        tokenize --field 2 --joiner u | tokenize --field 2 --detok | cmp - u";
    let outcome = shell(script).within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{}", outcome.err);
    assert_eq!(outcome.text(), "{\"id\": 1, \"text\" : \"a,  \\n\\\"b\\\" \\t\"}\n");
}

#[test]
fn a_question_is_answered_by_the_exit_status() {
    let place = Folder::new();
    place.write("t", "a, b\n");
    place.write(
        "bad",
        "a\n b\n".as_bytes().iter().map(|&byte| if byte == b' ' { 0xFF } else { byte }).collect::<Vec<_>>(),
    );
    let outcome = shell("tokenize --roundtrip t; echo $?; tokenize -q --roundtrip t bad; echo $?")
        .within(place.path())
        .run();
    let want = "0\nbad: record 2 (byte 0 of its text): does not come back\n1\n";
    assert_eq!(outcome.text(), want, "{}", outcome.err);
    let outcome =
        shell("echo 'a  & b' | tokenize --scheme moses:en --roundtrip; echo $?").within(place.path()).run();
    assert_eq!(
        outcome.text(),
        "-: record 1 (byte 2 of its text): does not come back\n1\n",
        "{}",
        outcome.err
    );
}

#[test]
fn real_pages_come_back() {
    let Some(folder) = seeds() else { return skipped("the real pages are not beside the repository") };
    let script =
        "for page in *.txt; do tokenize --joiner $page | tokenize --detok | cmp - $page || exit 1; done
        tokenize --roundtrip --lang auto --dates *.txt && tokenize --roundtrip --whole --dictionary *.txt";
    let outcome = shell(script).within(folder).run();
    assert_eq!((outcome.status, outcome.text()), (Some(0), String::new()), "{}", outcome.err);
}
