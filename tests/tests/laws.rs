//! Laws over generated and real input: the same bytes for any work, and parts that merge to the whole.

use pipelines::{
    Codec, Folder, difference, generated_json_lines, generated_text, no_failures, pages, same_for_any_work,
    same_in_every_way, seeds, shell, skipped, tool,
};

/// Every tool in the modes that differ in how records travel.
const MODES: [&[&str]; 21] = [
    &["normalize"],
    &["normalize", "--form", "nfkd", "--newlines", "crlf"],
    &["normalize", "--check"],
    &["dedupe"],
    &["dedupe", "-c"],
    &["dedupe", "--unique", "--invalid", "replace"],
    &["tokenize"],
    &["tokenize", "--unit", "sentence"],
    &["tokenize", "--unit", "grapheme", "--lines"],
    &["tokenize", "--lang", "fa", "--dates", "--join", "_"],
    &["tokenize", "--joiner"],
    &["tokenize", "--format", "conllu"],
    &["tokenize", "--format", "tsv", "--offset-unit", "utf16"],
    &["tokenize", "--count=file"],
    &["tokenize", "--budget", "3"],
    &["tokenize", "--roundtrip", "--unit", "sentence"],
    &["ngram", "-n", "1-3"],
    &["ngram", "--unit", "char", "--sort", "count", "--top", "40"],
    &["stats", "-lwmc", "--unit", "space"],
    &["stats", "-w", "--unit", "sentence"],
    &["stats", "-l", "--dates"],
];

fn text() -> Vec<u8> {
    generated_text(1, 5_000)
}

/// Lines become records that end with NUL; those that held NUL become several.
fn null_text() -> Vec<u8> {
    let swap = |byte| if byte == b'\n' { 0 } else { byte };
    let mut bytes: Vec<u8> = text().into_iter().map(swap).collect();
    // A record may hold line ends.
    bytes.iter_mut().step_by(97).filter(|byte| **byte == b' ').for_each(|byte| *byte = b'\n');
    bytes
}

/// One of `frames` for each mode, in turn.
#[track_caller]
fn same_in_all_modes(frames: &[&[&str]], files: &[(&str, &[u8])]) {
    let failures = MODES.iter().zip(frames.iter().cycle()).filter_map(|(mode, frame)| {
        let args = [&mode[1..], frame].concat();
        same_in_every_way(mode[0], &args, files).err()
    });
    no_failures(&failures.collect::<Vec<_>>());
}

/// Two files: the first has no final line end, so one is supplied.
fn in_two(text: &[u8]) -> [(&str, &[u8]); 2] {
    let half = text.len() / 2;
    let at = half + text[half..].iter().position(|&byte| byte == b'\n' || byte == 0).expect("a line end");
    [("first", &text[..at]), ("second", &text[at + 1..])]
}

#[test]
fn lines_are_the_same_for_any_work() {
    same_in_all_modes(&[&[]], &in_two(&text()));
}

#[test]
fn null_records_are_the_same_for_any_work() {
    same_in_all_modes(&[&["-z"]], &in_two(&null_text()));
}

#[test]
fn paragraphs_are_the_same_for_any_work() {
    same_in_all_modes(&[&["--paragraphs"]], &in_two(&text()));
}

#[test]
fn whole_files_are_the_same_for_any_work() {
    let text = text();
    let [first, second] = in_two(&text);
    same_in_all_modes(
        &[&["--whole"]],
        &[first, second, ("again", first.1), ("empty", b""), ("line end", b"\n")],
    );
}

#[test]
fn json_lines_are_the_same_for_any_work() {
    let lines = generated_json_lines(2, 80);
    let policies =
        [&["--jsonl"][..], &["--jsonl", "--malformed", "skip"], &["--jsonl", "--malformed", "pass"]];
    same_in_all_modes(&policies, &in_two(&lines));
}

#[test]
fn columns_are_the_same_for_any_work() {
    same_in_all_modes(&[&["-t", " ", "--field", "2,4-"]], &in_two(&text()));
}

#[test]
fn ill_formed_bytes_are_the_same_for_any_work() {
    let text = text();
    let policies = ["fail", "skip", "keep", "replace", "skip"].map(|policy| ["--invalid", policy]);
    same_in_all_modes(&policies.each_ref().map(|args| &args[..]), &in_two(&text));
}

