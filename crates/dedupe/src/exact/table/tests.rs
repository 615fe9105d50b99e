//! The table against the standard library's.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;

use super::{SHARDS, Table, TableKey};
use crate::exact::key;

/// Checks a table of counts against a map, key by key and as a whole.
fn check<K: TableKey + std::hash::Hash>(keys: &[K]) -> Result<(), TestCaseError> {
    let mut table: Table<K, u32> = Table::default();
    let mut map: HashMap<K, u32> = HashMap::new();
    for &key in keys {
        prop_assert_eq!(table.get(key), map.get(&key).copied());
        match table.insert(key, 1) {
            Some(count) => *count += 1,
            None => prop_assert!(!map.contains_key(&key)),
        }
        *map.entry(key).or_default() += 1;
        prop_assert_eq!(table.len(), map.len());
    }
    let sorted: BTreeMap<K, u32> = map.into_iter().collect();
    prop_assert!(table.iter().eq(sorted));
    Ok(())
}

/// Whether each key is new, by [`Table::insert_all`].
fn news<K: TableKey>(keys: &[K]) -> Vec<bool> {
    let mut table: Table<K> = Table::default();
    let mut found = Vec::new();
    table.insert_all(keys, |is_new| found.push(is_new));
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_table_of_hashes_is_a_map(numbers in prop::collection::vec(0u32..3000, 0..3000)) {
        let keys: Vec<u128> = numbers.iter().map(|number| key(&number.to_le_bytes())).collect();
        check(&keys)?;
        check(&keys.iter().map(|&key| key as u64).collect::<Vec<_>>())?;
    }

    /// Keys that share a home at the start, in the middle or at the end of a shard, or crowd in few.
    #[test]
    fn a_table_of_hostile_keys_is_a_map(
        numbers in prop::collection::vec(0u64..600, 0..700), base in prop_oneof![
            Just(0u128), Just(u128::MAX - 600), Just((1 << 120) - 300), Just(1 << 127), any::<u128>(),
        ], shift in 0u32..120,
    ) {
        let keys: Vec<u128> = numbers.iter().map(|&number| base.wrapping_add(u128::from(number) << shift)).collect();
        check(&keys)?;
        check(&keys.iter().map(|&key| (key >> 64) as u64 ^ key as u64).collect::<Vec<_>>())?;
        let mut known = std::collections::HashSet::new();
        prop_assert_eq!(news(&keys), keys.iter().map(|&key| known.insert(key)).collect::<Vec<_>>());
    }
}

#[test]
fn the_least_and_the_greatest_keys_are_keys_too() {
    assert_eq!(news(&[0u128, u128::MAX, 1, u128::MAX, 0]), [true, true, true, false, false]);
    assert_eq!(news(&[u64::MAX, 0, u64::MAX - 1, u64::MAX, 0]), [true, true, true, false, false]);
}

#[test]
fn a_large_table_takes_twenty_bytes_a_key() {
    let mut table: Table<u128> = Table::default();
    for number in 0..120_000u32 {
        table.insert(key(&number.to_le_bytes()), ());
        let length = table.len();
        if length > 60_000 {
            let bytes = table.memory_bytes() - SHARDS * 400;
            assert!(bytes <= 20 * length, "{bytes} bytes for {length} keys");
        }
    }
}
