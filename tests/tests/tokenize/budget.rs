//! Texts of so many tokens.

use pipelines::{Folder, shell};

fn cut(flags: &str, text: &str) -> String {
    let place = Folder::new();
    place.write("t", text);
    let outcome = shell(&format!("tokenize {flags} t")).within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{flags}: {}", outcome.err);
    outcome.text()
}

#[test]
fn the_text_is_cut_short() {
    let text = "One, two three\n\nfour  five\n";
    assert_eq!(cut("--budget 3", text), "One, two\n\nfour  five\n");
    assert_eq!(cut("--budget 3 --truncate --whole", text), "One, two\n");
    assert_eq!(cut("--budget 2 --unit sentence --whole", "A b. C d. E f."), "A b. C d.");
    assert_eq!(cut("--budget 2 --jsonl", "{\"a\":1,\"text\":\"x y z\"}\n"), "{\"a\":1,\"text\":\"x y\"}\n");
}

#[test]
fn or_into_parts() {
    assert_eq!(cut("--budget 2 --split", "One, two three\nfour\n"), "One, \ntwo three\nfour\n");
    assert_eq!(cut("--budget 2 --split --paragraphs", "a b c\n\nd\n"), "a b \n\nc\n\nd\n");
    let json = "{\"id\":7,\"text\":\"a \\\"b\\\" c\",\"x\":[]}\n";
    let want = "{\"id\":7,\"text\":\"a \\\"\",\"x\":[]}\n{\"id\":7,\"text\":\"b\\\" \",\"x\":[]}\n{\"id\":7,\"text\":\"c\",\"x\":[]}\n";
    assert_eq!(cut("--budget 2 --split --jsonl", json), want);
    // A line that is not divided stays as it is, and every part has its line's end.
    let kept = "{\"text\":\"caf\\u00e9 x\\/y\"}\r\n{\"text\":\"a b\"}\r\n";
    assert_eq!(cut("--budget 4 --split --jsonl", kept), kept);
    assert_eq!(
        cut("--budget 1 --split --jsonl", "{\"text\":\"a b\"}\r\n"),
        "{\"text\":\"a \"}\r\n{\"text\":\"b\"}\r\n"
    );
}
