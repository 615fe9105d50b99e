//! `--plan`: the fixed order, and what becomes of presets and flags.

use pipelines::{Folder, shell};

use crate::said::{made, refused};

/// The stages, in the order that the page gives.
const ORDER: [&str; 27] = [
    "decode",
    "tags",
    "entities",
    "line flow",
    "form",
    "letters",
    "spelling",
    "case",
    "marks",
    "controls",
    "bidi",
    "zero width",
    "quotes",
    "dashes",
    "ellipsis",
    "width",
    "digits",
    "punctuation",
    "mark spacing",
    "space",
    "zwnj",
    "newlines",
    "blank lines",
    "rules",
    "form again",
    "filters",
    "encode",
];

/// Flags that switch every stage on, in no order at all, and the setting that the plan shows.
const EVERYTHING: [(&str, &str, &str); 21] = [
    ("--strip-marks=niqqud", "marks", "niqqud"),
    ("--space=collapse", "space", "collapse"),
    ("--min-chars=1", "filters", "as their flags say"),
    ("--digits=deva", "digits", "deva"),
    ("--entities=once", "entities", "once"),
    ("--newlines=crlf", "newlines", "crlf"),
    ("--quotes=fr", "quotes", "fr"),
    ("--squeeze-blank=3", "blank lines", "at most 3"),
    ("--width=fold", "width", "fold"),
    ("--zero-width=space", "zero width", "space"),
    ("--form=nfd", "form", "nfd"),
    ("--bidi=strip", "bidi", "strip"),
    ("--ellipsis=char", "ellipsis", "char"),
    ("--case=upper", "case", "upper"),
    ("--tags=strip", "tags", "strip"),
    ("--dashes=em", "dashes", "em"),
    ("--controls=strip", "controls", "strip"),
    ("--lang=fa", "letters", "lang"),
    ("--punctuation=lang", "mark spacing", "lang"),
    ("--spelling=harakat", "spelling", "harakat"),
    ("--zwnj=restore", "zwnj", "restore, from 0.5 on, by fa (format"),
];

fn plan(args: &[&str]) -> String {
    made(&[args, &["--plan"]].concat(), "")
}

/// The stages of a plan: name and setting.
fn stages(plan: &str) -> Vec<(String, String)> {
    // A rule is indented; names take twelve columns.
    let stage = |line: &str| (line[..12].trim().to_owned(), line[12..].trim().to_owned());
    plan.lines().filter(|line| !line.starts_with(' ')).map(stage).collect()
}

#[test]
fn the_order_is_always_the_same() {
    for args in [
        &[][..],
        &["--preset", "web"],
        &["--preset", "search"],
        &["--preset", "nmt_nfkc"],
        &EVERYTHING.map(|(flag, ..)| flag).into_iter().chain(["--whole", "--unwrap"]).collect::<Vec<_>>(),
    ] {
        let names: Vec<String> = stages(&plan(args)).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ORDER, "{args:?}");
    }
}

#[test]
fn every_stage_shows_what_it_is_switched_to() {
    let flags: Vec<&str> =
        EVERYTHING.iter().map(|(flag, ..)| *flag).chain(["--whole", "--dehyphenate"]).collect();
    let stages = stages(&plan(&flags));
    for (flag, name, setting) in EVERYTHING {
        let shown = &stages.iter().find(|(other, _)| other == name).expect("a stage").1;
        // The model of ZWNJ is told by a checksum as well.
        let is_right = shown == setting || name == "zwnj" && shown.starts_with(setting);
        assert!(is_right, "{flag}: {shown}");
    }
    assert!(stages.contains(&("line flow".to_owned(), "dehyphenate".to_owned())), "{stages:?}");
    let mut backwards = flags.clone();
    backwards.reverse();
    assert_eq!(plan(&backwards), plan(&flags), "the order of flags means nothing");
}

