//! Equivalences with coreutils and awk, where they are installed.

use std::collections::HashMap;

use pipelines::{Folder, Outcome, generated_text, has_program, pages, seeds, shell, skipped};

/// Texts under names, in a folder: lines that the other programs understand as the tools do.
struct Texts {
    folder: Folder,
    names: Vec<String>,
}

impl Texts {
    /// Without CR, which for the tools is part of a line's end, and without what sorts before a tab, NUL first of all.
    fn new() -> Self {
        let folder = Folder::new();
        let mut texts = vec![
            ("empty".to_owned(), Vec::new()),
            ("blank".to_owned(), b"\n\n \n\n \n".to_vec()),
            ("letters".to_owned(), b"b\na\nb\nc\na\na\nd\n".to_vec()),
        ];
        texts.extend((0..4).map(|seed| (format!("generated{seed}"), generated_text(20 + seed, 50_000))));
        let mut folders = vec![pages()];
        match seeds() {
            Some(seeds) => folders.push(seeds),
            None => skipped("there are no seed pages beside the repository"),
        }
        let run = shell(&format!(
            "cat {}",
            folders.iter().map(|path| format!("'{}'/*.txt ", path.display())).collect::<String>()
        ))
        .run();
        assert_eq!(run.status, Some(0), "{}", run.err);
        texts.push(("pages".to_owned(), [&run.out[..], &run.out].concat()));
        let mut names = Vec::new();
        for (name, mut text) in texts {
            text.retain(|&byte| byte != b'\r' && byte >= b'\t');
            if text.last().is_some_and(|&last| last != b'\n') {
                text.push(b'\n');
            }
            folder.write(&name, text);
            names.push(name);
        }
        Texts { folder, names }
    }

    fn run(&self, script: &str) -> Outcome {
        let outcome = shell(script).within(self.folder.path()).run();
        assert_eq!(outcome.status, Some(0), "{script}: {}", outcome.err);
        outcome
    }

    /// Both scripts give the same bytes for every text; `FILE` stands for its name.
    fn agree(&self, ours: &str, theirs: &str) {
        let mut bytes = 0;
        for name in &self.names {
            let [one, two] = [ours, theirs].map(|script| self.run(&script.replace("FILE", name)).out);
            let difference = pipelines::difference(name, &two, &one);
            assert_eq!(difference, "", "{ours}, not as {theirs}");
            bytes += one.len();
        }
        assert!(bytes > 1000, "{ours} says next to nothing");
    }
}

fn has_programs() -> bool {
    ["awk", "sort", "uniq", "sed", "cat"].iter().all(|name| has_program(name))
}

#[test]
fn dedupe_is_awk_with_a_memory() {
    if has_programs() {
        Texts::new().agree("dedupe -q FILE", "LC_ALL=C awk '!seen[$0]++' FILE");
    }
}

#[test]
fn dedupe_c_is_uniq_c_of_what_is_sorted() {
    if has_programs() {
        Texts::new().agree(
            "dedupe -q -c FILE | LC_ALL=C sort",
            "LC_ALL=C sort FILE | LC_ALL=C uniq -c | LC_ALL=C sort",
        );
    }
}

#[test]
fn repeated_and_unique_are_uniq_d_and_u_in_order_of_first_appearance() {
    if !has_programs() {
        return;
    }
    let texts = Texts::new();
    for (ours, theirs, wanted) in [("--repeated", "-d", "> 1"), ("--unique", "-u", "== 1")] {
        texts.agree(
            &format!("dedupe -q {ours} FILE | LC_ALL=C sort"),
            &format!("LC_ALL=C sort FILE | LC_ALL=C uniq {theirs}"),
        );
        let awk = format!("NR == FNR {{ count[$0]++; next }} count[$0] {wanted} && !seen[$0]++");
        texts.agree(&format!("dedupe -q {ours} FILE"), &format!("LC_ALL=C awk '{awk}' FILE FILE"));
    }
}

