//! What is spilled against what is in memory.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Budget, Plan, Spill};
use crate::exact::group::{Counted, Group, Keep, Member, Verdict};
use crate::exact::key;
use crate::exact::table::TableKey;

/// What is found out about records: the verdicts of those that are asked about, and all keys.
type Outcome<K> = (Vec<Verdict>, Vec<K>);

fn plan(budget: Budget, keep: Keep) -> Plan {
    Plan { budget, keep, has_sorted_keys: true }
}

/// About records `(key, length)`, the first of which are only learned, by a spill of that budget.
fn spilled<K: TableKey, G: Group>(
    records: &[(K, u64)],
    learned: usize,
    budget: Budget,
    keep: Keep,
) -> Outcome<K> {
    let mut spill: Spill<K, G> = Spill::new(plan(budget, keep), &std::env::temp_dir());
    for (index, &(key, length)) in records.iter().enumerate() {
        let member = Member { ordinal: index as u64 + 1, length, is_learned: index < learned };
        if index < learned { spill.learn(key, member) } else { spill.ask(key, member) }.expect("written");
    }
    let mut verdicts = spill.settle().expect("settled");
    let mut found = Vec::new();
    while let Some((verdict, is_told)) = verdicts.next().expect("read") {
        assert!(!is_told);
        found.push(verdict);
    }
    let unique = verdicts.unique();
    let mut sorted = verdicts.into_keys().expect("read");
    let keys: Vec<K> = std::iter::from_fn(|| sorted.next().expect("read")).collect();
    assert_eq!(unique, keys.len() as u64);
    (found, keys)
}

/// The same by a map.
fn mapped<K: TableKey, G: Group>(records: &[(K, u64)], learned: usize, keep: Keep) -> Outcome<K> {
    let mut groups: BTreeMap<K, G> = BTreeMap::new();
    let mut at_once = Vec::new();
    for (index, &(key, length)) in records.iter().enumerate() {
        let member = Member { ordinal: index as u64 + 1, length, is_learned: index < learned };
        let mut verdict = Verdict::Dropped { kept: 0 };
        let known = groups.entry(key).and_modify(|group| group.add(member, keep));
        known.or_insert_with(|| {
            verdict = Verdict::Kept { count: 1 };
            G::of(member)
        });
        at_once.push(verdict);
    }
    let in_the_end = records.iter().zip(1..).map(|((key, _), ordinal)| groups[key].verdict(ordinal));
    let verdicts = if G::HAS_ORDINALS { in_the_end.collect() } else { at_once };
    (verdicts[learned..].to_vec(), groups.into_keys().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn spilled_is_in_memory(
        records in prop::collection::vec((0u64..400, 0u64..300), 0..1500),
        learned in 0usize..100,
        table_bytes in 0usize..400_000,
        resident_bytes in 0usize..20_000,
        partition_bits in 0u32..5,
        keep in prop_oneof![Just(Keep::First), Just(Keep::Last), Just(Keep::Longest), Just(Keep::Shortest)],
        is_hostile: bool,
    ) {
        let budget = Budget { table_bytes, resident_bytes, block_bytes: 300, partitions: 1 << partition_bits };
        let learned = learned.min(records.len());
        // Small numbers share all high bits, or (shifted) all low ones, by which partitions are chosen.
        let hashed = |number: u64| if is_hostile { u128::from(number) << 60 } else { key(&number.to_le_bytes()) };
        let wide: Vec<(u128, u64)> = records.iter().map(|&(number, length)| (hashed(number), length)).collect();
        let narrow: Vec<(u64, u64)> = wide.iter().map(|&(key, length)| ((key >> 64) as u64 ^ key as u64, length)).collect();
        prop_assert_eq!(spilled::<_, ()>(&wide, learned, budget, Keep::First), mapped::<_, ()>(&wide, learned, Keep::First));
        prop_assert_eq!(
            spilled::<_, Counted>(&wide, learned, budget, keep), mapped::<_, Counted>(&wide, learned, keep)
        );
        prop_assert_eq!(
            spilled::<_, Counted>(&narrow, learned, budget, keep), mapped::<_, Counted>(&narrow, learned, keep)
        );
    }
}

#[test]
fn what_is_told_keeps_its_place() {
    let plan = plan(Budget::of(0), Keep::First);
    let mut spill: Spill<u64, Counted> = Spill::new(plan, &std::env::temp_dir());
    let member = |ordinal| Member { ordinal, ..Member::default() };
    spill.ask(5, member(10)).expect("written");
    spill.tell(Verdict::Dropped { kept: 3 }).expect("written");
    spill.ask(5, member(12)).expect("written");
    let mut verdicts = spill.settle().expect("settled");
    let mut next = || verdicts.next().expect("read");
    assert_eq!(next(), Some((Verdict::Kept { count: 2 }, false)));
    assert_eq!(next(), Some((Verdict::Dropped { kept: 3 }, true)));
    assert_eq!(next(), Some((Verdict::Dropped { kept: 10 }, false)));
    assert_eq!(next(), None);
}
