//! Counts of tokens.

use pipelines::{Folder, shell};

fn counted(flags: &str, files: &[(&str, &str)]) -> String {
    let place = Folder::new();
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    files.iter().for_each(|(name, text)| {
        place.write(name, text);
    });
    let outcome = shell(&format!("tokenize {flags} {}", names.join(" "))).within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{flags}: {}", outcome.err);
    outcome.text()
}

#[test]
fn of_all_of_files_of_records() {
    let files = [("a", "One, two\n\nthree\n"), ("b", ""), ("c", "x y")];
    assert_eq!(counted("--count", &files), "6\n");
    assert_eq!(counted("--count=file", &files), "a\t4\nb\t0\nc\t2\ntotal\t6\n");
    assert_eq!(counted("--count=record", &files), "3\n0\n1\n2\n");
    assert_eq!(counted("--count=file", &files[..1]), "a\t4\n");
}

#[test]
fn of_any_unit_in_any_frame() {
    let files = [("a", "One, two. Three\nfour\n\nfive\n")];
    for (flags, want) in [
        ("--unit space", 5),
        ("--unit sentence", 4),
        ("--unit line", 3),
        ("--unit paragraph --whole", 2),
        ("--unit grapheme", 23),
        ("--unit char -z", 27),
        ("--unit byte", 23),
        ("--unit regex --pattern '\\w'", 19),
        ("--whole", 7),
    ] {
        assert_eq!(counted(&format!("--count {flags}"), &files), format!("{want}\n"), "{flags}");
        let listed = counted(&format!("-l {flags} a | tr '\\0' '\\n' | wc -l; true"), &files);
        assert_eq!(listed.trim(), want.to_string(), "{flags}");
    }
    assert_eq!(
        counted("--count=record --jsonl", &[("a", "{\"text\":\"a b\"}\n{\"text\":\"\"}\n")]),
        "2\n0\n"
    );
}
