//! Whatever the page gives as an example, works.

use std::path::Path;

use pipelines::{Folder, shell};

/// Flags whose examples name what is not here: more memory or another disk than a test may ask for.
const ELSEWHERE: [&str; 1] = ["--temporary-directory"];

/// What the examples speak of.
fn place() -> Folder {
    let folder = Folder::new();
    let page = "\u{A0}One two  three -- “four”\r\nwrapped he-\nre &lt;b&gt; <i>x</i>\n\n\n\nend\n";
    for name in
        ["page.txt", "a.txt", "b.txt.gz", "docs/a.txt", "corpus/a.txt", "corpus/drafts/b.txt", "pages/a"]
    {
        folder.write(name, page);
    }
    folder.write("table.csv", "a,b;c,d\n");
    folder.write("docs.jsonl", "{\"text\": \"a\", \"body\": \"b\", \"meta\": {\"title\": \"c\"}}\n");
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data/spelling.rules");
    folder.write("data/spelling.rules", std::fs::read(rules).expect("the example"));
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/language/data/fa/zwnj.model");
    folder.write("my.model", std::fs::read(model).expect("the built-in model"));
    folder
}

/// Each flag with the example in its entry.
fn examples() -> Vec<(String, String)> {
    let options = shell("normalize --generate options").run().text();
    let example = |line: &str| {
        let flag = line.strip_prefix("- `")?.split('`').next()?.to_owned();
        let example = line.split("Example: ").nth(1)?.to_owned();
        Some((flag, example))
    };
    options.lines().filter_map(example).collect()
}

#[test]
fn every_example_of_every_flag_works() {
    let examples = examples();
    assert!(examples.len() > 60, "{} examples", examples.len());
    for (flag, example) in examples.iter().filter(|(flag, _)| !ELSEWHERE.iter().any(|it| flag.contains(it))) {
        let folder = place();
        let is_command = ["normalize ", "dedupe ", "find "].iter().any(|word| example.starts_with(word));
        let command = if is_command { example.clone() } else { complete(example) };
        let run = shell(&command).within(folder.path()).run();
        let is_question = ["--check", "--prove-idempotent"].iter().any(|word| command.contains(word));
        let is_done = run.status == Some(0) || (is_question && run.status == Some(1));
        assert!(is_done, "{flag}: {command}: {:?} {}", run.status, run.err);
        assert!(!run.err.contains("normalize: "), "{flag}: {command}: {}", run.err);
    }
}

/// An example of flags alone, on a page that fits them.
fn complete(example: &str) -> String {
    let has = |word: &str| example.split_whitespace().any(|part| part.starts_with(word));
    let names_files = ["-r", "docs", "page.txt", "table.csv"].iter().any(|word| has(word));
    let input = if has("--jsonl") { "docs.jsonl" } else { "page.txt" };
    let more = match () {
        () if has("--reject") || has("--offsets") || has("--field") => " page.txt",
        () if names_files => "",
        () => &format!(" {input}"),
    };
    format!("normalize {example}{more} < {input}")
}

/// Values that a flag's entry names are taken.
#[test]
fn every_value_that_the_page_names_is_taken() {
    let folder = place();
    for (flag, values) in [
        ("--preset", "web search nmt_nfkc"),
        ("--form", "nfc nfd nfkc nfkd none"),
        (
            "--form=nfkc --nfkc-keep",
            "circle compat final font fraction initial isolated medial narrow nobreak small square sub super vertical \
             wide phrase spacing",
        ),
        ("--case", "lower upper fold keep"),
        ("--locale", "tr az lt el"),
        ("--lang", "fa tr de fr en ar"),
        ("--strip-marks", "latin greek cyrillic harakat tatweel niqqud teamim none harakat,tatweel arabic"),
        ("--controls", "keep strip"),
        ("--zero-width", "contextual drop space keep"),
        ("--bidi", "repair strip keep"),
        ("--quotes", "ascii fa de fr keep"),
        ("--dashes", "ascii en em fr keep"),
        ("--ellipsis", "ascii char keep"),
        ("--width", "fold keep"),
        ("--digits", "ascii fa ar deva thai keep"),
        ("--lang fa --quotes", "lang"),
        ("--lang fa --digits", "lang"),
        ("--lang fa --dashes", "lang"),
        ("--space", "plain collapse trim keep-tabs keep collapse,trim,keep-tabs"),
        ("--newlines", "lf crlf keep"),
        ("--tags", "strip keep"),
        ("--entities", "once keep"),
        ("--min-share", "letters=0 digits=0 punctuation=0 symbols=0 arabic=0 Arab=0"),
        ("--color", "auto always never"),
    ] {
        let mut plans = Vec::new();
        for value in values.split_whitespace() {
            let run = shell(&format!("normalize {flag}={value} page.txt")).within(folder.path()).run();
            assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{flag}={value}");
            let plan = shell(&format!("normalize {flag}={value} --plan")).run();
            plans.push(plan.text());
        }
        let says_nothing = ["--color", "--locale", "--lang", "--min-share"].contains(&flag);
        let is_told = |plans: &[String]| plans.windows(2).all(|pair| pair[0] != pair[1]);
        assert!(
            says_nothing || flag.contains("nfkc-keep") || is_told(&plans),
            "{flag}: two values, one plan"
        );
    }
}
