//! Words of scripts without spaces.

use pipelines::{Folder, shell};

#[test]
fn dictionaries_know_words() {
    let place = Folder::new();
    place.write("t", "ภาษาไทย and 日本語を話す、我们 می\u{200C}رود 3.14\n");
    let run = |flags: &str| {
        let outcome = shell(&format!("tokenize {flags} t")).within(place.path()).run();
        assert_eq!(outcome.status, Some(0), "{flags}: {}", outcome.err);
        outcome.text()
    };
    assert_eq!(run("--dictionary"), "ภาษา ไทย and 日本語 を 話す 、 我们 می\u{200C}رود 3.14\n");
    assert_eq!(run("--dictionary --count"), "10\n");
    assert_eq!(
        run("--dictionary --split-zwnj --lang fa"),
        "ภาษา ไทย and 日本語 を 話す 、 我们 می رود 3.14\n"
    );
    assert_eq!(run("--dictionary --roundtrip"), "");
    let outcome = shell("tokenize --dictionary --unit char t").within(place.path()).run();
    assert_eq!(outcome.status, Some(2));
}
