//! What `ngram` writes for other programs, it reads.

use pipelines::{Texts, shell, tool};

use crate::{cells, few_words, same_tables};

fn texts() -> Texts {
    let texts = Texts::with_corpora();
    texts.folder.write("few", few_words(61, 200));
    texts
}

/// SRILM's counts are the tokens with spaces between, a tab and a number.
#[test]
fn srilm_comes_back() {
    let texts = texts();
    for args in ["-n 1-3", "-n 3 --bos --eos", "-n 5 -S 64K"] {
        for back in ["", "--sort count", "--min-count 2", "--top 5 --sort count", "--per-million"] {
            texts.agree(
                &format!("ngram {args} --format srilm FILE | ngram --read srilm {back}"),
                &format!("ngram {args} {back} FILE"),
            );
        }
    }
}

/// Other programs write their counts in an order of their own, and may count an n-gram in several rows.
#[test]
fn srilm_is_read_in_any_order() {
    let texts = texts();
    texts.run("ngram -n 1-3 few > wanted; ngram -n 1-3 --format srilm few | sort -r > counts; sed 's/$/0/' counts > tenfold");
    let merged = texts.run("ngram --read srilm -S 64K counts");
    assert_eq!(pipelines::difference("reversed", &texts.folder.read("wanted"), &merged.out), "");
    let sum = texts.run("ngram --read srilm counts tenfold");
    let wanted: String = cells(&texts.run("cat wanted").text())
        .iter()
        .map(|row| format!("{}\t{}\n", row[0], 11 * row[1].parse::<u64>().expect("a count")))
        .collect();
    sum.is(0, wanted, &[]);
}

#[test]
fn srilm_that_is_none_is_refused_by_its_place() {
    for (text, place) in [
        ("a b\t1\na\n", "record 2"),
        ("a b\t1\nb c\tx\n", "record 2"),
        ("a b\t-1\n", "record 1"),
        ("\t1\n", "record 1"),
        ("a b c d e f g h i j\t1\n", "record 1"),
    ] {
        let run = tool("ngram").args(["--read", "srilm"]).input(text).run();
        assert_eq!(run.status, Some(2), "{text}: {}", run.text());
        run.says(&["ngram: -: ", place]);
    }
}

/// The folders of Google's Web 1T 5-gram corpus: `1gms` to `5gms`, compressed shards in order.
#[test]
fn web1t_comes_back() {
    let texts = texts();
    for (name, args) in [("few", "-n 1-3"), ("pages", "-n 2-5 --unit word"), ("generated", "-n 1-2 -S 64K")] {
        texts.run(&format!("rm -rf web1t; ngram {args} --web1t web1t {name}"));
        let wanted = texts.run(&format!("ngram {args} {name}"));
        let back = texts.run("ngram --read web1t -r web1t");
        assert_eq!(pipelines::difference(name, &wanted.out, &back.out), "", "{args}");
    }
}

/// An object a line, with the tokens apart: nothing is escaped but by JSON.
#[test]
fn json_lines_say_what_the_table_says() {
    let texts = texts();
    for args in ["-n 1-3", "-n 2 --docs --per-million --scores all", "-n 1-2 --sort count --top 9"] {
        let rows = texts.run(&format!("ngram {args} --header few")).text();
        let rows = cells(&rows);
        let json = texts.run(&format!("ngram {args} --format jsonl few")).text();
        let table: String = json.lines().map(|line| format!("{}\n", row_of(line, &rows[0]))).collect();
        let wanted: String = rows[1..].iter().map(|row| format!("{}\n", row.join("\t"))).collect();
        same_tables(args, &table, &wanted);
    }
}

/// The row of a table that an object stands for, by the names of the columns.
fn row_of(line: &str, columns: &[&str]) -> String {
    let row: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    let tokens = row["ngram"].as_array().unwrap_or_else(|| panic!("{line}: no tokens"));
    let tokens: Vec<&str> = tokens.iter().filter_map(|token| token.as_str()).collect();
    assert_eq!(row["order"], tokens.len(), "{line}");
    let numbers = columns[1..].iter().map(|name| {
        let number = if row[name].is_number() { &row[name] } else { &row["scores"][name] };
        format!("\t{number}")
    });
    tokens.join(" ") + &numbers.collect::<String>()
}

/// Tokens that JSON has no words for are still one line, which is JSON.
#[test]
fn json_lines_are_json_whatever_the_tokens_are() {
    let script = "printf '\"a\" \\\\ \\001 \\377 \\303\\n' | ngram -q -n 1-2 --format jsonl";
    let run = shell(script).run();
    assert_eq!((run.status, &run.err[..]), (Some(0), ""));
    let text = String::from_utf8(run.out).expect("JSON is UTF-8");
    assert_eq!(text.lines().count(), 9);
    for line in text.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    }
}
