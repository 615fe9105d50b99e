//! docs/SIXTH-TOOL.md says what the files say.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    std::fs::read_to_string(root().join("docs/SIXTH-TOOL.md")).expect("the page is there")
}

/// The blocks of Rust, each with the path in the line above it.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    let mut blocks = Vec::new();
    for part in page.split("\n```rust\n").collect::<Vec<_>>().windows(2) {
        let path =
            part[0].trim_end().lines().last().and_then(|line| line.strip_prefix('`')?.strip_suffix("`:"));
        let (block, _) = part[1].split_once("```").expect("a block ends");
        blocks.push((path.expect("a path stands above each block"), block));
    }
    blocks
}

#[test]
fn every_block_stands_in_its_file() {
    let page = page();
    let blocks = blocks(&page);
    assert!(blocks.len() >= 5, "{blocks:?}");
    for (path, block) in blocks {
        let file = std::fs::read_to_string(root().join(path)).expect(path);
        assert!(file.contains(block), "{path} does not hold:\n{block}");
    }
}

#[test]
fn every_path_leads_to_a_file() {
    let page = page();
    let paths =
        page.split('`').filter(|code| code.contains('/') && code.ends_with(".rs") && !code.contains(' '));
    let mut count = 0;
    for path in paths {
        let place = if path.starts_with("crates/") || path.starts_with("examples/") {
            root().join(path)
        } else {
            root().join("examples/sixth-tool").join(path)
        };
        assert!(place.is_file(), "{path}");
        count += 1;
    }
    assert!(count >= 8, "{count}");
}

#[test]
fn the_page_has_the_sections_of_a_manual() {
    let readme = include_str!("../README.md");
    let sections: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(sections, ["Synopsis", "Examples", "Description", "Options", "Exit status"]);
}
