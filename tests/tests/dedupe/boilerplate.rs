//! Lines that pages share go, and what a page says stays.

use std::collections::BTreeSet;

use pipelines::{Folder, has_program, same_in_every_way, seeds, shell, skipped};

use crate::has_python;

/// onion's rule on lines of ASCII words: a line goes if at least half of its runs of N words came in a line before it.
const ONION: &str = r#"
import re, sys
order, threshold, seen = int(sys.argv[1]), float(sys.argv[2]), set()
for line in open(sys.argv[3]):
    words = re.findall("[a-z0-9]+", line.lower())
    runs = list(zip(*(words[start:] for start in range(order)))) if len(words) >= order else [tuple(words)] * bool(words)
    if not runs or sum(run in seen for run in runs) / len(runs) < threshold:
        sys.stdout.write(line)
    seen.update(runs)
"#;

/// Pages of sentences of their own, between a menu and a footer that they share, in which a word may differ.
fn site(pages: usize) -> String {
    let mut text = String::new();
    for page in 0..pages {
        text.push_str("home news sport culture about contact login\n");
        for line in 0..4 {
            let words: Vec<String> = (0..12).map(|word| format!("p{page}l{line}w{word}")).collect();
            text.push_str(&format!("{}.\n", words.join(" ")));
        }
        text.push_str(&format!("all rights are reserved by the owners of this page number {page} of many\n"));
    }
    text
}

#[test]
fn lines_go_by_the_rule_of_onion() {
    if !has_python() {
        return;
    }
    let folder = Folder::new();
    folder.write("site", site(30));
    folder.write("onion.py", ONION);
    let wanted = shell("python3 onion.py 5 0.5 site").within(folder.path()).run();
    let found = shell("dedupe --boilerplate site").within(folder.path()).run();
    assert_eq!(pipelines::difference("site", &wanted.out, &found.out), "", "{}{}", wanted.err, found.err);
    assert_eq!(found.text().lines().count(), 30 * 4 + 2);
}

#[test]
fn the_doubled_caption_and_the_repeated_menu_words_of_the_seeds_are_found() {
    let Some(seeds) = seeds() else { return skipped("there are no seed pages beside the repository") };
    if !has_program("awk") {
        return;
    }
    let folder = Folder::new();
    let script = "dedupe --boilerplate --removed removed -o kept ???_*.txt";
    shell(&format!("cp '{}'/*.txt . && {script}", seeds.display())).within(folder.path()).run().is(
        0,
        "",
        &[],
    );
    // Every line that came before, word for word, is listed with its place.
    let awk = "NF && seen[$0]++ { print FILENAME \"\\t\" FNR }";
    let wanted = shell(&format!("awk '{awk}' ???_*.txt")).within(folder.path()).run();
    let removed = String::from_utf8(folder.read("removed")).expect("text");
    let found: BTreeSet<&str> =
        removed.lines().filter_map(|row| row.match_indices('\t').nth(1).map(|(at, _)| &row[..at])).collect();
    assert_eq!(wanted.text().lines().count(), 2, "{}", wanted.text());
    for place in wanted.text().lines() {
        assert!(found.contains(place), "{place} is not among {removed}");
    }
    // And little else: what is kept is most of the pages, in order.
    let rest = shell("cat ???_*.txt | grep -vxFf kept | grep -c .").within(folder.path()).run();
    assert!(
        rest.text().trim().parse::<usize>().is_ok_and(|lines| lines <= 10),
        "{} lines are gone",
        rest.text()
    );
}

#[test]
fn any_way_to_run_it_gives_the_same_bytes() {
    let (a, b) = (site(4), site(2));
    let files = [("a", a.as_bytes()), ("b", b.as_bytes()), ("c", a.as_bytes())];
    let done = same_in_every_way("dedupe", &["--boilerplate"], &files);
    assert!(done.is_ok(), "{}", done.unwrap_err());
}
