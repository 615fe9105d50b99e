//! What stays one token in a language.

use pipelines::{Folder, shell};

const TEXT: &str = "روز جمعه ۲ آذر ۱۴۰۳، ساعت ۱۸:۰۱ س.ن در https://a.ir/b ۱۲٬۵۰۰ تومان (۱۴۰۳/۰۶/۲۳) داد.\n";

fn tokens(flags: &str) -> String {
    let place = Folder::new();
    place.write("t", TEXT);
    let outcome = shell(&format!("tokenize {flags} t")).within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{flags}: {}", outcome.err);
    outcome.text()
}

#[test]
fn a_language_keeps_more_together() {
    let whole = "روز جمعه ۲ آذر ۱۴۰۳ ، ساعت ۱۸:۰۱ س.ن در https://a.ir/b ۱۲٬۵۰۰ تومان ( ۱۴۰۳/۰۶/۲۳ ) داد .\n";
    assert_eq!(tokens("--lang fa"), whole);
    let plain = "روز جمعه ۲ آذر ۱۴۰۳ ، ساعت ۱۸ : ۰۱ س.ن در https : / / a.ir / b ۱۲٬۵۰۰ تومان ( ۱۴۰۳ / ۰۶ / ۲۳ ) داد .\n";
    assert_eq!(tokens(""), plain);
    // One short line is not enough to tell the language by.
    assert_eq!(tokens("--lang auto"), plain);
}

#[test]
fn auto_finds_the_language_of_each_document() {
    let place = Folder::new();
    let persian = "این کتاب را دیروز از کتابخانه گرفتم و هنوز نخوانده\u{200C}ام؛ ساعت ۱۸:۰۱ بود.";
    place.write("t", format!("{{\"text\":\"{persian}\"}}\n{{\"text\":\"18:01\"}}\n"));
    let outcome =
        shell("tokenize --lang auto --jsonl --report r t && grep -A3 languages r").within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{}", outcome.err);
    let text = outcome.text();
    assert!(text.contains(" ۱۸:۰۱ بود .") && text.contains("\"18 : 01\""), "{text}");
    assert!(text.contains("\"fa\": 1") && text.contains("\"unknown\": 1"), "{text}");
}

#[test]
fn dates_in_words_are_one_token_on_request() {
    assert!(tokens("--lang fa --dates -l").contains("\nجمعه ۲ آذر ۱۴۰۳\n،\n"));
    assert!(tokens("--lang fa --dates --join _").contains(" جمعه_۲_آذر_۱۴۰۳ ، "));
    assert!(tokens("--lang fa --dates -l --join +").contains("\nجمعه+۲+آذر+۱۴۰۳\n"));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let place = Folder::new();
    place.write("t", TEXT);
    for (flags, what) in [
        ("--lang xx", "no known language"),
        ("--lang farsi", "no known language"),
        ("--lang fa --unit sentence", "--unit word"),
        ("--split-zwnj --unit char", "--unit word"),
        ("--lang fa --dates", "--join MARK"),
        ("--dates -l", "--lang"),
        ("--lang fa --dates --join ' '", "white space"),
    ] {
        let outcome = shell(&format!("tokenize {flags} t")).within(place.path()).run();
        assert_eq!(outcome.status, Some(2), "{flags}");
        assert!(outcome.err.contains(what), "{flags}: {}", outcome.err);
        assert_eq!(outcome.text(), "", "{flags}");
    }
}
