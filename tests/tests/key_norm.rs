//! `--key-norm`: what differs only in spelling is one thing, in every tool that counts or compares, and the text stays.

use pipelines::{Folder, generated_text, no_failures, same_in_every_way, shell, tool};

/// One word in six spellings, and words around it.
const SPELLINGS: &str =
    "تحریم های تازه\nتحریم\u{200C}های\nتحریمهای، تحريم هاي\nتَحریمهای The THE\nتحریم های\n"; // ZWNJ

/// Persian as it is found: affixes apart, ZWNJ, Arabic letters, digits of three scripts.
fn persian(seed: u64, lines: usize) -> Vec<u8> {
    let words = [
        "تحریم",
        "های",
        "ها",
        "کتاب",
        "كتاب",
        "می",
        "نمی",
        "خواهم",
        "شود",
        "خانه",
        "ای",
        "رئیس",
        "رییس",
        "۱۴۰۳",
        "١٤٠٣",
        "1403",
        "،",
        ".",
        "The",
        "the",
        "بزرگ",
        "تر",
        "ترین",
        "می\u{200C}شود",
        "خانهٔ",
        "Café",
        "cafe\u{301}",
    ];
    let mut generator = pipelines::Generator::new(seed);
    let mut text = String::new();
    for _ in 0..lines {
        for _ in 0..generator.below(9) {
            text.push_str(generator.pick(&words));
            text.push_str(generator.pick(&[" ", " ", " ", " ", "\u{200C}", "", "  ", "\t"]));
        }
        text.push('\n');
    }
    text.into_bytes()
}

#[test]
fn all_tools_agree_on_what_is_one() {
    let lines = "تحریم های\nتحریم\u{200C}های\nتحریمهای\nتحريم هاي\n"; // ZWNJ
    let call = |name: &str, args: &[&str]| {
        tool(name).args(args).args(["--key-norm", "fa"]).input(lines).run().text()
    };
    assert_eq!(call("dedupe", &[]), "تحریم های\n");
    assert_eq!(call("dedupe", &["-c"]), "      4 تحریم های\n");
    for unit in ["word", "space"] {
        // All are equally common: the first in byte order stands for them.
        assert_eq!(call("ngram", &["-n1", "--unit", unit]), "تحريم هاي\t4\n");
        assert_eq!(call("stats", &["-w", "--tsv", "--unit", unit]), "words\t4\n");
        let report = call("stats", &["--tsv", "--unit", unit]);
        assert!(
            report.contains("\ntypes\t1\n") && report.contains("\nfrequency.content.count.تحريم هاي\t4\n"),
            "{report}"
        );
    }
}

