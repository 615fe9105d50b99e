//! Unicode's own test of the forms through the binary, however the stream is cut, and texts that are hard on them.

use std::path::Path;
use std::time::{Duration, Instant};

use pipelines::{Folder, tool};

use crate::said::{done, made};

/// The columns of NormalizationTest.txt: source, NFC, NFD, NFKC, NFKD.
fn official() -> Vec<[String; 5]> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/unicode/tests/data/NormalizationTest.txt");
    let text = std::fs::read_to_string(path).expect("the test of Unicode");
    let lines = text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_hexdigit()));
    let column = |field: &str| {
        let code = |word| u32::from_str_radix(word, 16).ok().and_then(char::from_u32).expect("a code point");
        field.split(' ').map(code).collect::<String>()
    };
    let row = |line: &str| {
        let columns: Vec<String> = line.split(';').take(5).map(column).collect();
        <[String; 5]>::try_from(columns).expect("five columns")
    };
    lines.map(row).collect()
}

/// What each form makes of the columns: the second of NFC and so on; canonical forms keep the last two apart.
const FORMS: [(&str, [usize; 5]); 4] =
    [("nfc", [1, 1, 1, 3, 3]), ("nfd", [2, 2, 2, 4, 4]), ("nfkc", [3; 5]), ("nfkd", [4; 5])];

/// Some columns of every row, each on a line of its own.
fn lines(rows: &[[String; 5]], columns: [usize; 5]) -> String {
    let line = |text: &String| text.clone() + "\n";
    rows.iter().flat_map(|row| columns.map(|column| line(&row[column]))).collect()
}

#[test]
fn the_official_test_holds() {
    let rows = official();
    assert!(rows.len() > 19_000, "{} rows", rows.len());
    let folder = Folder::new();
    folder.write("in", lines(&rows, [0, 1, 2, 3, 4]));
    for (form, columns) in FORMS {
        let wanted = lines(&rows, columns);
        let out = done(folder.path(), &["--form", form, "in"]);
        let first = out.text().lines().zip(wanted.lines()).position(|(one, other)| one != other);
        assert!(out.out == wanted.as_bytes(), "{form}: line {first:?} differs");
        folder.write(form, wanted);
        tool("normalize").args(["--form", form, "--check", form]).within(folder.path()).run().is(0, "", &[]);
    }
}

/// As lines, as one record and as JSON, in chunks that end at every byte of a record in turn.
#[test]
fn where_the_stream_is_cut_makes_no_difference() {
    let rows: Vec<[String; 5]> = official().into_iter().step_by(97).collect();
    let folder = Folder::new();
    folder.write("in", lines(&rows, [0, 1, 2, 3, 4]));
    for (form, columns) in FORMS {
        let wanted = lines(&rows, columns);
        for size in (1..=24).chain([61, 64, 127, 1021]) {
            let size = size.to_string();
            let threads = if size.len() == 2 { "-j2" } else { "-j1" };
            let out = done(folder.path(), &["--form", form, threads, "--chunk-size", &size, "in"]);
            assert!(out.out == wanted.as_bytes(), "{form} {threads} --chunk-size {size}");
        }
        for size in ["1", "3", "4K"] {
            let out = done(folder.path(), &["--form", form, "--whole", "--chunk-size", size, "in"]);
            assert!(out.out == wanted.as_bytes(), "{form} --whole --chunk-size {size}");
        }
    }
}

#[test]
fn every_cut_of_a_sequence_in_two_files_is_its_own_text() {
    // A record ends with its file: what could compose across it does not.
    let folder = Folder::new();
    let text = "e\u{301}\u{323}a\u{308}";
    for cut in text.char_indices().map(|(at, _)| at).skip(1) {
        folder.write("a", &text[..cut]);
        folder.write("b", &text[cut..]);
        let out = done(folder.path(), &["--form", "nfc", "a", "b"]).text();
        let each = ["a", "b"].map(|name| done(folder.path(), &["--form", "nfc", name]).text());
        assert_eq!(out, each.join("\n"), "{cut}");
    }
}

/// A base with marks of two classes in turn, and what the canonical order makes of them.
fn marks(count: usize) -> [String; 3] {
    let (below, above) = ('\u{316}', '\u{301}'); // classes 220 and 230
    let given = "a".to_owned() + &[above, below].iter().collect::<String>().repeat(count / 2);
    let sorted = below.to_string().repeat(count / 2);
    let decomposed = format!("a{sorted}{}", above.to_string().repeat(count / 2));
    let composed = format!("á{sorted}{}", above.to_string().repeat(count / 2 - 1));
    [given, composed, decomposed]
}

