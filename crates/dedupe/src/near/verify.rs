//! Verification: how alike two sets truly are, or that they are not alike enough.

use super::distinct::Distinct;

/// Whether sets of these sizes can have a Jaccard similarity of at least the threshold.
pub fn may_be_alike(one: usize, other: usize, threshold: f64) -> bool {
    let (smaller, larger) = (one.min(other), one.max(other));
    larger == 0 || similarity(smaller, larger) >= threshold
}

/// The Jaccard similarity of the set that `probe` holds, of `size` elements, and of another one, if it is at least the
/// threshold: how many elements they share, divided by how many there are, in floating point of 64 bits.
///
/// ```text
/// {a, b, c, d} and {b, c, d, e}: 3 / 5 = 0.6
/// ```
pub fn jaccard(probe: &Distinct, size: usize, other: &[[u8; 8]], threshold: f64) -> Option<f64> {
    let sum = size + other.len();
    // As many may be missing as leave a share that is surely too small; one more, for the rounding of the product.
    let needed = (threshold / (1.0 + threshold) * sum as f64) as usize;
    let missing_max = (other.len() + 1).saturating_sub(needed);
    let mut missing = 0;
    for block in other.chunks(64) {
        missing += block.iter().filter(|hash| !probe.contains(u64::from_le_bytes(**hash))).count();
        if missing > missing_max {
            return None;
        }
    }
    let shared = other.len() - missing;
    let alike = if sum == 0 { 1.0 } else { similarity(shared, sum - shared) };
    (alike >= threshold).then_some(alike)
}

/// The share of values in which two signatures of `values` values agree, if it is at least the threshold. Two values are in one
/// number.
pub fn estimate(one: &[u64], other: &[[u8; 8]], values: usize, threshold: f64) -> Option<f64> {
    let agreeing = one.iter().zip(other).map(|(one, other)| {
        let apart = one ^ u64::from_le_bytes(*other);
        usize::from(apart as u32 == 0) + usize::from(apart >> 32 == 0)
    });
    // The last number may hold one value alone.
    let padding = values % 2;
    let share = similarity(agreeing.sum::<usize>().saturating_sub(padding), values.max(1));
    (share >= threshold).then_some(share)
}

fn similarity(shared: usize, all: usize) -> f64 {
    shared as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_estimate_is_the_share_of_equal_values() {
        let [one, other] = [[1 | 2 << 32, 3], [1 | 5 << 32, 3]];
        assert_eq!(estimate(&one, &other.map(u64::to_le_bytes), 3, 0.5), Some(2.0 / 3.0));
        assert_eq!(estimate(&one, &other.map(u64::to_le_bytes), 3, 0.7), None);
    }

    proptest! {
        #[test]
        fn it_is_what_sets_say(
            one in prop::collection::btree_set(1u64..300, 0..200), moved in 0u64..60, tenths in 0u32..=10,
        ) {
            let other: BTreeSet<u64> = one.iter().map(|element| element + moved).collect();
            let threshold = f64::from(tenths) / 10.0;
            let shared = one.intersection(&other).count() as f64;
            let all = one.union(&other).count() as f64;
            let alike = if all == 0.0 { 1.0 } else { shared / all };
            let mut probe = Distinct::default();
            probe.clear(one.len());
            for &hash in &one {
                probe.insert(hash);
            }
            let bytes: Vec<[u8; 8]> = other.iter().map(|hash| hash.to_le_bytes()).collect();
            let found = jaccard(&probe, one.len(), &bytes, threshold);
            prop_assert_eq!(found, (alike >= threshold).then_some(alike));
            prop_assert!(found.is_none() || may_be_alike(one.len(), other.len(), threshold));
        }
    }
}
