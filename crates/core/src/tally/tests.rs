//! A tally is a sorted map, whatever its limit and however the work is split; rankings are sorts.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

type Counts = Vec<(Vec<u8>, u64)>;

fn tally(limit_bytes: usize) -> Tally {
    Tally::new(limit_bytes, &std::env::temp_dir())
}

fn collect(mut sorted: Sorted) -> Counts {
    let mut counts = Vec::new();
    while let Some((key, count)) = sorted.next().unwrap() {
        counts.push((key.to_vec(), count));
    }
    assert_eq!(sorted.next().unwrap(), None, "the end stays the end");
    counts
}

fn expected(adds: &[(Vec<u8>, u64)]) -> Counts {
    let mut map: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for (key, count) in adds.iter().filter(|(_, count)| *count > 0) {
        let sum = map.entry(key.clone()).or_default();
        *sum = sum.saturating_add(*count);
    }
    map.into_iter().collect()
}

/// Adds in turn to one of several tallies, and looks at the memory after each.
fn split(adds: &[(Vec<u8>, u64)], limits: &[usize]) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = limits.iter().map(|&limit| tally(limit)).collect();
    for (number, (key, count)) in adds.iter().enumerate() {
        let at = number * 7 % limits.len();
        tallies[at].add(key, *count).unwrap();
        assert!(tallies[at].memory_bytes() <= limits[at].max(LIMIT_BYTES_MIN));
    }
    tallies
}

/// Keys that share beginnings, end in noughts, are short, long, and longer than any limit here.
fn keys() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => proptest::collection::vec(0u8..3, 0..12),
        4 => proptest::collection::vec(any::<u8>(), 0..40),
        2 => (0usize..70, 0u8..4).prop_map(|(length, last)| [vec![b'x'; length], vec![last]].concat()),
        1 => (600usize..6000, 0u8..4).prop_map(|(length, last)| [vec![b'x'; length], vec![last]].concat()),
    ]
}

fn counts() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 0u64..4, 1 => Just(u64::MAX / 2), 1 => any::<u64>()]
}

fn adds() -> impl Strategy<Value = Counts> {
    proptest::collection::vec((keys(), counts()), 0..400)
}

proptest! {
    #[test]
    fn is_a_sorted_map(adds in adds(), limits in proptest::collection::vec(prop_oneof![3 => 0usize..40_000, 1 => 1usize << 21..1 << 22], 1..4)) {
        let sorted = merge(split(&adds, &limits)).unwrap();
        prop_assert_eq!(collect(sorted), expected(&adds));
    }

    #[test]
    fn the_most_frequent_are_the_first_of_a_sort(adds in adds(), size in 0usize..50) {
        let mut top = Top::new(size);
        adds.iter().for_each(|(key, count)| top.push(key, *count));
        let mut sorted = adds;
        sorted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        sorted.truncate(size);
        prop_assert_eq!(top.finish(), sorted);
    }
}

#[test]
fn nothing_at_all() {
    assert_eq!(collect(merge(Vec::new()).unwrap()), []);
    assert_eq!(collect(merge(vec![tally(0), tally(1 << 20)]).unwrap()), []);
    assert_eq!(tally(1 << 30).memory_bytes(), 0, "an empty tally takes no memory");
}

#[test]
fn many_keys_in_many_rounds() {
    // 20,000 keys in 1 KiB are some hundreds of runs, of which eight at a time are merged.
    let adds: Counts = (0..20_000u64)
        .map(|number| (format!("key {:05}", number * 7919 % 10_007).into_bytes(), number % 3))
        .collect();
    let tallies = split(&adds, &[1 << 10]);
    assert!(tallies[0].runs.len() > 64, "{} runs", tallies[0].runs.len());
    assert_eq!(collect(merge(tallies).unwrap()), expected(&adds));
}

