//! Any split of a corpus, counted apart and merged, gives the bytes of one run; parts that are not whole are refused.

use pipelines::{Codec, Folder, Texts, shell, tool};

use crate::{few_words, many_words};

/// How a corpus may be counted, and what may then be asked of the counts.
const WAYS: [(&str, &[&str]); 9] = [
    ("-n 1-5", &["", "--min-count 1,2,2", "--top 9 --sort count", "--per-million --cumulative --sort count"]),
    ("-n 2", &["--scores all", "--scores ll --sort ll --top 20", "--format jsonl --scores pmi"]),
    ("-n 3 --skip-gram 2", &["", "--stop-words stop"]),
    ("--window 4", &["--scores all --sort logdice"]),
    ("-n 1-3 --bos --eos", &["", "--format srilm"]),
    ("-n 1-2 --unit char", &[""]),
    ("-n 1-2 --key-norm lower", &["", "--sort count --top 11"]),
    ("-n 1-2 --docs", &["", "--docs --sort docs", "--min-docs 3"]),
    ("-n 1-3 --vocab vocabulary", &["", "--header"]),
];

/// A corpus, cut into seven files, the last of them empty.
fn corpus() -> Texts {
    let whole = few_words(41, 700);
    let lines: Vec<&[u8]> = whole.split_inclusive(|&byte| byte == b'\n').collect();
    let cuts = [0, 1, 90, 91, 300, 655, 700, 700];
    let part = |number: usize| (format!("{number}"), lines[cuts[number]..cuts[number + 1]].concat());
    let texts = Texts::of((0..7).map(part));
    texts.folder.write("vocabulary", "w1\nw3\nx2\n\u{6CC}4\nx5\nW7\nw9\nabsent\n");
    texts.folder.write("stop", "w1\nx0\n");
    texts
}

const PARTS: &str =
    "for part in 0 1 2 3 4 5 6; do ngram --partial WORK COUNTED $part -o $part.part.zst; done";

#[test]
fn seven_parts_are_one_run() {
    let texts = corpus();
    for work in ["", "-S 64K -j 2"] {
        for (counted, asked) in WAYS {
            texts.run(&PARTS.replace("WORK", work).replace("COUNTED", counted));
            texts.run(&format!("ngram --partial {counted} 0 1 2 3 4 5 6 -o whole.part"));
            // Merges of merges, in any order.
            texts.run("ngram --merge --partial [0-2].part.zst -o first.part");
            texts.run("ngram --merge --partial 6.part.zst 4.part.zst -o last.part.zst");
            let again = texts.run("ngram --merge --partial last.part.zst 5.part.zst first.part 3.part.zst");
            let whole = texts.folder.read("whole.part");
            assert_eq!(pipelines::difference(counted, &whole, &again.out), "", "a merge of merges");
            for &asked in asked {
                let wanted = texts.run(&format!("ngram {counted} {asked} 0 1 2 3 4 5 6")).out;
                for parts in
                    ["[0-6].part.zst", "whole.part", "last.part.zst 3.part.zst 5.part.zst first.part"]
                {
                    let column =
                        if counted.contains("--docs") && !asked.contains("--docs") { "--docs" } else { "" };
                    let merged = texts.run(&format!("ngram --merge {work} {asked} {column} {parts}"));
                    let difference = pipelines::difference(parts, &wanted, &merged.out);
                    assert_eq!(difference, "", "{counted} {asked} {work}");
                    assert_eq!(merged.err, "");
                }
            }
        }
    }
}

/// However many parts there are, and however small each is.
#[test]
fn a_part_of_each_line_is_one_run() {
    let folder = Folder::new();
    let text = many_words(5, 300);
    folder.write("whole", &text);
    for (number, line) in text.split_inclusive(|&byte| byte == b'\n').enumerate() {
        folder.write(format!("text/{number:03}"), line);
    }
    let run = |script: &str| {
        let outcome = shell(script).within(folder.path()).run();
        assert_eq!((outcome.status, &outcome.err[..]), (Some(0), ""), "{script}");
        outcome.out
    };
    run("cd text && for part in *; do ngram -n 1-3 --partial $part -o ../$part.part; done");
    let wanted = run("ngram -n 1-3 whole");
    assert_eq!(pipelines::difference("merged", &wanted, &run("ngram --merge *.part")), "");
    // With fewer files open at a time than there are parts.
    assert_eq!(
        pipelines::difference("merged", &wanted, &run("ulimit -n 64; ngram --merge -S 64K *.part")),
        ""
    );
}