/// The order can be seen in what comes out, too.
#[test]
fn steps_run_in_the_order_of_the_plan() {
    for (args, text, wanted, why) in [
        (&["--tags=strip", "--entities=once"][..], "&lt;b&gt;x<i>y</i>\n", "<b>xy\n", "tags, then entities"),
        (&["--entities=once", "--form=nfc"], "e&#x301;\n", "é\n", "entities, then form"),
        (&["--form=nfkc", "--case=lower"], "\u{2120}\n", "sm\n", "form, then case"),
        (&["--controls=strip", "--space=collapse"], "a \u{7F} b\n", "a b\n", "controls, then space"),
        (
            &["--ellipsis=char", "--width=fold"],
            "．．．\n",
            "…\n",
            "what comes late is seen by what comes early",
        ),
        (&["--form=nfc", "--controls=strip"], "e\u{AD}\u{301}\n", "é\n", "form again after a deletion"),
        (&["--space=trim", "--max-bytes=1"], "  a  \n", "a\n", "filters see the normalized text"),
    ] {
        assert_eq!(made(args, text), wanted, "{why}: {args:?}");
    }
}

#[test]
fn the_help_says_what_a_preset_is() {
    let help = shell("normalize --generate options").run().text();
    let help = help.lines().find(|line| line.starts_with("- `--preset")).expect("the flag").to_owned();
    for name in ["web", "search"] {
        let after = help.split(&format!(" {name}: ")).nth(1).expect("the preset is told");
        let flags = after.split('.').next().expect("a sentence");
        let flags: Vec<&str> = flags.split_whitespace().skip_while(|word| !word.starts_with("--")).collect();
        assert!(flags.len() > 6, "{flags:?}");
        assert_eq!(plan(&flags), plan(&["--preset", name]), "{name}: {flags:?}");
    }
}

/// A flag that says something else than each preset, and a text that tells.
const BEATING: [(&str, &str, &str, &str); 13] = [
    ("--form=nfd", "²", "²", "search"),
    ("--strip-marks=none", "é", "é", "search"),
    ("--form=nfkd", "\u{FB01}", "fi", "web"),
    ("--form=none", "e\u{301}", "e\u{301}", "web"),
    ("--case=upper", "a", "A", "search"),
    ("--controls=keep", "a\u{7F}b", "a\u{7F}b", "web"),
    ("--zero-width=keep", "a\u{200C}", "a\u{200C}", "search"),
    ("--bidi=keep", "a\u{202C}b", "a\u{202C}b", "web"),
    ("--quotes=keep", "“a”", "“a”", "search"),
    ("--dashes=keep", "—", "—", "search"),
    ("--ellipsis=char", "...", "…", "web"),
    ("--digits=fa", "1", "۱", "search"),
    ("--space=keep", " a ", " a ", "search"),
];

#[test]
fn a_flag_beats_the_preset_wherever_it_stands() {
    for (flag, text, wanted, preset) in BEATING {
        let preset = ["--preset", preset];
        let text = format!("{text}\n");
        let [before, after] = [[flag, preset[0], preset[1]], [preset[0], preset[1], flag]];
        assert_eq!(plan(&before), plan(&after), "{flag}");
        assert_ne!(plan(&before), plan(&preset), "{flag} makes no difference");
        for args in [before, after] {
            assert_eq!(made(&args, &*text), format!("{wanted}\n"), "{args:?}");
        }
        assert_ne!(made(&preset, &*text), format!("{wanted}\n"), "{preset:?} does it anyway");
    }
}

#[test]
fn a_form_takes_the_place_of_nmt_nfkc() {
    assert_eq!(plan(&["--preset", "nmt_nfkc", "--form", "nfc"]), plan(&[]));
    assert_eq!(plan(&["--form", "nfkc", "--preset", "nmt_nfkc"]), plan(&["--form", "nfkc"]));
}

#[test]
fn a_plan_reads_nothing_and_writes_nothing() {
    let folder = Folder::new();
    let run =
        pipelines::tool("normalize").args(["--preset", "web", "--plan", "missing.txt"]).within(folder.path());
    let run = run.run();
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.text(), plan(&["--preset", "web"]));
    assert!(folder.names().is_empty());
}

#[test]
fn a_plan_that_cannot_be_is_refused() {
    let folder = Folder::new();
    for args in [
        &["--form=none", "--presentation-forms"][..],
        &["--nfkc-keep=super"],
        &["--quotes=lang"],
        &["--locale=klingon", "--case=lower"],
        &["--only-rules=compose", "--skip-rules=compose"],
    ] {
        let said = refused(folder.path(), &[args, &["--plan"]].concat());
        assert!(!said.is_empty(), "{args:?}");
    }
}
