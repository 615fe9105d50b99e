//! Near-duplicates are those that sets of shingles, made in Python, say they are.

use std::collections::{BTreeMap, BTreeSet};

use pipelines::{Folder, Generator, beside, shell, tool, unpacked};

use crate::has_python;

/// Every pair of documents by the Jaccard similarity of its runs of five words; ASCII alone.
const JACCARD: &str = r#"
import json, re, sys
def shingles(text):
    words = re.findall("[a-z0-9]+", text.lower())
    return {tuple(words[i:i + 5]) for i in range(len(words) - 4)} if len(words) > 4 else {tuple(words)}
documents = [json.loads(line) for line in open(sys.argv[1])]
sets = [shingles(document["text"]) for document in documents]
for j, b in enumerate(sets):
    for i, a in enumerate(sets[:j]):
        if (similarity := len(a & b) / len(a | b)) > 0.3:
            print(documents[i]["id"], documents[j]["id"], "%.6f" % similarity, sep="\t")
"#;

/// Documents of words that no other document has, and copies of some with words replaced here and there.
fn documents(seed: u64, count: usize) -> String {
    let mut generator = Generator::new(seed);
    let mut known: Vec<Vec<String>> = Vec::new();
    let mut text = String::new();
    for number in 0..count {
        let words: Vec<String> = if number % 3 == 2 {
            let mut copy = known[generator.below(known.len())].clone();
            for _ in 0..generator.below(6) {
                let at = generator.below(copy.len());
                copy[at] = format!("edit{}", generator.below(1_000_000));
            }
            copy
        } else {
            (0..40 + generator.below(200)).map(|_| format!("w{}", generator.below(5000))).collect()
        };
        let gap = if number % 2 == 0 { ", " } else { " " };
        text.push_str(&format!("{{\"id\":\"d{number}\",\"text\":\"{}.\"}}\n", words.join(gap)));
        known.push(words);
    }
    text
}

/// Rows of a table of pairs.
fn pairs(table: &[u8]) -> BTreeMap<(String, String), f64> {
    let table = String::from_utf8_lossy(table);
    let mut found = BTreeMap::new();
    for line in table.lines() {
        let [one, other, similarity] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (one, other) = (one.to_owned(), other.to_owned());
        let pair = if one < other { (one, other) } else { (other, one) };
        let before = found.insert(pair, similarity.parse().expect("a similarity"));
        assert_eq!(before, None, "listed twice: {line}");
    }
    found
}

/// Documents by the clusters that they are in, as a table of id, cluster, representative, similarity says.
fn clusters(table: &[u8]) -> BTreeMap<String, Vec<(String, String, f64)>> {
    let table = String::from_utf8_lossy(table);
    let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for line in table.lines() {
        let [id, cluster, representative, similarity] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let member = (id.to_owned(), representative.to_owned(), similarity.parse().expect("a similarity"));
        found.entry(cluster.to_owned()).or_default().push(member);
    }
    found
}

#[test]
fn pairs_are_those_that_sets_in_python_have() {
    if !has_python() {
        return;
    }
    let folder = Folder::new();
    folder.write("docs", documents(1, 240));
    folder.write("jaccard.py", JACCARD);
    let told = shell("python3 jaccard.py docs").within(folder.path()).run();
    let all = pairs(&told.out);
    for threshold in [0.8, 0.5] {
        let script = format!("dedupe -q --near={threshold} --jsonl --pairs pairs -o kept docs");
        shell(&script).within(folder.path()).run().is(0, "", &[]);
        let found = pairs(&folder.read("pairs"));
        for (pair, similarity) in &found {
            let truth = all.get(pair).copied().unwrap_or_default();
            assert!(
                truth >= threshold && (truth - similarity).abs() < 0.001,
                "{pair:?} {similarity} {truth}"
            );
        }
        let wanted: Vec<_> = all.iter().filter(|(_, similarity)| **similarity >= threshold).collect();
        let missed = wanted.iter().filter(|(pair, _)| !found.contains_key(*pair)).count();
        // The curve promises .95 at the threshold and more above it.
        assert!(wanted.len() > 20 && missed * 20 <= wanted.len(), "{missed} of {} missed", wanted.len());
    }
}

#[test]
fn every_member_of_a_star_is_like_its_representative() {
    let folder = Folder::new();
    folder.write("docs", documents(2, 150));
    let script = "dedupe -q --near=0.8 --jsonl --clusters clusters --pairs pairs -o kept docs";
    shell(script).within(folder.path()).run().is(0, "", &[]);
    let pairs = pairs(&folder.read("pairs"));
    let mut members = 0;
    for (cluster, rows) in clusters(&folder.read("clusters")) {
        for (id, representative, similarity) in rows {
            if id == representative {
                continue;
            }
            members += 1;
            assert!(similarity >= 0.8, "{cluster}: {id} {similarity}");
            let pair = if id < representative { (id, representative) } else { (representative, id) };
            assert!(pairs.contains_key(&pair), "{cluster}: {pair:?} is no pair");
        }
    }
    let [docs, kept] = ["docs", "kept"].map(|name| String::from_utf8(folder.read(name)).expect("text"));
    assert!(members > 10 && docs.lines().count() - kept.lines().count() == members, "{members}");
    let known: BTreeSet<&str> = docs.lines().collect();
    assert!(kept.lines().all(|line| known.contains(line)));
}

