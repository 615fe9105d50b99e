//! Every command in a README is run, and every make target it names exists.

use std::fs;
use std::path::{Path, PathBuf};

use pipelines::{Folder, shell, tools};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The pages that users read: the first, each tool's, and the guides.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<_> =
        tools().iter().map(|tool| root().join("crates").join(tool).join("README.md")).collect();
    pages.extend(
        ["README.md", "docs/PERSIAN.md", "docs/NGRAM.md", "docs/QUALITY.md"].map(|page| root().join(page)),
    );
    pages
}

/// The lines of all `sh` blocks.
fn commands(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).expect("a README");
    let mut commands = Vec::new();
    let mut is_shell = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_shell = line == "```sh";
        } else if is_shell && !line.trim().is_empty() {
            commands.push(line.to_owned());
        }
    }
    commands
}

/// A folder that looks as the READMEs say: `pages` and `data`.
fn examples() -> Folder {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).expect("a copy");
            }
        }
    }
    let place = Folder::new();
    for folder in ["pages", "data"] {
        copy(&root().join("examples").join(folder), &place.path().join(folder));
    }
    place
}

#[test]
fn every_command_of_every_readme_runs() {
    let mut count = 0;
    for page in pages() {
        let place = examples();
        let commands = commands(&page);
        assert!(!commands.is_empty(), "{} shows no command", page.display());
        for command in commands.iter().filter(|command| !command.starts_with("make ")) {
            let outcome = shell(command).within(place.path()).run();
            assert_eq!(outcome.status, Some(0), "{}: {command}\n{}", page.display(), outcome.err);
            // Nothing but warnings about the page whose bytes are ill-formed on purpose.
            let is_quiet = outcome.err.lines().all(|line| line.contains("ill-formed byte sequence"));
            assert!(is_quiet, "{}: {command}\n{}", page.display(), outcome.err);
            count += 1;
        }
    }
    println!("{count} commands ran");
}

#[test]
fn every_make_target_in_a_readme_exists() {
    let makefile = fs::read_to_string(root().join("Makefile")).expect("a Makefile");
    let mut count = 0;
    for line in pages().iter().flat_map(|page| commands(page)) {
        let Some(target) = line.strip_prefix("make ").and_then(|rest| rest.split_whitespace().next()) else {
            continue;
        };
        assert!(makefile.contains(&format!("\n{target}:")), "no target {target}");
        count += 1;
    }
    assert!(count > 0, "the first page names targets");
}

#[test]
fn the_options_in_a_readme_are_those_of_the_tool() {
    for tool in tools() {
        let readme =
            fs::read_to_string(root().join("crates").join(&tool).join("README.md")).expect("a README");
        let shown = readme.split("\n## Options\n").nth(1).and_then(|rest| rest.split("\n## ").next());
        let outcome = shell(&format!("{tool} --generate options")).run();
        let wanted = outcome.text();
        assert_eq!(shown.map(str::trim), Some(wanted.trim()), "run make docs: {tool}");
        for option in wanted.lines().filter(|line| line.starts_with("- `")) {
            assert!(option.contains("Default: "), "{tool}: no default: {option}");
            assert!(option.contains("Example: "), "{tool}: no example: {option}");
        }
    }
}

#[test]
fn help_is_one_screen_and_whole() {
    for tool in tools() {
        let short = shell(&format!("COLUMNS=80 {tool} -h")).run();
        short.is(0, &short.out, &[]);
        assert!(short.text().lines().count() <= 50, "{tool} -h is {} lines", short.text().lines().count());
        let long = shell(&format!("{tool} --help")).run().text();
        let (examples, options) = (long.find("Examples:"), long.find("Options:"));
        assert!(examples.is_some() && examples < options, "{tool}: examples come first");
        assert!(long.contains("Exit status:"), "{tool}: the exit status is told");
        for shell_name in ["complete-bash", "complete-zsh", "complete-fish", "man"] {
            let made = shell(&format!("{tool} --generate {shell_name}")).run();
            assert!(made.status == Some(0) && made.text().contains(&tool), "{tool} --generate {shell_name}");
        }
        let version = shell(&format!("{tool} -V")).run().text();
        assert!(version.starts_with(&format!("{tool} ")), "{version}");
    }
}
