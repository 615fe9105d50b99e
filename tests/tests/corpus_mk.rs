//! `examples/corpus.mk`: nothing twice, only what changed, killed and resumed, the same bytes at any `-j`.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A corpus of its own and a place for results, both gone with the value.
struct Job {
    folder: tempfile::TempDir,
}

/// Pages in UTF-8 and other encodings, compressed, repeated, in folders; a few, for each costs five processes.
const PAGES: [&str; 7] = [
    "02-persian-correct.txt",
    "08-chinese.txt",
    "11-persian.windows-1256.txt",
    "14-russian.utf-16le.txt",
    "16-german.txt.gz",
    "17-persian-again.txt",
    "archive/1402/22-persian-earlier-version.txt",
];

impl Job {
    /// Copies of some example pages and one more, whose name is Persian.
    fn new() -> Self {
        let job = Job { folder: tempfile::tempdir().expect("a folder for temporary files") };
        fs::create_dir_all(job.path("pages/archive/1402")).expect("room for folders");
        for page in PAGES {
            fs::copy(root().join("examples/pages").join(page), job.path("pages").join(page))
                .expect("room for a page");
        }
        job.write_page("archive/صفحه.txt", "یک خط تازه\n");
        let bin = job.path("bin");
        fs::create_dir(&bin).expect("room for a folder");
        for tool in pipelines::tools() {
            std::os::unix::fs::symlink(pipelines::binary(&tool), bin.join(&tool)).expect("room for a link");
        }
        job
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write_page(&self, name: &str, text: &str) {
        fs::write(self.path("pages").join(name), text).expect("room for a page");
    }

    fn command(&self, out: &str, more: &[&str]) -> Command {
        let mut command = Command::new("make");
        command
            .arg("-f")
            .arg(root().join("examples/corpus.mk"))
            .args([format!("OUT={out}"), "PAGES=pages".to_owned(), "BIN=bin".to_owned()])
            .args(more)
            .current_dir(self.folder.path())
            // A make that runs these tests must not lend its options to the one that is tested.
            .env_remove("MAKEFLAGS")
            .env_remove("MFLAGS")
            .env_remove("MAKELEVEL");
        command
    }

    /// Runs make to its end; the commands that it ran.
    fn make(&self, out: &str, more: &[&str]) -> Vec<String> {
        let output = self.command(out, more).output().expect("make starts");
        assert!(output.status.success(), "{}", text_of(&output));
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
    }

    /// Every file in a folder with its bytes; what a tool left half-done is hidden and does not count.
    fn files(&self, out: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let (top, mut found) = (self.path(out), BTreeMap::new());
        let mut folders = vec![top.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
                if path.is_dir() {
                    folders.push(path);
                } else if !is_hidden {
                    let name = path.strip_prefix(&top).expect("a path below the folder").to_owned();
                    found.insert(name, fs::read(&path).expect("a file"));
                }
            }
        }
        found
    }

    /// Lets a tool, at the command line that holds `pattern`, start and take make and all its children down.
    fn kill_at(&self, tool: &str, pattern: &str) {
        let place = self.path("bin").join(tool);
        let real = pipelines::binary(tool);
        let script = format!(
            "#!/bin/sh\ncase \"$*\" in *{pattern}*) {0} \"$@\" & kill -9 0 ;; esac\nexec {0} \"$@\"\n",
            real.display()
        );
        fs::remove_file(&place).expect("the link was there");
        fs::write(&place, script).expect("room for a script");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).expect("a script may be run");
    }

    fn mend(&self, tool: &str) {
        let place = self.path("bin").join(tool);
        fs::remove_file(&place).expect("the script was there");
        std::os::unix::fs::symlink(pipelines::binary(tool), place).expect("room for a link");
    }
}

fn text_of(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The commands that are runs of one tool.
fn runs<'a>(commands: &'a [String], tool: &str) -> Vec<&'a str> {
    let run = format!("bin/{tool} ");
    commands.iter().map(String::as_str).filter(|command| command.contains(&run)).collect()
}

#[test]
fn a_second_run_does_nothing() {
    let job = Job::new();
    let first = job.make("out", &["-j2"]);
    assert_eq!(runs(&first, "normalize").len(), PAGES.len() + 1, "{first:?}");
    assert_eq!(runs(&first, "ngram").len(), PAGES.len() + 2, "{first:?}");
    assert_eq!(runs(&first, "stats").len(), PAGES.len() + 3, "{first:?}");
    let before = job.files("out");
    for answer in ["ngrams.tsv", "stats.json", "stats.tsv"] {
        assert!(before.get(Path::new(answer)).is_some_and(|bytes| !bytes.is_empty()), "{answer}");
    }
    assert_eq!(job.make("out", &["-j2"]), Vec::<String>::new());
    assert_eq!(job.files("out"), before);
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let job = Job::new();
    job.make("one", &["-j1"]);
    job.make("many", &["-j3"]);
    assert_eq!(job.files("one"), job.files("many"));
}

