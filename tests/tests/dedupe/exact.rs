//! Exact duplicates are those that awk finds, whatever is asked about them.

use std::path::Path;

use pipelines::{Folder, Texts, has_program, same_in_every_way, shell, tool};

use crate::lines;

/// The first of each line, in order.
const FIRST: &str = "awk '!seen[$0]++'";
/// How often each line comes, in order of first appearance.
const COUNTS: &str =
    "awk '!n[$0]++ { o[++k] = $0 } END { for (i = 1; i <= k; i++) printf \"%7d %s\\n\", n[o[i]], o[i] }'";

fn has_awk() -> bool {
    ["awk", "sort", "tac", "cat"].iter().all(|name| has_program(name))
}

#[test]
fn the_first_of_each_line_is_what_awk_keeps_on_every_text() {
    if !has_awk() {
        return;
    }
    let texts = Texts::with_corpora();
    for flags in ["", "-j1", "-j8", "--compare-bytes", "--hash 64"] {
        texts.agree(&format!("dedupe -q {flags} FILE"), &format!("{FIRST} FILE"));
    }
    texts.agree("cat FILE | dedupe -q", &format!("{FIRST} FILE"));
    texts.agree("dedupe -q letters FILE letters", &format!("{FIRST} letters FILE letters"));
}

#[test]
fn questions_are_answered_as_awk_answers_them() {
    if !has_awk() {
        return;
    }
    let texts = Texts::with_corpora();
    texts.agree("dedupe -q -c FILE", &format!("{COUNTS} FILE"));
    texts.agree("cat FILE | dedupe -q -c -j8", &format!("{COUNTS} FILE"));
    for (flag, wanted) in [("--unique", "== 1"), ("--repeated", "> 1")] {
        let awk = format!("NR == FNR {{ n[$0]++; next }} n[$0] {wanted} && !seen[$0]++");
        texts.agree(&format!("dedupe -q {flag} FILE"), &format!("awk '{awk}' FILE FILE"));
    }
    let groups = "!n[$0]++ { o[++k] = $0 } \
         END { for (i = 1; i <= k; i++) if (n[o[i]] > 1) for (j = 0; j < n[o[i]]; j++) print o[i] }";
    texts.agree("dedupe -q --all-repeated FILE", &format!("awk '{groups}' FILE"));
}

#[test]
fn which_record_stays_is_what_awk_finds_from_the_other_end_or_by_length() {
    if !has_awk() {
        return;
    }
    let texts = Texts::of([("lines".to_owned(), lines(3, 4000))]);
    let folded = "dedupe -q --key-norm lower,space";
    // The generated lines have no space at their ends and no letter beyond ASCII.
    let key = "k = tolower($0); gsub(/ +/, \" \", k);";
    texts.agree(&format!("{folded} FILE"), &format!("awk '{{ {key} if (!s[k]++) print }}' FILE"));
    texts.agree(
        &format!("{folded} --keep last FILE"),
        &format!("tac FILE | awk '{{ {key} if (!s[k]++) print }}' | tac"),
    );
    for (keep, sign) in [("longest", ">"), ("shortest", "<")] {
        let awk = format!(
            "{{ {key} l = length($0); if (!(k in best) || l {sign} best[k]) {{ best[k] = l; at[k] = NR }} \
             line[NR] = $0; of[NR] = k }} END {{ for (i = 1; i <= NR; i++) if (at[of[i]] == i) print line[i] }}"
        );
        texts.agree(&format!("{folded} --keep {keep} FILE"), &format!("awk '{awk}' FILE"));
    }
}

#[test]
fn what_is_left_out_is_listed_with_what_stays() {
    if !has_awk() {
        return;
    }
    let texts = Texts::of([("a".to_owned(), lines(4, 1500)), ("b".to_owned(), lines(4, 2500))]);
    let awk = "$0 in file { print FILENAME \"\\t\" FNR \"\\t\" file[$0] \"\\t\" record[$0]; next } \
         { file[$0] = FILENAME; record[$0] = FNR }";
    let wanted = texts.run(&format!("awk '{awk}' a b"));
    for flags in ["-j1", "-j8 --chunk-size 4K", "-j2 -S 64K -T . --chunk-size 4K"] {
        let run = texts.run(&format!("dedupe {flags} --removed removed -o kept a b; cat removed"));
        assert_eq!(run.text(), wanted.text(), "{flags}");
        assert_eq!(texts.folder.read("kept"), texts.run(&format!("{FIRST} a b")).out, "{flags}");
    }
    let awk = "{ n[$0]++; last[$0] = FILENAME \"\\t\" FNR; line[NR] = $0; place[NR] = FILENAME \"\\t\" FNR } \
         END { for (i = 1; i <= NR; i++) if (place[i] != last[line[i]]) print place[i] \"\\t\" last[line[i]] }";
    let run = texts.run("dedupe --keep last --removed removed -o kept a b; cat removed");
    assert_eq!(run.text(), texts.run(&format!("awk '{awk}' a b")).text());
}