#[test]
fn the_commonest_form_is_shown() {
    let args = |rest: &[&'static str]| [rest, &["--key-norm", "lower,fa,punct"]].concat();
    let call = |rest| tool("ngram").args(args(rest)).input(SPELLINGS).run();
    // By key: the, then Persian words; of THE and The the first in byte order.
    call(&["-n1"]).is(0, "THE\t2\nتازه\t1\nتحریم های\t6\n", &[]);
    call(&["-n1-2", "--sort", "count", "--top", "1"]).is(0, "تحریم های\t6\nThe THE\t1\n", &[]);
}

#[test]
fn a_word_and_its_affix_are_one_token_of_an_n_gram() {
    let call = |text: &str, args: &[&str]| tool("ngram").args(args).input(text).run();
    call("این تحریم های تازه\n", &["--key-norm", "fa"]).is(0, "این تحریم های\t1\nتحریم های تازه\t1\n", &[]);
    call("جمهوری اسلامی\n", &["--key-norm", "fa"]).is(0, "جمهوری اسلامی\t1\n", &[]);
    call("تحریم  های\n", &["--key-norm", "fa"]).is(0, "تحریم های\t1\n", &[]);
}

#[test]
fn records_are_written_as_they_came() {
    let docs =
        "{\"id\":1,\"text\":\"رئیس  «A»\"}\n{\"id\":2,\"text\":\"رییس A\"}\n{\"id\":3,\"text\":\"ریس A\"}\n";
    let kept: String =
        docs.lines().filter(|line| !line.contains("\"id\":2")).map(|line| format!("{line}\n")).collect();
    tool("dedupe").args(["--jsonl", "--key-norm", "fa,punct"]).input(docs).run().is(0, kept, &[]);
    // Several columns are compared together, joined by their separator.
    let table = "1,Ａ,b\n2,A,B\n3,a,c\n";
    let args = ["-t", ",", "--field", "2,3", "--key-norm", "nfkc,fold"];
    tool("dedupe").args(args).input(table).run().is(0, "1,Ａ,b\n3,a,c\n", &[]);
    tool("dedupe").args(["--unique", "--key-norm", "lower"]).input("a\nA\nb\n").run().is(0, "b\n", &[]);
}

#[test]
fn lists_have_one_meaning_in_any_order_and_unknown_names_are_refused() {
    let part =
        |names: &str| tool("ngram").args(["--partial", "--key-norm", names]).input(SPELLINGS).run().text();
    assert_eq!(part("fa,lower,fa"), part("lower,fa"));
    for name in ["dedupe", "ngram", "stats"] {
        tool(name).args(["--key-norm", "lower,fs"]).run().is(
            2,
            "",
            &["no folding of keys is called 'fs'", "fa"],
        );
    }
}

#[test]
fn parts_of_other_keys_are_refused() {
    let folder = Folder::new();
    folder.write("t", SPELLINGS);
    for name in ["ngram", "stats"] {
        let script = format!(
            "{name} --partial --key-norm fa t > fa; {name} --partial t > plain; {name} --partial --key-norm lower t > lower"
        );
        shell(&script).within(folder.path()).run().is(0, "", &[]);
        for other in ["plain", "lower"] {
            let refused = tool(name).args(["--merge", "fa", other]).within(folder.path()).run();
            refused.is(2, "", &["made with", "fa", other]);
        }
        tool(name).args(["--merge", "--key-norm", "fa", "fa"]).within(folder.path()).run().is(
            2,
            "",
            &["--key-norm"],
        );
    }
}

#[test]
fn keys_are_the_same_for_any_work() {
    let (first, second) = (persian(1, 60), persian(2, 40));
    let files = [("first", first.as_slice()), ("second", second.as_slice())];
    let runs: [&[&str]; 4] = [
        &["dedupe", "-c", "--key-norm", "fold,marks,digits,fa"],
        &["ngram", "-n", "1-2", "--key-norm", "lower,fa"],
        &["ngram", "-n", "1-2", "--key-norm", "fa,punct", "--unit", "word", "--sort", "count", "--top", "30"],
        &["stats", "--tsv", "--key-norm", "lower,fa"],
    ];
    let failures: Vec<_> =
        runs.iter().filter_map(|run| same_in_every_way(run[0], &run[1..], &files).err()).collect();
    no_failures(&failures);
}

#[test]
fn merged_parts_give_what_the_whole_gives() {
    for mode in [
        &["ngram", "-n", "1-3", "--key-norm", "lower,fa"][..],
        &["ngram", "--unit", "word", "--key-norm", "fa,punct"],
        &["stats", "--key-norm", "fa,lower"],
    ] {
        let folder = Folder::new();
        let texts = [persian(3, 300), generated_text(4, 5_000), persian(5, 200)];
        let names = ["text0", "text1", "text2"];
        for (name, text) in names.iter().zip(texts) {
            folder.write(name, text);
            let output = ["-q", "--partial", name, "-o", &format!("part-{name}")];
            tool(mode[0]).args(&mode[1..]).args(output).within(folder.path()).run().is(0, "", &[]);
        }
        for order in [&[][..], &["--sort", "count", "--top", "20"]] {
            let order = if mode[0] == "stats" { &["--tsv"][..] } else { order };
            let whole = tool(mode[0])
                .args(&mode[1..])
                .args(["-q"])
                .args(order)
                .args(names)
                .within(folder.path())
                .run();
            assert!(whole.out.len() > 20, "{whole:?}");
            for memory in ["1G", "4K"] {
                let parts = names.map(|name| format!("part-{name}"));
                let merge = tool(mode[0]).args(["--merge", "-q", "-S", memory]).args(order).args(&parts);
                merge.within(folder.path()).run().is(0, &whole.out, &[]);
            }
        }
    }
}

#[test]
fn columns_are_compared_each_by_itself() {
    for (text, flags) in [
        ("a\tb c\na b\tc\n", &["--key-norm", "space"][..]),
        ("x,y\nx y,\n", &["-t", ",", "--key-norm", "punct"]),
        ("تحریم های\nتحریم\u{A0}های\n", &["-t", " ", "--key-norm", "fa"]),
        ("x，y,z\nx,y，z\n", &["-t", ",", "--key-norm", "nfkc"]),
    ] {
        let out = tool("dedupe").args(["--field", "1,2"]).args(flags).input(text).run();
        assert_eq!(out.text(), text, "{flags:?}");
    }
    let twice = tool("dedupe").args(["--field", "1,2", "--key-norm", "lower"]).input("a\tB\nA\tb\n").run();
    assert_eq!(twice.text(), "a\tB\n");
}