/// The whole report takes long to make where it is not optimized, so it has a test of its own.
#[test]
fn a_report_of_a_corpus_is_the_same_for_any_work() {
    let lines = generated_json_lines(9, 60);
    let reports = [
        same_in_every_way("stats", &["--tsv"], &in_two(&text())),
        same_in_every_way("stats", &["--json", "--jsonl", "--malformed", "skip"], &in_two(&lines)),
        same_for_any_work("stats", &["-r", "."], &pages()),
    ];
    no_failures(&reports.into_iter().filter_map(Result::err).collect::<Vec<_>>());
}

#[test]
fn little_memory_gives_the_same() {
    let folder = Folder::new();
    folder.write("text", generated_text(3, 60_000));
    for mode in
        [&["ngram", "-n", "1-4"][..], &["ngram", "--sort", "count"], &["dedupe", "-c"], &["stats", "--tsv"]]
    {
        let run =
            |memory| tool(mode[0]).args(&mode[1..]).args(["-S", memory, "text"]).within(folder.path()).run();
        let wanted = run("1G");
        assert!(wanted.status == Some(0) && !wanted.out.is_empty(), "{wanted:?}");
        for memory in ["1", "4K", "100K"] {
            assert_eq!(run(memory), wanted, "{mode:?} -S {memory}");
        }
    }
}

/// The sample pages hold BOMs, legacy encodings, UTF-16, gzip, ill-formed bytes and files without a final line end.
#[test]
fn real_pages_are_the_same_for_any_work() {
    let mut folders = vec![(pages(), vec!["-r", "."]), (pages(), vec!["-r", ".", "--encoding", "auto"])];
    match seeds() {
        Some(folder) => folders.push((folder, vec!["-r", "."])),
        None => skipped("there are no seed pages beside the repository"),
    }
    let mut failures = Vec::new();
    for (folder, args) in &folders {
        for mode in MODES {
            let args = [&mode[1..], args].concat();
            match same_for_any_work(mode[0], &args, folder) {
                Ok(outcome) => {
                    let may_be_silent = mode.contains(&"--check") || mode.contains(&"--roundtrip");
                    assert!(may_be_silent || !outcome.out.is_empty(), "{mode:?} says nothing");
                }
                Err(failure) => failures.push(failure),
            }
        }
    }
    no_failures(&failures);
}

/// Records do not know how they are spread over files; a record end that a file lacks is supplied.
#[test]
fn parts_in_order_give_what_the_whole_gives() {
    let no_returns = |bytes: Vec<u8>| bytes.into_iter().filter(|&byte| byte != b'\r').collect::<Vec<u8>>();
    let mut failures = Vec::new();
    for (frame, whole, end) in [
        (&[][..], no_returns(text()), b'\n'),
        (&["-z"], null_text(), 0),
        (&["--jsonl", "-q"], generated_json_lines(4, 80), b'\n'),
        (&["-t", ",", "--field", "1"], no_returns(text()), b'\n'),
    ] {
        for mode in MODES.iter().filter(|mode| !names_operands(mode) && mode[0] != "stats") {
            let args = [&mode[1..], frame].concat();
            let wanted = run_on_parts(mode[0], &args, std::slice::from_ref(&whole));
            for size in [1, 5, 1000] {
                let parts = in_parts(&whole, end, size);
                let got = run_on_parts(mode[0], &args, &parts);
                failures.push(difference(&format!("{mode:?} {frame:?} by {size}"), &wanted, &got));
            }
        }
    }
    failures.retain(|failure| !failure.is_empty());
    no_failures(&failures);
}

/// Whether the answer says which operand it is about.
fn names_operands(mode: &[&str]) -> bool {
    mode.iter().any(|flag| ["--check", "--roundtrip", "--format", "--count=file"].contains(flag))
}

/// Files of `size` records; every second one lacks the end of its last record, unless that record is empty.
fn in_parts(whole: &[u8], end: u8, size: usize) -> Vec<Vec<u8>> {
    let records: Vec<&[u8]> = whole.split_inclusive(|&byte| byte == end).collect();
    let mut parts: Vec<Vec<u8>> = records.chunks(size).map(<[&[u8]]>::concat).collect();
    let last = parts.len() - 1;
    for part in parts[..last].iter_mut().step_by(2) {
        if part.len() > 1 && part[part.len() - 2] != end && part.last() == Some(&end) {
            part.pop();
        }
    }
    parts
}

