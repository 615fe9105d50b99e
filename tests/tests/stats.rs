//! What stats says, against what other tools say; parts merged equal the whole.

use pipelines::{Folder, binary, generated_text, pages, shell, tool};

fn json(place: &Folder, command: &str) -> serde_json::Value {
    let outcome = shell(command).within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{command}: {}", outcome.err);
    serde_json::from_slice(&outcome.out).expect("JSON")
}

#[test]
fn the_numbers_are_those_of_a_simple_count() {
    let place = Folder::new();
    let text = "a b a\r\nمی\u{200C}دهد e\u{301}\n\nlast";
    place.write("t", text);
    let report = json(&place, "stats --json --unit space -r t");
    assert_eq!(report["bytes"], text.len());
    assert_eq!(report["chars"], text.chars().count());
    assert_eq!(report["lines"], 3);
    assert_eq!(report["records"], 4);
    assert_eq!(report["words"], 6);
    assert_eq!(report["types"], 5);
    // CR LF is one grapheme, so is e with its accent; ZWNJ belongs to the letter before it.
    assert_eq!(report["graphemes"], text.chars().count() - 3);
    assert_eq!(report["lengths"]["record"]["histogram"], serde_json::json!([[0, 1], [4, 1], [5, 1], [9, 1]]));
    assert_eq!(report["frequency"]["top"][0]["word"], "a");
    assert_eq!(report["frequency"]["top"][0]["count"], 2);
}

#[test]
fn wc_agrees() {
    let place = Folder::new();
    // wc counts no ill-formed bytes as characters, and words by the locale's white space: plain ASCII is common ground.
    let text: Vec<u8> =
        generated_text(7, 20_000).into_iter().filter(|byte| byte.is_ascii() && *byte != 0).collect();
    place.write("t", &text);
    let wc = shell("LC_ALL=C wc -lwc < t").within(place.path()).run().text();
    let ours = shell("stats -lwc --unit space --tsv t | cut -f 2").within(place.path()).run().text();
    let numbers = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(numbers(&ours), numbers(&wc));
}

#[test]
fn parts_merged_equal_the_whole() {
    let place = Folder::new();
    for (name, seed) in [("1", 1), ("2", 2), ("3", 3)] {
        place.write(name, generated_text(seed, 30_000));
    }
    let pages = pages();
    let pages = pages.to_str().expect("a path");
    for flags in [
        "",
        "--unit space",
        "--unit grapheme",
        "-lm",
        "--paragraphs",
        "--encoding auto",
        "--dates",
        "-l --dates --lang fa",
        "--all",
        "--all --paragraphs",
        "--frequency --vocabulary --key-norm lower,fa",
        "--group-by file",
        "--group-by dir --all",
    ] {
        let whole = shell(&format!("stats -q --json {flags} -r 1 2 3 '{pages}'")).within(place.path()).run();
        assert_eq!(whole.status, Some(0), "{flags}: {}", whole.err);
        let script = format!(
            "for part in 1 2 3 '{pages}'; do stats -q --partial {flags} -r \"$part\" -o \"p.$(basename \"$part\").zst\" || exit; done
             stats --merge --json p.*"
        );
        let merged = shell(&script).within(place.path()).run();
        assert_eq!(merged.text(), whole.text(), "{flags}");
        let again =
            shell("stats --merge --partial p.* > all; stats --merge --json all").within(place.path()).run();
        assert_eq!(again.text(), whole.text(), "{flags}: merged twice");
    }
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let place = Folder::new();
    place.write("t", "a b\n");
    shell("stats --partial t > good; stats --partial --unit space t > other; head -n -1 good > short; : > empty")
        .within(place.path())
        .run()
        .is(0, "", &[]);
    for (part, what) in [
        ("other", "made with"),
        ("short", "cut short"),
        ("empty", "empty partial"),
        ("t", "not a partial"),
        ("gone", "no such file"),
    ] {
        let outcome = tool("stats").args(["--merge", "good", part]).within(place.path()).run();
        assert_eq!(outcome.status, Some(2), "{part}");
        assert!(outcome.err.contains(what) && outcome.err.contains(part), "{part}: {}", outcome.err);
        assert!(outcome.out.is_empty(), "{part}: nothing is said of what cannot be known");
    }
}

#[test]
fn memory_stays_bounded_and_changes_nothing() {
    let place = Folder::new();
    place.write("t", generated_text(11, 400_000));
    let wanted = tool("stats").args(["-q", "--json", "t"]).within(place.path()).run();
    for flags in [["-S", "64K", "-j1"], ["-S", "100K", "-j3"]] {
        let spilled = tool("stats").args(flags).args(["-q", "--json", "t"]).within(place.path()).run();
        assert_eq!(spilled.text(), wanted.text(), "{flags:?}");
    }
    assert!(binary("stats").exists());
}

/// Persian prose, a word or two of it different on each line.
fn persian_prose(lines: usize) -> String {
    let words =
        ["کتاب\u{200C}ها", "رسانه\u{200C}های", "می\u{200C}گویند", "خانه\u{200C}ای", "شرکت\u{200C}کنندگان"]; // ZWNJ
    (0..lines)
        .map(|line| format!("این {} را از مردم و در شهر بزرگ نشان می\u{200C}دهند ۱۲\n", words[line % 5]))
        .collect()
}

