//! What stands in an earlier text goes, and nothing is cut in two.

use pipelines::{Folder, Generator, beside, same_in_every_way, shell, tool, unpacked};

use crate::has_python;

/// Every byte of a window of N bytes that stood earlier, without overlap, goes, in lines of ASCII; a line of which
/// nothing is left, too.
const WINDOWS: &str = r#"
import sys
length, seen = int(sys.argv[1]), {}
for number, line in enumerate(open(sys.argv[2])):
    line = line[:-1]
    gone = set()
    for start in range(len(line) - length + 1):
        window = line[start:start + length]
        first, at = seen.setdefault(window, (number, start))
        if first < number or at + length <= start:
            gone.update(range(start, start + length))
    kept = "".join(letter for at, letter in enumerate(line) if at not in gone)
    if kept or not line:
        print(kept)
"#;

/// What a list of removed stretches says is true: they are equal, the first copy is earlier, and the rest is the output.
const LISTED: &str = r#"
import sys
texts = open("text", "rb").read().split(b"\n")[:-1]
gone = [[] for _ in texts]
for row in open("removed"):
    _, record, _, first, start, end, origin = row.rstrip("\n").split("\t")
    record, first, start, end, origin = int(record) - 1, int(first) - 1, int(start), int(end), int(origin)
    # Stretches with different first copies that touch are one row, with the first copy of its beginning.
    assert texts[record][start:end][:8] == texts[first][origin:][:min(8, end - start)], row
    assert (first, origin) < (record, start), row
    texts[record].decode()[:0] + texts[record][start:end].decode()
    gone[record].append((start, end))
kept = []
for text, spans in zip(texts, gone):
    at, parts = 0, []
    for start, end in sorted(spans):
        parts.append(text[at:start])
        at = end
    rest = b"".join([*parts, text[at:]])
    if rest or not text:
        kept.append(rest)
assert b"".join(line + b"\n" for line in kept) == open("kept", "rb").read()
print(sum(map(len, gone)))
"#;

/// Lines of words, some stretches of which come again, in other lines and in the same one.
fn text(seed: u64, count: usize, words: &[&str]) -> String {
    let mut generator = Generator::new(seed);
    let mut lines: Vec<String> = Vec::new();
    for number in 0..count {
        let mut line: Vec<String> = (0..10 + generator.below(30))
            .map(|_| format!("{}{}", generator.pick(words), generator.below(1000)))
            .collect();
        if number > 0 && generator.once_in(2) {
            let known = &lines[generator.below(lines.len())];
            let from: Vec<&str> = known.split(' ').collect();
            let start = generator.below(from.len());
            let stretch = from[start..(start + 12).min(from.len())].join(" ");
            let at = generator.below(line.len());
            line.insert(at, stretch);
        }
        lines.push(line.join(" "));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn what_is_cut_is_every_window_that_came_before() {
    if !has_python() {
        return;
    }
    let folder = Folder::new();
    folder.write(
        "text",
        text(1, 60, &["word", "line", "of", "a"]) + &"ab".repeat(60) + "\n" + &"ab".repeat(70) + "\n",
    );
    folder.write("windows.py", WINDOWS);
    for length in [16, 20, 40] {
        let wanted = shell(&format!("python3 windows.py {length} text")).within(folder.path()).run();
        let script = format!("dedupe --substring {length} --substring-at char text");
        let found = shell(&script).within(folder.path()).run();
        assert_eq!(
            pipelines::difference(&script, &wanted.out, &found.out),
            "",
            "{}{}",
            wanted.err,
            found.err
        );
    }
}

#[test]
fn the_list_says_what_was_cut_and_where_it_stood_first() {
    if !has_python() {
        return;
    }
    let folder = Folder::new();
    folder.write("listed.py", LISTED);
    let scripts = ["می\u{200C}", "کتاب", "ö", "語", "word", "👩\u{200D}👩"]; // ZWNJ, ZWJ
    let mut texts = vec![text(2, 60, &scripts)];
    if let Some(corpus) = beside("corpora/multi.txt.zst") {
        let real = String::from_utf8_lossy(&unpacked(&corpus, 60_000)).replace('\r', "");
        let lines: Vec<&str> = real.lines().collect();
        let again: Vec<String> = lines.chunks(3).map(<[&str]>::concat).collect();
        texts.push(format!("{}\n{}\n", lines.join("\n"), again.join("\n")));
    }
    for text in texts {
        folder.write("text", text);
        for flags in ["", "--substring-at char", "-j8 --chunk-size 64"] {
            let script =
                format!("dedupe --substring 20 {flags} --removed removed -o kept text && python3 listed.py");
            let run = shell(&script).within(folder.path()).run();
            assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{flags}");
            let cut: usize = run.text().trim().parse().expect("a number");
            assert!(cut > 10, "{flags}: {cut}");
        }
    }
}

#[test]
fn words_are_whole_on_both_sides_of_a_cut() {
    let one = "the first copy of this long sentence stays where it stands";
    let two = "but Xthe first copy of this long sentence stays where it stillY goes";
    let run = tool("dedupe").args(["--substring", "20"]).input(format!("{one}\n{two}\n")).run();
    let last = run.text().lines().last().unwrap_or_default().to_owned();
    assert_eq!(run.text().lines().next(), Some(one));
    assert_eq!(last, "but Xthe stillY goes");
}

#[test]
fn any_way_to_run_it_gives_the_same_bytes() {
    let (a, b) = (text(3, 30, &["word", "می\u{200C}"]), text(4, 20, &["語"])); // ZWNJ
    let files = [("a", a.as_bytes()), ("b", b.as_bytes()), ("c", a.as_bytes())];
    let done = same_in_every_way("dedupe", &["--substring", "16"], &files);
    assert!(done.is_ok(), "{}", done.unwrap_err());
}

#[test]
fn a_field_of_json_is_cut_and_the_rest_passes() {
    let one = r#"{"id": 1, "text": "a stretch of words that comes again and again"}"#;
    let two = r#"{"text": "so: a stretch of words that comes again and again!", "more": "a stretch of words that comes"}"#;
    let run = tool("dedupe").args(["--substring", "30", "--jsonl"]).input(format!("{one}\n{two}\n")).run();
    let kept = r#"{"text": "so: !", "more": "a stretch of words that comes"}"#;
    assert_eq!(
        run.text().split_whitespace().collect::<String>(),
        format!("{one}{kept}").split_whitespace().collect::<String>()
    );
}

#[test]
fn text_that_does_not_fit_in_memory_is_a_clear_error() {
    let folder = Folder::new();
    folder.write("out", "old\n");
    folder.write("text", text(5, 2000, &["word"]));
    let run = shell("dedupe --substring 50 -S 64K -o out text").within(folder.path()).run();
    assert_eq!(run.status, Some(2), "{}", run.err);
    run.says(&["-S"]);
    assert_eq!(folder.read("out"), b"old\n");
    assert_eq!(folder.names(), ["out", "text"]);
}