/// Counts that do not fit in 32 bits, nor their sum in 64: it stays at the largest.
#[test]
fn counts_are_of_64_bits() {
    let folder = Folder::new();
    for (name, count) in [("large", "6000000000"), ("larger", "18446744073709551610")] {
        folder.write("counts", format!("a\t{count}\na b\t{count}\nb\t{count}\n"));
        let made = shell(&format!("ngram --read tsv --partial counts -o {name}"));
        made.within(folder.path()).run().is(0, "", &[]);
    }
    let merge = |parts: &str| shell(&format!("ngram --merge {parts}")).within(folder.path()).run();
    merge("large").is(0, "a\t6000000000\na b\t6000000000\nb\t6000000000\n", &[]);
    merge("large large").is(0, "a\t12000000000\na b\t12000000000\nb\t12000000000\n", &[]);
    let most = u64::MAX;
    merge("larger large larger").is(0, format!("a\t{most}\na b\t{most}\nb\t{most}\n"), &[]);
}

#[test]
fn parts_of_other_parameters_are_refused_with_both_named() {
    let folder = Folder::new();
    folder.write("text", "a b a\nB a\n");
    folder.write("vocabulary", "a\n");
    let ways = [
        "-n 2",
        "-n 1",
        "-n 1-2",
        "-n 2 --unit char",
        "-n 2 --key-norm lower",
        "-n 2 --key-norm fold",
        "-n 2 --skip-gram 1",
        "-n 2 --skip-gram 2",
        "--window 2",
        "-n 2 --bos",
        "-n 2 --eos",
        "-n 2 --docs",
        "-n 2 --docs --whole",
        "-n 2 --vocab vocabulary",
    ];
    for (number, way) in ways.iter().enumerate() {
        let run =
            shell(&format!("ngram --partial {way} text -o part{number:02}")).within(folder.path()).run();
        run.is(0, "", &[]);
    }
    for one in 0..ways.len() {
        for two in one..ways.len() {
            let parts = format!("part{one:02} part{two:02}");
            let run = shell(&format!("ngram --merge {parts} -o out")).within(folder.path()).run();
            if one == two {
                run.is(0, "", &[]);
                std::fs::remove_file(folder.path().join("out")).expect("the answer is there");
                continue;
            }
            assert_eq!(run.status, Some(2), "{} and {}", ways[one], ways[two]);
            run.says(&["ngram: ", &parts[..6], &parts[7..]]);
            assert!(!folder.path().join("out").exists(), "{parts}");
        }
    }
}

/// A part of a few rows, and what may become of it on its way.
#[test]
fn parts_that_are_not_whole_are_refused_and_named() {
    let folder = Folder::new();
    folder.write("text", "a b a\\\tb b\nc c\n");
    let part = shell("ngram -n 1-2 --partial text | tee good").within(folder.path()).run().text();
    let lines: Vec<&str> = part.split_inclusive('\n').collect();
    let joined = |lines: &[&str]| lines.concat();
    let (head, end) = (lines[0], lines[lines.len() - 1]);
    let rows = &lines[1..lines.len() - 1];
    assert!(rows.len() > 5 && end.starts_with("#end "), "{part}");
    let swapped = joined(&[&[head, rows[1], rows[0]], &rows[2..], &[end]].concat());
    let doubled = format!("{head}{}{}{}#end {}\n", rows[0], rows[0], joined(&rows[1..]), rows.len() + 1);
    let mut broken = vec![
        ("empty", String::new()),
        ("text alone", "a b\t1\n".to_owned()),
        ("another tool's", part.replacen("ngram", "stats", 1)),
        ("of the future", part.replacen("partial 3", "partial 999", 1)),
        ("of the past", part.replacen("partial 3", "partial 1", 1)),
        ("parameters cut", format!("{}\n{}", &head[..head.len() - 5], joined(&lines[1..]))),
        ("no end", joined(&lines[..lines.len() - 1])),
        ("a row less", joined(&[&[head], &rows[1..], &[end]].concat())),
        ("something after the end", format!("{part}1\tz\n")),
        ("two parts in one file", format!("{part}{part}")),
        ("out of order", swapped),
        ("a row twice", doubled),
        ("a count that is none", part.replacen("\n2\t", "\nx\t", 1)),
        ("a count below nothing", part.replacen("\n2\t", "\n-2\t", 1)),
        ("a count of nothing", part.replacen("\n2\t", "\n0\t", 1)),
        ("a count beyond 64 bits", part.replacen("\n2\t", "\n99999999999999999999\t", 1)),
        ("too many tokens", part.replacen("\tb\n", "\tb\tb\tb\n", 1)),
        ("an escape that is none", part.replacen("\\\\", "\\x", 1)),
        ("an escape cut", part.replacen("\\\\", "\\", 1)),
    ];
    // Cut within every line, and at its end: but for the last line end, without which the end is still told.
    let ends = lines.iter().scan(0, |at, line| {
        *at += line.len();
        Some(*at)
    });
    for at in ends.flat_map(|end| [end - 2, end - 1, end]).filter(|&at| at < part.len() - 1) {
        broken.push(("cut", part[..at].to_owned()));
    }
    for (what, text) in broken {
        assert_ne!(text, part, "{what}");
        folder.write("bad", &text);
        for parts in ["bad", "good bad", "bad good"] {
            let run = shell(&format!("ngram --merge {parts} -o out")).within(folder.path()).run();
            assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{what}: {parts}\n{text}");
            run.says(&["ngram: bad"]);
            assert_eq!(folder.names(), ["bad", "good", "text"], "{what}: {parts}");
        }
    }
}