fn run_on_parts(name: &str, args: &[&str], parts: &[Vec<u8>]) -> Vec<u8> {
    let folder = Folder::new();
    let names: Vec<String> = (0..parts.len()).map(|index| format!("part{index:03}")).collect();
    names.iter().zip(parts).for_each(|(name, bytes)| drop(folder.write(name, bytes)));
    tool(name).args(args).args(&names).within(folder.path()).run().out
}

#[test]
fn merged_parts_give_what_the_whole_gives() {
    for mode in [&["ngram", "-n", "1-3"][..], &["ngram", "--unit", "grapheme"], &["stats"], &["stats", "-lm"]]
    {
        let folder = Folder::new();
        let whole = generated_text(5, 30_000);
        let lines: Vec<&[u8]> = whole.split_inclusive(|&byte| byte == b'\n').collect();
        for parts in [1, 2, 7] {
            let mut texts = Vec::new();
            let mut partials = Vec::new();
            for (index, part) in lines.chunks(lines.len().div_ceil(parts)).enumerate() {
                let suffix = ["", ".gz", ".zst"][index % 3];
                texts.push(format!("text{index}"));
                partials.push(format!("partial{index}{suffix}"));
                folder.write(&texts[index], part.concat());
                let output = ["-q", "--partial", &texts[index], "-o", &partials[index]];
                tool(mode[0]).args(&mode[1..]).args(output).within(folder.path()).run().is(0, "", &[]);
            }
            let wanted = tool(mode[0]).args(&mode[1..]).args(["-q"]).args(&texts).within(folder.path()).run();
            assert!(wanted.out.len() > 20, "{wanted:?}");
            // Parts are merged in any order, with any work.
            for (threads, chunk) in [("1", "7"), ("2", "256K"), ("8", "64")] {
                partials.rotate_left(1);
                let work = ["-q", "--merge", "-j", threads, "--chunk-size", chunk];
                tool(mode[0]).args(work).args(&partials).within(folder.path()).run().is(0, &wanted.out, &[]);
            }
        }
    }
}

#[test]
fn twice_gives_what_once_gives() {
    for mode in
        [&["normalize"][..], &["normalize", "--form", "nfkd"], &["dedupe"], &["dedupe", "--paragraphs"]]
    {
        let call = |input| tool(mode[0]).args(&mode[1..]).args(["-q"]).input(input).run();
        let once = call(generated_text(6, 40_000));
        assert!(once.status == Some(0) && once.out.len() > 1000, "{}", once.err);
        call(once.out.clone()).is(0, &once.out, &[]);
    }
}

/// No byte but white space is lost: `word` leaves out a segment only if all of it is White_Space.
#[test]
fn tokens_joined_give_back_the_text() {
    let text = generated_text(7, 40_000);
    let bare = |bytes: &[u8]| String::from_utf8_lossy(bytes).split_whitespace().collect::<String>();
    for unit in ["word", "space", "sentence", "grapheme", "char", "line"] {
        let tokens = tool("tokenize").args(["--unit", unit, "-q"]).input(text.clone()).run();
        assert_eq!(tokens.status, Some(0), "{}", tokens.err);
        assert_eq!(bare(&tokens.out), bare(&text), "{unit}");
        assert_ne!(tokens.out, text, "{unit}: nothing was split");
    }
}

#[test]
fn a_pipeline_is_the_same_for_any_work_and_any_compression() {
    let folder = Folder::new();
    let text = generated_text(8, 100_000);
    folder.write("text", &text);
    folder.write("text.zst", Codec::Zstd.compress(&text));
    let run = |first: &str, work: &str| {
        let script = format!(
            "normalize -q {work} {first} | dedupe {work} | tokenize {work} | ngram -n 2 --sort count --top 100 {work}"
        );
        shell(&script).within(folder.path()).run()
    };
    let wanted = run("text", "-j1");
    assert_eq!((wanted.status, wanted.text().lines().count()), (Some(0), 100), "{}", wanted.err);
    for work in ["-j2", "-j8 --chunk-size 100", "-j1 --chunk-size 1", "-S 10K", ""] {
        assert_eq!(run("text", work), wanted, "{work}");
        assert_eq!(run("text.zst", work), wanted, "{work}, compressed");
    }
}
