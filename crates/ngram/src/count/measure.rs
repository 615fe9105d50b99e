//! What must be known of a stream before its rows are made: how many begin with each token, and sums.

use textcore::Error;

use super::packed::Packing;
use super::stream::Stream;
use super::tuples::Tuples;
use crate::entry::ORDER_MAX;
use crate::merge::too_little;
use crate::parameters::Shape;

/// Sums over the rows of a stream.
#[derive(Debug, Default)]
pub struct Measure {
    /// How many rows begin with each token, by rank.
    pub firsts: Vec<u64>,
    /// How many n-grams of each order there are.
    pub totals: [u64; ORDER_MAX + 1],
    /// How many n-grams have each token at each place, if that is wanted.
    pub margins: Option<Margins>,
}

impl Measure {
    /// Measures a stream of ranks below `ranks`.
    pub fn of(tuples: &Tuples, stream: &Stream, ranks: usize, has_margins: bool) -> Measure {
        let mut measure = Measure {
            firsts: vec![0; ranks],
            totals: [0; ORDER_MAX + 1],
            margins: has_margins.then(|| Margins::new(tuples, ranks)),
        };
        if tuples.are_joint() {
            measure.add_joint(tuples, stream);
        }
        if has_margins || !tuples.are_joint() {
            measure.add_rows(tuples, stream);
        }
        measure
    }

    /// Adds what another stream of the same ranks has.
    pub fn add(&mut self, other: &Measure) {
        let pairs =
            self.firsts.iter_mut().zip(&other.firsts).chain(self.totals.iter_mut().zip(&other.totals));
        pairs.for_each(|(sum, more)| *sum += more);
        if let (Some(margins), Some(more)) = (&mut self.margins, &other.margins) {
            margins.add(more);
        }
    }

    /// Every place has one row, and an n-gram of each order that reaches as far as its record.
    fn add_joint(&mut self, tuples: &Tuples, stream: &Stream) {
        let packing = Packing { columns: tuples.order(), bits: 0 };
        let mut longest = [0u64; ORDER_MAX + 1];
        tuples.each_joint(stream, packing, |first, length, _: Nothing| {
            self.firsts[first as usize] += 1;
            longest[length] += 1;
        });
        let mut reaching = 0;
        for order in (1..=tuples.order()).rev() {
            reaching += longest[order];
            if order >= usize::from(tuples.orders.first) {
                self.totals[order] = reaching;
            }
        }
    }

    fn add_rows(&mut self, tuples: &Tuples, stream: &Stream) {
        let has_firsts = !tuples.are_joint();
        tuples.each_row(stream, |row, order| {
            if has_firsts {
                self.firsts[row[0] as usize] += 1;
                self.totals[order] += 1;
            }
            if let Some(margins) = &mut self.margins {
                margins.count(&row[..order], 1);
            }
        });
    }
}

/// A key that holds nothing, where only the places of rows matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Nothing;

impl super::packed::Packed for Nothing {
    fn pack(_: &[u32], _: Packing) -> Self {
        Nothing
    }

    fn after(self, _: u32, _: Packing) -> Self {
        Nothing
    }

    fn column(self, _: usize, _: Packing) -> u32 {
        0
    }

    fn shared(self, _: Self, _: Packing) -> usize {
        0
    }

    fn length(self, _: Packing) -> usize {
        0
    }
}

/// How many n-grams have each token at each place: 8 bytes for each token, place and order from 2 on.
#[derive(Debug, Clone)]
pub struct Margins {
    /// For each order and place, counts by rank; empty for orders that are not counted.
    counts: Vec<Vec<u64>>,
    /// Pairs have no first and second.
    is_symmetric: bool,
}