#[test]
fn one_page_that_changes_is_done_alone() {
    let job = Job::new();
    job.make("out", &["-j2"]);
    // Touched, but the same: its own text is made again, and the rest sees that nothing is new.
    let touched = Command::new("touch").arg(job.path("pages/08-chinese.txt")).status().expect("touch starts");
    assert!(touched.success());
    let commands = job.make("out", &["-j2"]);
    assert_eq!(commands.len(), 2, "{commands:?}");
    assert!(commands[0].contains("normalize") && commands[0].contains("08-chinese"), "{commands:?}");
    assert!(commands[1].contains("dedupe"), "{commands:?}");
    // Changed: every step for this page, and the sums.
    job.write_page("08-chinese.txt", "一行\nA line that no other page has.\n");
    let commands = job.make("out", &["-j2"]);
    for (tool, count) in [("normalize", 1), ("dedupe", 1), ("tokenize", 1), ("ngram", 2), ("stats", 3)] {
        assert_eq!(runs(&commands, tool).len(), count, "{tool}: {commands:?}");
    }
    job.make("clean", &[]);
    assert_eq!(job.files("out"), job.files("clean"));
}

#[test]
fn pages_that_come_and_go_and_other_options_are_seen() {
    let job = Job::new();
    job.make("out", &["-j2"]);
    // Its lines were also page 17's, which now has them first.
    fs::remove_file(job.path("pages/02-persian-correct.txt")).expect("the page was there");
    job.write_page("new.txt", "new\n");
    job.make("out", &["-j2"]);
    job.make("clean", &[]);
    assert_eq!(job.files("out"), job.files("clean"));
    assert!(!job.path("out/tokens/02-persian-correct.txt.txt").exists());
    job.make("out", &["-j2", "TOKENIZE=--unit grapheme"]);
    job.make("graphemes", &["TOKENIZE=--unit grapheme"]);
    assert_eq!(job.files("out"), job.files("graphemes"));
    assert_ne!(job.files("out"), job.files("clean"));
}

#[test]
fn killed_anywhere_it_goes_on_to_the_same_bytes() {
    let job = Job::new();
    job.make("clean", &[]);
    let wanted = job.files("clean");
    let places = [
        ("normalize", "14-russian"),
        ("dedupe", "-d"),
        ("tokenize", "16-german"),
        ("ngram", "08-chinese"),
        ("ngram", "--merge"),
        ("stats", "--tsv"),
    ];
    for (tool, pattern) in places {
        let out = format!("out-{tool}{pattern}");
        job.kill_at(tool, pattern);
        let output = job.command(&out, &["-j2"]).process_group(0).output().expect("make starts");
        assert!(!output.status.success(), "it was killed at {tool} {pattern}");
        assert_ne!(job.files(&out), wanted, "at {tool} {pattern} work was left");
        for (path, bytes) in job.files(&out) {
            let is_result =
                ["clean/", "tokens/", "ngrams/", "stats/"].iter().any(|part| path.starts_with(part));
            assert!(!is_result || wanted.get(&path) == Some(&bytes), "{} is not whole", path.display());
        }
        job.mend(tool);
        let commands = job.make(&out, &["-j2"]);
        assert!(
            tool == "normalize" || runs(&commands, "normalize").is_empty(),
            "what was done stays: {commands:?}"
        );
        assert_eq!(job.files(&out), wanted, "resumed after {tool} {pattern}");
    }
}

#[test]
fn names_that_make_cannot_handle_are_refused() {
    let job = Job::new();
    for name in ["a b.txt", "a:b.txt", "50%.txt", "a$b.txt", "it's.txt", "a[1].txt", "a#b.txt"] {
        job.write_page(name, "text\n");
        let output = job.command("out", &[]).output().expect("make starts");
        assert!(!output.status.success(), "{name}");
        assert!(text_of(&output).contains(name), "{}", text_of(&output));
        fs::remove_file(job.path("pages").join(name)).expect("the page was there");
    }
    let output = job.command("out", &["PAGES=missing"]).output().expect("make starts");
    assert!(text_of(&output).contains("missing is no folder"), "{}", text_of(&output));
}