#[test]
fn dedupe_z_is_sort_z_and_uniq_z() {
    if !has_programs() {
        return;
    }
    let texts = Texts::new();
    texts.agree(
        "tr '\\n ' '\\0\\n' < FILE | dedupe -q -z -c | LC_ALL=C sort -z",
        "tr '\\n ' '\\0\\n' < FILE | LC_ALL=C sort -z | LC_ALL=C uniq -z -c | LC_ALL=C sort -z",
    );
}

/// Tokens between ASCII white space, joined by a space, counted; tab and backslash inside them escaped as ngram does.
#[test]
fn ngram_is_awk_sort_and_uniq() {
    if !has_programs() {
        return;
    }
    let texts = Texts::new();
    for order in 1..=3 {
        let awk = format!(
            "{{ for (i = 1; i + {order} - 1 <= NF; i++) {{ gram = $i; \
             for (j = 1; j < {order}; j++) gram = gram \" \" $(i + j); print gram }} }}"
        );
        // awk knows space and tab; form feed and vertical tab become spaces before.
        let theirs = format!(
            "tr '\\v\\f' '  ' < FILE | sed 's/\\\\/\\\\\\\\/g' | LC_ALL=C awk '{awk}' | LC_ALL=C sort | LC_ALL=C uniq -c \
             | LC_ALL=C sed 's/^ *\\([0-9]*\\) \\(.*\\)$/\\2\\t\\1/' | LC_ALL=C sort"
        );
        texts.agree(&format!("ngram -q -n {order} FILE"), &theirs);
    }
}

#[test]
fn ngram_writes_in_the_order_of_sort() {
    if !has_programs() {
        return;
    }
    let texts = Texts::new();
    for args in [
        "-n 1",
        "-n 1-4",
        "--unit char -n 2",
        "--unit word -n 1-3",
        "--unit grapheme",
        "--top 30",
        "--min-count 2",
    ] {
        texts.agree(&format!("ngram -q {args} FILE"), &format!("ngram -q {args} FILE | LC_ALL=C sort"));
    }
}

#[test]
fn the_largest_counts_first_is_sort_by_number() {
    if !has_programs() {
        return;
    }
    Texts::new().agree(
        "ngram -q -n 1 --sort count FILE",
        "ngram -q -n 1 FILE | LC_ALL=C sort -s -t \"$(printf '\\t')\" -k 2,2nr",
    );
}

#[test]
fn tokens_one_a_line_are_those_of_tr() {
    if !has_programs() {
        return;
    }
    Texts::new().agree(
        "tokenize -q --invalid keep --unit space --lines FILE",
        "LC_ALL=C tr -s ' \\t\\v\\f' '\\n' < FILE | LC_ALL=C sed '/^$/d'",
    );
}

/// Characters that sort before the tab after an n-gram: the order is that of the n-gram, not of the whole line.
#[test]
fn control_characters_sort_by_the_n_gram_alone() {
    if !has_programs() {
        return;
    }
    let run = shell("printf 'a a\\001 a\\001b a\\010 ab\\n' | ngram -n 1 | tee all | cut -f 1");
    let folder = Folder::new();
    run.within(folder.path()).run().is(0, "a\na\u{1}\na\u{1}b\na\u{8}\nab\n", &[]);
    let sorted = shell("LC_ALL=C sort -t \"$(printf '\\t')\" -k 1,1 all").within(folder.path()).run();
    sorted.is(0, folder.read("all"), &[]);
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
            let theirs = texts.run(&format!("export LC_ALL=C; {}", theirs.replace("FILE", name))).text();
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
    let text = texts.folder.read("generated0");
    let mut counts: HashMap<&[u8], usize> = HashMap::new();
    text.split(|&byte| byte == b'\n').for_each(|line| *counts.entry(line).or_default() += 1);
    let repeated = counts.values().filter(|&&count| count > 1).count();
    assert!(repeated > 20 && counts.len() > 2 * repeated, "{repeated} of {} lines repeat", counts.len());
    assert!(std::str::from_utf8(&text).is_err(), "every byte is well-formed");
}