/// Each document is like the one before it, and none like the one before that.
fn chain(length: usize) -> String {
    let words: Vec<String> = (0..20 * length + 100).map(|number| format!("w{number}")).collect();
    let document = |number: usize| {
        let text = words[number * 10..number * 10 + 100].join(" ");
        format!("{{\"id\":\"d{number}\",\"text\":\"{text}\"}}\n")
    };
    (0..length).map(document).collect()
}

#[test]
fn a_chain_does_not_collapse() {
    let folder = Folder::new();
    folder.write("chain", chain(200));
    let run = shell("dedupe -q --near=0.8 --jsonl --clusters stars chain").within(folder.path()).run();
    let largest = clusters(&folder.read("stars")).values().map(Vec::len).max();
    assert_eq!((run.status, largest), (Some(0), Some(2)), "{}", run.err);
    let kept = run.text().lines().count();
    assert!((100..=120).contains(&kept), "{kept} of 200 are kept");
    // Who asks for single links gets the chain.
    let script = "dedupe -q --near=0.8 --link single --jsonl --clusters single chain | wc -l";
    let run = shell(script).within(folder.path()).run();
    assert!(run.text().trim().parse::<usize>().is_ok_and(|kept| kept < 12), "{}{}", run.text(), run.err);
}

#[test]
fn short_documents_are_alike_only_if_they_are_the_same() {
    let short =
        ["", "a", "b", "a b", "b a", "a b c", "a b d", "...", "!", "\u{1F600}", "\u{1F601}", "a b c d"];
    let text: String = short.iter().map(|text| format!("{{\"text\":\"{text}\"}}\n")).collect();
    for flags in [
        &["-q", "--near", "--jsonl"][..],
        &["-q", "--near=0.5", "--jsonl"],
        &["-q", "--near", "--jsonl", "--no-verify"],
    ] {
        tool("dedupe").args(flags).input(text.clone()).run().is(0, &text, &[]);
        tool("dedupe").args(flags).input([&text[..], &text].concat()).run().is(0, &text, &[]);
    }
}

/// Sentences of a script without spaces: each of characters of its own, so that no two are alike.
#[test]
fn scripts_without_spaces_make_no_false_clusters() {
    let mut generator = Generator::new(3);
    let mut text = String::new();
    for (first, count) in [('\u{3041}', 80), ('\u{4E00}', 2000), ('\u{0E01}', 46)] {
        for _ in 0..40 {
            let letters =
                (0..120).filter_map(|_| char::from_u32(first as u32 + generator.below(count) as u32));
            text.push_str(&format!("{{\"text\":\"{}\u{3002}\"}}\n", letters.collect::<String>()));
        }
    }
    for flags in [
        &["-q", "--near", "--jsonl"][..],
        &["-q", "--near=0.5", "--jsonl"],
        &["-q", "--near=0.5", "--jsonl", "--shingle", "char:5"],
    ] {
        tool("dedupe").args(flags).input(text.clone()).run().is(0, &text, &[]);
    }
    // A copy with one character changed goes.
    let copies =
        text.lines().map(|line| line.replace("\":\"", "\":\"\u{3042}")).collect::<Vec<_>>().join("\n");
    let run = tool("dedupe").args(["-q", "--near", "--jsonl"]).input(format!("{text}{copies}\n")).run();
    let lost = run.text().lines().count() - text.lines().count();
    assert!(lost <= 3, "{lost} copies of 120 are not found");
}

#[test]
fn any_way_to_run_it_gives_the_same_bytes() {
    let folder = Folder::new();
    folder.write("a", documents(4, 40));
    folder.write("b", documents(5, 20));
    for flags in [
        "--near --jsonl",
        "--near=0.5 --jsonl --shingle word:3 --link single",
        "--near=0.6 --jsonl --no-verify",
        "--near --shingle char:9",
    ] {
        let ways = ["-j1 a b a", "-j8 --chunk-size 1 a b a", "-j2 --chunk-size 4K -S 64K -T . a b a"];
        let outs: BTreeSet<_> = ways
            .map(|way| shell(&format!("dedupe -q {flags} {way}")).within(folder.path()).run())
            .map(|run| (run.status, run.out, run.err))
            .into();
        assert_eq!(outs.len(), 1, "{flags}");
        assert!(
            outs.first().is_some_and(|(status, out, _)| *status == Some(0) && out.len() > 1000),
            "{flags}"
        );
    }
}

