//! Collocates are those of a look at every pair of places, however the work is split.

use std::collections::BTreeMap;
use std::ffi::OsStr;

use clap::Parser;
use proptest::prelude::*;
use textcore::source::Operand;

use super::*;
use crate::score::{Score, Table};

#[derive(Parser)]
#[command(args_override_self = true)]
struct Typed {
    #[command(flatten)]
    count: CountFlags,
    #[command(flatten)]
    answer: AnswerFlags,
}

/// The list of these flags, where records go to so many workers in turn.
fn list(word: &str, flags: &str, records: &[&[u8]], workers: usize, memory_bytes: usize) -> String {
    let typed = Typed::try_parse_from(std::iter::once("ngram").chain(flags.split_whitespace()));
    let Typed { count, answer } = typed.expect("flags");
    let unit = count.unit.map_or(Unit::Word, UnitFlag::unit);
    let tool = Collocates {
        unit,
        node: node_of(OsStr::new(word).as_encoded_bytes(), unit, count.key_norm.as_ref()).expect("a node"),
        key_norm: count.key_norm,
        width: count.window.unwrap_or(WIDTH),
        plan: Plan::new(&answer).expect("a plan"),
        workers,
        memory_bytes,
        temporary_directory: std::env::temp_dir(),
        nodes: Arc::default(),
    };
    let mut states: Vec<State> = (0..workers).map(|_| tool.start()).collect();
    let operand = Operand { index: 0, typed: 0, path: None, mirror: PathBuf::new() };
    for (number, record) in records.iter().enumerate() {
        tool.fold(&mut states[number % workers], Record::of(record, &operand)).expect("counted");
    }
    let mut out = Vec::new();
    tool.finish(states, &Missed::default(), &mut out).expect("written");
    String::from_utf8(out).expect("text")
}

fn small(word: &str, flags: &str, text: &str) -> String {
    let records: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();
    list(word, flags, &records, 1, 1 << 20)
}