/// The lines of a file of pairs whose keys are equal: see the README beside it.
fn colliding(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/collisions").join(name);
    let pairs = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    pairs.into_iter().map(|byte| if byte == b'\t' { b'\n' } else { byte }).collect()
}

fn line_count(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte == b'\n').count()
}

#[test]
fn lines_of_equal_64_bit_keys_are_lost_only_by_name() {
    let mut lost = 0;
    for name in ["xxh3-64.tsv", "xxh3-128-low.tsv", "xxh3-128-high.tsv"] {
        let lines = colliding(name);
        for flags in [&[][..], &["-j8"], &["--compare-bytes"], &["-S", "64K"], &["--keep", "last"]] {
            tool("dedupe").args(flags).input(lines.clone()).run().is(0, &lines, &[]);
        }
        let run = tool("dedupe").args(["--hash", "64"]).input(lines.clone()).run();
        assert_eq!(run.status, Some(0), "{}", run.err);
        lost += line_count(&lines) - line_count(&run.out);
    }
    // The key of 64 bits is one of the three, and every one of its eight pairs is taken for one line.
    assert_eq!(lost, 8);
}

/// Murmur's multicollisions are nothing to us.
#[test]
fn lines_of_equal_murmur_keys_stay() {
    if has_awk() {
        let texts = Texts::of([("murmur".to_owned(), colliding("murmur-64.tsv"))]);
        texts.agree("dedupe -q --hash 64 FILE", &format!("{FIRST} FILE"));
    }
}

/// An unkeyed hash of 128 bits is no match for one who wants two lines to share it; comparing the bytes is.
#[test]
fn crafted_lines_of_equal_128_bit_keys_are_told_apart_by_their_bytes() {
    let lines = colliding("xxh3-128.tsv");
    let run = tool("dedupe").input(lines.clone()).run();
    assert_eq!((run.status, line_count(&run.out)), (Some(0), 8), "{}", run.err);
    for flags in [&["-q", "--compare-bytes"][..], &["-q", "--compare-bytes", "-j8", "--chunk-size", "1"]] {
        tool("dedupe").args(flags).input(lines.clone()).run().is(0, &lines, &[]);
        let twice = [&lines[..], &lines].concat();
        tool("dedupe").args(flags).input(twice).run().is(0, &lines, &[]);
    }
}

#[test]
fn a_key_forgives_what_is_named_and_the_output_is_as_it_came() {
    let text = "Caf\u{E9}  au lait\ncafe\u{301} au lait!\nCAF\u{C9} AU LAIT\ncafe au lait\n";
    for (names, kept) in
        [("lower", 4), ("nfc,lower,space", 3), ("nfkc,lower,punct", 2), ("lower,punct,marks", 1)]
    {
        let out = tool("dedupe").args(["--key-norm", names]).input(text).run().text();
        assert_eq!(out.lines().count(), kept, "{names}: {out}");
        assert!(out.lines().all(|line| text.lines().any(|known| known == line)), "{names}: {out}");
    }
}

#[test]
fn every_frame_is_deduplicated() {
    let folder = Folder::new();
    folder.write("a", "same\n");
    folder.write("b", "same\n");
    folder.write("c", "other\n");
    let run = tool("dedupe").args(["--whole", "a", "b", "c"]).within(folder.path()).run();
    run.is(0, "same\nother\n", &[]);
    let paragraphs = "one\ntwo\n\nthree\n\none\ntwo\n";
    tool("dedupe").args(["--paragraphs"]).input(paragraphs).run().is(0, "one\ntwo\n\nthree\n\n", &[]);
    let json = "{\"id\":1,\"text\":\"a\\u0062\"}\n{\"id\":2,\"text\":\"ab\"}\n{\"id\":3,\"text\":\"c\"}\n";
    let kept = "{\"id\":1,\"text\":\"a\\u0062\"}\n{\"id\":3,\"text\":\"c\"}\n";
    tool("dedupe").args(["--jsonl"]).input(json).run().is(0, kept, &[]);
    let columns = "1,x,2\n3,x,2\n1,y,2\n";
    tool("dedupe").args(["-t", ",", "--field", "2-3"]).input(columns).run().is(0, "1,x,2\n1,y,2\n", &[]);
}

#[test]
fn any_way_to_run_it_gives_the_same_bytes() {
    let (a, b) = (lines(5, 200), pipelines::generated_text(5, 4_000));
    for flags in [
        &[][..],
        &["-c"],
        &["--all-repeated"],
        &["--keep", "last", "--key-norm", "lower"],
        &["--keep", "longest", "--key-norm", "lower,space"],
        &["--compare-bytes"],
    ] {
        let done = same_in_every_way("dedupe", flags, &[("a", &a), ("b", &b), ("c", &a)]);
        assert!(done.is_ok(), "{}", done.unwrap_err());
    }
}

#[test]
fn the_report_states_the_loss_to_expect() {
    for flags in ["", "--hash 64"] {
        let script = format!("seq 1000 | dedupe {flags} --report report > kept; cat report");
        let run = shell(&script).within(Folder::new().path()).run();
        assert!(run.text().contains("expected"), "{flags}: {}", run.text());
    }
}