#[track_caller]
fn marks_are_sorted(count: usize, times: usize, limit: Duration) {
    let folder = Folder::new();
    let [given, composed, decomposed] = marks(count).map(|text| text.repeat(times) + "\n");
    folder.write("in", given);
    for (form, wanted) in
        [("nfc", &composed), ("nfd", &decomposed), ("nfkc", &composed), ("nfkd", &decomposed)]
    {
        let start = Instant::now();
        let out = done(folder.path(), &["--form", form, "in"]);
        let time = start.elapsed();
        println!("{form}, {times} times {count} marks: {time:?}");
        assert!(out.out == wanted.as_bytes(), "{form}, {times} times {count} marks");
        // In the square of their number they would take minutes.
        assert!(time < limit, "{form}, {times} times {count} marks: {time:?}");
    }
}

#[test]
fn many_marks_on_a_letter_take_no_longer_than_many_letters() {
    marks_are_sorted(10_000, 50, Duration::from_secs(30));
    marks_are_sorted(500_000, 1, Duration::from_secs(30));
}

#[test]
#[ignore = "50 MB of one combining sequence: make test-large"]
fn fifty_megabytes_of_one_sequence_are_sorted() {
    marks_are_sorted(25_000_000, 1, Duration::from_secs(60));
}

/// Everything at once on a long run of what each step looks for.
#[test]
fn long_runs_of_one_character_are_no_trouble() {
    let folder = Folder::new();
    for text in
        ["\u{200C}", "\u{202A}", "\u{A0}", "“", "—", "\u{FE0F}", "\u{64B}", "۱", "&lt;", "<", "-", "ا\u{653}"]
    {
        folder.write("in", text.repeat(120_000 / text.len()) + "\n");
        for args in [
            &["--preset", "web"][..],
            &["--preset", "search"],
            &["--preset", "nmt_nfkc"],
            &["--tags", "strip", "--entities", "once", "--quotes", "fa", "--dashes", "en", "--width", "fold"],
        ] {
            let start = Instant::now();
            let once = done(folder.path(), args_and_in(args).as_slice());
            assert!(start.elapsed() < Duration::from_secs(20), "{text:?} {args:?}: {:?}", start.elapsed());
            assert!(once.out.len() <= 4 * 120_000, "{text:?} {args:?}");
        }
    }
}

fn args_and_in<'a>(args: &[&'a str]) -> Vec<&'a str> {
    args.iter().copied().chain(["in"]).collect()
}

#[test]
fn case_follows_the_language() {
    for (args, text, wanted) in [
        (&["--case", "lower"][..], "ΟΔΟΣ Σ İI", "οδος σ i\u{307}i"),
        (&["--case", "lower", "--locale", "tr"], "İI", "iı"),
        (&["--case", "upper", "--lang", "tr"], "iı", "İI"),
        (&["--case", "upper"], "straße ﬁ ŉ", "STRASSE FI ʼN"),
        (&["--case", "upper", "--locale", "el"], "Μαΐου", "ΜΑΪΟΥ"),
        (&["--case", "lower", "--locale", "lt"], "Ì", "i\u{307}\u{300}"),
        (&["--case", "fold"], "Straße ΣΑΣ", "strasse σασ"),
        (&["--case", "fold", "--locale", "az"], "Iİ", "ıi"),
    ] {
        assert_eq!(made(args, format!("{text}\n")), format!("{wanted}\n"), "{args:?}");
    }
}

#[test]
fn kinds_of_compatibility_are_kept_or_taken_alone() {
    for (args, text, wanted) in [
        (&["--form", "nfkc"][..], "x² ½ ﬁ Ａ ①", "x2 1⁄2 fi A 1"),
        (&["--form", "nfkc", "--nfkc-keep", "super,fraction"], "x² ½ ﬁ Ａ ①", "x² ½ fi A 1"),
        (&["--form", "nfkd", "--nfkc-keep=wide,circle"], "x² Ａ ① é", "x2 Ａ ① e\u{301}"),
        (&["--form", "nfkc", "--nfkc-keep=nobreak,phrase,spacing"], "\u{A0}\u{FDFA}´", "\u{A0}\u{FDFA}´"),
        (&["--presentation-forms"], "\u{FEFB} ﬁ \u{FDFA}", "لا ﬁ \u{FDFA}"),
        (&["--presentation-forms", "--form", "nfd"], "\u{FEF5}é", "لا\u{653}e\u{301}"),
    ] {
        assert_eq!(made(args, format!("{text}\n")), format!("{wanted}\n"), "{args:?}");
    }
}
