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

#[test]
fn marks_of_direction_stand_for_zwnj_between_letters_that_join() {
    let text = "می\u{200F}خوری اندام\u{200E}ها و دارد\u{200F}ها";
    let wanted = "می\u{200C}خوری اندام\u{200C}ها و دارد\u{200F}ها";
    assert_made(&[], &[(text, wanted)]);
    assert_made(&["--preset", "web"], &[(text, wanted)]);
    assert_made(&["--bidi", "strip"], &[(text, &wanted.replace('\u{200F}', ""))]);
    assert_made(&["--skip-rules", "direction-mark-joint"], &[(text, text)]);
    // Keys have neither.
    assert_made(&["--preset", "search"], &[("می\u{200F}خوری", "میخوری")]);
}

#[test]
fn a_boundary_that_goes_is_lossy() {
    let plan = made(&["--lang", "fa", "--plan"], "");
    let line = plan.lines().find(|line| line.contains("zwnj-non-joining")).expect("a rule");
    assert!(line.ends_with("(lossy)"), "{line}");
    assert_made(&[], &[("محمد\u{200C}مهدی", "محمدمهدی")]);
    assert_made(&["--skip-rules", "zwnj-non-joining"], &[("محمد\u{200C}مهدی", "محمد\u{200C}مهدی")]);
}

#[test]
fn marks_move_only_where_they_are_sure() {
    assert_made(
        &[],
        &[
            ("درحالی که ٪۱۹ آن", "درحالی که ٪۱۹ آن"),
            ("۱۹ ٪ آن", "۱۹٪ آن"),
            ("و ،5 نفر", "و ،5 نفر"),
            ("گفت :بیایید", "گفت: بیایید"),
            ("گفت :\"بیایید\"", "گفت: «بیایید»"),
            ("خوب :) و ساعت ۱۸ :۰۱", "خوب :) و ساعت ۱۸ :۰۱"),
        ],
    );
}

#[test]
fn guillemets_have_one_direction() {
    for flags in [&[][..], &["--quotes", "fa"]] {
        assert_made(
            flags,
            &[
                ("«سلام »و « خداحافظ »", "«سلام» و «خداحافظ»"),
                ("« الف » و « ب »و « ج »", "«الف» و «ب» و «ج»"),
                ("«««متن»»»", "«««متن»»»"),
                ("« قال: «الحق» »", "«قال: «الحق»»"),
                ("گروه »عمل« هم", "گروه »عمل« هم"),
            ],
        );
    }
}

#[test]
fn quotation_marks_of_code_and_data_stay() {
    let same = [
        "x = {\"a\": 1, \"b\": \"c\"}",
        "id,\"تحریم های جدید\",x",
        "printf(\"سلام %s\", name);",
        "\"a\",\"b\",\"ج\"",
        "\"الف\",\"ب\";\"ج\"",
        "He said \"hello\" to me",
        "{\"text\": \"سلام دنیا\"}",
        "{\"الف\": \"ب\", \"ج\": [\"الف\", \"ب\", \"ج\"]}",
    ];
    assert_made(&[], &same.map(|text| (text, text)));
    let changed = [
        ("او گفت: \"سلام\".", "او گفت: «سلام»."),
        ("\"نقل قول\"", "«نقل قول»"),
        ("گفت:\"سلام\"", "گفت: «سلام»"),
        ("(\"سلام\")", "(«سلام»)"),
        ("\"سلام\", و", "«سلام»، و"),
    ];
    assert_made(&[], &changed);
    assert_made(&["--preset", "web"], &changed);
    // Who asks for the marks of a language gets them.
    assert_made(&["--quotes", "lang"], &[("He said \"hello\" to me", "He said «hello» to me")]);
    assert_made(&["--quotes", "fa"], &[("He said \"hello\" to me", "He said «hello» to me")]);
}