#[test]
fn what_upstream_did_to_persian_is_said() {
    let place = Folder::new();
    let whole = persian_prose(40);
    place.write("whole", &whole);
    place.write("stripped", whole.replace('\u{200C}', "").replace('ی', "ي").replace("۱۲", "12"));
    place.write("english", "The page that they have read was on the table for all to see.\n".repeat(20));
    let whole = json(&place, "stats --json whole");
    assert_eq!(whole["persian"]["zwnj_verdict"], "kept", "{whole:#}");
    assert_eq!(whole["persian"]["zwnj"], 80);
    let stripped = json(&place, "stats --json stripped");
    assert_eq!(stripped["persian"]["zwnj_verdict"], "stripped", "{stripped:#}");
    assert_eq!(stripped["persian"]["zwnj"], 0);
    assert_eq!(stripped["persian"]["zwnj_sample_bytes"], 8192);
    assert_eq!(
        (&stripped["persian"]["yeh"]["U+06CC"], &stripped["persian"]["digits"]["ASCII"]),
        (&0.into(), &80.into())
    );
    let table = shell("stats stripped english").within(place.path()).run().text();
    assert!(table.contains("! ZWNJ "), "{table}");
    assert!(table.contains("stripped  0 U+200C in "), "{table}");
    let tsv = shell("stats --tsv stripped english").within(place.path()).run().text();
    assert!(tsv.contains("\npersian.zwnj_verdict\tstripped\npersian.words\t"), "{tsv}");
    for other in ["stats english", "stats --json english", "stats --tsv english", "stats -w whole"] {
        let said = shell(other).within(place.path()).run().text();
        assert!(!said.contains("ersian"), "{other}: {said}");
    }
}

#[test]
fn a_diagnosis_is_the_same_for_any_work_and_any_split_at_files() {
    let place = Folder::new();
    let long = persian_prose(900);
    assert!(long.len() > 8192, "longer than what ZWNJ are looked for in");
    let files = [
        ("long", long.as_bytes()),
        ("short", "این یک متن کوتاه است که از تهران آمده است و در آن\n".as_bytes()),
    ];
    files.iter().for_each(|(name, text)| drop(place.write(name, text)));
    for frame in ["", "--whole", "--paragraphs"] {
        let wanted = shell(&format!("stats -j1 --tsv {frame} long short")).within(place.path()).run().text();
        assert!(wanted.contains("persian.zwnj\t"), "{wanted}");
        for work in ["-j1 --chunk-size 1", "-j8 --chunk-size 64", "-j2 --chunk-size 4K"] {
            let run = shell(&format!("stats {work} --tsv {frame} long short")).within(place.path()).run();
            assert_eq!(run.text(), wanted, "{work} {frame}");
        }
        let script = format!(
            "stats --partial {frame} long > 1; stats --partial {frame} short > 2; stats --merge --tsv 2 1; rm 1 2"
        );
        assert_eq!(shell(&script).within(place.path()).run().text(), wanted, "{frame}, merged");
    }
}

#[test]
fn the_sample_pages_were_stripped() {
    let Some(folder) = pipelines::seeds() else {
        return pipelines::skipped("there are no seed pages beside the repository");
    };
    let table = shell("stats -r .").within(folder).run().text();
    assert!(table.contains("stripped  0 U+200C in "), "{table}");
}

#[test]
fn dates_are_counted_by_month() {
    let place = Folder::new();
    let text = "۲ آذر ۱۴۰۳ و ۱۴۰۳/۰۹/۳۰ و 1403-12-30\n۳۰ اسفند ۱۴۰۴، ۵ آذر\n14 January 2025\n03/04/2025\nhalf a date: 1403/\n";
    place.write("t", text);
    let tsv = |flags: &str| {
        shell(&format!("stats -l --tsv --dates {flags} t | grep dates.months"))
            .within(place.path())
            .run()
            .text()
    };
    assert_eq!(
        tsv(""),
        "dates.months.count.jalali unknown-09\t1\ndates.months.count.jalali 1403-09\t2\n\
         dates.months.count.jalali 1403-12\t1\ndates.months.count.gregorian 2025-unknown\t1\n\
         dates.months.count.gregorian 2025-01\t1\n"
    );
    assert_eq!(
        tsv("--lang fa"),
        "dates.months.count.jalali unknown-09\t1\ndates.months.count.jalali 1403-09\t2\n\
         dates.months.count.jalali 1403-12\t1\ndates.months.count.gregorian 2025-04\t1\n"
    );
    assert_eq!(
        tsv("--lang en"),
        "dates.months.count.gregorian 2025-unknown\t1\ndates.months.count.gregorian 2025-01\t1\n"
    );
    let report = json(&place, "stats -l --json --dates t");
    assert_eq!(report["dates"]["months"][1], serde_json::json!({ "month": "jalali 1403-09", "count": 2 }));
    // Parts whose dates are those of other languages do not fit together.
    shell("stats --partial -l --dates t > a; stats --partial -l --dates --lang fa t > b; stats --partial -l t > c")
        .within(place.path())
        .run()
        .is(0, "", &[]);
    for parts in ["a b", "a c"] {
        assert_eq!(
            shell(&format!("stats --merge {parts}")).within(place.path()).run().status,
            Some(2),
            "{parts}"
        );
    }
}

#[test]
fn a_partial_result_does_not_tell_in_how_many_reads_its_text_came() {
    let place = Folder::new();
    place.write("composed", "a line\nanother\n");
    place.write("apart", "e\u{301}\n");
    for flags in ["--health", ""] {
        let together = format!("cat composed apart | stats --partial {flags}");
        let in_turn = format!("(cat composed; sleep 0.3; cat apart) | stats --partial {flags}");
        let [together, in_turn] =
            [together, in_turn].map(|command| shell(&command).within(place.path()).run().text());
        assert_eq!(together, in_turn, "{flags}");
    }
}
