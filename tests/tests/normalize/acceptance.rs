//! On real pages: only what is explained changes, a second run changes nothing, and `--check` knows.

use std::fs;
use std::path::Path;

use pipelines::{Folder, pages, seeds, skipped, tool};

use crate::said::{Explained, Stretch, counted, done, explained, reported, stretches};

/// What a run over a folder leaves behind, with all that it says.
struct Run {
    folder: Folder,
    args: Vec<&'static str>,
    rows: Vec<Explained>,
    stretches: Vec<Stretch>,
}

/// A file before and after, as text.
struct Page {
    operand: String,
    before: Vec<u8>,
    after: Vec<u8>,
}

impl Run {
    /// Normalizes a copy of a folder.
    fn new(pages: &Path, args: &[&'static str]) -> Self {
        let folder = Folder::new();
        for entry in fs::read_dir(pages).expect("a folder").map(|entry| entry.expect("an entry")) {
            if entry.path().is_file() {
                let bytes = fs::read(entry.path()).expect("a page");
                folder.write(Path::new("pages").join(entry.file_name()), bytes);
            }
        }
        let run = |more: &[&str]| done(folder.path(), &[args, more, &["-r", "pages"]].concat());
        let rows = explained(&run(&["--explain"]).text());
        run(&["-d", "after", "--report", "report.json", "--offsets", "offsets.tsv"]);
        let encoding: Vec<&str> =
            args.iter().skip_while(|&&arg| arg != "--encoding").take(2).copied().collect();
        let decode = ["--form", "none", "--newlines", "keep", "-d", "before", "-r", "pages"];
        done(folder.path(), &[&encoding[..], &decode].concat());
        let stretches = stretches(&folder.read("offsets.tsv"));
        Run { folder, args: args.to_vec(), rows, stretches }
    }

    fn pages(&self) -> Vec<Page> {
        let names = fs::read_dir(self.folder.path().join("pages")).expect("a folder");
        let page = |name: String| {
            let mirrored = name.trim_end_matches(".gz");
            let read = |folder: &str| self.folder.read(Path::new(folder).join(mirrored));
            Page { operand: format!("pages/{name}"), before: read("before"), after: read("after") }
        };
        names.map(|entry| page(entry.expect("an entry").file_name().to_string_lossy().into_owned())).collect()
    }

    /// Every stretch that changed holds a row, every row is in a stretch or about what no step sees, and all other bytes
    /// are the same.
    fn changes_what_it_explains(&self) {
        let mut count = 0;
        for page in self.pages() {
            let [before, after] = [&page.before, &page.after].map(|text| records(text));
            assert_eq!(before.len(), after.len(), "{}", page.operand);
            for (index, ((old, old_end), (new, new_end))) in before.iter().zip(&after).enumerate() {
                let place = format!("{:?} {}: record {}", self.args, page.operand, index + 1);
                let is_here = |operand: &str, record: usize| operand == page.operand && record == index + 1;
                let rows: Vec<_> = self.rows.iter().filter(|row| is_here(&row.operand, row.record)).collect();
                let stretches: Vec<_> =
                    self.stretches.iter().filter(|it| is_here(&it.operand, it.record)).collect();
                same_between(old, new, &stretches, &place);
                for stretch in &stretches {
                    let is_explained = rows.iter().any(|row| is_inside(row, stretch));
                    assert!(is_explained, "{place}: {stretch:?} is not explained: {rows:?}");
                }
                for row in rows.iter().filter(|row| row.rule != "ill-formed" && row.byte < old.len()) {
                    let is_there = stretches.iter().any(|stretch| is_inside(row, stretch));
                    assert!(is_there, "{place}: {row:?} is in no stretch");
                    count += 1;
                }
                let end_is_explained = rows.iter().any(|row| row.rule == "newline" && row.byte == old.len());
                assert_eq!(end_is_explained, old_end != new_end, "{place}: {old_end:?} {new_end:?}");
            }
        }
        println!("{:?}: {count} changes in texts", self.args);
        assert_eq!(counted(&self.rows), reported(&self.folder.read("report.json")), "{:?}", self.args);
    }

    fn changes_nothing_again(&self) {
        let folder = self.folder.path();
        let before = tool("normalize").args(["-q", "--check"]).args(&self.args).args(["-r", "pages"]);
        assert_eq!(before.within(folder).run().status, Some(1), "{:?}: pages would change", self.args);
        // What was written is UTF-8, whatever was read.
        let args: Vec<&str> = self.args.iter().take_while(|&&arg| arg != "--encoding").copied().collect();
        done(folder, &[&args[..], &["-d", "again", "-r", "after"]].concat());
        for page in self.pages() {
            let name = page.operand.trim_start_matches("pages/").trim_end_matches(".gz");
            assert_eq!(self.folder.read(Path::new("again").join(name)), page.after, "{}", page.operand);
        }
        for question in ["--check", "--prove-idempotent"] {
            let run = tool("normalize").args([question]).args(&args).args(["-r", "after"]).within(folder);
            run.run().is(0, "", &[]);
        }
        let proof =
            tool("normalize").args(["-q", "--prove-idempotent"]).args(&self.args).args(["-r", "pages"]);
        proof.within(folder).run().is(0, "", &[]);
    }
}

/// Texts of lines, and their ends.
fn records(text: &[u8]) -> Vec<(&[u8], &[u8])> {
    let cut = |line: &'_ [u8]| {
        let text = line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
        text.len()
    };
    text.split_inclusive(|&byte| byte == b'\n').map(|line| line.split_at(cut(line))).collect()
}

