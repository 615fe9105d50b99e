//! `--only-rules` and `--skip-rules`: every rule by its name, in what is done and in what is said.

use std::collections::BTreeSet;

use pipelines::{Folder, generated_text, tool};

use crate::said::{Explained, done, explained, made, refused};

/// What the web and search presets look for.
const DIRTY: &str = "\u{A0}a\u{2009}b\u{3000}c\td\u{2028}e  f \r\ne\u{301} \u{FB01}\u{AD}\u{7F} \u{1B}[31mx \u{E0041}\n\
    \u{200C}a\u{200C}\u{200C}b\u{200C} c\u{200D}\u{200B}\u{200B}d \u{2060} \u{2060}\u{2060}\u{200B} می\u{200C}رود را\u{200C}ه خانه\u{200C}\n\
    \u{202C}a\u{202A}b\u{202A}\u{202C} \u{200E}\u{200E}\u{2067} \u{202E}x\u{202C}\u{61C}\u{34F} \u{180E}\n\
    “a” ‘b’ «c» — − – … ۱۲۳ Straße İ \u{FE0F}x \u{FFFE}\n";

fn dirty() -> Folder {
    let folder = Folder::new();
    folder.write("dirty", DIRTY);
    folder.write("generated", generated_text(11, 3_000));
    folder
}

/// The names of the rules in a plan.
fn rules(args: &[&str]) -> BTreeSet<String> {
    let plan = made(&[args, &["--plan"]].concat(), "");
    let lines = plan.lines().filter_map(|line| line.strip_prefix("  "));
    lines.map(|line| line.split_whitespace().next().expect("a name").to_owned()).collect()
}

fn rows(folder: &Folder, args: &[&str]) -> Vec<Explained> {
    explained(&done(folder.path(), &[args, &["--explain", "dirty", "generated"]].concat()).text())
}

#[test]
fn each_rule_can_be_switched() {
    let folder = dirty();
    let mut seen = BTreeSet::new();
    for preset in ["web", "search"] {
        let preset = ["--preset", preset];
        let all: BTreeSet<String> = rows(&folder, &preset).into_iter().map(|row| row.rule).collect();
        let names = rules(&preset);
        assert!(all.iter().all(|rule| rule == "ill-formed" || names.contains(rule)), "{all:?}");
        for name in &names {
            let skipped = rows(&folder, &[preset[0], preset[1], "--skip-rules", name]);
            assert!(skipped.iter().all(|row| row.rule != *name), "{name} is skipped");
            let alone = rows(&folder, &[preset[0], preset[1], "--only-rules", name]);
            let is_alone = |row: &Explained| row.rule == *name || row.rule == "ill-formed";
            assert!(alone.iter().all(is_alone), "{name} is alone: {alone:?}");
            if all.contains(name) && alone.iter().any(|row| row.rule == *name) {
                seen.insert(name.clone());
            }
        }
    }
    // Most rules have something to say of this text, even when they are alone.
    assert!(seen.len() > 25, "{seen:?}");
}

#[test]
fn only_what_is_named_changes() {
    let text = "a\u{A0}b  c\u{200C} e\u{301}\t\r\n";
    for (args, wanted) in [
        (["--only-rules", "space-no-break"], "a b  c\u{200C} e\u{301}\t\r\n"),
        (["--only-rules", "space-no-break,compose"], "a b  c\u{200C} é\t\r\n"),
        (["--only-rules", "newline"], "a\u{A0}b  c\u{200C} e\u{301}\t\n"),
        (["--skip-rules", "space-no-break"], "a\u{A0}b c é\n"),
        (["--skip-rules", "newline,compose"], "a b c e\u{301}\r\n"),
        (["--skip-rules", "joiner-edge,space-run,space-end,newline"], "a b  c\u{200C} é \r\n"),
    ] {
        assert_eq!(made(&[&["--preset", "web"][..], &args].concat(), text), wanted, "{args:?}");
    }
    let args = ["--preset", "web", "--only-rules", "compose", "--check"];
    tool("normalize").args(args).input("a\u{A0}b  \r\n").run().is(0, "", &[]);
}

#[test]
fn the_plan_shows_what_is_off() {
    let plan = |args: &[&str]| made(&[&["--preset", "web", "--plan"], args].concat(), "");
    let is_off = |plan: &str, rule: &str| {
        let line = plan.lines().find(|line| line.starts_with(&format!("  {rule} "))).expect("a rule");
        line.ends_with(" (off)")
    };
    let skipped = plan(&["--skip-rules", "space-tab,compose"]);
    assert!(is_off(&skipped, "space-tab") && is_off(&skipped, "compose") && !is_off(&skipped, "space-run"));
    let only = plan(&["--only-rules", "space-tab"]);
    assert!(!is_off(&only, "space-tab") && is_off(&only, "compose") && is_off(&only, "newline"));
    assert!(!plan(&[]).contains("(off)"));
}

#[test]
fn unknown_rules_are_refused() {
    let folder = Folder::new();
    for flag in ["--only-rules", "--skip-rules"] {
        // The second is a rule, but not of this plan.
        for name in ["no-such-rule", "quote-double", "space-tab,no-such-rule"] {
            let said = refused(folder.path(), &["--preset", "web", flag, name, "-o", "out"]);
            let unknown = name.split(',').next_back().expect("a name");
            assert!(said.contains(unknown) && said.contains("--plan"), "{said}");
        }
    }
    assert!(folder.names().is_empty(), "nothing is written");
}

#[test]
fn a_rule_of_what_is_switched_off_is_told_from_a_slip() {
    let folder = Folder::new();
    for (name, nearest) in
        [("zwnj-inside", "tatweel-inside"), ("arabic-yhe", "arabic-yeh"), ("leters", "letters")]
    {
        let said = refused(folder.path(), &["--lang", "fa", "--only-rules", name]);
        let wanted = format!(
            "no rule is called '{name}' in this plan (--plan lists those there are); the nearest are "
        );
        assert!(
            said.contains(&wanted) && said.split(&wanted).nth(1).expect("names").contains(nearest),
            "{said}"
        );
    }
}

#[test]
fn a_stage_is_switched_by_its_name() {
    let text = "\u{200C}كتاب , \"نان\"";
    for (args, wanted) in [
        (["--only-rules", "letters"], "\u{200C}کتاب , \"نان\""),
        (["--only-rules", "letters,mark-spacing,punctuation-comma"], "\u{200C}کتاب، \"نان\""),
        (["--skip-rules", "zero width,quotes"], "\u{200C}کتاب، \"نان\""),
        (["--skip-rules", "zero-width,arabic-kaf"], "\u{200C}كتاب، «نان»"),
    ] {
        assert_eq!(made(&[&["--lang", "fa"][..], &args].concat(), text), wanted, "{args:?}");
    }
    // In plans of other languages there are no letters.
    assert_eq!(made(&["--lang", "auto", "--skip-rules", "letters"], "كتاب\n"), "كتاب\n");
}
