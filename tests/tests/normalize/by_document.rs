//! `--lang auto`: each document is treated in its language, or in none.

use pipelines::{Codec, Folder, same_for_any_work, same_in_every_way, tool};
use serde_json::{Value, json};

use crate::said::done;

const TURKISH: &str =
    "Ilıca ISPARTA \"söz\" dedi ve bu kitabı dün kütüphaneden aldım ama henüz okumadım, çünkü çok uzun.\n";
const ENGLISH: &str =
    "I said \"WORDS\" and the book was in THE library, but I have not read it because it is long.\n";
const GERMAN: &str =
    "Ich habe das \"Buch\" gestern aus der Bücherei geholt und noch nicht gelesen, weil es sehr lang ist.\n";
/// Too little to say anything.
const SHORT: &str = "\"OK I\"\n";

const AUTO: [&str; 6] = ["--lang", "auto", "--case", "lower", "--quotes", "lang"];

fn lowered(text: &str, [open, close]: [&str; 2], is_turkish: bool) -> String {
    let text = text.replacen('"', open, 1).replacen('"', close, 1);
    if is_turkish { text.replace('I', "ı").to_lowercase() } else { text.to_lowercase() }
}

#[test]
fn operands_are_documents() {
    let folder = Folder::new();
    for (name, text) in [("tr", TURKISH), ("en", ENGLISH), ("de", GERMAN), ("short", SHORT), ("empty", "")] {
        folder.write(name, text.repeat(3));
    }
    let args = [&AUTO[..], &["--report", "report", "tr", "en", "short", "empty", "de"]].concat();
    let out = done(folder.path(), &args).text();
    let wanted = [
        lowered(TURKISH, ["“", "”"], true),
        lowered(ENGLISH, ["“", "”"], false),
        SHORT.to_lowercase(),
        lowered(GERMAN, ["„", "“"], false),
    ];
    assert_eq!(out, wanted.map(|text| text.repeat(3)).concat());
    let report: Value = serde_json::from_slice(&folder.read("report")).expect("JSON");
    assert_eq!(report["languages"], json!({ "de": 1, "en": 1, "tr": 1, "unknown": 2 }));
    let rules = report["rules"].as_array().expect("rules");
    let languages: Vec<_> = rules.iter().map(|rule| rule["language"].as_str()).collect();
    // In the document without a language, one letter becomes lower case and nothing else happens.
    assert_eq!(languages, [None, Some("de"), Some("de"), Some("en"), Some("en"), Some("tr"), Some("tr")]);
}

#[test]
fn records_are_documents_where_the_frame_says_so() {
    let texts = [TURKISH, SHORT, GERMAN, ENGLISH].map(str::trim_end);
    let lines: String = texts.iter().map(|text| json!({ "text": text }).to_string() + "\n").collect();
    let out = tool("normalize").args(AUTO).args(["--jsonl"]).input(lines).run();
    let found: Vec<Value> =
        out.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let wanted = [
        lowered(texts[0], ["“", "”"], true),
        texts[1].to_lowercase(),
        lowered(texts[2], ["„", "“"], false),
        lowered(texts[3], ["“", "”"], false),
    ];
    let paragraphs = texts.join("\n\n") + "\n";
    let out = tool("normalize").args(AUTO).args(["--paragraphs"]).input(paragraphs).run();
    assert_eq!(out.text(), wanted.join("\n\n") + "\n");
    assert_eq!(found, wanted.map(|text| json!({ "text": text })));
}

#[test]
fn only_the_opening_is_judged_and_all_of_it() {
    // The first 64 KiB are one word of no language; what follows does not count any more.
    let long = "x".repeat(64 * 1024) + "\n" + TURKISH;
    let out = tool("normalize").args(AUTO).input(long.clone()).run();
    assert!(out.text() == long.to_lowercase());
    // Sentences that say what the language is count although they come last.
    let (dots, last) = (".\n".repeat(30 * 1024), TURKISH.repeat(3));
    let out = tool("normalize").args(AUTO).input(dots.clone() + &last).run();
    assert!(out.text() == dots + &lowered(TURKISH, ["“", "”"], true).repeat(3));
}

#[test]
fn nothing_about_the_work_changes_the_judgement() {
    let long = GERMAN.repeat(2000);
    let files: [(&str, &[u8]); 4] = [
        ("tr", TURKISH.as_bytes()),
        ("short", SHORT.as_bytes()),
        ("long", long.as_bytes()),
        ("bad", b"\xFF\xFE"),
    ];
    same_in_every_way("normalize", &AUTO, &files).unwrap_or_else(|why| panic!("{why}"));
    let folder = Folder::new();
    files.iter().for_each(|(name, bytes)| _ = folder.write(name, bytes));
    let args = [&AUTO[..], &["tr", "short", "long", "bad"]].concat();
    same_for_any_work("normalize", &args, folder.path()).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn a_text_that_breaks_off_is_judged_by_what_there_is() {
    let folder = Folder::new();
    let text = [TURKISH, ENGLISH].concat().repeat(20);
    let packed = Codec::Gzip.compress(text.as_bytes());
    folder.write("broken.gz", &packed[..packed.len() / 2]);
    let out = tool("normalize").args(AUTO).args(["broken.gz"]).within(folder.path()).run();
    let plain = tool("normalize").args(["broken.gz"]).within(folder.path()).run();
    assert_eq!((out.status, plain.status), (Some(2), Some(2)));
    assert_eq!(out.text().lines().count(), plain.text().lines().count());
    assert!(out.text().starts_with(&lowered(TURKISH, ["“", "”"], true)) || out.text().is_empty());
}

#[test]
fn what_was_decoded_is_judged() {
    let folder = Folder::new();
    let bytes: Vec<u8> = TURKISH.encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("turkish", bytes);
    let out = done(folder.path(), &[&AUTO[..], &["--encoding", "utf-16le", "turkish"]].concat());
    assert_eq!(out.text(), lowered(TURKISH, ["“", "”"], true));
}

#[test]
fn the_plan_says_what_differs_by_language() {
    let out = tool("normalize").args(AUTO).args(["--plan"]).run().text();
    let (neutral, others) = out.split_once("\ndocuments in ").expect("a language");
    assert!(neutral.contains("quotes       keep\n") && neutral.contains("case         lower\n"), "{neutral}");
    assert!(others.contains("Turkish (tr), where they differ:\ncase         lower, as in tr\n"), "{others}");
    let none = tool("normalize").args(["--lang", "auto", "--plan", "--only-rules", "no-such-rule"]).run();
    assert_eq!(none.status, Some(2));
}