/// The first cells of each line.
fn cells(table: &str, columns: usize) -> Vec<String> {
    table.lines().map(|line| line.split('\t').take(columns).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_word_is_known_by_its_company() {
    let table = small("dog", "--window 2 --sort key --header", "the dog barks at the cat\na dog, a dog\n");
    let wanted = [
        "collocate count left right frequency",
        ", 2 1 1 1",
        "a 3 2 1 2",
        "at 1 0 1 1",
        "barks 1 0 1 1",
        "the 1 1 0 2",
    ];
    assert_eq!(cells(&table, 5), wanted);
    assert!(table.starts_with("collocate\tcount\tleft\tright\tfrequency\tlogdice\tll\tpmi\n"));
    // The two dogs of the second line are three tokens apart.
    let table = small("dog", "--window 3 --sort key", "the dog barks\na dog, a dog\n");
    assert!(cells(&table, 5).contains(&"dog 2 1 1 3".to_owned()), "{table}");
}

#[test]
fn a_phrase_is_a_node_and_its_tokens_are_not_near_it() {
    let table = small("New York", "--window 1 --sort key", "in New York New York is new\nNew Jersey\n");
    assert_eq!(cells(&table, 5), ["New 1 0 1 3", "York 1 1 0 2", "in 1 1 0 1", "is 1 0 1 1"]);
}

#[test]
fn spellings_of_a_word_are_one_with_a_key() {
    let text = "كتاب\u{200C}هاي عسل\nکتاب‌های عسل\nکتاب\u{200C}های عسل شيرين\n";
    let table = small("کتابهای", "--key-norm fa --window 2 --sort key", text);
    assert_eq!(cells(&table, 5), ["شيرين 1 0 1 1", "عسل 3 0 3 3"]);
    let table = small("عسل", "--key-norm fa --window 2 --sort count", text);
    assert_eq!(cells(&table, 5), ["کتاب\u{200C}های 3 3 0 3", "شيرين 1 0 1 1"], "the commonest form");
    assert_eq!(cells(&small("عسل", "--window 1 --sort key", text), 1).len(), 3, "bytes count without a key");
}

#[test]
fn lines_are_pruned_ranked_and_cut() {
    let text = "a x b\nb x c\nc x b\nd x d\nd d d d\n";
    let by = |flags: &str| cells(&small("x", &format!("--window 1 {flags}"), text), 2);
    assert_eq!(by("--sort key"), ["a 1", "b 3", "c 2", "d 2"]);
    assert_eq!(by("--sort count"), ["b 3", "c 2", "d 2", "a 1"]);
    assert_eq!(by(""), ["b 3", "c 2", "a 1", "d 2"], "by logDice");
    assert_eq!(by("--sort count --min-count 2 --top 2"), ["b 3", "c 2"]);
    assert_eq!(by("--sort key --top 2"), ["b 3", "c 2"]);
    assert_eq!(by("--top 0"), [""; 0]);
    assert_eq!(by("--min-count 4"), [""; 0]);
}

#[test]
fn objects_have_the_same_columns() {
    let object = small("x", "--format jsonl --scores dice,pmi --unit space", "\"a\\ x\n");
    let object: serde_json::Value = serde_json::from_str(&object).expect("JSON");
    let wanted = serde_json::json!({
        "collocate": "\"a\\", "count": 1, "left": 1, "right": 0, "frequency": 1,
        "scores": { "dice": 1, "pmi": 1 },
    });
    assert_eq!(object, wanted);
    assert_eq!(cells(&small("x", "--unit char --sort key", "\t x\n"), 2), ["\\t 1", "  1"]);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    for flags in ["--sort docs", "--format srilm", "--format jsonl --header", "--min-count 1,2"] {
        let typed = Typed::try_parse_from(std::iter::once("ngram").chain(flags.split_whitespace()));
        assert!(matches!(Plan::new(&typed.expect("flags").answer), Err(Error::Usage(_))), "{flags}");
    }
    assert!(node_of(b" \t", Unit::Word, None).is_none());
    assert!(node_of(b"!", Unit::Word, Key::parse("punct").ok().as_ref()).is_none());
}

/// What is counted of each token, place by place.
fn naive(records: &[Vec<u8>], node: &[u8], width: usize) -> (BTreeMap<u8, [u64; 3]>, u64) {
    let (mut counts, mut nodes) = (BTreeMap::<u8, [u64; 3]>::new(), 0);
    for record in records {
        record.iter().for_each(|&token| counts.entry(token).or_default()[2] += 1);
        for start in (0..record.len()).filter(|&start| record[start..].starts_with(node)) {
            nodes += 1;
            let end = start + node.len();
            for (place, &token) in record.iter().enumerate() {
                let count = counts.entry(token).or_default();
                count[0] += u64::from(place < start && start - place <= width);
                count[1] += u64::from(place >= end && place - end < width);
            }
        }
    }
    (counts, nodes)
}

proptest! {
    #[test]
    fn collocates_are_those_of_a_look_at_every_place(
        records in prop::collection::vec(prop::collection::vec(b'a'..b'h', 0..20), 1..20),
        node in prop::collection::vec(b'a'..b'c', 1..3),
        width in 1usize..5,
        workers in 1usize..4,
        has_key in any::<bool>(),
    ) {
        let (counts, nodes) = naive(&records, &node, width);
        let tokens: u64 = counts.values().map(|count| count[2]).sum();
        let slots: u64 = counts.values().map(|count| count[0] + count[1]).sum();
        let mut wanted: Vec<(f64, u8, String)> = Vec::new();
        for (&token, &[left, right, frequency]) in &counts {
            let count = left + right;
            if count > 0 {
                let score = Score::LogDice.of(&Table::pair(count, nodes, frequency, tokens));
                let pmi = Score::Pmi.of(&Table::pair(count, slots, frequency, tokens));
                let line = format!("{}\t{count}\t{left}\t{right}\t{frequency}\t{score}\t{pmi}", char::from(token));
                wanted.push((score, token, line));
            }
        }
        wanted.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
        let wanted: String = wanted.iter().map(|(_, _, line)| format!("{line}\n")).collect();
        let records: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
        let word = std::str::from_utf8(&node).expect("letters");
        let key = if has_key { "--key-norm lower" } else { "" };
        let flags = format!("--unit char --window {width} --scores logdice,pmi {key}");
        let found = list(word, &flags, &records, workers, 1 << 10);
        prop_assert_eq!(found.replace("\t-0\t", "\t0\t"), wanted.replace("\t-0\t", "\t0\t"));
    }
}
