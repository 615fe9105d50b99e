//! Values that mean nothing: exit status 2, the nearest names, nothing written.

use pipelines::{Folder, tool};

use crate::said::refused;

/// A flag with a value that is nearly one, and what it should have been.
const NEARLY: [(&str, &str); 27] = [
    ("--preset=wep", "web"),
    ("--lang=fas", "fa"),
    ("--form=nfkcc", "nfkc"),
    ("--form=ncf", "nfc"),
    ("--nfkc-keep=supper", "super"),
    ("--case=lowr", "lower"),
    ("--locale=tt", "tr"),
    ("--strip-marks=latn1", "latin"),
    ("--strip-marks=harakt", "harakat"),
    ("--controls=stripp", "strip"),
    ("--zero-width=contextal", "contextual"),
    ("--bidi=repiar", "repair"),
    ("--quotes=asci", "ascii"),
    ("--dashes=asci", "ascii"),
    ("--ellipsis=chr", "char"),
    ("--width=flod", "fold"),
    ("--digits=dewa", "deva"),
    ("--digits=asci", "ascii"),
    ("--space=colapse", "collapse"),
    ("--space=plain,trimm", "trim"),
    ("--newlines=clrf", "crlf"),
    ("--tags=srtip", "strip"),
    ("--entities=onze", "once"),
    ("--encoding=windows-1265", "windows-1256"),
    ("--to=utf-61le", "utf-16le"),
    ("--unencodable=replce", "replace"),
    ("--color=alway", "always"),
];

#[test]
fn a_value_that_is_nearly_one_is_told_the_nearest() {
    for (flag, nearest) in NEARLY {
        let folder = Folder::new();
        folder.write("in", "e\u{301}\n");
        let more: &[&str] = match flag.split('=').next() {
            Some("--nfkc-keep") => &["--form=nfkc"],
            Some("--locale") => &["--case=lower"],
            _ => &[],
        };
        for way in [&["-o", "out"][..], &["-d", "out"], &["-i"], &["--plan"], &["--check"]] {
            if way.len() == 1 && (flag.starts_with("--to") && way[0] != "-i") {
                continue;
            }
            let said = refused(folder.path(), &[&[flag, "in"], more, way].concat());
            let name = flag.split('=').next().expect("a name");
            assert!(said.contains(name), "{flag}: the flag is named: {said}");
            let word = |word: &str| word.eq_ignore_ascii_case(nearest);
            let is_told = said.split(|letter: char| !letter.is_alphanumeric() && letter != '-').any(word);
            assert!(is_told, "{flag}: '{nearest}' is not told: {said}");
        }
        assert_eq!(folder.names(), ["in"], "{flag}");
        assert_eq!(folder.read("in"), "e\u{301}\n".as_bytes(), "{flag}");
    }
}

#[test]
fn values_are_needed_where_flags_have_them() {
    let folder = Folder::new();
    for flag in [
        "--preset",
        "--lang",
        "--form",
        "--nfkc-keep",
        "--case",
        "--locale",
        "--controls",
        "--zero-width",
        "--bidi",
        "--quotes",
        "--dashes",
        "--ellipsis",
        "--width",
        "--digits",
        "--space",
        "--newlines",
        "--tags",
        "--entities",
        "--rules",
        "--only-rules",
        "--skip-rules",
        "--min-bytes",
        "--max-run",
        "--min-share",
        "--reject",
        "--offsets",
        "--color",
    ] {
        let said = refused(folder.path(), &[flag]);
        assert!(said.contains(flag), "{said}");
        let said = refused(folder.path(), &[&format!("{flag}=")]);
        assert!(!said.is_empty(), "{flag}=");
    }
    for flag in
        ["--presentation-forms=yes", "--unwrap=1", "--plan=all", "--squeeze-blank=x", "--squeeze-blank=-1"]
    {
        refused(folder.path(), &[flag, "--whole"]);
    }
    assert!(folder.names().is_empty());
}

#[test]
fn an_optional_value_follows_its_sign() {
    // Without the sign it is a file that is not there.
    let run = tool("normalize").args(["--strip-marks", "latin"]).run();
    assert_eq!(run.status, Some(2));
    run.says(&["latin: no such file"]);
}

#[test]
fn ill_formed_text_is_no_reason_to_stop() {
    let text = b"a\xFFb \xE2\x80 e\xCC\x81\n".to_vec();
    for args in [
        &["--preset", "web"][..],
        &["--preset", "search"],
        &["--preset", "nmt_nfkc"],
        &["--tags", "strip", "--entities", "once", "--quotes", "fa", "--width", "fold"],
    ] {
        let run = |policy: &str| {
            tool("normalize").args(["-q", "--invalid", policy]).args(args).input(text.clone()).run()
        };
        let kept = run("keep");
        assert_eq!(kept.status, Some(0), "{args:?}: {}", kept.err);
        assert!(
            kept.out.contains(&0xFF) && kept.out.windows(2).any(|pair| pair == b"\xE2\x80"),
            "{args:?}: {kept:?}"
        );
        assert!(std::str::from_utf8(&run("replace").out).is_ok(), "{args:?}");
        assert_eq!((run("skip").status, run("skip").out), (Some(0), Vec::new()), "{args:?}");
        assert_eq!((run("fail").status, run("fail").out), (Some(2), Vec::new()), "{args:?}");
    }
}
