//! A merge is a sorted map, whatever the runs, their numbers, the memory, and the ranges it is read in.

use super::merge::reduce_to;
use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::sync::Arc;

type Rows = Vec<(Vec<u32>, u64)>;

const TYPES: usize = 40;

/// A part of the work: which number it gave each rank, and its rows as ranks.
#[derive(Debug, Clone)]
struct Part {
    /// The number for each rank, at rank - 1.
    numbers: Vec<u32>,
    rows: Rows,
}

fn layouts() -> impl Strategy<Value = Layout> {
    (1usize..6, any::<bool>(), any::<bool>()).prop_map(|(order, has_forms, has_documents)| Layout {
        order,
        has_forms,
        has_documents,
    })
}

fn counts() -> impl Strategy<Value = u64> {
    prop_oneof![6 => 1u64..4, 2 => 0u64..1000, 1 => Just(u64::MAX / 2), 1 => any::<u64>()]
}

/// Rows of several orders over few types, some with a number as large as they come.
fn parts(layout: Layout) -> impl Strategy<Value = Vec<Part>> {
    let token = prop_oneof![3 => 1u32..5, 1 => 1u32..=TYPES as u32];
    let document = prop_oneof![4 => 1u32..4, 1 => 1u32..=u32::MAX];
    let gram = move |order: usize| {
        proptest::collection::vec(token.clone(), 1..=order).prop_map(move |mut gram| {
            gram.resize(order, 0);
            gram
        })
    };
    let row = (gram(layout.order), gram(layout.order), document, counts()).prop_map(
        move |(mut row, forms, document, count)| {
            row.extend(forms.into_iter().filter(|_| layout.has_forms));
            row.extend(Some(document).filter(|_| layout.has_documents));
            (row, count)
        },
    );
    let numbers = Just((1..=TYPES as u32).map(|number| number * 199).collect::<Vec<u32>>()).prop_shuffle();
    let part = (numbers, proptest::collection::vec(row, 0..60))
        .prop_map(|(numbers, rows)| Part { numbers, rows: summed(rows) });
    proptest::collection::vec(part, 0..8)
}

fn summed(rows: impl IntoIterator<Item = (Vec<u32>, u64)>) -> Rows {
    let mut map: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
    for (row, count) in rows {
        let sum = map.entry(row).or_default();
        *sum = sum.saturating_add(count);
    }
    map.into_iter().collect()
}

fn source(part: &Part, layout: Layout, spool: &mut Spool) -> Source {
    let mut ranks = vec![0; TYPES * 199 + 1];
    for (rank, &number) in (1..).zip(&part.numbers) {
        ranks[number as usize] = rank;
    }
    let last = layout.width() - usize::from(layout.has_documents);
    let mut writer = spool.write(layout.width()).unwrap();
    for (row, count) in &part.rows {
        let number = |(column, &rank): (usize, &u32)| match rank {
            0 => 0,
            rank if column < last => part.numbers[rank as usize - 1],
            document => document,
        };
        let numbers: Vec<u32> = row.iter().enumerate().map(number).collect();
        writer.push(&numbers, *count).unwrap();
    }
    let run = writer.finish().unwrap();
    assert_eq!((run.rows(), run.width()), (part.rows.len() as u64, layout.width()));
    Source { run, translation: Arc::new(Translation::new(layout, ranks.clone(), ranks)) }
}

fn collect(mut merged: Merged) -> Rows {
    let mut rows: Rows = Vec::new();
    while let Some(row) = merged.next().unwrap() {
        let shared = rows.last().map_or(0, |(before, _)| {
            before.iter().zip(row.numbers).take_while(|(one, other)| one == other).count()
        });
        assert_eq!(row.shared, shared, "{:?}", row.numbers);
        rows.push((row.numbers.to_vec(), row.count));
    }
    assert_eq!(merged.next().unwrap(), None, "the end stays the end");
    rows
}

