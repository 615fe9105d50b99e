//! Equivalences with coreutils and awk, where they are installed.

use std::collections::HashMap;

use pipelines::{Texts, has_program};

fn has_programs() -> bool {
    ["awk", "sort", "uniq", "sed"].iter().all(|name| has_program(name))
}

#[test]
fn dedupe_is_awk_with_a_memory() {
    if has_programs() {
        Texts::new().agree("dedupe -q FILE", "awk '!seen[$0]++' FILE");
    }
}

#[test]
fn dedupe_c_is_uniq_c_of_what_is_sorted() {
    if has_programs() {
        Texts::new().agree("dedupe -q -c FILE | sort", "sort FILE | uniq -c | sort");
    }
}

#[test]
fn repeated_and_unique_are_uniq_d_and_u_in_order_of_first_appearance() {
    if !has_programs() {
        return;
    }
    let texts = Texts::new();
    for (ours, theirs, wanted) in [("--repeated", "-d", "> 1"), ("--unique", "-u", "== 1")] {
        texts.agree(&format!("dedupe -q {ours} FILE | sort"), &format!("sort FILE | uniq {theirs}"));
        let awk = format!("NR == FNR {{ count[$0]++; next }} count[$0] {wanted} && !seen[$0]++");
        texts.agree(&format!("dedupe -q {ours} FILE"), &format!("awk '{awk}' FILE FILE"));
    }
}

#[test]
fn dedupe_z_is_sort_z_and_uniq_z() {
    if !has_programs() {
        return;
    }
    let texts = Texts::new();
    texts.agree(
        "tr '\\n ' '\\0\\n' < FILE | dedupe -q -z -c | sort -z",
        "tr '\\n ' '\\0\\n' < FILE | sort -z | uniq -z -c | sort -z",
    );
}

#[test]
fn tokens_one_a_line_are_those_of_tr() {
    if !has_programs() {
        return;
    }
    Texts::new().agree(
        "tokenize -q --invalid keep --unit space --lines FILE",
        "tr -s ' \\t\\v\\f' '\\n' < FILE | sed '/^$/d'",
    );
}

#[test]
fn stats_counts_as_wc_and_awk_do() {
    if !has_programs() || !has_program("wc") {
        return;
    }
    let texts = Texts::new();
    for (ours, key, theirs) in [
        ("-l", "lines", "wc -l < FILE"),
        ("-c", "bytes", "wc -c < FILE"),
        // What wc -w counts depends on its version and locale.
        (
            "-w --unit space",
            "words",
            "tr '\\v\\f' '  ' < FILE | awk '{ words += NF } END { print words + 0 }'",
        ),
    ] {
        for name in &texts.names {
            let ours = texts.run(&format!("stats -q {ours} --tsv {name}")).text();
            let theirs = texts.run(&theirs.replace("FILE", name)).text();
            assert_eq!(ours.trim_end(), format!("{key}\t{}", theirs.trim()), "{name}");
        }
    }
}

/// What the programs above take for granted: that awk and the tools see the same lines.
#[test]
fn the_texts_have_repeats_and_ill_formed_bytes() {
    if !has_programs() {
        return;
    }
    let texts = Texts::new();
    let text = texts.folder.read("generated");
    let mut counts: HashMap<&[u8], usize> = HashMap::new();
    text.split(|&byte| byte == b'\n').for_each(|line| *counts.entry(line).or_default() += 1);
    let repeated = counts.values().filter(|&&count| count > 1).count();
    assert!(repeated > 20 && counts.len() > 2 * repeated, "{repeated} of {} lines repeat", counts.len());
    assert!(std::str::from_utf8(&text).is_err(), "every byte is well-formed");
}
