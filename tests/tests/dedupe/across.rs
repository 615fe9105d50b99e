//! What was seen in other files, in other runs and on other machines.

use pipelines::{Folder, Generator, Texts, shell, tool};

use crate::lines;

/// Three files that share lines.
fn parts() -> Texts {
    let part = |seeds: [u64; 2], count| [lines(seeds[0], count), lines(seeds[1], count)].concat();
    Texts::of([
        ("a".to_owned(), part([1, 2], 900)),
        ("b".to_owned(), part([2, 3], 900)),
        ("c".to_owned(), part([1, 4], 900)),
    ])
}

/// The lines of the last file that stand in none before it, each once.
fn unseen(files: &str, last: &str) -> String {
    format!("cat {files} > before; awk 'NR == FNR {{ s[$0]; next }} !($0 in s) && !t[$0]++' before {last}")
}

#[test]
fn what_stands_in_other_files_goes() {
    let texts = parts();
    for threads in ["-j1", "-j8 --chunk-size 4K", "-j2 -S 64K -T . --chunk-size 4K"] {
        let wanted = texts.run(&unseen("a", "c"));
        assert_eq!(texts.run(&format!("dedupe {threads} --against a c")).text(), wanted.text(), "{threads}");
        let wanted = texts.run(&unseen("a b", "c"));
        let two = texts.run(&format!("dedupe {threads} --against a --against b c"));
        assert_eq!(two.text(), wanted.text(), "{threads}");
        assert!(!wanted.out.is_empty());
    }
    texts.run("dedupe --against a a").is(0, "", &[]);
    texts.run("dedupe --against /dev/null a > kept; dedupe a | cmp - kept").is(0, "", &[]);
    let texts = Texts::with_corpora();
    texts.agree(
        "dedupe -q --against pages FILE",
        "awk 'NR == FNR { s[$0]; next } !($0 in s) && !t[$0]++' pages FILE",
    );
}

#[test]
fn a_file_of_what_was_seen_stands_for_the_files() {
    let texts = parts();
    texts.run("dedupe --save-seen seen -o kept a b");
    assert_eq!(texts.folder.read("kept"), texts.run("dedupe a b").out);
    let wanted = texts.run(&unseen("a b", "c"));
    for threads in ["-j1", "-j8", "-j2 -S 64K -T . --chunk-size 4K"] {
        let run = texts.run(&format!("dedupe {threads} --load-seen seen c"));
        assert_eq!(run.text(), wanted.text(), "{threads}");
        // The same file, whatever made it.
        texts.run(&format!("dedupe {threads} --save-seen again -o kept b a b"));
        assert!(texts.folder.read("seen") == texts.folder.read("again"), "{threads}");
    }
    // What was loaded is saved too: a chain of days is one file.
    texts.run("dedupe --save-seen day1 -o kept a; dedupe --load-seen day1 --save-seen day2 -o kept b");
    assert!(texts.folder.read("day2") == texts.folder.read("seen"));
}

#[test]
fn a_file_of_what_was_seen_that_is_broken_is_refused() {
    let texts = parts();
    texts.folder.write("few", "one\ntwo\nthree\n");
    texts.run("dedupe --save-seen seen -o kept few");
    let whole = texts.folder.read("seen");
    texts.folder.write("out", "old\n");
    let refused = |bytes: &[u8], what: &str| {
        texts.folder.write("broken", bytes);
        let run =
            tool("dedupe").args(["--load-seen", "broken", "-o", "out", "few"]).within(texts.path()).run();
        assert_eq!(run.status, Some(2), "{what}: {}", run.err);
        run.says(&["dedupe: broken: "]);
        assert_eq!(texts.folder.read("out"), b"old\n", "{what}");
    };
    for length in 0..whole.len() {
        refused(&whole[..length], &format!("the first {length} bytes of {}", whole.len()));
    }
    let mut generator = Generator::new(9);
    for _ in 0..20 {
        let mut changed = whole.clone();
        let at = generator.below(whole.len());
        changed[at] ^= 1 << generator.below(8);
        refused(&changed, &format!("a bit changed in byte {at} of {}", whole.len()));
    }
    refused(&[&whole[..], b"x"].concat(), "a byte more");
    refused(b"just some text\n", "text");
    // Keys of another kind do not fit.
    for flags in ["--key-norm lower", "--hash 64"] {
        let run = shell(&format!("dedupe {flags} --load-seen seen few")).within(texts.path()).run();
        assert_eq!(run.status, Some(2), "{flags}: {}", run.err);
    }
}

