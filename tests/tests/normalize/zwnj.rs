//! `--zwnj restore`: words come back together, others stay apart, and a model may come from a file.

use std::path::Path;

use pipelines::{Folder, same_in_every_way, seeds, skipped};

use crate::said::{done, explained, made, refused};

const RESTORE: [&str; 4] = ["--lang", "fa", "--zwnj", "restore"];

#[test]
fn parts_of_words_come_back_together() {
    let cases = [
        ("او نمیداند که کتابهای ما کجاست.", "او نمی\u{200C}داند که کتاب\u{200C}های ما کجاست."),
        ("او نمی داند که کتاب های ما کجاست.", "او نمی\u{200C}داند که کتاب\u{200C}های ما کجاست."),
        // Nothing is missing, or nobody can say.
        ("بهروز و مینا در میانه راه بودند.", "بهروز و مینا در میانه راه بودند."),
        ("قانون اساسی و حقوق بشر", "قانون اساسی و حقوق بشر"),
        ("see a.ir/میداند and @میداند", "see a.ir/میداند and @میداند"),
    ];
    for (text, wanted) in cases {
        assert_eq!(made(&RESTORE, text), wanted);
    }
    let args = [&RESTORE[..], &["--jsonl"]].concat();
    assert_eq!(made(&args, "{\"a\":1,\"text\":\"میدانم\"}\n"), "{\"a\":1,\"text\":\"می\u{200C}دانم\"}\n");
    let auto = ["--lang", "auto", "--zwnj", "restore"];
    let turkish = "Bu kitabı dün kütüphaneden aldım ama henüz okumadım, çünkü çok uzun. میداند\n";
    assert_eq!(made(&auto, turkish), turkish);
}

#[test]
fn both_ways_have_names_and_can_be_switched_off() {
    let folder = Folder::new();
    folder.write("in", "او نمی داند که چه شد.\nکتابهای ما کجاست؟\n");
    let rows = explained(&done(folder.path(), &[&RESTORE[..], &["--explain", "in"]].concat()).text());
    let told: Vec<_> =
        rows.iter().map(|row| (row.rule.as_str(), row.before.as_str(), row.after.as_str())).collect();
    assert_eq!(told, [("zwnj-join", " ", "\\u{200C}"), ("zwnj-inside", "", "\\u{200C}")]);
    let out = done(folder.path(), &[&RESTORE[..], &["--skip-rules", "zwnj-join", "in"]].concat());
    assert_eq!(out.text(), "او نمی داند که چه شد.\nکتاب\u{200C}های ما کجاست؟\n");
}

#[test]
fn confidence_is_a_dial() {
    let text: String =
        ["کتابهای ما را بردند. ", "ازینرو کارمندیابی سخت شد. ", "نیمسایه بان را دید. "].concat();
    let count = |confidence| {
        let out = made(&[&RESTORE[..], &["--confidence", confidence]].concat(), text.as_str());
        out.matches('\u{200C}').count()
    };
    let counts = ["0.01", "0.5", "0.99"].map(count);
    assert!(counts[0] >= counts[1] && counts[1] >= counts[2] && counts[0] > counts[2], "{counts:?}");
}

#[test]
fn a_model_may_come_from_a_file() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/language/data/fa/zwnj.model");
    let bytes = std::fs::read(model).expect("the model of the crate");
    let folder = Folder::new();
    folder.write("own.model", &bytes);
    folder.write("cut.model", &bytes[..bytes.len() / 2]);
    folder.write("text.model", "no model\n");
    folder.write("in", "کتابهای ما را بردند.\n");
    let with = |model| [&RESTORE[..], &["--lexicon", model, "in"]].concat();
    assert_eq!(done(folder.path(), &with("own.model")).text(), "کتاب\u{200C}های ما را بردند.\n");
    for bad in ["cut.model", "text.model", "none.model", "."] {
        let said = refused(folder.path(), &with(bad));
        assert!(said.contains(&format!("{bad}: ")), "{said}");
    }
    let said = refused(folder.path(), &[&with("own.model")[..], &["-o", "own.model"]].concat());
    assert!(said.contains("own.model: would be read and written"), "{said}");
    assert!(folder.read("own.model") == bytes);
}

#[test]
fn what_cannot_be_is_refused() {
    let folder = Folder::new();
    for (args, what) in [
        (&["--zwnj", "restore"][..], "--lang fa"),
        (&["--zwnj", "restore", "--lang", "tr"], "--lang fa"),
        (&["--zwnj", "restore", "--lang", "fa", "--confidence", "1"], "from 0.01 to 0.99"),
        (&["--lang", "fa", "--confidence", "0.5"], "--zwnj"),
        (&["--lang", "fa", "--zwnj", "keep", "--lexicon", "x"], "go with --zwnj restore"),
        (&["--lang", "fa", "--zwnj", "restore", "--lexicon", "/dev/zero"], "/dev/zero: "),
    ] {
        let said = refused(folder.path(), args);
        assert!(said.contains(what), "{args:?}: {said}");
    }
}

#[test]
fn nothing_about_the_work_changes_what_is_restored() {
    let text = "او نمیداند که کتابهای ما کجاست.\nاو می داند.\nمیروم\n\nخانه ای دارم\n".repeat(20);
    let files: [(&str, &[u8]); 2] =
        [("a", text.as_bytes()), ("b", "می\u{200C}\u{200C}روم \u{200C}".as_bytes())];
    same_in_every_way("normalize", &RESTORE, &files).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn sample_pages_are_restored() {
    let Some(folder) = seeds() else { return skipped("no seeds beside the repository") };
    let out = done(&folder, &[&RESTORE[..], &["-r", "."]].concat()).text();
    let stripped = done(&folder, &["-r", "."]).text();
    for word in ["می|دهد", "رسانه|های", "خامنه|ای", "شرکت|کنندگان", "تحریم|شده|اند"]
    {
        assert!(out.contains(&word.replace('|', "\u{200C}")), "{word}");
    }
    for kept in ["XS SM MD LG", "Read More", "س.ن", "۱۴۰۳/۰۶/۲۳", "بهروز", "جمهوری اسلامی", "سرگئی شویگو"]
    {
        assert_eq!(out.matches(kept).count(), stripped.matches(kept).count(), "{kept}");
    }
    let letters = |text: &str| text.replace(['\u{200C}', ' ', '\u{A0}', '\n'], "");
    assert!(letters(&out) == letters(&stripped), "letters changed");
    let again = made(&RESTORE, out.as_str());
    assert!(again == out, "a second run changes something");
}
