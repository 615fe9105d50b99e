//! Files that are whole are read back; others are refused, and the place is named.

use proptest::prelude::*;
use textcore::Error;

use super::*;

const PLAIN: Parameters = Parameters { key_bits: 128, key_norm: None };

fn file<N: Number>(parameters: &Parameters, keys: &[N]) -> Vec<u8> {
    let mut writer = SeenWriter::new(parameters, Vec::new()).expect("memory");
    keys.iter().for_each(|&key| writer.push(key).expect("memory"));
    let (bytes, count) = writer.finish().expect("memory");
    assert_eq!(count, keys.len() as u64);
    bytes
}

fn keys<N: Number>(bytes: &[u8]) -> Result<Vec<N>, Error> {
    let mut stream = SeenFile::open("seen".to_owned(), bytes)?.keys();
    let mut keys = Vec::new();
    while let Some(key) = stream.next_key()? {
        keys.push(key);
    }
    Ok(keys)
}

fn hashes(count: u64) -> Vec<u128> {
    let mut keys: Vec<u128> =
        (0..count).map(|number| xxhash_rust::xxh3::xxh3_128(&number.to_le_bytes())).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn keys_come_back_in_no_more_bytes_than_they_need() {
    for count in [0, 1, 4095, 4096, 4097, 20_000] {
        let wanted = hashes(count);
        let bytes = file(&PLAIN, &wanted);
        assert_eq!(keys::<u128>(&bytes).expect("whole"), wanted);
        let bits = 128.0 - (count.max(1) as f64).log2() + 1.7;
        assert!(bytes.len() as f64 <= 100.0 + count as f64 * bits / 8.0, "{count}: {}", bytes.len());
    }
}

#[test]
fn keys_of_64_bits_come_back() {
    let parameters = Parameters { key_bits: 64, key_norm: Some("lower".to_owned()) };
    let mut wanted: Vec<u64> = hashes(10_000).into_iter().map(|key| key as u64).collect();
    wanted.sort_unstable();
    wanted.extend([u64::MAX]);
    let bytes = file(&parameters, &wanted);
    assert_eq!(keys::<u64>(&bytes).expect("whole"), wanted);
    assert!(bytes.len() < 10_000 * 7);
}

#[test]
fn a_file_that_is_cut_short_is_refused_wherever_it_is_cut() {
    let bytes = file(&PLAIN, &hashes(50));
    for end in 0..bytes.len() {
        let error = keys::<u128>(&bytes[..end]).expect_err("cut short").to_string();
        assert!(error.starts_with("seen: byte "), "{error}");
        assert!(error.contains("cut short"), "{end}: {error}");
    }
    let longer = [&bytes[..], b"x"].concat();
    assert!(keys::<u128>(&longer).expect_err("longer").to_string().contains("follows the end"));
}

#[test]
fn a_changed_byte_is_noticed_wherever_it_is() {
    let bytes = file(&PLAIN, &hashes(50));
    for at in 0..bytes.len() {
        for bit in [1, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= bit;
            assert!(keys::<u128>(&changed).is_err(), "byte {at}");
        }
    }
}

#[test]
fn other_parameters_are_refused_and_both_files_named() {
    let other = Parameters { key_norm: Some("fa".to_owned()), ..PLAIN };
    let bytes = file::<u128>(&PLAIN, &[]);
    let seen = SeenFile::open("a.seen".to_owned(), &bytes[..]).expect("whole");
    assert!(seen.expect(&PLAIN, "b.seen").is_ok());
    let error = seen.expect(&other, "b.seen").expect_err("another key norm").to_string();
    assert_eq!(
        error,
        "a.seen: byte 0: made with {\"hash\":\"xxh3\",\"key_bits\":128}, but b.seen with \
         {\"hash\":\"xxh3\",\"key_bits\":128,\"key_norm\":\"fa\"}"
    );
}

proptest! {
    #[test]
    fn a_union_is_a_union(sets in prop::collection::vec(prop::collection::btree_set(0u64..300, 0..60), 0..6)) {
        let files: Vec<Vec<u8>> = sets.iter().map(|set| file(&PLAIN, &set.iter().copied().collect::<Vec<_>>())).collect();
        let streams = files.iter().map(|bytes| {
            let bytes = std::io::Cursor::new(bytes.clone());
            Box::new(SeenFile::open(String::new(), bytes).expect("whole").keys::<u128>()) as Box<dyn Keys<u128>>
        });
        let mut union = Union::new(streams.collect()).expect("whole");
        let mut found = Vec::new();
        while let Some(key) = union.next_key().expect("whole") { found.push(key as u64); }
        let wanted: std::collections::BTreeSet<u64> = sets.into_iter().flatten().collect();
        prop_assert_eq!(found, wanted.into_iter().collect::<Vec<_>>());
    }
}