/// A replacement stands where it was made; what was inserted may stand at either end of a stretch.
fn is_inside(row: &Explained, stretch: &Stretch) -> bool {
    (stretch.source.0..=stretch.source.1).contains(&row.byte)
}

#[track_caller]
fn same_between(old: &[u8], new: &[u8], stretches: &[&Stretch], place: &str) {
    let (mut source, mut output) = (0, 0);
    for stretch in stretches {
        let kept = (&old[source..stretch.source.0], &new[output..stretch.output.0]);
        assert_eq!(kept.0, kept.1, "{place}: before {stretch:?}");
        (source, output) = (stretch.source.1, stretch.output.1);
    }
    assert_eq!(&old[source..], &new[output..], "{place}: after all stretches");
}

fn count(text: &[u8], characters: &str) -> usize {
    String::from_utf8_lossy(text).chars().filter(|&character| characters.contains(character)).count()
}

#[test]
fn seed_pages_change_where_it_is_explained() {
    let Some(folder) = seeds() else { return skipped("there are no seed pages beside the repository") };
    let run = Run::new(&folder, &["--preset", "web"]);
    run.changes_what_it_explains();
    run.changes_nothing_again();
    let pages = run.pages();
    let sum = |characters| {
        pages.iter().fold((0, 0), |(before, after), page| {
            (before + count(&page.before, characters), after + count(&page.after, characters))
        })
    };
    let (no_break_before, no_break_after) = sum("\u{A0}\u{202F}");
    assert!(no_break_before > 0 && no_break_after == 0, "{no_break_before} {no_break_after}");
    for page in &pages {
        assert_eq!(fs::read(run.folder.path().join(&page.operand)).expect("a page"), page.before, "decoding");
        for kept in ["«", "»", "۰۱۲۳۴۵۶۷۸۹", "\u{200C}"] {
            assert_eq!(count(&page.after, kept), count(&page.before, kept), "{}: {kept}", page.operand);
        }
    }
    assert!(sum("«»").0 > 0 && sum("۰۱۲۳۴۵۶۷۸۹").0 > 0, "{:?} {:?}", sum("«»"), sum("۰۱۲۳۴۵۶۷۸۹"));
}

#[test]
fn sample_pages_change_where_it_is_explained() {
    for args in [
        &["--preset", "web"][..],
        &["--preset", "search"],
        &["--preset", "web", "--encoding", "auto"],
        &["--preset", "search", "--encoding", "auto"],
        &["--form", "nfd", "--newlines", "crlf", "--quotes", "de", "--digits", "fa"],
    ] {
        let run = Run::new(&pages(), args);
        run.changes_what_it_explains();
        run.changes_nothing_again();
    }
}

#[test]
fn sample_pages_keep_what_readers_see() {
    let run = Run::new(&pages(), &["--preset", "web", "--encoding", "auto"]);
    let mut before_all = 0;
    for page in run.pages() {
        before_all += count(&page.before, "\u{A0}\u{3000}");
        assert_eq!(count(&page.after, "\u{A0}\u{3000}"), 0, "{}", page.operand);
        for kept in ["«»„“”", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "👩", "\u{FE0F}"] {
            assert_eq!(count(&page.after, kept), count(&page.before, kept), "{}: {kept}", page.operand);
        }
    }
    assert!(before_all > 0);
}