/// No byte of a part can be changed without being noticed.
#[test]
fn a_damaged_part_is_refused() {
    let folder = Folder::new();
    folder.write("text", "a b c\nb c d a\n");
    for (tool_name, flags) in [("ngram", "--docs -n 1-2"), ("stats", "--frequency")] {
        let script = format!("{tool_name} {flags} --partial text");
        let part = shell(&script).within(folder.path()).run().out;
        for at in (0..part.len()).step_by(3) {
            for mask in [1, 0x20, 0x80] {
                let mut bad = part.clone();
                bad[at] ^= mask;
                folder.write("bad", &bad);
                let run = tool(tool_name).args(["--merge", "bad"]).within(folder.path()).run();
                let damaged = String::from_utf8_lossy(&bad).into_owned();
                assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{at} {mask:x}:\n{damaged}");
                run.says(&["bad"]);
            }
        }
    }
}

#[test]
fn a_compressed_part_that_is_cut_is_refused() {
    let folder = Folder::new();
    folder.write("text", many_words(8, 50));
    let part = shell("ngram -n 1-2 --partial text | tee good").within(folder.path()).run().out;
    for codec in [Codec::Gzip, Codec::Zstd, Codec::Xz, Codec::Bzip2] {
        let packed = codec.compress(&part);
        for length in [1, packed.len() / 2, packed.len() - 1] {
            folder.write("bad", &packed[..length]);
            let run = tool("ngram").args(["--merge", "good", "bad", "-o", "out"]).within(folder.path()).run();
            assert_eq!(run.status, Some(2), "{} of {length} bytes", codec.name());
            run.says(&["ngram: bad"]);
            assert!(!folder.path().join("out").exists());
        }
        folder.write("bad", &packed);
        tool("ngram").args(["--merge", "good", "bad", "-o", "/dev/null"]).within(folder.path()).run().is(
            0,
            "",
            &[],
        );
    }
}

/// What is asked is of the answer; what is counted is in the parts.
#[test]
fn flags_of_counting_mean_nothing_to_a_merge() {
    let folder = Folder::new();
    folder.write("text", "a b a\n");
    shell("ngram --partial text -o part").within(folder.path()).run().is(0, "", &[]);
    for flags in [
        "-n 2",
        "--unit word",
        "--key-norm lower",
        "--skip-gram 1",
        "--window 2",
        "--bos",
        "--eos",
        "--vocab text",
    ] {
        let run = shell(&format!("ngram --merge {flags} part")).within(folder.path()).run();
        assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{flags}");
        assert!(!run.err.is_empty(), "{flags}");
    }
    for flags in [
        "--top 3",
        "--min-count 2",
        "--sort count",
        "--scores pmi",
        "--per-million",
        "--header",
        "--stop-words text",
    ] {
        let run = shell(&format!("ngram --partial {flags} text")).within(folder.path()).run();
        assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{flags}");
        assert!(!run.err.is_empty(), "{flags}");
    }
}