#[test]
fn runs_are_large() {
    // The memory that a spill empties has been put to use: not much less than the limit, again and again.
    let limit = 1 << 20;
    let mut tally = tally(limit);
    let mut bytes = 0;
    for number in 0..200_000u64 {
        let key = format!("a key of some thirty bytes {number}");
        bytes += key.len() + 24;
        tally.add(key.as_bytes(), 1).unwrap();
    }
    assert!(tally.runs.len() < 5 * bytes / limit / 2, "{} runs of {bytes} bytes", tally.runs.len());
}

#[test]
fn keys_that_wait_are_counted() {
    // Large enough for a batch, small enough to spill: short keys that repeat now and then, and long ones.
    let limit = BATCHES_MIN * Batch::MEMORY_BYTES;
    let adds: Counts = (0..200_000u64)
        .map(|number| {
            let scattered = number * number % 65_537;
            let length = (number % 11 + 1) as usize;
            (format!("{scattered:x}/{scattered:0>12}").into_bytes()[..length.max(3)].to_vec(), number % 5)
        })
        .chain((0..60_000u64).map(|number| (format!("a key of its own {number}").into_bytes(), 1)))
        .collect();
    let tallies = split(&adds, &[limit, limit]);
    assert!(tallies.iter().all(|tally| tally.runs.len() > 1 && tally.batch.memory_bytes() > 0));
    assert_eq!(collect(merge(tallies).unwrap()), expected(&adds));
}

#[test]
fn memory_changes_its_use() {
    // Short keys take the whole limit for entries, and then long ones come, which need bytes.
    let limit = 1 << 16;
    let short = (0..5_000u64).map(|number| (number.to_le_bytes().to_vec(), 1));
    let long = (0..2_000u64).map(|number| (format!("{number:0>300}").into_bytes(), 1));
    let adds: Counts = short.chain(long).collect();
    let tallies = split(&adds, &[limit]);
    assert!(tallies[0].runs.len() < 40, "{} runs", tallies[0].runs.len());
    assert_eq!(collect(merge(tallies).unwrap()), expected(&adds));
}

#[test]
fn sums_stay_at_the_greatest() {
    let mut tallies = vec![tally(1 << 20), tally(1 << 20)];
    tallies[0].add(b"a", u64::MAX - 1).unwrap();
    tallies[0].add(b"a", 7).unwrap();
    tallies[1].add(b"a", 7).unwrap();
    assert_eq!(collect(merge(tallies).unwrap()), [(b"a".to_vec(), u64::MAX)]);
}

#[test]
fn adding_goes_on_after_sorting() {
    let mut tally = tally(1 << 20);
    for round in 0..3 {
        for key in [&b"b"[..], b"a", b"a key of many bytes"] {
            tally.add(key, round + 1).unwrap();
        }
        tally.sort().unwrap();
    }
    let counts = collect(merge(vec![tally]).unwrap());
    assert_eq!(counts, [(b"a".to_vec(), 6), (b"a key of many bytes".to_vec(), 6), (b"b".to_vec(), 6)]);
}

#[test]
fn errors_say_what_was_being_written() {
    let directory = std::env::temp_dir().join("no such directory");
    let mut tally = Tally::new(0, &directory);
    let error = (0..1000u64).find_map(|number| tally.add(&number.to_le_bytes(), 1).err()).unwrap();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    let message = error.to_string();
    assert!(message.starts_with("writing a temporary run of "), "{message}");
    assert!(message.contains("no such directory"), "{message}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_loses_nothing_in_memory() {
    let full = std::fs::OpenOptions::new().read(true).write(true).open("/dev/full").unwrap();
    let mut tally = tally(0);
    tally.spool = Spool::of(full, &std::env::temp_dir());
    let mut added = Vec::new();
    let error = (0..1000u64).find_map(|number| {
        let key = number.to_le_bytes().to_vec();
        let error = tally.add(&key, 1).err();
        added.extend(error.is_none().then_some((key, 1)));
        error
    });
    let error = error.unwrap();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{error}");
    assert_eq!(collect(merge(vec![tally]).unwrap()), expected(&added));
}
