//! Rank and frequency: types from the commonest on, known from the spectrum alone.

use super::Spectrum;

/// Types of one frequency, which have neighbouring ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The lowest rank; the commonest type has rank 1.
    pub first: u64,
    /// The highest rank.
    pub last: u64,
    /// How often each of the types is seen.
    pub frequency: u64,
}

/// The rank-frequency curve of a spectrum. Which of two equally frequent types is ranked first makes no difference to it.
///
/// ```
/// use stats::vocabulary::{Ranks, Spectrum};
///
/// let spectrum: Spectrum = [1, 9, 1, 4].into_iter().collect();
/// let runs: Vec<_> = Ranks::of(&spectrum).map(|run| (run.first, run.last, run.frequency)).collect();
/// assert_eq!(runs, [(1, 1, 9), (2, 2, 4), (3, 4, 1)]);
/// ```
#[derive(Debug, Clone)]
pub struct Ranks<I> {
    runs: I,
    ranked: u64,
}

impl Ranks<()> {
    /// The runs of a spectrum, from the commonest types on.
    pub fn of(spectrum: &Spectrum) -> Ranks<impl Iterator<Item = (u64, u64)> + '_> {
        Ranks { runs: spectrum.iter().rev(), ranked: 0 }
    }

    /// Ranks and frequencies at ranks 1, 2, 3, …, which grow by a sixteenth from rank 32 on: r is followed by
    /// r + max(1, ⌊r/16⌋). They stand about evenly on a logarithmic axis, a million types have 206 of them, and no
    /// logarithm decides which they are.
    pub fn sampled(spectrum: &Spectrum) -> Vec<(u64, u64)> {
        let mut points = Vec::new();
        let mut rank = 1u64;
        for run in Ranks::of(spectrum) {
            while rank <= run.last {
                points.push((rank, run.frequency));
                let Some(next) = rank.checked_add((rank / 16).max(1)) else { return points };
                rank = next;
            }
        }
        points
    }
}

impl<I: Iterator<Item = (u64, u64)>> Iterator for Ranks<I> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        let (frequency, types) = self.runs.next()?;
        let first = self.ranked.saturating_add(1);
        self.ranked = self.ranked.saturating_add(types);
        Some(Run { first, last: self.ranked, frequency })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ranks_are_dense_at_first_and_a_sixteenth_apart_later() {
        let mut spectrum = Spectrum::new();
        spectrum.add(1, 1_000_000);
        let points = Ranks::sampled(&spectrum);
        let ranks: Vec<_> = points.iter().map(|&(rank, _)| rank).collect();
        assert_eq!(ranks[..32], (1..=32).collect::<Vec<_>>());
        assert_eq!(ranks[32..36], [34, 36, 38, 40]);
        assert_eq!(points.len(), 206);
        spectrum.add(2, u64::MAX);
        assert!(Ranks::sampled(&spectrum).len() < 1000);
    }

    proptest! {
        #[test]
        fn frequencies_are_those_of_a_sorted_list(mut counts in prop::collection::vec(1u64..30, 0..300)) {
            let spectrum: Spectrum = counts.iter().copied().collect();
            counts.sort_unstable_by(|one, other| other.cmp(one));
            for (rank, frequency) in Ranks::sampled(&spectrum) {
                prop_assert_eq!(counts[rank as usize - 1], frequency);
            }
            prop_assert_eq!(Ranks::of(&spectrum).last().map_or(0, |run| run.last), counts.len() as u64);
        }
    }
}
