//! Scattering: the rows of a stream by the bucket that their first token belongs to.

use std::ops::Range;

use super::packed::{Packed, Packing};
use super::stream::Stream;
use super::tuples::Tuples;

/// Which rows are sorted together: those whose first tokens lie between two ranks.
#[derive(Debug)]
pub struct Buckets {
    /// The bucket of each first token, by rank.
    of: Vec<u16>,
    /// The ranks of each bucket.
    pub ranks: Vec<Range<usize>>,
    /// How many rows each holds.
    pub rows: Vec<u64>,
}

/// More would not fit a core's cache while they are written to.
const BUCKETS_MAX: u64 = 2048;
/// Fewer rows than that need no bucket of their own.
const ROWS_MIN: u64 = 1024;

impl Buckets {
    /// Buckets of about as many rows each, for rows of which so many begin with each token.
    pub fn new(firsts: &[u64]) -> Buckets {
        let total: u64 = firsts.iter().sum();
        let wanted = (total / BUCKETS_MAX).max(ROWS_MIN);
        let mut buckets =
            Buckets { of: Vec::with_capacity(firsts.len()), ranks: Vec::new(), rows: Vec::new() };
        let (mut start, mut rows) = (0, 0);
        for (rank, &more) in firsts.iter().enumerate() {
            // A token with many rows has a bucket of its own.
            if rows > 0 && (rows >= wanted || more >= wanted) {
                buckets.close(start..rank, rows);
                (start, rows) = (rank, 0);
            }
            buckets.of.push(buckets.ranks.len() as u16);
            rows += more;
        }
        buckets.close(start..firsts.len(), rows);
        buckets
    }

    /// The bucket of rows that begin with this token.
    pub fn bucket_of(&self, first: u32) -> usize {
        usize::from(self.of[first as usize])
    }

    /// How many rows these buckets have.
    pub fn rows_of(&self, round: &Range<usize>) -> u64 {
        self.rows[round.clone()].iter().sum()
    }

    fn close(&mut self, ranks: Range<usize>, rows: u64) {
        self.ranks.push(ranks);
        self.rows.push(rows);
    }

    /// Runs of buckets of at most so many rows together, or of one bucket.
    pub fn rounds(&self, rows_max: u64) -> Vec<Range<usize>> {
        let mut rounds = Vec::new();
        let (mut start, mut rows) = (0, 0);
        for (bucket, &more) in self.rows.iter().enumerate() {
            if bucket > start && rows + more > rows_max {
                rounds.push(start..bucket);
                (start, rows) = (bucket, 0);
            }
            rows += more;
        }
        rounds.push(start..self.rows.len());
        rounds
    }
}

/// The rows of some buckets, bucket after bucket.
pub struct Scattered<K> {
    rows: Vec<K>,
    /// Where each bucket ends.
    ends: Vec<usize>,
}

impl<K: Packed> Scattered<K> {
    /// The rows of a stream that belong to these buckets. `firsts` says how many of its rows begin with each token.
    pub fn of(
        tuples: &Tuples,
        stream: &Stream,
        firsts: &[u64],
        buckets: &Buckets,
        round: Range<usize>,
        packing: Packing,
    ) -> Scattered<K> {
        let mut starts = Vec::with_capacity(round.len());
        let mut total = 0;
        for ranks in &buckets.ranks[round.clone()] {
            starts.push(total);
            total += firsts[ranks.clone()].iter().sum::<u64>() as usize;
        }
        let mut rows = vec![K::default(); total];
        each_key(tuples, stream, packing, |first, row| {
            let bucket = buckets.bucket_of(first).wrapping_sub(round.start);
            if let Some(next) = starts.get_mut(bucket) {
                rows[*next] = row;
                *next += 1;
            }
        });
        Scattered { rows, ends: starts }
    }

    /// The rows of a bucket, by its number in the round, to be sorted in their place.
    pub fn bucket_mut(&mut self, number: usize) -> &mut [K] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &mut self.rows[start..self.ends[number]]
    }

    /// The rows of a bucket, by its number in the round.
    pub fn bucket(&self, number: usize) -> &[K] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[start..self.ends[number]]
    }
}

/// Calls `each` with the row of every place, or of every n-gram where rows are not joint, and its first token.
pub fn each_key<K: Packed>(tuples: &Tuples, stream: &Stream, packing: Packing, mut each: impl FnMut(u32, K)) {
    if tuples.are_joint() {
        tuples.each_joint(stream, packing, |first, _, row| each(first, row));
    } else {
        tuples.each_row(stream, |row, _| each(row[0], K::pack(row, packing)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Shape;

    #[test]
    fn buckets_are_runs_of_first_tokens() {
        let buckets = Buckets::new(&[0, 2000, 500, 600, 10, 5000, 1]);
        assert_eq!(buckets.ranks, [0..2, 2..4, 4..5, 5..6, 6..7]);
        assert_eq!(buckets.rows, [2000, 1100, 10, 5000, 1]);
        assert_eq!(buckets.rounds(3100), [0..2, 2..3, 3..4, 4..5]);
        assert!(buckets.rounds(u64::MAX).into_iter().eq(std::iter::once(0..5)));
        assert!(Buckets::new(&[0]).rounds(1).into_iter().eq(std::iter::once(0..1)));
        assert!(Buckets::new(&vec![3; 100_000]).ranks.len() <= BUCKETS_MAX as usize);
        let mixed: Vec<u64> = (0..100_000).map(|rank| if rank % 2 == 0 { 1 } else { 5000 }).collect();
        assert!(u16::try_from(Buckets::new(&mixed).ranks.len()).is_ok());
    }

    #[test]
    fn rows_are_found_in_their_buckets() {
        let tuples = Tuples {
            orders: "2".parse().expect("orders"),
            shape: Shape::Adjacent,
            has_forms: false,
            has_documents: false,
        };
        let stream = Stream { ids: vec![2, 1, 3, 0, 1, 0], ..Stream::default() };
        let firsts = [0, 2, 1, 1];
        let buckets = Buckets { of: vec![0, 0, 1, 1], ranks: vec![0..2, 2..4], rows: vec![2, 2] };
        let packing = Packing { columns: 2, bits: 8 };
        let scattered = Scattered::<u64>::of(&tuples, &stream, &firsts, &buckets, 0..2, packing);
        assert_eq!(scattered.bucket(0), [0x0100, 0x0103]);
        assert_eq!(scattered.bucket(1), [0x0300, 0x0201]);
        let scattered = Scattered::<u64>::of(&tuples, &stream, &firsts, &buckets, 1..2, packing);
        assert_eq!(scattered.bucket(0), [0x0300, 0x0201]);
    }
}
