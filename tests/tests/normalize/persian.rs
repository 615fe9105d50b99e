//! `--lang fa`: what happens to Persian text, and what does not happen to the rest.

use pipelines::Folder;

use crate::said::{made, refused};

/// What `--lang fa` and more flags make of texts: text, result.
#[track_caller]
fn assert_made(flags: &[&str], cases: &[(&str, &str)]) {
    let args = [&["--lang", "fa"], flags].concat();
    for (text, wanted) in cases {
        assert_eq!(made(&args, *text), *wanted, "{flags:?}: {text}");
    }
}

#[test]
fn a_choice_of_spelling_is_one() {
    assert_made(&["--spelling", "hamza=drop"], &[("رئیس مسئول مؤثر", "رییس مسئول موثر")]);
    assert_made(&["--spelling", "hamza=drop,hamza=drop"], &[("رئیس", "رییس")]);
    let folder = Folder::new();
    for (list, wanted) in [
        ("hamza=drop,hamza=write", "hamza=drop and hamza=write contradict each other"),
        ("heh-yeh=hamza,harakat,heh-yeh=yeh", "heh-yeh=hamza and heh-yeh=yeh contradict each other"),
        ("hamza", "hamza=drop or hamza=write"),
        ("hamsa", "teh-marbuta"),
    ] {
        for lang in ["fa", "auto"] {
            let said = refused(folder.path(), &["--lang", lang, "--spelling", list]);
            assert!(said.contains(wanted), "{said}");
        }
    }
}