impl Margins {
    /// Margins of nothing yet.
    pub fn new(tuples: &Tuples, ranks: usize) -> Margins {
        let is_symmetric = matches!(tuples.shape, Shape::Window(_));
        let mut counts = vec![Vec::new(); index(ORDER_MAX + 1, 0)];
        for order in usize::from(tuples.orders.first).max(2)..=tuples.order() {
            let places = if is_symmetric { 1 } else { order };
            (0..places).for_each(|place| counts[index(order, place)] = vec![0; ranks]);
        }
        Margins { counts, is_symmetric }
    }

    /// Makes sure that so many of them for so many ranks take no more than half of the memory.
    ///
    /// # Errors
    /// [`Error::Usage`], with how much would be enough.
    pub fn check(tuples: &Tuples, ranks: usize, times: usize, memory_bytes: usize) -> Result<(), Error> {
        let is_symmetric = matches!(tuples.shape, Shape::Window(_));
        let orders = usize::from(tuples.orders.first).max(2)..=tuples.order();
        let places: usize = orders.map(|order| if is_symmetric { 1 } else { order }).sum();
        let needed_bytes = places * ranks * times * size_of::<u64>();
        if needed_bytes <= memory_bytes / 2 {
            Ok(())
        } else {
            Err(too_little(ranks as u64, needed_bytes as u64))
        }
    }

    /// Counts the tokens of an n-gram that came so often.
    pub fn count(&mut self, tokens: &[u32], times: u64) {
        for (place, &token) in tokens.iter().enumerate() {
            let place = if self.is_symmetric { 0 } else { place };
            if let Some(count) = self.counts[index(tokens.len(), place)].get_mut(token as usize) {
                *count = count.saturating_add(times);
            }
        }
    }

    /// How many n-grams of an order have a token at a place; nought if that was not counted.
    pub fn get(&self, order: usize, place: usize, rank: u32) -> u64 {
        let place = if self.is_symmetric { 0 } else { place };
        self.counts[index(order, place)].get(rank as usize).copied().unwrap_or(0)
    }

    /// Bytes of memory that the counts take.
    pub fn memory_bytes(&self) -> usize {
        self.counts.iter().map(|counts| counts.capacity() * size_of::<u64>()).sum()
    }

    /// Adds what others counted of the same ranks.
    fn add(&mut self, other: &Margins) {
        for (sums, more) in self.counts.iter_mut().zip(&other.counts) {
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
    }
}

/// The orders' places side by side.
fn index(order: usize, place: usize) -> usize {
    order * (order - 1) / 2 + place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(orders: &str, shape: Shape, ids: &[u32]) -> Measure {
        let orders = orders.parse().expect("orders");
        let tuples = Tuples { orders, shape, has_forms: false, has_documents: false };
        let stream = Stream { ids: ids.to_vec(), ..Stream::default() };
        Measure::of(&tuples, &stream, 5, true)
    }

    #[test]
    fn sums_are_those_of_the_rows() {
        let joint = measure("1-3", Shape::Adjacent, &[1, 2, 1, 0, 4, 0]);
        assert_eq!(joint.firsts, [0, 2, 1, 0, 1]);
        assert_eq!(joint.totals[..4], [0, 4, 2, 1]);
        let margins = joint.margins.expect("wanted");
        assert_eq!(
            [(2, 0, 1), (2, 1, 1), (3, 2, 1), (3, 1, 2), (2, 0, 4), (1, 0, 1)]
                .map(|(order, place, rank)| { margins.get(order, place, rank) }),
            [1, 1, 1, 1, 0, 0]
        );
    }

    #[test]
    fn both_tokens_of_a_pair_count_in_one_margin() {
        let pairs = measure("2", Shape::Window(2), &[3, 1, 3, 0]);
        assert_eq!((pairs.totals[2], &pairs.firsts[..]), (3, &[0, 2, 0, 1, 0][..]));
        let margins = pairs.margins.expect("wanted");
        assert_eq!([1, 3].map(|rank| [0, 1].map(|place| margins.get(2, place, rank))), [[2, 2], [4, 4]]);
    }
}
