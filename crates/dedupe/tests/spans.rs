//! What goes from inside texts, and what pages share, as a person would type it.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::{TempDir, tempdir};

/// A folder with files, where commands are run.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Folder(tempdir().expect("a folder"));
        for (name, text) in files {
            fs::write(folder.0.path().join(name), text).expect("written");
        }
        folder
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn run(&self, arguments: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dedupe"))
            .args(arguments.split_whitespace())
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("dedupe starts");
        child.stdin.take().expect("a pipe").flush().expect("flushed");
        child.wait_with_output().expect("dedupe ends")
    }

    /// What a run writes that must succeed without a word.
    fn out(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{arguments}: {said}");
        String::from_utf8(output.stdout).expect("text")
    }
}

const MENU: &str = "Home · News · Contact";

fn pages() -> Folder {
    let page = |body: &str| format!("{MENU}\n\n{body}\nsubscribe\n---\n");
    Folder::new(&[
        ("a", &page("The harbour was closed on Monday because of the storm.")),
        ("b", &page("The harbour was closed on Monday because of the storm, they say.")),
        ("c", &page("Subscribe!\nThe match ended without a goal for either side, as it had begun.")),
        ("d", "Nothing here is like the others, so all of it is there to stay\n---\n"),
    ])
}

#[test]
fn what_was_mostly_seen_before_goes_and_is_listed() {
    let pages = pages();
    let out = pages.out("--boilerplate --removed removed a b c d");
    assert_eq!(
        out,
        format!(
            "{MENU}\n\nThe harbour was closed on Monday because of the storm.\nsubscribe\n---\n\n---\n\n\
             The match ended without a goal for either side, as it had begun.\n---\n\
             Nothing here is like the others, so all of it is there to stay\n---\n"
        )
    );
    let rows = ["b\t1\ta\t1", "b\t3\ta\t3", "b\t4\ta\t4", "c\t1\ta\t1", "c\t3\ta\t4", "c\t5\ta\t4"];
    assert_eq!(pages.read("removed"), rows.join("\n") + "\n");
    // The sentence has eight runs of five words in ten; with the others it stays.
    assert!(pages.out("--boilerplate=0.9 a b").contains("they say"));
    assert!(!pages.out("--boilerplate=0.75 a b").contains("they say"));
    // Runs of one word are seen sooner.
    assert!(pages.out("--boilerplate=0.1 --boilerplate-ngram 1 a b c").lines().count() < out.lines().count());
}

#[test]
fn what_most_documents_have_goes_with_its_first_copy() {
    let pages = pages();
    let out = pages.out("--boilerplate-share 0.5 --removed removed a b c d");
    assert!(!out.contains("Home") && !out.to_lowercase().contains("subscribe"), "{out}");
    assert!(
        out.contains("because of the storm.\n") && out.contains("they say") && out.ends_with("stay\n---\n")
    );
    let rows =
        ["a\t1\ta\t1", "a\t4\ta\t4", "b\t1\ta\t1", "b\t4\ta\t4", "c\t1\ta\t1", "c\t3\ta\t4", "c\t5\ta\t4"];
    assert_eq!(pages.read("removed"), rows.join("\n") + "\n");
    // Three of four are not more than three quarters, and one document alone has no boilerplate.
    assert!(pages.out("--boilerplate-share 0.75 a b c d").contains("Home"));
    assert_eq!(pages.out("--boilerplate-share 0.01 a"), pages.read("a"));
    // With both rules, what either drops goes, and all copies are counted.
    let both = pages.out("--boilerplate --boilerplate-share 0.5 --removed removed a b c d");
    assert!(!both.contains("Home") && !both.contains("they say") && both.contains("because of the storm.\n"));
    assert_eq!(pages.read("removed").lines().count(), rows.len() + 1);
}

#[test]
fn little_memory_changes_nothing_but_what_must_be_said() {
    let lines = |page: usize| -> String {
        (0..400).map(|line| format!("line {} of all, {}\n", line * page % 301, line % 7)).collect()
    };
    let files: Vec<(String, String)> = (1..9).map(|page| (format!("f{page}"), lines(page))).collect();
    let folder = Folder::new(&files.iter().map(|(name, text)| (&name[..], &text[..])).collect::<Vec<_>>());
    let names = files.iter().map(|(name, _)| &name[..]).collect::<Vec<_>>().join(" ");
    let wanted = folder.out(&format!("--boilerplate-share 0.6 --removed one {names}"));
    assert!(wanted.lines().count() > 100 && folder.read("one").lines().count() > 100);
    for flags in ["-S 4K", "-j1 --chunk-size 100", "-j8 --chunk-size 1K"] {
        assert_eq!(
            folder.out(&format!("--boilerplate-share 0.6 --removed other {flags} {names}")),
            wanted,
            "{flags}"
        );
        assert_eq!(folder.read("one"), folder.read("other"), "{flags}");
    }
    let full = folder.run(&format!("--boilerplate -S 4K --report report {names}"));
    assert!(full.status.success());
    assert!(String::from_utf8_lossy(&full.stderr).contains("memory (-S) was full"));
    let report: Value = serde_json::from_str(&folder.read("report")).expect("JSON");
    assert!(report["boilerplate"]["runs_forgotten"].as_u64().is_some_and(|count| count > 0), "{report}");
}