fn spool() -> Spool {
    Spool::new(&std::env::temp_dir())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn is_a_sorted_map(
        (layout, parts) in layouts().prop_flat_map(|layout| (Just(layout), parts(layout))),
        block_bytes in 0usize..2000,
        runs_max in 2usize..8,
        pieces in 1usize..9,
    ) {
        let mut spool = spool().with_blocks_of(block_bytes);
        let sources: Vec<Source> = parts.iter().map(|part| source(part, layout, &mut spool)).collect();
        let sizes: u64 = sources.iter().map(|source| source.run.size_bytes()).sum();
        prop_assert_eq!(spool.written_bytes(), sizes);
        let again = Spool::new(&std::env::temp_dir()).with_blocks_of(block_bytes);
        let runs = reduce_to(sources, layout.width(), runs_max, again).unwrap();
        let expected = summed(parts.into_iter().flat_map(|part| part.rows));
        prop_assert_eq!(&collect(runs.all().unwrap()), &expected);
        let ranges = runs.split(pieces);
        prop_assert!(ranges.len() <= pieces);
        let joined: Rows = ranges.iter().flat_map(|ranks| collect(runs.range(ranks).unwrap())).collect();
        prop_assert_eq!(joined, expected);
    }

    #[test]
    fn ranges_are_parts_of_the_whole(
        (layout, parts) in layouts().prop_flat_map(|layout| (Just(layout), parts(layout))),
        start in 0u64..TYPES as u64 + 3,
        length in 0u64..TYPES as u64,
    ) {
        let mut spool = spool().with_blocks_of(0);
        let sources: Vec<Source> = parts.iter().map(|part| source(part, layout, &mut spool)).collect();
        let runs = reduce_to(sources, layout.width(), 64, Spool::new(&std::env::temp_dir())).unwrap();
        let expected: Rows = summed(parts.into_iter().flat_map(|part| part.rows))
            .into_iter()
            .filter(|(row, _)| (start..start + length).contains(&u64::from(row[0])))
            .collect();
        prop_assert_eq!(collect(runs.range(&(start..start + length)).unwrap()), expected);
    }

}

proptest! {
    #[test]
    fn what_is_damaged_is_an_error_and_never_a_row(
        rows in proptest::collection::vec((proptest::collection::vec(1u32..9, 3), 1u64..9), 1..200),
        at: prop::sample::Index,
        bit in 0u32..8,
    ) {
        let rows = summed(rows);
        let file = tempfile::tempfile().unwrap();
        let mut spool = Spool::of(file.try_clone().unwrap(), &std::env::temp_dir()).with_blocks_of(0);
        let run = write(&mut spool, &rows);
        flip(&file, at.index(run.size_bytes() as usize) as u64, bit);
        let mut given = Vec::new();
        let error = read_until_error(run, &mut given).unwrap();
        prop_assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        prop_assert!(error.to_string().ends_with(": the run is damaged"), "{}", error);
        prop_assert_eq!(&given[..], &rows[..given.len()]);
    }

    #[test]
    fn bytes_of_any_kind_are_no_panic(bytes in proptest::collection::vec(any::<u8>(), 1..400)) {
        let file = tempfile::tempfile().unwrap();
        let mut spool = Spool::of(file.try_clone().unwrap(), &std::env::temp_dir());
        let mut run = write(&mut spool, &[(vec![1, 2, 3], 1)]);
        std::os::unix::fs::FileExt::write_all_at(&file, &bytes, 0).unwrap();
        run.blocks[0].length = bytes.len() as u32;
        run.blocks[0].checksum = xxhash_rust::xxh3::xxh3_64(&bytes);
        let mut given = Vec::new();
        read_until_error(run, &mut given);
        prop_assert!(given.is_sorted_by(|one, other| one.0 < other.0));
    }
}

fn write(spool: &mut Spool, rows: &[(Vec<u32>, u64)]) -> Run {
    let mut writer = spool.write(3).unwrap();
    for (row, count) in rows {
        writer.push(row, *count).unwrap();
    }
    writer.finish().unwrap()
}

fn flip(file: &File, at: u64, bit: u32) {
    use std::os::unix::fs::FileExt;
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    file.write_all_at(&[byte[0] ^ 1 << bit], at).unwrap();
}

/// Rows up to the first that cannot be read.
fn read_until_error(run: Run, given: &mut Rows) -> Option<io::Error> {
    let source = Source { run, translation: Arc::new(Translation::identity()) };
    let directory = std::env::temp_dir();
    let options = Options { memory_bytes: 0, threads: 1, temporary_directory: &directory };
    let mut merged = match merge(vec![source], &options) {
        Ok(merged) => merged,
        Err(error) => return Some(error),
    };
    loop {
        match merged.next() {
            Ok(Some(row)) => given.push((row.numbers.to_vec(), row.count)),
            Ok(None) => return None,
            Err(error) => return Some(error),
        }
    }
}

#[test]
fn nothing_at_all() {
    let directory = std::env::temp_dir();
    let options = Options { memory_bytes: 0, threads: 0, temporary_directory: &directory };
    assert_eq!(collect(merge(Vec::new(), &options).unwrap()), []);
    let mut given = Vec::new();
    assert!(read_until_error(write(&mut spool(), &[]), &mut given).is_none() && given.is_empty());
}

