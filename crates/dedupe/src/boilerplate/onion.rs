//! onion's rule: what mostly consists of runs of words that were seen before goes.

use super::flags::Share;
use super::seen::Seen;

/// The rule and its memory.
///
/// A record goes if at least a share of its runs of words came in records before it that stayed; how often a run comes in
/// the record itself does not matter, each time counts. The runs of a record that goes are not remembered, so records that
/// each overlap the one before do not wear each other out. As onion has it (Pomikálek 2011, "Removing Boilerplate and
/// Duplicate Content from Web Corpora", chapter 5), but for its smoothing: nothing goes because of its neighbours.
#[derive(Debug)]
pub struct Onion {
    threshold: Share,
    seen: Seen,
    votes: Vec<u64>,
}

impl Onion {
    /// The rule with an empty memory.
    pub fn new(threshold: Share, seen: Seen) -> Self {
        Onion { threshold, seen, votes: Vec::new() }
    }

    /// Judges the runs of a record, of which there is at least one. If it goes: the record in which most of them came first,
    /// the earliest of several; or the record itself, if the memory does not keep records.
    pub fn judge(&mut self, runs: &[u64], record: u64) -> Option<u64> {
        self.votes.clear();
        let known = self.seen.count(runs, &mut self.votes);
        if known == 0 || !self.threshold.is_reached(known, runs.len() as u64) {
            self.seen.add(runs, record);
            return None;
        }
        Some(commonest(&mut self.votes).unwrap_or(record))
    }

    /// What is remembered.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }
}

/// The number that stands there most often, the smallest of several.
fn commonest(numbers: &mut [u64]) -> Option<u64> {
    numbers.sort_unstable();
    let groups = numbers.chunk_by(|one, other| one == other);
    groups.rev().max_by_key(|group| group.len()).map(|group| group[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_commonest_is_the_earliest_of_several() {
        assert_eq!(commonest(&mut [3, 1, 3, 1, 2]), Some(1));
        assert_eq!(commonest(&mut [2, 1, 2]), Some(2));
        assert_eq!(commonest(&mut []), None);
    }

    #[test]
    fn a_chain_of_overlaps_does_not_wear_itself_out() {
        let mut onion = Onion::new("0.5".parse().expect("a share"), Seen::new(1 << 20, true));
        let judged: Vec<_> = [[1, 2], [2, 3], [3, 4], [4, 5]]
            .iter()
            .zip(0..)
            .map(|(runs, record)| onion.judge(runs, record))
            .collect();
        assert_eq!(judged, [None, Some(0), None, Some(2)]);
    }

    proptest! {
        #[test]
        fn the_rule_is_that_of_its_description(
            records in prop::collection::vec(prop::collection::vec(0u64..20, 1..8), 0..30),
            percent in 1usize..=100,
            has_records: bool,
        ) {
            let mut onion = Onion::new(Share::part_of_hundred(percent), Seen::new(1 << 20, has_records));
            let mut kept: Vec<(u64, &Vec<u64>)> = Vec::new();
            for (runs, record) in records.iter().zip(0..) {
                let first = |run: &u64| kept.iter().find(|(_, earlier)| earlier.contains(run)).map(|(record, _)| *record);
                let origins: Vec<u64> = runs.iter().filter_map(first).collect();
                let goes = !origins.is_empty() && origins.len() * 100 >= percent * runs.len();
                let wanted = goes.then(|| {
                    let count = |origin: u64| origins.iter().filter(|&&other| other == origin).count();
                    let most = origins.iter().map(|&origin| count(origin)).max().expect("one");
                    let earliest = origins.iter().copied().filter(|&origin| count(origin) == most).min();
                    if has_records { earliest.expect("one") } else { record }
                });
                prop_assert_eq!(onion.judge(runs, record), wanted);
                if !goes {
                    kept.push((record, runs));
                }
            }
        }
    }
}
