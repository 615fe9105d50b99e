//! Which tokens are written, and what stays whole in any language.

use pipelines::{Folder, shell};

const TEXT: &str = "Dr. Smith paid $5, 12.5% of 3 km to a@b.org at 10:30 on 2024-05-01. The END 👍🏽 تهران!\n";

fn run(flags: &str) -> String {
    let place = Folder::new();
    place.write("t", TEXT);
    place.write("names", "smith PAID\n");
    place.write("stop", "# mine\ntehran\nتهران\n");
    let outcome = shell(&format!("tokenize {flags} t")).within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{flags}: {}", outcome.err);
    outcome.text()
}

#[test]
fn spans_stay_whole() {
    assert_eq!(
        run("--protect all --lang en"),
        "Dr. Smith paid $5 , 12.5% of 3 km to a@b.org at 10:30 on 2024-05-01 . The END 👍🏽 تهران !\n"
    );
    assert_eq!(run("--protect none"), run(""));
    assert_eq!(run("--protect email,time --only-class email,time"), "a@b.org 10:30\n");
    assert_eq!(
        run("--keep-pattern '\\d+ km' --keep-words names --ignore-case --only-class term --join _"),
        "Smith_paid 3_km\n"
    );
    let outcome = shell("tokenize --keep-words names t").within(names().path()).run();
    assert_eq!(outcome.status, Some(2));
    assert!(outcome.err.contains("--join MARK"), "{}", outcome.err);
}

fn names() -> Folder {
    let place = Folder::new();
    place.write("t", TEXT);
    place.write("names", "Smith paid\n");
    place
}

#[test]
fn tokens_are_chosen() {
    assert_eq!(run("--only-class emoji,symbol"), "$ 👍🏽\n");
    assert_eq!(
        run("--drop-class punctuation,symbol,number,emoji --stop-words en --stop-words stop --case fold"),
        "dr smith paid km b.org end\n"
    );
    assert_eq!(run("--script Arab"), "تهران\n");
    assert_eq!(run("--min-length 4 --max-length 5 --script Latin,Arabic"), "Smith paid b.org تهران\n");
    assert_eq!(run("--count --only-class punctuation"), "9\n");
}

#[test]
fn a_class_is_masked() {
    assert_eq!(
        run("--protect email,date --mask email=EMAIL --mask date=DATE --only-class email,date"),
        "EMAIL DATE\n"
    );
}