#[test]
fn tables_are_the_same_for_any_work() {
    let folder = Folder::new();
    folder.write("docs", documents(6, 120));
    let mut seen = BTreeSet::new();
    for threads in ["-j1", "-j2 --chunk-size 1", "-j8", "-j2 -S 64K -T ."] {
        let script = format!(
            "dedupe -q {threads} --near --jsonl --clusters clusters --pairs pairs --removed removed docs"
        );
        let run = shell(&script).within(folder.path()).run();
        assert_eq!(run.status, Some(0), "{}", run.err);
        seen.insert((run.out, folder.read("clusters"), folder.read("pairs"), folder.read("removed")));
    }
    assert_eq!(seen.len(), 1);
}

#[test]
fn shards_that_are_merged_are_judged_as_one() {
    let folder = Folder::new();
    let text = documents(7, 90);
    let shards: Vec<String> = (0..3)
        .map(|shard| text.lines().skip(30 * shard).take(30).map(|line| format!("{line}\n")).collect())
        .collect();
    for (name, shard) in ["a", "b", "c"].into_iter().zip(&shards) {
        folder.write(name, shard);
    }
    for link in ["star", "single"] {
        let script = format!(
            "for shard in a b c; do dedupe -q --near --jsonl --save-signatures $shard.sig -o kept $shard || exit; done
             dedupe -q --near --link {link} --jsonl --clusters one -o whole a b c &&
             dedupe -q --near --link {link} --merge --clusters merged -o ids a.sig b.sig c.sig && cmp one merged"
        );
        shell(&script).within(folder.path()).run().is(0, "", &[]);
        let ids = String::from_utf8(folder.read("ids")).expect("text");
        let whole = String::from_utf8(folder.read("whole")).expect("text");
        assert!(ids.lines().count() < 85, "some went");
        assert_eq!(ids.lines().count(), whole.lines().count());
        for (id, line) in ids.lines().zip(whole.lines()) {
            assert!(line.contains(&format!("\"id\":\"{id}\"")), "{id}: {line}");
        }
    }
    // One shard after the other, each knowing those before, is one run, too.
    let script = "dedupe -q --near --jsonl -o one a b c &&
         { dedupe -q --near --jsonl --save-signatures 1.sig a &&
           dedupe -q --near --jsonl --load-signatures 1.sig --save-signatures 2.sig b &&
           dedupe -q --near --jsonl --load-signatures 2.sig c; } > chained && cmp one chained";
    shell(script).within(folder.path()).run().is(0, "", &[]);
}

#[test]
fn a_document_is_named_by_its_field_or_its_place() {
    let folder = Folder::new();
    let words: String = (0..40).map(|number| format!("w{number} ")).collect();
    folder.write("a", format!("{{\"url\":\"x\",\"text\":\"{words}\"}}\n"));
    folder.write("b", format!("{{\"text\":\"other\"}}\n{{\"text\":\"{words}\"}}\n"));
    for (id, row) in [("", "a:1\tb:2\t"), ("--id url", "x\tb:2\t")] {
        let script = format!("dedupe -q --near --jsonl {id} --pairs pairs -o kept a b");
        shell(&script).within(folder.path()).run().is(0, "", &[]);
        let pairs = String::from_utf8(folder.read("pairs")).expect("text");
        assert!(pairs.starts_with(row) && pairs.lines().count() == 1, "{pairs}");
    }
}

/// Documents of real text, by their truth: what was planted is found, and no cluster is far larger than what was.
#[test]
fn planted_documents_are_found() {
    let (Some(docs), Some(truth)) = (beside("neardup/docs.jsonl.zst"), beside("neardup/truth.tsv")) else {
        return;
    };
    let truth = std::fs::read_to_string(truth).expect("a table");
    let planted: BTreeMap<&str, &str> = truth
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(id, rest)| (id, rest.split('\t').next().unwrap_or_default()))
        .collect();
    let text = unpacked(&docs, 700_000);
    let text = &text[..text.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1)];
    let folder = Folder::new();
    folder.write("docs", text);
    let script =
        "dedupe -q --near=0.5 --shingle word:3 --jsonl --clusters clusters --pairs pairs -o kept docs";
    shell(script).within(folder.path()).run().is(0, "", &[]);
    let present = |id: &str| String::from_utf8_lossy(text).contains(&format!("\"{id}\""));
    let wanted: Vec<_> = planted.iter().filter(|(id, source)| present(id) && present(source)).collect();
    let found = pairs(&folder.read("pairs"));
    let missed = wanted.iter().filter(|(id, source)| {
        let pair = if id < source {
            (id.to_string(), source.to_string())
        } else {
            (source.to_string(), id.to_string())
        };
        !found.contains_key(&pair)
    });
    assert_eq!(missed.count(), 0, "of {}", wanted.len());
    let largest = clusters(&folder.read("clusters")).values().map(Vec::len).max().unwrap_or_default();
    assert!(largest < 12, "a cluster of {largest}");
}