#[test]
fn counts_of_parts_are_the_counts_of_the_whole() {
    let texts = parts();
    texts.run("for f in a b c; do dedupe -c --partial $f > $f.part; done");
    for flags in ["-c", "-c --repeated", "-c --unique"] {
        let wanted = texts.run(&format!("dedupe {flags} a b c"));
        let merged = texts.run(&format!("dedupe {flags} --merge a.part b.part c.part"));
        assert_eq!(pipelines::difference(flags, &wanted.out, &merged.out), "");
    }
    let run = shell("dedupe -c --merge a.part a").within(texts.path()).run();
    assert_eq!(run.status, Some(2), "{}", run.err);
    let half = texts.folder.read("a.part");
    texts.folder.write("half", &half[..half.len() / 2]);
    let run = shell("dedupe -c --merge half b.part").within(texts.path()).run();
    assert_eq!(run.status, Some(2), "{}", run.err);
}

#[test]
fn aligned_files_stay_aligned() {
    let texts = Texts::of([("en".to_owned(), lines(1, 2000)), ("fa".to_owned(), lines(2, 2000))]);
    texts.run("paste en fa | awk '!s[$0]++' > pairs; cut -f 1 pairs > en.wanted; cut -f 2 pairs > fa.wanted");
    for flags in ["-j1", "-j8 --chunk-size 4K", "-S 64K -T . --chunk-size 4K"] {
        texts.run(&format!("dedupe {flags} --parallel-text -d out en fa"));
        for name in ["en", "fa"] {
            let difference = pipelines::difference(
                name,
                &texts.folder.read(format!("{name}.wanted")),
                &texts.folder.read(format!("out/{name}")),
            );
            assert_eq!(difference, "", "{flags}");
        }
    }
    texts.run("head -n 1999 fa > short");
    let run = shell("dedupe --parallel-text -d out2 en short").within(texts.path()).run();
    assert_eq!(run.status, Some(2), "{}", run.err);
    assert_eq!(texts.run("find out2 -type f").text(), "");
}

#[test]
fn a_bloom_filter_never_keeps_a_repeat_and_is_the_same_for_any_work() {
    let texts = parts();
    let first = texts.run("dedupe -j1 --bloom 1M a b c");
    for threads in ["-j2", "-j8 --chunk-size 4K"] {
        assert_eq!(texts.run(&format!("dedupe {threads} --bloom 1M a b c")).out, first.out, "{threads}");
    }
    // Enough room: all is kept. Too little: lines are lost, repeats never kept.
    assert_eq!(first.out, texts.run("dedupe a b c").out);
    let small = texts.run("dedupe --bloom 64 a b c > kept; awk 's[$0]++' kept; wc -l < kept");
    let [all, kept] = [first.text().lines().count(), small.text().trim().parse().expect("a number alone")];
    assert!(0 < kept && kept < all, "{kept} of {all}");
}

#[test]
fn against_reads_what_any_operand_may_be() {
    let folder = Folder::new();
    folder.write("seen.gz", pipelines::Codec::Gzip.compress(b"a\nb\n"));
    folder.write("docs", "a\nc\nb\n");
    let run = shell("dedupe --against seen.gz docs").within(folder.path()).run();
    run.is(0, "c\n", &[]);
    let run = shell("printf 'b\\nc\\n' | dedupe --against - docs").within(folder.path()).run();
    run.is(0, "a\n", &[]);
}