#[test]
fn sums_stay_at_the_greatest() {
    let mut spool = spool();
    let run = |spool: &mut Spool, count| Source {
        run: write(spool, &[(vec![1, 0, 0], count)]),
        translation: Arc::new(Translation::identity()),
    };
    let sources = vec![run(&mut spool, u64::MAX - 1), run(&mut spool, 7), run(&mut spool, 7)];
    let directory = std::env::temp_dir();
    let options = Options { memory_bytes: 0, threads: 1, temporary_directory: &directory };
    assert_eq!(collect(merge(sources, &options).unwrap()), [(vec![1, 0, 0], u64::MAX)]);
}

#[test]
fn rows_are_small() {
    // All orders up to 5 of a text over 5,000 types: less than half of four bytes a token and eight a count.
    let (order, mut state) = (5usize, 1u64);
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let few = (state >> 40) % 5_000 + 1;
        (few * few / 5_000 + 1) as u32
    };
    let text: Vec<u32> = (0..20_000).map(|_| random()).collect();
    let grams = (0..text.len() - order).flat_map(|at| (1..=order).map(move |length| (at, length)));
    let rows = summed(grams.map(|(at, length)| {
        let mut row = text[at..at + length].to_vec();
        row.resize(order, 0);
        (row, 1)
    }));
    let plain: usize =
        rows.iter().map(|(row, _)| row.iter().filter(|&&number| number > 0).count() * 4 + 8).sum();
    let mut spool = spool();
    let mut writer = spool.write(order).unwrap();
    for (row, count) in &rows {
        writer.push(row, *count).unwrap();
    }
    let size_bytes = writer.finish().unwrap().size_bytes();
    assert!(size_bytes * 5 < plain as u64, "{size_bytes} of {plain}");
}

#[test]
fn a_truncated_file_is_an_error() {
    let file = tempfile::tempfile().unwrap();
    let mut spool = Spool::of(file.try_clone().unwrap(), &std::env::temp_dir()).with_blocks_of(0);
    let rows: Rows = (1..1000).map(|number| (vec![number, 1, 1], 1)).collect();
    let run = write(&mut spool, &rows);
    file.set_len(run.size_bytes() / 2).unwrap();
    let message = format!("reading a temporary run of {} bytes in ", run.size_bytes());
    let mut given = Vec::new();
    let error = read_until_error(run, &mut given).unwrap();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    assert!(error.to_string().starts_with(&message), "{error}");
    assert!(!given.is_empty() && given[..] == rows[..given.len()]);
}

#[test]
fn what_a_caller_gets_wrong_is_an_error() {
    let mut spool = spool();
    assert!(spool.write(COLUMNS_MAX + 1).is_err());
    for (before, after) in [([1, 2], &[1, 2][..]), ([1, 2], &[1, 0]), ([1, 2], &[0, 5]), ([1, 2], &[1])] {
        let mut writer = spool.write(2).unwrap();
        writer.push(&before, 1).unwrap();
        assert_eq!(writer.push(after, 1).unwrap_err().kind(), io::ErrorKind::InvalidInput, "{after:?}");
    }
    assert!(spool.write(2).unwrap().push(&[0, 0], 1).is_err());
    assert_eq!(spool.written_bytes(), 0, "a writer that is dropped leaves no run");
    let identity = Arc::new(Translation::identity());
    let of = |spool: &mut Spool, width| Source {
        run: spool.write(width).unwrap().finish().unwrap(),
        translation: Arc::clone(&identity),
    };
    let sources = vec![of(&mut spool, 2), of(&mut spool, 3)];
    let directory = std::env::temp_dir();
    assert!(
        merge(sources, &Options { memory_bytes: 0, threads: 1, temporary_directory: &directory }).is_err()
    );
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    let error = Spool::new(&std::env::temp_dir().join("no such directory")).write(1).err().unwrap();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert!(error.to_string().starts_with("writing a temporary run of 0 bytes in "), "{error}");
    assert!(error.to_string().contains("no such directory"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_says_what_was_needed() {
    let full = std::fs::OpenOptions::new().read(true).write(true).open("/dev/full").unwrap();
    let mut spool = Spool::of(full, &std::env::temp_dir());
    let mut writer = spool.write(1).unwrap();
    let error = (1..1_000_000).find_map(|number| writer.push(&[number], 1).err()).unwrap();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{error}");
    let message = error.to_string();
    assert!(message.starts_with("writing a temporary run of 26"), "{message}");
    assert!(message.ends_with(": no space left on device"), "{message}");
    let mut writer = spool.write(1).unwrap();
    writer.push(&[1], 1).unwrap();
    assert_eq!(writer.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
}