#[test]
fn lines_inside_json_go_with_their_ends() {
    let docs = concat!(
        r#"{"id":1,"text":"menu one two\nfirst \u0062ody\r\npay to read on","n":[1, 2]}"#,
        "\n",
        r#"{ "text":"menu one two\nsecond body\r\npay to read on" , "x":"menu one two"}"#,
        "\n",
        r#"{"text":"menu one two\n"}"#,
        "\n",
        r#"{"text":""}"#,
        "\n",
    );
    let folder = Folder::new(&[("docs", docs)]);
    let out = folder.out("--boilerplate --jsonl --removed removed docs");
    let first = docs.lines().next().expect("a line");
    assert_eq!(
        out,
        format!("{first}\n{}\n{}\n", r#"{ "text":"second body" , "x":"menu one two"}"#, r#"{"text":""}"#)
    );
    assert_eq!(
        folder.read("removed"),
        "docs\t2\tdocs\t1\t0\t13\ndocs\t2\tdocs\t1\t26\t40\ndocs\t3\tdocs\t1\t0\t13\n"
    );
    let shared = folder.out("--boilerplate-share 0.5 --jsonl docs");
    let texts: Vec<Value> = shared.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(texts[0]["text"], "first body\r\npay to read on");
    assert_eq!(texts.len(), 3);
}

#[test]
fn paragraphs_go_whole() {
    let folder = Folder::new(&[
        ("a", "one menu\nof many\n\nwhat a says\n\nthe end of it"),
        ("b", "what b says\n\none menu,\nof many\n\n\nthe end of it"),
    ]);
    assert_eq!(
        folder.out("--boilerplate --whole --boilerplate-unit paragraph a b"),
        "one menu\nof many\n\nwhat a says\n\nthe end of it\nwhat b says"
    );
    assert_eq!(
        folder.out("--boilerplate --paragraphs a b"),
        "one menu\nof many\n\nwhat a says\n\nthe end of it\n\nwhat b says\n\n"
    );
}

#[test]
fn stretches_are_cut_in_place_and_listed() {
    let folder = Folder::new(&[
        ("a", "It was the best of times, it was the worst of times.\n"),
        (
            "b",
            "They say: it was the worst of times. No more.\nIt was the best of times, it was the worst of times.\n",
        ),
    ]);
    folder.out("--substring 20 --removed removed -i a b");
    assert_eq!(folder.read("a"), "It was the best of times, it was the worst of times.\n");
    assert_eq!(folder.read("b"), "They say: No more.\n");
    assert_eq!(folder.read("removed"), "b\t1\ta\t1\t9\t36\t25\nb\t2\ta\t1\t0\t52\t0\n");
}

#[test]
fn ill_formed_text_is_cut_between_what_it_is_made_of() {
    let folder = Folder::new(&[]);
    let part = b"\xC3 broken \xFF and the rest of a long sentence \xE2\x80";
    let text = [&b"one"[..], part, b"\n", b"two", part, b"\n"].concat();
    fs::write(folder.0.path().join("a"), &text).expect("written");
    let output = folder.run("--substring 16 --substring-at char -q a");
    // Nothing runs across a byte that no text has.
    assert_eq!(output.stdout, [&b"one"[..], part, b"\ntwo\xC3 broken \xFF\n"].concat());
}

#[test]
fn modes_that_exclude_each_other_say_so() {
    let folder = Folder::new(&[("a", "a\n")]);
    for flags in [
        "--boilerplate --substring 20",
        "--boilerplate --near",
        "--substring 20 --near",
        "--substring 20 --key-norm fa",
        "--boilerplate -c",
        "--substring 15",
        "--boilerplate=0",
        "--boilerplate-share 1",
        "--substring-at char",
        "--boilerplate-ngram 4",
    ] {
        assert_eq!(folder.run(&format!("{flags} a")).status.code(), Some(2), "{flags}");
    }
}
